//! The card scanner: a frame in; the card with its place, or a hint, out.

use std::time::Duration;

use citizen_card::{CalendarDate, CardError, CardReading};

use super::engine::{Engine, Outcome, Wanted};
use super::found::Code;
use super::hint::{ScanHint, Suggestions};
use super::modules::Unread;
use crate::guarded;
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
        /// One thing; in a stream it stays until another is clearly due.
        hint: ScanHint,
        /// What the shell may do by itself.
        suggestions: Suggestions,
        /// Where an unread code is, in pixels of the upright picture.
        outline: Option<Corners>,
    },
}

/// A scan, and every code that was read on the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Texts of any kind, in the order they were found.
    pub codes: Vec<Code>,
    /// The card, or the hint.
    pub scan: Scan,
    /// A symbol that was seen and did not read, where no other did.
    pub unread: Option<Unread>,
}

/// Reads citizen cards from camera frames. One scanner serves a whole session, from any thread.
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct CardScanner {
    engine: Engine,
    card: Cards,
}

/// Cards as of a day.
#[derive(Debug)]
struct Cards {
    today: CalendarDate,
}

impl Wanted for Cards {
    type Found = (CardReading, Corners);

    fn judge(&self, code: &Code) -> Result<Self::Found, ScanHint> {
        let text = code.text().ok_or(CardError::NotText)?;
        Ok((citizen_card::parse(text, self.today)?, code.corners))
    }
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
        Self { engine: Engine::default(), card: Cards { today } }
    }

    /// The same with another clock, which never goes back: how long a frame takes is measured on it.
    #[must_use]
    pub fn with_clock(today: CalendarDate, clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self { engine: Engine::with_clock(clock), card: Cards { today } }
    }

    /// Looks at the next frame of a stream.
    #[must_use]
    pub fn look(&self, frame: &Frame<'_>) -> Look {
        self.engine.look(frame, &self.card).into()
    }

    /// The same for a frame that was taken at `now`, on any clock: hints settle in its time. Where it jumps, scanning
    /// begins anew.
    #[must_use]
    pub fn look_at(&self, frame: &Frame<'_>, now: Duration) -> Look {
        self.engine.look_at(frame, now, &self.card).into()
    }

    /// Looks at a picture by itself, with all strategies.
    #[must_use]
    pub fn look_still(&self, frame: &Frame<'_>) -> Look {
        self.engine.look_still(frame, &self.card).into()
    }
}

impl From<Outcome<(CardReading, Corners)>> for Look {
    fn from((codes, outcome): Outcome<(CardReading, Corners)>) -> Self {
        match outcome {
            Ok((reading, corners)) => Self { codes, scan: Scan::Card { reading, corners }, unread: None },
            Err(advice) => {
                let unread = advice.unread();
                let outline = unread.map(|unread| unread.corners);
                let scan = Scan::Hint { hint: advice.hint, suggestions: advice.suggestions, outline };
                Self { codes, scan, unread }
            }
        }
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

    /// Scans the next frame of a stream, a luma plane: `y` of Android's and iOS's camera frames, as it is, without a copy. A buffer that starts
    /// elsewhere than its first byte must be sliced by the caller.
    ///
    /// # Errors
    /// [`FrameError`] where `y` does not hold such a frame.
    pub fn scan(&self, y: &[u8], layout: FrameLayout) -> Result<Scan, FrameError> {
        guarded(|| Ok(self.look(&Frame::from_luma(y, &layout)?).scan))
    }

    /// Scans the next frame of a stream in one buffer; packed colour is converted here.
    ///
    /// # Errors
    /// [`FrameError`] where `pixels` do not hold such a frame.
    pub fn scan_buffer(&self, pixels: &[u8], format: PixelFormat, layout: FrameLayout) -> Result<Scan, FrameError> {
        guarded(|| Ok(self.look(&Frame::from_buffer(pixels, format, &layout)?).scan))
    }

    /// Scans a picture by itself with all strategies, which takes several times as long: a photo from the gallery.
    ///
    /// # Errors
    /// [`FrameError`] where `y` does not hold such a picture.
    pub fn scan_still(&self, y: &[u8], layout: FrameLayout) -> Result<Scan, FrameError> {
        guarded(|| Ok(self.look_still(&Frame::from_luma(y, &layout)?).scan))
    }

    /// The same for a picture in one buffer; packed colour is converted here.
    ///
    /// # Errors
    /// [`FrameError`] where `pixels` do not hold such a picture.
    pub fn scan_still_buffer(
        &self,
        pixels: &[u8],
        format: PixelFormat,
        layout: FrameLayout,
    ) -> Result<Scan, FrameError> {
        guarded(|| Ok(self.look_still(&Frame::from_buffer(pixels, format, &layout)?).scan))
    }
}
