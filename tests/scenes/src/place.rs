//! Puts the card on the desk: each frame pixel is the mean of what its area sees, which makes fine print alias as a sensor does.

use std::ops::Range;

use crate::canvas::{Canvas, Rgb};
use crate::card::{CARD_SIZE, Card};
use crate::pose::Homography;

/// Samples a side in each pixel.
const SAMPLES: usize = 3;

/// Draws the card where `pose` puts it; `px_per_mm` is its scale at the symbol. Seen edge on it is not drawn.
pub(crate) fn place(canvas: &mut Canvas, card: &Card, pose: &Homography, px_per_mm: f64) {
    let Some(back) = pose.inverse() else { return };
    // As fine as the samples, so that a bilinear sample of this face misses nothing between them.
    let face = card.face_for((px_per_mm * SAMPLES as f64) as f32);
    let (columns, rows) = extent(canvas, pose);
    for (y, row) in canvas.rows_mut().skip(rows.start).take(rows.len()) {
        for (x, pixel) in row.iter_mut().enumerate().take(columns.end).skip(columns.start) {
            let seen = sample_places(x, y)
                .filter_map(|place| back.apply(place))
                .map(|place| place.map(|mm| mm as f32))
                .filter(|&place| Card::covers(place))
                .fold(Seen::default(), |seen, place| seen.and(face.at(place)));
            seen.lie_on(pixel);
        }
    }
}

/// Places in pixel `x`, `y`, on an even grid.
fn sample_places(x: usize, y: usize) -> impl Iterator<Item = [f64; 2]> {
    (0..SAMPLES * SAMPLES).map(move |sample| {
        let within = |i: usize| (i as f64 + 0.5) / SAMPLES as f64;
        [x as f64 + within(sample % SAMPLES), y as f64 + within(sample / SAMPLES)]
    })
}

/// Columns and rows that the card can touch: all of them when a corner lies behind the camera.
fn extent(canvas: &Canvas, pose: &Homography) -> (Range<usize>, Range<usize>) {
    let [width, height] = CARD_SIZE.map(f64::from);
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]].map(|corner| pose.apply(corner));
    let range = |axis: usize, end: usize| {
        let mut range = end..0;
        for corner in corners {
            let Some(corner) = corner else { return 0..end };
            range.start = range.start.min(corner[axis].floor().max(0.0) as usize);
            range.end = range.end.max((corner[axis].ceil().max(0.0) as usize).min(end));
        }
        range
    };
    (range(0, canvas.width), range(1, canvas.height))
}

/// What a pixel sees of the card: sum and number of its samples.
#[derive(Default)]
struct Seen {
    sum: Rgb,
    samples: usize,
}

impl Seen {
    fn and(self, colour: Rgb) -> Self {
        Self { sum: std::array::from_fn(|channel| self.sum[channel] + colour[channel]), samples: self.samples + 1 }
    }

    /// Covers the part of the desk's pixel that it takes.
    fn lie_on(&self, pixel: &mut Rgb) {
        let all = (SAMPLES * SAMPLES) as f32;
        let bare = 1.0 - self.samples as f32 / all;
        for (value, sum) in pixel.iter_mut().zip(self.sum) {
            *value = *value * bare + sum / all;
        }
    }
}
