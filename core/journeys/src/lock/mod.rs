//! The app's own lock: a PIN, or the phone's own biometric. It closes at every start and after a while out of sight; wrong tries cost
//! more and more time, and never anything else. It also closes before it is changed.
//!
//! No dead end: who forgot the PIN, or whose phone has no screen lock any more, signs out of the app and in again with the password. Help is
//! reached through a closed lock. A try is counted before the PIN is compared, so that closing the app in between gives none for free.

mod page;
mod state;
#[cfg(test)]
mod tests;
mod update;

pub(crate) use page::page;
pub(crate) use state::{Kind, State};
pub(crate) use update::{PIN_DIGITS, close, set_up, told, visible};
