//! One entry: LP of "EID-LEDGER/1", account, seq, previous head, kind, new keys' hash, old keys' hash, evidence's hash, time.

use citizen_encoding::{Reader, Writer};

use super::{Hash, LedgerError};
use crate::enrol::sha256;
use crate::trust::StatementKeys;
use crate::wire::{Id, SignedBytes, UnixTime};

const TAG: &[u8] = b"EID-LEDGER/1";

/// What happened to the account's phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A first phone, or one where none was bound.
    Enrol,
    /// From phone to phone.
    Transfer,
    /// By an officer, in person.
    Office,
    /// Remote recovery.
    Recovery,
    /// New keys of the same phone.
    Rekey,
    /// No phone is served.
    Freeze,
    /// The end of that, in person: no phone is bound yet.
    Unfreeze,
}

impl Kind {
    /// Every kind, in the order of their codes.
    pub const ALL: [Self; 7] =
        [Self::Enrol, Self::Transfer, Self::Office, Self::Recovery, Self::Rekey, Self::Freeze, Self::Unfreeze];

    /// As it stands in bytes: 0 to 6.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    fn read(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A change of who is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub account: Id,
    /// 0, then one more each.
    pub seq: u64,
    /// The head before this; zeros before the first.
    pub previous: Hash,
    /// What happened.
    pub kind: Kind,
    /// SHA-256 of the keys that are bound from now on; in bytes zeros for none.
    pub new_keys: Option<Hash>,
    /// SHA-256 of the keys that were bound until now; in bytes zeros for none.
    pub old_keys: Option<Hash>,
    /// SHA-256 of what the service decided on.
    pub evidence: Hash,
    /// When.
    pub time: UnixTime,
}

impl Entry {
    /// In bytes: what is signed and hashed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::default().lp(TAG).lp(&self.account.0).lp(&self.seq.to_be_bytes()).lp(&self.previous);
        let writer = writer.lp(&[self.kind.code()]).lp(&self.new_keys.unwrap_or_default());
        let writer = writer.lp(&self.old_keys.unwrap_or_default()).lp(&self.evidence);
        writer.lp(&self.time.0.to_be_bytes()).done()
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        (reader.lp()? == TAG).then_some(())?;
        let entry = Self {
            account: Id(reader.field()?),
            seq: u64::from_be_bytes(reader.field()?),
            previous: reader.field()?,
            kind: Kind::read(u8::from_be_bytes(reader.field()?))?,
            new_keys: Some(reader.field()?).filter(|hash| *hash != Hash::default()),
            old_keys: Some(reader.field()?).filter(|hash| *hash != Hash::default()),
            evidence: reader.field()?,
            time: UnixTime(u64::from_be_bytes(reader.field()?)),
        };
        reader.end()?;
        Some(entry)
    }

    /// The ledger's head after this entry: SHA-256 of its bytes.
    #[must_use]
    pub fn head(&self) -> Hash {
        sha256(&self.encode())
    }

    /// Signs it with the statement key `kid`.
    pub fn sign(&self, kid: &str, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> SignedBytes {
        SignedBytes::sign(self.encode(), kid, sign)
    }

    /// An entry that a statement key of its time signed.
    ///
    /// # Errors
    /// `Malformed`, `UnknownKey` or `BadSignature`.
    pub fn verified(signed: &SignedBytes, keys: &StatementKeys) -> Result<Self, LedgerError> {
        let entry = Self::decode(&signed.bytes.0).ok_or(LedgerError::Malformed)?;
        let key = keys.key_at(&signed.kid, entry.time).ok_or(LedgerError::UnknownKey)?;
        if signed.holds(key) { Ok(entry) } else { Err(LedgerError::BadSignature) }
    }
}
