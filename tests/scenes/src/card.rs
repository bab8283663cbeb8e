//! The printed card: record, symbol and face.

use image::RgbImage;

use crate::code::{Code, Level, TooLong};
use crate::print;
use crate::sheet::Sheet;
use crate::specimen::Specimen;

/// Width and height of the card, mm: ID-1 of ISO/IEC 7810.
pub const CARD_SIZE: [f32; 2] = [85.6, 53.98];
/// Top left corner of the symbol on the card, mm.
pub const CODE_AT: [f32; 2] = [63.5, 4.0];
/// Side of the symbol without quiet zone, mm.
pub const CODE_SIDE: f32 = 17.0;
/// Quiet zone, modules. Real cards leave less than the four that ISO/IEC 18004 asks for.
pub const QUIET_ZONE: f32 = 2.5;

/// A card, printed once and photographed as often as needed.
#[derive(Clone, Debug)]
pub struct Card {
    specimen: Specimen,
    sheet: Sheet,
}

impl Card {
    /// Prints a card whose symbol says the record's payload.
    ///
    /// # Errors
    /// [`TooLong`]: the payload does not fit a symbol.
    pub fn print(specimen: Specimen, level: Level) -> Result<Self, TooLong> {
        let code = Code::new(specimen.payload(), level)?;
        let sheet = Sheet::drawn(code, |code, texels_per_mm| print::face(&specimen, code, texels_per_mm));
        Ok(Self { specimen, sheet })
    }

    /// The card of [`Specimen::invent`]; odd seeds have the higher level.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "no invented record is too long")]
    pub fn invent(seed: u64) -> Self {
        let level = if seed.is_multiple_of(2) { Level::Low } else { Level::Medium };
        Self::print(Specimen::invent(seed), level).expect("an invented record has at most 200 bytes, 2331 fit")
    }

    /// The record.
    #[must_use]
    pub fn specimen(&self) -> &Specimen {
        &self.specimen
    }

    /// The symbol.
    #[must_use]
    pub fn code(&self) -> &Code {
        self.sheet.code()
    }

    /// Draws the face at any size: 1 to 60 texels for a millimetre.
    #[must_use]
    pub fn face(&self, texels_per_mm: f32) -> RgbImage {
        print::face(&self.specimen, self.code(), texels_per_mm.clamp(1.0, 60.0))
    }
}

impl AsRef<Sheet> for Card {
    fn as_ref(&self) -> &Sheet {
        &self.sheet
    }
}
