//! What N signs when it has everything: LP of "EID-XFER-COMMIT/1", transfer id, `hash_E`, `manifest_hash`, h.

use citizen_encoding::Writer;

use super::device_keys::DeviceKeys;
use crate::ledger::Hash;
use crate::wire::Id;

const TAG: &[u8] = b"EID-XFER-COMMIT/1";

/// That N has the vault's export, and takes over; signed by its `K_dev`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commit {
    /// The transfer.
    pub transfer: Id,
    /// Of E with its signature.
    pub endorsement: Hash,
    /// Of the manifest.
    pub manifest: Hash,
    /// h.
    pub handshake: Hash,
}

impl Commit {
    /// In bytes: what is signed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::default().lp(TAG).lp(&self.transfer.0).lp(&self.endorsement);
        writer.lp(&self.manifest).lp(&self.handshake).done()
    }

    /// Whether the phone with these keys signed it, by the key that signs requests.
    #[must_use]
    pub fn is_by(&self, new: &DeviceKeys, signature: &[u8; 64]) -> bool {
        new.dev.verify(&self.encode(), signature)
    }
}
