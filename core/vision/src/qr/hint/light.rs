//! Too little light, and too much of it in one place.

use super::super::sight::Place;
use crate::{Plane, Point};

/// A frame is dark when 95 of 100 pixels are below this luma: white paper at a sixth of a good exposure.
const DARK: u8 = 40;
const DARK_SHARE: f32 = 0.95;
/// About a finder that was seen, this share of dark pixels means that the rest of the symbol lies in shadow.
const SHADOW_SHARE: f32 = 0.4;
/// Modules looked at about it each way.
const SHADOW_REACH: f32 = 30.0;
/// Every so many rows are enough.
const ROW_STEP: usize = 4;
/// Glare: modules at least this bright, and their neighbours too; dark modules would be among them.
const GLARING: u8 = 242;
/// Share of a symbol's modules that glare from which glare is why it did not read.
pub(super) const GLARE_SHARE: f32 = 0.04;

/// Whether nearly the whole frame is dark.
pub(super) fn is_dark(luma: &Plane<'_>) -> bool {
    dark_share(luma) >= DARK_SHARE
}

/// Whether much of what is about a place is dark.
pub(super) fn is_shaded(luma: &Plane<'_>, centre: Point, module: f32) -> bool {
    let reach = SHADOW_REACH * module;
    let from = |v: f32| (v - reach).max(0.0) as usize;
    let side = (2.0 * reach) as usize + 1;
    dark_share(&luma.part([from(centre.x), from(centre.y)], [side, side])) >= SHADOW_SHARE
}

fn dark_share(luma: &Plane<'_>) -> f32 {
    let rows = || luma.rows().step_by(ROW_STEP);
    let dark: usize = rows().map(|row| row.iter().filter(|&&v| v < DARK).count()).sum();
    dark as f32 / (rows().count() * luma.width()).max(1) as f32
}

/// The share of a symbol's modules that are so bright, with all their neighbours, that nothing is seen of the print.
pub(super) fn glare(luma: &Plane<'_>, place: &Place) -> f32 {
    let Some(homography) = place.homography() else { return 0.0 };
    let size = place.size.min(177.0) as i32;
    let glares = |column: i32, row: i32| {
        let Point { x, y } = homography.map(column as f32 + 0.5, row as f32 + 0.5);
        x >= 0.0 && y >= 0.0 && luma.row(y as usize).get(x as usize).is_some_and(|&value| value >= GLARING)
    };
    let all_about = |column: i32, row: i32| {
        (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))).all(|(dx, dy)| glares(column + dx, row + dy))
    };
    let places = (0..size).flat_map(|row| (0..size).map(move |column| (column, row)));
    let glaring = places.filter(|&(column, row)| all_about(column, row)).count();
    glaring as f32 / (size * size).max(1) as f32
}
