//! What the phones say to each other, in bytes: each a row of LP fields, read strictly.

use citizen_encoding::{Reader, Writer};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::Malformed;
use super::device_keys::DeviceKeys;
use super::keys::{KConf, NConf, VaultKey};
use super::words::Words;
use crate::ledger::Hash;

/// The longest message of the mailbox, sealed, in bytes.
pub const MAX_MESSAGE: usize = 4096;

/// What a phone can do, as bits. A bit that only the other side knows drops out where both meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Caps(pub u32);

impl Caps {
    /// Bit 0: the vault's export travels in chunks, as here.
    pub const VAULT: Self = Self(1);

    /// What both can.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether all of `wanted` is there.
    #[must_use]
    pub fn has(self, wanted: Self) -> bool {
        self.and(wanted) == wanted
    }
}

/// N as it describes itself. Its keys are proven later; model, system and version are only its word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// Its keys, freshly made.
    pub keys: DeviceKeys,
    /// [`super::attestation_hash`] of their attestations.
    pub attest_hash: Hash,
    /// What it calls itself.
    pub model: Words,
    /// Its system and version.
    pub os: Words,
    /// The app's version.
    pub app_version: Words,
    /// What it can do.
    pub caps: Caps,
}

/// Message 2, slot n2o/0, under Noise: LP of `keys_N`, `attest_hash`, model, os, `app_version`, caps, `n_conf`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Msg2 {
    /// Who N is.
    pub peer: Peer,
    /// N's share of the check.
    pub n_conf: NConf,
}

impl Msg2 {
    /// In bytes.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let Peer { keys, attest_hash, model, os, app_version, caps } = &self.peer;
        let writer = Writer::default().lp(&keys.encode()).lp(attest_hash).lp(model.as_str().as_bytes());
        let writer = writer.lp(os.as_str().as_bytes()).lp(app_version.as_str().as_bytes());
        Zeroizing::new(writer.lp(&caps.0.to_be_bytes()).lp(self.n_conf.bytes()).done())
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::parse(bytes).ok_or(Malformed)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let peer = Peer {
            keys: DeviceKeys::decode(reader.lp()?)?,
            attest_hash: reader.field()?,
            model: Words::new(reader.text()?)?,
            os: Words::new(reader.text()?)?,
            app_version: Words::new(reader.text()?)?,
            caps: Caps(u32::from_be_bytes(reader.field()?)),
        };
        let n_conf = NConf::new(reader.field()?);
        reader.end()?;
        Some(Self { peer, n_conf })
    }
}

/// `O_OK`, slot o2n/0, under Noise: LP of `k_conf`, masked account, `server_nonce`, caps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OOk {
    /// O's share of the check, as QR-A promised it.
    pub k_conf: KConf,
    /// Whose account is about to move, with most of it hidden.
    pub account: Words,
    /// The service's nonce for this transfer.
    pub server_nonce: [u8; 32],
    /// What O can do.
    pub caps: Caps,
}

impl OOk {
    /// In bytes.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        let writer = Writer::default().lp(self.k_conf.bytes()).lp(self.account.as_str().as_bytes());
        Zeroizing::new(writer.lp(&self.server_nonce).lp(&self.caps.0.to_be_bytes()).done())
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::parse(bytes).ok_or(Malformed)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let ok = Self {
            k_conf: KConf::new(reader.field()?),
            account: Words::new(reader.text()?)?,
            server_nonce: reader.field()?,
            caps: Caps(u32::from_be_bytes(reader.field()?)),
        };
        reader.end()?;
        Some(ok)
    }
}

/// Slot o2n/2, under `K_o2n`: LP of `K_vault`, `manifest_hash`. What opens the chunks, and what they must add up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultGrant {
    /// Seals the chunks.
    pub key: VaultKey,
    /// SHA-256 of the manifest.
    pub manifest_hash: Hash,
}

impl VaultGrant {
    /// In bytes.
    #[must_use]
    pub fn encode(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(Writer::default().lp(self.key.bytes()).lp(&self.manifest_hash).done())
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        Self::parse(bytes).ok_or(Malformed)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let grant = Self { key: VaultKey::new(reader.field()?), manifest_hash: reader.field()? };
        reader.end()?;
        Some(grant)
    }
}
