//! How much a symbol looks like one that was seen before: what registers frames of the same card with each other.

use super::canvas::Canvas;
use super::climb::{Fit, ROUNDS, climbed};
use super::grid::Grid;
use super::patch::Patch;
use crate::Point;
use crate::qr::code::Module;
use crate::scratch::Scratch;

/// Steps of the climb that lays a grid on a known symbol, modules.
const STEPS: [f32; 3] = [0.5, 0.2, 0.08];
/// Where a symbol is searched about its last place: modules each way, and turned by so many degrees each way.
const REACH: f32 = 10.0;
const REACH_STEP: f32 = 0.7;
const TURNS: i32 = 2;
const TURN_STEP: f32 = 1.5;
/// Modules that are looked at in that search.
const SEARCHED: usize = 250;
/// Modules left about a symbol in the patch it is searched in: how far it may have moved, and as many again for what is
/// about it.
const MARGIN: f32 = 16.0;

/// What the data modules of a symbol looked like: they tell one symbol from another, the others do not.
#[derive(Debug)]
pub(in crate::qr) struct Template {
    /// Centre of each module, and its darkness.
    modules: Scratch<(Point, f32)>,
}

impl Template {
    pub(in crate::qr) fn new(canvas: &Canvas) -> Self {
        let mean = canvas.mean();
        let layout = &canvas.version().layout;
        let size = layout.size();
        let places = (0..size).flat_map(|row| (0..size).map(move |column| (row, column)));
        let data = places.filter(|&(row, column)| layout.module(column, row) == Module::Data);
        let modules = data.map(|(row, column)| {
            (Point { x: column as f32 + 0.5, y: row as f32 + 0.5 }, mean.at(Canvas::place(column, row)))
        });
        Self { modules: modules.collect() }
    }

    /// The fit moved to where the picture looks most like this symbol, and how much it does there, -1 to 1.
    pub(in crate::qr) fn aligned(&self, patch: &Patch, fit: Fit) -> (Fit, f32) {
        let likeness = |grid: &Grid| self.likeness(patch, grid);
        let (grid, like) = climbed((fit.grid, likeness(&fit.grid)), &STEPS, ROUNDS, patch, likeness);
        (Fit { grid, ..fit }, like)
    }

    /// Correlation with the picture under a grid, -1 to 1.
    fn likeness(&self, patch: &Patch, grid: &Grid) -> f32 {
        let Some(placement) = grid.placement() else { return -1.0 };
        let mut sums = Sums::default();
        for &(centre, darkness) in self.modules.iter() {
            sums.add(darkness, patch.at(placement.map(centre.x, centre.y)));
        }
        sums.correlation()
    }

    /// Finds the symbol about its last place, where nothing else found it; how much it looks like it there, -1 to 1.
    pub(in crate::qr) fn tracked(&self, patch: &Patch, last: Fit) -> Option<(Fit, f32)> {
        let centre = last.grid.centre();
        let turns = (-TURNS..=TURNS).map(|turn| last.grid.turned(centre, (turn as f32 * TURN_STEP).to_radians()));
        let found = turns.filter_map(|grid| self.shifted(patch, grid)).max_by(|a, b| a.1.total_cmp(&b.1));
        let (grid, _) = found?;
        Some(self.aligned(patch, Fit { grid, ..last }))
    }

    /// The grid shifted to where a part of the modules looks most like the symbol.
    fn shifted(&self, patch: &Patch, grid: Grid) -> Option<(Grid, f32)> {
        let placement = grid.placement()?;
        let stride = (self.modules.len() / SEARCHED).max(1);
        let part = || self.modules.iter().step_by(stride);
        let centre = grid.centre();
        let stencil = patch.stencil(part().map(|&(at, _)| {
            let at = placement.map(at.x, at.y);
            Point { x: at.x - centre.x, y: at.y - centre.y }
        }));
        let steps = (REACH / REACH_STEP) as i32;
        let shift = |i: i32| i as f32 * REACH_STEP * patch.module();
        let shifts = (-steps..=steps).flat_map(|j| (-steps..=steps).map(move |i| (shift(i), shift(j))));
        let rated = shifts.filter_map(|(dx, dy)| {
            let seen = stencil.at(Point { x: centre.x + dx, y: centre.y + dy })?;
            let mut sums = Sums::default();
            part().zip(seen).for_each(|(&(_, darkness), seen)| sums.add(darkness, seen));
            Some(((dx, dy), sums.correlation()))
        });
        let ((dx, dy), like) = rated.max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((grid.shifted(dx, dy), like))
    }
}

/// The part of `plane` in which a symbol that was fitted to another frame may be now.
pub(in crate::qr) fn patch_about(plane: &crate::Plane<'_>, fit: &Fit, module: f32) -> Option<Patch> {
    let corners = fit.grid.outline()?;
    let least = |v: fn(&Point) -> f32| corners.iter().map(v).fold(f32::MAX, f32::min) - MARGIN * module;
    let most = |v: fn(&Point) -> f32| corners.iter().map(v).fold(f32::MIN, f32::max) + MARGIN * module;
    let (from, to) = (Point { x: least(|p| p.x), y: least(|p| p.y) }, Point { x: most(|p| p.x), y: most(|p| p.y) });
    Patch::new(plane, from, to, module)
}

/// For Pearson's correlation.
#[derive(Default)]
struct Sums {
    count: f32,
    a: f32,
    b: f32,
    aa: f32,
    bb: f32,
    ab: f32,
}

impl Sums {
    fn add(&mut self, a: f32, b: f32) {
        self.count += 1.0;
        self.a += a;
        self.b += b;
        self.aa += a * a;
        self.bb += b * b;
        self.ab += a * b;
    }

    fn correlation(&self) -> f32 {
        let n = self.count;
        let (va, vb) = (self.aa * n - self.a * self.a, self.bb * n - self.b * self.b);
        if va > 0.0 && vb > 0.0 { (self.ab * n - self.a * self.b) / (va * vb).sqrt() } else { -1.0 }
    }
}
