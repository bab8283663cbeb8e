//! Camera frames in, a citizen card, a portrait or guidance out.
//!
//! [`Frame`] looks at a camera's buffer without copying it; [`CardScanner`] finds the card's QR in a frame, or says
//! what to change; [`SelfieGuide`] does the same for a portrait. No IO, no clock.
//!
//! Coordinates of points are continuous pixels: pixel `i` covers `[i, i + 1)`.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]
#![cfg_attr(test, allow(clippy::float_cmp, reason = "tests compare values that are exact"))]

#[cfg(feature = "crossing-probe")]
pub mod crossing_probe;
mod face;
mod frame;
mod geometry;
#[cfg(feature = "grid-probe")]
pub mod grid_probe;
mod levels;
mod qr;
mod scratch;

pub use face::{
    Compared, FaceBox, FaceLandmarks, FaceMeasures, FailedCheck, FailingCheck, Guidance, Oval, Portrait, Selfie,
    SelfieGuide, SelfieHint, SelfieLimit, SelfieLook, SelfieProfile, Still, WaysOn, limits,
};
pub use frame::{Chroma, Frame, FrameError, FrameLayout, FramePlane, MAX_SIDE, PixelFormat, Plane, Rotation};
pub use geometry::{Corners, Point};
pub use qr::{
    CardScanner, Code, CodeScan, CodeScanner, Look, Scan, ScanHint, ScannerError, Suggestions, Unread, module_darkness,
};

/// A panic must not cross the boundary: it would surface there without a type, with its text.
fn guarded<T>(work: impl FnOnce() -> Result<T, FrameError>) -> Result<T, FrameError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or(Err(FrameError::Internal))
}

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
