//! QR-B, which N shows and O scans back: that both ends of the handshake are these two phones.
//!
//! | offset | length | field |
//! |---|---|---|
//! | 0 | 2 | magic `EY` |
//! | 2 | 1 | version 1 |
//! | 3 | 8 | the first 8 bytes of the transfer id |
//! | 11 | 16 | tag, from ck |

use citizen_encoding::{Reader, Writer};

use super::symbol;
use crate::wire::Id;

/// Its length in bytes.
pub const QR_B: usize = 27;

const MAGIC: [u8; 2] = *b"EY";
const VERSION: u8 = 1;

/// QR-B, of whichever transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QrB {
    prefix: [u8; 8],
    /// What both phones work out from the handshake.
    pub tag: [u8; 16],
}

/// Why a text is no QR-B: go on scanning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrBError {
    /// No QR-B at all.
    #[error("not a transfer's check")]
    Other,
    /// Of another version of this protocol.
    #[error("version {0} of the protocol")]
    Version(u8),
}

impl QrB {
    /// For this transfer.
    #[must_use]
    pub fn new(transfer: Id, tag: [u8; 16]) -> Self {
        let [prefix @ .., _, _, _, _, _, _, _, _] = transfer.0;
        Self { prefix, tag }
    }

    /// Whether it says to be this transfer's.
    #[must_use]
    pub fn is_of(&self, transfer: Id) -> bool {
        transfer.0.starts_with(&self.prefix)
    }

    /// In bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Writer::default().raw(&MAGIC).u8(VERSION).raw(&self.prefix).raw(&self.tag).done()
    }

    /// As the text of a QR code: 46 characters.
    #[must_use]
    pub fn text(&self) -> String {
        symbol::write(&self.encode())
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    ///
    /// # Errors
    /// See [`QrBError`].
    pub fn decode(bytes: &[u8; QR_B]) -> Result<Self, QrBError> {
        let mut reader = Reader::new(bytes);
        let is_ours = reader.array() == Some(MAGIC);
        let version = reader.u8().filter(|_| is_ours).ok_or(QrBError::Other)?;
        if version != VERSION {
            return Err(QrBError::Version(version));
        }
        let rest = reader.array().zip(reader.array());
        rest.map(|(prefix, tag)| Self { prefix, tag }).ok_or(QrBError::Other)
    }

    /// From a QR code's text.
    ///
    /// # Errors
    /// See [`QrBError`].
    pub fn read(text: &str) -> Result<Self, QrBError> {
        Self::decode(&symbol::read(text).ok_or(QrBError::Other)?)
    }
}
