//! What the service says of a code that it sent, checked before a page shows it.

use super::{Digits, Reference};
use crate::wire::{OtpChallenge, UnixTime};

/// The longest masked address, model or place, in characters.
pub const MAX_SHOWN_CHARS: usize = 64;
/// The longest that a code may live (SP 800-63B-4, 3.1.3.2), in seconds.
pub const MAX_LIFE_S: u64 = 600;
/// The longest wait for another code or another try, in seconds: the third lock's 24 hours.
pub const MAX_WAIT_S: u64 = 24 * 3600;
/// How far the two clocks may be apart, in seconds.
pub const CLOCK_WINDOW_S: u64 = 300;

/// A challenge that can be shown and answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    said: OtpChallenge,
    digits: Digits,
    reference: Reference,
}

impl Challenge {
    /// As the service said it.
    #[must_use]
    pub fn said(&self) -> &OtpChallenge {
        &self.said
    }

    /// The code's length.
    #[must_use]
    pub fn digits(&self) -> Digits {
        self.digits
    }

    /// What the message repeats.
    #[must_use]
    pub fn reference(&self) -> Reference {
        self.reference
    }
}

/// Why a challenge is not shown: the answer is not of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadChallenge {
    /// A code of fewer than 6 or more than 10 digits.
    #[error("a code of that length")]
    Digits,
    /// No two letters A to Z.
    #[error("the reference is not two letters")]
    Reference,
    /// The masked address is empty, too long, or has characters that can't be seen.
    #[error("the masked address can't be shown")]
    Address,
    /// Model or place is too long, or has characters that can't be seen.
    #[error("the context can't be shown")]
    Context,
    /// The code expired before it came or lives longer than 10 minutes, or a wait ends more than a day ahead.
    #[error("times that can't be")]
    Times,
}

/// Checks a challenge that has just come, at `now` by the service's clock as the phone knows it.
///
/// # Errors
/// See [`BadChallenge`].
pub fn checked(challenge: OtpChallenge, now: UnixTime) -> Result<Challenge, BadChallenge> {
    let digits = Digits::new(challenge.digits).ok_or(BadChallenge::Digits)?;
    let reference = Reference::parse(&challenge.reference).ok_or(BadChallenge::Reference)?;
    let address = &challenge.masked_address;
    let place = challenge.context.place.as_deref().unwrap_or_default();
    ensure(can_be_shown(address) && !address.trim().is_empty(), BadChallenge::Address)?;
    ensure(can_be_shown(&challenge.context.device) && can_be_shown(place), BadChallenge::Context)?;
    let is_live = challenge.expires_at.plus(CLOCK_WINDOW_S) > now
        && challenge.expires_at <= now.plus(MAX_LIFE_S + CLOCK_WINDOW_S);
    let waits = [Some(challenge.resend_at), challenge.locked_until];
    let ends = waits.into_iter().flatten().all(|end| end <= now.plus(MAX_WAIT_S + CLOCK_WINDOW_S));
    ensure(is_live && ends, BadChallenge::Times)?;
    Ok(Challenge { said: challenge, digits, reference })
}

fn ensure(holds: bool, error: BadChallenge) -> Result<(), BadChallenge> {
    if holds { Ok(()) } else { Err(error) }
}

/// At most [`MAX_SHOWN_CHARS`], on one line, and nothing in it hides or turns what is read.
pub(crate) fn can_be_shown(text: &str) -> bool {
    let hides = |character: char| {
        character.is_control()
            || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    text.chars().count() <= MAX_SHOWN_CHARS && !text.contains(hides)
}
