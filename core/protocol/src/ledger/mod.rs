//! The account's list of devices: a chain of entries that the service signs and each phone checks.
//!
//! - [`Entry`]: one change of who is bound, linked to the one before
//! - [`HeadStatement`]: where the chain ends now, as the service says with each token
//! - [`Ledger`]: what a phone keeps of it. It only ever grows; a head that does not extend it locks the app

mod chain;
mod entry;
mod head;

pub use chain::{Extended, Holder, Ledger, MAX_PAGE, MAX_STEP};
pub use entry::{Entry, Kind};
pub use head::{Head, HeadStatement, MAX_CLOCK_OFFSET_S, VerifiedHead};

/// SHA-256.
pub type Hash = [u8; 32];

/// Why entries or a head are not taken. The ledger that was kept stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// Not such bytes, or not in their one form; or a page that is too long.
    #[error("malformed")]
    Malformed,
    /// The statement-key set has no such key for that time: fetch the newest set.
    #[error("no statement key of that name at that time")]
    UnknownKey,
    /// The key did not sign this.
    #[error("the signature does not hold")]
    BadSignature,
    /// Of another account.
    #[error("of another account")]
    WrongAccount,
    /// The head's time is over 300 s from the service's clock: an old answer, replayed.
    #[error("the head is not of now")]
    NotOfNow,
    /// An entry is not the next one.
    #[error("entry {expected} was expected")]
    Gap {
        /// The entry that comes next.
        expected: u64,
    },
    /// Signed, and not the continuation of what is kept: the service tells two histories.
    #[error("another history at entry {seq}")]
    Fork {
        /// Where they part.
        seq: u64,
    },
    /// The head lies before what is kept: the service takes entries back.
    #[error("the head went back to entry {seq}")]
    Rewound {
        /// The head's entry.
        seq: u64,
    },
    /// Signed and in its place, but no such change can follow: it would bind two phones, or hand a frozen account to one.
    #[error("entry {seq} can't follow")]
    BadChange {
        /// The entry.
        seq: u64,
    },
    /// The head lies ahead and the service has no more entries.
    #[error("no entries from {next} on, though the head lies ahead")]
    Incomplete {
        /// The entry that is missing.
        next: u64,
    },
    /// More entries lie ahead than any account can have.
    #[error("the head lies too far ahead")]
    TooFarAhead,
}

impl LedgerError {
    /// Whether the service signed what can't be: "Your list of devices changed unexpectedly". The app locks; freeze, hotline and
    /// office stay reachable. Anything else proves nothing, and is asked for again.
    #[must_use]
    pub fn locks_the_app(self) -> bool {
        matches!(self, Self::Fork { .. } | Self::Rewound { .. } | Self::BadChange { .. })
    }
}
