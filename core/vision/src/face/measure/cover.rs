//! What covers the lower face.

use super::super::blur::boxed;
use super::super::face128::{Face128, Part, SIDE, moments};
use crate::scratch::Scratch;

const FOREHEAD: Part = Part(0.30, 0.08, 0.70, 0.26);
const LOWER: Part = Part(0.22, 0.60, 0.78, 0.95);
const MOUTH: Part = Part(0.36, 0.64, 0.64, 0.88);
const CHEEKS: [Part; 2] = [Part(0.16, 0.62, 0.32, 0.84), Part(0.68, 0.62, 0.84, 0.84)];
/// Light and shade are what is left after a box of this half width, pixels.
const SHADE: usize = 7;

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub(in crate::face) struct LowerFace {
    /// Deviation of the mouth's luma without light and shade, over the face's. A mouth 0.45, cloth 0.1.
    pub(in crate::face) mouth: f32,
    /// The same of the smoother cheek: a pattern lies on cheeks too.
    pub(in crate::face) cheeks: f32,
    /// Mean step from row to row about the mouth, over a tenth of the face's deviation: lips 1.6, cloth 0.4.
    pub(in crate::face) rows: f32,
    /// How much darker the mouth's darkest twentieth is than the lower face, over the face's deviation: 1.2, cloth 0.2.
    pub(in crate::face) dark: f32,
    /// Distance between the colours (U, V) of forehead and lower face; 0 without colour.
    pub(in crate::face) colour: f32,
    /// Share of the lower face in another colour than the forehead's; 0 without colour.
    pub(in crate::face) foreign: f32,
}

impl LowerFace {
    pub(in crate::face) fn of(face: &Face128) -> Self {
        let shade = boxed(face.luma(), SIDE, SHADE);
        let bare: Scratch<f32> = face.luma().iter().zip(shade.iter()).map(|(level, shade)| level - shade).collect();
        let structure = |part: Part| moments(part.of(&bare)).1 / face.deviation;
        let [left, right] = CHEEKS.map(structure);
        let lower = face.histogram(LOWER).dark_end(0.5);
        let dark = face.histogram(MOUTH).dark_end(0.05);
        let (colour, foreign) = colours(face).unwrap_or_default();
        Self {
            mouth: structure(MOUTH),
            cheeks: left.min(right),
            rows: row_steps(face) / face.deviation * 10.0,
            dark: (f32::from(lower) - f32::from(dark)) / face.deviation,
            colour,
            foreign,
        }
    }
}

/// Mean absolute difference between the rows above and below, halved.
fn row_steps(face: &Face128) -> f32 {
    const MOUTH_AND_BESIDE: Part = Part(0.30, 0.66, 0.70, 0.85);
    let rows = |shift: f32| {
        let Part(left, top, right, bottom) = MOUTH_AND_BESIDE;
        face.levels(Part(left, top + shift, right, bottom + shift))
    };
    let pixel = 1.0 / SIDE as f32;
    moments(rows(-pixel).zip(rows(pixel)).map(|(above, below)| (above - below).abs() / 2.0)).0
}

/// How far the lower face's usual colour is from the forehead's, and how much of it is further away than skin varies.
fn colours(face: &Face128) -> Option<(f32, f32)> {
    /// Skin varies by so much of its own colour, and by so much at least.
    const VARIES: f32 = 0.35;
    const LEAST: f32 = 7.0;
    let [u, v] = face.usual_colour(FOREHEAD)?;
    let [lower_u, lower_v] = face.usual_colour(LOWER)?;
    let most = (VARIES * u.hypot(v)).max(LEAST);
    let (mut count, mut foreign) = (0.0_f32, 0.0_f32);
    for [other_u, other_v] in face.colours(LOWER) {
        count += 1.0;
        foreign += if (other_u - u).hypot(other_v - v) < most { 0.0 } else { 1.0 };
    }
    Some(((lower_u - u).hypot(lower_v - v), foreign / count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mouth_has_structure_and_cloth_has_none() {
        let bare = LowerFace::of(&Face128::sketched(0.0));
        let masked = Face128::sketched(0.0);
        let masked = LowerFace::of(&Face128::drawn(
            |x, y| if y > 70 { 210.0 } else { masked.at(x.cast_signed(), y.cast_signed()) },
            None,
        ));
        assert!(bare.mouth > 4.0 * masked.mouth && bare.rows > 4.0 * masked.rows && bare.dark > masked.dark + 1.0);
    }

    #[test]
    fn without_colour_nothing_is_foreign() {
        let lower = LowerFace::of(&Face128::sketched(0.0));
        assert_eq!([lower.colour, lower.foreign], [0.0; 2]);
        let even = LowerFace::of(&Face128::drawn(|_, _| 120.0, Some([-10.0, 18.0])));
        assert_eq!([even.colour, even.foreign], [0.0; 2]);
    }
}
