//! What a frame showed of a symbol that was not read: what hints are made of.

use super::detect::{Extent, Finds, Triple};
use super::fit::{Fit, Patch};
use crate::geometry::{Corners, Homography, Point};

/// Rows in which a finder's runs must have been seen before it counts by itself.
const SURE_ROWS: f32 = 2.0;
/// Finders by themselves that are kept, the surest of a search.
const PARTS: usize = 4;

/// The most telling sight of a frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sight {
    pub(super) seen: Option<Seen>,
    /// Perhaps finders.
    pub(super) parts: [Option<Part>; PARTS],
    /// Those are by their runs.
    pub(super) by_runs: bool,
}

/// From less to more telling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Seen {
    /// Three finders on which no grid lies.
    Finders {
        /// Where the symbol must be.
        place: Place,
        /// How much they look like finders.
        contrast: f32,
    },
    /// A grid lies on it.
    Symbol {
        /// Where it is.
        place: Place,
        /// How well.
        score: f32,
    },
}

/// One finder, pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Part {
    pub(super) centre: Point,
    /// Side of a module.
    pub(super) module: f32,
}

impl Seen {
    /// Comparable between any two.
    fn weight(&self) -> f32 {
        match self {
            Self::Finders { contrast, .. } => *contrast,
            Self::Symbol { score, .. } => 10.0 + score,
        }
    }
}

impl Sight {
    /// What a search found.
    pub(super) fn note_finds(&mut self, finds: &Finds) {
        if let Some(triple) = finds.triples.first() {
            self.note(Place::of_triple(triple).map(|place| Seen::Finders { place, contrast: triple.contrast }));
        }
        // Finders by their runs are surer than those by rings, and the first search of a kind sees them best.
        let by_runs = finds.finders.first().is_some_and(|finder| matches!(finder.extent, Extent::Crossed { .. }));
        let sure = finds.finders.iter().take_while(|finder| !by_runs || finder.rank >= SURE_ROWS);
        let mut surest = sure.map(|finder| Part { centre: finder.centre, module: finder.module() }).peekable();
        if surest.peek().is_none() {
            return;
        }
        if self.parts.iter().all(Option::is_none) || by_runs && !self.by_runs {
            self.parts = std::array::from_fn(|_| surest.next());
            self.by_runs = by_runs;
        }
    }

    /// A grid that did not read.
    pub(super) fn note_fit(&mut self, patch: &Patch, fit: &Fit) {
        let place = fit.corners(patch).map(|corners| Place { corners, size: fit.version.layout.size() as f32 });
        self.note(place.map(|place| Seen::Symbol { place, score: fit.score }));
    }

    /// Whether there is anything to judge.
    pub(super) fn is_something(&self) -> bool {
        self.seen.is_some() || self.parts.iter().any(Option::is_some)
    }

    /// Whether a grid lies on a symbol.
    pub(super) fn is_located(&self) -> bool {
        matches!(self.seen, Some(Seen::Symbol { .. }))
    }

    fn note(&mut self, seen: Option<Seen>) {
        let known = self.seen.map_or(-1.0, |seen| seen.weight());
        self.seen = seen.filter(|seen| seen.weight() > known).or(self.seen);
    }
}

/// Where a symbol lies, pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) corners: Corners,
    /// Modules on a side, perhaps estimated.
    pub(super) size: f32,
}

impl Place {
    /// Where three finders would have it, seen flat.
    fn of_triple(triple: &Triple) -> Option<Self> {
        let count = triple.modules()?.iter().sum::<f32>() / 3.0;
        let [right, down] = triple.legs().map(|leg| Point { x: leg.x / count, y: leg.y / count });
        let origin = triple.corner.centre;
        let at =
            |u: f32, v: f32| Point { x: origin.x + u * right.x + v * down.x, y: origin.y + u * right.y + v * down.y };
        let (near, far) = (-3.5, count + 3.5);
        let corners = [at(near, near), at(far, near), at(far, far), at(near, far)];
        Some(Self { corners: Corners::from_array(corners), size: count + 7.0 })
    }

    /// Mean side of a module, pixels.
    pub(super) fn module(&self) -> f32 {
        self.corners.mean_side() / self.size
    }

    /// From modules to pixels.
    pub(super) fn homography(&self) -> Option<Homography> {
        let n = self.size;
        let square = [(0.0, 0.0), (n, 0.0), (n, n), (0.0, n)].map(|(x, y)| Point { x, y });
        Homography::new(square, self.corners.to_array())
    }

    /// Mean of the corners.
    pub(super) fn centre(&self) -> Point {
        let mean = |v: fn(&Point) -> f32| self.corners.to_array().iter().map(v).sum::<f32>() / 4.0;
        Point { x: mean(|p| p.x), y: mean(|p| p.y) }
    }

    /// How much narrower than high it is seen, along whatever axis: 1 from the front, the cosine of a slant.
    pub(super) fn foreshortening(&self) -> f32 {
        let [a, b, c, d] = self.corners.to_array();
        let edge = |p: Point, q: Point, r: Point, s: Point| Point {
            x: (q.x - p.x + r.x - s.x) / 2.0,
            y: (q.y - p.y + r.y - s.y) / 2.0,
        };
        let (right, down) = (edge(a, b, c, d), edge(a, d, c, b));
        // Singular values of the matrix with these columns.
        let squares = right.x * right.x + right.y * right.y + down.x * down.x + down.y * down.y;
        let area = (right.x * down.y - right.y * down.x).abs();
        let root = (squares * squares - 4.0 * area * area).max(0.0).sqrt();
        ((squares - root).max(0.0) / (squares + root).max(f32::MIN_POSITIVE)).sqrt()
    }
}
