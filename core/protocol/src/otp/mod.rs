//! One-time codes (rows R12, R23): read from what was typed, pasted or sent, and the messages that carry them.
//!
//! - [`read`]: text to [`OtpCode`], whole or not at all
//! - [`message`]: the bodies that the service sends, one form for each platform; [`read`] reads every one of them back
//! - [`challenge`]: what the service says of a code, checked before anything of it is shown

pub mod challenge;
mod code;
pub(crate) mod fold;
pub mod message;
pub mod read;

pub use code::{Digits, OtpCode, Reference};
