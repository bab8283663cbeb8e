//! Whom the phone believes: signed sets of the service's TLS keys and of its statement keys.
//!
//! Both sets are signed by an offline root that is fixed in the build, carry a version, and only move up. A set of rows is a
//! [`Set`], as anybody can write one; a [`PinSet`] or [`StatementKeys`] can only be made by verifying the root's signature.
//!
//! A set in bytes is LP of its tag, environment (u8: 0 production, 1 test), version (u64), then each row's fields in turn.

mod keys;
mod pins;
mod set;
mod signed;

pub use keys::StatementKey;
pub use pins::{Pin, PinRole};
pub use set::{MAX_ROWS, ROOT, Replacement, RootSigned, Row, Set};

use crate::wire::UnixTime;

/// The service's TLS keys, as the root signed them: SHA-256 of the SPKI each.
pub type PinSet = RootSigned<Pin>;
/// The service's keys for ledger and statements, as the root signed them.
pub type StatementKeys = RootSigned<StatementKey>;

/// Which world a set is for: nothing of one is believed in the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Env {
    /// Real people.
    Production,
    /// Invented ones.
    Test,
}

impl Env {
    /// As it stands in bytes.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Production => 0,
            Self::Test => 1,
        }
    }

    fn read(code: u8) -> Option<Self> {
        [Self::Production, Self::Test].into_iter().find(|env| env.code() == code)
    }
}

/// When a key is believed: from `from` on, and no more at `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first second.
    pub from: UnixTime,
    /// The first second after.
    pub to: UnixTime,
}

impl Period {
    /// Whether `time` lies in it.
    #[must_use]
    pub fn contains(self, time: UnixTime) -> bool {
        self.from <= time && time < self.to
    }
}

/// Why a set is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// Not such a set, or not in its one form.
    #[error("the set is malformed")]
    Malformed,
    /// Signed in another name than the root's.
    #[error("the set is not signed by the root")]
    NotRoot,
    /// The root did not sign this.
    #[error("the root's signature does not hold")]
    BadSignature,
    /// A set of the other world.
    #[error("the set is for another environment")]
    WrongEnvironment,
    /// A pin set under which no connection could be made.
    #[error("the set has no current pin")]
    NoCurrentPin,
    /// A lower version than the one that is kept.
    #[error("version {offered} after version {kept}")]
    Older {
        /// The version that stays.
        kept: u64,
        /// The version that was offered.
        offered: u64,
    },
    /// The version that is kept, with other rows: the root signed two.
    #[error("two sets of version {version}")]
    Conflict {
        /// The version.
        version: u64,
    },
}
