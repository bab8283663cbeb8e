//! A code, its length, and the two letters that tell one message from another.

use std::fmt;

use crate::wire::Secret;

/// How many digits a code has: 6 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits(u8);

impl Digits {
    /// The fewest that SP 800-63B-4, 3.1.3.2 allows, and what the service sends.
    pub const SIX: Self = Self(6);
    /// More than anybody should have to copy.
    pub const MAX: Self = Self(10);

    /// `None` outside 6 to 10.
    #[must_use]
    pub fn new(digits: u8) -> Option<Self> {
        (Self::SIX.0..=Self::MAX.0).contains(&digits).then_some(Self(digits))
    }

    /// As a length in characters.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.into()
    }
}

/// A whole code: as many ASCII digits as its challenge says. Erased when it goes, printed never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtpCode(Secret);

impl OtpCode {
    /// From digits that were counted.
    pub(super) fn counted(digits: String) -> Self {
        Self(Secret::new(digits))
    }

    /// Its digits, for the message or the service.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }

    /// For [`crate::wire::OtpVerifyRequest`].
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

/// Two letters, A to Z, that page and message both show: so the holder sees which message belongs to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference(char, char);

impl Reference {
    /// `None` for anything but two letters A to Z.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        let reference = Self(letters.next()?, letters.next()?);
        let fits = letters.next().is_none() && reference.0.is_ascii_uppercase() && reference.1.is_ascii_uppercase();
        fits.then_some(reference)
    }

    /// From random bytes. 256 is no multiple of 26: A to V come a little more often, which does no harm, for this is no secret.
    #[must_use]
    pub fn from_random([first, second]: [u8; 2]) -> Self {
        let letter = |byte: u8| char::from(b'A' + byte % 26);
        Self(letter(first), letter(second))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", self.0, self.1)
    }
}
