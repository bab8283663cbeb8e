//! What a shell holds: [`App`]. It opens the phone's storage with the phone's key store; the journeys come into it later.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod app;
mod loss;
mod problem;

pub use app::{App, AppConfig};
pub use loss::{DamageKind, StorageLoss};
pub use problem::Problem;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
