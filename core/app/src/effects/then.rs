//! What a reply changes in the vault, beside the model that heard of it and in the same commit: a kill leaves both or neither.

use citizen_service::Outbox;
use citizen_vault::{Changes, StoreError};

use super::owner::{self, OwnerKey};
use super::pin::{self, PinRow};

/// What follows from a reply.
#[derive(Clone)]
pub(crate) enum Then {
    /// Nothing.
    Nothing,
    /// What is in the outbox under this name is done with.
    Forget(&'static str),
    /// This is the app's PIN.
    Pin(PinRow),
    /// There is no PIN.
    NoPin,
    /// This key tells the phone's owner.
    Owner(OwnerKey),
}

impl Then {
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// Whether it is so even if nobody waits for the reply any more: the service has done it, or the key store.
    pub(crate) fn is_due_anyway(&self) -> bool {
        matches!(self, Self::Forget(_) | Self::Owner(_))
    }

    /// Adds it to what is committed.
    pub(crate) fn changes(&self, changes: Changes) -> Result<Changes, StoreError> {
        match self {
            Self::Nothing => Ok(changes),
            Self::Forget(name) => Ok(Outbox::forget(name, changes)),
            Self::Pin(row) => changes.put(&pin::PIN, pin::APP, row),
            Self::NoPin => Ok(changes.delete(&pin::PIN, pin::APP)),
            Self::Owner(key) => changes.put(&owner::OWNER, owner::KEY, key),
        }
    }
}
