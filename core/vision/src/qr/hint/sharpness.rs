//! How sharp a symbol is seen, in its own modules.
//!
//! ```text
//!   #######
//!   #.....#      The light ring of a finder is one module wide. Its lightness between dark core and dark ring, over that of the
//!   #.###.#      light ground outside, falls from 1 to 0 while blur grows to a module and more: along each axis by itself, so
//!   #.###.#      that a streak, which blurs one way, differs from a wrong focus, which blurs both.
//!   #.###.#
//! ```

use super::super::sight::{Part, Place};
use crate::{Plane, Point};

/// Samples across a run: places along the side of a finder's core, modules.
const ACROSS: [f32; 5] = [-1.0, -0.5, 0.0, 0.5, 1.0];
/// Samples on a ring.
const DIRECTIONS: usize = 24;
/// Less contrast than this is grain, grey levels.
const LEAST_CONTRAST: f32 = 8.0;
/// Contrast of the light ring, however blurred, that places which only look a little like finders seldom have.
const RINGS: f32 = 0.1;
/// The same along one axis, where a streak took it along the other.
const RINGS_ALONG: f32 = 0.3;
/// The same of one finder: fewer samples to average.
const PART_RINGS: f32 = 0.4;

/// What is left of the contrast of one module, 0 to about 1, along the axis that keeps less and along the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sharpness {
    pub(super) least: f32,
    pub(super) most: f32,
}

impl Sharpness {
    /// Whether the finders have their rings.
    pub(super) fn has_rings(self) -> bool {
        self.least > RINGS || self.most > RINGS_ALONG
    }
}

/// `None` where no contrast is seen at all.
pub(super) fn sharpness(luma: &Plane<'_>, place: &Place) -> Option<Sharpness> {
    let homography = place.homography()?;
    let far = place.size - 3.5;
    let finders = [(3.5, 3.5), (far, 3.5), (3.5, far)];
    // Of the sides at a distance from the centres, along one axis.
    let mean = |axis: usize, distance: f32| {
        let sides = [-distance, distance].into_iter().flat_map(|side| ACROSS.map(|across| (side, across)));
        let steps = sides.map(|(side, across)| if axis == 0 { (side, across) } else { (across, side) });
        let places = steps.flat_map(|(du, dv)| finders.map(|(u, v)| homography.map(u + du, v + dv)));
        mean_luma(luma, places)
    };
    let core = f32::midpoint(mean(0, 0.0), mean(1, 0.0));
    let ground = f32::midpoint(mean(0, 4.2), mean(1, 4.2));
    let contrast = ground - core;
    if contrast < LEAST_CONTRAST {
        return None;
    }
    let [a, b] = [0, 1].map(|axis| (mean(axis, 2.0) - f32::midpoint(core, mean(axis, 3.0))) / contrast);
    Some(Sharpness { least: a.min(b), most: a.max(b) })
}

/// Whether a finder by itself has its rings, whichever way it is turned.
pub(super) fn part_has_rings(luma: &Plane<'_>, part: &Part) -> bool {
    let mean = |radius: f32| {
        let directions = (0..DIRECTIONS).map(|i| (std::f32::consts::TAU * i as f32 / DIRECTIONS as f32).sin_cos());
        let reach = radius * part.module;
        let places =
            directions.map(|(sin, cos)| Point { x: part.centre.x + reach * cos, y: part.centre.y + reach * sin });
        mean_luma(luma, places)
    };
    let core = f32::midpoint(mean(0.0), mean(0.8));
    let contrast = mean(4.3) - core;
    contrast > LEAST_CONTRAST && mean(2.15) - f32::midpoint(core, mean(3.2)) > PART_RINGS * contrast
}

/// Of the pixels at these places, as far as they are in the frame; 0 where none is.
fn mean_luma(luma: &Plane<'_>, places: impl Iterator<Item = Point>) -> f32 {
    let pixel = |p: Point| luma.row(p.y as usize).get(p.x as usize).copied().map(f32::from);
    let inside = places.filter(|p| p.x >= 0.0 && p.y >= 0.0).filter_map(pixel);
    let (sum, count) = inside.fold((0.0, 0.0_f32), |(sum, count), value| (sum + value, count + 1.0));
    sum / count.max(1.0)
}
