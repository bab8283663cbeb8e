//! Bursts in which most single frames do not read: a scanner needs several.

use rand::RngExt;

use crate::burst::burst;
use crate::card::Card;
use crate::ladder::Ladder;
use crate::nuisance::vary;
use crate::photo::Photo;
use crate::random::{Purpose, stream};
use crate::shot::Shot;

/// Frames in a burst: a third of a second of a phone's camera.
pub const FRAMES: usize = 10;
/// Steps from the mildest burst to the hardest; the number after that starts again with another card.
pub const STEPS: u32 = 16;

/// One card in blur, noise and a veil, in a hand that shakes, under a highlight that wanders over the symbol. The number
/// decides all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HardBurst(pub u32);

impl HardBurst {
    /// 0 for the mildest, 1 for the hardest.
    #[must_use]
    pub fn severity(self) -> f32 {
        (self.0 % STEPS) as f32 / (STEPS - 1) as f32
    }

    /// Its card; even numbers have the lower level of error correction.
    #[must_use]
    pub fn card(self) -> Card {
        Card::invent(self.seed())
    }

    /// The conditions about which the hand shakes.
    #[must_use]
    pub fn shot(self) -> Shot {
        let mut rng = stream(self.seed(), Purpose::Nuisance);
        let s = self.severity();
        let hard = Shot {
            module_px: rng.random_range(2.0..2.8),
            tilt: rng.random_range(0.0..25.0),
            roll: rng.random_range(-20.0..20.0),
            defocus: 1.4 + 0.6 * s,
            noise: 20.0 + 20.0 * s,
            haze: 0.1 + 0.15 * s,
            glare: 0.125,
            ..Shot::default()
        };
        vary(&hard, &mut rng)
    }

    /// Photographs a card, usually its own, `frames` times.
    #[must_use]
    pub fn photograph(self, card: &Card, frames: usize) -> Vec<Photo> {
        burst(card, &self.shot(), frames, self.seed())
    }

    /// Apart from the seeds of all ladders.
    fn seed(self) -> u64 {
        (Ladder::ALL.len() as u64 + 1) << 32 | u64::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bursts_grow_harder_and_start_again() {
        let noise = |number: u32| HardBurst(number).shot().noise;
        assert!((1..STEPS).all(|number| noise(number - 1) < noise(number)));
        assert_eq!(noise(0).to_bits(), noise(STEPS).to_bits());
        assert_ne!(HardBurst(0).shot(), HardBurst(STEPS).shot());
    }

    #[test]
    fn a_longer_burst_begins_with_the_shorter() {
        let burst = HardBurst(3);
        let card = burst.card();
        assert_eq!(burst.photograph(&card, 1)[..], burst.photograph(&card, 2)[..1]);
    }
}
