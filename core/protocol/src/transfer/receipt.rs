//! R, in which the service says that the account has moved: without it the old phone wipes nothing, and the new one is not active.
//!
//! R = LP of "EID-XFER-RECEIPT/1", account, transfer id, `hash_E`, SHA256(`keys_N`), SHA256(`keys_O`), seq, head, time; signed by a
//! statement key.

use citizen_encoding::{Reader, Writer};
use serde::{Deserialize, Serialize};

use super::endorsement::SignedEndorsement;
use crate::ledger::{Entry, Hash, Head, Kind};
use crate::trust::StatementKeys;
use crate::wire::{Id, SignedBytes, UnixTime};

const TAG: &[u8] = b"EID-XFER-RECEIPT/1";

/// What the service says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Whose.
    pub account: Id,
    /// In which transfer.
    pub transfer: Id,
    /// Of E with its signature.
    pub endorsement: Hash,
    /// SHA-256 of the new phone's keys.
    pub new_keys: Hash,
    /// SHA-256 of the old phone's keys.
    pub old_keys: Hash,
    /// The ledger's entry for it.
    pub head: Head,
    /// When.
    pub time: UnixTime,
}

/// Why a receipt is not taken: nothing is wiped, nothing becomes active.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not such bytes, or not in their one form.
    #[error("malformed")]
    Malformed,
    /// The statement-key set has no such key for that time: fetch the newest set.
    #[error("no statement key of that name at that time")]
    UnknownKey,
    /// The key did not sign this.
    #[error("the signature does not hold")]
    BadSignature,
    /// Of another account, transfer, endorsement or phone.
    #[error("of another transfer")]
    OtherTransfer,
    /// The ledger's head is not the one that follows from E: the service tells another history.
    #[error("another head than the one that follows")]
    OtherHead,
}

/// The ledger's entry that this endorsement leads to at `time`: the service appends it, both phones work out its head.
#[must_use]
pub fn entry(signed: &SignedEndorsement, time: UnixTime) -> Entry {
    let endorsement = &signed.endorsement;
    Entry {
        account: endorsement.account,
        seq: endorsement.head.seq.saturating_add(1),
        previous: endorsement.head.hash,
        kind: Kind::Transfer,
        new_keys: Some(endorsement.new_keys.hash()),
        old_keys: Some(endorsement.old_keys),
        evidence: signed.hash(),
        time,
    }
}

/// The head that must be in R: of [`entry`].
#[must_use]
pub fn expected_head(signed: &SignedEndorsement, time: UnixTime) -> Head {
    let entry = entry(signed, time);
    Head { seq: entry.seq, hash: entry.head() }
}

impl Receipt {
    /// For this endorsement, at `time`.
    #[must_use]
    pub fn new(signed: &SignedEndorsement, time: UnixTime) -> Self {
        let endorsement = &signed.endorsement;
        Self {
            account: endorsement.account,
            transfer: endorsement.transfer,
            endorsement: signed.hash(),
            new_keys: endorsement.new_keys.hash(),
            old_keys: endorsement.old_keys,
            head: expected_head(signed, time),
            time,
        }
    }

    /// In bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::default().lp(TAG).lp(&self.account.0).lp(&self.transfer.0).lp(&self.endorsement);
        let writer = writer.lp(&self.new_keys).lp(&self.old_keys).lp(&self.head.seq.to_be_bytes());
        writer.lp(&self.head.hash).lp(&self.time.0.to_be_bytes()).done()
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        (reader.lp()? == TAG).then_some(())?;
        let receipt = Self {
            account: Id(reader.field()?),
            transfer: Id(reader.field()?),
            endorsement: reader.field()?,
            new_keys: reader.field()?,
            old_keys: reader.field()?,
            head: Head { seq: u64::from_be_bytes(reader.field()?), hash: reader.field()? },
            time: UnixTime(u64::from_be_bytes(reader.field()?)),
        };
        reader.end()?;
        Some(receipt)
    }

    /// Signs it with the statement key `kid`.
    pub fn sign(&self, kid: &str, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> SignedBytes {
        SignedBytes::sign(self.encode(), kid, sign)
    }
}

/// A receipt that a statement key of its time signed, for the endorsement at hand, with the head that follows. Only with one of these
/// the old phone wipes, and the new one becomes active.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedReceipt {
    signed: SignedBytes,
    head: Head,
    time: UnixTime,
}

impl VerifiedReceipt {
    /// The only way to one.
    ///
    /// # Errors
    /// See [`ReceiptError`].
    pub fn verified(
        signed: &SignedBytes,
        keys: &StatementKeys,
        endorsement: &SignedEndorsement,
    ) -> Result<Self, ReceiptError> {
        let receipt = Receipt::decode(&signed.bytes.0).ok_or(ReceiptError::Malformed)?;
        let key = keys.key_at(&signed.kid, receipt.time).ok_or(ReceiptError::UnknownKey)?;
        if !signed.holds(key) {
            return Err(ReceiptError::BadSignature);
        }
        let wanted = Receipt::new(endorsement, receipt.time);
        if (Receipt { head: wanted.head, ..receipt }) != wanted {
            return Err(ReceiptError::OtherTransfer);
        }
        if receipt != wanted {
            return Err(ReceiptError::OtherHead);
        }
        Ok(Self { signed: signed.clone(), head: receipt.head, time: receipt.time })
    }

    /// As the service signed it.
    #[must_use]
    pub fn signed(&self) -> &SignedBytes {
        &self.signed
    }

    /// The account's ledger ends there now.
    #[must_use]
    pub fn head(&self) -> Head {
        self.head
    }

    /// When the account moved: the old phone may freeze for 72 h from then, the new one cools down.
    #[must_use]
    pub fn time(&self) -> UnixTime {
        self.time
    }
}
