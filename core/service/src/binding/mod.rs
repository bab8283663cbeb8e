//! The phone's keys: made with the service's challenge, registered, replaced, lost.
//!
//! `K_dev` signs each request without a prompt; `K_auth` signs what the holder approves. What is under way is in the vault, with the keys'
//! aliases: after a kill it goes on, or its keys are deleted.

mod enrol;
mod kept;
mod make;
mod rekey;

use std::sync::Arc;

use citizen_keystore::{KeyPolicy, KeystoreError, Prompt};
use citizen_protocol::wire::Id;

use crate::error::ServiceError;
use crate::link::Link;
use crate::outbox::Outbox;
use crate::signer::sign;

pub(crate) use kept::kept_signer;
pub use rekey::Rekey;

/// What a phone says of itself; what it claims, never evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneInfo {
    /// Its model.
    pub model: String,
    /// Its system and version.
    pub os: String,
    /// The app's version.
    pub app_version: String,
}

/// A registered phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Its id.
    pub device: Id,
    /// What `K_auth` asks of the holder; none if the phone has no lock screen, so that there is no such key.
    pub approval: Option<KeyPolicy>,
}

/// Binds this phone.
#[derive(Clone)]
pub struct Binding {
    link: Arc<Link>,
    outbox: Outbox,
}

impl Binding {
    /// Over a link and its outbox.
    #[must_use]
    pub fn new(link: Arc<Link>, outbox: Outbox) -> Self {
        Self { link, outbox }
    }

    /// r||s by `K_auth` over SHA-256 of `message`; the holder reads `prompt`.
    ///
    /// # Errors
    /// `AuthKeyLost` if the phone's biometrics changed: [`rekey`](Self::rekey). `Keystore(NotEnrolled)` if there is no such key.
    pub async fn approve(&self, message: Vec<u8>, prompt: Prompt) -> Result<[u8; 64], ServiceError> {
        let keys = self.kept().await?.and_then(kept::Kept::keys).ok_or(ServiceError::NotBound)?;
        let auth = keys.auth.ok_or(ServiceError::Keystore(KeystoreError::NotEnrolled))?;
        sign(&self.link.keystore, &auth.alias, message, Some(prompt)).await.map_err(|error| match error {
            KeystoreError::Invalidated | KeystoreError::KeyMissing => ServiceError::AuthKeyLost,
            other => ServiceError::Keystore(other),
        })
    }
}
