//! What the shell does next when something did not work. The cause stays inside.

use std::io;

use citizen_keystore::KeystoreError;
use citizen_service::ConfigError;
use citizen_vault::{OpenError, StoreError};

/// What to do next. None of them carries personal data: all may stand in a crash report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum Problem {
    /// The key store did not hand out the storage's key, and may later. Offer *Try again*, after the time it names if it does.
    #[error("key store: {error}")]
    Keystore {
        /// What it said.
        error: KeystoreError,
    },
    /// The app is open already. Close the other one, or wait for it to end.
    #[error("the app is open already")]
    InUse,
    /// No space left. Ask the holder to make some, then try again.
    #[error("no space left")]
    NoSpace,
    /// The system does not let the app write into its own folder. Restart; then reinstalling helps.
    #[error("the system refuses the app's files")]
    Files,
    /// Something broke. Start the app again; what was acknowledged is there.
    #[error("restart the app")]
    Restart,
    /// A newer version of the app was here. Update.
    #[error("update the app")]
    Update,
    /// The build's own configuration of the service does not hold: no citizen can do anything about it.
    #[error("the configuration of the service does not hold")]
    Configuration,
}

impl From<ConfigError> for Problem {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::Root | ConfigError::Host | ConfigError::Pins(_) => Self::Configuration,
            ConfigError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Io(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => Self::NoSpace,
            StoreError::Io(_) => Self::Files,
            StoreError::Keystore(error) => Self::Keystore { error },
            StoreError::Closed
            | StoreError::Broken
            | StoreError::Stuck
            | StoreError::ValueDamaged
            | StoreError::Unreadable
            | StoreError::TooLong => Self::Restart,
        }
    }
}

impl From<OpenError> for Problem {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::InUse => Self::InUse,
            OpenError::Keystore(error) => Self::Keystore { error },
            OpenError::Io(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => Self::NoSpace,
            OpenError::Io(_) => Self::Files,
            OpenError::Failed | OpenError::Migration { .. } => Self::Restart,
            OpenError::TooNew { .. } => Self::Update,
        }
    }
}
