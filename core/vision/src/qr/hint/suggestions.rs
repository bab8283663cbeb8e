//! What a shell may do by itself about a hint.

use super::super::sight::Place;
use super::ScanHint;
use crate::Point;

/// Side of a module, pixels, that reads easily.
const EASY_MODULE: f32 = 3.0;
/// Zoom beyond this is left to the hand: cameras of cheap phones enlarge pixels, and every tremble.
const MOST_ZOOM: f32 = 3.0;

/// What a shell may do beside showing the hint.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Suggestions {
    /// Zoom by this factor, above 1, on top of the present zoom.
    pub zoom: Option<f32>,
    /// Focus, and measure light, here: pixels of the upright picture.
    pub focus: Option<Point>,
    /// Switch the torch on.
    pub torch: bool,
    /// Offer typing by hand: scanning has failed for 20 seconds.
    pub type_by_hand: bool,
}

/// `focus` in pixels of the buffer still.
pub(super) fn suggestions(hint: &ScanHint, place: Option<&Place>) -> Suggestions {
    let (centre, module) = (place.map(Place::centre), place.map(Place::module));
    let zoom = module.map(|module| (EASY_MODULE / module).min(MOST_ZOOM)).filter(|_| *hint == ScanHint::ComeCloser);
    let focus = centre.filter(|_| matches!(hint, ScanHint::Focus | ScanHint::HoldStill | ScanHint::ComeCloser));
    Suggestions { zoom, focus, torch: *hint == ScanHint::TooDark, type_by_hand: false }
}
