//! Accounts: what their holders see of them, and the lock.

use citizen_protocol::wire::{
    AccountLevel, AccountLock, AccountRequest, AccountSummary, Code, Id, LockRequest, LockedBy, OtpChannel,
    TransferEnd, UnixTime,
};
use rusqlite::{Row, params};

use super::crypto::StoredPassword;
use super::day::day;
use super::outbox::{Notice, tell_holder};
use super::policy::Policy;
use super::refusals::{locked_account, phone};
use super::sql::{at, id, id_if_any, name, named, time_if_any};
use super::{lost_phones, recoveries, transfers};
use crate::work::{Caller, Ruling, Work};

/// The account of the token that came along.
pub(crate) fn summary(work: &Work, caller: &Caller, _request: AccountRequest) -> Ruling<AccountSummary> {
    Account::of_session(work, caller).map(|account| account.summary(work.now))
}

/// Locks the account of the phone that asks. It needs no token: locking is never hindered.
pub(crate) fn lock(work: &Work, caller: &Caller, _request: LockRequest) -> Ruling<AccountSummary> {
    let account = Account::of_phone(work, phone(caller)?)?.ok_or(Code::NotTheDevice)?;
    let account = account.locked(work, LockedBy::Holder)?;
    Ok(account.summary(work.now))
}

/// An account's row. `lock` and `level` are those in force, also what came by time.
pub(super) struct Account {
    pub(super) id: Id,
    pub(super) number: String,
    /// As it is in force: level 2 ends with the card.
    pub(super) level: AccountLevel,
    /// The card's last day.
    pub(super) card_expires: Option<String>,
    pub(super) password: StoredPassword,
    pub(super) sms: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<Id>,
    pub(super) lock: Option<AccountLock>,
    pub(super) cool_down_until: Option<UnixTime>,
    /// No phone is served since then.
    pub(super) frozen_at: Option<UnixTime>,
    /// It is recovered in person only since then.
    pub(super) recovery_vetoed_at: Option<UnixTime>,
}

const SELECT: &str = "SELECT accounts.*, records.expiry_date FROM accounts LEFT JOIN records USING (number) WHERE ";

impl Account {
    pub(super) fn by_number(work: &Work, number: &str) -> Ruling<Option<Self>> {
        Self::find(work, "number = ?1", [number])
    }

    pub(super) fn by_id(work: &Work, account: Id) -> Ruling<Option<Self>> {
        Self::find(work, "id = ?1", [account.0])
    }

    /// The account that a phone is bound to.
    pub(super) fn of_phone(work: &Work, phone: Id) -> Ruling<Option<Self>> {
        Self::find(work, "accounts.phone = ?1", [phone.0])
    }

    /// The account of the caller's token.
    pub(super) fn of_session(work: &Work, caller: &Caller) -> Ruling<Self> {
        let account = caller.account.ok_or(Code::TokenNeeded)?;
        Self::by_id(work, account)?.ok_or_else(|| Code::TokenExpired.into())
    }

    fn find(work: &Work, which: &'static str, given: impl rusqlite::Params) -> Ruling<Option<Self>> {
        let found = work.row(&format!("{SELECT}{which}"), given, |row| {
            Ok((Self::read(row)?, row.get::<_, Option<String>>("expiry_date")?))
        })?;
        // Asked for in any case: finding nobody is as much work as finding somebody.
        let grace = Policy::ExpiryGrace.value(work)?;
        found.map(|(account, expiry)| account.with_expiry(work.now, grace, expiry)).transpose()
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let since = time_if_any(row, "lock_since")?;
        Ok(Self {
            id: id(row, "id")?,
            number: row.get("number")?,
            level: named(row, "level")?,
            card_expires: None,
            password: StoredPassword { salt: row.get("salt")?, hash: row.get("password")? },
            sms: row.get("sms")?,
            email: row.get("email")?,
            phone: id_if_any(row, "phone")?,
            lock: since
                .map(|since| Ok::<_, rusqlite::Error>(AccountLock { by: named(row, "lock_by")?, since }))
                .transpose()?,
            cool_down_until: time_if_any(row, "cool_down_until")?,
            frozen_at: time_if_any(row, "frozen_at")?,
            recovery_vetoed_at: time_if_any(row, "recovery_vetoed_at")?,
        })
    }

    /// From the card's end on it has level 1, and `grace` seconds, 30 days, later it is locked; until the record names a new card (row
    /// R17).
    fn with_expiry(mut self, now: UnixTime, grace: u64, expiry: Option<String>) -> Ruling<Self> {
        if let Some(last) = &expiry {
            let is_over = |time| Ok::<_, crate::work::Refusal>(day(time)?.to_string() > *last);
            if is_over(now)? {
                self.level = AccountLevel::Level1;
            }
            if self.lock.is_none() && is_over(UnixTime(now.0.saturating_sub(grace)))? {
                self.lock = Some(AccountLock { by: LockedBy::Expiry, since: now });
            }
        }
        Ok(Self { card_expires: expiry, ..self })
    }

    /// Locks it, ends its sessions, its open recovery and its open transfer, and tells the holder. One that is locked keeps its first lock: it is undone
    /// where it was done.
    pub(super) fn locked(self, work: &Work, by: LockedBy) -> Ruling<Self> {
        if self.lock.is_some_and(|lock| lock.by != LockedBy::Expiry) {
            return Ok(self);
        }
        let lock = AccountLock { by, since: work.now };
        work.change(
            "UPDATE accounts SET lock_by = ?2, lock_since = ?3 WHERE id = ?1",
            params![self.id.0, name(&lock.by)?, at(lock.since)],
        )?;
        self.end_sessions(work)?;
        tell_holder(work, &self, Notice::Locked)?;
        recoveries::close(work, self.id, lock)?;
        transfers::end_open(work, self.id, TransferEnd::Cancelled)?;
        lost_phones::end_open(work, self.id)?;
        Ok(Self { lock: Some(lock), ..self })
    }

    /// Nothing but the end of that is done with an account that is locked or frozen.
    pub(super) fn ensure_open(&self) -> Ruling<()> {
        if self.frozen_at.is_some() {
            return Err(Code::AccountFrozen.into());
        }
        self.lock.map_or(Ok(()), |lock| Err(locked_account(lock)))
    }

    /// Until when it cools down if it does so for `seconds` from now: never shorter than it had to before.
    pub(super) fn cools_down(&self, now: UnixTime, seconds: u64) -> UnixTime {
        let until = now.plus(seconds);
        self.cool_down_until.map_or(until, |before| before.max(until))
    }

    /// Every token of the account is dead.
    pub(super) fn end_sessions(&self, work: &Work) -> Ruling<()> {
        work.change("DELETE FROM sessions WHERE account = ?1", [self.id.0]).map(drop)
    }

    /// Where a code can go.
    pub(super) fn channels(&self) -> Vec<OtpChannel> {
        let sms = self.sms.as_ref().map(|_| OtpChannel::Sms);
        sms.into_iter().chain(self.email.as_ref().map(|_| OtpChannel::Email)).collect()
    }

    pub(super) fn address(&self, channel: OtpChannel) -> Option<&str> {
        match channel {
            OtpChannel::Sms => self.sms.as_deref(),
            OtpChannel::Email => self.email.as_deref(),
        }
    }

    pub(super) fn summary(&self, now: UnixTime) -> AccountSummary {
        AccountSummary {
            account: self.id,
            level: self.level,
            card_expires: self.card_expires.clone(),
            device: self.phone.filter(|_| self.frozen_at.is_none()),
            lock: self.lock,
            channels: self.channels(),
            cool_down_until: self.cool_down_until.filter(|until| *until > now),
        }
    }
}
