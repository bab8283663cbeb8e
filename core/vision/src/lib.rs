//! Camera frames in, a citizen card or guidance out.
//!
//! [`Frame`] looks at a camera's buffer without copying it; [`CardScanner`] finds the card's QR in a frame, or says
//! what to change. No IO, no clock.
//!
//! Coordinates of points are continuous pixels: pixel `i` covers `[i, i + 1)`.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

#[cfg(feature = "crossing-probe")]
pub mod crossing_probe;
mod frame;
mod geometry;
#[cfg(feature = "grid-probe")]
pub mod grid_probe;
mod qr;
mod scratch;

pub use frame::{Chroma, Frame, FrameError, FrameLayout, FramePlane, MAX_SIDE, PixelFormat, Plane, Rotation};
pub use geometry::{Corners, Point};
pub use qr::{CardScanner, Code, Look, Scan, ScanHint, ScannerError, Suggestions, Unread, module_darkness};

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
