//! Finder patterns by their rings: what is left of one when blur has melted its runs.
//!
//! ```text
//!   distance from the centre, modules      0    1.0    2.1    3.1    4.35
//!   a finder is                           dark  dark   light  dark   light
//! ```
//!
//! Each place that is darker than its eight neighbours is tried with rings of several sizes. The means of whole rings are
//! compared, so noise averages out, and a disk of blur wider than a module still leaves a light ring.

use super::finder::{Extent, Finder};
use crate::{Plane, Point};

/// Radii of the rings, modules, and whether a finder is dark there.
const RINGS: [f32; 4] = [1.0, 2.1, 3.1, 4.35];
/// The largest of them.
const REACH: f32 = 4.35;
/// Samples on a ring.
const DIRECTIONS: usize = 16;
/// Modules tried, pixels.
const MODULES: [f32; 6] = [0.9, 1.1, 1.35, 1.65, 2.0, 2.45];
/// Contrast over deviation from which a place is kept; a sharp finder has about 1.8.
const CONTRAST: f32 = 0.75;
/// Places kept, and the distance within which two are one, modules.
const MOST: usize = 80;
const SAME: f32 = 2.0;

/// Finders by their rings, the best first. Made for pictures that were halved and smoothed.
pub(in crate::qr) fn find_by_rings(plane: &Plane<'_>) -> Vec<Finder> {
    let stars: Vec<Star> = MODULES.into_iter().map(Star::new).collect();
    let mut found = Vec::new();
    each_minimum(plane, |x, y| {
        let best = stars.iter().filter_map(|star| Some((star.contrast(plane, x, y)?, star.module)));
        if let Some((contrast, module)) = best.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|best| best.0 > CONTRAST) {
            let centre = Point { x: x as f32 + 0.5, y: y as f32 + 0.5 };
            found.push(Finder { centre, extent: Extent::Round { module }, rank: contrast });
        }
    });
    found.sort_by(|a, b| b.rank.total_cmp(&a.rank));
    let mut kept: Vec<Finder> = Vec::with_capacity(MOST);
    for finder in found {
        let far = |other: &Finder| {
            let (dx, dy) = (finder.centre.x - other.centre.x, finder.centre.y - other.centre.y);
            dx.hypot(dy) > SAME * other.module()
        };
        if kept.iter().all(far) {
            kept.push(finder);
        }
        if kept.len() == MOST {
            break;
        }
    }
    kept
}

/// Calls `at` with each pixel that none of its eight neighbours is darker than, and not all of them equal.
fn each_minimum(plane: &Plane<'_>, mut at: impl FnMut(usize, usize)) {
    for y in 1..plane.height().saturating_sub(1) {
        let (above, row, below) = (plane.row(y - 1), plane.row(y), plane.row(y + 1));
        let triples = above.windows(3).zip(row.windows(3)).zip(below.windows(3));
        for (x, ((above, here), below)) in triples.enumerate() {
            let (&[a, b, c], &[d, centre, e], &[f, g, h]) = (above, here, below) else { continue };
            // On a flat bottom the last pixel counts, in reading order.
            if centre <= a
                && centre <= b
                && centre <= c
                && centre <= d
                && centre < e
                && centre < f
                && centre < g
                && centre < h
            {
                at(x + 1, y);
            }
        }
    }
}

/// The samples of all rings at one size, as steps from the centre.
struct Star {
    module: f32,
    /// Ring by ring.
    steps: [[(i32, i32); DIRECTIONS]; RINGS.len()],
    reach: usize,
}

impl Star {
    fn new(module: f32) -> Self {
        let steps = RINGS.map(|radius| {
            std::array::from_fn(|i| {
                let (sin, cos) = (std::f32::consts::TAU * i as f32 / DIRECTIONS as f32).sin_cos();
                let step = |v: f32| (v * radius * module).round() as i32;
                (step(cos), step(sin))
            })
        });
        Self { module, steps, reach: (REACH * module).ceil() as usize }
    }

    /// Contrast of the rings over the deviation of all samples; `None` at the border, or where neighbouring rings do not
    /// alternate.
    fn contrast(&self, plane: &Plane<'_>, x: usize, y: usize) -> Option<f32> {
        let inside = |i: usize, end: usize| i >= self.reach && i + self.reach < end;
        if !inside(x, plane.width()) || !inside(y, plane.height()) {
            return None;
        }
        let centre = f32::from(*plane.row(y).get(x)?);
        let (mut sum, mut squares) = (0.0, 0.0);
        let means = self.steps.map(|ring| {
            let (mut ring_sum, mut ring_squares) = (0_u32, 0_u32);
            for (dx, dy) in ring {
                let row = plane.row(y.saturating_add_signed(dy as isize));
                let value = row.get(x.saturating_add_signed(dx as isize)).copied().map_or(0, u32::from);
                ring_sum += value;
                ring_squares += value * value;
            }
            sum += ring_sum as f32;
            squares += ring_squares as f32;
            ring_sum as f32 / DIRECTIONS as f32
        });
        let [inner, gap, ring, outside] = means;
        let core = f32::midpoint(centre, inner);
        let (first, second, third) = (gap - core, gap - ring, outside - ring);
        if first <= 0.0 || second <= 0.0 || third <= 0.0 {
            return None;
        }
        let count = (RINGS.len() * DIRECTIONS) as f32;
        let mean = sum / count;
        let deviation = (squares / count - mean * mean).max(1.0).sqrt();
        Some((first + second + third) / (2.0 * deviation))
    }
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
        let found = find_by_rings(&plane);
        let Finder { centre, .. } = found[0];
        assert!((centre.x - 37.0).abs() < 1.2 && (centre.y - 27.0).abs() < 1.2, "{found:?}");
    }
}
