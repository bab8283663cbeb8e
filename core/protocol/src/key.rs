//! Public keys of phones and of the service: P-256.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

/// SPKI of an uncompressed P-256 point, up to the point (RFC 5480, 2.1.1 and 2.2).
const SPKI_PREFIX: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];

/// A P-256 key as SPKI DER with an uncompressed point, 91 bytes. Whether the point lies on the curve shows when it verifies.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; 91]);

impl PublicKey {
    /// From its DER: this form and no other.
    #[must_use]
    pub fn from_spki(der: &[u8]) -> Option<Self> {
        let der: [u8; 91] = der.try_into().ok()?;
        der.starts_with(&SPKI_PREFIX).then_some(Self(der))
    }

    /// From its uncompressed point (SEC 1, 2.3.3), 65 bytes, as ring gives one.
    #[must_use]
    pub fn from_point(point: &[u8]) -> Option<Self> {
        let (before, _) = SPKI_PREFIX.split_at(SPKI_PREFIX.len() - 1);
        Self::from_spki(&[before, point].concat())
    }

    /// As DER.
    #[must_use]
    pub fn spki(&self) -> &[u8; 91] {
        &self.0
    }

    /// Whether `signature`, r||s, is this key's over SHA-256 of `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        let (_, point) = self.0.split_at(SPKI_PREFIX.len() - 1);
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
    }

    /// Its name in requests: the JWK thumbprint of RFC 7638, 43 characters of base64url.
    #[must_use]
    pub fn thumbprint(&self) -> String {
        let (_, coordinates) = self.0.split_at(SPKI_PREFIX.len());
        let (x, y) = coordinates.split_at(32);
        let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
        // Members in the order of their names, no spaces: RFC 7638, 3.
        let jwk = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        URL_SAFE_NO_PAD.encode(digest(&SHA256, jwk.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PublicKey({})", self.thumbprint())
    }
}
