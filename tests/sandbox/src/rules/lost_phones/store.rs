//! A recovery of the account on another phone: its row, and what is seen of it.

use citizen_protocol::wire::{Code, DeviceRecovery, DeviceRecoveryState, Id, Reason, UnixTime};
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

use crate::rules::portraits;
use crate::rules::sql::{at, id, id_if_any, json, name, named, parsed, time, time_if_any};
use crate::work::{Ruling, Work};

/// Seconds until asking again makes sense.
const POLL_AUTOMATIC_S: u32 = 5;
const POLL_WAITING_S: u32 = 60;
const POLL_ENDED_S: u32 = 3_600;

/// How far it is, as the database keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::rules) enum State {
    Comparing,
    Held,
    Done,
    Refused,
    Vetoed,
    Superseded,
}

impl State {
    pub(in crate::rules) fn is_open(self) -> bool {
        matches!(self, Self::Comparing | Self::Held)
    }
}

/// One as it is kept. The portrait is erased once it is compared.
pub(in crate::rules) struct Stored {
    pub(in crate::rules) id: Id,
    pub(super) phone: Id,
    pub(in crate::rules) account: Id,
    pub(in crate::rules) state: State,
    pub(in crate::rules) portrait: Option<Id>,
    pub(super) reasons: Vec<Reason>,
    pub(in crate::rules) since: UnixTime,
    /// When it should be decided, or the wait is over.
    pub(in crate::rules) due: Option<UnixTime>,
    pub(super) is_for_officer: bool,
}

impl Stored {
    pub(in crate::rules) fn by_id(work: &Work, recovery: Id) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM device_recoveries WHERE id = ?1", [recovery.0], Self::read)
    }

    pub(super) fn open_for(work: &Work, account: Id) -> Ruling<Option<Self>> {
        let sql = "SELECT * FROM device_recoveries WHERE account = ?1 AND state IN ('comparing', 'held')";
        work.row(sql, [account.0], Self::read)
    }

    pub(in crate::rules) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: id(row, "id")?,
            phone: id(row, "phone")?,
            account: id(row, "account")?,
            state: named(row, "state")?,
            portrait: id_if_any(row, "portrait")?,
            reasons: parsed(row, "reasons")?,
            since: time(row, "since")?,
            due: time_if_any(row, "due")?,
            is_for_officer: row.get("is_for_officer")?,
        })
    }

    pub(super) fn insert(&self, work: &Work) -> Ruling<()> {
        work.change(
            "INSERT INTO device_recoveries (id, phone, account, state, portrait, since, due) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                self.id.0,
                self.phone.0,
                self.account.0,
                name(&self.state)?,
                self.portrait.map(|portrait| portrait.0),
                at(self.since),
                self.due.map(at),
            ],
        )
        .map(drop)
    }

    /// Goes on, or ends: with it the portrait.
    pub(super) fn enter(&mut self, work: &Work, state: State, due: Option<UnixTime>) -> Ruling<()> {
        if let Some(portrait) = self.portrait.take() {
            portraits::delete(work, portrait)?;
        }
        (self.state, self.since, self.due, self.is_for_officer) = (state, work.now, due, false);
        work.change(
            "UPDATE device_recoveries SET state = ?2, since = ?3, due = ?4, is_for_officer = 0, portrait = NULL, reasons = ?5 \
             WHERE id = ?1",
            params![self.id.0, name(&state)?, at(self.since), due.map(at), json(&self.reasons)?],
        )
        .map(drop)
    }

    pub(super) fn view(&self) -> Ruling<DeviceRecovery> {
        let due = || self.due.ok_or(Code::Internal);
        let (state, poll_after_s) = match self.state {
            State::Comparing if self.is_for_officer => {
                (DeviceRecoveryState::Comparing { expected_by: due()? }, POLL_WAITING_S)
            }
            State::Comparing => (DeviceRecoveryState::Comparing { expected_by: due()? }, POLL_AUTOMATIC_S),
            State::Held => (DeviceRecoveryState::Held { until: due()? }, POLL_WAITING_S),
            State::Done => (DeviceRecoveryState::Done, POLL_ENDED_S),
            State::Refused => (DeviceRecoveryState::Refused { reasons: self.reasons.clone() }, POLL_ENDED_S),
            State::Vetoed => (DeviceRecoveryState::Vetoed, POLL_ENDED_S),
            State::Superseded => (DeviceRecoveryState::Superseded, POLL_ENDED_S),
        };
        Ok(DeviceRecovery { id: self.id, state, since: self.since, poll_after_s })
    }
}

/// Ends the one that is open for an account: its phone changed in another way, or no phone is served any more.
pub(in crate::rules) fn end_open(work: &Work, account: Id) -> Ruling<()> {
    Stored::open_for(work, account)?.map_or(Ok(()), |mut open| open.enter(work, State::Superseded, None))
}

/// Whether one is open for an account.
pub(in crate::rules) fn is_open(work: &Work, account: Id) -> Ruling<bool> {
    Stored::open_for(work, account).map(|open| open.is_some())
}
