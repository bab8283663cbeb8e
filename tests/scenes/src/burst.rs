//! Bursts: one card in a hand that shakes.

use rand::RngExt;
use rand_pcg::Pcg64;

use crate::photo::{Photo, photograph_on_desk};
use crate::random::{Purpose, gaussian, stream};
use crate::sheet::Sheet;
use crate::shot::Shot;

// Deviations of the shake from frame to frame.
/// px, each way
const SHIFT: f32 = 6.0;
/// degrees
const ROLL: f32 = 1.2;
/// degrees
const TILT: f32 = 1.5;
/// part of the distance
const SCALE: f32 = 0.015;
/// px of streak
const MOTION: f32 = 1.2;
/// A wandering reflection is between these parts of its area.
const GLARE: std::ops::Range<f32> = 0.4..1.6;

/// Photographs a card or a screen `frames` times under the conditions of `base`: place, turn, tilt, distance and streak shake about it,
/// the desk stays. A reflection, if `base` has one, wanders over the symbol from frame to frame.
#[must_use]
pub fn burst(sheet: &impl AsRef<Sheet>, base: &Shot, frames: usize, seed: u64) -> Vec<Photo> {
    let mut rng = stream(seed, Purpose::Burst);
    (0..frames)
        .map(|_| {
            let shot = shaken(base, &mut rng);
            photograph_on_desk(sheet.as_ref(), &shot, seed, rng.random())
        })
        .collect()
}

fn shaken(base: &Shot, rng: &mut Pcg64) -> Shot {
    let mut step = |deviation: f32| deviation * gaussian(rng);
    let shaken = Shot {
        shift: base.shift.map(|px| px + step(SHIFT)),
        roll: base.roll + step(ROLL),
        tilt: (base.tilt + step(TILT)).abs(),
        module_px: base.module_px * (1.0 + step(SCALE)),
        motion: (base.motion + step(MOTION)).abs(),
        ..base.clone()
    };
    let motion_direction = rng.random_range(0.0..180.0);
    if base.glare > 0.0 {
        let glare = base.glare * rng.random_range(GLARE);
        let glare_at = [rng.random_range(0.0..1.0), rng.random_range(0.0..1.0)];
        Shot { motion_direction, glare, glare_at, ..shaken }
    } else {
        Shot { motion_direction, ..shaken }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Card;

    #[test]
    fn frames_of_a_burst_show_one_card_in_different_places() {
        let card = Card::invent(3);
        let small = Shot { frame: [320, 180], module_px: 1.0, ..Shot::default() };
        let photos = burst(&card, &small, 3, 1);
        assert!(photos.iter().all(|photo| photo.text == card.code().text()));
        assert_ne!(photos[0].corners, photos[1].corners);
        assert_ne!(photos[1].corners, photos[2].corners);
    }

    #[test]
    fn a_reflection_wanders_and_is_not_invented() {
        let mut rng = stream(1, Purpose::Burst);
        let (with, without) = (Shot { glare: 0.1, ..Shot::default() }, Shot::default());
        let [first, second] = [(); 2].map(|()| shaken(&with, &mut rng).glare_at.map(f32::to_bits));
        assert_ne!(first, second);
        assert!(shaken(&without, &mut rng).glare <= 0.0);
    }
}
