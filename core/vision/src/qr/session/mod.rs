//! A stream of frames: what one frame does not show, several show together.
//!
//! ```text
//!   each frame    by runs as it is ──► one dear search in turn ──► fits ──► read at once, else added to what is known of the
//!                                                               │           symbol, and that is read
//!                                                               └─ none ──► known symbols are tracked about their last place
//! ```
//!
//! A frame is looked at once and not kept, and what was put together must be what the frame at hand shows, block by block. What takes long is spread: one dear search a frame, and a deadline for all.

mod cluster;
mod turns;

use super::deadline::Deadline;
use super::detect::{Triple, inverted};
use super::fit::{Fit, Patch, fits};
use super::found::Code;
use super::reading::{LOCATED, code, read_at_once, read_bent};
use super::search::Search;
use super::sight::Sight;
use crate::Plane;
use crate::levels::stretched;
use crate::scratch::Scratch;
use cluster::Clusters;
use turns::Turns;

/// Triples of one search that are tried: the true one is nearly always the first.
const TRIED: usize = 3;
/// A score from which a grid may belong to a symbol that is known already.
const PLAUSIBLE: f32 = 0.8;
/// Every so many frames unread symbols are tried as those of bent cards.
const BENT_EVERY: u32 = 4;
/// Every so many frames an unread symbol does not keep the dear search from its turn.
const THOROUGH_EVERY: u32 = 5;
/// The largest version for which dear steps are taken in a stream: they cost as much as there are modules, and cards have 6 to 9.
const DEAR_VERSION: usize = 15;

/// What is kept from frame to frame.
#[derive(Debug, Default)]
pub(super) struct Session {
    clusters: Clusters,
    turns: Turns,
    /// Frames so far.
    frame: u32,
}

/// In one frame so far.
struct Seen {
    codes: Scratch<Code>,
    sight: Sight,
}

impl Session {
    /// Codes, and what was seen of others. A code that is not `wanted` does not end the frame: a card may lie beside it.
    pub(super) fn look(
        &mut self,
        luma: &Plane<'_>,
        wanted: &dyn Fn(&Code) -> bool,
        deadline: &Deadline<'_>,
    ) -> (Scratch<Code>, Sight) {
        let mut seen = Seen { codes: Scratch::with_capacity(TRIED), sight: Sight::default() };
        let stretched = stretched(luma);
        let luma = stretched.as_ref().unwrap_or(luma);
        self.clusters.age();
        self.search(luma, Search::Sparse, &mut seen, deadline);
        self.frame = self.frame.wrapping_add(1);
        // An unread symbol may lie beside the one that would be read: now and then all searches have their turn.
        let is_enough = |seen: &Seen, frame: u32| {
            let located = seen.sight.is_located() && !frame.is_multiple_of(THOROUGH_EVERY);
            seen.codes.iter().any(wanted) || located
        };
        let turns = (!is_enough(&seen, self.frame)).then(|| self.turns.next());
        for turn in turns.into_iter().flatten() {
            if is_enough(&seen, self.frame) || deadline.is_over() {
                break;
            }
            let before = seen.codes.len();
            let negative = turn.negative.then(|| inverted(luma));
            self.search(negative.as_ref().unwrap_or(luma), turn.search, &mut seen, deadline);
            if seen.codes.len() > before || seen.sight.is_located() {
                self.turns.favour(turn);
            }
        }
        if seen.codes.is_empty() && !deadline.is_over() {
            seen.codes.extend(self.clusters.track(luma, &mut seen.sight));
        }
        if seen.codes.iter().any(wanted) {
            self.clusters.clear();
        }
        (seen.codes, seen.sight)
    }

    fn search(&mut self, plane: &Plane<'_>, search: Search, seen: &mut Seen, deadline: &Deadline<'_>) {
        let finds = search.run(plane);
        seen.sight.note_finds(&finds);
        for triple in finds.triples.iter().take(TRIED).take_while(|_| !deadline.is_over()) {
            if seen.codes.iter().any(|code| code.covers(triple.corner.centre)) {
                continue;
            }
            let code = self.code_of(plane, triple, &mut seen.sight);
            seen.codes.extend(code);
        }
    }

    fn code_of(&mut self, plane: &Plane<'_>, triple: &Triple, sight: &mut Sight) -> Option<Code> {
        let (patch, fits) = fits(plane, triple)?;
        let fit = fits.first().filter(|fit| fit.score > PLAUSIBLE)?;
        if fit.score > LOCATED
            && let Some(reading) = read_at_once(&patch, fit)
        {
            return code(&patch, &fit.centred_at_once(&patch), reading);
        }
        if fit.version.number() > DEAR_VERSION {
            sight.note_fit(&patch, fit);
            return None;
        }
        let fit = fit.climbed(&patch);
        if fit.score > LOCATED {
            sight.note_fit(&patch, &fit);
            if let Some(code) = self.bent(&patch, &fit) {
                return Some(code);
            }
        }
        self.clusters.join(&patch, &fit)
    }

    fn bent(&mut self, patch: &Patch, fit: &Fit) -> Option<Code> {
        if !self.frame.is_multiple_of(BENT_EVERY) {
            return None;
        }
        let (bent, reading) = read_bent(patch, fit)?;
        code(patch, &bent, reading)
    }
}
