//! Two phones and a service, as far as bytes go.

use citizen_protocol::enrol::KeyRole;
use citizen_protocol::ledger::Head;
use citizen_protocol::transfer::{
    Agreed, Caps, DeviceKeys, Endorsement, Home, Join, Met, Offers, OldPhone, Peer, Scanned, SignedEndorsement, Words,
};
use citizen_protocol::trust::Env;
use citizen_protocol::wire::{Id, UnixTime};
use ring::rand::SystemRandom;

use crate::common::{NOW, Signer};

pub(crate) const HOME: Home<'static> = Home { env: Env::Test, host: "eid.example.vn" };
pub(crate) const TRANSFER: Id = Id([0x7a; 16]);
pub(crate) const ACCOUNT: Id = Id([0xac; 16]);
pub(crate) const SERVER_NONCE: [u8; 32] = [0x5e; 32];
pub(crate) const HEAD: Head = Head { seq: 6, hash: [0x1e; 32] };

/// A phone's two keys.
pub(crate) struct Phone {
    pub(crate) dev: Signer,
    pub(crate) auth: Signer,
}

impl Phone {
    pub(crate) fn new() -> Self {
        Self { dev: Signer::new(), auth: Signer::new() }
    }

    pub(crate) fn keys(&self) -> DeviceKeys {
        DeviceKeys { dev: self.dev.key, auth: Some(self.auth.key) }
    }

    pub(crate) fn sign(&self, role: KeyRole, message: &[u8]) -> [u8; 64] {
        match role {
            KeyRole::Dev => self.dev.sign(message),
            KeyRole::Auth => self.auth.sign(message),
        }
    }
}

pub(crate) fn words(text: &str) -> Words {
    Words::new(text).unwrap()
}

/// The new phone, which knows of two more things than the old one.
pub(crate) fn peer(keys: DeviceKeys) -> Peer {
    Peer {
        keys,
        attest_hash: [0xa7; 32],
        model: words("Galaxy A12"),
        os: words("Android 11"),
        app_version: words("1.0"),
        caps: Caps(0b111),
    }
}

/// Both phones after the handshake.
pub(crate) struct Handshake {
    pub(crate) old: Phone,
    pub(crate) new: Phone,
    pub(crate) agreed: Agreed,
    pub(crate) met: Met,
}

impl Handshake {
    pub(crate) fn done() -> Self {
        let (old, new, random) = (Phone::new(), Phone::new(), SystemRandom::new());
        let offer = Offers::first(HOME, TRANSFER, NOW, &random).unwrap();
        let scanned = Scanned::read(&offer.shown().text(), HOME, NOW, &random).unwrap();
        let join = joined(&scanned, NOW);
        let replied = scanned.reply(peer(new.keys())).unwrap();
        let answered = offer.joined(&join).unwrap().receive(replied.message()).unwrap();
        let agreed = answered.ok(words("0791••••••18"), SERVER_NONCE, Caps::VAULT).unwrap();
        let met = replied.confirm(&agreed.message).unwrap();
        Self { old, new, agreed, met }
    }

    pub(crate) fn old_phone(&self) -> OldPhone {
        let keys = self.old.keys();
        OldPhone { account: ACCOUNT, keys, caps: Caps::VAULT, server_nonce: SERVER_NONCE, head: HEAD }
    }

    /// O scans QR-B and endorses.
    pub(crate) fn endorsement(&self) -> Endorsement {
        let Agreed { channel, peer, .. } = &self.agreed;
        let confirmed = channel.confirm_scan(&self.met.channel.qr_b()).unwrap();
        Endorsement::new(&self.old_phone(), peer, channel, confirmed, NOW)
    }

    pub(crate) fn signed(&self) -> SignedEndorsement {
        let endorsement = self.endorsement();
        SignedEndorsement { endorsement, signature: self.old.sign(KeyRole::Auth, &endorsement.encode()) }
    }
}

pub(crate) fn joined(scanned: &Scanned, at: UnixTime) -> Join {
    Join { flags: scanned.flags(), qr_a: scanned.qr_hash(), at }
}

/// Calls `check` with the bytes after each flip of one bit. Returns how many there were.
pub(crate) fn each_bit(bytes: &[u8], mut check: impl FnMut(&[u8], usize)) -> usize {
    let mut flipped = bytes.to_vec();
    for bit in 0..bytes.len() * 8 {
        flipped[bit / 8] ^= 1 << (bit % 8);
        check(&flipped, bit);
        flipped[bit / 8] ^= 1 << (bit % 8);
    }
    bytes.len() * 8
}
