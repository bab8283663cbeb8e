//! The saved recovery code: 128 bits on paper, for who has lost the phone.
//!
//! 28 characters of Crockford's base32 in groups of four: 140 bits, the code's 128 and the first 12 of their SHA-256, so that a slip of
//! the pen is told before anything is sent.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::enrol::sha256;
use crate::wire::Secret;

/// Crockford's alphabet: without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters, without what stands between groups.
pub const LENGTH: usize = 28;
const GROUP: usize = 4;
/// Bits of a character, and of the checksum.
const BITS: u32 = 5;
const CHECK_BITS: u32 = 12;
const DIGIT_MASK: u16 = (1 << BITS) - 1;
const CHECK_MASK: u16 = (1 << CHECK_BITS) - 1;
/// Characters that hold nothing but the code; its last bits stand before the checksum in the other three.
const HEAD: usize = 25;
const LOW_BITS: u32 = 3;

/// A code. Erased when it goes, printed never.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; 16]);

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryCodeError {
    /// Another character than letters, digits, hyphens and spaces.
    #[error("a character that no code has")]
    Character,
    /// Too few or too many.
    #[error("{LENGTH} letters and digits")]
    Length,
    /// A slip: the checksum does not hold.
    #[error("a letter or digit is wrong")]
    Checksum,
}

impl RecoveryCode {
    /// From 16 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// What somebody typed: letters of either case, `O` for `0`, `I` and `L` for `1`, with hyphens and spaces anywhere.
    ///
    /// # Errors
    /// See [`RecoveryCodeError`].
    pub fn parse(text: &str) -> Result<Self, RecoveryCodeError> {
        let mut digits = Zeroizing::new([0u8; LENGTH]);
        let mut places = digits.iter_mut();
        for character in text.chars().filter(|character| !matches!(character, '-' | ' ')) {
            let digit = digit(character).ok_or(RecoveryCodeError::Character)?;
            *places.next().ok_or(RecoveryCodeError::Length)? = digit;
        }
        if places.next().is_some() {
            return Err(RecoveryCodeError::Length);
        }
        let (head, tail) = digits.split_at(HEAD);
        let mut value = head.iter().fold(0, |value, digit| value << BITS | u128::from(*digit));
        let tail = tail.iter().fold(0, |tail, digit| tail << BITS | u16::from(*digit));
        value = value << LOW_BITS | u128::from(tail >> CHECK_BITS);
        let code = Self(value.to_be_bytes());
        value.zeroize();
        if tail & CHECK_MASK == code.checksum() { Ok(code) } else { Err(RecoveryCodeError::Checksum) }
    }

    /// As it is written down: seven groups of four, with hyphens.
    #[must_use]
    pub fn written(&self) -> Secret {
        let value = u128::from_be_bytes(self.0);
        let tail = (value as u16) << CHECK_BITS | self.checksum();
        let head = (0..HEAD as u32).rev().map(|place| (value >> LOW_BITS >> (BITS * place)) as u16);
        let tail = (0..(LENGTH - HEAD) as u32).rev().map(|place| tail >> (BITS * place));
        let mut text = String::with_capacity(LENGTH + LENGTH / GROUP);
        for (place, digit) in head.chain(tail).enumerate() {
            if place % GROUP == 0 && place > 0 {
                text.push('-');
            }
            text.push(ALPHABET.get(usize::from(digit & DIGIT_MASK)).copied().map_or('0', char::from));
        }
        Secret::new(text)
    }

    /// Its bytes, for the hash that the service keeps.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The first 12 bits of SHA-256.
    fn checksum(&self) -> u16 {
        let [first, second, ..] = sha256(&self.0);
        u16::from_be_bytes([first, second]) >> (u16::BITS - CHECK_BITS)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("RecoveryCode")
    }
}

fn digit(character: char) -> Option<u8> {
    let character = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|digit| char::from(*digit) == character)?;
    u8::try_from(place).ok()
}
