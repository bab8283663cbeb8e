//! Finds and reads QR codes in a frame: cheap searches first, and the first that reads ends the rest.

use super::code::{Modules, Reading, read};
use super::detect::{
    Finder, Limits, Threshold, Triple, find_by_rings, find_by_runs, halved, inverted, ranked, smoothed, stretched,
};
use super::fit::{Fit, Patch, Sampling, equalised, fits, sample};
use crate::Plane;
use crate::geometry::{Corners, Point};

/// A QR code that was read.
#[derive(Clone, PartialEq)]
pub struct Code {
    /// Its text.
    pub text: String,
    /// Where it is, in pixels of the upright picture.
    pub corners: Corners,
}

/// A code may hold a card: its text does not show in logs.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Code({} bytes)", self.text.len())
    }
}

/// A symbol that was located.
#[derive(Debug)]
pub(super) struct Symbol {
    pub(super) content: Content,
    /// In pixels of the buffer.
    pub(super) corners: Corners,
    /// Mean side of a module, pixels.
    pub(super) module: f32,
}

/// What a located symbol gave.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Text(String),
    /// It reads, but not as UTF-8: no card, and guessing an encoding would invent text.
    NotText,
    Unread,
}

impl Symbol {
    fn is_read(&self) -> bool {
        self.content != Content::Unread
    }
}

/// Samplings tried in turn: as it is, then against blur, then against uneven ground.
const SAMPLINGS: [Sampling; 5] = [
    Sampling { leak: 0.0, radius: None },
    Sampling { leak: 0.12, radius: Some(8) },
    Sampling { leak: 0.0, radius: Some(4) },
    Sampling { leak: 0.12, radius: None },
    Sampling { leak: 0.25, radius: Some(8) },
];

/// Symbols that read, or if none does, those that were located.
pub(super) fn symbols(luma: &Plane<'_>) -> Vec<Symbol> {
    let stretched = stretched(luma);
    let luma = stretched.as_ref().unwrap_or(luma);
    let mut located = Vec::new();
    for negative in [false, true] {
        let whole = if negative { &inverted(luma) } else { luma };
        for search in SEARCHES {
            let finders = search.finders(whole);
            let mut found = symbols_among(whole, &finders, search.limits());
            if found.iter().any(Symbol::is_read) {
                found.retain(Symbol::is_read);
                return found;
            }
            located.append(&mut found);
        }
    }
    located
}

/// One way to look for finders.
#[derive(Clone, Copy)]
enum Search {
    /// In the frame as it is.
    Plain,
    /// Smoothed: against grain.
    Smoothed,
    /// Reduced by halves, so many times: for large modules, and against noise.
    Halved(u32),
    /// By rings instead of runs, reduced by halves so many times: against blur.
    Rings(u32),
}

/// From cheap to dear.
const SEARCHES: [Search; 7] = [
    Search::Plain,
    Search::Halved(1),
    Search::Smoothed,
    Search::Halved(2),
    Search::Halved(3),
    Search::Rings(1),
    Search::Rings(2),
];

impl Search {
    /// Finders in pixels of `plane`.
    fn finders(self, plane: &Plane<'_>) -> Vec<Finder> {
        let by_runs = |plane: &Plane<'_>, block, bias| find_by_runs(plane, &Threshold::new(plane, block, bias));
        match self {
            Self::Plain => by_runs(plane, 8, 8),
            Self::Smoothed => by_runs(&smoothed(plane), 6, 4),
            Self::Halved(times) => in_halves(plane, times, |small| by_runs(small, 11, 2)),
            Self::Rings(times) => in_halves(plane, times, |small| find_by_rings(&smoothed(small))),
        }
    }

    fn limits(self) -> Limits {
        match self {
            Self::Plain | Self::Smoothed | Self::Halved(_) => Limits::CROSSED,
            Self::Rings(_) => Limits::ROUND,
        }
    }
}

/// Finders of the plane reduced by half `times` times, in the plane's own pixels.
fn in_halves(plane: &Plane<'_>, times: u32, search: impl Fn(&Plane<'_>) -> Vec<Finder>) -> Vec<Finder> {
    let mut small = halved(plane);
    for _ in 1..times {
        small = small.as_ref().and_then(halved);
    }
    let scale = (1_u32 << times) as f32;
    let found = small.as_ref().map(search).unwrap_or_default();
    found.into_iter().map(|finder| finder.scaled(scale)).collect()
}

/// Symbols whose finders are among these; each finder belongs to one symbol that reads.
fn symbols_among(plane: &Plane<'_>, finders: &[Finder], limits: Limits) -> Vec<Symbol> {
    let mut used: Vec<Point> = Vec::new();
    let mut found = Vec::new();
    for triple in ranked(plane, finders, limits) {
        let centres = [triple.corner.centre, triple.right.centre, triple.below.centre];
        if centres.iter().any(|centre| used.contains(centre)) {
            continue;
        }
        if let Some(symbol) = symbol_of(plane, &triple) {
            if symbol.is_read() {
                used.extend(centres);
            }
            found.push(symbol);
        }
    }
    found
}

/// From this score on a grid that does not read is tried as that of a bent card.
const BENT: f32 = 0.9;

/// A score that only a symbol reaches.
const LOCATED: f32 = 1.1;

fn symbol_of(plane: &Plane<'_>, triple: &Triple) -> Option<Symbol> {
    let (patch, fits) = fits(plane, triple)?;
    let flat = fits.iter().find_map(|fit| {
        let at_once = reading(&patch, fit);
        let centred = fit.centred(&patch);
        let reading = at_once.or_else(|| reading(&patch, &centred))?;
        Some((centred, Some(reading)))
    });
    let bent = || {
        let bent = fits.first().filter(|fit| fit.score > BENT)?.bent(&patch)?;
        Some((bent, Some(reading(&patch, &bent)?)))
    };
    let read = flat.or_else(bent);
    let located = || fits.first().filter(|fit| fit.score > LOCATED).map(|fit| (*fit, None));
    let (fit, reading) = read.or_else(located)?;
    let corners = fit.corners(&patch)?;
    let module = corners.mean_side() / fit.version.layout.size() as f32;
    let Some(Reading { bytes, mirrored }) = reading else {
        return Some(Symbol { content: Content::Unread, corners, module });
    };
    let content = String::from_utf8(bytes).map_or(Content::NotText, Content::Text);
    Some(Symbol { content, corners: if mirrored { corners.transposed() } else { corners }, module })
}

fn reading(patch: &Patch, fit: &Fit) -> Option<Reading> {
    let layout = &fit.version.layout;
    let sampled = sample(patch, fit);
    if sampled.is_empty() {
        return None;
    }
    let read_values = |values: Vec<f32>| read(layout, Modules::new(&values, layout.size())?);
    let as_sampled = SAMPLINGS.into_iter().find_map(|sampling| read_values(sampling.apply(&sampled, layout.size())));
    as_sampled.or_else(|| (fit.score > LOCATED).then(|| read_values(equalised(patch, fit)))?)
}
