//! Which passwords are refused, and why: SP 800-63B-4, 3.1.1.2. Length and what is tried first; no composition rules.
//!
//! Phone and service ask the same function: the phone while the holder types, the service because nobody else decides. Personal words
//! are those that the asker has: the phone knows everything that the holder entered; the service counts what the phone names, which
//! may be nothing, and what it knows of that phone itself, which before an account is little more than a proven address.

mod common;
mod fold;
mod pattern;
mod personal;

pub use fold::normalised;

use crate::wire::Secret;
use fold::folded;

/// The fewest characters. 3.1.1.2 asks for 15 where a password is the only factor and for 8 where it is one of several: here a one-time
/// code or the phone's key always stands beside it (row R12).
pub const MIN_CHARS: usize = 8;
/// The most characters. 3.1.1.2 wants at least 64 to be taken; a sentence fits, and hashing stays bounded.
pub const MAX_CHARS: usize = 256;
/// Longer text is not even looked at, in bytes: no 256 characters need as many.
const MAX_BYTES: usize = 16 << 10;

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weakness {
    /// Fewer characters than `min`.
    TooShort {
        /// The fewest.
        min: usize,
    },
    /// More characters than `max`.
    TooLong {
        /// The most.
        max: usize,
    },
    /// One of those that everybody tries first, perhaps with a few digits or signs behind it.
    Common,
    /// Made of the holder's own data or the service's name: what is left without them is too short.
    Personal,
    /// One character, a row of them or a short piece, again and again.
    Repetitive,
    /// A character that can't be typed into every field: a line break, a tab, another control.
    ControlCharacter,
}

/// Whether a new password is taken. `personal` are words that it must not be made of: names, numbers, dates, addresses, however they
/// are written; the first 64 of them count. Characters are code points after [`normalised`].
///
/// # Errors
/// Every reason against it, in the order of [`Weakness`]; one that is too long is not looked at any further.
pub fn check(password: &str, personal: &[Secret]) -> Result<(), Vec<Weakness>> {
    let too_long = || Err(vec![Weakness::TooLong { max: MAX_CHARS }]);
    if password.len() > MAX_BYTES {
        return too_long();
    }
    let password = normalised(password);
    let length = password.reveal().chars().count();
    if length > MAX_CHARS {
        return too_long();
    }
    let plain = folded(password.reveal());
    let reasons = [
        (length < MIN_CHARS, Weakness::TooShort { min: MIN_CHARS }),
        (common::is_common(&plain), Weakness::Common),
        (personal::is_personal(&plain, personal), Weakness::Personal),
        (pattern::is_repetitive(&plain), Weakness::Repetitive),
        (password.reveal().contains(char::is_control), Weakness::ControlCharacter),
    ];
    let found: Vec<Weakness> =
        reasons.into_iter().filter_map(|(applies, weakness)| applies.then_some(weakness)).collect();
    if found.is_empty() { Ok(()) } else { Err(found) }
}
