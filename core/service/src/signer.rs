//! The key that signs requests: in the key store, without a prompt.

use std::sync::Arc;

use citizen_keystore::{DeviceKeystore, KeystoreError, Prompt};
use citizen_protocol::signature::fixed_from_der;
use tokio::task::spawn_blocking;

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

/// Signs off this thread: a key store blocks, and may ask the holder.
pub(crate) async fn sign(
    keystore: &Arc<dyn DeviceKeystore>,
    alias: &str,
    message: Vec<u8>,
    prompt: Option<Prompt>,
) -> Result<[u8; 64], KeystoreError> {
    let (keystore, alias) = (Arc::clone(keystore), alias.to_owned());
    let der = spawn_blocking(move || keystore.sign(alias, message, prompt)).await;
    let der = der.unwrap_or(Err(KeystoreError::Unexpected))?;
    fixed_from_der(&der).ok_or(KeystoreError::Unexpected)
}
