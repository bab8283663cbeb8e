//! The chain: which entry may follow, and who is bound after it.

use serde::{Deserialize, Serialize};

use super::{Entry, Hash, Head, Kind, LedgerError, VerifiedHead};
use crate::trust::StatementKeys;
use crate::wire::{Id, SignedBytes, UnixTime};

/// The most entries of a page.
pub const MAX_PAGE: usize = 100;
/// The most entries that a head may lie ahead: a change of phones each day for 27 years.
pub const MAX_STEP: u64 = 10_000;

/// Who is bound: one phone or none, never two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// No phone.
    Nobody,
    /// The phone with this SHA-256 of its keys.
    Phone(Hash),
    /// No phone, and none can be before an *unfreeze*.
    Frozen,
}

impl Holder {
    /// The keys that are served.
    fn keys(self) -> Option<Hash> {
        match self {
            Self::Phone(keys) => Some(keys),
            Self::Nobody | Self::Frozen => None,
        }
    }

    /// Who is bound after a change; `None` if it can't follow.
    fn after(self, kind: Kind, new: Option<Hash>) -> Option<Self> {
        let is_other = new != self.keys();
        match (kind, self, new) {
            (Kind::Enrol, Self::Nobody, Some(keys)) => Some(Self::Phone(keys)),
            (Kind::Transfer | Kind::Rekey, Self::Phone(_), Some(keys)) if is_other => Some(Self::Phone(keys)),
            (Kind::Office | Kind::Recovery, Self::Nobody | Self::Phone(_), Some(keys)) if is_other => {
                Some(Self::Phone(keys))
            }
            (Kind::Freeze, Self::Nobody | Self::Phone(_), None) => Some(Self::Frozen),
            (Kind::Unfreeze, Self::Frozen, None) => Some(Self::Nobody),
            _ => None,
        }
    }
}

/// An account's ledger up to some entry: what a phone keeps, and what the service appends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    account: Id,
    head: Option<Head>,
    holder: Holder,
}

/// What a page of entries led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extended {
    /// Up to the head: keep it.
    Whole(Ledger),
    /// A part of the way: fetch from its [`Ledger::next_seq`].
    Part(Ledger),
}

impl Ledger {
    /// Before the first entry.
    #[must_use]
    pub fn new(account: Id) -> Self {
        Self { account, head: None, holder: Holder::Nobody }
    }

    /// The last entry, if there is one.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        self.head
    }

    /// Who is bound.
    #[must_use]
    pub fn holder(&self) -> Holder {
        self.holder
    }

    /// SHA-256 of the keys that are served: of one phone, or none.
    #[must_use]
    pub fn bound_keys(&self) -> Option<Hash> {
        self.holder.keys()
    }

    /// The number of the next entry.
    #[must_use]
    pub fn next_seq(&self) -> u64 {
        self.head.map_or(0, |head| head.seq.saturating_add(1))
    }

    /// The entry that makes this change: for the service to sign and append.
    ///
    /// # Errors
    /// `BadChange` if it can't follow.
    pub fn next(
        &self,
        kind: Kind,
        new_keys: Option<Hash>,
        evidence: Hash,
        time: UnixTime,
    ) -> Result<Entry, LedgerError> {
        let previous = self.head.map(|head| head.hash).unwrap_or_default();
        let (account, seq, old_keys) = (self.account, self.next_seq(), self.bound_keys());
        let entry = Entry { account, seq, previous, kind, new_keys, old_keys, evidence, time };
        self.append(&entry).map(|_| entry)
    }

    /// With one more entry, whose signature has been checked.
    ///
    /// # Errors
    /// `WrongAccount`, `Gap`, `Fork` or `BadChange`.
    pub fn append(&self, entry: &Entry) -> Result<Self, LedgerError> {
        let seq = entry.seq;
        ensure(entry.account == self.account, LedgerError::WrongAccount)?;
        ensure(seq == self.next_seq(), LedgerError::Gap { expected: self.next_seq() })?;
        let previous = self.head.map(|head| head.hash).unwrap_or_default();
        ensure(entry.previous == previous, LedgerError::Fork { seq })?;
        ensure(entry.old_keys == self.bound_keys(), LedgerError::BadChange { seq })?;
        let holder = self.holder.after(entry.kind, entry.new_keys).ok_or(LedgerError::BadChange { seq })?;
        Ok(Self { account: self.account, head: Some(Head { seq, hash: entry.head() }), holder })
    }

    /// With a page of entries, on the way to the head that the service states. Entries behind that head are left for the next time.
    ///
    /// A head that is reached already needs no page: call it with none.
    ///
    /// # Errors
    /// See [`LedgerError`]; of [`LedgerError::locks_the_app`] there is no way back but the office.
    pub fn extend(
        &self,
        page: &[SignedBytes],
        to: &VerifiedHead,
        keys: &StatementKeys,
    ) -> Result<Extended, LedgerError> {
        let statement = to.statement();
        let (end, kept) = (statement.head, self.head.map(|head| head.seq));
        ensure(statement.account == self.account, LedgerError::WrongAccount)?;
        ensure(kept.is_none_or(|kept| kept <= end.seq), LedgerError::Rewound { seq: end.seq })?;
        ensure(end.seq - kept.unwrap_or(0) <= MAX_STEP, LedgerError::TooFarAhead)?;
        ensure(page.len() <= MAX_PAGE, LedgerError::Malformed)?;
        let mut ledger = *self;
        for signed in page {
            if ledger.is_at(end.seq) {
                break;
            }
            ledger = ledger.append(&Entry::verified(signed, keys)?)?;
        }
        if ledger.is_at(end.seq) {
            ensure(ledger.head == Some(end), LedgerError::Fork { seq: end.seq })?;
            return Ok(Extended::Whole(ledger));
        }
        ensure(!page.is_empty(), LedgerError::Incomplete { next: ledger.next_seq() })?;
        Ok(Extended::Part(ledger))
    }

    fn is_at(&self, seq: u64) -> bool {
        self.head.is_some_and(|head| head.seq == seq)
    }
}

fn ensure(holds: bool, error: LedgerError) -> Result<(), LedgerError> {
    if holds { Ok(()) } else { Err(error) }
}
