//! What can go wrong: while opening, while open, and to the files themselves.

use std::io;

use citizen_keystore::KeystoreError;

use crate::seal::crypto::Refused;

/// Why a vault did not open. Its files are where they were, or put aside, which the next opening that goes well reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is open already, here or in another process.
    #[error("the vault is open already")]
    InUse,
    /// The key store did not hand out the vault's key, and may later.
    #[error("key store: {0}")]
    Keystore(#[from] KeystoreError),
    /// The system did not read or write: no space, no permission.
    #[error("files: {0}")]
    Io(io::ErrorKind),
    /// The database broke or did not answer. Start the process again and try once more: further failures in a row put
    /// the damaged files aside, and start anew.
    #[error("the database broke while opening")]
    Failed,
    /// A newer version of the app wrote it: update.
    #[error("schema {found} is newer than {known}, the newest known here")]
    TooNew {
        /// The vault's.
        found: u32,
        /// The newest that this version reads.
        known: u32,
    },
    /// A step of a migration refused a row, or broke: a fault of the app.
    #[error("migration from schema {from} failed")]
    Migration {
        /// The vault's schema, which it still has.
        from: u32,
    },
}

/// Why a read or a commit failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It was closed.
    #[error("the vault is closed")]
    Closed,
    /// An earlier failure left its state unknown: open it again; everything acknowledged is there.
    #[error("the vault broke; open it again")]
    Broken,
    /// No answer in time; whether a commit holds is known after opening again.
    #[error("the vault does not answer")]
    Stuck,
    /// The system did not read or write: no space, no permission. Everything acknowledged is there.
    #[error("files: {0}")]
    Io(io::ErrorKind),
    /// The value's file is damaged or gone. Other rows are fine: fetch it again, or delete it.
    #[error("the value is damaged")]
    ValueDamaged,
    /// The row is whole, but not of the table's type.
    #[error("not a row of this table")]
    Unreadable,
    /// A name over 255 bytes, or a value over 16 MiB.
    #[error("the name or the value is too long")]
    TooLong,
    /// The key store did not do its part of a rotation; it goes on where it stopped.
    #[error("key store: {0}")]
    Keystore(#[from] KeystoreError),
}

/// What is wrong with a vault's files. They are put aside, and an empty vault takes their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The vault was here before, and its folder is gone.
    #[error("the vault's folder is gone")]
    Missing,
    /// The file of wrapped keys is gone or damaged.
    #[error("the key file is gone or damaged")]
    KeyFile,
    /// The key store no longer has the key, or another one: a copy from another phone or of an earlier epoch, or a phone that was reset.
    #[error("the key is gone")]
    KeyLost,
    /// The `head` file is gone or damaged.
    #[error("the head file is gone or damaged")]
    Head,
    /// The database says that it is damaged.
    #[error("the database is damaged")]
    Database,
    /// The database holds no sealed commit record of this vault.
    #[error("the commit record is gone or damaged")]
    Commit,
    /// Commit record and head file do not belong together: one of them is older or from elsewhere.
    #[error("an older copy")]
    Outdated,
    /// Rows are missing, changed or added.
    #[error("rows are missing or changed")]
    Rows,
    /// Opening failed again and again.
    #[error("opening failed again")]
    Opening,
}

impl Damage {
    pub(crate) const ALL: [Self; 9] = [
        Self::Missing,
        Self::KeyFile,
        Self::KeyLost,
        Self::Head,
        Self::Database,
        Self::Commit,
        Self::Outdated,
        Self::Rows,
        Self::Opening,
    ];

    /// Its name in folders, reports and scenarios.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::KeyFile => "key_file",
            Self::KeyLost => "key_lost",
            Self::Head => "head",
            Self::Database => "database",
            Self::Commit => "commit",
            Self::Outdated => "outdated",
            Self::Rows => "rows",
            Self::Opening => "opening",
        }
    }
}

/// Why the files did not give a vault: they are damaged, or not now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    Damaged(Damage),
    Failed(OpenError),
}

impl From<Damage> for Fault {
    fn from(damage: Damage) -> Self {
        Self::Damaged(damage)
    }
}

impl From<OpenError> for Fault {
    fn from(error: OpenError) -> Self {
        Self::Failed(error)
    }
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}

/// What stops a key from being made stops a rotation.
impl From<OpenError> for StoreError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Keystore(error) => Self::Keystore(error),
            OpenError::Io(kind) => Self::Io(kind),
            OpenError::InUse | OpenError::Failed | OpenError::TooNew { .. } | OpenError::Migration { .. } => {
                Self::Broken
            }
        }
    }
}

/// Sealing fails only where the system gives no random bytes.
impl From<Refused> for OpenError {
    fn from(_: Refused) -> Self {
        Self::Io(io::ErrorKind::Other)
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        Self::Failed(refused.into())
    }
}

impl From<Refused> for StoreError {
    fn from(_: Refused) -> Self {
        Self::Io(io::ErrorKind::Other)
    }
}
