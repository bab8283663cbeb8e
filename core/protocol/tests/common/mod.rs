//! Keys that sign, and every way to change one bit.

use citizen_protocol::key::PublicKey;
use citizen_protocol::trust::{Period, StatementKey};
use citizen_protocol::wire::{SignedBytes, UnixTime};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};

/// What comes before an uncompressed P-256 point in its SPKI (RFC 5480, 2.1.1).
const SPKI_HEAD: [u8; 26] =
    [48, 89, 48, 19, 6, 7, 42, 134, 72, 206, 61, 2, 1, 6, 8, 42, 134, 72, 206, 61, 3, 1, 7, 3, 66, 0];

/// 2026-11-22 00:00:00 UTC.
pub(crate) const NOW: UnixTime = UnixTime(1_795_305_600);

/// A key pair of its own.
pub(crate) struct Signer {
    pair: EcdsaKeyPair,
    pub(crate) key: PublicKey,
}

impl Signer {
    pub(crate) fn new() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        let spki = [&SPKI_HEAD[..], pair.public_key().as_ref()].concat();
        Self { pair, key: PublicKey::from_spki(&spki).unwrap() }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.pair.sign(&SystemRandom::new(), message).unwrap().as_ref().try_into().unwrap()
    }
}

/// A row of a statement-key set.
pub(crate) fn statement_key(kid: &str, signer: &Signer, period: Period) -> StatementKey {
    StatementKey { kid: kid.into(), key: signer.key, period }
}

pub(crate) fn year_around() -> Period {
    const YEAR_S: u64 = 365 * 24 * 3600;
    Period { from: UnixTime(NOW.0 - YEAR_S), to: NOW.plus(YEAR_S) }
}

/// Calls `check` with the document after each flip of one bit, of its bytes or its signature. Returns how many there were.
pub(crate) fn each_flip(signed: &SignedBytes, mut check: impl FnMut(&SignedBytes, String)) -> usize {
    let (bytes, signature) = (signed.bytes.0.len() * 8, signed.signature.0.len() * 8);
    for bit in 0..bytes {
        let mut flipped = signed.clone();
        flipped.bytes.0[bit / 8] ^= 1 << (bit % 8);
        check(&flipped, format!("bit {bit} of the bytes"));
    }
    for bit in 0..signature {
        let mut flipped = signed.clone();
        flipped.signature.0[bit / 8] ^= 1 << (bit % 8);
        check(&flipped, format!("bit {bit} of the signature"));
    }
    bytes + signature
}
