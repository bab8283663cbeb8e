//! Bent cards: an old card in a warm pocket is no plane. The grid is bowed until it lies on the modules again.
//!
//! Finders and timing say little about the middle of a bent symbol. But wherever the grid lies right, modules are clearly dark
//! or clearly light, and on their borders they are neither: so all of them have a say.

use super::climb::Fit;
use super::grid::Bow;
use super::patch::Patch;
use super::version::Version;

/// Bows searched, modules: four of them are a tenth of a version 6 symbol.
const MOST: f32 = 4.0;
/// First a search along each way of bending, then a climb; steps in modules.
const SEARCH_STEP: f32 = 0.5;
const STEPS: [f32; 2] = [0.25, 0.12];
/// Rounds over the four ways, in the search and in each step of the climb.
const ROUNDS: usize = 2;
/// What an unknown module's clearness counts beside a known module's colour.
const UNKNOWN: f32 = 0.65;

/// The ways of bending, in the order of [`Bow`]'s fields.
const WAYS: usize = 4;

impl Fit {
    /// The same grid, bowed; `None` where flat is best.
    pub(in crate::qr) fn bent(self, patch: &Patch) -> Option<Self> {
        let clearness = |fit: &Self| clearness(fit.version, patch, fit);
        let flat = clearness(&self);
        let (mut best, mut most) = (self, flat);
        let mut try_bow = |best: &mut Self, bow: Bow| {
            let mut bowed = *best;
            bowed.grid.bow = bow;
            let clear = clearness(&bowed);
            if clear > most {
                (*best, most) = (bowed, clear);
            }
        };
        for way in (0..ROUNDS).flat_map(|_| 0..WAYS) {
            let start = best.grid.bow;
            let steps = (MOST / SEARCH_STEP) as i32;
            for step in -steps..=steps {
                try_bow(&mut best, start.with(way, step as f32 * SEARCH_STEP));
            }
        }
        for step in STEPS {
            for way in (0..ROUNDS).flat_map(|_| 0..WAYS) {
                for moved in [step, -step] {
                    let start = best.grid.bow;
                    try_bow(&mut best, start.with(way, start.get(way) + moved));
                }
            }
        }
        (best.grid.bow != Bow::default()).then_some(best)
    }
}

/// Mean darkness of dark modules and lightness of light ones, and of unknown ones whichever they are more.
fn clearness(version: &Version, patch: &Patch, fit: &Fit) -> f32 {
    let Some(placement) = fit.grid.placement() else { return f32::MIN };
    let size = version.layout.size();
    let mut sum = 0.0;
    for (row, column) in (0..size).flat_map(|row| (0..size).map(move |column| (row, column))) {
        let value = patch.at(placement.map(column as f32 + 0.5, row as f32 + 0.5));
        sum += match version.layout.fixed(column, row) {
            Some(true) => value,
            Some(false) => -value,
            None => UNKNOWN * value.abs(),
        };
    }
    sum / (size * size) as f32
}

impl Bow {
    fn get(self, way: usize) -> f32 {
        match way {
            0 => self.row[0],
            1 => self.row[1],
            2 => self.column[0],
            _ => self.column[1],
        }
    }

    fn with(mut self, way: usize, value: f32) -> Self {
        match way {
            0 => self.row[0] = value,
            1 => self.row[1] = value,
            2 => self.column[0] = value,
            _ => self.column[1] = value,
        }
        self
    }
}
