//! Codes that were read in a frame.

use super::code::Reading;
use crate::geometry::{Corners, Point};

/// A QR code that was read.
#[derive(Clone, PartialEq)]
pub struct Code {
    /// What it holds: text in UTF-8 nearly always, and on every card.
    pub bytes: Vec<u8>,
    /// Where it is, in pixels of the upright picture.
    pub corners: Corners,
    /// Modules on a side.
    pub modules: usize,
}

impl Code {
    pub(super) fn new(corners: Corners, modules: usize, Reading { bytes, mirrored, .. }: Reading) -> Self {
        Self { bytes, corners: if mirrored { corners.transposed() } else { corners }, modules }
    }

    /// Whether a point lies on it.
    pub(super) fn covers(&self, point: Point) -> bool {
        let corners = self.corners.to_array();
        // Corners in one place, or nowhere, enclose nothing.
        let side = self.corners.mean_side();
        if !side.is_finite() || side <= 0.0 {
            return false;
        }
        let edges = corners.into_iter().zip(corners.into_iter().cycle().skip(1));
        let sides = edges.map(|(a, b)| (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0.0);
        let left = sides.filter(|side| *side).count();
        left == 0 || left == corners.len()
    }

    /// Its text; `None` where it is not UTF-8: guessing an encoding would invent text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// A code may hold a card: its text does not show in logs.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Code({} bytes)", self.bytes.len())
    }
}
