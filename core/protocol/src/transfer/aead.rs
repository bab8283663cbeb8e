//! AES-256-GCM (NIST SP 800-38D) with a counted nonce: 8 zero bytes, and a number that no key sees twice.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use zeroize::Zeroizing;

/// What a sealed text is longer by.
pub(super) const TAG: usize = 16;

/// It did not open: another key, number, context, or changed on the way. Which, it does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed by another key or for another place, or changed")]
pub struct Refused;

/// Ciphertext and tag. No key may seal two texts under one number.
pub(super) fn seal(key: &[u8; 32], number: u32, aad: &[u8], text: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut sealed = Vec::with_capacity(text.len() + TAG);
    sealed.extend_from_slice(text);
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(|_| Refused)?);
    key.seal_in_place_append_tag(nonce(number), Aad::from(aad), &mut sealed).map_err(|_| Refused)?;
    Ok(sealed)
}

/// The text again.
pub(super) fn open(key: &[u8; 32], number: u32, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refused> {
    let mut text = Zeroizing::new(sealed.to_vec());
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(|_| Refused)?);
    let length = key.open_in_place(nonce(number), Aad::from(aad), &mut text).map_err(|_| Refused)?.len();
    text.truncate(length);
    Ok(text)
}

fn nonce(number: u32) -> Nonce {
    let mut bytes = [0; 12];
    let (_, low) = bytes.split_at_mut(8);
    low.copy_from_slice(&number.to_be_bytes());
    Nonce::assume_unique_for_key(bytes)
}
