//! The ways to look for symbols in a frame, from cheap to dear.

use super::detect::{
    Finds, Limits, Threshold, find_by_rings, find_by_runs, find_by_sparse_runs, halved, ranked, smoothed,
};
use crate::Plane;

/// One way to look for finders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Search {
    /// By runs in fewer rows, in the frame as it is.
    Sparse,
    /// By runs, in the frame as it is.
    Plain,
    /// By runs, smoothed: against grain.
    Smoothed,
    /// By runs, reduced by halves, so many times: for large modules, and against noise.
    Halved(u32),
    /// By rings, reduced by halves so many times: against blur and noise.
    Rings(u32),
    /// By rings, in the middle of the frame as it is: for symbols too far away to be read, so that the user can be told.
    Middle,
}

/// Largest module looked for by rings in the frame as it is or reduced once, pixels of that: the rest is seen in the frame
/// reduced twice, for a fifth of the time.
const RINGS_ONCE: f32 = 1.7;
/// The same for symbols that are too far away.
const RINGS_FAR: f32 = 1.3;

impl Search {
    /// Finders and triples in pixels of `plane`, the likeliest first.
    pub(super) fn run(self, plane: &Plane<'_>) -> Finds {
        let by_runs = |plane: &Plane<'_>, block, bias| {
            ranked(plane, find_by_runs(plane, &Threshold::new(plane, block, bias)), &Limits::CROSSED)
        };
        match self {
            Self::Sparse => ranked(plane, find_by_sparse_runs(plane, &Threshold::new(plane, 8, 8)), &Limits::CROSSED),
            Self::Plain => by_runs(plane, 8, 8),
            Self::Smoothed => by_runs(&smoothed(plane), 6, 4),
            Self::Halved(times) => in_halves(plane, times, |small| by_runs(small, 11, 2)),
            Self::Rings(0) => by_rings(plane, RINGS_FAR),
            Self::Rings(times) => {
                let largest = if times == 1 { RINGS_ONCE } else { f32::MAX };
                in_halves(plane, times, |small| by_rings(small, largest))
            }
            Self::Middle => {
                let (left, top) = (plane.width() / 4, plane.height() / 4);
                let mut finds = by_rings(&plane.part([left, top], [2 * left, 2 * top]), RINGS_FAR);
                finds.shift(left as f32, top as f32);
                finds
            }
        }
    }
}

fn by_rings(plane: &Plane<'_>, largest: f32) -> Finds {
    ranked(plane, find_by_rings(plane, largest), &Limits::ROUND)
}

/// Finds in the plane reduced by half `times` times, in the plane's own pixels.
fn in_halves(plane: &Plane<'_>, times: u32, search: impl Fn(&Plane<'_>) -> Finds) -> Finds {
    let mut small = halved(plane);
    for _ in 1..times {
        small = small.as_ref().and_then(halved);
    }
    let mut finds = small.as_ref().map(search).unwrap_or_default();
    finds.scale((1_u32 << times) as f32);
    finds
}
