//! QR-A, which O shows and N scans: 104 bytes, and with them everything that N needs to answer.
//!
//! | offset | length | field |
//! |---|---|---|
//! | 0 | 2 | magic `EX` |
//! | 2 | 1 | version 1 |
//! | 3 | 1 | flags: bit 1 test environment, bits 4 to 7 refresh index, the others zero |
//! | 4 | 16 | transfer id |
//! | 20 | 16 | seed |
//! | 36 | 48 | Noise message 1 |
//! | 84 | 4 | `issued_at`, u32 seconds |
//! | 88 | 16 | SHA256(`k_conf`)[0..16] |
//!
//! No server URL: the host is fixed in the build, and part of the handshake's prologue.

use citizen_encoding::{Reader, Writer};

use super::keys::Seed;
use super::noise::MSG1;
use super::{PROTOCOL, symbol};
use crate::enrol::sha256;
use crate::ledger::Hash;
use crate::trust::Env;
use crate::wire::{Id, UnixTime};

/// Its length in bytes.
pub const QR_A: usize = 104;
/// How long a QR-A is live, in seconds: a fresh one comes every [`REFRESH_S`], and the last two are.
pub const LIVE_S: u64 = 60;
/// How often O shows another, in seconds.
pub const REFRESH_S: u64 = 30;
/// How far ahead of N's clock it may be issued, in seconds: both clocks follow the service's.
pub const MAX_AHEAD_S: u64 = 30;

const MAGIC: [u8; 2] = *b"EX";
const VERSION: u8 = 1;
const TEST: u8 = 1 << 1;
const UNUSED: u8 = 0b0000_1101;

/// Where a build lives: one environment, one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home<'a> {
    /// The world.
    pub env: Env,
    /// The service's host, as in [`crate::signature::target_uri`].
    pub host: &'a str,
}

/// Which QR-A of a transfer: 0 to 15, and round again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RefreshIndex(u8);

impl RefreshIndex {
    /// The next one's.
    #[must_use]
    pub fn next(self) -> Self {
        Self((self.0 + 1) % 16)
    }
}

/// Everything in QR-A but message 1, whose transcript begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The world.
    pub env: Env,
    /// Which of the transfer's QR-As.
    pub refresh: RefreshIndex,
    /// The transfer.
    pub transfer: Id,
    /// What the pre-shared key follows from.
    pub seed: Seed,
    /// When it was made; until 2106.
    pub issued_at: u32,
    /// [`super::keys::KConf::commitment`].
    pub commitment: [u8; 16],
}

impl Terms {
    /// The byte that join repeats.
    #[must_use]
    pub fn flags(&self) -> u8 {
        let test = if self.env == Env::Test { TEST } else { 0 };
        self.refresh.0 << 4 | test
    }

    /// Bytes 0 to 36.
    fn front(&self) -> Vec<u8> {
        let writer = Writer::default().raw(&MAGIC).u8(VERSION).u8(self.flags());
        writer.raw(&self.transfer.0).raw(self.seed.bytes()).done()
    }

    /// Bytes 84 to 104.
    fn back(&self) -> Vec<u8> {
        Writer::default().u32(self.issued_at).raw(&self.commitment).done()
    }

    /// What the handshake begins with: LP("EID-XFER/1") LP(env) LP(host), bytes 0 to 36 and 84 to 104.
    #[must_use]
    pub fn prologue(&self, home: Home<'_>) -> Vec<u8> {
        let writer = Writer::default().lp(PROTOCOL).lp(&[home.env.code()]).lp(home.host.as_bytes());
        writer.raw(&self.front()).raw(&self.back()).done()
    }

    /// Whether it was live at `at`: at the service's time of joining, for O.
    #[must_use]
    pub fn is_live(&self, at: UnixTime) -> bool {
        at.since(UnixTime(self.issued_at.into())) <= LIVE_S
    }
}

/// QR-A.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrA {
    /// All but message 1.
    pub terms: Terms,
    /// Noise message 1.
    pub msg1: [u8; MSG1],
}

/// Why a text is not taken as QR-A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrAError {
    /// No QR-A at all: go on scanning.
    #[error("not a transfer's QR code")]
    Other,
    /// Of another version of this protocol.
    #[error("version {0} of the protocol")]
    Version(u8),
    /// Flags that this version does not have.
    #[error("unknown flags")]
    Flags,
    /// A test phone's before a real one, or the other way round.
    #[error("of another environment")]
    OtherEnvironment,
    /// Live no more: the old phone shows another by now.
    #[error("too old")]
    TooOld,
    /// Issued later than now: one of the clocks is wrong.
    #[error("issued in the future")]
    TooNew,
}

impl QrA {
    /// In bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        [&self.terms.front()[..], &self.msg1, &self.terms.back()].concat()
    }

    /// As the text of a QR code: 161 characters, version 7 (45x45 modules) at level M.
    #[must_use]
    pub fn text(&self) -> String {
        symbol::write(&self.encode())
    }

    /// SHA-256 of its bytes: what join names it by.
    #[must_use]
    pub fn hash(&self) -> Hash {
        sha256(&self.encode())
    }

    /// From bytes in the one form that [`encode`](Self::encode) writes.
    ///
    /// # Errors
    /// `Other`, `Version` or `Flags`.
    pub fn decode(bytes: &[u8; QR_A]) -> Result<Self, QrAError> {
        let mut reader = Reader::new(bytes);
        let is_ours = reader.array() == Some(MAGIC);
        let version = reader.u8().filter(|_| is_ours).ok_or(QrAError::Other)?;
        if version != VERSION {
            return Err(QrAError::Version(version));
        }
        let flags = reader.u8().filter(|flags| flags & UNUSED == 0).ok_or(QrAError::Flags)?;
        Self::rest(flags, reader).ok_or(QrAError::Other)
    }

    fn rest(flags: u8, mut reader: Reader<'_>) -> Option<Self> {
        let env = if flags & TEST == 0 { Env::Production } else { Env::Test };
        let (transfer, seed) = (Id(reader.array()?), Seed::new(reader.array()?));
        let msg1 = reader.array()?;
        let (issued_at, commitment) = (reader.u32()?, reader.array()?);
        reader.end()?;
        let terms = Terms { env, refresh: RefreshIndex(flags >> 4), transfer, seed, issued_at, commitment };
        Some(Self { terms, msg1 })
    }

    /// From a QR code's text, for a phone of this environment, at `now`.
    ///
    /// # Errors
    /// See [`QrAError`]. Another service's shows later, when message 1 does not open.
    pub fn read(text: &str, env: Env, now: UnixTime) -> Result<Self, QrAError> {
        let qr = Self::decode(&symbol::read(text).ok_or(QrAError::Other)?)?;
        let issued = UnixTime(qr.terms.issued_at.into());
        match qr {
            qr if qr.terms.env != env => Err(QrAError::OtherEnvironment),
            qr if !qr.terms.is_live(now) => Err(QrAError::TooOld),
            _ if issued.since(now) > MAX_AHEAD_S => Err(QrAError::TooNew),
            qr => Ok(qr),
        }
    }
}
