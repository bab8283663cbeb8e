//! E, in which the old phone names the new one: O signs it once, keeps the bytes, and sends no other.
//!
//! E = LP of "EID-XFER-ENDORSE/1", account, transfer id, `dev_O`, SHA256(`keys_O`), `keys_N`, `attest_hash`, h, `server_nonce`,
//! `ledger_seq`, `prev_head`, issued, expires, check, caps. `hash_E` = SHA256(LP(E) LP(sig)).

use citizen_encoding::{Reader, Writer};
use serde::{Deserialize, Serialize};

use super::Malformed;
use super::channel::{Channel, Check, Confirmed};
use super::device_keys::DeviceKeys;
use super::messages::{Caps, Peer};
use crate::enrol::sha256;
use crate::key::PublicKey;
use crate::ledger::{Hash, Head};
use crate::wire::{Blob, Id, UnixTime};

const TAG: &[u8] = b"EID-XFER-ENDORSE/1";
/// How long N may accept, in seconds: what `expires` lies behind `issued`.
pub const VALID_S: u64 = 600;
/// How far `issued` may be from a reader's clock, in seconds.
pub const CLOCK_WINDOW_S: u64 = 300;

/// What the old phone says. Made by [`Endorsement::new`] or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endorsement {
    /// Whose.
    pub account: Id,
    /// In which transfer.
    pub transfer: Id,
    /// The old phone.
    pub old_device: Id,
    /// SHA-256 of the old phone's keys.
    pub old_keys: Hash,
    /// The new phone's keys.
    pub new_keys: DeviceKeys,
    /// Of their attestations.
    pub attest_hash: Hash,
    /// h.
    pub handshake: Hash,
    /// The service's nonce for this transfer.
    pub server_nonce: [u8; 32],
    /// The ledger's last entry: its number is `ledger_seq`, its hash `prev_head`.
    pub head: Head,
    /// When; `expires` is [`VALID_S`] later.
    pub issued: UnixTime,
    /// How O made sure of N.
    pub check: Check,
    /// What both can do.
    pub caps: Caps,
}

/// The old phone and its account, as the old phone knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldPhone {
    /// The account.
    pub account: Id,
    /// Its keys.
    pub keys: DeviceKeys,
    /// What it can do.
    pub caps: Caps,
    /// The service's nonce for this transfer.
    pub server_nonce: [u8; 32],
    /// The ledger's last entry.
    pub head: Head,
}

impl Endorsement {
    /// What O has to sign, once it has seen that N is in the same hands. `Confirmed` is how it knows.
    #[must_use]
    pub fn new(old: &OldPhone, peer: &Peer, channel: &Channel, confirmed: Confirmed, issued: UnixTime) -> Self {
        Self {
            account: old.account,
            transfer: channel.transfer(),
            old_device: old.keys.device(),
            old_keys: old.keys.hash(),
            new_keys: peer.keys,
            attest_hash: peer.attest_hash,
            handshake: channel.handshake(),
            server_nonce: old.server_nonce,
            head: old.head,
            issued,
            check: confirmed.check(),
            caps: old.caps.and(peer.caps),
        }
    }

    /// From then on it is accepted no more.
    #[must_use]
    pub fn expires(&self) -> UnixTime {
        self.issued.plus(VALID_S)
    }

    /// In bytes: what is signed.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let writer = Writer::default().lp(TAG).lp(&self.account.0).lp(&self.transfer.0).lp(&self.old_device.0);
        let writer = writer.lp(&self.old_keys).lp(&self.new_keys.encode()).lp(&self.attest_hash).lp(&self.handshake);
        let writer = writer.lp(&self.server_nonce).lp(&self.head.seq.to_be_bytes()).lp(&self.head.hash);
        let writer = writer.lp(&self.issued.0.to_be_bytes()).lp(&self.expires().0.to_be_bytes());
        writer.lp(&[self.check.code()]).lp(&self.caps.0.to_be_bytes()).done()
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
        (reader.lp()? == TAG).then_some(())?;
        let (account, transfer, old_device) = (Id(reader.field()?), Id(reader.field()?), Id(reader.field()?));
        let (old_keys, new_keys) = (reader.field()?, DeviceKeys::decode(reader.lp()?)?);
        let (attest_hash, handshake, server_nonce) = (reader.field()?, reader.field()?, reader.field()?);
        let head = Head { seq: u64::from_be_bytes(reader.field()?), hash: reader.field()? };
        let (issued, expires) = (u64::from_be_bytes(reader.field()?), u64::from_be_bytes(reader.field()?));
        (issued.checked_add(VALID_S)? == expires).then_some(())?;
        let check = Check::read(u8::from_be_bytes(reader.field()?))?;
        let caps = Caps(u32::from_be_bytes(reader.field()?));
        reader.end()?;
        let issued = UnixTime(issued);
        Some(Self {
            account,
            transfer,
            old_device,
            old_keys,
            new_keys,
            attest_hash,
            handshake,
            server_nonce,
            head,
            issued,
            check,
            caps,
        })
    }

    /// The first field in which the two differ: the service takes the first E and, of the same phone, no other.
    ///
    /// # Errors
    /// That field.
    pub fn same_as(&self, other: &Self) -> Result<(), Field> {
        first_wrong(&[
            (Field::Account, self.account == other.account),
            (Field::Transfer, self.transfer == other.transfer),
            (Field::OldDevice, self.old_device == other.old_device),
            (Field::OldKeys, self.old_keys == other.old_keys),
            (Field::NewKeys, self.new_keys == other.new_keys),
            (Field::AttestHash, self.attest_hash == other.attest_hash),
            (Field::Handshake, self.handshake == other.handshake),
            (Field::ServerNonce, self.server_nonce == other.server_nonce),
            (Field::Head, self.head == other.head),
            (Field::Issued, self.issued == other.issued),
            (Field::Check, self.check == other.check),
            (Field::Caps, self.caps == other.caps),
        ])
    }

    /// What N checks before it goes on: that E is about this phone, this handshake, and now. The account, the old phone and the head
    /// it can't know: the service vouches for them, and the receipt repeats them.
    ///
    /// # Errors
    /// The first field that differs.
    pub fn fits_new_phone(&self, known: &KnownToNew, now: UnixTime) -> Result<(), Field> {
        first_wrong(&[
            (Field::Transfer, self.transfer == known.transfer),
            (Field::NewKeys, self.new_keys == known.keys),
            (Field::AttestHash, self.attest_hash == known.attest_hash),
            (Field::Handshake, self.handshake == known.handshake),
            (Field::ServerNonce, self.server_nonce == known.server_nonce),
            (Field::Caps, self.caps == known.caps),
            (Field::Issued, self.issued <= now.plus(CLOCK_WINDOW_S)),
            (Field::Expires, now < self.expires()),
        ])
    }

    /// What the service compares with its own record when O endorses. h, check and caps are between the phones; `attest_hash` shows
    /// when N accepts.
    ///
    /// # Errors
    /// The first field that differs.
    pub fn fits_service(&self, known: &KnownToService, now: UnixTime) -> Result<(), Field> {
        first_wrong(&[
            (Field::Account, self.account == known.account),
            (Field::Transfer, self.transfer == known.transfer),
            (Field::OldDevice, self.old_device == known.old_keys.device()),
            (Field::OldKeys, self.old_keys == known.old_keys.hash()),
            (Field::NewKeys, self.new_keys.dev == known.joined && self.new_keys != known.old_keys),
            (Field::ServerNonce, self.server_nonce == known.server_nonce),
            (Field::Head, self.head == known.head),
            (Field::Issued, self.issued.0.abs_diff(now.0) <= CLOCK_WINDOW_S),
        ])
    }
}

/// A field of E.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{self:?} differs")]
pub enum Field {
    /// The account.
    Account,
    /// The transfer.
    Transfer,
    /// The old phone's name.
    OldDevice,
    /// The old phone's keys.
    OldKeys,
    /// The new phone's keys.
    NewKeys,
    /// Their attestations.
    AttestHash,
    /// h.
    Handshake,
    /// The service's nonce.
    ServerNonce,
    /// Where the ledger ends.
    Head,
    /// When it was signed: too far from the clock.
    Issued,
    /// It has expired.
    Expires,
    /// How O made sure.
    Check,
    /// What both can do.
    Caps,
}

fn first_wrong(fields: &[(Field, bool)]) -> Result<(), Field> {
    fields.iter().find(|(_, holds)| !holds).map_or(Ok(()), |(field, _)| Err(*field))
}

/// What N knows of its transfer before E comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownToNew {
    /// The transfer.
    pub transfer: Id,
    /// Its own keys.
    pub keys: DeviceKeys,
    /// Of their attestations.
    pub attest_hash: Hash,
    /// h.
    pub handshake: Hash,
    /// As O said it in `O_OK`.
    pub server_nonce: [u8; 32],
    /// What both can do.
    pub caps: Caps,
}

/// What the service knows of a transfer that was joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownToService {
    /// The account.
    pub account: Id,
    /// The transfer.
    pub transfer: Id,
    /// The one active phone's keys.
    pub old_keys: DeviceKeys,
    /// `K_dev` of the phone that joined.
    pub joined: PublicKey,
    /// What it gave O.
    pub server_nonce: [u8; 32],
    /// The ledger's last entry.
    pub head: Head,
}

/// E with O's signature, r||s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Blob", into = "Blob")]
pub struct SignedEndorsement {
    /// What it says.
    pub endorsement: Endorsement,
    /// By [`DeviceKeys::approval`] of the old phone.
    pub signature: [u8; 64],
}

impl SignedEndorsement {
    /// From E's bytes and a signature, as they cross to the service. Whether the signature holds, [`is_by`](Self::is_by) says.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(endorsement: &[u8], signature: &[u8]) -> Result<Self, Malformed> {
        let signature = signature.try_into().map_err(|_| Malformed)?;
        Ok(Self { endorsement: Endorsement::decode(endorsement)?, signature })
    }

    /// LP(E) LP(sig): slot o2n/1, and what [`hash`](Self::hash) hashes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        Writer::default().lp(&self.endorsement.encode()).lp(&self.signature).done()
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut reader = Reader::new(bytes);
        let (endorsement, signature) = reader.lp().zip(reader.lp()).ok_or(Malformed)?;
        reader.end().ok_or(Malformed)?;
        Self::read(endorsement, signature)
    }

    /// `hash_E`, by which everything later names it.
    #[must_use]
    pub fn hash(&self) -> Hash {
        sha256(&self.encode())
    }

    /// Whether the phone with these keys signed it: they are those that E names, and the signature holds.
    #[must_use]
    pub fn is_by(&self, old: &DeviceKeys) -> bool {
        self.endorsement.old_keys == old.hash() && old.approval().verify(&self.endorsement.encode(), &self.signature)
    }
}

impl From<SignedEndorsement> for Blob {
    fn from(signed: SignedEndorsement) -> Self {
        Self(signed.encode())
    }
}

impl TryFrom<Blob> for SignedEndorsement {
    type Error = Malformed;

    fn try_from(Blob(bytes): Blob) -> Result<Self, Malformed> {
        Self::decode(&bytes)
    }
}
