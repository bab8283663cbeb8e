//! A face as all measures see it: its box, 128 pixels a side, whatever its size in the frame.
//!
//! ```text
//!   0 ┌───────────────┐     the detector's box, in parts of its side, as 484 faces have it:
//!     │               │       eyes   (0.294, 0.387) and (0.703, 0.387)
//!     │  (o)     (o)  │       nose   (0.495, 0.586)
//!     │       ^       │       mouth  (0.502, 0.751)
//!     │     ─────     │       chin   at 1.018
//!   1 └───────────────┘       inter-eye distance (IED) 0.412
//! ```

use crate::frame::upright::{self, Area};
use crate::levels::Levels;
use crate::scratch::Scratch;
use crate::{Frame, Plane, Rotation};

/// Pixels a side, and of its colours.
pub(super) const SIDE: usize = 128;
const COLOUR_SIDE: usize = 64;

/// Inter-eye distance, side of the box.
pub(super) const IED: f32 = 0.412;
/// The height of the eyes, the horizontal places of them, and the chin: parts of the box.
pub(super) const EYES_Y: f32 = 0.387;
pub(super) const EYES_X: [f32; 2] = [0.294, 0.703];
pub(super) const CHIN_Y: f32 = 1.018;

/// The face's luma and colours.
#[derive(Debug)]
pub(super) struct Face128 {
    /// [`SIDE`] squared, row by row, grey levels 0 to 255.
    luma: Scratch<f32>,
    /// U and V less 128, 64 x 64; `None` in a frame without colour.
    colours: Option<[Scratch<f32>; 2]>,
    /// Of the luma of the whole box.
    pub(super) mean: f32,
    /// Its deviation, at least 1: what is divided by it stays finite.
    pub(super) deviation: f32,
}

/// A rectangle in parts of the box: left, top, right, bottom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part(pub(super) f32, pub(super) f32, pub(super) f32, pub(super) f32);

impl Part {
    /// The values of a picture of [`SIDE`] pixels squared that lie in this part.
    pub(super) fn of(self, pixels: &[f32]) -> impl Iterator<Item = f32> {
        let Self(left, top, right, bottom) = self;
        let pixel = |part: f32| (part * SIDE as f32).round().clamp(0.0, SIDE as f32) as usize;
        let (from, to) = (pixel(left), pixel(right));
        let row = move |y: usize| pixels.get(y * SIDE + from..y * SIDE + to).unwrap_or_default();
        (pixel(top)..pixel(bottom)).flat_map(move |y| row(y).iter().copied())
    }
}

impl Face128 {
    pub(super) fn of(frame: &Frame<'_>, rotation: Rotation, area: Area) -> Self {
        let level = |plane: &Plane<'_>, zero: f32| plane.rows().flatten().map(|&v| f32::from(v) - zero).collect();
        let luma: Scratch<f32> = level(&upright::luma(frame, rotation, area, [SIDE; 2]), 0.0);
        let colours = upright::chroma(frame, rotation, area, [COLOUR_SIDE; 2]);
        let colours = colours.map(|planes| planes.map(|plane| level(&plane, 128.0)));
        let (mean, deviation) = moments(luma.iter().copied());
        Self { luma, colours, mean, deviation: deviation.max(1.0) }
    }

    /// Row `y` of luma; empty outside.
    pub(super) fn row(&self, y: usize) -> &[f32] {
        self.luma.get(y * SIDE..(y + 1) * SIDE).unwrap_or_default()
    }

    /// Luma at a pixel; at the rim where it lies outside.
    pub(super) fn at(&self, x: isize, y: isize) -> f32 {
        let inside = |v: isize| v.clamp(0, SIDE.cast_signed() - 1).unsigned_abs();
        self.luma.get(inside(y) * SIDE + inside(x)).copied().unwrap_or_default()
    }

    /// The same face turned counter-clockwise by so many degrees about the middle of its box: luma alone.
    pub(super) fn turned(&self, degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let middle = SIDE as f32 / 2.0;
        let mut luma = Scratch::with_capacity(SIDE * SIDE);
        for y in 0..SIDE {
            let dy = y as f32 + 0.5 - middle;
            luma.extend((0..SIDE).map(|x| {
                let dx = x as f32 + 0.5 - middle;
                self.between(middle + dx * cos - dy * sin, middle + dx * sin + dy * cos)
            }));
        }
        Self { luma, colours: None, mean: self.mean, deviation: self.deviation }
    }

    /// The whole luma.
    pub(super) fn luma(&self) -> &[f32] {
        &self.luma
    }

    /// Luma between pixels, at continuous coordinates.
    pub(super) fn between(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (a, b) = (x - left, y - top);
        let (l, t) = (left as isize, top as isize);
        let upper = self.at(l, t) * (1.0 - a) + self.at(l + 1, t) * a;
        let lower = self.at(l, t + 1) * (1.0 - a) + self.at(l + 1, t + 1) * a;
        upper * (1.0 - b) + lower * b
    }

    /// The luma of a part of the box.
    pub(super) fn levels(&self, part: Part) -> impl Iterator<Item = f32> {
        part.of(&self.luma)
    }

    /// Luma of a part as a histogram.
    pub(super) fn histogram(&self, part: Part) -> Levels {
        self.levels(part).map(|level| level as u8).collect()
    }

    /// Mean luma of a part.
    pub(super) fn mean_of(&self, part: Part) -> f32 {
        moments(self.levels(part)).0
    }

    /// U and V, less 128, of a part; none without colour.
    pub(super) fn colours(&self, Part(left, top, right, bottom): Part) -> impl Iterator<Item = [f32; 2]> {
        let pixel = |part: f32| (part * COLOUR_SIDE as f32).round().clamp(0.0, COLOUR_SIDE as f32) as usize;
        let (from, to) = (pixel(left), pixel(right));
        let places = (pixel(top)..pixel(bottom)).flat_map(move |y| (from..to).map(move |x| y * COLOUR_SIDE + x));
        let planes = self.colours.as_ref();
        places.filter_map(move |at| planes.and_then(|[u, v]| Some([*u.get(at)?, *v.get(at)?])))
    }

    /// Mean U and V of a part; `None` without colour.
    pub(super) fn mean_colour(&self, part: Part) -> Option<[f32; 2]> {
        let (mut sum, mut count) = ([0.0; 2], 0.0);
        for [u, v] in self.colours(part) {
            sum = [sum[0] + u, sum[1] + v];
            count += 1.0;
        }
        (count > 0.0).then(|| sum.map(|sum| sum / count))
    }

    /// Median U and V of a part; `None` without colour.
    pub(super) fn usual_colour(&self, part: Part) -> Option<[f32; 2]> {
        self.colours.as_ref()?;
        let median = |of: fn([f32; 2]) -> f32| {
            let values = self.colours(part).map(|colour| (of(colour) + 128.0) as u8);
            f32::from(values.collect::<Levels>().dark_end(0.5)) - 128.0
        };
        Some([median(|[u, _]| u), median(|[_, v]| v)])
    }
}

#[cfg(test)]
impl Face128 {
    /// A face of these levels; `colour`: U and V, less 128, of all of it.
    pub(super) fn drawn(level: impl Fn(usize, usize) -> f32, colour: Option<[f32; 2]>) -> Self {
        let luma: Scratch<f32> = (0..SIDE * SIDE).map(|i| level(i % SIDE, i / SIDE)).collect();
        let colours = colour.map(|colour| colour.map(|value| Scratch::filled(value, COLOUR_SIDE * COLOUR_SIDE)));
        let (mean, deviation) = moments(luma.iter().copied());
        Self { luma, colours, mean, deviation: deviation.max(1.0) }
    }

    /// Grey skin with brows, eyes and a mouth, tilted clockwise by so many degrees.
    pub(super) fn sketched(degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self::drawn(
            |x, y| {
                let (dx, dy) = (x as f32 - 63.5, y as f32 - 63.5);
                let (x, y) = (63.5 + dx * cos + dy * sin, 63.5 - dx * sin + dy * cos);
                let inside = |[from_x, to_x]: [f32; 2], [from_y, to_y]: [f32; 2]| {
                    (from_x..to_x).contains(&x) && (from_y..to_y).contains(&y)
                };
                let eye = |at: f32| (x - at).hypot(y - 49.5) < 6.0;
                let brow = inside([26.0, 50.0], [34.0, 38.0]) || inside([78.0, 102.0], [34.0, 38.0]);
                let mouth = inside([46.0, 82.0], [94.0, 100.0]);
                if brow || mouth || eye(37.6) || eye(90.0) { 60.0 } else { 170.0 }
            },
            None,
        )
    }
}

/// Mean and deviation; 0 without values.
pub(super) fn moments(values: impl Iterator<Item = f32>) -> (f32, f32) {
    let (mut count, mut sum, mut squares) = (0.0_f64, 0.0, 0.0);
    for value in values {
        let value = f64::from(value);
        count += 1.0;
        sum += value;
        squares += value * value;
    }
    let count = count.max(1.0);
    let mean = sum / count;
    (mean as f32, (squares / count - mean * mean).max(0.0).sqrt() as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_face_is_turned_about_its_middle() {
        let upright = Face128::sketched(0.0);
        let tilted = Face128::sketched(20.0).turned(20.0);
        let inner = Part(0.2, 0.2, 0.8, 0.8);
        let apart = tilted.levels(inner).zip(upright.levels(inner)).map(|(a, b)| (a - b).abs());
        assert!(moments(apart).0 < 6.0);
    }

    #[test]
    fn a_place_outside_has_the_level_of_the_rim() {
        let face = Face128::drawn(|x, _| x as f32, None);
        assert_eq!([face.at(-5, 3), face.at(200, 300), face.between(10.5, 5.5)], [0.0, 127.0, 10.0]);
    }

    #[test]
    fn moments_are_those_of_the_values() {
        assert_eq!(moments([1.0, 3.0].into_iter()), (2.0, 1.0));
        assert_eq!(moments(std::iter::empty()), (0.0, 0.0));
    }

    #[test]
    fn colours_are_those_of_the_part_and_missing_without_any() {
        let face = Face128::drawn(|_, _| 100.0, Some([-12.0, 20.0]));
        let part = Part(0.2, 0.2, 0.4, 0.4);
        assert_eq!((face.mean_colour(part), face.usual_colour(part)), (Some([-12.0, 20.0]), Some([-12.0, 20.0])));
        assert_eq!(Face128::drawn(|_, _| 100.0, None).mean_colour(part), None);
    }
}
