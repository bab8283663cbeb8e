//! Format information: the level of correction and the mask, five bits protected by ten, written twice (clause 7.9).
//!
//! Read softly: all 32 words are compared with what the modules look like, and the one that agrees most wins. A hard
//! reader gives up where both copies have four wrong modules; this one only needs the right word to be the nearest.

use super::read::Modules;

/// How much of a symbol's data are checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Low,
    Medium,
    Quartile,
    High,
}

/// What the format information says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format {
    pub(super) level: Level,
    /// 0 to 7.
    pub(super) mask: u8,
    /// Fifteen bits as they stand in the symbol.
    word: u16,
}

const BITS: usize = 15;
const GENERATOR: u16 = 0x537;
const XOR: u16 = 0x5412;

impl Format {
    /// The word of five bits of data.
    fn new(data: u16) -> Self {
        let checks = (0..10).fold(data, |rest, _| (rest << 1) ^ if rest & 0x200 == 0 { 0 } else { GENERATOR });
        let level = match data >> 3 {
            0 => Level::Medium,
            1 => Level::Low,
            2 => Level::High,
            _ => Level::Quartile,
        };
        Self { level, mask: (data & 7) as u8, word: (data << 10 | checks) ^ XOR }
    }

    /// The word that agrees most with both copies, and by how much: the mean darkness of its dark modules less that of
    /// its light ones.
    pub(super) fn read(modules: &Modules<'_>) -> (Self, f32) {
        let size = modules.size();
        let seen: [f32; BITS] = std::array::from_fn(|bit| {
            places(bit, size).map(|(column, row)| modules.darkness(column, row)).iter().sum()
        });
        let agreement = |format: &Self| {
            let signed = seen.iter().enumerate().map(|(bit, v)| if format.word >> bit & 1 == 1 { *v } else { -*v });
            signed.sum::<f32>() / (2 * BITS) as f32
        };
        let rated = (0..32).map(Self::new).map(|format| (format, agreement(&format)));
        rated.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_else(|| (Self::new(0), 0.0))
    }

    /// Whether the information module at this place is dark; version information, which nobody needs again, is light.
    pub(super) fn is_dark(self, column: usize, row: usize, size: usize) -> bool {
        (0..BITS).any(|bit| self.word >> bit & 1 == 1 && places(bit, size).contains(&(column, row)))
    }

    /// Whether the mask turns the data module at this place over (clause 7.8.2).
    pub(super) fn masks(self, column: usize, row: usize) -> bool {
        let (i, j) = (row, column);
        match self.mask {
            0 => (i + j) % 2 == 0,
            1 => i % 2 == 0,
            2 => j % 3 == 0,
            3 => (i + j) % 3 == 0,
            4 => (i / 2 + j / 3) % 2 == 0,
            5 => i * j % 2 + i * j % 3 == 0,
            6 => (i * j % 2 + i * j % 3) % 2 == 0,
            _ => ((i + j) % 2 + i * j % 3) % 2 == 0,
        }
    }
}

/// Column and row of a bit in both copies; bit 0 is the lowest.
fn places(bit: usize, size: usize) -> [(usize, usize); 2] {
    let first = match bit {
        0..=5 => (8, bit),
        6 | 7 => (8, bit + 1),
        8 => (7, 8),
        _ => (14 - bit, 8),
    };
    let second = if bit < 8 { (size - 1 - bit, 8) } else { (8, size - BITS + bit) };
    [first, second]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_table_c_1() {
        assert_eq!(Format::new(0).word, 0x5412);
        assert_eq!(Format::new(1).word, 0x5125);
        assert_eq!(Format::new(0b01000).word, 0x77C4);
        assert_eq!(Format::new(0b11111).word, 0x2BED);
    }
}
