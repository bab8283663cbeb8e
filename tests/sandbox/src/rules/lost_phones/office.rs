//! In person: an officer has seen card and face, and shows a code that binds the new phone, once.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_protocol::ledger::Kind;
use citizen_protocol::wire::{Bound, Code, OfficeBindingRequest, Secret, UnixTime};
use rusqlite::params;

use super::binding;
use crate::rules::accounts::Account;
use crate::rules::crypto::sha256;
use crate::rules::outbox::Notice;
use crate::rules::refusals::{locked_account, phone};
use crate::rules::sign_in::COOL_DOWN_S;
use crate::rules::sql::{at, id};
use crate::rules::{freezes, ledger, links};
use crate::work::{Caller, Ruling, Work};

const LIFE_S: u64 = 600;

/// A code of 128 bits, in place of one before.
pub(in crate::rules) fn issue(work: &Work, account: &Account) -> Ruling<(Secret, UnixTime)> {
    let (code, expires_at) = (URL_SAFE_NO_PAD.encode(work.random_bytes::<16>()?), work.now.plus(LIFE_S));
    work.change(
        "INSERT OR REPLACE INTO office_codes (account, code, expires_at) VALUES (?1, ?2, ?3)",
        params![account.id.0, sha256(code.as_bytes()), at(expires_at)],
    )?;
    Ok((Secret::new(code), expires_at))
}

/// Binds this phone. A freeze and a veto end with it: the office has seen the holder.
pub(crate) fn bind(work: &Work, caller: &Caller, request: &OfficeBindingRequest) -> Ruling<Bound> {
    let (phone, evidence) = (phone(caller)?, sha256(request.code.reveal().as_bytes()));
    let account = work.row(
        "DELETE FROM office_codes WHERE code = ?1 AND expires_at > ?2 RETURNING account",
        params![evidence, at(work.now)],
        |row| id(row, "account"),
    )?;
    let account = Account::by_id(work, account.ok_or(Code::OtpGone)?)?.ok_or(Code::OtpGone)?;
    binding::ensure_free(work, phone)?;
    if let Some(lock) = account.lock {
        return Err(locked_account(lock));
    }
    if account.frozen_at.is_some() {
        ledger::append(work, account.id, Kind::Unfreeze, None, evidence)?;
    }
    freezes::only_in_person(work, account.id)?;
    let bound = binding::bind(work, &account, phone, (Kind::Office, evidence), COOL_DOWN_S)?;
    links::warn(work, &account, Notice::PhoneBound, None)?;
    Ok(bound)
}
