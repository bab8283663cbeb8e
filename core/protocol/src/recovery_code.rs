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
        // The first 25 characters and 3 bits of the 26th are the code; the other 12 bits are the checksum.
        let (mut value, mut check) = (0u128, 0u16);
        let mut left = u128::BITS;
        for digit in digits.iter() {
            let of_value = left.min(BITS);
            let of_check = BITS - of_value;
            if of_value > 0 {
                value = value << of_value | u128::from(digit >> of_check);
            }
            if of_check > 0 {
                check = check << of_check | u16::from(digit & ((1 << of_check) - 1));
            }
            left -= of_value;
        }
        let code = Self(value.to_be_bytes());
        value.zeroize();
        if check == code.checksum() { Ok(code) } else { Err(RecoveryCodeError::Checksum) }
    }

    /// As it is written down: `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`.
    #[must_use]
    pub fn written(&self) -> Secret {
        let (value, check) = (u128::from_be_bytes(self.0), self.checksum());
        let mut text = String::with_capacity(LENGTH + LENGTH / GROUP);
        for place in 0..LENGTH {
            if place % GROUP == 0 && place > 0 {
                text.push('-');
            }
            // Bits of the character, from the code and the checksum behind it.
            let digit = (0..BITS).fold(0, |digit, bit| {
                let bit = place as u32 * BITS + bit;
                let is_set = match u128::BITS.checked_sub(bit + 1) {
                    Some(shift) => value >> shift & 1 == 1,
                    None => check >> (u128::BITS + CHECK_BITS - 1 - bit) & 1 == 1,
                };
                digit << 1 | usize::from(is_set)
            });
            text.push(ALPHABET.get(digit).copied().map_or('0', char::from));
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
