//! What to change when no card was read.

mod guide;
mod light;
mod sharpness;
mod suggestions;

use citizen_card::{CardError, FieldError};

use super::sight::{Part, Place, Seen, Sight};
use crate::Plane;
pub(super) use guide::{Advice, Guide};
use sharpness::{Sharpness, part_has_rings, sharpness};
pub use suggestions::Suggestions;

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
    /// A code is in view, and larger than the frame holds or the lens can focus.
    MoveBack,
    /// The code is smeared one way, or nothing else explains why it could not be read.
    HoldStill,
    /// The code is blurred all ways: tap on it to focus, or clean the lens.
    Focus,
    /// Light is mirrored on the code: tilt the card.
    Glare,
    /// The card is seen from too far aside.
    Tilted,
    /// A part of the code is outside the frame.
    CutOff,
    /// The code is seen well and can't be read: it is scratched, bent or dirty. Another card side or typing by hand helps.
    Damaged,
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
    /// A code was read, and it is not of the kind that is looked for on the other phone's screen.
    OtherCode,
}

impl ScanHint {
    const IDS: [&str; Self::KINDS] = [
        "nothing_found",
        "too_dark",
        "come_closer",
        "move_back",
        "hold_still",
        "focus",
        "glare",
        "tilted",
        "cut_off",
        "damaged",
        "wrong_code",
        "wrong_field",
        "other_code",
    ];
    pub(super) const KINDS: usize = 13;

    /// A stable name for reports and tests.
    #[must_use]
    pub fn id(&self) -> &'static str {
        Self::IDS.get(self.kind()).copied().unwrap_or_default()
    }

    /// Below [`Self::KINDS`].
    pub(super) fn kind(&self) -> usize {
        match self {
            Self::NothingFound => 0,
            Self::TooDark => 1,
            Self::ComeCloser => 2,
            Self::MoveBack => 3,
            Self::HoldStill => 4,
            Self::Focus => 5,
            Self::Glare => 6,
            Self::Tilted => 7,
            Self::CutOff => 8,
            Self::Damaged => 9,
            Self::WrongCode { .. } => 10,
            Self::WrongField { .. } => 11,
            Self::OtherCode => 12,
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
/// Share of the frame's short side beyond which a symbol is too near, and beyond which a blurred one is nearer than a cheap
/// lens can focus.
const TOO_NEAR: f32 = 0.9;
const TOO_NEAR_TO_FOCUS: f32 = 0.6;
/// Modules on a side that a card's symbol has at least: version 6.
const LEAST_SIZE: f32 = 41.0;
/// Modules from the frame's border within which a finder by itself belongs to a symbol that is cut off: as far as the symbol
/// reaches from that finder.
const BORDER: f32 = LEAST_SIZE - 3.5;
/// Foreshortening below which a symbol is seen from too far aside: 60 degrees.
const TILTED: f32 = 0.5;
/// Contrast of a module below which a symbol is blurred.
const BLURRED: f32 = 0.55;
/// How much more contrast one axis keeps than the other when the hand moved.
const STREAK: f32 = 0.35;
/// A score with which an undamaged symbol would have been read.
const FLAWLESS: f32 = 1.6;

/// The hint for a frame in which no symbol gave text, and where the symbol is that it is about.
pub(super) fn judge(luma: &Plane<'_>, sight: &Sight) -> (ScanHint, Option<Place>) {
    // Noise in the dark can look like symbols: light comes first.
    if light::is_dark(luma) {
        return (ScanHint::TooDark, None);
    }
    let part = || sight.parts.into_iter().flatten().find(|part| part_has_rings(luma, part));
    // One finder by its runs is sharp, so three blurred ones elsewhere are none.
    let sharp_part = || part().filter(|_| sight.by_runs);
    match sight.seen {
        Some(Seen::Symbol { place, score }) => (of_place(luma, &place, Some(score)), Some(place)),
        Some(Seen::Finders { place, .. })
            if sharp_part().is_none() && sharpness(luma, &place).is_some_and(Sharpness::has_rings) =>
        {
            (of_place(luma, &place, None), Some(place))
        }
        _ => (part().map_or(ScanHint::NothingFound, |part| of_part(luma, part)), None),
    }
}

fn of_part(luma: &Plane<'_>, Part { centre, module }: Part) -> ScanHint {
    let inside = |at: f32, side: usize| at > BORDER * module && at + BORDER * module < side as f32;
    if light::is_shaded(luma, centre, module) {
        ScanHint::TooDark
    } else if inside(centre.x, luma.width()) && inside(centre.y, luma.height()) {
        ScanHint::HoldStill
    } else if LEAST_SIZE * module > TOO_NEAR_TO_FOCUS * luma.width().min(luma.height()) as f32 {
        ScanHint::MoveBack
    } else {
        ScanHint::CutOff
    }
}

/// `score`: of the grid that lies there, if one does.
fn of_place(luma: &Plane<'_>, place: &Place, score: Option<f32>) -> ScanHint {
    let short_side = luma.width().min(luma.height()) as f32;
    let share = place.corners.mean_side() / short_side;
    let sharpness = sharpness(luma, place);
    let is_blurred = sharpness.is_some_and(|sharpness| sharpness.least < BLURRED);
    if place.module() < READABLE_MODULE {
        ScanHint::ComeCloser
    } else if light::glare(luma, place) > light::GLARE_SHARE {
        ScanHint::Glare
    } else if share > TOO_NEAR || is_blurred && share > TOO_NEAR_TO_FOCUS {
        ScanHint::MoveBack
    } else if is_cut_off(luma, place) {
        ScanHint::CutOff
    } else if place.foreshortening() < TILTED {
        ScanHint::Tilted
    } else if is_blurred {
        let streaked = sharpness.is_some_and(|sharpness| sharpness.most - sharpness.least > STREAK);
        if streaked { ScanHint::HoldStill } else { ScanHint::Focus }
    } else if score.is_some_and(|score| score > FLAWLESS) {
        ScanHint::Damaged
    } else {
        ScanHint::HoldStill
    }
}

fn is_cut_off(luma: &Plane<'_>, place: &Place) -> bool {
    let margin = place.module();
    let (right, bottom) = (luma.width() as f32 + margin, luma.height() as f32 + margin);
    place.corners.to_array().iter().any(|p| p.x < -margin || p.y < -margin || p.x > right || p.y > bottom)
}
