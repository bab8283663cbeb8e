//! Symbols that several frames showed, each frame added to the others module by module.
//!
//! Frames are laid over each other by how much they look alike (correlation of data modules), so a moving hand does not
//! matter, and another card, which looks different, opens a cluster of its own. Noise averages out; a module under a highlight
//! counts for little and is seen in the frames in which the highlight lies elsewhere.

use super::super::fit::{Canvas, Fit, Patch, Template, patch_about};
use super::super::found::Code;
use super::super::reading::{LOCATED, code, read_in_place, shows};
use super::super::sight::Sight;
use crate::Plane;

/// Correlation from which a fit shows a known symbol. Unlike cards correlate by chance only; cards that differ in a digit or two are alike,
/// and for those each reading is held against the frame ([`shows`]).
const SAME: f32 = 0.35;
/// The same where the symbol was only searched about its last place: the best of thousands of places is somewhat alike by chance.
const TRACKED: f32 = 0.4;
/// Symbols known at a time; the one seen longest ago makes room.
const MOST: usize = 3;
/// Frames after which a symbol that was not seen again is forgotten.
const OLD: u32 = 30;

/// Known symbols.
#[derive(Debug, Default)]
pub(super) struct Clusters(Vec<Cluster>);

/// One symbol.
#[derive(Debug)]
struct Cluster {
    canvas: Canvas,
    /// Where it was seen last, in pixels of the frame, and its module there.
    last: Fit,
    module: f32,
    /// Frames since then.
    age: u32,
}

impl Clusters {
    /// A frame has passed.
    pub(super) fn age(&mut self) {
        self.0.iter_mut().for_each(|cluster| cluster.age += 1);
        self.0.retain(|cluster| cluster.age <= OLD);
    }

    /// Nothing is known.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds a fit to the symbol it shows, or to none; what is known then is read.
    pub(super) fn join(&mut self, patch: &Patch, fit: &Fit) -> Option<Code> {
        let same_version =
            self.0.iter_mut().filter(|cluster| cluster.canvas.version().number() == fit.version.number());
        let aligned = same_version.map(|cluster| (Template::new(&cluster.canvas).aligned(patch, *fit), cluster));
        let best = aligned.max_by(|a, b| a.0.1.total_cmp(&b.0.1)).filter(|((_, like), _)| *like > SAME);
        if let Some(((aligned, _), cluster)) = best {
            return cluster.add(patch, &aligned);
        }
        if fit.score > LOCATED { self.open(patch, fit) } else { None }
    }

    fn open(&mut self, patch: &Patch, fit: &Fit) -> Option<Code> {
        let mut cluster = Cluster::new(patch, fit)?;
        let code = cluster.add(patch, fit);
        if self.0.len() == MOST {
            let oldest = self.0.iter().enumerate().max_by_key(|(_, cluster)| cluster.age)?.0;
            self.0.swap_remove(oldest);
        }
        self.0.push(cluster);
        code
    }

    /// Looks for the symbols that this frame did not show otherwise.
    pub(super) fn track(&mut self, plane: &Plane<'_>, sight: &mut Sight) -> Option<Code> {
        self.0.iter_mut().filter(|cluster| cluster.age > 0).find_map(|cluster| cluster.track(plane, sight))
    }
}

impl Cluster {
    fn new(patch: &Patch, fit: &Fit) -> Option<Self> {
        Some(Self { canvas: Canvas::new(fit.version), last: fit.in_frame(patch), module: module(patch, fit)?, age: 0 })
    }

    /// Adds a frame, and reads what is known then.
    fn add(&mut self, patch: &Patch, fit: &Fit) -> Option<Code> {
        self.canvas.add(patch, fit)?;
        (self.last, self.module, self.age) = (fit.in_frame(patch), module(patch, fit)?, 0);
        let (mean, best) = self.canvas.fitted();
        let reading = read_in_place(&mean, &best)?;
        let refined = self.canvas.refined(fit)?;
        // What was put together must be what this frame shows.
        let seen = shows(patch, &refined, &reading);
        seen.then(|| code(patch, &refined, reading))?
    }

    fn track(&mut self, plane: &Plane<'_>, sight: &mut Sight) -> Option<Code> {
        let patch = patch_about(plane, &self.last, self.module)?;
        let (fit, like) = Template::new(&self.canvas).tracked(&patch, self.last.in_patch(&patch))?;
        if like < TRACKED {
            return None;
        }
        sight.note_fit(&patch, &fit);
        self.add(&patch, &fit)
    }
}

fn module(patch: &Patch, fit: &Fit) -> Option<f32> {
    Some(fit.corners(patch)?.mean_side() / fit.version.layout.size() as f32)
}
