//! From a grid that lies on a symbol to the symbol's text: the cheap ways first.

use super::code::{Modules, Reading, read};
use super::fit::{Canvas, Fit, Patch, Samples, Sampling, equalised};
use super::found::Code;

/// A score that only a symbol reaches.
pub(super) const LOCATED: f32 = 1.1;

/// From this score on a grid that does not read is tried as that of a bent card.
pub(super) const BENT: f32 = 0.95;

/// Samplings tried in turn: as it is, then against blur, then against uneven ground.
const SAMPLINGS: [Sampling; 5] = [
    Sampling { leak: 0.0, radius: None },
    Sampling { leak: 0.12, radius: Some(8) },
    Sampling { leak: 0.0, radius: Some(4) },
    Sampling { leak: 0.12, radius: None },
    Sampling { leak: 0.25, radius: Some(8) },
];
/// As many of them as a symbol is given that will be looked at again.
const AT_ONCE: usize = 2;

/// What most symbols need.
pub(super) fn read_at_once(patch: &Patch, fit: &Fit) -> Option<Reading> {
    read_sampled(&Samples::new(patch, fit)?, fit, AT_ONCE)
}

/// Every way to read one fit of a symbol, and the fit that read.
pub(super) fn read_with_care(patch: &Patch, fit: &Fit) -> Option<(Fit, Reading)> {
    if let Some(reading) = read_in_place(patch, fit) {
        return Some((fit.centred_at_once(patch), reading));
    }
    let climbed = fit.climbed(patch);
    let ways = [climbed, climbed.centred(patch)];
    ways.into_iter().find_map(|fit| Some((fit, read_in_place(patch, &fit)?)))
}

/// As a picture of the symbol by itself, fitted again: what a stream does with many frames.
pub(super) fn read_redrawn(patch: &Patch, fit: &Fit) -> Option<(Fit, Reading)> {
    let mut canvas = Canvas::new(fit.version);
    let climbed = fit.climbed(patch);
    canvas.add(patch, &climbed)?;
    let (mean, best) = canvas.fitted();
    let reading = read_in_place(&mean, &best)?;
    Some((canvas.refined(&climbed)?, reading))
}

/// As the symbol of a bent card.
pub(super) fn read_bent(patch: &Patch, fit: &Fit) -> Option<(Fit, Reading)> {
    let bent = fit.bent(patch)?;
    Some((bent, read_in_place(patch, &bent)?))
}

/// Every way to read a grid that lies right.
pub(super) fn read_in_place(patch: &Patch, fit: &Fit) -> Option<Reading> {
    let layout = &fit.version.layout;
    let samples = Samples::new(patch, fit)?;
    let plainly = read_sampled(&samples, fit, SAMPLINGS.len());
    plainly.or_else(|| read(layout, Modules::new(&equalised(&samples, layout)?, layout.size())?))
}

/// Whether a frame shows what was read, under this grid.
pub(super) fn shows(patch: &Patch, fit: &Fit, reading: &Reading) -> bool {
    let layout = &fit.version.layout;
    let samples = Samples::new(patch, fit).map(|samples| samples.inner());
    samples.is_some_and(|values| {
        Modules::new(&values, layout.size()).is_some_and(|modules| reading.is_seen_in(layout, &modules))
    })
}

fn read_sampled(samples: &Samples, fit: &Fit, ways: usize) -> Option<Reading> {
    let layout = &fit.version.layout;
    let ways = SAMPLINGS.into_iter().take(ways);
    ways.into_iter().find_map(|sampling| read(layout, Modules::new(&sampling.apply(samples), layout.size())?))
}

/// A symbol that was read; `None` where the grid is degenerate.
pub(super) fn code(patch: &Patch, fit: &Fit, reading: Reading) -> Option<Code> {
    Some(Code::new(fit.corners(patch)?, fit.version.layout.size(), reading))
}
