//! The runtime that a shell holds: [`App`].
//!
//! A shell draws the [`Page`](citizen_journeys::Page)s that it is given and says what happened with [`App::dispatch`]; nothing else is
//! asked of it. In here one thread owns the journeys' model. For each thing that happened it asks the journeys what follows, commits the
//! new model to the vault, has the page drawn, and only then starts the effects: so a process that is killed at any moment resumes where
//! it was, and does nothing that it does not remember.
//!
//! - `worker`: that thread
//! - `effects`: network, key store, PIN; what comes of them goes back to the worker
//! - [`Platform`], [`RiskSignals`]: what a shell implements, beside
//!   [`DeviceKeystore`](citizen_keystore::DeviceKeystore)
//! - [`Setup`]: clocks, waits and the process's life, for tests

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod app;
mod config;
mod effects;
mod loss;
mod platform;
mod problem;
#[cfg(test)]
mod testing;
mod trace;
mod worker;

pub use app::App;
pub use citizen_service::{Backoff, Clock, Life, Moment, SystemClock, TimeLimits};
#[cfg(feature = "kill-points")]
pub use citizen_service::{KillAt, KillPoints};
pub use config::{AppConfig, PhoneInfo, ServiceConfig, Setup};
pub use loss::{DamageKind, StorageLoss};
pub use platform::{Handled, Platform, PlatformError, RiskSignals};
pub use problem::Problem;

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();
