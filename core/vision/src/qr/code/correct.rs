//! Correction of a symbol's codewords: blocks, interleaving, and which codewords to erase.
//!
//! A codeword that was sampled under glare or on a border is more likely wrong than the others. Erasing the least sure ones
//! lets the same checks repair up to twice as many of them.

use super::format::Level;
use super::layout::Layout;
use super::reed_solomon;
use crate::scratch::Scratch;

/// Erased at a time.
const STEP: usize = 2;

/// Checks that stay unused in each block once codewords are erased, so that a wrong decode stays improbable: one in 256 for
/// each. A symbol of one block has no other that must hold too.
const MARGIN: usize = 2;
const LONE_MARGIN: usize = 4;

/// Corrects `words` in place; `confidence` has one value for each, larger is surer. `None`: beyond repair.
pub(super) fn correct(layout: &Layout, level: Level, words: &mut [u8], confidence: &[f32]) -> Option<()> {
    let blocks = Blocks::of(layout, level)?;
    let reserve = reserve(layout.version(), level);
    let margin = reserve.max(if blocks.count == 1 { LONE_MARGIN } else { MARGIN });
    (0..blocks.count).try_for_each(|block| {
        let places: Scratch<usize> = blocks.places(block).collect();
        let mut received: Scratch<u8> = places.iter().filter_map(|&at| words.get(at).copied()).collect();
        let mut doubtful: Scratch<usize> = (0..places.len()).collect();
        let sureness = |i: &usize| places.get(*i).and_then(|&at| confidence.get(at)).copied().unwrap_or_default();
        doubtful.sort_unstable_by(|a, b| sureness(a).total_cmp(&sureness(b)).then(a.cmp(b)));
        repair(&mut received, blocks.checks, &doubtful, [reserve, margin])?;
        for (&at, word) in places.iter().zip(received.iter()) {
            *words.get_mut(at)? = *word;
        }
        Some(())
    })
}

/// The check codewords of each block, as places in the symbol's order.
pub(super) fn check_words(
    layout: &Layout,
    level: Level,
) -> Option<impl Iterator<Item = impl Iterator<Item = usize> + use<>> + use<>> {
    let blocks = Blocks::of(layout, level)?;
    let checks = blocks.checks;
    Some((0..blocks.count).map(move |block| {
        let words = blocks.places(block).count();
        blocks.places(block).skip(words - checks.min(words))
    }))
}

/// One block: without erasures, then with more and more of the doubtful codewords erased.
fn repair(received: &mut [u8], checks: usize, doubtful: &[usize], [reserve, margin]: [usize; 2]) -> Option<()> {
    let budget = checks.saturating_sub(reserve);
    if reed_solomon::correct(received, checks, &[], budget).is_some() {
        return Some(());
    }
    let budget = checks.saturating_sub(margin);
    (STEP..=budget)
        .step_by(STEP)
        .find_map(|count| reed_solomon::correct(received, checks, doubtful.get(..count)?, budget))
        .map(drop)
}

/// Checks that the standard reserves for detecting a misread, in small symbols (table 9, note b).
fn reserve(version: usize, level: Level) -> usize {
    match (version, level) {
        (1, Level::Low) => 3,
        (1, Level::Medium) | (2, Level::Low) => 2,
        (1, _) | (3, Level::Low) => 1,
        _ => 0,
    }
}

/// How codewords are dealt out to blocks (clause 7.6): round and round, the data first, and the later blocks may hold one
/// codeword of data more.
struct Blocks {
    count: usize,
    checks: usize,
    /// Data in each of the first `short` blocks.
    data: usize,
    short: usize,
}

impl Blocks {
    fn of(layout: &Layout, level: Level) -> Option<Self> {
        let column = match level {
            Level::Low => 0,
            Level::Medium => 1,
            Level::Quartile => 2,
            Level::High => 3,
        };
        let (checks, count) = *TABLE.get(layout.version() - 1)?.get(column)?;
        let (checks, count) = (usize::from(checks), usize::from(count));
        let total = layout.codewords();
        Some(Self { count, checks, data: total / count - checks, short: count - total % count })
    }

    /// Where a block's codewords lie in the symbol's order, data first.
    fn places(&self, block: usize) -> impl Iterator<Item = usize> + use<> {
        let Self { count, checks, data, short } = *self;
        let long = (block >= short).then(|| data * count + block - short);
        let checks_from = data * count + (count - short);
        (0..data)
            .map(move |i| i * count + block)
            .chain(long)
            .chain((0..checks).map(move |i| checks_from + i * count + block))
    }
}

/// Check codewords in a block and number of blocks, for levels L, M, Q, H; a row for each version (table 9).
#[rustfmt::skip]
const TABLE: [[(u8, u8); 4]; 40] = [
    [(7, 1), (10, 1), (13, 1), (17, 1)], [(10, 1), (16, 1), (22, 1), (28, 1)], [(15, 1), (26, 1), (18, 2), (22, 2)],
    [(20, 1), (18, 2), (26, 2), (16, 4)], [(26, 1), (24, 2), (18, 4), (22, 4)], [(18, 2), (16, 4), (24, 4), (28, 4)],
    [(20, 2), (18, 4), (18, 6), (26, 5)], [(24, 2), (22, 4), (22, 6), (26, 6)], [(30, 2), (22, 5), (20, 8), (24, 8)],
    [(18, 4), (26, 5), (24, 8), (28, 8)], [(20, 4), (30, 5), (28, 8), (24, 11)], [(24, 4), (22, 8), (26, 10), (28, 11)],
    [(26, 4), (22, 9), (24, 12), (22, 16)], [(30, 4), (24, 9), (20, 16), (24, 16)], [(22, 6), (24, 10), (30, 12), (24, 18)],
    [(24, 6), (28, 10), (24, 17), (30, 16)], [(28, 6), (28, 11), (28, 16), (28, 19)], [(30, 6), (26, 13), (28, 18), (28, 21)],
    [(28, 7), (26, 14), (26, 21), (26, 25)], [(28, 8), (26, 16), (30, 20), (28, 25)], [(28, 8), (26, 17), (28, 23), (30, 25)],
    [(28, 9), (28, 17), (30, 23), (24, 34)], [(30, 9), (28, 18), (30, 25), (30, 30)], [(30, 10), (28, 20), (30, 27), (30, 32)],
    [(26, 12), (28, 21), (30, 29), (30, 35)], [(28, 12), (28, 23), (28, 34), (30, 37)], [(30, 12), (28, 25), (30, 34), (30, 40)],
    [(30, 13), (28, 26), (30, 35), (30, 42)], [(30, 14), (28, 28), (30, 38), (30, 45)], [(30, 15), (28, 29), (30, 40), (30, 48)],
    [(30, 16), (28, 31), (30, 43), (30, 51)], [(30, 17), (28, 33), (30, 45), (30, 54)], [(30, 18), (28, 35), (30, 48), (30, 57)],
    [(30, 19), (28, 37), (30, 51), (30, 60)], [(30, 19), (28, 38), (30, 53), (30, 63)], [(30, 20), (28, 40), (30, 56), (30, 66)],
    [(30, 21), (28, 43), (30, 59), (30, 70)], [(30, 22), (28, 45), (30, 62), (30, 74)], [(30, 24), (28, 47), (30, 65), (30, 77)],
    [(30, 25), (28, 49), (30, 68), (30, 81)],
];
