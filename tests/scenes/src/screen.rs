//! A display that shows the card: each of its pixels is three upright stripes (red, green, blue) with dark between the rows.
//! The sensor's pixels beat with them.

use std::f32::consts::TAU;

use crate::canvas::Rgba;
use crate::shot::Shot;

/// Light that a lattice of full strength takes from a place between the stripes.
const DEPTH: f32 = 0.85;
/// Light of a row's dark edge against its middle: rows are further apart than the stripes in them.
const ROW_EDGE: f32 = 0.2;
/// Where the stripes of red, green and blue are, parts of a pixel.
const STRIPES: [f32; 3] = [-1.0 / 3.0, 0.0, 1.0 / 3.0];

/// The lattice, fixed to the shown card.
pub(crate) struct Lattice {
    depth: f32,
    /// Radians for a millimetre of the card.
    frequency: f32,
    /// Sine and cosine of where each colour's stripe is.
    stripes: [(f32, f32); 3],
}

impl Lattice {
    /// The display of `shot`, if there is one. `px_per_mm`: frame pixels for a millimetre of the card.
    pub(crate) fn of(shot: &Shot, px_per_mm: f32) -> Option<Self> {
        (shot.screen > 0.0).then(|| Self {
            depth: DEPTH * shot.screen,
            frequency: TAU * px_per_mm / shot.screen_pitch,
            stripes: STRIPES.map(|part| (TAU * part).sin_cos()),
        })
    }

    /// The light that leaves a place of the card, mm, for a shown colour.
    pub(crate) fn shine(&self, [x, y]: [f32; 2], [shown @ .., covered]: Rgba) -> Rgba {
        let (sin, cos) = (x * self.frequency).sin_cos();
        let row = 1.0 - (1.0 - ROW_EDGE) * (0.5 - 0.5 * (y * self.frequency).cos());
        let [red, green, blue] = std::array::from_fn(|channel| {
            let (stripe_sin, stripe_cos) = self.stripes[channel];
            let lit = row * (0.5 + 0.5 * (cos * stripe_cos + sin * stripe_sin));
            shown[channel] * (1.0 - self.depth * (1.0 - lit))
        });
        [red, green, blue, covered]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_colour_shines_in_its_third_of_a_pixel() {
        let shot = Shot { screen: 1.0, screen_pitch: 3.0, ..Shot::default() };
        let lattice = Lattice::of(&shot, 1.0).unwrap();
        for (brightest, x) in [-1.0, 0.0, 1.0].into_iter().enumerate() {
            let [light @ .., _] = lattice.shine([x, 0.0], [100.0; 4]);
            assert!((light[brightest] - 100.0).abs() < 0.1, "{light:?}");
            assert!(light.iter().filter(|value| **value < 50.0).count() == 2, "{light:?}");
        }
    }

    #[test]
    fn print_has_no_lattice() {
        assert!(Lattice::of(&Shot::default(), 9.0).is_none());
    }
}
