//! What one phone says of itself and the other shows: one line that hides nothing.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::otp::challenge::{MAX_SHOWN_CHARS, can_be_shown};

/// 1 to 64 characters in NFC, on one line; nothing in it is invisible or turns what is read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Words(String);

impl Words {
    /// A text that is so.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let fits = can_be_shown(text) && is_nfc(text) && !text.trim().is_empty();
        fits.then(|| Self(text.to_owned()))
    }

    /// What can be shown of any text, as a phone's maker wrote it; none if nothing can.
    #[must_use]
    pub fn fitted(text: &str) -> Option<Self> {
        let visible = text.nfc().filter(|character| can_be_shown(character.encode_utf8(&mut [0; 4])));
        let line: String = visible.take(MAX_SHOWN_CHARS).collect();
        Self::new(line.trim())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A masked account number is one of them: not for logs.
impl fmt::Debug for Words {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Words({} bytes)", self.0.len())
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0
    }
}

/// It can't be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not one line that can be shown")]
pub struct NotShown;

impl TryFrom<String> for Words {
    type Error = NotShown;

    fn try_from(text: String) -> Result<Self, NotShown> {
        Self::new(&text).ok_or(NotShown)
    }
}
