//! An application's row.

use citizen_protocol::wire::{ApplicationState, CardDetails, Code, Id, Reason, StepKind, UnixTime};
use rusqlite::{Row, params};

use crate::rules::crypto::StoredPassword;
use crate::rules::sql::{at, id, id_if_any, json, name, named, parsed, time, time_if_any};
use crate::rules::{consents, portraits};
use crate::work::{Ruling, Work};

/// An application as it is kept. Card, password and portrait are erased once it is approved or stopped.
pub(in crate::rules) struct Stored {
    pub(in crate::rules) id: Id,
    pub(in crate::rules) phone: Id,
    pub(in crate::rules) number: String,
    pub(in crate::rules) state: ApplicationState,
    pub(in crate::rules) card: Option<CardDetails>,
    pub(in crate::rules) sms: Option<String>,
    pub(in crate::rules) email: Option<String>,
    pub(in crate::rules) password: Option<StoredPassword>,
    pub(in crate::rules) portrait: Option<Id>,
    pub(in crate::rules) reasons: Vec<Reason>,
    /// The step that a rejection or a stop came from.
    pub(in crate::rules) failed_step: Option<StepKind>,
    pub(in crate::rules) account: Option<Id>,
    pub(in crate::rules) received_at: UnixTime,
    pub(in crate::rules) decided_at: Option<UnixTime>,
    pub(in crate::rules) expected_by: Option<UnixTime>,
    pub(in crate::rules) is_for_officer: bool,
}

impl Stored {
    pub(in crate::rules) fn by_id(work: &Work, application: Id) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM applications WHERE id = ?1", [application.0], Self::read)
    }

    /// The one in review for a number: it holds that number.
    pub(super) fn in_review_for(work: &Work, number: &str) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM applications WHERE number = ?1 AND state = 'in_review'", [number], Self::read)
    }

    /// The one that led to an account, unless that is long ago.
    pub(super) fn of_account(work: &Work, account: Id) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM applications WHERE account = ?1", [account.0], Self::read)
    }

    /// What a phone, under its key of now or another of its account, has under way; else its newest.
    pub(super) fn current(work: &Work, phone: Id) -> Ruling<Option<Self>> {
        let sql = "SELECT * FROM applications \
                   WHERE phone = ?1 OR account = (SELECT accounts.id FROM accounts WHERE accounts.phone = ?1) \
                   ORDER BY state IN ('in_review', 'rejected') DESC, received_at DESC LIMIT 1";
        work.row(sql, [phone.0], Self::read)
    }

    /// The one that a phone has under way.
    pub(super) fn open_of(work: &Work, phone: Id) -> Ruling<Option<Self>> {
        let sql = "SELECT * FROM applications WHERE phone = ?1 AND state IN ('in_review', 'rejected')";
        work.row(sql, [phone.0], Self::read)
    }

    pub(in crate::rules) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let salt: Option<[u8; 16]> = row.get("salt")?;
        let hash: Option<[u8; 32]> = row.get("password")?;
        let card: Option<String> = row.get("card")?;
        Ok(Self {
            id: id(row, "id")?,
            phone: id(row, "phone")?,
            number: row.get("number")?,
            state: named(row, "state")?,
            card: if card.is_some() { Some(parsed(row, "card")?) } else { None },
            sms: row.get("sms")?,
            email: row.get("email")?,
            password: salt.zip(hash).map(|(salt, hash)| StoredPassword { salt, hash }),
            portrait: id_if_any(row, "portrait")?,
            reasons: parsed(row, "reasons")?,
            failed_step: row.get::<_, Option<String>>("failed_step")?.map(|_| named(row, "failed_step")).transpose()?,
            account: id_if_any(row, "account")?,
            received_at: time(row, "received_at")?,
            decided_at: time_if_any(row, "decided_at")?,
            expected_by: time_if_any(row, "expected_by")?,
            is_for_officer: row.get("is_for_officer")?,
        })
    }

    pub(super) fn insert(&self, work: &Work) -> Ruling<()> {
        let password = self.password.as_ref().ok_or(Code::Internal)?;
        work.change(
            "INSERT INTO applications (id, phone, number, state, card, sms, email, salt, password, portrait, received_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                self.id.0,
                self.phone.0,
                self.number,
                name(&self.state)?,
                self.card.as_ref().map(json).transpose()?,
                self.sms,
                self.email,
                password.salt,
                password.hash,
                self.portrait.map(|portrait| portrait.0),
                at(self.received_at),
            ],
        )
        .map(drop)
    }

    /// Writes what changes after the first day. What an end erases is erased here.
    pub(in crate::rules) fn update(&mut self, work: &Work) -> Ruling<()> {
        if matches!(self.state, ApplicationState::Approved | ApplicationState::Stopped) {
            self.erase(work)?;
        }
        if self.state == ApplicationState::Stopped {
            consents::forget(work, self.id)?;
        }
        work.change(
            "UPDATE applications SET number = ?2, state = ?3, card = ?4, portrait = ?5, reasons = ?6, failed_step = ?7, \
             account = ?8, decided_at = ?9, expected_by = ?10, is_for_officer = ?11 WHERE id = ?1",
            params![
                self.id.0,
                self.number,
                name(&self.state)?,
                self.card.as_ref().map(json).transpose()?,
                self.portrait.map(|portrait| portrait.0),
                json(&self.reasons)?,
                self.failed_step.as_ref().map(name).transpose()?,
                self.account.map(|account| account.0),
                self.decided_at.map(at),
                self.expected_by.map(at),
                self.is_for_officer,
            ],
        )
        .map(drop)
    }

    fn erase(&mut self, work: &Work) -> Ruling<()> {
        self.drop_portrait(work)?;
        (self.card, self.password) = (None, None);
        work.change("UPDATE applications SET salt = NULL, password = NULL WHERE id = ?1", [self.id.0]).map(drop)
    }

    pub(super) fn drop_portrait(&mut self, work: &Work) -> Ruling<()> {
        self.portrait.take().map_or(Ok(()), |portrait| portraits::delete(work, portrait))
    }

    /// It is as if it had never been: its phone begins another.
    pub(super) fn withdraw(mut self, work: &Work) -> Ruling<()> {
        self.drop_portrait(work)?;
        consents::forget(work, self.id)?;
        work.change("DELETE FROM applications WHERE id = ?1", [self.id.0]).map(drop)
    }
}
