//! A P-256 key of the service.

use citizen_protocol::key::PublicKey;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

use super::KeysError;
use crate::data::Folder;

/// Signs documents.
pub(crate) struct Signer {
    pair: EcdsaKeyPair,
    public: PublicKey,
    random: SystemRandom,
}

impl Signer {
    pub(super) fn open(folder: &Folder, name: &'static str) -> Result<Self, KeysError> {
        let random = SystemRandom::new();
        let pkcs8 = kept_pkcs8(folder, name, &random)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8, &random)
            .map_err(|_| KeysError::Damaged(name))?;
        let public = PublicKey::from_point(pair.public_key().as_ref()).ok_or(KeysError::Damaged(name))?;
        Ok(Self { pair, public, random })
    }

    pub(crate) fn public(&self) -> &PublicKey {
        &self.public
    }

    /// r||s over SHA-256 of `message`, 64 bytes. The system may have no random bytes.
    pub(crate) fn sign(&self, message: &[u8]) -> Result<[u8; 64], KeysError> {
        let mut fixed = [0; 64];
        fixed.copy_from_slice(self.pair.sign(&self.random, message)?.as_ref());
        Ok(fixed)
    }
}

/// A key's PKCS#8, made on the first start.
pub(super) fn kept_pkcs8(folder: &Folder, name: &'static str, random: &dyn SecureRandom) -> Result<Vec<u8>, KeysError> {
    folder.kept(&format!("keys/{name}"), || {
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, random)?;
        Ok(pkcs8.as_ref().to_vec())
    })
}
