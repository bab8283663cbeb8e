//! The handshake on the new phone: QR-A, message 2, `O_OK`. Each value is used up by the step that it allows.

use ring::rand::SecureRandom;

use super::HandshakeError;
use super::channel::Channel;
use super::endorsement::KnownToNew;
use super::keys::{CheckKey, NConf};
use super::messages::{Msg2, OOk, Peer};
use super::noise::{NoiseError, Responder, ResponderDone};
use super::qr_a::{Home, QrA, QrAError};
use super::words::Words;
use crate::ledger::Hash;
use crate::wire::{Id, UnixTime};

/// Why a text is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// See [`QrAError`].
    #[error(transparent)]
    Qr(#[from] QrAError),
    /// Message 1 does not open: the old phone's app is of another service, or a bit was misread or changed.
    #[error("of another service, or damaged")]
    OtherHome,
    /// The system gave no random bytes.
    #[error("no randomness")]
    NoRandomness,
}

/// A QR-A that is for this phone: in memory only.
pub struct Scanned {
    qr: QrA,
    n_conf: NConf,
    noise: Responder,
}

impl Scanned {
    /// Reads a QR code's text: magic, version, environment, age, message 1.
    ///
    /// # Errors
    /// See [`ScanError`].
    pub fn read(text: &str, home: Home<'_>, now: UnixTime, random: &dyn SecureRandom) -> Result<Self, ScanError> {
        let qr = QrA::read(text, home.env, now)?;
        let psk = qr.terms.seed.psk(qr.terms.transfer);
        let noise = Responder::start(&psk, &qr.terms.prologue(home), &qr.msg1, random).map_err(refused)?;
        let n_conf = NConf::random(random).map_err(refused)?;
        Ok(Self { qr, n_conf, noise })
    }

    /// The transfer to join.
    #[must_use]
    pub fn transfer(&self) -> Id {
        self.qr.terms.transfer
    }

    /// What join repeats: QR-A's flags.
    #[must_use]
    pub fn flags(&self) -> u8 {
        self.qr.terms.flags()
    }

    /// What join names QR-A by: SHA-256 of its bytes.
    #[must_use]
    pub fn qr_hash(&self) -> Hash {
        self.qr.hash()
    }

    /// Message 2, sealed: once.
    ///
    /// # Errors
    /// `Noise`, if the old phone's key is none.
    pub fn reply(self, peer: Peer) -> Result<Replied, HandshakeError> {
        let msg2 = Msg2 { peer, n_conf: self.n_conf };
        let (noise, message) = self.noise.reply(&msg2.encode())?;
        Ok(Replied { qr: self.qr, noise, msg2, message })
    }
}

fn refused(error: NoiseError) -> ScanError {
    match error {
        NoiseError::Refused => ScanError::OtherHome,
        NoiseError::NoRandomness => ScanError::NoRandomness,
    }
}

/// Message 2 is on its way.
pub struct Replied {
    qr: QrA,
    noise: ResponderDone,
    msg2: Msg2,
    message: Vec<u8>,
}

impl Replied {
    /// Message 2 for slot n2o/0. A resend sends these bytes.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// Reads `O_OK`.
    ///
    /// # Errors
    /// `Noise`, `Malformed`, or `OtherShare`: the transfer is aborted.
    pub fn confirm(self, message: &[u8]) -> Result<Met, HandshakeError> {
        let Self { qr, noise, msg2: Msg2 { peer, n_conf }, .. } = self;
        let handshake = noise.hash();
        let OOk { k_conf, account, server_nonce, caps } = OOk::decode(&noise.open(message)?)?;
        if k_conf.commitment() != qr.terms.commitment {
            return Err(HandshakeError::OtherShare);
        }
        let transfer = qr.terms.transfer;
        let channel = Channel::new(transfer, handshake, CheckKey::agreed(&handshake, &k_conf, &n_conf));
        let Peer { keys, attest_hash, .. } = peer;
        let caps = peer.caps.and(caps);
        let known = KnownToNew { transfer, keys, attest_hash, handshake, server_nonce, caps };
        Ok(Met { channel, account, known })
    }
}

/// Both phones have met: what N keeps before it shows the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// h and ck.
    pub channel: Channel,
    /// Whose account is about to move, with most of it hidden.
    pub account: Words,
    /// What the endorsement must say.
    pub known: KnownToNew,
}

silent!(Scanned, Replied);
