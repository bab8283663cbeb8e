//! The desk under the card: soft brown streaks like wood, nothing that looks like a code.

use crate::canvas::Canvas;
use crate::random::{Purpose, gaussian, stream};
use crate::shot::Shot;

/// Patches over the frame, across and down: long ones, like grain.
const PATCHES: [usize; 2] = [5, 16];
/// Brightness of the patches, grey levels: mean and deviation. Darker than the card, whose ground is near 200.
const MEAN: f32 = 105.0;
const DEVIATION: f32 = 16.0;
/// Brown that leaves the luma as it is: 0.299 * 1.12 + 0.587 + 0.114 * 0.69 = 1.
const TINT: [f32; 3] = [1.12, 1.0, 0.69];

/// A frame of bare desk. It moves with the card when the hand shakes, and repeats outside the frame.
pub(crate) fn lay(shot: &Shot, seed: u64) -> Canvas {
    let mut rng = stream(seed, Purpose::Desk);
    let patches: Vec<f32> = (0..PATCHES[0] * PATCHES[1]).map(|_| MEAN + DEVIATION * gaussian(&mut rng)).collect();
    let mut canvas = Canvas::new(shot.frame);
    let across: Vec<Between> =
        (0..canvas.width).map(|x| Between::of(x as f32 - shot.shift[0], canvas.width, PATCHES[0])).collect();
    let height = canvas.height;
    for (y, row) in canvas.rows_mut() {
        let down = Between::of(y as f32 - shot.shift[1], height, PATCHES[1]);
        let (upper, lower) = (&patches[down.first * PATCHES[0]..], &patches[down.second * PATCHES[0]..]);
        for (pixel, at) in row.iter_mut().zip(&across) {
            let luma = down.mix(at.mix(upper[at.first], upper[at.second]), at.mix(lower[at.first], lower[at.second]));
            *pixel = TINT.map(|tint| tint * luma);
        }
    }
    canvas
}

/// A place between two neighbouring patches.
struct Between {
    first: usize,
    second: usize,
    /// 0 at the first, 1 at the second.
    part: f32,
}

impl Between {
    /// `position` px along a frame side of `length` px that holds `count` patches.
    fn of(position: f32, length: usize, count: usize) -> Self {
        let place = (position / length as f32 * count as f32).rem_euclid(count as f32);
        let first = (place as usize).min(count - 1);
        let linear = place - first as f32;
        // Smoothstep: flat at the patches, so that no crease shows along the grid.
        Self { first, second: (first + 1) % count, part: linear * linear * (3.0 - 2.0 * linear) }
    }

    fn mix(&self, first: f32, second: f32) -> f32 {
        first + (second - first) * self.part
    }
}
