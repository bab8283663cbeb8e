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
use crate::scratch::Scratch;

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
pub(super) fn near(patch: &Patch, grid: Grid) -> [Option<Grid>; KEPT] {
    let module = patch.module();
    let Some(placement) = grid.placement().filter(|_| grid.size > 21) else {
        return [Some(grid), None, None];
    };
    let middle = grid.size as f32 - 6.5;
    let centre = placement.map(middle, middle);
    let axis = |p: Point| Point { x: p.x - centre.x, y: p.y - centre.y };
    let axes = [axis(placement.map(middle + 1.0, middle)), axis(placement.map(middle, middle + 1.0))];

    let offset = |(i, j): (f32, f32)| Point { x: i * axes[0].x + j * axes[1].x, y: i * axes[0].y + j * axes[1].y };
    let stencil = patch.stencil(pattern().map(|(i, j)| offset((f32::from(i), f32::from(j)))));
    let steps = ((REACH.0 + REACH.1 * grid.size as f32) / STEP) as i32;
    let mut places: Scratch<(f32, Point)> = Scratch::with_capacity(((2 * steps + 1) * (2 * steps + 1)) as usize);
    for (i, j) in (-steps..=steps).flat_map(|j| (-steps..=steps).map(move |i| (i, j))) {
        let place = Point { x: i as f32 * STEP * module, y: j as f32 * STEP * module };
        if let Some(values) = stencil.at(Point { x: centre.x + place.x, y: centre.y + place.y }) {
            places.push((likeness(values), place));
        }
    }
    places.best_first(|place| place.0);
    let mut kept = [None; KEPT];
    for &(_, place) in places.iter() {
        let far = |other: Point| (place.x - other.x).hypot(place.y - other.y) >= APART * module;
        if !kept.into_iter().flatten().all(far) {
            continue;
        }
        match kept.iter_mut().find(|kept| kept.is_none()) {
            Some(free) => *free = Some(place),
            None => break,
        }
    }
    kept.map(|place| place.map(|place| grid.moved(ANCHOR, place.x, place.y)))
}

/// Steps in which the pattern's middle is found, and as many of each as are tried each way. In modules.
const FINE_STEPS: [f32; 2] = [0.2, 0.07];
const FINE_REACH: i8 = 3;
/// Looked at near two opposite corners of each module: only a place that lies right is best in both.
const IN_MODULE: [f32; 2] = [-0.32, 0.32];

/// The grid with its fourth anchor in the middle of the alignment pattern that it lies on.
pub(super) fn centred(patch: &Patch, grid: Grid) -> Grid {
    let Some(placement) = grid.placement().filter(|_| grid.size > 21) else { return grid };
    let middle = grid.size as f32 - 6.5;
    let likeness_at = |du: f32, dv: f32| {
        let at = |(i, j): (i8, i8), inside: f32| {
            let (u, v) = (middle + du + f32::from(i) + inside, middle + dv + f32::from(j) + inside);
            patch.at(placement.map(u, v))
        };
        IN_MODULE.map(|inside| likeness(pattern().map(|module| at(module, inside)))).iter().sum::<f32>()
    };
    let (mut du, mut dv) = (0.0, 0.0);
    for step in FINE_STEPS {
        let reach = || (-FINE_REACH..=FINE_REACH).map(move |i| f32::from(i) * step);
        let places = reach().flat_map(|right| reach().map(move |down| (right, down)));
        let rated = places.map(|(right, down)| (likeness_at(du + right, dv + down), (du + right, dv + down)));
        if let Some((_, best)) = rated.max_by(|a, b| a.0.total_cmp(&b.0)) {
            (du, dv) = best;
        }
    }
    let (from, to) = (placement.map(middle, middle), placement.map(middle + du, middle + dv));
    grid.moved(ANCHOR, to.x - from.x, to.y - from.y)
}

/// Its modules, from its middle: columns and rows.
fn pattern() -> impl Iterator<Item = (i8, i8)> {
    (-2..=2).flat_map(|row| (-2..=2).map(move |column| (column, row)))
}

/// Darkness where an alignment pattern is dark less that where it is light.
fn likeness(values: impl Iterator<Item = f32>) -> f32 {
    // 17 dark modules and 8 light ones: both sides weigh the same.
    let signed = |((i, j), value): ((i8, i8), f32)| if i.abs().max(j.abs()) == 1 { -value / 8.0 } else { value / 17.0 };
    pattern().zip(values).map(signed).sum()
}
