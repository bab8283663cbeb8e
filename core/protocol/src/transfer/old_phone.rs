//! The handshake on the old phone: QR-A, message 2, `O_OK`. Each value is used up by the step that it allows.

use ring::rand::SecureRandom;

use super::HandshakeError;
use super::channel::Channel;
use super::keys::{CheckKey, KConf, Seed};
use super::messages::{Caps, Msg2, OOk, Peer};
use super::noise::{Initiator, InitiatorDone};
use super::qr_a::{Home, QrA, RefreshIndex, Terms};
use super::words::Words;
use crate::ledger::Hash;
use crate::wire::{Id, UnixTime};

/// One QR-A with what answers it: in memory only.
pub struct Offer {
    qr: QrA,
    k_conf: KConf,
    noise: Initiator,
}

impl Offer {
    /// A QR-A with its own seed, ephemeral key, share of the check and time.
    ///
    /// # Errors
    /// `Noise` without randomness, `Clock` after 2106.
    pub fn new(
        home: Home<'_>,
        transfer: Id,
        refresh: RefreshIndex,
        now: UnixTime,
        random: &dyn SecureRandom,
    ) -> Result<Self, HandshakeError> {
        let issued_at = u32::try_from(now.0).map_err(|_| HandshakeError::Clock)?;
        let (seed, k_conf) = (Seed::random(random)?, KConf::random(random)?);
        let terms = Terms { env: home.env, refresh, transfer, seed, issued_at, commitment: k_conf.commitment() };
        let (noise, msg1) = Initiator::start(&terms.seed.psk(transfer), &terms.prologue(home), random)?;
        Ok(Self { qr: QrA { terms, msg1 }, k_conf, noise })
    }

    /// What is shown.
    #[must_use]
    pub fn qr(&self) -> &QrA {
        &self.qr
    }

    /// Reads message 2.
    ///
    /// # Errors
    /// `Noise` or `Malformed`: the transfer is aborted.
    pub fn receive(self, msg2: &[u8]) -> Result<Answered, HandshakeError> {
        let (noise, payload) = self.noise.receive(msg2)?;
        let Msg2 { peer, n_conf } = Msg2::decode(&payload)?;
        let ck = CheckKey::agreed(&noise.hash(), &self.k_conf, &n_conf);
        let channel = Channel::new(self.qr.terms.transfer, noise.hash(), ck);
        Ok(Answered { noise, k_conf: self.k_conf, channel, peer })
    }
}

/// The QR-As that are live: the newest, and the one before it.
pub struct Offers {
    newest: Offer,
    before: Option<Offer>,
}

/// What the service says of the phone that joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Join {
    /// The flags of the QR-A that it scanned.
    pub flags: u8,
    /// SHA-256 of that QR-A.
    pub qr_a: Hash,
    /// When, by the service.
    pub at: UnixTime,
}

impl Offers {
    /// The first QR-A of a transfer.
    ///
    /// # Errors
    /// As [`Offer::new`].
    pub fn first(
        home: Home<'_>,
        transfer: Id,
        now: UnixTime,
        random: &dyn SecureRandom,
    ) -> Result<Self, HandshakeError> {
        let newest = Offer::new(home, transfer, RefreshIndex::default(), now, random)?;
        Ok(Self { newest, before: None })
    }

    /// What is shown.
    #[must_use]
    pub fn shown(&self) -> &QrA {
        self.newest.qr()
    }

    /// Another QR-A; the one before stays live, any older is erased.
    ///
    /// # Errors
    /// As [`Offer::new`].
    pub fn refreshed(self, home: Home<'_>, now: UnixTime, random: &dyn SecureRandom) -> Result<Self, HandshakeError> {
        let Terms { transfer, refresh, .. } = self.newest.qr.terms;
        let newest = Offer::new(home, transfer, refresh.next(), now, random)?;
        Ok(Self { newest, before: Some(self.newest) })
    }

    /// The offer that was joined; the other is erased.
    ///
    /// # Errors
    /// `OtherOffer` if none of the two is it, `TooOld` if it was live no more: the transfer is aborted.
    pub fn joined(self, join: &Join) -> Result<Offer, HandshakeError> {
        let is_it = |offer: &Offer| offer.qr.hash() == join.qr_a && offer.qr.terms.flags() == join.flags;
        let offers = [Some(self.newest), self.before];
        let offer = offers.into_iter().flatten().find(is_it).ok_or(HandshakeError::OtherOffer)?;
        if offer.qr.terms.is_live(join.at) { Ok(offer) } else { Err(HandshakeError::TooOld) }
    }
}

/// Message 2 has been read. What it says and the channel are to be kept before `O_OK` goes out.
pub struct Answered {
    noise: InitiatorDone,
    k_conf: KConf,
    channel: Channel,
    peer: Peer,
}

impl Answered {
    /// Who answered, by its own word.
    #[must_use]
    pub fn peer(&self) -> &Peer {
        &self.peer
    }

    /// h and ck.
    #[must_use]
    pub fn channel(&self) -> &Channel {
        &self.channel
    }

    /// `O_OK`, sealed: once. The handshake's keys end here.
    ///
    /// # Errors
    /// `Noise`, if the library fails.
    pub fn ok(self, account: Words, server_nonce: [u8; 32], caps: Caps) -> Result<Agreed, HandshakeError> {
        let ok = OOk { k_conf: self.k_conf, account, server_nonce, caps };
        let message = self.noise.seal(&ok.encode())?;
        Ok(Agreed { message, channel: self.channel, peer: self.peer })
    }
}

/// What O keeps before it sends `O_OK`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// `O_OK` for slot o2n/0. A resend sends these bytes.
    pub message: Vec<u8>,
    /// h and ck.
    pub channel: Channel,
    /// Who answered.
    pub peer: Peer,
}

silent!(Offer, Offers, Answered);
