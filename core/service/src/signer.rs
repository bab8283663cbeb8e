//! The key that signs requests: in the key store, without a prompt.

use std::sync::Arc;

use citizen_keystore::{DeviceKeystore, KeystoreError, Prompt, TIME_LIMIT};
use citizen_protocol::signature::fixed_from_der;
use tokio::time::timeout;

use crate::aside::aside;

/// A key of the key store by its alias.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) keystore: Arc<dyn DeviceKeystore>,
    pub(crate) alias: String,
    /// The thumbprint that requests name it by.
    pub(crate) keyid: String,
}

impl Signer {
    /// r||s over SHA-256 of `message`.
    pub(crate) async fn sign(&self, message: Vec<u8>) -> Result<[u8; 64], KeystoreError> {
        sign(&self.keystore, &self.alias, message, None).await
    }
}

/// Something with the key store, off this thread: it blocks, and may ask the holder. One that never answers is given up, and one that
/// breaks is an error.
pub(crate) async fn ask<T: Send + 'static>(
    keystore: &Arc<dyn DeviceKeystore>,
    call: impl FnOnce(&dyn DeviceKeystore) -> Result<T, KeystoreError> + Send + 'static,
) -> Result<T, KeystoreError> {
    let keystore = Arc::clone(keystore);
    match timeout(TIME_LIMIT, aside(move || call(&*keystore))).await {
        Ok(answered) => answered.unwrap_or(Err(KeystoreError::Unexpected)),
        Err(_) => Err(KeystoreError::TimedOut),
    }
}

/// r||s over SHA-256 of `message`.
pub(crate) async fn sign(
    keystore: &Arc<dyn DeviceKeystore>,
    alias: &str,
    message: Vec<u8>,
    prompt: Option<Prompt>,
) -> Result<[u8; 64], KeystoreError> {
    let alias = alias.to_owned();
    let der = ask(keystore, move |keystore| keystore.sign(alias, message, prompt)).await?;
    fixed_from_der(&der).ok_or(KeystoreError::Unexpected)
}
