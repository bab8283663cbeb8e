//! Stripes of a laminate or a foil: evenly bright bands that lie over the print and move with the card.

use std::f32::consts::TAU;

use crate::canvas::Rgba;
use crate::card::CODE_SIDE;
use crate::shot::Shot;

/// Brightest line of a stripe, grey levels.
const BRIGHT: f32 = 255.0;

/// The stripes over a card.
pub(crate) struct Stripes {
    /// Part of the light that comes from them.
    part: f32,
    /// Radians for a millimetre right and down.
    wave: [f32; 2],
}

impl Stripes {
    /// The stripes of `shot`, if it has any, on a card whose symbol has `modules` a side.
    pub(crate) fn of(shot: &Shot, modules: usize) -> Option<Self> {
        let (sin, cos) = shot.moire_direction.to_radians().sin_cos();
        let frequency = TAU * modules as f32 / (CODE_SIDE * shot.moire_period);
        (shot.moire > 0.0).then_some(Self { part: shot.moire, wave: [frequency * cos, frequency * sin] })
    }

    /// What is seen of `light` at a place of the card, mm.
    pub(crate) fn over(&self, [x, y]: [f32; 2], [light @ .., covered]: Rgba) -> Rgba {
        let bright = BRIGHT * (0.5 + 0.5 * (self.wave[0] * x + self.wave[1] * y).cos());
        let [red, green, blue] = light.map(|value| value + (bright - value) * self.part);
        [red, green, blue, covered]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripes_repeat_after_their_period_and_leave_darkness_between() {
        let shot = Shot { moire: 0.4, moire_period: 4.0, moire_direction: 0.0, ..Shot::default() };
        let stripes = Stripes::of(&shot, 34).unwrap();
        // A module is half a millimetre.
        let on_black = |modules: f32| stripes.over([modules / 2.0, 0.7], [0.0, 0.0, 0.0, 1.0])[1];
        assert!((on_black(0.0) - 0.4 * 255.0).abs() < 0.01 && (on_black(4.0) - on_black(0.0)).abs() < 0.01);
        assert!(on_black(2.0).abs() < 0.01);
    }

    #[test]
    fn bare_print_has_no_stripes() {
        assert!(Stripes::of(&Shot::default(), 41).is_none());
    }
}
