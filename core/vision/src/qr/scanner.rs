//! The card scanner: a frame in; the card with its place, or a hint, out.

use citizen_card::{CalendarDate, CardReading};

use super::find::{self, Code, Content};
use super::hint::{self, ScanHint};
use crate::{Corners, Frame, FrameError, FrameLayout, PixelFormat};

/// What a frame showed.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Scan {
    /// A citizen card.
    Card {
        /// The card and its findings.
        reading: CardReading,
        /// Where its QR is, in pixels of the upright picture.
        corners: Corners,
    },
    /// No card: what to change.
    Hint {
        /// One thing.
        hint: ScanHint,
    },
}

/// A scan, and every code that was read on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Texts of any kind, in the order they were found.
    pub codes: Vec<Code>,
    /// The card, or the hint.
    pub scan: Scan,
}

/// Reads citizen cards from camera frames. One scanner serves a whole session, from any thread.
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct CardScanner {
    today: CalendarDate,
}

/// Why there is no scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum ScannerError {
    /// Pass the day as `yyyy-mm-dd`, years 1900 to 2399.
    #[error("not an ISO 8601 day between 1900 and 2399")]
    NotADay,
}

impl CardScanner {
    /// A scanner for use on the given day, which bounds the dates on a card.
    #[must_use]
    pub fn on(today: CalendarDate) -> Self {
        Self { today }
    }

    /// Looks at a checked frame.
    #[must_use]
    pub fn look(&self, frame: &Frame<'_>) -> Look {
        let luma = frame.luma();
        let symbols = find::symbols(luma);
        let upright = |corners: Corners| corners.upright(frame.rotation(), luma.width(), luma.height());
        let codes: Vec<Code> = symbols
            .iter()
            .filter_map(|symbol| match &symbol.content {
                Content::Text(text) => Some(Code { text: text.clone(), corners: upright(symbol.corners) }),
                Content::NotText | Content::Unread => None,
            })
            .collect();
        let scan = self.card_among(&codes).unwrap_or_else(|| Scan::Hint { hint: hint::without_text(luma, &symbols) });
        Look { codes, scan }
    }

    /// The first card; else why the first code is none; `None` without a code.
    fn card_among(&self, codes: &[Code]) -> Option<Scan> {
        let mut refusal = None;
        for code in codes {
            match citizen_card::parse(&code.text, self.today) {
                Ok(reading) => return Some(Scan::Card { reading, corners: code.corners }),
                Err(why) => refusal = refusal.or(Some(Scan::Hint { hint: why.into() })),
            }
        }
        refusal
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl CardScanner {
    /// `today` bounds the dates on a card: ISO 8601 text, `2026-11-22`.
    ///
    /// # Errors
    /// [`ScannerError::NotADay`] for any other text.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn new(today: &str) -> Result<Self, ScannerError> {
        CalendarDate::from_iso(today).map(Self::on).ok_or(ScannerError::NotADay)
    }

    /// Scans a luma plane: `y` of Android's and iOS's camera frames, as it is, without a copy. A buffer that starts
    /// elsewhere than its first byte must be sliced by the caller.
    ///
    /// # Errors
    /// [`FrameError`] where `y` does not hold such a frame.
    pub fn scan(&self, y: &[u8], layout: FrameLayout) -> Result<Scan, FrameError> {
        guarded(|| Ok(self.look(&Frame::from_luma(y, &layout)?).scan))
    }

    /// Scans a frame in one buffer; packed colour is converted here.
    ///
    /// # Errors
    /// [`FrameError`] where `pixels` do not hold such a frame.
    pub fn scan_buffer(&self, pixels: &[u8], format: PixelFormat, layout: FrameLayout) -> Result<Scan, FrameError> {
        guarded(|| Ok(self.look(&Frame::from_buffer(pixels, format, &layout)?).scan))
    }
}

/// A panic must not cross the boundary: it would surface there without a type, with its text.
fn guarded<T>(work: impl FnOnce() -> Result<T, FrameError>) -> Result<T, FrameError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or(Err(FrameError::Internal))
}
