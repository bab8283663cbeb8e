//! Walks through every state that the journeys can reach, as a citizen, a phone and a service can make them.
//!
//! - [`happenings`]: everything that can happen on a page: taps, entries good and bad, every outcome of what is under way, time, kills,
//!   risk signals, and what does not fit
//! - [`Walk`]: every reachable state once, with where each happening leads
//! - [`document()`]: `docs/journeys.md`, from the walk

mod document;
mod happening;
mod look;
mod outcomes;
mod walk;

pub use document::document;
pub use happening::{Happening, canaries, happenings, make};
pub use look::{Look, said};
pub use walk::{Node, Walk, Way};
