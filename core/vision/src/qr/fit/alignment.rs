//! The last alignment pattern: the one fixed place far from the finders, which tells how the symbol is slanted.
//!
//! ```text
//!   # # # # #
//!   # . . . #     searched for about the place where three finders alone would have it
//!   # . # . #
//!   # . . . #
//!   # # # # #
//! ```

use super::grid::Grid;
use super::patch::Patch;
use crate::Point;

/// How far: so many modules, and more in larger symbols; in what steps.
const REACH: (f32, f32) = (2.5, 0.08);
const STEP: f32 = 0.5;
/// Places kept, at least so many modules apart.
const KEPT: usize = 3;
const APART: f32 = 1.0;

/// The anchor that follows the alignment pattern.
const ANCHOR: usize = 2;

/// The grid with its fourth anchor where the picture looks most like an alignment pattern; in version 1, which has none, as it
/// is.
pub(super) fn near(patch: &Patch, grid: Grid) -> Vec<Grid> {
    let module = patch.module();
    let Some(placement) = grid.placement().filter(|_| grid.size > 21) else { return vec![grid] };
    let middle = grid.size as f32 - 6.5;
    let centre = placement.map(middle, middle);
    let axis = |p: Point| Point { x: p.x - centre.x, y: p.y - centre.y };
    let axes = [axis(placement.map(middle + 1.0, middle)), axis(placement.map(middle, middle + 1.0))];

    let steps = ((REACH.0 + REACH.1 * grid.size as f32) / STEP) as i32;
    let mut places: Vec<(f32, Point)> = Vec::with_capacity(((2 * steps + 1) * (2 * steps + 1)) as usize);
    for (i, j) in (-steps..=steps).flat_map(|j| (-steps..=steps).map(move |i| (i, j))) {
        let (dx, dy) = (i as f32 * STEP * module, j as f32 * STEP * module);
        let here = Point { x: centre.x + dx, y: centre.y + dy };
        places.push((likeness(patch, here, axes), Point { x: dx, y: dy }));
    }
    places.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut kept: Vec<Point> = Vec::with_capacity(KEPT);
    for (_, place) in places {
        let far = |other: &Point| (place.x - other.x).hypot(place.y - other.y) >= APART * module;
        if kept.iter().all(far) {
            kept.push(place);
        }
        if kept.len() == KEPT {
            break;
        }
    }
    kept.into_iter().map(|place| grid.moved(ANCHOR, place.x, place.y)).collect()
}

/// Darkness where an alignment pattern is dark less that where it is light.
fn likeness(patch: &Patch, centre: Point, [right, down]: [Point; 2]) -> f32 {
    let mut sum = 0.0;
    for (i, j) in (-2..=2_i32).flat_map(|j| (-2..=2_i32).map(move |i| (i, j))) {
        let (u, v) = (i as f32, j as f32);
        let value = patch.at(Point { x: centre.x + u * right.x + v * down.x, y: centre.y + u * right.y + v * down.y });
        // 17 dark modules and 8 light ones: both sides weigh the same.
        sum += if i.abs().max(j.abs()) == 1 { -value / 8.0 } else { value / 17.0 };
    }
    sum
}
