//! Puts the card on the desk: each frame pixel is the mean of what its area sees, which makes fine print alias as a sensor does.

use std::ops::Range;

use crate::canvas::{Canvas, Rgb, Rgba};
use crate::card::CARD_SIZE;
use crate::curl::Bow;
use crate::pose::{Homography, px_per_mm};
use crate::screen::Lattice;
use crate::sheet::{Face, Sheet};
use crate::shot::Shot;
use crate::stripes::Stripes;

/// Samples a side in each pixel.
const SAMPLES: usize = 3;

/// Draws the card where `pose` puts it. Seen edge on it is not drawn.
pub(crate) fn place(canvas: &mut Canvas, sheet: &Sheet, shot: &Shot, pose: &Homography) {
    let Some(back) = pose.inverse() else { return };
    let modules = sheet.code().side();
    let px_per_mm = px_per_mm(shot, modules) as f32;
    let look = Look {
        // As fine as the samples, so that a bilinear sample of this face misses nothing between them.
        face: sheet.face_for(px_per_mm * SAMPLES as f32),
        bow: Bow::of(shot, modules),
        lattice: Lattice::of(shot, px_per_mm),
        stripes: Stripes::of(shot, modules),
    };
    let (columns, rows) = extent(canvas, pose, look.bow.reach());
    for (y, row) in canvas.rows_mut().skip(rows.start).take(rows.len()) {
        let lines = WITHIN.map(|part| back.line(y as f64 + part));
        for (x, pixel) in row.iter_mut().enumerate().take(columns.end).skip(columns.start) {
            let mut seen = Rgba::default();
            for line in &lines {
                for part in WITHIN {
                    if let Some(colour) = line.at(x as f64 + part).and_then(|place| look.at(place)) {
                        add(&mut seen, colour);
                    }
                }
            }
            cover(pixel, seen.map(|sum| sum / (SAMPLES * SAMPLES) as f32));
        }
    }
}

#[inline]
fn add(sum: &mut Rgba, colour: Rgba) {
    for (sum, value) in sum.iter_mut().zip(colour) {
        *sum += value;
    }
}

/// Lays what is seen of the card over the desk's pixel.
fn cover(pixel: &mut Rgb, [seen @ .., covered]: Rgba) {
    for (value, seen) in pixel.iter_mut().zip(seen) {
        *value = *value * (1.0 - covered) + seen;
    }
}

/// Places of the samples along a pixel's side.
const WITHIN: [f64; SAMPLES] = [1.0 / 6.0, 0.5, 5.0 / 6.0];

/// How a place of the card looks.
struct Look<'a> {
    face: &'a Face,
    bow: Bow,
    lattice: Option<Lattice>,
    stripes: Option<Stripes>,
}

impl Look<'_> {
    /// The light that leaves a place of the flat card, mm; `None` beside the card.
    #[inline]
    fn at(&self, place: [f32; 2]) -> Option<Rgba> {
        let printed = self.bow.print_at(place);
        if !Sheet::covers(printed) {
            return None;
        }
        let mut light = self.face.at(printed);
        if let Some(lattice) = &self.lattice {
            light = lattice.shine(place, light);
        }
        if let Some(stripes) = &self.stripes {
            light = stripes.over(place, light);
        }
        Some(light)
    }
}

/// Columns and rows that the card can touch when its print moves sideways by `reach` mm: all of them when a corner lies
/// behind the camera.
fn extent(canvas: &Canvas, pose: &Homography, reach: f32) -> (Range<usize>, Range<usize>) {
    let [width, height] = CARD_SIZE.map(f64::from);
    let (left, right) = (-f64::from(reach), width + f64::from(reach));
    let corners = [[left, 0.0], [right, 0.0], [right, height], [left, height]].map(|corner| pose.apply(corner));
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
