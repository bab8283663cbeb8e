//! What the modules of a symbol look like: for people who look at what the scanner saw.

use super::fit::{BORDER, Grid, Patch, Samples};
use crate::{Corners, Frame, Point};

/// A symbol that was located and did not read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unread {
    /// Where it is, in pixels of the upright picture.
    pub corners: Corners,
    /// Modules on a side, as far as that is known.
    pub modules: usize,
}

/// Darkness of each module of the symbol between `corners`, in pixels of the upright picture: row by row, about -1 (light) to
/// 1 (dark), near 0 where the scanner can't tell. Clipped at 3. `None` where no symbol of so many modules can be.
#[must_use]
pub fn module_darkness(frame: &Frame<'_>, corners: &Corners, modules: usize) -> Option<Vec<f32>> {
    if !(21..=177).contains(&modules) {
        return None;
    }
    let corners = corners.in_buffer_of(frame);
    let module = corners.mean_side() / modules as f32;
    let margin = (BORDER as f32 + 2.0) * module;
    let corner = |pick: fn(f32, f32) -> f32, start: f32, v: fn(&Point) -> f32| {
        corners.to_array().iter().map(v).fold(start, pick)
    };
    let from =
        Point { x: corner(f32::min, f32::MAX, |p| p.x) - margin, y: corner(f32::min, f32::MAX, |p| p.y) - margin };
    let to = Point { x: corner(f32::max, f32::MIN, |p| p.x) + margin, y: corner(f32::max, f32::MIN, |p| p.y) + margin };
    let patch = Patch::new(frame.luma(), from, to, module)?;
    let grid = Grid::between(modules, corners.to_array().map(|corner| patch.place(corner)))?;
    Some(Samples::of_grid(&patch, &grid)?.inner().iter().copied().collect())
}
