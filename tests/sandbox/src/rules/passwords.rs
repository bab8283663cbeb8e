//! Passwords on their way: given once, kept as a hash, cited by what comes next.
//!
//! A new one must not be made of the holder's own data: of the words that the app sends along, which it may leave out, and of what the
//! service knows of the phone by itself. Somebody who registers gives the password before the card; when the application brings the
//! card there is only a hash, so of the card's words none but the app's count.

use citizen_protocol::password;
use citizen_protocol::wire::{Code, Id, PasswordReference, PasswordRequest};
use rusqlite::params;

use super::accounts::Account;
use super::crypto::StoredPassword;
use super::personal_words;
use super::refusals::phone;
use super::sql::at;
use super::tries::{Tries, of_account};
use crate::work::{Caller, Ruling, Work};

/// A new one waits for codes and a portrait.
const NEW_LIFE_S: u64 = 3_600;
/// An existing one was checked "a moment ago".
const EXISTING_LIFE_S: u64 = 600;

/// Takes a password: a new one against the rules, an existing one against the account of this phone.
pub(crate) fn give(work: &Work, caller: &Caller, request: &PasswordRequest) -> Ruling<PasswordReference> {
    let phone = phone(caller)?;
    let (id, given) = (work.new_id()?, request.password.reveal());
    if request.is_new {
        let mut personal = personal_words::of_phone(work, phone)?;
        personal.extend(request.personal.iter().cloned());
        password::check(given, &personal).map_err(|_| Code::PasswordRefused)?;
        let stored = StoredPassword::new(work, given)?;
        let valid_until = work.now.plus(NEW_LIFE_S);
        work.change(
            "INSERT INTO passwords (id, phone, salt, hash, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id.0, phone.0, stored.salt, stored.hash, at(valid_until)],
        )?;
        return Ok(PasswordReference { id, valid_until });
    }
    let account = Account::of_phone(work, phone)?.ok_or(Code::NotTheDevice)?;
    account.ensure_open()?;
    compare(work, &of_account(&account.number, true), Some(&account.password), given)?;
    let valid_until = work.now.plus(EXISTING_LIFE_S);
    work.change(
        "INSERT INTO passwords (id, phone, account, expires_at) VALUES (?1, ?2, ?3, ?4)",
        params![id.0, phone.0, account.id.0, at(valid_until)],
    )?;
    Ok(PasswordReference { id, valid_until })
}

/// Compares, and counts a wrong one for `subject`. An account that does not exist takes as long and answers the same.
pub(super) fn compare(work: &Work, subject: &str, stored: Option<&StoredPassword>, given: &str) -> Ruling<()> {
    let tries = Tries { subject, purpose: "password" };
    tries.left(work)?;
    let nobody = StoredPassword::of_nobody();
    let is_right = stored.unwrap_or(&nobody).is(given) && stored.is_some();
    if is_right { tries.succeeded(work) } else { Err(tries.failed(work, Code::WrongCredentials)?) }
}

/// Uses up a new password.
pub(super) fn take_new(work: &Work, phone: Id, id: Id) -> Ruling<StoredPassword> {
    let taken = work.row(
        "DELETE FROM passwords WHERE id = ?1 AND phone = ?2 AND account IS NULL AND expires_at > ?3 RETURNING salt, hash",
        params![id.0, phone.0, at(work.now)],
        |row| Ok(StoredPassword { salt: row.get(0)?, hash: row.get(1)? }),
    )?;
    taken.ok_or_else(|| Code::PasswordGone.into())
}

/// Uses up the account's own password, which was compared when it was given.
pub(super) fn take_existing(work: &Work, phone: Id, id: Id, account: Id) -> Ruling<()> {
    let taken = work.row(
        "DELETE FROM passwords WHERE id = ?1 AND phone = ?2 AND account = ?3 AND expires_at > ?4 RETURNING account",
        params![id.0, phone.0, account.0, at(work.now)],
        |_| Ok(()),
    )?;
    taken.ok_or_else(|| Code::PasswordGone.into())
}
