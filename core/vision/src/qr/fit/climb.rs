//! From three finders to a grid: which version, and where its anchors lie to a fraction of a module.

use super::alignment;
use super::grid::Grid;
use super::patch::Patch;
use super::score::Points;
use super::version::Version;
use crate::qr::detect::Triple;
use crate::scratch::Scratch;
use crate::{Corners, Plane, Point};

/// Versions there are.
const VERSIONS: usize = 40;
/// Versions tried on each side of the estimate, in modules: a slant makes the estimate wrong by a few.
const REACH: f32 = 10.0;
/// A score that needs no climb.
const CERTAIN: f32 = 1.2;
/// A score that reads without a climb.
const SURE: f32 = 1.5;
/// Scores below which a grid is not climbed: of 1146 that were climbed to 1.2 and more, twelve had started below.
const HOPELESS: f32 = 0.65;
/// Steps of the climb, in modules.
const STEPS: [f32; 4] = [0.5, 0.25, 0.12, 0.06];
/// Steps that bring the corners to a tenth of a module.
const FINE_STEPS: [f32; 2] = [0.2, 0.1];
/// Rounds over the anchors in each step at most.
pub(super) const ROUNDS: usize = 4;
/// Depth of the fourth corner against the first, below which the finders' sizes are not to be believed.
const LEAST_DEPTH: f32 = 0.3;
/// Modules left about the symbol in its patch.
const BORDER: f32 = 5.0;

/// Grids that are climbed.
const CLIMBED: usize = 3;

/// A grid that lies on a symbol.
#[derive(Debug, Clone, Copy)]
pub(in crate::qr) struct Fit {
    pub(in crate::qr) version: &'static Version,
    pub(super) grid: Grid,
    /// Contrast over deviation of the known modules, in the middle of each.
    pub(in crate::qr) score: f32,
}

impl Fit {
    /// The same, laid to a tenth of a module: what reads from afar need not lie right at the corners.
    pub(in crate::qr) fn centred(self, patch: &Patch) -> Self {
        let score = |grid: &Grid| self.version.score(patch, grid, Points::Corners);
        let (grid, _) = climbed((self.grid, score(&self.grid)), &FINE_STEPS, ROUNDS, patch, score);
        Self { grid, ..self }
    }

    /// The same in a quarter of the time, for a symbol that was read.
    pub(in crate::qr) fn centred_at_once(self, patch: &Patch) -> Self {
        Self { grid: alignment::centred(patch, self.grid), ..self }
    }

    /// Laid where the known modules stand out most.
    pub(in crate::qr) fn climbed(self, patch: &Patch) -> Self {
        let score = |grid: &Grid| self.version.score(patch, grid, Points::Middle);
        let (grid, score) = climbed((self.grid, self.score), &STEPS, ROUNDS, patch, score);
        Self { grid, score, ..self }
    }

    /// The symbol's outer corners in the frame that `patch` was cut from.
    pub(in crate::qr) fn corners(&self, patch: &Patch) -> Option<Corners> {
        Some(Corners::from_array(self.grid.outline()?.map(|corner| patch.place_in_frame(corner))))
    }

    /// The same in pixels of the frame that `patch` was cut from.
    pub(in crate::qr) fn in_frame(self, patch: &Patch) -> Self {
        let grid = Grid { anchors: self.grid.anchors.map(|anchor| patch.place_in_frame(anchor)), ..self.grid };
        Self { grid, ..self }
    }

    /// The same, from pixels of a frame, in those of a patch of it.
    pub(in crate::qr) fn in_patch(self, patch: &Patch) -> Self {
        let grid = Grid { anchors: self.grid.anchors.map(|anchor| patch.place(anchor)), ..self.grid };
        Self { grid, ..self }
    }
}

/// The patch about a triple, and the grids that lie on a symbol in it, best first.
pub(in crate::qr) fn fits(plane: &Plane<'_>, triple: &Triple) -> Option<(Patch, Scratch<Fit>)> {
    let start = Start::new(plane, triple)?;
    let mut rated: Scratch<Fit> = Scratch::with_capacity(VERSIONS);
    for version in versions(start.size).filter_map(Version::get) {
        rated.extend(start.best_corner(version));
        if rated.last().is_some_and(|fit| fit.score > CERTAIN) {
            break;
        }
    }
    rated.best_first(|fit| fit.score);
    rated.retain(|fit| fit.score > HOPELESS);
    rated.truncate(CLIMBED);
    let climb_unsure = |fit: &Fit| if fit.score > SURE { *fit } else { fit.climbed(&start.patch) };
    let mut fits: Scratch<Fit> = rated.iter().map(climb_unsure).collect();
    fits.best_first(|fit| fit.score);
    Some((start.patch, fits))
}

/// Versions by their distance from an estimated size, the nearest first.
fn versions(size: f32) -> impl Iterator<Item = usize> {
    let nearest = (((size - 17.0) / 4.0).round() as usize).clamp(1, VERSIONS);
    let distance = move |version: usize| (17.0 + 4.0 * version as f32 - size).abs();
    let outwards = (0..VERSIONS).flat_map(move |step| {
        // On the side that the estimate lies on first; 0 is no version.
        let (below, above) = (nearest.saturating_sub(step), if step > 0 { nearest + step } else { 0 });
        if distance(above) < distance(below) { [above, below] } else { [below, above] }
    });
    outwards.filter(move |&version| (1..=VERSIONS).contains(&version) && distance(version) < REACH)
}

/// What three finders alone tell.
struct Start {
    patch: Patch,
    /// The finders' centres in the patch: corner, right, below.
    finders: [Point; 3],
    /// Modules from finder to finder, as each of them tells.
    counts: [f32; 3],
    /// Modules on a side, estimated.
    size: f32,
}

impl Start {
    fn new(plane: &Plane<'_>, triple: &Triple) -> Option<Self> {
        let counts = triple.modules()?;
        let count = counts.iter().sum::<f32>() / 3.0;
        let legs = triple.legs();
        let module = legs.map(|leg| leg.x.hypot(leg.y) / count);
        let module = f32::midpoint(module[0], module[1]);
        let centres = [triple.corner.centre, triple.right.centre, triple.below.centre];
        let patch = patch_about(plane, centres, legs, module)?;
        let finders = centres.map(|centre| patch.place(centre));
        Some(Self { patch, finders, counts, size: count + 7.0 })
    }

    /// The best grid of one version: the fourth corner as in a flat view and as the finders' sizes tell, then the alignment
    /// pattern about it.
    fn best_corner(&self, version: &'static Version) -> Option<Fit> {
        let [a, b, c] = self.finders;
        let flat = Point { x: b.x + c.x - a.x, y: b.y + c.y - a.y };
        let guesses = [flat, self.slanted_corner(flat)];
        let grids = guesses.into_iter().filter_map(|corner| Grid::with_corner(version.size(), self.finders, corner));
        let grids = grids.flat_map(|grid| alignment::near(&self.patch, grid)).flatten();
        let rated = grids.map(|grid| Fit { version, grid, score: version.score(&self.patch, &grid, Points::Middle) });
        rated.max_by(|a, b| a.score.total_cmp(&b.score))
    }

    /// A finder that looks smaller is farther away: the fourth corner moves with it.
    fn slanted_corner(&self, flat: Point) -> Point {
        let [a, b, c] = self.finders;
        // Depth grows with the modules that fit in, and the depths of a flat square's corners add up as its corners do.
        let [da, db, dc] = self.counts;
        let dd = db + dc - da;
        if dd < LEAST_DEPTH * da {
            return flat;
        }
        let far = |v: fn(Point) -> f32| (v(b) * db + v(c) * dc - v(a) * da) / dd;
        let corner = Point { x: far(|p| p.x), y: far(|p| p.y) };
        if corner.x.is_finite() && corner.y.is_finite() { corner } else { flat }
    }
}

/// The symbol with its border, as far as the finders tell; room for a slant at the fourth corner.
fn patch_about(plane: &Plane<'_>, [a, b, c]: [Point; 3], [to_b, to_c]: [Point; 2], module: f32) -> Option<Patch> {
    let fourth = Point { x: a.x + 1.15 * (to_b.x + to_c.x), y: a.y + 1.15 * (to_b.y + to_c.y) };
    let all = [a, b, c, fourth];
    let margin = module * (BORDER + 3.5);
    let least = |v: fn(&Point) -> f32| all.iter().map(v).fold(f32::MAX, f32::min) - margin;
    let most = |v: fn(&Point) -> f32| all.iter().map(v).fold(f32::MIN, f32::max) + margin;
    let (from, to) = (Point { x: least(|p| p.x), y: least(|p| p.y) }, Point { x: most(|p| p.x), y: most(|p| p.y) });
    Patch::new(plane, from, to, module)
}

/// Moves one anchor at a time while the score grows, in smaller and smaller steps, in modules.
pub(super) fn climbed(
    start: (Grid, f32),
    steps: &[f32],
    rounds: usize,
    patch: &Patch,
    score: impl Fn(&Grid) -> f32,
) -> (Grid, f32) {
    let (mut grid, mut best) = start;
    for step in steps.iter().map(|step| step * patch.module()) {
        for _ in 0..rounds {
            let before = best;
            for anchor in 0..4 {
                for (dx, dy) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                    let moved = grid.moved(anchor, dx, dy);
                    let score = score(&moved);
                    if score > best {
                        (best, grid) = (score, moved);
                    }
                }
            }
            if best <= before {
                break;
            }
        }
    }
    (grid, best)
}
