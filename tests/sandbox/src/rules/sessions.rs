//! Access tokens: 15 minutes, for one phone's signature, kept as hashes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_protocol::wire::{Code, Empty, Id, Secret, Session, SignOutRequest, TokenRequest};
use rusqlite::params;
use zeroize::Zeroizing;

use super::accounts::Account;
use super::crypto::sha256;
use super::ledger;
use super::refusals::phone;
use super::sql::{at, id};
use crate::work::{Caller, Ruling, Work};

const LIFE_S: u64 = 15 * 60;

/// Renews the token: the phone's signature is all it takes.
pub(crate) fn renew(work: &Work, caller: &Caller, request: TokenRequest) -> Ruling<Session> {
    let phone = phone(caller)?;
    let account = Account::of_phone(work, phone)?.ok_or(Code::NotTheDevice)?;
    account.ensure_open()?;
    let generation = i64::try_from(request.generation).map_err(|_| Code::BadRequest)?;
    let kept = work
        .change("UPDATE phones SET generation = ?2 WHERE id = ?1 AND generation <= ?2", params![phone.0, generation])?;
    if kept == 0 { Err(Code::OlderCopy.into()) } else { begin(work, &account, phone) }
}

/// Ends every session of this phone. Nothing of a token that goes with it is needed again.
pub(crate) fn sign_out(work: &Work, caller: &Caller, _request: SignOutRequest) -> Ruling<Empty> {
    let account = caller.account.ok_or(Code::TokenNeeded)?;
    work.change("DELETE FROM sessions WHERE account = ?1 AND phone = ?2", params![account.0, phone(caller)?.0])?;
    Ok(Empty {})
}

/// A new token for the account's own phone.
pub(super) fn begin(work: &Work, account: &Account, phone: Id) -> Ruling<Session> {
    let token = Zeroizing::new(work.random_bytes::<32>()?);
    let token = URL_SAFE_NO_PAD.encode(token.as_slice());
    let expires_at = work.now.plus(LIFE_S);
    work.change(
        "INSERT INTO sessions (token, account, phone, expires_at) VALUES (?1, ?2, ?3, ?4)",
        params![sha256(token.as_bytes()), account.id.0, phone.0, at(expires_at)],
    )?;
    Ok(Session { access_token: Secret::new(token), expires_at, ledger: ledger::head(work, account.id)? })
}

/// Whose token this is, if it is this phone's and lives. A lock, a freeze, new keys or a new password have deleted it.
pub(crate) fn account_of(work: &Work, token: &str, phone: Id) -> Ruling<Id> {
    let found = work.row(
        "SELECT sessions.account FROM sessions JOIN accounts \
         ON accounts.id = sessions.account AND accounts.phone = sessions.phone \
         WHERE token = ?1 AND sessions.phone = ?2 AND expires_at > ?3 AND accounts.frozen_at IS NULL",
        params![sha256(token.as_bytes()), phone.0, at(work.now)],
        |row| id(row, "account"),
    )?;
    found.ok_or_else(|| Code::TokenExpired.into())
}
