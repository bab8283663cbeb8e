//! The card's QR symbol: its text and its modules.

use image::{GrayImage, Luma};
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// Error correction level; the cards use these two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Corrects about 7 % of the codewords.
    Low,
    /// Corrects about 15 %.
    Medium,
}

/// Light margin around a drawn symbol, modules: ISO/IEC 18004 asks for four.
const QUIET_ZONE: u32 = 4;
/// Print, grey levels: neither tone is at the end of the scale, as in a photo.
const DARK: Luma<u8> = Luma([30]);
const LIGHT: Luma<u8> = Luma([230]);

/// The text does not fit the largest symbol (2953 bytes at [`Level::Low`], 2331 at [`Level::Medium`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the text does not fit into a QR symbol")
    }
}

impl std::error::Error for TooLong {}

/// A QR symbol: of UTF-8 bytes in byte mode, as the cards carry it, or in a shorter one. No ECI, and the level is not raised where
/// there is room.
#[derive(Clone, Debug)]
pub struct Code {
    text: String,
    level: Level,
    side: usize,
    /// Row by row from the top left; `true` is dark.
    modules: Vec<bool>,
}

impl Code {
    /// The smallest symbol for `text`.
    ///
    /// # Errors
    /// [`TooLong`]: no symbol is large enough.
    pub fn new(text: impl Into<String>, level: Level) -> Result<Self, TooLong> {
        let text = text.into();
        let bytes = QrSegment::make_bytes(text.as_bytes());
        Self::of(text, &[bytes], level)
    }

    /// The same in whichever mode is shortest: what phones show is in capitals and digits.
    ///
    /// # Errors
    /// [`TooLong`]: no symbol is large enough.
    pub fn short(text: impl Into<String>, level: Level) -> Result<Self, TooLong> {
        let text = text.into();
        let segments = QrSegment::make_segments(&text);
        Self::of(text, &segments, level)
    }

    fn of(text: String, segments: &[QrSegment], level: Level) -> Result<Self, TooLong> {
        let correction = match level {
            Level::Low => QrCodeEcc::Low,
            Level::Medium => QrCodeEcc::Medium,
        };
        let symbol = QrCode::encode_segments_advanced(segments, correction, Version::MIN, Version::MAX, None, false)
            .map_err(|_| TooLong)?;
        let side = symbol.size();
        let modules = (0..side * side).map(|i| symbol.get_module(i % side, i / side)).collect();
        Ok(Self { text, level, side: side as usize, modules })
    }

    /// What the symbol says.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The level it was made with.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Modules a side: 21 to 177, without quiet zone.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// The symbol's version, 1 to 40.
    #[must_use]
    pub fn version(&self) -> usize {
        // Version 1 has 21 modules a side, each further one four more.
        (self.side - 17) / 4
    }

    /// Whether the module in `column` and `row` is dark; all outside the symbol are light.
    #[must_use]
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.side && row < self.side && self.modules[row * self.side + column]
    }

    /// The symbol alone, upright and sharp: `module_px` pixels for each module's side, dark 30, light 230, with a quiet zone
    /// of 4 modules. For tests that need a code and no photo.
    #[must_use]
    pub fn draw(&self, module_px: u32) -> GrayImage {
        let side = (self.side as u32 + 2 * QUIET_ZONE) * module_px;
        let module = |px: u32| (px / module_px).checked_sub(QUIET_ZONE).map(|module| module as usize);
        GrayImage::from_fn(side, side, |x, y| match (module(x), module(y)) {
            (Some(column), Some(row)) if self.is_dark(column, row) => DARK,
            _ => LIGHT,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_beyond_the_largest_symbol_is_refused() {
        assert!(Code::new("x".repeat(2331), Level::Medium).is_ok());
        assert_eq!(Code::new("x".repeat(2332), Level::Medium).unwrap_err(), TooLong);
    }

    #[test]
    fn the_largest_symbol_is_version_40() {
        let version = |bytes: usize| Code::new("x".repeat(bytes), Level::Medium).unwrap().version();
        assert_eq!([version(1), version(2331)], [1, 40]);
    }

    #[test]
    fn the_level_is_not_raised() {
        // One byte would fit version 1 at level H too. ISO/IEC 18004: the format information opens with the level, 01 for L,
        // below a mask of 10, so its first two modules at the top left, (0, 8) and (1, 8), are both dark.
        let code = Code::new("x", Level::Low).unwrap();
        assert_eq!([code.is_dark(0, 8), code.is_dark(1, 8)], [true, true]);
    }

    #[test]
    fn a_drawn_symbol_has_its_quiet_zone_and_its_modules() {
        let code = Code::new("x", Level::Low).unwrap();
        let picture = code.draw(3);
        assert_eq!(picture.dimensions(), (87, 87), "21 modules and twice 4, 3 px each");
        let tone = |module: [u32; 2]| picture.get_pixel(module[0] * 3 + 1, module[1] * 3 + 1).0[0];
        // The finder pattern: a dark ring, a light one, a dark core.
        assert_eq!([[3, 3], [4, 4], [5, 5], [6, 6], [25, 25]].map(tone), [230, 30, 230, 30, 230]);
    }
}
