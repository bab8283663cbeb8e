//! What is the same for all symbols of a version: made once, when it is first met.

use std::sync::OnceLock;

use super::grid::Grid;
use super::patch::Patch;
use super::score::{Known, Points};
use crate::qr::code::Layout;

/// One of the 40 versions.
#[derive(Debug)]
pub(in crate::qr) struct Version {
    /// What each module is.
    pub(in crate::qr) layout: Layout,
    known: Known,
}

static VERSIONS: [OnceLock<Version>; 40] = [const { OnceLock::new() }; 40];

impl Version {
    /// `number` from 1 to 40.
    pub(in crate::qr) fn get(number: usize) -> Option<&'static Self> {
        let place = VERSIONS.get(number.checked_sub(1)?)?;
        if let Some(version) = place.get() {
            return Some(version);
        }
        let layout = Layout::new(number)?;
        let known = Known::new(&layout);
        Some(place.get_or_init(|| Self { layout, known }))
    }

    /// 1 to 40.
    pub(in crate::qr) fn number(&self) -> usize {
        self.layout.version()
    }

    /// Modules on a side.
    pub(super) fn size(&self) -> usize {
        self.layout.size()
    }

    /// How well a grid of this version lies on a symbol.
    pub(super) fn score(&self, patch: &Patch, grid: &Grid, points: Points) -> f32 {
        self.known.score(patch, grid, points)
    }
}
