//! A forgotten password (row R5): a code to the account's own address, and the portrait compared again.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{
    AccountLock, Code, CurrentRecoveryRequest, Id, LockedBy, OtpPurpose, Reason, ReasonCode, Recovery, RecoveryRequest,
    RecoveryState, RecoveryStatusRequest, Remedy, TransferEnd, UnixTime, WireField,
};
use rusqlite::{Row, params};

use super::accounts::Account;
use super::crypto::StoredPassword;
use super::outbox::{Notice, tell_holder};
use super::policy::Policy;
use super::records::{Comparison, compare_portrait};
use super::refusals::{fields, phone};
use super::sql::{at, id, id_if_any, json, name, named, parsed, time, time_if_any};
use super::tries::{Tries, of_account};
use super::{otp, passwords, portraits, transfers};
use crate::work::{Caller, Ruling, Work};

/// Seconds until asking again makes sense.
const POLL_AUTOMATIC_S: u32 = 5;
const POLL_OFFICER_S: u32 = 30;
const POLL_ENDED_S: u32 = 3_600;

/// Asks for another password, from any phone: signing in with it still takes the account's own, or a code.
pub(crate) fn recover(work: &Work, caller: &Caller, request: RecoveryRequest) -> Ruling<Recovery> {
    let phone = phone(caller)?;
    let RecoveryRequest { id_number, otp_challenge, portrait, password } = request;
    let number = PersonalNumber::parse(&id_number).ok_or_else(|| fields(&[WireField::IdNumber]))?.to_string();
    let proven = otp::take(work, phone, otp_challenge, OtpPurpose::Recover)?;
    let account = Account::by_number(work, &number)?.filter(|_| proven.is_for(&number));
    let account = account.ok_or(Code::OtpGone)?;
    account.ensure_open()?;
    match Stored::open_for(work, account.id)? {
        Some(open) if open.phone == phone => return Ok(open.view()),
        Some(_) => return Err(Code::ApplicationOpen.into()),
        None => (),
    }
    let password = passwords::take_new(work, phone, password)?;
    portraits::cite(work, phone, portrait)?;
    let wait = Policy::AutomaticReview.value(work)?;
    let mut stored = Stored {
        id: work.new_id()?,
        phone,
        account: account.id,
        state: RecoveryState::Comparing,
        password: Some(password),
        portrait: Some(portrait),
        reasons: Vec::new(),
        since: work.now,
        expected_by: Some(work.now.plus(wait)),
        is_for_officer: false,
    };
    stored.insert(work)?;
    if wait == 0 {
        stored.automatic(work)?;
    }
    Ok(stored.view())
}

/// How far one is: for the phone that asked, or the account's.
pub(crate) fn status(work: &Work, caller: &Caller, request: RecoveryStatusRequest) -> Ruling<Recovery> {
    let phone = phone(caller)?;
    let stored = Stored::by_id(work, request.recovery)?.ok_or(Code::NotFound)?;
    let bound = Account::by_id(work, stored.account)?.and_then(|account| account.phone);
    let is_theirs = stored.phone == phone || bound == Some(phone);
    if is_theirs { Ok(stored.view()) } else { Err(Code::NotFound.into()) }
}

/// The one that this phone has under way; else its newest. What another phone asks for is none of its own.
pub(crate) fn current(work: &Work, caller: &Caller, _request: CurrentRecoveryRequest) -> Ruling<Recovery> {
    let sql = "SELECT * FROM recoveries WHERE phone = ?1 ORDER BY state = 'comparing' DESC, since DESC LIMIT 1";
    let stored = work.row(sql, [phone(caller)?.0], Stored::read)?.ok_or(Code::NotFound)?;
    Ok(stored.view())
}

/// Decides what has waited for the comparison long enough; `most` at a time.
pub(super) fn decide_due(work: &Work, most: u32) -> Ruling<()> {
    let due = work.rows(
        "SELECT * FROM recoveries WHERE state = 'comparing' AND is_for_officer = 0 AND expected_by <= ?1 LIMIT ?2",
        params![at(work.now), most],
        Stored::read,
    )?;
    due.into_iter().try_for_each(|mut stored| stored.automatic(work))
}

/// Closes what is open for an account that was just locked: whoever asked for it may be why. Unlocking it does not go on with it.
pub(super) fn close(work: &Work, account: Id, lock: AccountLock) -> Ruling<()> {
    let open = Stored::open_for(work, account)?;
    open.map_or(Ok(()), |mut stored| stored.refuse(work, of_lock(lock)))
}

/// Closes what is open for an account that was just frozen.
pub(super) fn frozen(work: &Work, account: Id) -> Ruling<()> {
    let reason = Reason { code: ReasonCode::Other, field: None, remedy: Remedy::Office, note: None };
    Stored::open_for(work, account)?.map_or(Ok(()), |mut open| open.refuse(work, vec![reason]))
}

/// Whether one is open for an account.
pub(super) fn is_open(work: &Work, account: Id) -> Ruling<bool> {
    Stored::open_for(work, account).map(|open| open.is_some())
}

fn of_lock(lock: AccountLock) -> Vec<Reason> {
    let remedy = if lock.by == LockedBy::Expiry { Remedy::RenewCard } else { Remedy::Office };
    vec![Reason { code: ReasonCode::Other, field: None, remedy, note: None }]
}

/// Closes what is open for an account that has just got another password in another way.
pub(super) fn overtaken(work: &Work, account: Id) -> Ruling<()> {
    let reason = Reason { code: ReasonCode::Other, field: None, remedy: Remedy::SignIn, note: None };
    Stored::open_for(work, account)?.map_or(Ok(()), |mut open| open.refuse(work, vec![reason]))
}

/// A recovery as it is kept. Password and portrait are erased once it is decided.
pub(super) struct Stored {
    pub(super) id: Id,
    phone: Id,
    pub(super) account: Id,
    pub(super) state: RecoveryState,
    password: Option<StoredPassword>,
    pub(super) portrait: Option<Id>,
    reasons: Vec<Reason>,
    pub(super) since: UnixTime,
    pub(super) expected_by: Option<UnixTime>,
    pub(super) is_for_officer: bool,
}

impl Stored {
    pub(super) fn by_id(work: &Work, recovery: Id) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM recoveries WHERE id = ?1", [recovery.0], Self::read)
    }

    fn open_for(work: &Work, account: Id) -> Ruling<Option<Self>> {
        work.row("SELECT * FROM recoveries WHERE account = ?1 AND state = 'comparing'", [account.0], Self::read)
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let salt: Option<[u8; 16]> = row.get("salt")?;
        let hash: Option<[u8; 32]> = row.get("password")?;
        Ok(Self {
            id: id(row, "id")?,
            phone: id(row, "phone")?,
            account: id(row, "account")?,
            state: named(row, "state")?,
            password: salt.zip(hash).map(|(salt, hash)| StoredPassword { salt, hash }),
            portrait: id_if_any(row, "portrait")?,
            reasons: parsed(row, "reasons")?,
            since: time(row, "since")?,
            expected_by: time_if_any(row, "expected_by")?,
            is_for_officer: row.get("is_for_officer")?,
        })
    }

    fn insert(&self, work: &Work) -> Ruling<()> {
        let password = self.password.as_ref().ok_or(Code::Internal)?;
        work.change(
            "INSERT INTO recoveries (id, phone, account, state, salt, password, portrait, since, expected_by) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                self.id.0,
                self.phone.0,
                self.account.0,
                name(&self.state)?,
                password.salt,
                password.hash,
                self.portrait.map(|portrait| portrait.0),
                at(self.since),
                self.expected_by.map(at),
            ],
        )
        .map(drop)
    }

    /// By the comparison of portraits, or into an officer's queue.
    fn automatic(&mut self, work: &Work) -> Ruling<()> {
        let account = Account::by_id(work, self.account)?.ok_or(Code::Internal)?;
        // A card that expired meanwhile closed nothing.
        if let Some(lock) = account.lock {
            return self.refuse(work, of_lock(lock));
        }
        let reason = |code, remedy| vec![Reason { code, field: Some(WireField::Portrait), remedy, note: None }];
        match compare_portrait(work, &account.number)? {
            Comparison::Same => self.approve(work),
            Comparison::Differs => self.refuse(work, reason(ReasonCode::PortraitDiffers, Remedy::Office)),
            Comparison::Unusable => self.refuse(work, reason(ReasonCode::PortraitUnusable, Remedy::NewPortrait)),
            Comparison::Officer => {
                let expected_by = work.now.plus(Policy::OfficerReview.value(work)?);
                (self.is_for_officer, self.expected_by) = (true, Some(expected_by));
                let given = params![self.id.0, at(expected_by)];
                work.change("UPDATE recoveries SET is_for_officer = 1, expected_by = ?2 WHERE id = ?1", given).map(drop)
            }
        }
    }

    /// Unless the account is locked, the new password is in force and wrong tries of the old one are forgotten; every session ends,
    /// and every reference to the old password.
    pub(super) fn approve(&mut self, work: &Work) -> Ruling<()> {
        let account = Account::by_id(work, self.account)?.ok_or(Code::Internal)?;
        account.ensure_open()?;
        let password = self.password.as_ref().ok_or(Code::Internal)?;
        work.change(
            "UPDATE accounts SET salt = ?2, password = ?3 WHERE id = ?1",
            params![account.id.0, password.salt, password.hash],
        )?;
        for is_own_phone in [false, true] {
            let subject = of_account(&account.number, is_own_phone);
            Tries { subject: &subject, purpose: "password" }.succeeded(work)?;
        }
        work.change("DELETE FROM passwords WHERE account = ?1", [account.id.0])?;
        account.end_sessions(work)?;
        transfers::end_open(work, account.id, TransferEnd::Superseded)?;
        tell_holder(work, &account, Notice::PasswordChanged)?;
        self.end(work, RecoveryState::Done, Vec::new())
    }

    /// The old password stays.
    pub(super) fn refuse(&mut self, work: &Work, reasons: Vec<Reason>) -> Ruling<()> {
        let account = Account::by_id(work, self.account)?.ok_or(Code::Internal)?;
        tell_holder(work, &account, Notice::RecoveryRefused)?;
        self.end(work, RecoveryState::Refused, reasons)
    }

    fn end(&mut self, work: &Work, state: RecoveryState, reasons: Vec<Reason>) -> Ruling<()> {
        if let Some(portrait) = self.portrait.take() {
            portraits::delete(work, portrait)?;
        }
        (self.state, self.reasons, self.password) = (state, reasons, None);
        (self.since, self.expected_by, self.is_for_officer) = (work.now, None, false);
        work.change(
            "UPDATE recoveries SET state = ?2, reasons = ?3, since = ?4, expected_by = NULL, is_for_officer = 0, \
             portrait = NULL, salt = NULL, password = NULL WHERE id = ?1",
            params![self.id.0, name(&self.state)?, json(&self.reasons)?, at(self.since)],
        )
        .map(drop)
    }

    fn view(&self) -> Recovery {
        let poll_after_s = match self.state {
            RecoveryState::Comparing if self.is_for_officer => POLL_OFFICER_S,
            RecoveryState::Comparing => POLL_AUTOMATIC_S,
            RecoveryState::Done | RecoveryState::Refused => POLL_ENDED_S,
        };
        let (id, state, since, expected_by) = (self.id, self.state, self.since, self.expected_by);
        Recovery { id, state, since, expected_by, reasons: self.reasons.clone(), poll_after_s }
    }
}
