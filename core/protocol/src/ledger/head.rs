//! Where the ledger ends: LP of "EID-HEAD/1", account, seq, head, time.

use citizen_encoding::{Reader, Writer};
use serde::{Deserialize, Serialize};

use super::{Hash, LedgerError};
use crate::trust::StatementKeys;
use crate::wire::{Id, SignedBytes, UnixTime};

const TAG: &[u8] = b"EID-HEAD/1";

/// How far a statement's time may be from the service's clock as the phone knows it, in seconds.
pub const MAX_CLOCK_OFFSET_S: u64 = 300;

/// The last entry that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its number.
    pub seq: u64,
    /// SHA-256 of its bytes.
    pub hash: Hash,
}

/// What the service says with each token: the account's ledger ends here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadStatement {
    /// Whose.
    pub account: Id,
    /// The last entry.
    pub head: Head,
    /// When that was so.
    pub time: UnixTime,
}

impl HeadStatement {
    /// In bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::default().lp(TAG).lp(&self.account.0).lp(&self.head.seq.to_be_bytes());
        writer.lp(&self.head.hash).lp(&self.time.0.to_be_bytes()).done()
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        (reader.lp()? == TAG).then_some(())?;
        let account = Id(reader.field()?);
        let head = Head { seq: u64::from_be_bytes(reader.field()?), hash: reader.field()? };
        let time = UnixTime(u64::from_be_bytes(reader.field()?));
        reader.end()?;
        Some(Self { account, head, time })
    }

    /// Signs it with the statement key `kid`.
    pub fn sign(&self, kid: &str, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> SignedBytes {
        SignedBytes::sign(self.encode(), kid, sign)
    }
}

/// A statement that a statement key signed, a moment ago.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerifiedHead(HeadStatement);

impl VerifiedHead {
    /// The only way to one. `now` is the service's time as the phone knows it.
    ///
    /// # Errors
    /// `Malformed`, `UnknownKey`, `BadSignature`, or `NotOfNow`.
    pub fn verified(signed: &SignedBytes, keys: &StatementKeys, now: UnixTime) -> Result<Self, LedgerError> {
        let statement = HeadStatement::decode(&signed.bytes.0).ok_or(LedgerError::Malformed)?;
        let key = keys.key_at(&signed.kid, statement.time).ok_or(LedgerError::UnknownKey)?;
        if !signed.holds(key) {
            return Err(LedgerError::BadSignature);
        }
        let is_of_now = statement.time.0.abs_diff(now.0) <= MAX_CLOCK_OFFSET_S;
        if is_of_now { Ok(Self(statement)) } else { Err(LedgerError::NotOfNow) }
    }

    /// What it says.
    #[must_use]
    pub fn statement(&self) -> &HeadStatement {
        &self.0
    }
}
