//! A lamp mirrored on skin or glasses.

use super::super::face128::{Face128, SIDE};
use crate::scratch::Scratch;

/// Luma of a reflection.
const SATURATED: f32 = 245.0;
/// The face within its box: half axes, and the centre's height.
const ELLIPSE: [f32; 2] = [0.40, 0.50];
const CENTRE: f32 = 0.55;
/// Skin about a reflection is looked at this far from it, pixels.
const RING: [usize; 2] = [3, 8];
/// A reflection on skin this much darker than itself counts in full, grey levels; skin as bright as it is light, not glare.
const DROP: f32 = 30.0;

/// How much of the face a saturated spot takes: the largest one's share of the face's area, times how much darker than luma 245 the
/// skin about it is (in 30 grey levels, at most 3). 0 without a spot; above 0.050 reads as glare.
///
/// Area alone would take a bright forehead for glare. Measured on 88 portraits: spots of 2 % and more of the face reach 0.045 in
/// 95 of 100 frames, frames without one in 2 of 100.
pub(in crate::face) fn glare(face: &Face128) -> f32 {
    let mut spots = Spots::of(face);
    let Some(spot) = spots.largest() else { return 0.0 };
    let area = std::f32::consts::PI * ELLIPSE[0] * ELLIPSE[1] * (SIDE * SIDE) as f32;
    let drop = (SATURATED - about(face, &spot)).max(0.0);
    spot.len() as f32 / area * (drop / DROP).min(3.0)
}

/// Which pixels of the face are saturated and not yet in a spot.
struct Spots {
    left: Scratch<bool>,
}

impl Spots {
    fn of(face: &Face128) -> Self {
        let is_face = |x: usize, y: usize| {
            let part = |v: usize| (v as f32 + 0.5) / SIDE as f32;
            ((part(x) - 0.5) / ELLIPSE[0]).hypot((part(y) - CENTRE) / ELLIPSE[1]) < 1.0
        };
        let mut left = Scratch::with_capacity(SIDE * SIDE);
        for y in 0..SIDE {
            left.extend(face.row(y).iter().enumerate().map(|(x, &level)| level >= SATURATED && is_face(x, y)));
        }
        Self { left }
    }

    /// The places of the largest spot of touching pixels.
    fn largest(&mut self) -> Option<Scratch<usize>> {
        let mut largest: Option<Scratch<usize>> = None;
        for start in 0..self.left.len() {
            if self.take(start) {
                let spot = self.spread(start);
                if largest.as_ref().is_none_or(|other| spot.len() > other.len()) {
                    largest = Some(spot);
                }
            }
        }
        largest
    }

    fn take(&mut self, at: usize) -> bool {
        self.left.get_mut(at).is_some_and(std::mem::take)
    }

    /// All that touches `start`; the list is its own queue.
    fn spread(&mut self, start: usize) -> Scratch<usize> {
        let mut spot = Scratch::with_capacity(SIDE * SIDE);
        spot.push(start);
        let mut next = 0;
        while let Some(&at) = spot.get(next) {
            next += 1;
            let (x, y) = (at % SIDE, at / SIDE);
            let beside = [
                (x > 0).then(|| at - 1),
                (x + 1 < SIDE).then(|| at + 1),
                (y > 0).then(|| at - SIDE),
                (y + 1 < SIDE).then(|| at + SIDE),
            ];
            for at in beside.into_iter().flatten() {
                if self.take(at) {
                    spot.push(at);
                }
            }
        }
        spot
    }
}

/// Mean luma of the skin about a spot.
fn about(face: &Face128, spot: &[usize]) -> f32 {
    let (mut left, mut right, mut top, mut bottom) = (SIDE, 0, SIDE, 0);
    for at in spot {
        let (x, y) = (at % SIDE, at / SIDE);
        (left, right, top, bottom) = (left.min(x), right.max(x), top.min(y), bottom.max(y));
    }
    let [inner, outer] = RING;
    let away = |at: usize, [from, to]: [usize; 2]| from.saturating_sub(at).max(at.saturating_sub(to));
    let near = |[from, to]: [usize; 2]| from.saturating_sub(outer)..(to + outer + 1).min(SIDE);
    let (mut sum, mut count) = (0.0, 0.0);
    for y in near([top, bottom]) {
        for x in near([left, right]).filter(|&x| away(x, [left, right]).max(away(y, [top, bottom])) >= inner) {
            sum += face.row(y).get(x).copied().unwrap_or_default();
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { SATURATED }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Skin of one level with a saturated disc of so many pixels' radius.
    fn spot(skin: f32, [x, y]: [f32; 2], radius: f32) -> Face128 {
        Face128::drawn(|px, py| if (px as f32 - x).hypot(py as f32 - y) <= radius { 255.0 } else { skin }, None)
    }

    #[test]
    fn a_spot_on_darker_skin_counts_with_its_area() {
        let [small, large] = [8.0, 16.0].map(|radius| glare(&spot(150.0, [64.0, 70.0], radius)));
        assert!(small > 0.02 && (large / small - 4.0).abs() < 0.3, "{small} {large}");
    }

    #[test]
    fn bright_skin_about_it_and_spots_outside_do_not_count() {
        assert!(glare(&spot(243.0, [64.0, 70.0], 12.0)) < glare(&spot(150.0, [64.0, 70.0], 12.0)) / 10.0);
        assert_eq!(glare(&spot(150.0, [3.0, 3.0], 3.0)), 0.0);
        assert_eq!(glare(&spot(150.0, [64.0, 70.0], -1.0)), 0.0);
    }

    #[test]
    fn a_face_that_is_all_white_is_no_glare() {
        assert_eq!(glare(&Face128::drawn(|_, _| 255.0, None)), 0.0);
    }
}
