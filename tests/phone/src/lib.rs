//! A simulated phone: the real client with a vault and a key store of its own, against the sandbox service.
//!
//! [`Phone::register`] does what a citizen does to get an account; tests and soaks watch what becomes of it. [`RawClient`] is no client but
//! requests one by one, for those who attack the service or load it.

mod phone;
mod raw;
mod registration;

pub use phone::{Phone, Setup};
pub use raw::{RawAnswer, RawClient, RawKey, RawRequest};
pub use registration::{Failed, Step, invented_portrait, password};
