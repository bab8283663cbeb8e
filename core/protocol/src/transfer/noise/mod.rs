//! The handshake, `Noise_NNpsk0_25519_ChaChaPoly_SHA256` (Noise revision 34): two messages, and one more under its keys.
//!
//! ```text
//! O, initiator                     N, responder
//!   msg1: psk, e        ------>                      in QR-A
//!                       <------   msg2: e, ee        mailbox n2o/0
//!   O_OK                ------>                      mailbox o2n/0
//! ```
//! Each value is used up by its step, so no step can happen twice. All of it lives in memory: a kill ends it.

mod primitives;
#[cfg(test)]
mod tests;

use ring::agreement::{EphemeralPrivateKey, X25519};
use ring::rand::SecureRandom;
use snow::params::NoiseParams;
use snow::{Builder, HandshakeState, TransportState};
use zeroize::Zeroizing;

use self::primitives::Ring;
use super::keys::Psk;
use crate::ledger::Hash;

/// The pattern's name.
pub const PATTERN: &str = "Noise_NNpsk0_25519_ChaChaPoly_SHA256";
/// Bytes of message 1, which has no payload: e and a tag.
pub const MSG1: usize = 48;
/// What message 2 is longer than its payload.
const MSG2_OVERHEAD: usize = 48;
/// What a transport message is longer than its payload.
const TAG: usize = 16;

/// Why the handshake ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoiseError {
    /// The message does not open: another seed, another transcript, or changed on the way.
    #[error("the message does not open")]
    Refused,
    /// The system gave no random bytes.
    #[error("no randomness")]
    NoRandomness,
}

impl From<snow::Error> for NoiseError {
    fn from(_: snow::Error) -> Self {
        Self::Refused
    }
}

/// What a message carried. Erased when it goes.
pub type Payload = Zeroizing<Vec<u8>>;

/// O, waiting for message 2.
pub struct Initiator(HandshakeState);

impl Initiator {
    /// Makes an ephemeral key and message 1.
    ///
    /// # Errors
    /// `NoRandomness`.
    pub fn start(psk: &Psk, prologue: &[u8], random: &dyn SecureRandom) -> Result<(Self, [u8; MSG1]), NoiseError> {
        Self::with(builder(random)?, psk, prologue)
    }

    fn with(builder: Builder<'_>, psk: &Psk, prologue: &[u8]) -> Result<(Self, [u8; MSG1]), NoiseError> {
        let mut state = builder.psk(0, psk.bytes())?.prologue(prologue)?.build_initiator()?;
        let mut msg1 = [0; MSG1];
        let length = state.write_message(&[], &mut msg1)?;
        if length == MSG1 { Ok((Self(state), msg1)) } else { Err(NoiseError::Refused) }
    }

    /// Reads message 2.
    ///
    /// # Errors
    /// `Refused`; there is no second try.
    pub fn receive(self, msg2: &[u8]) -> Result<(InitiatorDone, Payload), NoiseError> {
        let Self(mut state) = self;
        let payload = read(msg2, |message, payload| state.read_message(message, payload))?;
        let hash = hash(&state)?;
        Ok((InitiatorDone { transport: state.into_transport_mode()?, hash }, payload))
    }
}

/// O, about to send its only message under the handshake's keys.
pub struct InitiatorDone {
    transport: TransportState,
    hash: Hash,
}

impl InitiatorDone {
    /// h, which names everything that was said.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Seals that message.
    ///
    /// # Errors
    /// `Refused` if it is too long for any (65,535 bytes).
    pub fn seal(mut self, payload: &[u8]) -> Result<Vec<u8>, NoiseError> {
        write(payload, TAG, |payload, message| self.transport.write_message(payload, message))
    }
}

/// N, which has read message 1.
pub struct Responder(HandshakeState);

impl Responder {
    /// Makes an ephemeral key and reads message 1.
    ///
    /// # Errors
    /// `Refused` or `NoRandomness`.
    pub fn start(psk: &Psk, prologue: &[u8], msg1: &[u8; MSG1], random: &dyn SecureRandom) -> Result<Self, NoiseError> {
        Self::with(builder(random)?, psk, prologue, msg1)
    }

    fn with(builder: Builder<'_>, psk: &Psk, prologue: &[u8], msg1: &[u8; MSG1]) -> Result<Self, NoiseError> {
        let mut state = builder.psk(0, psk.bytes())?.prologue(prologue)?.build_responder()?;
        let length = state.read_message(msg1, &mut [0; MSG1])?;
        if length == 0 { Ok(Self(state)) } else { Err(NoiseError::Refused) }
    }

    /// Makes message 2.
    ///
    /// # Errors
    /// `Refused` if the payload is too long for any, or the other side's key is none.
    pub fn reply(self, payload: &[u8]) -> Result<(ResponderDone, Vec<u8>), NoiseError> {
        let Self(mut state) = self;
        let msg2 = write(payload, MSG2_OVERHEAD, |payload, message| state.write_message(payload, message))?;
        let hash = hash(&state)?;
        Ok((ResponderDone { transport: state.into_transport_mode()?, hash }, msg2))
    }
}

/// N, waiting for O's only message under the handshake's keys.
pub struct ResponderDone {
    transport: TransportState,
    hash: Hash,
}

impl ResponderDone {
    /// h, which names everything that was said.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Opens that message.
    ///
    /// # Errors
    /// `Refused`; there is no second try.
    pub fn open(mut self, message: &[u8]) -> Result<Payload, NoiseError> {
        read(message, |message, payload| self.transport.read_message(message, payload))
    }
}

fn builder<'b>(random: &dyn SecureRandom) -> Result<Builder<'b>, NoiseError> {
    let key = EphemeralPrivateKey::generate(&X25519, random).map_err(|_| NoiseError::NoRandomness)?;
    Ok(Builder::with_resolver(params()?, Box::new(Ring::with(key))))
}

fn params() -> Result<NoiseParams, NoiseError> {
    Ok(PATTERN.parse()?)
}

fn hash(state: &HandshakeState) -> Result<Hash, NoiseError> {
    state.get_handshake_hash().try_into().map_err(|_| NoiseError::Refused)
}

fn read(
    message: &[u8],
    open: impl FnOnce(&[u8], &mut [u8]) -> Result<usize, snow::Error>,
) -> Result<Payload, NoiseError> {
    let mut payload = Zeroizing::new(vec![0; message.len()]);
    let length = open(message, &mut payload)?;
    payload.truncate(length);
    Ok(payload)
}

fn write(
    payload: &[u8],
    overhead: usize,
    seal: impl FnOnce(&[u8], &mut [u8]) -> Result<usize, snow::Error>,
) -> Result<Vec<u8>, NoiseError> {
    let mut message = vec![0; payload.len() + overhead];
    let length = seal(payload, &mut message)?;
    if length == message.len() { Ok(message) } else { Err(NoiseError::Refused) }
}

silent!(Initiator, InitiatorDone, Responder, ResponderDone);
