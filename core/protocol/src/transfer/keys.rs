//! Secrets of a transfer, and how one follows from another: HKDF-SHA-256 (RFC 5869).

use ring::hmac::{HMAC_SHA256, Key, sign};
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use super::noise::NoiseError;
use crate::enrol::sha256;
use crate::ledger::Hash;
use crate::wire::Id;

macro_rules! secret {
    ($($(#[$doc:meta])* $name:ident $length:literal;)*) => {
        $(
            $(#[$doc])*
            ///
            /// Erased when it goes, compared in constant time, printed never. It serialises for the vault, and for nothing else.
            #[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
            #[serde(transparent)]
            pub struct $name([u8; $length]);

            impl $name {
                /// From bytes that were agreed on or read.
                #[must_use]
                pub fn new(bytes: [u8; $length]) -> Self {
                    Self(bytes)
                }

                /// Drawn anew.
                ///
                /// # Errors
                /// `NoRandomness`.
                pub fn random(random: &dyn SecureRandom) -> Result<Self, NoiseError> {
                    let mut secret = Self([0; $length]);
                    random.fill(&mut secret.0).map_err(|_| NoiseError::NoRandomness)?;
                    Ok(secret)
                }

                /// Its bytes, for who encrypts or encodes with them.
                #[must_use]
                pub fn bytes(&self) -> &[u8; $length] {
                    &self.0
                }
            }

            impl PartialEq for $name {
                fn eq(&self, other: &Self) -> bool {
                    self.0.ct_eq(&other.0).into()
                }
            }

            impl Eq for $name {}

            silent!($name);
        )*
    };
}

secret! {
    /// What QR-A hands over by light: the handshake's pre-shared key follows from it.
    Seed 16;
    /// The handshake's pre-shared key.
    Psk 32;
    /// O's share of the check, promised in QR-A and shown after N's.
    KConf 32;
    /// N's share of the check.
    NConf 32;
    /// ck, from which the check and the later keys follow.
    CheckKey 32;
    /// Seals what O sends to N after the handshake.
    O2nKey 32;
    /// Seals the chunks of the vault's export.
    VaultKey 32;
}

impl Seed {
    /// psk = HKDF-SHA-256(ikm seed, salt transfer id, info "eid-xfer/1 psk").
    #[must_use]
    pub fn psk(&self, transfer: Id) -> Psk {
        let prk = CheckKey(extract(&transfer.0, &self.0));
        Psk(expand(&prk.0, b"eid-xfer/1 psk"))
    }
}

impl KConf {
    /// What QR-A promises: the first 16 bytes of its SHA-256. Without it a middleman could grind the four digits.
    #[must_use]
    pub fn commitment(&self) -> [u8; 16] {
        let [first @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = sha256(&self.0);
        first
    }
}

impl CheckKey {
    /// ck = HKDF-Extract(salt h, ikm `k_conf` || `n_conf`).
    #[must_use]
    pub fn agreed(h: &Hash, k_conf: &KConf, n_conf: &NConf) -> Self {
        let mut shares = [0; 64];
        let (k, n) = shares.split_at_mut(32);
        k.copy_from_slice(&k_conf.0);
        n.copy_from_slice(&n_conf.0);
        let ck = Self(extract(h, &shares));
        shares.zeroize();
        ck
    }

    /// QR-B's tag: Expand("qr-b", 16).
    #[must_use]
    pub fn tag(&self) -> [u8; 16] {
        expand(&self.0, b"qr-b")
    }

    /// The digits' value: Expand("code", 4) as u32, mod 10^4.
    #[must_use]
    pub fn digits(&self) -> u32 {
        u32::from_be_bytes(expand(&self.0, b"code")) % 10_000
    }

    /// `K_o2n`: Expand("o2n", 32).
    #[must_use]
    pub fn o2n(&self) -> O2nKey {
        O2nKey(expand(&self.0, b"o2n"))
    }
}

/// HKDF-Extract is one HMAC: unlike ring's it gives the key as bytes, which the vault keeps.
fn extract(salt: &[u8], ikm: &[u8]) -> [u8; 32] {
    hmac(salt, &[ikm])
}

/// HKDF-Expand for what fits into one block, where it is one HMAC too.
fn expand<const N: usize>(key: &[u8; 32], info: &[u8]) -> [u8; N] {
    const { assert!(N <= 32) };
    let mut block = hmac(key, &[info, &[1]]);
    let mut out = [0; N];
    for (to, from) in out.iter_mut().zip(block) {
        *to = from;
    }
    block.zeroize();
    out
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut whole = parts.concat();
    let mac = sign(&Key::new(HMAC_SHA256, key), &whole);
    whole.zeroize();
    let mut bytes = [0; 32];
    bytes.copy_from_slice(mac.as_ref());
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ring::hkdf::{HKDF_SHA256, KeyType, Salt};

    use super::*;
    use crate::transfer::testing::bytes;

    struct Length(usize);

    impl KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }

    /// RFC 5869, A.1: the first block of its 42 bytes.
    #[test]
    fn extract_and_expand_are_the_rfcs() {
        let salt: Vec<u8> = (0..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        let prk = extract(&salt, &[0x0b; 22]);
        assert_eq!(prk[..], bytes("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        let okm: [u8; 32] = expand(&prk, &info);
        assert_eq!(okm[..], bytes("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    }

    proptest! {
        #[test]
        fn they_agree_with_rings(salt: Vec<u8>, ikm: Vec<u8>, info: Vec<u8>) {
            let mut rings = [0; 32];
            Salt::new(HKDF_SHA256, &salt).extract(&ikm).expand(&[&info], Length(32)).unwrap().fill(&mut rings).unwrap();
            let whole: [u8; 32] = expand(&extract(&salt, &ikm), &info);
            prop_assert_eq!(whole, rings);
            let short: [u8; 4] = expand(&extract(&salt, &ikm), &info);
            prop_assert_eq!(&short[..], &rings[..4]);
        }
    }

    /// Worked out with Python's `hmac`, so that a change of any label or order shows.
    #[test]
    fn the_schedule_is_fixed() {
        let psk = Seed::new([1; 16]).psk(Id([2; 16]));
        assert_eq!(psk.bytes()[..], bytes("ccacc0344b0b9d1891cf8af629e5de5e135067a752f640a613cf8722e88109cb"));
        let k_conf = KConf::new([4; 32]);
        assert_eq!(k_conf.commitment()[..], bytes("9f4fb68f3e1dac82202f9aa581ce0bbf"));
        let ck = CheckKey::agreed(&[3; 32], &k_conf, &NConf::new([5; 32]));
        assert_eq!(ck.bytes()[..], bytes("4e3dc61a4896ca87aa9c59d5b884d03ee8e17bddbff492bb661e4cc348ebb16d"));
        assert_eq!(ck.tag()[..], bytes("834fc3d178cf1c25572ac6e238e3c1db"));
        assert_eq!(ck.digits(), 9254);
        let o2n = ck.o2n();
        assert_eq!(o2n.bytes()[..], bytes("750867b68425b9dfae3c838810708786c29d7e4e7c75608e535ce92de7e53660"));
    }

    #[test]
    fn secrets_are_silent_erased_and_kept_by_the_vault() {
        let mut key = VaultKey::new([0xab; 32]);
        assert_eq!(format!("{key:?}"), "VaultKey");
        let row = serde_json::to_vec(&key).unwrap();
        assert_eq!(serde_json::from_slice::<VaultKey>(&row).unwrap(), key);
        key.zeroize();
        assert_eq!(key, VaultKey::new([0; 32]));
    }
}
