//! What phone and service say to each other, pure: bytes and time in, bytes out; no socket, no clock, no randomness.
//!
//! - [`wire`]: the calls, their answers, and [`wire::Problem`] with the one list of error codes
//! - [`signature`]: HTTP Message Signatures (RFC 9421) in the fixed profile, [`digest`] their Content-Digest (RFC 9530)
//! - [`otp`]: reading a one-time code from what was typed, pasted or sent
//! - [`password`]: which passwords are refused, and why
//! - [`ledger`]: the account's list of devices, and its verification
//! - [`recovery_code`]: what is written down for the day when the phone is lost
//! - [`transfer`]: moving an account to another phone
//! - [`trust`]: signed pin sets and statement-key sets
//! - [`enrol`]: what new keys are bound to
//! - [`json`]: bodies, bounded before they are parsed

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod digest;
pub mod enrol;
pub mod json;
pub mod key;
pub mod ledger;
pub mod otp;
pub mod password;
pub mod recovery_code;
pub mod signature;
pub mod transfer;
pub mod trust;
pub mod wire;
