//! The old phone is lost or broken: another is bound with an officer's code, or from afar with two methods, a portrait and a wait.

mod ask;
mod binding;
mod decide;
mod office;
mod saved_code;
mod store;
mod veto;

pub(crate) use ask::{current, recover, status};
pub(super) use decide::decide_due;
pub(crate) use office::bind;
pub(super) use office::issue;
pub(crate) use saved_code::save;
pub(super) use store::{Stored, end_open, is_open};
pub(crate) use veto::veto;

/// How long the holder can object, and how long the phone cools down after it, in seconds.
pub(super) const HOLD_S: u64 = 72 * 3_600;
