//! The part of a frame about a symbol, brought to a handy size and evened out.
//!
//! Every pixel becomes its distance from the mean of its neighbourhood over the neighbourhood's deviation, dark positive.
//! Shadow, dim light and haze are gone after that; all later steps look at the patch only.

use crate::scratch::Scratch;
use crate::{Plane, Point};

/// Pixels a module should have in a patch; larger ones are reduced by a whole factor.
const MODULE: f32 = 3.0;
/// The neighbourhood: so many modules each way.
const NEIGHBOURHOOD: f32 = 5.0;
/// Deviation that is noise on flat ground, grey levels: less is not blown up.
const LEAST_DEVIATION: f32 = 2.0;
/// What is darker or lighter by more deviations than this says nothing more.
const CLIP: f32 = 3.0;
/// Glare: brighter than the first where its neighbourhood is brighter than the second on average, grey levels. Dark modules
/// look light there, so what is seen counts for little, and is erased first. Measured on drawn frames: 3 more of 80 where glare
/// comes with other trouble, the same where it comes alone.
const GLARE: f32 = 245.0;
const GLARE_AROUND: f32 = 215.0;
const GLARE_SHARE: f32 = 0.05;
/// Side of the blocks that share a mean and a deviation, patch pixels.
const BLOCK: usize = 4;
/// Largest side of a patch, pixels: a version 40 symbol of 6 pixels a module with its border.
const MAX_SIDE: usize = 1200;

/// Largest factor by which a picture is reduced: the sum of so many pixels fits 32 bits.
const MAX_FACTOR: usize = 4096;

/// An evened-out picture, dark positive, about -3 to 3.
#[derive(Debug)]
pub(in crate::qr) struct Patch {
    values: Scratch<f32>,
    width: usize,
    height: usize,
    /// Frame pixels of the first column and row, and in one patch pixel.
    left: f32,
    top: f32,
    factor: f32,
    module: f32,
}

impl Patch {
    /// The part of `plane` between two points, where a module has `module` pixels. `None` where nothing of it is in the
    /// frame.
    pub(in crate::qr) fn new(plane: &Plane<'_>, from: Point, to: Point, module: f32) -> Option<Self> {
        let end = |v: f32, side: usize| (v.max(0.0) as usize).min(side);
        let (left, right) = (end(from.x, plane.width()), end(to.x.ceil(), plane.width()));
        let (top, bottom) = (end(from.y, plane.height()), end(to.y.ceil(), plane.height()));
        let widest = right.saturating_sub(left).max(bottom.saturating_sub(top));
        let factor = ((module / MODULE) as usize).max(widest.div_ceil(MAX_SIDE)).max(1);
        let (width, height) = (right.saturating_sub(left) / factor, bottom.saturating_sub(top) / factor);
        if width < 2 || height < 2 || factor > MAX_FACTOR {
            return None;
        }
        let grey = reduced(plane, [left, top], [width, height], factor);
        let radius = ((NEIGHBOURHOOD * module / factor as f32).round() as usize).max(2);
        let values = evened(&grey, width, height, radius);
        let (left, top, factor) = (left as f32, top as f32, factor as f32);
        Some(Self { values, width, height, left, top, factor, module: module / factor })
    }

    /// A picture that is even already, `side` pixels wide and high.
    pub(super) fn of(values: Scratch<f32>, side: usize, module: f32) -> Self {
        Self { values, width: side, height: side, left: 0.0, top: 0.0, factor: 1.0, module }
    }

    /// Side of a module, patch pixels, as it was given.
    pub(in crate::qr) fn module(&self) -> f32 {
        self.module
    }

    /// From frame pixels to patch pixels.
    pub(in crate::qr) fn place(&self, p: Point) -> Point {
        Point { x: (p.x - self.left) / self.factor, y: (p.y - self.top) / self.factor }
    }

    /// From patch pixels to frame pixels.
    pub(in crate::qr) fn place_in_frame(&self, p: Point) -> Point {
        Point { x: p.x * self.factor + self.left, y: p.y * self.factor + self.top }
    }

    /// For places as far from a middle as `offsets` are from 0.
    pub(super) fn stencil(&self, offsets: impl Iterator<Item = Point>) -> Stencil<'_> {
        let mut reach = [0; 2];
        let steps = offsets.map(|offset| {
            let far = MAX_SIDE as f32;
            let [x, y] = [offset.x, offset.y].map(|step| step.clamp(-far, far).round() as isize);
            reach = [x.abs().max(reach[0]), y.abs().max(reach[1])];
            y * self.width.cast_signed() + x
        });
        let steps = steps.collect();
        Stencil { patch: self, reach, steps }
    }

    /// Between the four nearest pixels; 0 outside.
    pub(in crate::qr) fn at(&self, p: Point) -> f32 {
        // A float that is not a number fails the comparisons.
        let inside = p.x >= 0.0 && p.y >= 0.0 && p.x <= self.width as f32 && p.y <= self.height as f32;
        if !inside {
            return 0.0;
        }
        let (x, y) = (p.x - 0.5, p.y - 0.5);
        let (column, row) = ((x as usize).min(self.width - 2), (y as usize).min(self.height - 2));
        let (across, down) = ((x - column as f32).clamp(0.0, 1.0), (y - row as f32).clamp(0.0, 1.0));
        let start = row * self.width + column;
        let upper = self.values.get(start..start + 2);
        let lower = self.values.get(start + self.width..start + self.width + 2);
        match (upper, lower) {
            (Some(&[a, b]), Some(&[c, d])) => {
                let (upper, lower) = (a + (b - a) * across, c + (d - c) * across);
                upper + (lower - upper) * down
            }
            _ => 0.0,
        }
    }
}

/// Places that are looked at together, wherever their middle lies: each at the middle of a pixel.
#[derive(Debug)]
pub(super) struct Stencil<'a> {
    patch: &'a Patch,
    /// How far they lie from the middle each way, pixels.
    reach: [isize; 2],
    /// In the patch's values.
    steps: Scratch<isize>,
}

impl Stencil<'_> {
    /// The values about `middle`, in order; `None` where one is outside.
    pub(super) fn at(&self, middle: Point) -> Option<impl Iterator<Item = f32>> {
        // A float that is not a number, or far outside, fails here.
        if !(middle.x >= 0.0
            && middle.y >= 0.0
            && middle.x < self.patch.width as f32
            && middle.y < self.patch.height as f32)
        {
            return None;
        }
        let (x, y) = (middle.x.floor() as isize, middle.y.floor() as isize);
        let [across, down] = self.reach;
        let (width, height) = (self.patch.width.cast_signed(), self.patch.height.cast_signed());
        if x < across || y < down || x + across >= width || y + down >= height {
            return None;
        }
        let start = y * width + x;
        let values = &self.patch.values;
        Some(self.steps.iter().map(move |step| values.get((start + step) as usize).copied().unwrap_or_default()))
    }
}

/// Means of `factor` x `factor` pixels.
fn reduced(plane: &Plane<'_>, [left, top]: [usize; 2], [width, height]: [usize; 2], factor: usize) -> Scratch<f32> {
    let mut grey = Scratch::with_capacity(width * height);
    let mut sums = Scratch::filled(0_u32, width);
    let scale = 1.0 / (factor * factor) as f32;
    for y in 0..height {
        sums.fill(0);
        for row in top + y * factor..top + (y + 1) * factor {
            let pixels = plane.row(row).get(left..left + width * factor).unwrap_or_default();
            for (sum, block) in sums.iter_mut().zip(pixels.chunks_exact(factor)) {
                *sum += block.iter().map(|&v| u32::from(v)).sum::<u32>();
            }
        }
        grey.extend(sums.iter().map(|&sum| sum as f32 * scale));
    }
    grey
}

/// (mean - value) / deviation in a box of `radius` each way; the box is cut at the border. Mean and deviation change slowly: they
/// are taken once for each block.
fn evened(grey: &[f32], width: usize, height: usize, radius: usize) -> Scratch<f32> {
    let mut evened = Scratch::with_capacity(grey.len());
    let mut box_sums = BoxSums::new(width, height, radius);
    let mut ground = Scratch::filled(Ground::default(), width.div_ceil(BLOCK));
    for (block, rows) in grey.chunks(BLOCK * width).enumerate() {
        box_sums.move_to(grey, (block * BLOCK + BLOCK / 2).min(height - 1));
        for (column, ground) in ground.iter_mut().enumerate() {
            *ground = box_sums.ground((column * BLOCK + BLOCK / 2).min(width - 1));
        }
        for row in rows.chunks(width) {
            for (values, ground) in row.chunks(BLOCK).zip(ground.iter()) {
                evened.extend(values.iter().map(|&value| ground.even(value)));
            }
        }
    }
    evened
}

/// What is about a place.
#[derive(Debug, Clone, Copy, Default)]
struct Ground {
    mean: f32,
    /// 1 / deviation.
    scale: f32,
}

impl Ground {
    fn even(self, value: f32) -> f32 {
        let even = ((self.mean - value) * self.scale).clamp(-CLIP, CLIP);
        if value > GLARE && self.mean > GLARE_AROUND { even * GLARE_SHARE } else { even }
    }
}

/// Sums of values and squares in a box that moves down.
struct BoxSums {
    radius: usize,
    height: usize,
    /// Rows in the box.
    rows: std::ops::Range<usize>,
    /// Of each column over those rows.
    columns: Scratch<[f32; 2]>,
    /// Of all columns before one.
    before: Scratch<[f32; 2]>,
}

impl BoxSums {
    fn new(width: usize, height: usize, radius: usize) -> Self {
        Self {
            radius,
            height,
            rows: 0..0,
            columns: Scratch::filled([0.0; 2], width),
            before: Scratch::filled([0.0; 2], width + 1),
        }
    }

    fn move_to(&mut self, grey: &[f32], row: usize) {
        let (from, end) = (row.saturating_sub(self.radius), (row + self.radius + 1).min(self.height));
        for (rows, sign) in [(self.rows.end..end, 1.0), (self.rows.start..from, -1.0)] {
            for row in rows {
                let values = grey.get(row * self.columns.len()..).unwrap_or_default();
                for ([sum, square], value) in self.columns.iter_mut().zip(values) {
                    *sum += sign * value;
                    *square += sign * value * value;
                }
            }
        }
        self.rows = from..end;
        let mut total = [0.0; 2];
        for (before, [sum, square]) in self.before.iter_mut().skip(1).zip(self.columns.iter()) {
            total = [total[0] + sum, total[1] + square];
            *before = total;
        }
    }

    fn ground(&self, column: usize) -> Ground {
        let (from, end) = (column.saturating_sub(self.radius), (column + self.radius + 1).min(self.columns.len()));
        let (Some(from_sums), Some(end_sums)) = (self.before.get(from), self.before.get(end)) else {
            return Ground::default();
        };
        let count = (self.rows.len() * (end - from)) as f32;
        let mean = (end_sums[0] - from_sums[0]) / count;
        let variance = (end_sums[1] - from_sums[1]) / count - mean * mean;
        Ground { mean, scale: 1.0 / variance.max(0.0).sqrt().max(LEAST_DEVIATION) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkerboard_evens_out_wherever_the_light_falls() {
        // Squares of 6 pixels, dark and light, under light that doubles from left to right.
        let pixel = |x: usize, y: usize| (if (x / 6 + y / 6).is_multiple_of(2) { 30 } else { 90 }) * (120 + x) / 120;
        let plane = Plane::owned((0..120 * 60).map(|i| pixel(i % 120, i / 120) as u8).collect(), 120, 60);
        let patch = Patch::new(&plane, Point::default(), Point { x: 120.0, y: 60.0 }, 6.0).unwrap();
        for (x, y) in (2..18).flat_map(|x| (2..8).map(move |y| (x, y))) {
            let centre = Point { x: 6.0 * x as f32 + 3.0, y: 6.0 * y as f32 + 3.0 };
            let value = patch.at(patch.place(centre));
            let dark = (x + y) % 2 == 0;
            assert!(if dark { value > 0.7 } else { value < -0.7 }, "{x} {y}: {value}");
        }
    }
}
