//! Whom an office has identified in person, and which address was given there (row R11).

use citizen_protocol::wire::{OtpChannel, UnixTime};
use rusqlite::params;

use super::sql::{at, time};
use crate::work::{Ruling, Work};

/// One citizen's, until the account is activated or deleted.
pub(super) struct Identification {
    pub(super) sms: Option<String>,
    pub(super) email: Option<String>,
    pub(super) expires_at: UnixTime,
}

impl Identification {
    pub(super) fn of(work: &Work, number: &str) -> Ruling<Option<Self>> {
        work.row("SELECT sms, email, expires_at FROM identifications WHERE number = ?1", [number], |row| {
            Ok(Self { sms: row.get("sms")?, email: row.get("email")?, expires_at: time(row, "expires_at")? })
        })
    }

    /// The newest one counts.
    pub(super) fn write(&self, work: &Work, number: &str) -> Ruling<()> {
        work.change(
            "INSERT OR REPLACE INTO identifications (number, sms, email, expires_at) VALUES (?1, ?2, ?3, ?4)",
            params![number, self.sms, self.email, at(self.expires_at)],
        )
        .map(drop)
    }

    /// It has served.
    pub(super) fn forget(work: &Work, number: &str) -> Ruling<()> {
        work.change("DELETE FROM identifications WHERE number = ?1", [number]).map(drop)
    }

    pub(super) fn address(&self, channel: OtpChannel) -> Option<&str> {
        match channel {
            OtpChannel::Sms => self.sms.as_deref(),
            OtpChannel::Email => self.email.as_deref(),
        }
    }
}
