//! From soft modules to text.

use super::correct::{check_words, correct};
use super::format::{Format, Level};
use super::layout::{Layout, Module};
use crate::scratch::Scratch;

/// What the modules of a symbol look like: row by row, positive is dark, negative light, near 0 unsure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Modules<'a> {
    values: &'a [f32],
    size: usize,
    transposed: bool,
}

impl<'a> Modules<'a> {
    /// `None` unless there are `size * size` values.
    pub(crate) fn new(values: &'a [f32], size: usize) -> Option<Self> {
        (values.len() == size * size).then_some(Self { values, size, transposed: false })
    }

    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Darkness of a module; 0 outside.
    pub(super) fn darkness(&self, column: usize, row: usize) -> f32 {
        let (column, row) = if self.transposed { (row, column) } else { (column, row) };
        self.values.get(row * self.size + column).copied().unwrap_or_default()
    }

    /// Columns for rows: a symbol that is seen in a mirror.
    fn transposed(self) -> Self {
        Self { transposed: !self.transposed, ..self }
    }
}

/// What a symbol holds, and whether it was seen in a mirror.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) bytes: Vec<u8>,
    pub(crate) mirrored: bool,
    level: Level,
    symbol: Rebuilt,
}

/// The share of the mean agreement that each block's checks must reach in a picture. A block of another symbol has other checks,
/// half of whose modules differ: its agreement is about 0.
const BLOCK_SHARE: f32 = 0.4;

impl Reading {
    /// Whether one picture shows this symbol, block by block: modules that were put together from several pictures may be those
    /// of two cards that are nearly alike, and then a block of the one passes beside a block of the other.
    pub(crate) fn is_seen_in(&self, layout: &Layout, modules: &Modules<'_>) -> bool {
        let modules = if self.mirrored { modules.transposed() } else { *modules };
        let words: Scratch<f32> = layout
            .order()
            .chunks_exact(8)
            .map(|places| {
                let agreement = |&(column, row): &(u8, u8)| {
                    let (column, row) = (usize::from(column), usize::from(row));
                    let darkness = modules.darkness(column, row);
                    if self.symbol.is_dark(column, row) { darkness } else { -darkness }
                };
                places.iter().map(agreement).sum()
            })
            .collect();
        let mean = words.iter().sum::<f32>() / words.len().max(1) as f32;
        mean > 0.0
            && check_words(layout, self.level).is_some_and(|mut blocks| {
                blocks.all(|checks| {
                    let (sum, count) = checks
                        .filter_map(|word| words.get(word))
                        .fold((0.0, 0.0_f32), |(sum, count), agreement| (sum + agreement, count + 1.0));
                    sum > BLOCK_SHARE * mean * count
                })
            })
    }
}

/// Reads a symbol; `None` where its correction does not hold.
pub(crate) fn read(layout: &Layout, modules: Modules<'_>) -> Option<Reading> {
    if modules.size != layout.size() {
        return None;
    }
    let straight = (modules, Format::read(&modules));
    let mirror = (modules.transposed(), Format::read(&modules.transposed()));
    let mirrored_first = mirror.1.1 > straight.1.1;
    let both = if mirrored_first { [mirror, straight] } else { [straight, mirror] };
    both.into_iter().find_map(|(modules, (format, _))| {
        let words = codewords(layout, &modules, format)?;
        let symbol = Rebuilt::new(layout, format, &words);
        Some(Reading { bytes: content(&symbol)?, mirrored: modules.transposed, level: format.level, symbol })
    })
}

/// The corrected codewords.
fn codewords(layout: &Layout, modules: &Modules<'_>, format: Format) -> Option<Scratch<u8>> {
    let mut words = Scratch::with_capacity(layout.codewords());
    let mut confidence = Scratch::with_capacity(layout.codewords());
    for places in layout.order().chunks_exact(8) {
        let (mut word, mut weakest) = (0, f32::INFINITY);
        for &(column, row) in places {
            let (column, row) = (usize::from(column), usize::from(row));
            let darkness = modules.darkness(column, row);
            word = word << 1 | u8::from((darkness > 0.0) != format.masks(column, row));
            weakest = weakest.min(darkness.abs());
        }
        words.push(word);
        confidence.push(weakest);
    }
    correct(layout, format.level, &mut words, &confidence)?;
    Some(words)
}

/// What a flawless symbol holds, through `rqrr`. Nothing is no text: noise passes for an empty symbol more easily than for any other.
fn content(symbol: &Rebuilt) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    rqrr::Grid::new(symbol).decode_to(&mut bytes).ok()?;
    (!bytes.is_empty()).then_some(bytes)
}

/// A symbol without flaw.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rebuilt {
    size: usize,
    dark: Vec<bool>,
}

impl Rebuilt {
    /// From corrected codewords.
    fn new(layout: &Layout, format: Format, words: &[u8]) -> Self {
        let mut symbol = Self { size: layout.size(), dark: vec![false; layout.size() * layout.size()] };
        for row in 0..layout.size() {
            for column in 0..layout.size() {
                let dark = match layout.module(column, row) {
                    Module::Fixed { dark } => dark,
                    Module::Information => format.is_dark(column, row, layout.size()),
                    Module::Data => format.masks(column, row),
                };
                symbol.set(column, row, dark);
            }
        }
        for (places, word) in layout.order().chunks_exact(8).zip(words) {
            for (bit, &(column, row)) in places.iter().enumerate() {
                let (column, row) = (usize::from(column), usize::from(row));
                symbol.set(column, row, (word >> (7 - bit) & 1 == 1) != format.masks(column, row));
            }
        }
        symbol
    }

    fn is_dark(&self, column: usize, row: usize) -> bool {
        self.dark.get(row * self.size + column).copied().unwrap_or_default()
    }

    fn set(&mut self, column: usize, row: usize, dark: bool) {
        if let Some(module) = self.dark.get_mut(row * self.size + column) {
            *module = dark;
        }
    }
}

impl rqrr::BitGrid for &Rebuilt {
    fn size(&self) -> usize {
        self.size
    }

    fn bit(&self, row: usize, column: usize) -> bool {
        self.is_dark(column, row)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

    use super::*;

    fn encode(text: &str, level: QrCodeEcc, version: u8, mask: u8) -> Option<(Layout, Vec<f32>)> {
        let (least, most) = (Version::new(version), Version::new(version));
        let segments = QrSegment::make_segments(text);
        let code =
            QrCode::encode_segments_advanced(&segments, level, least, most, Some(Mask::new(mask)), false).ok()?;
        let size = code.size();
        let values = (0..size * size).map(|i| if code.get_module(i % size, i / size) { 1.0 } else { -1.0 }).collect();
        Some((Layout::new(version.into())?, values))
    }

    fn read_values(layout: &Layout, values: &[f32]) -> Option<Reading> {
        read(layout, Modules::new(values, layout.size())?)
    }

    const LEVELS: [QrCodeEcc; 4] = [QrCodeEcc::Low, QrCodeEcc::Medium, QrCodeEcc::Quartile, QrCodeEcc::High];

    #[test]
    fn every_version_level_and_mask_reads() {
        for version in 1..=40 {
            for (mask, level) in (0..8).zip(LEVELS.into_iter().cycle().skip(usize::from(version))) {
                let (layout, values) = encode("MẪU 1", level, version, mask).unwrap();
                let reading = read_values(&layout, &values).unwrap();
                assert_eq!(
                    (reading.bytes.as_slice(), reading.mirrored),
                    ("MẪU 1".as_bytes(), false),
                    "{version} {level:?} {mask}"
                );
            }
        }
    }

    #[test]
    fn a_mirrored_symbol_reads_and_is_known_as_such() {
        let (layout, values) = encode("thẻ mẫu", QrCodeEcc::Medium, 4, 3).unwrap();
        let size = layout.size();
        let mirrored: Vec<f32> = (0..size * size).map(|i| values[i % size * size + i / size]).collect();
        let reading = read_values(&layout, &mirrored).unwrap();
        assert_eq!((reading.bytes.as_slice(), reading.mirrored), ("thẻ mẫu".as_bytes(), true));
        assert!(reading.is_seen_in(&layout, &Modules::new(&mirrored, size).unwrap()));
    }

    #[test]
    fn unsure_modules_are_erased_and_more_of_them_are_repaired() {
        let text = "x".repeat(130);
        let (layout, good) = encode(&text, QrCodeEcc::Low, 7, 2).unwrap();
        // A glare blob: light and unsure. Twice the errors that correction without erasures can take.
        let (mut unsure, mut sure) = (good.clone(), good.clone());
        let size = layout.size();
        for (column, row) in (20..33).flat_map(|column| (20..33).map(move |row| (column, row))) {
            unsure[row * size + column] = -0.01;
            sure[row * size + column] = -1.0;
        }
        assert_eq!(read_values(&layout, &unsure).map(|reading| reading.bytes), Some(text.into()));
        assert_eq!(read_values(&layout, &sure), None);
    }

    /// Grain of twice the modules' own contrast.
    fn grainy(values: &[f32], mut seed: u64) -> Vec<f32> {
        let mut uniform = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 40) as f32 / (1 << 23) as f32 - 1.0
        };
        values.iter().map(|value| value + 2.0 * (uniform() + uniform())).collect()
    }

    #[test]
    fn a_symbol_that_differs_in_one_block_is_not_what_the_picture_shows() {
        let card = |digit: char, year: char| {
            let text = format!(
                "00118680000{digit}||Tran Thi Mau|01011986|Nu|So 1, Thi tran Vi Du, Huyen Mau, Ha Mau|0101202{year}"
            );
            encode(&text, QrCodeEcc::Low, 8, 2).unwrap()
        };
        let (layout, shown) = card('1', '3');
        let reading = read_values(&layout, &shown).unwrap();
        for (digit, year) in [('2', '3'), ('1', '4'), ('2', '4')] {
            let (_, other) = card(digit, year);
            let other_reading = read_values(&layout, &other).unwrap();
            for seed in 0..50 {
                let picture = grainy(&shown, seed);
                let modules = Modules::new(&picture, layout.size()).unwrap();
                assert!(reading.is_seen_in(&layout, &modules), "seed {seed}");
                assert!(!other_reading.is_seen_in(&layout, &modules), "seed {seed}, {digit} {year}");
            }
        }
    }

    #[test]
    fn an_empty_symbol_is_no_text() {
        let (layout, values) = encode("", QrCodeEcc::Medium, 1, 3).unwrap();
        assert_eq!(read_values(&layout, &values), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
        #[test]
        fn noise_gives_no_text(version in 1..=10_usize, seed in prop::collection::vec(-1.0..1.0_f32, 64)) {
            let layout = Layout::new(version).unwrap();
            let size = layout.size();
            let values: Vec<f32> = (0..size * size).map(|i| seed[(i * 31 + i / 7) % 64]).collect();
            prop_assert_eq!(read_values(&layout, &values), None);
        }
    }
}
