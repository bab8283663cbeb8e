//! Finder patterns by their runs: along any line through its centre a finder shows dark, light, dark, light, dark in the
//! proportions 1 : 1 : 3 : 1 : 1.
//!
//! ```text
//!   edges   e0 e1 e2       e3 e4 e5
//!            #  .  #  #  #  .  #          e2 - e0 = 2 modules, e4 - e2 = 4: both are steps from light to dark
//! ```
//!
//! Single runs grow and shrink with blur and with the threshold; the distance between two edges of the **same polarity** does
//! not. So these are compared, and single runs only loosely. After the finder search of zxing (Apache-2.0), which compares runs.

use super::Threshold;
use super::finder::{Extent, Finder};
use crate::scratch::Scratch;
use crate::{Plane, Point};

/// Every so many rows. Turned by 45 degrees a finder of 2 pixels a module shows its pattern in so few: 4 loses a fifth of them.
const ROW_STEP: usize = 3;
/// The same for a first look, in half the rows.
const SPARSE_ROW_STEP: usize = 6;
/// Deviation allowed to the distance of two edges of the same polarity: share of a module, and pixels.
const TOLERANCE: (f32, f32) = (0.6, 0.25);
/// Bounds of a single run: of one module, and of the three in the middle. In modules.
const SINGLE: std::ops::Range<f32> = 0.2..2.4;
const MIDDLE: std::ops::Range<f32> = 1.2..5.0;
/// Width over height of a finder that is seen from a slant.
const SLANT: std::ops::Range<f32> = 0.35..2.9;
/// Two finds within this distance are one, modules.
const SAME: f32 = 1.5;
/// Finds at most, so that a frame full of stripes costs no more than others.
const MOST: usize = 200;

/// All finders whose runs hold along a row, a column and a diagonal.
pub(in crate::qr) fn find_by_runs(plane: &Plane<'_>, threshold: &Threshold) -> Scratch<Finder> {
    find_in_rows(plane, threshold, ROW_STEP)
}

/// The same at a glance: nearly all that can be read easily.
pub(in crate::qr) fn find_by_sparse_runs(plane: &Plane<'_>, threshold: &Threshold) -> Scratch<Finder> {
    find_in_rows(plane, threshold, SPARSE_ROW_STEP)
}

fn find_in_rows(plane: &Plane<'_>, threshold: &Threshold, step: usize) -> Scratch<Finder> {
    let mut found = Scratch::with_capacity(MOST + 1);
    for y in (step / 2..plane.height()).step_by(step) {
        scan_row(plane, threshold, y, |edges| {
            let Some(module) = finder_module(edges) else { return };
            let x = f32::midpoint(edges[2], edges[3]);
            let here = Point { x, y: y as f32 + 0.5 };
            if let Some(known) = found.iter_mut().find(|known| is_same(known, here, module)) {
                known.rank += 1.0;
            } else if found.len() < MOST
                && let Some(finder) = confirm(plane, threshold, here, module)
            {
                add(&mut found, finder);
            }
        });
    }
    found
}

fn is_same(known: &Finder, here: Point, module: f32) -> bool {
    let near = (known.centre.x - here.x).abs().max((known.centre.y - here.y).abs()) < SAME * known.module();
    near && module < 1.6 * known.module() && known.module() < 1.6 * module
}

fn add(found: &mut Vec<Finder>, finder: Finder) {
    match found.iter_mut().find(|known| is_same(known, finder.centre, finder.module())) {
        Some(known) => known.rank += 1.0,
        None => found.push(finder),
    }
}

/// Calls `at` with the last six edges after each dark run, where they may be a finder's.
fn scan_row(plane: &Plane<'_>, threshold: &Threshold, y: usize, mut at: impl FnMut(&[f32; 6])) {
    let row = plane.row(y);
    let (thresholds, block) = threshold.row(y);
    // Pixels with which runs begin: in grain most edges belong to nothing, and need not be known better.
    let mut begins = [0_isize; 6];
    let mut count = 0;
    let mut dark = false;
    for (i, (pixels, &level)) in row.chunks(block).zip(thresholds).enumerate() {
        // Most blocks are of one colour: to see that costs less than to look at each pixel.
        if is_plain(pixels, level, dark) {
            continue;
        }
        for (k, &pixel) in pixels.iter().enumerate() {
            if (i16::from(pixel) < level) != dark {
                begins.rotate_left(1);
                begins[5] = (i * block + k).cast_signed();
                dark = !dark;
                count += 1;
                if !dark && count >= 6 && may_be_finder(begins) {
                    at(&begins.map(|begin| edge(row, thresholds, block, begin)));
                }
            }
        }
    }
    if dark && count >= 5 {
        begins.rotate_left(1);
        begins[5] = row.len().cast_signed();
        if may_be_finder(begins) {
            at(&begins.map(|begin| edge(row, thresholds, block, begin)));
        }
    }
}

/// [`finder_module`] in whole pixels, with room for what that leaves open.
fn may_be_finder([e0, e1, e2, e3, e4, e5]: [isize; 6]) -> bool {
    let modules = (e4 - e0) + (e5 - e1);
    // In twelfths of a pixel: 12 modules are `modules`, and each edge may be a pixel off.
    let tolerance = (modules * 6) / 10 + 3 + 24;
    let near = |length: isize, count: isize| (12 * length - count * modules).abs() < tolerance;
    near(e2 - e0, 2) && near(e4 - e2, 4) && near(e3 - e1, 4) && near(e5 - e3, 2)
}

/// Where exactly a run begins, between two pixels' centres.
fn edge(row: &[u8], thresholds: &[i16], block: usize, begin: isize) -> f32 {
    let at = begin.cast_unsigned();
    let (Some(&after), Some(&level)) = (row.get(at), thresholds.get(at / block)) else { return begin as f32 };
    // Before the frame's border is light.
    let before = at.checked_sub(1).and_then(|before| row.get(before)).copied().unwrap_or(u8::MAX);
    begin as f32 - 0.5 + crossing(i16::from(before), i16::from(after), level)
}

/// Whether a block is as dark or as light as what came before, throughout.
fn is_plain(pixels: &[u8], level: i16, dark: bool) -> bool {
    // A fixed size lets the compiler look at all pixels at once.
    let Some(pixels) = pixels.as_array::<8>() else { return false };
    let level = level.clamp(0, 255) as u8;
    let darker: u8 = pixels.iter().map(|&pixel| u8::from(pixel < level)).sum();
    darker == if dark { 8 } else { 0 }
}

/// How far between two pixels' centres the picture crosses the threshold, 0 to 1.
fn crossing(from: i16, to: i16, level: i16) -> f32 {
    let (before, after) = (f32::from(from - level), f32::from(to - level));
    if before * after >= 0.0 { 0.5 } else { before / (before - after) }
}

/// The module's side if these edges are a finder's.
fn finder_module(edges: &[f32; 6]) -> Option<f32> {
    let [e0, e1, e2, e3, e4, e5] = *edges;
    let module = ((e4 - e0) + (e5 - e1)) / 12.0;
    let tolerance = TOLERANCE.0 * module + TOLERANCE.1;
    let near = |length: f32, modules: f32| (length - modules * module).abs() < tolerance;
    let paired = near(e2 - e0, 2.0) && near(e4 - e2, 4.0) && near(e3 - e1, 4.0) && near(e5 - e3, 2.0);
    let bounded = [e1 - e0, e2 - e1, e4 - e3, e5 - e4].iter().all(|run| SINGLE.contains(&(run / module)));
    (module > 0.6 && paired && bounded && MIDDLE.contains(&((e3 - e2) / module))).then_some(module)
}

/// Looks at the other directions through a finder seen in a row, and centres it.
fn confirm(plane: &Plane<'_>, threshold: &Threshold, seen: Point, module: f32) -> Option<Finder> {
    let level = threshold.at(seen.x as usize, seen.y as usize);
    let column = cross(plane, seen, [0, 1], level, module)?;
    let centre = Point { x: seen.x, y: column.middle };
    let row = cross(plane, centre, [1, 0], level, module)?;
    let centre = Point { x: row.middle, y: column.middle };
    // A stroke's end may look right in rows and columns; a diagonal tells.
    cross(plane, centre, [1, 1], level, module).or_else(|| cross(plane, centre, [1, -1], level, module))?;
    let ratio = row.module / column.module;
    let extent = Extent::Crossed { across: row.module, down: column.module };
    SLANT.contains(&ratio).then_some(Finder { centre, extent, rank: 1.0 })
}

/// A finder along one direction: its middle (of x, or of y in a column) and its module in steps.
struct Cross {
    middle: f32,
    module: f32,
}

fn cross(plane: &Plane<'_>, through: Point, [dx, dy]: [isize; 2], level: i16, module: f32) -> Option<Cross> {
    let reach = (module * 9.0) as isize + 4;
    let start = [through.x as isize, through.y as isize];
    let after = walk(plane, start, [dx, dy], level, reach)?;
    let before = walk(plane, start, [-dx, -dy], level, reach)?;
    let edges = [-before[2], -before[1], -before[0], after[0], after[1], after[2]];
    let module = finder_module(&edges)?;
    let origin = if dx == 0 { start[1] } else { start[0] };
    Some(Cross { middle: origin as f32 + 0.5 + f32::midpoint(edges[2], edges[3]), module })
}

/// Distances in steps from a dark pixel's centre to where the picture turns light, dark, and light again.
fn walk(plane: &Plane<'_>, [x, y]: [isize; 2], [dx, dy]: [isize; 2], level: i16, reach: isize) -> Option<[f32; 3]> {
    let mut edges = [0.0; 3];
    let mut found = 0;
    let mut dark = true;
    let mut previous = value(plane, x, y)?;
    if previous >= level {
        return None;
    }
    for step in 1..=reach {
        // Beyond the frame is light: pictures are cut close to the symbol, or right at it.
        let pixel = value(plane, x + step * dx, y + step * dy).unwrap_or(255);
        if (pixel < level) != dark {
            *edges.get_mut(found)? = (step - 1) as f32 + crossing(previous, pixel, level);
            found += 1;
            if found == edges.len() {
                return Some(edges);
            }
            dark = !dark;
        }
        previous = pixel;
    }
    None
}

fn value(plane: &Plane<'_>, x: isize, y: isize) -> Option<i16> {
    let row = plane.row(usize::try_from(y).ok()?);
    row.get(usize::try_from(x).ok()?).copied().map(i16::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A finder of 4 pixels a module with its corner at (20, 12), on light ground.
    fn finder() -> Plane<'static> {
        let pixel = |x: usize, y: usize| {
            let (Some(x), Some(y)) = (x.checked_sub(20).map(|x| x / 4), y.checked_sub(12).map(|y| y / 4)) else {
                return 200;
            };
            let ring = x.abs_diff(3).max(y.abs_diff(3));
            if ring == 2 || ring > 3 { 200 } else { 40 }
        };
        Plane::owned((0..60 * 60).map(|i| pixel(i % 60, i / 60)).collect(), 60, 60)
    }

    #[test]
    fn a_finder_is_found_at_its_centre() {
        let plane = finder();
        let found = find_by_runs(&plane, &Threshold::new(&plane, 8, 8));
        let [Finder { centre, extent: Extent::Crossed { across, down }, .. }] = found[..] else { panic!("{found:?}") };
        assert!((centre.x - 34.0).abs() < 0.3 && (centre.y - 26.0).abs() < 0.3, "{centre:?}");
        assert!((across - 4.0).abs() < 0.2 && (down - 4.0).abs() < 0.2, "{across} {down}");
    }

    #[test]
    fn stripes_are_no_finders() {
        let bytes = (0..60 * 60).map(|i| if i % 60 / 4 % 2 == 0 { 40 } else { 200 }).collect();
        let plane = Plane::owned(bytes, 60, 60);
        assert!(find_by_runs(&plane, &Threshold::new(&plane, 8, 8)).is_empty());
    }
}
