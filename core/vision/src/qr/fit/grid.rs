//! Positions in a symbol, in modules, and how they come to lie in a picture.

use crate::Point;
use crate::geometry::Homography;

/// Where the finders' centres lie from the symbol's edge, modules.
const FINDER: f32 = 3.5;
/// The last alignment pattern's centre from the far edge, modules.
const ALIGNMENT: f32 = 6.5;

/// A symbol's grid: four fixed places in modules, and where they are in the patch.
#[derive(Debug, Clone, Copy)]
pub(in crate::qr) struct Grid {
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
pub(in crate::qr) struct Bow {
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

    /// The flat grid between a symbol's outer corners.
    pub(in crate::qr) fn between(size: usize, corners: [Point; 4]) -> Option<Self> {
        let n = size as f32;
        let square = [(0.0, 0.0), (n, 0.0), (n, n), (0.0, n)].map(|(x, y)| Point { x, y });
        let homography = Homography::new(square, corners)?;
        let anchors = Self::places(size).map(|place| homography.map(place.x, place.y));
        Some(Self { size, anchors, bow: Bow::default() })
    }

    /// A symbol that lies square, its top left corner at (`corner`, `corner`).
    pub(super) fn square(size: usize, corner: f32, module: f32) -> Self {
        let anchors = Self::places(size).map(|p| Point { x: corner + p.x * module, y: corner + p.y * module });
        Self { size, anchors, bow: Bow::default() }
    }

    /// Elsewhere as a whole.
    pub(super) fn shifted(mut self, dx: f32, dy: f32) -> Self {
        self.anchors = self.anchors.map(|p| Point { x: p.x + dx, y: p.y + dy });
        self
    }

    /// Turned about a point, radians.
    pub(super) fn turned(mut self, centre: Point, angle: f32) -> Self {
        let (sin, cos) = angle.sin_cos();
        self.anchors = self.anchors.map(|p| {
            let (x, y) = (p.x - centre.x, p.y - centre.y);
            Point { x: centre.x + cos * x - sin * y, y: centre.y + sin * x + cos * y }
        });
        self
    }

    /// The mean of the anchors.
    pub(super) fn centre(&self) -> Point {
        let mean = |v: fn(&Point) -> f32| self.anchors.iter().map(v).sum::<f32>() / 4.0;
        Point { x: mean(|p| p.x), y: mean(|p| p.y) }
    }

    /// The symbol's outer corners, from the top left on clockwise as the symbol names them.
    pub(super) fn outline(&self) -> Option<[Point; 4]> {
        let placement = self.placement()?;
        let n = self.size as f32;
        Some([(0.0, 0.0), (n, 0.0), (n, n), (0.0, n)].map(|(u, v)| placement.map(u, v)))
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
