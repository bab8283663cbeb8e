//! The service's keys, made at the first start and kept in the data folder for its owner only.
//!
//! ```text
//! keys/ca.pkcs8, ca.der     test CA
//! keys/server.pkcs8         TLS key: the current pin
//! keys/next.pkcs8           the key after it: the next pin
//! keys/backup.pkcs8         what would lie in a safe: the backup pin
//! keys/root.pkcs8           signs pin set and statement-key set; would be offline
//! keys/statement.pkcs8      signs ledger entries and heads
//! keys/mac                  32 bytes: nonces
//! keys/trust.json           pin set and statement-key set, as the root signed them once
//! desk-token                32 random bytes in base64url: an officer's credential
//! ```

mod certificates;
mod signer;
mod trust;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_protocol::wire::{Blob, Code, SignedBytes, TrustDocuments, UnixTime};
use rcgen::{KeyPair, PublicKeyData};
use ring::digest::{SHA256, digest};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use rustls::pki_types::PrivatePkcs8KeyDer;

pub(crate) use certificates::Tls;
pub(crate) use signer::Signer;

use crate::data::Folder;

/// Why keys can't be made or read.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file system says no.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A file in `keys/` is not what was written.
    #[error("keys/{0} is damaged: start afresh with --reset")]
    Damaged(&'static str),
    /// The system gives no random bytes.
    #[error("no random bytes")]
    Random,
    /// No certificate could be written.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
}

impl From<ring::error::Unspecified> for KeysError {
    fn from(_: ring::error::Unspecified) -> Self {
        Self::Random
    }
}

/// All of them.
pub(crate) struct ServiceKeys {
    pub(crate) root: Signer,
    pub(crate) statement: Signer,
    pub(crate) pins: Pins,
    /// The CA's certificate, DER.
    pub(crate) ca: Vec<u8>,
    trust: TrustDocuments,
    pub(crate) mac: hmac::Key,
    desk_token: String,
}

/// SHA-256 of the SPKI of TLS keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pins {
    pub(crate) current: [u8; 32],
    pub(crate) next: [u8; 32],
    pub(crate) backup: [u8; 32],
}

impl ServiceKeys {
    /// Reads them, or makes them; with what TLS is served with. `times`: the computer's and the service's.
    pub(crate) fn open(folder: &Folder, times: [UnixTime; 2]) -> Result<(Self, Tls), KeysError> {
        let random = SystemRandom::new();
        let [ca_key, server, next, backup] =
            ["ca.pkcs8", "server.pkcs8", "next.pkcs8", "backup.pkcs8"].map(|name| tls_key(folder, name, &random));
        let (ca_key, server) = (ca_key?, server?);
        let ca = folder.kept("keys/ca.der", || certificates::ca(&ca_key))?;
        let tls = certificates::tls((&ca_key, &ca), &server, times, &random)?;
        let (root, statement) = (Signer::open(folder, "root.pkcs8")?, Signer::open(folder, "statement.pkcs8")?);
        let pins = Pins { current: pin(&server), next: pin(&next?), backup: pin(&backup?) };
        let keys = Self {
            trust: trust::kept(folder, &root, &statement, &pins, times[1])?,
            root,
            statement,
            pins,
            ca,
            mac: mac_key(&folder.kept("keys/mac", || bytes(&random))?)?,
            desk_token: desk_token(folder, &random)?,
        };
        Ok((keys, tls))
    }

    /// Signs a ledger entry or another statement of the service.
    pub(crate) fn statement(&self, bytes: Vec<u8>) -> Result<SignedBytes, Code> {
        let signature = self.statement.sign(&bytes).map_err(|_| Code::Internal)?;
        let (bytes, signature) = (Blob(bytes), Blob(signature.to_vec()));
        Ok(SignedBytes { bytes, signature, kid: trust::STATEMENT_KID.to_owned() })
    }

    /// Pin set and statement-key set.
    pub(crate) fn trust(&self) -> &TrustDocuments {
        &self.trust
    }

    /// What an officer shows.
    pub(crate) fn desk_token(&self) -> &str {
        &self.desk_token
    }

    /// Whether that is the officer's token, in a time that does not tell how much of it is right.
    pub(crate) fn is_desk_token(&self, shown: &str) -> bool {
        // MACs under a key that only the service has: their comparison stops early without telling anything about the token.
        let tag = hmac::sign(&self.mac, self.desk_token.as_bytes());
        hmac::verify(&self.mac, shown.as_bytes(), tag.as_ref()).is_ok()
    }
}

/// HMAC-SHA-256, as nonces use it.
pub(crate) fn mac_key(key: &[u8]) -> Result<hmac::Key, KeysError> {
    if key.is_empty() { Err(KeysError::Damaged("mac")) } else { Ok(hmac::Key::new(hmac::HMAC_SHA256, key)) }
}

fn bytes(random: &dyn SecureRandom) -> Result<Vec<u8>, KeysError> {
    let mut bytes = vec![0; 32];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

fn desk_token(folder: &Folder, random: &dyn SecureRandom) -> Result<String, KeysError> {
    let text = folder.kept("desk-token", || Ok::<_, KeysError>(URL_SAFE_NO_PAD.encode(bytes(random)?).into_bytes()))?;
    let text = String::from_utf8(text).map_err(|_| KeysError::Damaged("../desk-token"))?;
    // Somebody may have chosen one with an editor, which ends the line.
    let text = text.trim().to_owned();
    if text.len() < 16 { Err(KeysError::Damaged("../desk-token")) } else { Ok(text) }
}

fn tls_key(folder: &Folder, name: &'static str, random: &dyn SecureRandom) -> Result<KeyPair, KeysError> {
    let pkcs8 = signer::kept_pkcs8(folder, name, random)?;
    let pkcs8 = PrivatePkcs8KeyDer::from(pkcs8);
    KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8, &rcgen::PKCS_ECDSA_P256_SHA256).map_err(|_| KeysError::Damaged(name))
}

fn pin(key: &KeyPair) -> [u8; 32] {
    let mut pin = [0; 32];
    pin.copy_from_slice(digest(&SHA256, &key.subject_public_key_info()).as_ref());
    pin
}
