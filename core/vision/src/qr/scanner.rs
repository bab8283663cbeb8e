//! The card scanner: a frame in; the card with its place, or a hint, out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use citizen_card::{CalendarDate, CardError, CardReading};

use super::deadline::Deadline;
use super::found::Code;
use super::hint::{Advice, Guide, ScanHint, Suggestions};
use super::modules::Unread;
use super::session::Session;
use super::still;
use crate::guarded;
use crate::scratch::Shelf;
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
    today: CalendarDate,
    clock: Clock,
    stream: Mutex<Stream>,
}

/// What a scanner keeps from frame to frame.
#[derive(Debug, Default)]
struct Stream {
    session: Session,
    guide: Guide,
    shelf: Shelf,
}

/// Time since any moment; never goes back.
#[derive(Clone)]
struct Clock(Arc<dyn Fn() -> Duration + Send + Sync>);

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// What a frame of a stream may take: a phone ten times as slow as a desktop still finishes most, and drops frames rather than lag
/// behind the hand.
const FRAME: Duration = Duration::from_millis(250);
/// What a picture by itself may take.
const STILL: Duration = Duration::from_millis(1500);

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
        let start = Instant::now();
        Self::with_clock(today, move || start.elapsed())
    }

    /// The same with another clock, which never goes back: how long a frame takes is measured on it.
    #[must_use]
    pub fn with_clock(today: CalendarDate, clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self { today, clock: Clock(Arc::new(clock)), stream: Mutex::default() }
    }

    /// Looks at the next frame of a stream.
    #[must_use]
    pub fn look(&self, frame: &Frame<'_>) -> Look {
        let mut stream = self.stream();
        // Under the lock: frames of two threads come in the order of their times.
        let now = (self.clock.0)();
        self.look_in(&mut stream, frame, now)
    }

    /// The same for a frame that was taken at `now`, on any clock: hints settle in its time. Where it jumps, scanning
    /// begins anew.
    #[must_use]
    pub fn look_at(&self, frame: &Frame<'_>, now: Duration) -> Look {
        self.look_in(&mut self.stream(), frame, now)
    }

    fn stream(&self) -> MutexGuard<'_, Stream> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_in(&self, Stream { session, guide, shelf }: &mut Stream, frame: &Frame<'_>, now: Duration) -> Look {
        let deadline = Deadline::after(&*self.clock.0, FRAME);
        shelf.during(frame.luma().pixels(), || {
            let wanted = |code: &Code| matches!(self.card_among(std::slice::from_ref(code)), Some(Ok(_)));
            let (codes, sight) = session.look(frame.luma(), wanted, &deadline);
            let codes: Vec<Code> = codes.iter().map(|code| code.clone().upright(frame)).collect();
            let advice = match self.card_among(&codes) {
                Some(Ok(card)) => {
                    guide.reset();
                    return Look { codes, scan: card, unread: None };
                }
                Some(Err(hint)) => guide.refuse(hint, now),
                None => guide.observe(frame.luma(), sight, now),
            };
            advice.look(codes, frame)
        })
    }

    /// Looks at a picture by itself, with all strategies.
    #[must_use]
    pub fn look_still(&self, frame: &Frame<'_>) -> Look {
        let deadline = Deadline::after(&*self.clock.0, STILL);
        Shelf::default().during(frame.luma().pixels(), || {
            let (codes, sight) = still::look(frame.luma(), &deadline);
            let codes: Vec<Code> = codes.iter().map(|code| code.clone().upright(frame)).collect();
            let advice = match self.card_among(&codes) {
                Some(Ok(card)) => return Look { codes, scan: card, unread: None },
                Some(Err(hint)) => Advice::about_code(hint),
                None => Advice::still(frame.luma(), &sight),
            };
            advice.look(codes, frame)
        })
    }

    /// The first card; else why the first code is none; `None` without a code.
    fn card_among(&self, codes: &[Code]) -> Option<Result<Scan, ScanHint>> {
        let mut refusal = None;
        for code in codes {
            let text = code.text().ok_or(CardError::NotText);
            match text.and_then(|text| citizen_card::parse(text, self.today)) {
                Ok(reading) => return Some(Ok(Scan::Card { reading, corners: code.corners })),
                Err(why) => refusal = refusal.or(Some(Err(why.into()))),
            }
        }
        refusal
    }
}

impl Code {
    fn upright(self, frame: &Frame<'_>) -> Self {
        Self { corners: self.corners.upright_in(frame), ..self }
    }
}

impl Advice {
    fn look(self, codes: Vec<Code>, frame: &Frame<'_>) -> Look {
        let unread = self
            .place
            .map(|place| Unread { corners: place.corners.upright_in(frame), modules: place.size.round() as usize });
        let focus = self.suggestions.focus.map(|point| point.upright_in(frame));
        let suggestions = Suggestions { focus, ..self.suggestions };
        let outline = unread.map(|unread| unread.corners);
        Look { codes, scan: Scan::Hint { hint: self.hint, suggestions, outline }, unread }
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
