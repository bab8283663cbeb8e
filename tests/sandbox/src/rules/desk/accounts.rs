//! Accounts at the desk: locked, unlocked, set free from their phone, made in person (rows R6, R16, R18).

use citizen_protocol::ledger::Kind;
use citizen_protocol::wire::{AccountLevel, AccountSummary, Code, LockedBy, OtpChannel, Secret, TransferEnd, UnixTime};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::citizens::number;
use crate::rules::accounts::Account;
use crate::rules::crypto::{StoredPassword, number_below, sha256};
use crate::rules::outbox::{self, Notice, tell_holder};
use crate::rules::records::Record;
use crate::rules::sql::{at, name};
use crate::rules::{freezes, ledger, lost_phones, otp, transfers};
use crate::work::{Ruling, Work};

/// Names an account.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfAccount {
    /// Its holder's number.
    pub(crate) id_number: String,
}

/// Locks an account.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LockAccount {
    /// Its holder's number.
    pub(crate) id_number: String,
    /// For whom: the office, the hotline or an authority.
    pub(crate) by: LockedBy,
}

/// Unlocks an account.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnlockAccount {
    /// Its holder's number.
    pub(crate) id_number: String,
    /// Where: whoever locked it. What the holder locked, the office unlocks, in person. A card's expiry ends with a new card.
    pub(crate) by: LockedBy,
}

/// Locks, at once: every session ends.
pub(crate) fn lock(work: &Work, request: LockAccount) -> Ruling<AccountSummary> {
    let LockAccount { id_number, by } = request;
    if !matches!(by, LockedBy::Office | LockedBy::Hotline | LockedBy::Authority) {
        return Err(Code::BadRequest.into());
    }
    let account = of_number(work, &id_number)?;
    if account.lock.is_some_and(|lock| lock.by != LockedBy::Expiry) {
        return Err(Code::Conflict.into());
    }
    Ok(account.locked(work, by)?.summary(work.now))
}

/// Unlocks, where it was locked (row R16).
pub(crate) fn unlock(work: &Work, request: UnlockAccount) -> Ruling<AccountSummary> {
    let UnlockAccount { id_number, by } = request;
    let account = of_number(work, &id_number)?;
    let undone_at = match account.lock.ok_or(Code::Conflict)?.by {
        LockedBy::Holder | LockedBy::Office => LockedBy::Office,
        LockedBy::Hotline => LockedBy::Hotline,
        LockedBy::Authority => LockedBy::Authority,
        LockedBy::Expiry => return Err(Code::Conflict.into()),
    };
    if by != undone_at {
        return Err(Code::Conflict.into());
    }
    work.change("UPDATE accounts SET lock_by = NULL, lock_since = NULL WHERE id = ?1", [account.id.0])?;
    tell_holder(work, &account, Notice::Unlocked)?;
    Ok(of_number(work, &id_number)?.summary(work.now))
}

/// Sets an account free from its phone, in person: the next phone is bound by signing in with a code. In the ledger that is a
/// freeze and its end, for no single entry leads from a phone to none. Where the account was frozen, that is the end of it.
pub(crate) fn reset_device(work: &Work, request: OfAccount) -> Ruling<AccountSummary> {
    let OfAccount { id_number } = request;
    let account = of_number(work, &id_number)?;
    if account.phone.is_none() && account.frozen_at.is_none() {
        return Err(Code::Conflict.into());
    }
    work.change("UPDATE accounts SET phone = NULL, cool_down_until = NULL WHERE id = ?1", [account.id.0])?;
    account.end_sessions(work)?;
    transfers::end_open(work, account.id, TransferEnd::Superseded)?;
    lost_phones::end_open(work, account.id)?;
    freezes::only_in_person(work, account.id)?;
    let evidence = sha256(&account.phone.unwrap_or(account.id).0);
    if account.frozen_at.is_none() {
        ledger::append(work, account.id, Kind::Freeze, None, evidence)?;
    }
    ledger::append(work, account.id, Kind::Unfreeze, None, evidence)?;
    tell_holder(work, &account, Notice::PhoneReset)?;
    Ok(of_number(work, &id_number)?.summary(work.now))
}

/// What the holder's new phone scans.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct PhoneCode {
    /// 22 characters, to be shown as a QR code. The next phone that gives it is the account's.
    pub(crate) code: Secret,
    /// Until then it is taken, once.
    pub(crate) expires_at: UnixTime,
}

/// After the officer has compared card and face: a code that binds the holder's new phone, in place of whatever is bound.
pub(crate) fn phone_code(work: &Work, request: OfAccount) -> Ruling<PhoneCode> {
    let OfAccount { id_number } = request;
    let account = of_number(work, &id_number)?;
    let (code, expires_at) = lost_phones::issue(work, &account)?;
    Ok(PhoneCode { code, expires_at })
}

/// Enrols somebody who stands at the desk: the only way for a foreigner.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnrolInPerson {
    /// The citizen's number, or the foreigner's generated one.
    pub(crate) id_number: String,
    /// Mobile number for codes; none: the record's.
    pub(crate) phone: Option<String>,
    /// Email address for codes; none: the record's.
    pub(crate) email: Option<String>,
}

/// Enrolled. The password went out as a message.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct Enrolled {
    /// The account; no phone is bound yet.
    pub(crate) account: AccountSummary,
}

/// Makes an account of level 2, with a password of the service's own that goes to the holder's phone.
pub(crate) fn enrol_in_person(work: &Work, request: EnrolInPerson) -> Ruling<Enrolled> {
    let EnrolInPerson { id_number, phone, email } = request;
    let number = number(&id_number)?;
    let record = Record::of(work, &number)?.filter(|record| !record.is_deceased).ok_or(Code::NotFound)?;
    if Account::by_number(work, &number)?.is_some() {
        return Err(Code::Conflict.into());
    }
    let sms = otp::mobile(&phone.unwrap_or(record.phone)).ok_or(Code::BadRequest)?;
    let email = otp::email(&email.unwrap_or(record.email)).ok_or(Code::BadRequest)?;
    let (account, password) = (work.new_id()?, invented_password(work)?);
    let stored = StoredPassword::new(work, &password)?;
    work.change(
        "INSERT INTO accounts (id, number, level, salt, password, sms, email, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![account.0, number, name(&AccountLevel::Level2)?, stored.salt, stored.hash, sms, email, at(work.now)],
    )?;
    let body = format!("Mat khau dinh danh dien tu cua ban / your e-ID password: {password}");
    outbox::send(work, OtpChannel::Sms, sms.as_str(), &body)?;
    let made = Account::by_id(work, account)?.ok_or(Code::Internal)?;
    tell_holder(work, &made, Notice::AccountMade)?;
    Ok(Enrolled { account: made.summary(work.now) })
}

/// Letters and digits that nobody takes for another: 59 bits in three groups of four.
const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";

fn invented_password(work: &Work) -> Ruling<String> {
    let mut password = String::new();
    for place in 0..12 {
        if place % 4 == 0 && place > 0 {
            password.push('-');
        }
        let letter = LETTERS.get(number_below(work, LETTERS.len() as u32)? as usize).copied().unwrap_or(b'a');
        password.push(char::from(letter));
    }
    Ok(password)
}

fn of_number(work: &Work, text: &str) -> Ruling<Account> {
    Account::by_number(work, &number(text)?)?.ok_or_else(|| Code::NotFound.into())
}
