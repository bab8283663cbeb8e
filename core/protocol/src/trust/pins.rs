//! Pins of the service's TLS keys. A row is LP of SHA-256 of the SPKI, role (u8: 0 current, 1 next, 2 backup), from, to.

use citizen_encoding::{Reader, Writer};

use super::set::{read_period, write_period};
use super::{Period, PinSet, Row, TrustError};
use crate::wire::UnixTime;

/// What a pinned key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PinRole {
    /// In use.
    Current,
    /// Its successor, ready to be used.
    Next,
    /// Kept offline, for when both are lost.
    Backup,
}

impl PinRole {
    const ALL: [Self; 3] = [Self::Current, Self::Next, Self::Backup];

    fn code(self) -> u8 {
        match self {
            Self::Current => 0,
            Self::Next => 1,
            Self::Backup => 2,
        }
    }
}

/// A key that the service may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// SHA-256 of the certificate's SPKI.
    pub spki_sha256: [u8; 32],
    /// What the key is for.
    pub role: PinRole,
    /// When it is believed.
    pub period: Period,
}

impl Row for Pin {
    const TAG: &'static str = "EID-PINS/1";

    fn write(&self, to: Writer) -> Writer {
        write_period(to.lp(&self.spki_sha256).lp(&[self.role.code()]), self.period)
    }

    fn read(from: &mut Reader<'_>) -> Option<Self> {
        let spki_sha256 = from.field()?;
        let code = u8::from_be_bytes(from.field()?);
        let role = PinRole::ALL.into_iter().find(|role| role.code() == code)?;
        Some(Self { spki_sha256, role, period: read_period(from)? })
    }

    fn name(&self) -> &[u8] {
        &self.spki_sha256
    }

    fn check_all(pins: &[Self]) -> Result<(), TrustError> {
        let has_current = pins.iter().any(|pin| pin.role == PinRole::Current);
        if has_current { Ok(()) } else { Err(TrustError::NoCurrentPin) }
    }
}

impl PinSet {
    /// Whether a connection to the key with this SHA-256 of its SPKI may go on at `now`, by the service's clock as the phone knows it.
    #[must_use]
    pub fn accepts(&self, spki_sha256: &[u8], now: UnixTime) -> bool {
        self.role_at(spki_sha256, now).is_some()
    }

    /// What the key with this SHA-256 of its SPKI is for, if it is believed at `now`.
    #[must_use]
    pub fn role_at(&self, spki_sha256: &[u8], now: UnixTime) -> Option<PinRole> {
        let pin = self.set().rows.iter().find(|pin| pin.spki_sha256 == spki_sha256)?;
        pin.period.contains(now).then_some(pin.role)
    }
}
