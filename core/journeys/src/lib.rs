//! What happens next. [`update`] takes what was reported and says what is shown and what is to be done; nothing else happens in here: no
//! IO, no clock, no randomness.
//!
//! - [`Event`]: what a shell reports; [`Input`]: that, and what came of effects
//! - [`Page`]: what a shell draws, of few kinds of parts, with finished text
//! - [`Effect`]: what the runtime does, as data
//! - [`Model`]: where the holder is; it serialises, so that a killed app resumes. No secret is in it: they are in [`Held`]
//!
//! A journey is a folder: `state.rs`, `update.rs`, `page.rs`, a table of tests. What several of them share (a call under way, a one-time
//! code, a portrait, a password, a card) is a machine of its own in `shared`.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod effect;
mod event;
mod failure;
mod fits;
mod gate_page;
mod held;
mod ids;
mod model;
mod page;
mod place;
#[cfg(test)]
mod play;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
mod risk;
mod see;
mod shared;
mod support;
#[cfg(test)]
mod testing;
mod trouble;
mod turn;
mod world;

mod activation;
mod consent;
mod enrol;
mod help;
mod home;
mod lock;
mod recovery;
mod settings;
mod sign_in;
mod status;

pub use effect::{Do, Effect, EffectId, Outcome, Request};
pub use event::{CameraFault, CodeSource, Event, Input, Journey};
pub use failure::Failure;
pub use held::{Held, Slot};
pub use ids::{Act, FieldId};
pub use model::{Model, Step, update};
pub use page::{
    Action, CameraKind, CardRow, Choice, ChoiceOption, CodeEntry, ConsentEntry, Field, FieldKind, Page, Part, Role,
    Said, TimelineEntry, Tone, Wait,
};
pub use risk::{Guarded, RiskReading, Signal, Verdict};
pub use turn::Unfit;
pub use world::Now;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
