//! The account's deletion (row R24): asked for, and done once the policy's time for it is over.

use citizen_protocol::wire::{Deletion, DeletionRequest, Id};
use rusqlite::params;

use super::accounts::Account;
use super::outbox::{Notice, tell_holder};
use super::policy::Policy;
use super::sql::{at, id, time};
use super::tries::of_account;
use super::{consents, portraits};
use crate::work::{Caller, Ruling, Work};

/// Asks for it.
pub(crate) fn delete(work: &Work, caller: &Caller, _request: DeletionRequest) -> Ruling<Deletion> {
    ask(work, &Account::of_session(work, caller)?)
}

/// Asks for it, or says what was asked for before.
pub(super) fn ask(work: &Work, account: &Account) -> Ruling<Deletion> {
    if let Some(asked) = of(work, account.id)? {
        return Ok(asked);
    }
    let effective_at = work.now.plus(Policy::DeletionGrace.value(work)?);
    work.change(
        "INSERT INTO deletions (account, requested_at, effective_at) VALUES (?1, ?2, ?3)",
        params![account.id.0, at(work.now), at(effective_at)],
    )?;
    tell_holder(work, account, Notice::DeletionAsked)?;
    Ok(Deletion { requested_at: work.now, effective_at })
}

/// The one that an account waits for.
pub(super) fn of(work: &Work, account: Id) -> Ruling<Option<Deletion>> {
    work.row("SELECT requested_at, effective_at FROM deletions WHERE account = ?1", [account.0], |row| {
        Ok(Deletion { requested_at: time(row, "requested_at")?, effective_at: time(row, "effective_at")? })
    })
}

/// Deletes accounts whose time is over; `most` at once.
pub(super) fn carry_out_due(work: &Work, most: u32) -> Ruling<()> {
    let due = work.rows(
        "SELECT account FROM deletions WHERE effective_at <= ?1 LIMIT ?2",
        params![at(work.now), most],
        |row| id(row, "account"),
    )?;
    for account in due {
        if let Some(account) = Account::by_id(work, account)? {
            tell_holder(work, &account, Notice::Deleted)?;
            carry_out(work, &account)?;
        }
    }
    Ok(())
}

/// All that names the account goes, with the account itself last. ?1: its id.
const OF_ACCOUNT: [&str; 18] = [
    "DELETE FROM ledger WHERE account = ?1",
    "DELETE FROM transfer_box WHERE transfer IN (SELECT id FROM transfers WHERE account = ?1)",
    "DELETE FROM transfer_chunks WHERE transfer IN (SELECT id FROM transfers WHERE account = ?1)",
    "DELETE FROM transfers WHERE account = ?1",
    "DELETE FROM former_phones WHERE account = ?1",
    "DELETE FROM former_addresses WHERE account = ?1",
    "DELETE FROM notice_links WHERE account = ?1",
    "DELETE FROM office_codes WHERE account = ?1",
    "DELETE FROM recovery_codes WHERE account = ?1",
    "DELETE FROM device_recoveries WHERE account = ?1",
    "DELETE FROM sessions WHERE account = ?1",
    "DELETE FROM passwords WHERE account = ?1",
    "DELETE FROM applications WHERE account = ?1",
    "DELETE FROM recoveries WHERE account = ?1",
    "DELETE FROM exports WHERE account = ?1",
    "DELETE FROM account_phones WHERE account = ?1",
    "DELETE FROM deletions WHERE account = ?1",
    "DELETE FROM accounts WHERE id = ?1",
];
/// ?1: its holder's number.
const OF_NUMBER: [&str; 2] =
    ["DELETE FROM identifications WHERE number = ?1", "DELETE FROM activations WHERE number = ?1"];
/// ?1: a phone that was its own.
const OF_PHONE: [&str; 7] = [
    "DELETE FROM applications WHERE phone = ?1",
    "DELETE FROM recoveries WHERE phone = ?1",
    "DELETE FROM device_recoveries WHERE phone = ?1",
    "DELETE FROM activations WHERE phone = ?1",
    "DELETE FROM passwords WHERE phone = ?1",
    "DELETE FROM otp_challenges WHERE phone = ?1",
    "DELETE FROM phones WHERE id = ?1",
];

fn carry_out(work: &Work, account: &Account) -> Ruling<()> {
    let phones = work.rows(
        "SELECT phone FROM account_phones WHERE account = ?1 \
         AND phone NOT IN (SELECT phone FROM accounts WHERE phone IS NOT NULL AND id <> ?1)",
        [account.id.0],
        |row| id(row, "phone"),
    )?;
    let mut kept = work.rows(
        "SELECT portrait FROM recoveries WHERE account = ?1 AND portrait IS NOT NULL \
         UNION SELECT portrait FROM device_recoveries WHERE account = ?1 AND portrait IS NOT NULL \
         UNION SELECT portrait FROM activations WHERE number = ?2 AND portrait IS NOT NULL",
        params![account.id.0, account.number],
        |row| id(row, "portrait"),
    )?;
    for phone in &phones {
        kept.extend(work.rows("SELECT id FROM portraits WHERE phone = ?1", [phone.0], |row| id(row, "id"))?);
    }
    kept.into_iter().try_for_each(|portrait| portraits::delete(work, portrait))?;
    consents::forget(work, account.id)?;
    for is_own_phone in [false, true] {
        work.change("DELETE FROM tries WHERE subject = ?1", [of_account(&account.number, is_own_phone)])?;
    }
    for phone in &phones {
        OF_PHONE.iter().try_for_each(|sql| work.change(sql, [phone.0]).map(drop))?;
    }
    OF_NUMBER.iter().try_for_each(|sql| work.change(sql, [&account.number]).map(drop))?;
    OF_ACCOUNT.iter().try_for_each(|sql| work.change(sql, [account.id.0]).map(drop))
}
