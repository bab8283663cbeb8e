//! A selfie: the face in a frame, what is measured of it, the one thing to change, and the portrait.
//!
//! ```text
//!   frame ─► finder ─► measures ─► checks ─► look ─► guide ─► hint, progress, ways on
//!            search      face128    limits    due     settle
//!            detector    measure/                      kept ─► portrait
//! ```
//!
//! `finder` decides what is searched in which frame, `search` searches, `detector` is the library. `face128` is the face at one
//! size, `measure` what is measured of it, `checks` the table of limits. `guide` turns what is due in each frame into a steady hint,
//! takes the picture, and offers a way on to whom that does not happen. `selfie` is what shells see of it.

#[cfg(test)]
mod allocations;
mod answer;
mod blur;
mod checks;
mod compared;
mod detector;
mod face128;
mod finder;
mod guide;
mod hint;
mod kept;
mod landmarks;
mod look;
mod measure;
mod measures;
mod model;
mod portrait;
mod search;
mod selfie;
mod settle;
mod turned;

pub use answer::{FaceBox, FailedCheck, FailingCheck, Guidance, Oval, Portrait, Selfie, Still};
pub use checks::{SelfieLimit, SelfieProfile, limits};
pub use compared::Compared;
pub use guide::WaysOn;
pub use hint::SelfieHint;
pub use landmarks::FaceLandmarks;
pub use measures::FaceMeasures;
pub use selfie::{SelfieGuide, SelfieLook};
