//! One picture with all strategies: the first search that reads ends the rest.

use super::deadline::Deadline;
use super::detect::{Triple, inverted};
use super::fit::fits;
use super::found::Code;
use super::reading::{BENT, LOCATED, code, read_bent, read_redrawn, read_with_care};
use super::search::Search;
use super::sight::Sight;
use crate::Plane;
use crate::levels::stretched;
use crate::scratch::Scratch;

/// In the picture as it is.
const POSITIVE: [Search; 9] = [
    Search::Sparse,
    Search::Plain,
    Search::Halved(1),
    Search::Smoothed,
    Search::Halved(2),
    Search::Halved(3),
    Search::Rings(1),
    Search::Rings(2),
    Search::Rings(0),
];
/// In its negative, for symbols that are printed light on dark; those are sharp enough for runs, or nobody would print them.
const NEGATIVE: [Search; 5] =
    [Search::Plain, Search::Halved(1), Search::Smoothed, Search::Halved(2), Search::Halved(3)];

/// Codes, and what was seen of others.
pub(super) fn look(luma: &Plane<'_>, deadline: &Deadline<'_>) -> (Scratch<Code>, Sight) {
    let mut sight = Sight::default();
    let stretched = stretched(luma);
    let luma = stretched.as_ref().unwrap_or(luma);
    for negative in [false, true] {
        let whole = if negative { &inverted(luma) } else { luma };
        let searches: &[Search] = if negative { &NEGATIVE } else { &POSITIVE };
        let mut failed = Failed::default();
        for search in searches {
            if deadline.is_over() {
                return (Scratch::with_capacity(0), sight);
            }
            let finds = search.run(whole);
            sight.note_finds(&finds);
            let found =
                codes_among(whole, &finds.triples, &mut Tried { failed: &mut failed, sight: &mut sight }, deadline);
            if !found.is_empty() {
                return (found, sight);
            }
        }
    }
    (Scratch::with_capacity(0), sight)
}

/// Codes among triples; a finder that lies on a code belongs to it.
fn codes_among(plane: &Plane<'_>, triples: &[Triple], tried: &mut Tried<'_>, deadline: &Deadline<'_>) -> Scratch<Code> {
    let mut found: Scratch<Code> = Scratch::with_capacity(triples.len());
    for triple in triples {
        let is_read = found.iter().any(|code| code.covers(triple.corner.centre));
        if deadline.is_over() || is_read || tried.failed.holds(triple) {
            continue;
        }
        match code_of(plane, triple, tried.sight) {
            Some(code) => found.push(code),
            None => tried.failed.0.push(*triple),
        }
    }
    found
}

fn code_of(plane: &Plane<'_>, triple: &Triple, sight: &mut Sight) -> Option<Code> {
    let (patch, fits) = fits(plane, triple)?;
    let located = || fits.iter().filter(|fit| fit.score > LOCATED);
    let flat = located().find_map(|fit| read_with_care(&patch, fit));
    let redrawn = || read_redrawn(&patch, located().next()?);
    let bent = || read_bent(&patch, fits.first().filter(|fit| fit.score > BENT)?);
    if let Some((fit, reading)) = flat.or_else(redrawn).or_else(bent) {
        return code(&patch, &fit, reading);
    }
    sight.note_fit(&patch, located().next()?);
    None
}

/// What a picture has shown so far.
struct Tried<'a> {
    failed: &'a mut Failed,
    sight: &'a mut Sight,
}

/// Triples that gave nothing: another search that finds them again need not try.
struct Failed(Scratch<Triple>);

impl Default for Failed {
    fn default() -> Self {
        Self(Scratch::with_capacity(0))
    }
}

impl Failed {
    fn holds(&self, triple: &Triple) -> bool {
        self.0.iter().any(|failed| failed.is_about(triple))
    }
}
