//! Positions in a symbol, in modules, and how they come to lie in a picture.

use crate::Point;
use crate::geometry::Homography;

/// Where the finders' centres lie from the symbol's edge, modules.
const FINDER: f32 = 3.5;
/// The last alignment pattern's centre from the far edge, modules.
const ALIGNMENT: f32 = 6.5;

/// A symbol's grid: four fixed places in modules, and where they are in the patch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    /// Modules on a side.
    pub(super) size: usize,
    /// Patch pixels: centres of the finders top left and top right, of the last alignment pattern (in version 1, of the
    /// fourth corner), of the finder bottom left.
    pub(super) anchors: [Point; 4],
}

impl Grid {
    /// The anchors' places in modules.
    fn places(size: usize) -> [Point; 4] {
        let n = size as f32;
        let far = if size > 21 { n - ALIGNMENT } else { n - FINDER };
        [(FINDER, FINDER), (n - FINDER, FINDER), (far, far), (FINDER, n - FINDER)].map(|(x, y)| Point { x, y })
    }

    /// From modules to patch pixels: module `(column, row)` covers `column..column + 1`.
    pub(super) fn homography(&self) -> Option<Homography> {
        Homography::new(Self::places(self.size), self.anchors)
    }

    /// With one anchor elsewhere.
    pub(super) fn moved(mut self, anchor: usize, dx: f32, dy: f32) -> Self {
        if let Some(place) = self.anchors.get_mut(anchor) {
            place.x += dx;
            place.y += dy;
        }
        self
    }

    /// The grid whose fourth anchor follows from a guess of the fourth finder-like corner.
    pub(super) fn with_corner(size: usize, [a, b, c]: [Point; 3], corner: Point) -> Option<Self> {
        let n = size as f32;
        let square = [(FINDER, FINDER), (n - FINDER, FINDER), (n - FINDER, n - FINDER), (FINDER, n - FINDER)];
        let homography = Homography::new(square.map(|(x, y)| Point { x, y }), [a, b, corner, c])?;
        let [_, _, far, _] = Self::places(size);
        Some(Self { size, anchors: [a, b, homography.map(far.x, far.y), c] })
    }
}
