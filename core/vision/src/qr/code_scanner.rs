//! The scanner for the other phone's screen: a frame in; the text of a code of one kind, or a hint, out.

use std::time::Duration;

use super::detect::halved;
use super::engine::{Engine, Wanted};
use super::found::Code;
use super::hint::{ScanHint, Suggestions};
use crate::guarded;
use crate::{Corners, Frame, FrameError, FrameLayout, PixelFormat, Point};

/// What a frame showed.
#[derive(Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CodeScan {
    /// A code of that kind.
    Code {
        /// All of its text.
        text: String,
        /// Where it is, in pixels of the upright picture.
        corners: Corners,
    },
    /// None: what to change.
    Hint {
        /// One thing; in a stream it stays until another is clearly due.
        hint: ScanHint,
        /// What the shell may do by itself.
        suggestions: Suggestions,
        /// Where an unread code is, in pixels of the upright picture.
        outline: Option<Corners>,
    },
}

/// A code may hold a key: its text does not show in logs.
impl std::fmt::Debug for CodeScan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code { text, .. } => write!(f, "Code({} bytes)", text.len()),
            Self::Hint { hint, .. } => write!(f, "Hint({})", hint.id()),
        }
    }
}

/// Reads QR codes of one kind from camera frames. One scanner serves a whole session, from any thread.
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct CodeScanner {
    engine: Engine,
    /// For frames in half their size, in which a screen's pixels, and most of their beating with the camera's, are gone.
    coarse: Engine,
    kind: Kind,
}

/// Codes whose text begins so.
#[derive(Debug)]
struct Kind {
    prefix: String,
}

impl Wanted for Kind {
    type Found = (String, Corners);

    fn judge(&self, code: &Code) -> Result<Self::Found, ScanHint> {
        let text = code.text().filter(|text| text.starts_with(&self.prefix)).ok_or(ScanHint::OtherCode)?;
        Ok((text.to_owned(), code.corners))
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl CodeScanner {
    /// A scanner for codes whose text begins with `prefix`. What follows is not looked at here.
    #[must_use]
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn new(prefix: String) -> Self {
        Self { engine: Engine::default(), coarse: Engine::default(), kind: Kind { prefix } }
    }

    /// Scans the next frame of a stream, a luma plane: see [`CardScanner::scan`](crate::CardScanner::scan).
    ///
    /// # Errors
    /// [`FrameError`] where `y` does not hold such a frame.
    pub fn scan(&self, y: &[u8], layout: FrameLayout) -> Result<CodeScan, FrameError> {
        guarded(|| Ok(self.look(&Frame::from_luma(y, &layout)?)))
    }

    /// Scans the next frame of a stream in one buffer; packed colour is converted here.
    ///
    /// # Errors
    /// [`FrameError`] where `pixels` do not hold such a frame.
    pub fn scan_buffer(&self, pixels: &[u8], format: PixelFormat, layout: FrameLayout) -> Result<CodeScan, FrameError> {
        guarded(|| Ok(self.look(&Frame::from_buffer(pixels, format, &layout)?)))
    }
}

impl CodeScanner {
    /// The same with another clock, which never goes back.
    #[must_use]
    pub fn with_clock(prefix: String, clock: impl Fn() -> Duration + Clone + Send + Sync + 'static) -> Self {
        let coarse = Engine::with_clock(clock.clone());
        Self { engine: Engine::with_clock(clock), coarse, kind: Kind { prefix } }
    }

    /// Looks at the next frame of a stream.
    #[must_use]
    pub fn look(&self, frame: &Frame<'_>) -> CodeScan {
        let (codes, outcome) = self.engine.look(frame, &self.kind);
        let advice = match outcome {
            Ok((text, corners)) => return CodeScan::Code { text, corners },
            Err(advice) => advice,
        };
        let coarse = if codes.is_empty() { self.look_in_half(frame) } else { None };
        coarse.unwrap_or_else(|| {
            let outline = advice.unread().map(|unread| unread.corners);
            CodeScan::Hint { hint: advice.hint, suggestions: advice.suggestions, outline }
        })
    }

    fn look_in_half(&self, frame: &Frame<'_>) -> Option<CodeScan> {
        let half = frame.with_luma(halved(frame.luma())?);
        let (text, corners) = self.coarse.look(&half, &self.kind).1.ok()?;
        let corners = corners.to_array().map(|corner| Point { x: 2.0 * corner.x, y: 2.0 * corner.y });
        Some(CodeScan::Code { text, corners: Corners::from_array(corners) })
    }
}
