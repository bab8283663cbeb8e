//! Finder patterns by their rings: what is left of one when blur has melted its runs, or grain has torn them.
//!
//! ```text
//!   distance from the centre, modules      0    1.0    2.1    3.1    4.35
//!   a finder is                           dark  dark   light  dark   light
//!   weight                                 -2    -3     +4     -4     +5
//! ```
//!
//! The weighted sum of the rings' means is taken about **every** pixel, at several sizes: sixteen samples average the grain out,
//! and blur wider than a module still leaves the outer rings. Then the best place of each neighbourhood is rated by its sum over
//! the deviation there. Weights and sizes were chosen on 80 drawn frames (blur, motion, grain, all at once, bursts): all three
//! finders are among the 36 best in 67 of them.

use super::finder::{Extent, Finder};
use crate::scratch::Scratch;
use crate::{Plane, Point};

/// Radii of the rings, modules.
const RINGS: [f32; 4] = [1.0, 2.1, 3.1, 4.35];
/// Weights of the centre and of the rings: their sum is 0, so that flat ground counts for nothing.
const WEIGHTS: [i16; 5] = [-2, -3, 4, -4, 5];
/// Samples on a ring.
const DIRECTIONS: usize = 16;
const DIRECTIONS_I16: i16 = 16;
/// Modules tried, pixels: the nearest of them has no ring more than half its width away.
const MODULES: [f32; 7] = [0.85, 1.0, 1.2, 1.4, 1.65, 1.95, 2.3];
/// Side of the blocks among whose neighbours a place must be the best, pixels.
const BLOCK: usize = 4;
/// Mean difference of dark and light from which a place is rated, grey levels.
const LEAST_CONTRAST: i16 = 4;
/// Added to the deviation, grey levels: on flat ground the grain of a few samples looks like anything.
const GRAIN: f32 = 12.0;
/// Places rated best that are looked at, places kept, and the distance within which two are one, modules.
const RATED: usize = 400;
const MOST: usize = 80;
const SAME: f32 = 2.0;

/// Pixels whose sums are taken at once.
const LANES: usize = 32;
/// Grey levels are halved, so that sums over a ring times its weight fit.
const HALF: i16 = 2;

/// Finders by their rings, the best first.
/// Modules up to `largest` are looked for, pixels.
pub(in crate::qr) fn find_by_rings(plane: &Plane<'_>, largest: f32) -> Scratch<Finder> {
    let (width, height) = (plane.width(), plane.height());
    let pixels: Scratch<i16> = plane.rows().flatten().map(|&v| i16::from(v) / HALF).collect();
    let mut sums = Scratch::filled(0, width * height);
    let mut rated = Scratch::with_capacity(RATED);
    for star in MODULES.into_iter().filter(|module| *module <= largest).map(|module| Star::new(module, width)) {
        if width <= 2 * star.reach + LANES || height <= 2 * star.reach {
            continue;
        }
        star.sums(&pixels, &mut sums, width, height);
        each_peak(&sums, width, height, |x, y| {
            if let Some(rank) = star.rank(&pixels, &sums, y * width + x) {
                let centre = Point { x: x as f32 + 0.5, y: y as f32 + 0.5 };
                rated.push(Finder { centre, extent: Extent::Round { module: star.module }, rank });
            }
        });
    }
    best_apart(rated)
}

/// The best of neighbours in place and size.
fn best_apart(mut rated: Scratch<Finder>) -> Scratch<Finder> {
    rated.best_first(|finder| finder.rank);
    rated.truncate(RATED);
    let mut kept: Scratch<Finder> = Scratch::with_capacity(MOST);
    for &finder in rated.iter() {
        let far = |other: &Finder| {
            let (dx, dy) = (finder.centre.x - other.centre.x, finder.centre.y - other.centre.y);
            dx.hypot(dy) > SAME * other.module().max(finder.module())
        };
        if kept.len() < MOST && kept.iter().all(far) {
            kept.push(finder);
        }
    }
    kept
}

/// The samples of all rings at one size, as steps from the centre.
struct Star {
    module: f32,
    /// Ring by ring, in places of the picture.
    steps: [[isize; DIRECTIONS]; RINGS.len()],
    /// Pixels from the centre that samples lie within.
    reach: usize,
}

impl Star {
    fn new(module: f32, width: usize) -> Self {
        let steps = RINGS.map(|radius| {
            std::array::from_fn(|i| {
                let (sin, cos) = (std::f32::consts::TAU * i as f32 / DIRECTIONS as f32).sin_cos();
                let step = |v: f32| (v * radius * module).round() as isize;
                step(sin) * width.cast_signed() + step(cos)
            })
        });
        let [.., outermost] = RINGS;
        Self { module, steps, reach: (outermost * module).ceil() as usize }
    }

    /// The weighted sum about each pixel; 0 at the border.
    fn sums(&self, pixels: &[i16], sums: &mut [i16], width: usize, height: usize) {
        sums.fill(0);
        for y in self.reach..height - self.reach {
            let (from, end) = (y * width + self.reach, (y + 1) * width - self.reach);
            // The last lanes of a row overlap with those before.
            for at in (from..end - LANES).step_by(LANES).chain([end - LANES]) {
                let Some(out) = sums.get_mut(at..).and_then(|sums| sums.first_chunk_mut::<LANES>()) else { continue };
                *out = self.lanes(pixels, at).unwrap_or([0; LANES]);
            }
        }
    }

    fn lanes(&self, pixels: &[i16], at: usize) -> Option<[i16; LANES]> {
        let [weight, weights @ ..] = WEIGHTS;
        let mut total = pixels.get(at..)?.first_chunk::<LANES>()?.map(|v| v * weight * DIRECTIONS_I16);
        for (steps, weight) in self.steps.iter().zip(weights) {
            let mut ring = [0_i16; LANES];
            for &step in steps {
                let samples = pixels.get(at.checked_add_signed(step)?..)?.first_chunk::<LANES>()?;
                for (sum, sample) in ring.iter_mut().zip(samples) {
                    *sum += sample;
                }
            }
            for (total, sum) in total.iter_mut().zip(ring) {
                *total += weight * sum;
            }
        }
        Some(total)
    }

    /// The sum about a place over the deviation of its samples.
    fn rank(&self, pixels: &[i16], sums: &[i16], at: usize) -> Option<f32> {
        let (mut sum, mut squares) = (0_i32, 0_i32);
        for step in self.steps.iter().flatten() {
            let value = i32::from(*pixels.get(at.checked_add_signed(*step)?)?);
            sum += value;
            squares += value * value;
        }
        let count = (RINGS.len() * DIRECTIONS) as f32;
        let mean = sum as f32 / count;
        let deviation = (squares as f32 / count - mean * mean).max(0.0).sqrt();
        let contrast = f32::from(*sums.get(at)?) / DIRECTIONS as f32;
        Some(contrast / (deviation + GRAIN / f32::from(HALF)))
    }
}

/// Calls `at` with the largest sum of each block that no neighbouring block exceeds.
fn each_peak(sums: &[i16], width: usize, height: usize, mut at: impl FnMut(usize, usize)) {
    let least = LEAST_CONTRAST / HALF * DIRECTIONS_I16 * WEIGHTS.iter().filter(|weight| **weight > 0).sum::<i16>();
    let (columns, rows) = (width / BLOCK, height / BLOCK);
    let most = block_maxima(sums, width, rows);
    let block = |column: usize, row: usize| most.get(row * columns + column).copied().unwrap_or_default();
    for (row, column) in (1..rows - 1).flat_map(|row| (1..columns - 1).map(move |column| (row, column))) {
        let here = block(column, row);
        let neighbours =
            (row - 1..=row + 1).flat_map(|row| (column - 1..=column + 1).map(move |column| block(column, row)));
        if here < least || neighbours.into_iter().any(|other| other > here) {
            continue;
        }
        let places = (0..BLOCK * BLOCK).map(|i| (column * BLOCK + i % BLOCK, row * BLOCK + i / BLOCK));
        if let Some((x, y)) = places.into_iter().find(|(x, y)| sums.get(y * width + x) == Some(&here)) {
            at(x, y);
        }
    }
}

/// The largest sum of each block, row by row.
fn block_maxima(sums: &[i16], width: usize, rows: usize) -> Scratch<i16> {
    let mut most = Scratch::with_capacity(width / BLOCK * rows);
    let mut in_columns = Scratch::filled(i16::MIN, width);
    for band in sums.chunks_exact(BLOCK * width).take(rows) {
        in_columns.fill(i16::MIN);
        for row in band.chunks_exact(width) {
            for (most, value) in in_columns.iter_mut().zip(row) {
                *most = (*most).max(*value);
            }
        }
        most.extend(in_columns.chunks_exact(BLOCK).filter_map(|block| block.iter().max()));
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::detect::smoothed;

    #[test]
    fn a_blurred_finder_is_found_at_its_centre() {
        // Modules of 2 pixels, the corner at (30, 20), blurred until the light ring has nearly gone.
        let pixel = |x: usize, y: usize| {
            let (Some(x), Some(y)) = (x.checked_sub(30).map(|x| x / 2), y.checked_sub(20).map(|y| y / 2)) else {
                return 200;
            };
            let ring = x.abs_diff(3).max(y.abs_diff(3));
            if ring == 2 || ring > 3 { 200 } else { 40 }
        };
        let mut plane = Plane::owned((0..90 * 70).map(|i| pixel(i % 90, i / 90)).collect(), 90, 70);
        for _ in 0..3 {
            plane = smoothed(&plane);
        }
        let found = find_by_rings(&plane, 2.3);
        let Finder { centre, .. } = found[0];
        assert!((centre.x - 37.0).abs() < 1.2 && (centre.y - 27.0).abs() < 1.2, "{found:?}");
    }
}
