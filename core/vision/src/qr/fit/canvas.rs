//! Several frames of one symbol laid over each other: a picture of the symbol as it is printed, square and upright.
//!
//! What a first grid got wrong by a module or so, all frames that are laid over it repeat; so the picture is fine enough to be
//! fitted again, when noise has averaged out and the fit can be better than any frame's own.

use super::climb::{Fit, ROUNDS, climbed};
use super::grid::Grid;
use super::patch::Patch;
use super::score::Points;
use super::version::Version;
use crate::Point;
use crate::scratch::Scratch;

/// Pixels of a module.
const MODULE: f32 = 3.0;
/// Modules about the symbol.
const MARGIN: f32 = 5.0;
/// Darkness beyond which a pixel says nothing more.
const CLIP: f32 = 2.0;
/// Steps in which the picture is fitted again, modules.
const STEPS: [f32; 4] = [0.5, 0.25, 0.12, 0.06];

/// The sum of frames so far.
#[derive(Debug)]
pub(in crate::qr) struct Canvas {
    version: &'static Version,
    /// Weighted darkness, row by row.
    total: Scratch<f32>,
    /// Pixels on a side.
    side: usize,
    weight: f32,
    /// The grid of the picture's own symbol.
    grid: Grid,
}

impl Canvas {
    /// Blank.
    pub(in crate::qr) fn new(version: &'static Version) -> Self {
        let side = ((version.size() as f32 + 2.0 * MARGIN) * MODULE) as usize;
        let grid = Grid::square(version.size(), MARGIN * MODULE, MODULE);
        Self { version, total: Scratch::filled(0.0, side * side), side, weight: 0.0, grid }
    }

    /// Its symbol's version.
    pub(in crate::qr) fn version(&self) -> &'static Version {
        self.version
    }

    /// Adds what lies under a grid in a frame; `None` where the grid is degenerate.
    pub(in crate::qr) fn add(&mut self, patch: &Patch, fit: &Fit) -> Option<()> {
        let placement = fit.grid.placement()?;
        // A grid that lies better tells more.
        let weight = fit.score * fit.score;
        let modules = |pixel: usize| (pixel as f32 + 0.5) / MODULE - MARGIN;
        for (y, row) in self.total.chunks_exact_mut(self.side).enumerate() {
            for (x, total) in row.iter_mut().enumerate() {
                let seen = patch.at(placement.map(modules(x), modules(y)));
                *total += weight * seen.clamp(-CLIP, CLIP);
            }
        }
        self.weight += weight;
        Some(())
    }

    /// The mean of the frames, and the grid that lies best on it.
    pub(in crate::qr) fn fitted(&mut self) -> (Patch, Fit) {
        let mean = self.mean();
        let score = |grid: &Grid| self.version.score(&mean, grid, Points::Middle);
        let (grid, score) = climbed((self.grid, score(&self.grid)), &STEPS, ROUNDS, &mean, score);
        self.grid = grid;
        (mean, Fit { version: self.version, grid, score })
    }

    /// The mean of the frames.
    pub(super) fn mean(&self) -> Patch {
        let scale = 1.0 / self.weight.max(f32::MIN_POSITIVE);
        Patch::of(self.total.iter().map(|total| total * scale).collect(), self.side, MODULE)
    }

    /// Where the middle of a module lies in the mean, in the first frame's grid.
    pub(super) fn place(column: usize, row: usize) -> Point {
        let at = |i: usize| (i as f32 + 0.5 + MARGIN) * MODULE;
        Point { x: at(column), y: at(row) }
    }

    /// From the mean's pixels to modules of the first frame's grid.
    fn modules(at: Point) -> Point {
        Point { x: at.x / MODULE - MARGIN, y: at.y / MODULE - MARGIN }
    }

    /// A frame's fit, laid as the picture's own grid lies.
    pub(in crate::qr) fn refined(&self, fit: &Fit) -> Option<Fit> {
        let placement = fit.grid.placement()?;
        let anchors = self.grid.anchors.map(Self::modules).map(|anchor| placement.map(anchor.x, anchor.y));
        Some(Fit { grid: Grid { anchors, ..fit.grid }, ..*fit })
    }
}
