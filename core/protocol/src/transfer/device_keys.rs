//! A phone's two keys as the transfer writes them: `keys` = LP(`spki_dev`) LP(`spki_auth`, empty if none).

use citizen_encoding::Reader;
use serde::{Deserialize, Serialize};

use super::Malformed;
use crate::enrol::{device_id, keys, sha256};
use crate::key::PublicKey;
use crate::ledger::Hash;
use crate::wire::{Blob, Id};

/// Both keys of a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Blob", into = "Blob")]
pub struct DeviceKeys {
    /// `K_dev`.
    pub dev: PublicKey,
    /// `K_auth`; none on a phone without a lock screen.
    pub auth: Option<PublicKey>,
}

impl DeviceKeys {
    /// In bytes: what is hashed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        keys(self.dev.spki(), self.auth.as_ref().map(|key| &key.spki()[..]))
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes. Two keys that are one are none.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let dev = PublicKey::from_spki(reader.lp()?)?;
        let auth = match reader.lp()? {
            [] => None,
            spki => Some(PublicKey::from_spki(spki).filter(|auth| *auth != dev)?),
        };
        reader.end()?;
        Some(Self { dev, auth })
    }

    /// SHA-256 of [`encode`](Self::encode): the phone's name in the ledger.
    #[must_use]
    pub fn hash(&self) -> Hash {
        sha256(&self.encode())
    }

    /// The phone's name in requests.
    #[must_use]
    pub fn device(&self) -> Id {
        device_id(self.dev.spki())
    }

    /// The key that approves: `K_auth`, or `K_dev` where there is none.
    #[must_use]
    pub fn approval(&self) -> &PublicKey {
        self.auth.as_ref().unwrap_or(&self.dev)
    }
}

impl From<DeviceKeys> for Blob {
    fn from(keys: DeviceKeys) -> Self {
        Self(keys.encode())
    }
}

impl TryFrom<Blob> for DeviceKeys {
    type Error = Malformed;

    fn try_from(Blob(bytes): Blob) -> Result<Self, Malformed> {
        Self::decode(&bytes).ok_or(Malformed)
    }
}

/// `attest_hash`: SHA256(LP(attestation of `K_dev`) LP(attestation of `K_auth`, empty if none)), the attestations as
/// [`crate::wire::KeyEvidence`] carries them.
#[must_use]
pub fn attestation_hash(dev: &[u8], auth: Option<&[u8]>) -> Hash {
    sha256(&keys(dev, auth))
}
