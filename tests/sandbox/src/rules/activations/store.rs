//! An activation's row, and what its phone sees of it.

use citizen_protocol::wire::{Activation, ActivationReason, ActivationState, Id, OtpChannel, UnixTime};
use rusqlite::{Row, params};

use crate::rules::crypto::StoredPassword;
use crate::rules::portraits;
use crate::rules::sql::{at, id, id_if_any, json, name, named, parsed, time, time_if_any};
use crate::work::{Ruling, Work};

/// Seconds until asking again makes sense.
const POLL_AUTOMATIC_S: u32 = 5;
const POLL_OFFICER_S: u32 = 30;
const POLL_ENDED_S: u32 = 3_600;

/// An activation as it is kept. Password and portrait are erased once it is decided.
pub(in crate::rules) struct Stored {
    pub(in crate::rules) id: Id,
    pub(super) phone: Id,
    pub(in crate::rules) number: String,
    /// The proven address.
    pub(super) channel: OtpChannel,
    pub(super) address: String,
    pub(in crate::rules) state: ActivationState,
    pub(super) password: Option<StoredPassword>,
    pub(in crate::rules) portrait: Option<Id>,
    pub(super) reasons: Vec<ActivationReason>,
    /// What it led to.
    pub(super) account: Option<Id>,
    pub(in crate::rules) since: UnixTime,
    pub(in crate::rules) expected_by: Option<UnixTime>,
    pub(super) is_for_officer: bool,
}

impl Stored {
    pub(in crate::rules) fn by_id(work: &Work, activation: Id) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM activations WHERE id = ?1", [activation.0], Self::read)
    }

    pub(super) fn open_for(work: &Work, number: &str) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM activations WHERE number = ?1 AND state = 'comparing'", [number], Self::read)
    }

    pub(super) fn current(work: &Work, phone: Id) -> Ruling<Option<Self>> {
        let sql = "SELECT * FROM activations WHERE phone = ?1 ORDER BY state = 'comparing' DESC, since DESC LIMIT 1";
        work.row(sql, [phone.0], Self::read)
    }

    pub(in crate::rules) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let salt: Option<[u8; 16]> = row.get("salt")?;
        let hash: Option<[u8; 32]> = row.get("password")?;
        Ok(Self {
            id: id(row, "id")?,
            phone: id(row, "phone")?,
            number: row.get("number")?,
            channel: named(row, "channel")?,
            address: row.get("address")?,
            state: named(row, "state")?,
            password: salt.zip(hash).map(|(salt, hash)| StoredPassword { salt, hash }),
            portrait: id_if_any(row, "portrait")?,
            reasons: parsed(row, "reasons")?,
            account: id_if_any(row, "account")?,
            since: time(row, "since")?,
            expected_by: time_if_any(row, "expected_by")?,
            is_for_officer: row.get("is_for_officer")?,
        })
    }

    pub(super) fn insert(&self, work: &Work) -> Ruling<()> {
        work.change(
            "INSERT INTO activations (id, phone, number, channel, address, state, salt, password, portrait, since, expected_by) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                self.id.0,
                self.phone.0,
                self.number,
                name(&self.channel)?,
                self.address,
                name(&self.state)?,
                self.password.as_ref().map(|password| password.salt),
                self.password.as_ref().map(|password| password.hash),
                self.portrait.map(|portrait| portrait.0),
                at(self.since),
                self.expected_by.map(at),
            ],
        )
        .map(drop)
    }

    pub(super) fn end(&mut self, work: &Work, state: ActivationState, reasons: Vec<ActivationReason>) -> Ruling<()> {
        if let Some(portrait) = self.portrait.take() {
            portraits::delete(work, portrait)?;
        }
        (self.state, self.reasons, self.password) = (state, reasons, None);
        (self.since, self.expected_by, self.is_for_officer) = (work.now, None, false);
        work.change(
            "UPDATE activations SET state = ?2, reasons = ?3, account = ?4, since = ?5, expected_by = NULL, is_for_officer = 0, \
             portrait = NULL, salt = NULL, password = NULL WHERE id = ?1",
            params![
                self.id.0,
                name(&self.state)?,
                json(&self.reasons)?,
                self.account.map(|account| account.0),
                at(self.since),
            ],
        )
        .map(drop)
    }

    pub(super) fn view(&self) -> Activation {
        let poll_after_s = match self.state {
            ActivationState::Comparing if self.is_for_officer => POLL_OFFICER_S,
            ActivationState::Comparing => POLL_AUTOMATIC_S,
            ActivationState::Done | ActivationState::Refused => POLL_ENDED_S,
        };
        let (id, state, since, expected_by) = (self.id, self.state, self.since, self.expected_by);
        Activation { id, state, since, expected_by, reasons: self.reasons.clone(), poll_after_s }
    }
}
