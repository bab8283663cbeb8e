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
    /// How the card is bent.
    pub(super) bow: Bow,
}

/// A card bent about one axis or two: lines of modules become arcs. In modules: the largest sideways and lengthwise shift of
/// what lies half way along a row, and half way along a column, against the finders.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Bow {
    /// Along a row: right, down.
    pub(super) row: [f32; 2],
    /// Along a column: right, down.
    pub(super) column: [f32; 2],
}

/// From modules to patch pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    homography: Homography,
    /// `None` where the card is flat.
    bow: Option<Bow>,
    size: f32,
}

impl Placement {
    /// Module `(column, row)` covers `column..column + 1`.
    pub(super) fn map(&self, u: f32, v: f32) -> Point {
        let Some(Bow { row, column }) = self.bow else { return self.homography.map(u, v) };
        let (along_row, along_column) = (self.arc(u), self.arc(v));
        let shift = |axis: usize| {
            let [row, column] = [row, column].map(|bow| bow.get(axis).copied().unwrap_or_default());
            row * along_row + column * along_column
        };
        self.homography.map(u + shift(0), v + shift(1))
    }

    /// A parabola: 0 at the finders' centres, 1 half way.
    fn arc(&self, at: f32) -> f32 {
        let parabola = |at: f32| 4.0 * at * (self.size - at) / (self.size * self.size);
        let finder = parabola(FINDER);
        (parabola(at) - finder) / (1.0 - finder)
    }
}

impl Grid {
    /// The anchors' places in modules.
    fn places(size: usize) -> [Point; 4] {
        let n = size as f32;
        let far = if size > 21 { n - ALIGNMENT } else { n - FINDER };
        [(FINDER, FINDER), (n - FINDER, FINDER), (far, far), (FINDER, n - FINDER)].map(|(x, y)| Point { x, y })
    }

    /// Where its modules lie; `None` where three anchors are in line.
    pub(super) fn placement(&self) -> Option<Placement> {
        let homography = Homography::new(Self::places(self.size), self.anchors)?;
        let bow = Some(self.bow).filter(|bow| *bow != Bow::default());
        Some(Placement { homography, bow, size: self.size as f32 })
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
        Some(Self { size, anchors: [a, b, homography.map(far.x, far.y), c], bow: Bow::default() })
    }
}
