//! Glasses, clear and dark. On a face that was turned upright.

use super::super::blur::smoothed;
use super::super::face128::{Face128, Part, SIDE};

/// Each eye with what is about it, and the cheek below.
const EYES: [Part; 2] = [Part(0.17, 0.30, 0.43, 0.48), Part(0.57, 0.30, 0.83, 0.48)];
const CHEEKS: [Part; 2] = [Part(0.18, 0.52, 0.38, 0.66), Part(0.62, 0.52, 0.82, 0.66)];

/// How dark the eyes' surroundings are: the share of them that is darker than half the cheeks' median, less 0.28 of how much darker their
/// 60th percentile is than the cheeks (a deep-set eye in shade is dark all over; a lens ends). The lesser of both eyes. -0.3 to 0.75;
/// above 0.42 reads as sunglasses.
pub(in crate::face) fn sunglasses(upright: &Face128) -> f32 {
    const SHADE: f32 = 0.28;
    let [left, right] = CHEEKS.map(|part| upright.histogram(part).dark_end(0.5));
    let cheek = f32::midpoint(left.into(), right.into()).max(1.0);
    let dark = |part: Part| {
        let eye = upright.histogram(part);
        let share = 1.0 - eye.share_from((cheek / 2.0) as u8);
        (share, (cheek - f32::from(eye.dark_end(0.6))) / cheek)
    };
    let [(left, left_drop), (right, right_drop)] = EYES.map(dark);
    left.min(right) - SHADE * left_drop.min(right_drop)
}

/// Where rims would be, columns and rows of the face: a strip under the eyes, the bridge of the nose, under each eye.
const STRIP: ([usize; 2], [usize; 2]) = ([15, 113], [54, 79]);
const BRIDGE: ([usize; 2], [usize; 2]) = ([56, 72], [36, 67]);
const UNDER: [[usize; 2]; 2] = [[26, 51], [77, 102]];

/// What is looked at for clear glasses; all over the face's deviation.
#[derive(Debug, Clone, Copy)]
pub(in crate::face) struct Rims {
    /// How much darker one row under each eye is than the rows four above and four below; the lesser of both eyes. Bare skin 0, a rim 1.
    pub(in crate::face) under: f32,
    /// Mean step from row to row in a strip under the eyes, in tenths. Skin 0.6, rims 1.5.
    pub(in crate::face) strip: f32,
    /// The largest mean step from row to row on the bridge of the nose, in tenths. Skin 1.3, a bridge 4.3.
    pub(in crate::face) bridge: f32,
}

impl Rims {
    pub(in crate::face) fn of(upright: &Face128) -> Self {
        let smooth = smoothed(upright.luma(), SIDE);
        let step = |x: usize, y: usize| {
            let at = |y: usize| smooth.get(y.min(SIDE - 1) * SIDE + x).copied().unwrap_or_default();
            (at(y + 1) - at(y - 1)).abs() / 2.0
        };
        let steps = |[from, to]: [usize; 2], y: usize| (from..to).map(|x| step(x, y)).sum::<f32>() / (to - from) as f32;
        let tenth = upright.deviation / 10.0;
        let strip: f32 = (STRIP.1[0]..STRIP.1[1]).map(|y| steps(STRIP.0, y)).sum();
        let bridge = (BRIDGE.1[0]..BRIDGE.1[1]).map(|y| steps(BRIDGE.0, y)).fold(0.0, f32::max);
        let [left, right] = UNDER.map(|columns| darkest_row(&smooth, columns) / upright.deviation);
        Self { under: left.min(right), strip: strip / (STRIP.1[1] - STRIP.1[0]) as f32 / tenth, bridge: bridge / tenth }
    }
}

/// The most that a row under an eye is darker than both rows four pixels above and below.
fn darkest_row(smooth: &[f32], [from, to]: [usize; 2]) -> f32 {
    const ROWS: [usize; 2] = [59, 80];
    const AWAY: usize = 4;
    let mean = |y: usize| {
        let row = smooth.get(y * SIDE + from..y * SIDE + to).unwrap_or_default();
        row.iter().sum::<f32>() / (to - from) as f32
    };
    (ROWS[0]..ROWS[1]).map(|y| mean(y - AWAY).min(mean(y + AWAY)) - mean(y)).fold(f32::MIN, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(at: impl Fn(usize, usize) -> Option<f32>) -> Face128 {
        let bare = Face128::sketched(0.0);
        Face128::drawn(|x, y| at(x, y).unwrap_or_else(|| bare.at(x.cast_signed(), y.cast_signed())), None)
    }

    #[test]
    fn dark_lenses_are_sunglasses_and_eyes_are_not() {
        let lens = |x: usize, y: usize| (38..64).contains(&y) && ((20..58).contains(&x) || (70..108).contains(&x));
        let [bare, dark] = [over(|_, _| None), over(|x, y| lens(x, y).then_some(30.0))].map(|face| sunglasses(&face));
        assert!(bare < 0.2 && dark > 0.42, "{bare} {dark}");
    }

    #[test]
    fn one_dark_side_alone_is_shade() {
        assert!(sunglasses(&over(|x, y| (x < 64 && (38..64).contains(&y)).then_some(30.0))) < 0.2);
    }

    #[test]
    fn rims_under_the_eyes_and_a_bridge_are_seen() {
        let rim = |x: usize, y: usize| {
            let under = (66..69).contains(&y) && ((24..54).contains(&x) || (74..104).contains(&x));
            under || ((48..51).contains(&y) && (54..74).contains(&x))
        };
        let [bare, rimmed] = [over(|_, _| None), over(|x, y| rim(x, y).then_some(40.0))].map(|face| Rims::of(&face));
        assert!(rimmed.under > bare.under + 0.5 && rimmed.strip > bare.strip && rimmed.bridge > bare.bridge + 1.0);
    }
}
