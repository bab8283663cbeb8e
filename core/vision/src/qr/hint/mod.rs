//! What to change when no card was read.

use citizen_card::{CardError, FieldError};

use super::find::{Content, Symbol};
use crate::Plane;

/// The one thing to tell the user about a frame without a card.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ScanHint {
    /// No QR code in view: point the camera at the code on the card.
    NothingFound,
    /// The picture is nearly black: more light, or the torch.
    TooDark,
    /// A code is in view, but its modules are too small to read.
    ComeCloser,
    /// A code is in view, large enough, and could not be read: hold still.
    HoldStill,
    /// A code was read, and it is no citizen card.
    WrongCode {
        /// What a card would have, and this text has not.
        why: CardError,
    },
    /// A citizen card was read, and one of its fields does not hold: a misprint, or a phone whose date is wrong.
    WrongField {
        /// The first such field.
        problem: FieldError,
    },
}

impl ScanHint {
    /// A stable name for reports and tests.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::NothingFound => "nothing_found",
            Self::TooDark => "too_dark",
            Self::ComeCloser => "come_closer",
            Self::HoldStill => "hold_still",
            Self::WrongCode { .. } => "wrong_code",
            Self::WrongField { .. } => "wrong_field",
        }
    }
}

impl From<CardError> for ScanHint {
    fn from(why: CardError) -> Self {
        match why {
            CardError::Field { problem } => Self::WrongField { problem },
            CardError::TooLong { .. } | CardError::NotText | CardError::NotACard { .. } => Self::WrongCode { why },
        }
    }
}

/// Side of a module, pixels, below which a symbol is too small: all frames of the drawn distance ladder read at 1.8, none at 1.1.
const READABLE_MODULE: f32 = 1.6;

/// A frame is dark when 95 of 100 pixels are below this luma: white paper at a sixth of a good exposure.
const DARK: u8 = 40;
const DARK_SHARE: f32 = 0.95;

/// The hint for a frame in which no symbol gave text.
pub(super) fn without_text(luma: &Plane<'_>, symbols: &[Symbol]) -> ScanHint {
    if symbols.iter().any(|symbol| symbol.content == Content::NotText) {
        return ScanHint::WrongCode { why: CardError::NotText };
    }
    // Noise in the dark can look like symbols: light comes first.
    if is_dark(luma) {
        return ScanHint::TooDark;
    }
    let largest = symbols.iter().map(|symbol| symbol.module).reduce(f32::max);
    match largest {
        None => ScanHint::NothingFound,
        Some(module) if module < READABLE_MODULE => ScanHint::ComeCloser,
        Some(_) => ScanHint::HoldStill,
    }
}

fn is_dark(luma: &Plane<'_>) -> bool {
    let dark: usize = luma.rows().map(|row| row.iter().filter(|&&v| v < DARK).count()).sum();
    dark as f32 >= DARK_SHARE * (luma.width() * luma.height()) as f32
}
