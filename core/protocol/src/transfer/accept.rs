//! What N signs to accept: LP of "EID-XFER-ACCEPT/1", transfer id, `hash_E`, h, `c_N`.

use citizen_encoding::Writer;

use super::device_keys::DeviceKeys;
use crate::ledger::Hash;
use crate::wire::Id;

const TAG: &[u8] = b"EID-XFER-ACCEPT/1";

/// That N takes the account that E hands over; signed by its `K_auth`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accept {
    /// The transfer.
    pub transfer: Id,
    /// Of E with its signature.
    pub endorsement: Hash,
    /// h.
    pub handshake: Hash,
    /// `c_N`: the challenge that N's keys were made with.
    pub challenge: [u8; 32],
}

impl Accept {
    /// In bytes: what is signed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::default().lp(TAG).lp(&self.transfer.0).lp(&self.endorsement);
        writer.lp(&self.handshake).lp(&self.challenge).done()
    }

    /// Whether the phone with these keys signed it, by the key that approves.
    #[must_use]
    pub fn is_by(&self, new: &DeviceKeys, signature: &[u8; 64]) -> bool {
        new.approval().verify(&self.encode(), signature)
    }
}
