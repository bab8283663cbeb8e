//! The pattern's primitives on ring. Not snow's own resolver for ring: that one has no X25519, and its feature would bring a second
//! SHA-2, BLAKE2 and another source of randomness along.

use std::sync::{Arc, Mutex, PoisonError};

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{EphemeralPrivateKey, UnparsedPublicKey, X25519, agree_ephemeral};
use ring::digest::{Context, SHA256};
use snow::Error;
use snow::params::{CipherChoice, DHChoice, HashChoice};
use snow::resolvers::CryptoResolver;
use snow::types::{Cipher, Dh, Hash, Random};
use zeroize::Zeroizing;

const KEY: usize = 32;
const TAG: usize = 16;

/// The one ephemeral key of a handshake, until it has agreed.
type Slot = Arc<Mutex<Option<EphemeralPrivateKey>>>;

/// Gives a handshake its primitives, and the ephemeral key that was made for it.
pub(super) struct Ring(Slot);

impl Ring {
    pub(super) fn with(key: EphemeralPrivateKey) -> Self {
        Self(Arc::new(Mutex::new(Some(key))))
    }
}

impl CryptoResolver for Ring {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(Box::new(NoRandomness))
    }

    fn resolve_dh(&self, choice: &DHChoice) -> Option<Box<dyn Dh>> {
        let Self(slot) = self;
        matches!(choice, DHChoice::Curve25519).then(|| Box::new(Agreement::new(slot)) as _)
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        matches!(choice, HashChoice::SHA256).then(|| Box::new(Sha256(Context::new(&SHA256))) as _)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        matches!(choice, CipherChoice::ChaChaPoly).then(|| Box::new(ChaChaPoly(None)) as _)
    }
}

/// Nothing here is random but the ephemeral key, and that was made before.
struct NoRandomness;

impl Random for NoRandomness {
    fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Error> {
        Err(Error::Rng)
    }
}

/// X25519 (RFC 7748), once: ring's ephemeral keys agree a single time, which is all that NN asks for. A point that gives zeros is
/// refused.
struct Agreement {
    slot: Slot,
    public: [u8; KEY],
}

impl Agreement {
    fn new(slot: &Slot) -> Self {
        Self { slot: Arc::clone(slot), public: [0; KEY] }
    }
}

impl Dh for Agreement {
    fn name(&self) -> &'static str {
        "25519"
    }

    fn pub_len(&self) -> usize {
        KEY
    }

    fn priv_len(&self) -> usize {
        0
    }

    /// NN has no static keys to set.
    fn set(&mut self, _: &[u8]) {}

    fn generate(&mut self, _: &mut dyn Random) -> Result<(), Error> {
        let slot = self.slot.lock().unwrap_or_else(PoisonError::into_inner);
        let public = slot.as_ref().ok_or(Error::Dh)?.compute_public_key().map_err(|_| Error::Dh)?;
        self.public = public.as_ref().try_into().map_err(|_| Error::Dh)?;
        Ok(())
    }

    fn pubkey(&self) -> &[u8] {
        &self.public
    }

    fn privkey(&self) -> &[u8] {
        &[]
    }

    fn dh(&self, peer: &[u8], out: &mut [u8]) -> Result<(), Error> {
        let key = self.slot.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or(Error::Dh)?;
        // snow hands over a buffer for the longest key that it knows of.
        let peer = peer.get(..KEY).ok_or(Error::Dh)?;
        let out = out.get_mut(..KEY).ok_or(Error::Dh)?;
        agree_ephemeral(key, &UnparsedPublicKey::new(&X25519, peer), |shared| out.copy_from_slice(shared))
            .map_err(|_| Error::Dh)
    }
}

/// SHA-256 (FIPS 180-4).
pub(super) struct Sha256(Context);

impl Hash for Sha256 {
    fn name(&self) -> &'static str {
        "SHA256"
    }

    fn block_len(&self) -> usize {
        64
    }

    fn hash_len(&self) -> usize {
        32
    }

    fn reset(&mut self) {
        self.0 = Context::new(&SHA256);
    }

    fn input(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    fn result(&mut self, out: &mut [u8]) {
        let hash = self.0.clone().finish();
        for (to, from) in out.iter_mut().zip(hash.as_ref()) {
            *to = *from;
        }
    }
}

/// ChaCha20-Poly1305 (RFC 8439) as Noise numbers it: nonce = 4 zero bytes and the counter, little-endian (Noise, 12.3).
pub(super) struct ChaChaPoly(Option<LessSafeKey>);

impl ChaChaPoly {
    fn sealed(&self, counter: u64, ad: &[u8], plaintext: &[u8], out: &mut [u8]) -> Option<usize> {
        let Self(key) = self;
        let (text, rest) = out.split_at_mut_checked(plaintext.len())?;
        let tag_at = rest.get_mut(..TAG)?;
        text.copy_from_slice(plaintext);
        let tag = key.as_ref()?.seal_in_place_separate_tag(nonce(counter), Aad::from(ad), text).ok()?;
        tag_at.copy_from_slice(tag.as_ref());
        Some(plaintext.len() + TAG)
    }

    fn opened(&self, counter: u64, ad: &[u8], ciphertext: &[u8], out: &mut [u8]) -> Option<usize> {
        let Self(key) = self;
        let mut sealed = Zeroizing::new(ciphertext.to_vec());
        let text = key.as_ref()?.open_in_place(nonce(counter), Aad::from(ad), &mut sealed).ok()?;
        out.get_mut(..text.len())?.copy_from_slice(text);
        Some(text.len())
    }
}

fn nonce(counter: u64) -> Nonce {
    let mut bytes = [0; 12];
    let (_, low) = bytes.split_at_mut(4);
    low.copy_from_slice(&counter.to_le_bytes());
    Nonce::assume_unique_for_key(bytes)
}

impl Cipher for ChaChaPoly {
    fn name(&self) -> &'static str {
        "ChaChaPoly"
    }

    fn set(&mut self, key: &[u8; 32]) {
        self.0 = UnboundKey::new(&CHACHA20_POLY1305, key).ok().map(LessSafeKey::new);
    }

    /// snow has no way to hear of a failure here. There is none with a key set; without one nothing is written, and a message of the
    /// wrong length goes no further.
    fn encrypt(&self, counter: u64, ad: &[u8], plaintext: &[u8], out: &mut [u8]) -> usize {
        self.sealed(counter, ad, plaintext, out).unwrap_or_else(|| {
            out.fill(0);
            0
        })
    }

    fn decrypt(&self, counter: u64, ad: &[u8], ciphertext: &[u8], out: &mut [u8]) -> Result<usize, Error> {
        self.opened(counter, ad, ciphertext, out).ok_or(Error::Decrypt)
    }
}
