//! What new keys are bound to: the challenge that they are made with, the phone's name, the proof of a key that replaces another.

use citizen_encoding::Writer;
use ring::digest::{SHA256, digest};

use crate::wire::Id;

/// Which of a phone's two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyRole {
    /// `K_dev`: signs every request.
    Dev,
    /// `K_auth`: signs what the holder approves.
    Auth,
}

impl KeyRole {
    /// As it stands in challenges.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Auth => "auth",
        }
    }
}

/// What a key is made with, and its attestation repeats: SHA256(LP("eid/enrol/1") LP(`c_N`) LP(role)). One key's evidence so does not
/// pass for the other's.
#[must_use]
pub fn key_challenge(challenge: &[u8; 32], role: KeyRole) -> [u8; 32] {
    let text = Writer::default().lp(b"eid/enrol/1").lp(challenge).lp(role.as_str().as_bytes());
    sha256(&text.done())
}

/// What a new `K_dev` signs to replace the old one: LP of "EID-REKEY/1", account, challenge, new SPKI, old SPKI.
#[must_use]
pub fn rekey_proof(challenge: &[u8; 32], account: Id, new_spki: &[u8], old_spki: &[u8]) -> Vec<u8> {
    let text = Writer::default().lp(b"EID-REKEY/1").lp(&account.0).lp(challenge);
    text.lp(new_spki).lp(old_spki).done()
}

/// A phone's name: the first 16 bytes of SHA-256 of its `K_dev`'s SPKI.
#[must_use]
pub fn device_id(spki_dev: &[u8]) -> Id {
    let [first @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = sha256(spki_dev);
    Id(first)
}

/// `keys` of a phone: LP(`spki_dev`) LP(`spki_auth`), the second empty if there is none.
#[must_use]
pub fn keys(spki_dev: &[u8], spki_auth: Option<&[u8]>) -> Vec<u8> {
    Writer::default().lp(spki_dev).lp(spki_auth.unwrap_or_default()).done()
}

/// SHA-256 of [`keys`]: what the ledger names a phone by.
#[must_use]
pub fn keys_hash(spki_dev: &[u8], spki_auth: Option<&[u8]>) -> [u8; 32] {
    sha256(&keys(spki_dev, spki_auth))
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}
