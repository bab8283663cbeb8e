//! Making and checking [`SignedBytes`].

use crate::key::PublicKey;
use crate::wire::{Blob, SignedBytes};

impl SignedBytes {
    /// Has `sign` sign the bytes; it returns r||s of ECDSA on P-256 over their SHA-256.
    pub fn sign(bytes: Vec<u8>, kid: &str, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Self {
        let signature = Blob(sign(&bytes).to_vec());
        Self { bytes: Blob(bytes), signature, kid: kid.to_owned() }
    }

    /// Whether `key` signed them.
    pub(crate) fn holds(&self, key: &PublicKey) -> bool {
        <&[u8; 64]>::try_from(&self.signature.0[..]).is_ok_and(|signature| key.verify(&self.bytes.0, signature))
    }
}
