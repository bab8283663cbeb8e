//! "It wasn't me": an account that no phone is served for, until an office ends it.

use citizen_protocol::ledger::{Entry, Hash, Kind};
use citizen_protocol::wire::{Code, FreezeRequest, Frozen, Id, TransferEnd};
use rusqlite::params;

use super::accounts::Account;
use super::crypto::sha256;
use super::outbox::{Notice, tell_holder};
use super::refusals::phone;
use super::sql::{at, id};
use super::{ledger, lost_phones, recoveries, transfers};
use crate::work::{Caller, Ruling, Work};

/// Freezes the account of the phone that asks, or of the one that it was until lately. It needs no token: this is never hindered.
pub(crate) fn freeze(work: &Work, caller: &Caller, _request: FreezeRequest) -> Ruling<Frozen> {
    let phone = phone(caller)?;
    let account = match Account::of_phone(work, phone)? {
        Some(account) => account,
        None => of_former(work, phone)?,
    };
    carry_out(work, &account, sha256(&phone.0))
}

/// Freezes: every token is dead, nothing that is open goes on. Again, it says what was done before.
pub(super) fn carry_out(work: &Work, account: &Account, evidence: Hash) -> Ruling<Frozen> {
    if account.frozen_at.is_none() {
        ledger::append(work, account.id, Kind::Freeze, None, evidence)?;
        work.change("UPDATE accounts SET frozen_at = ?2 WHERE id = ?1", params![account.id.0, at(work.now)])?;
        account.end_sessions(work)?;
        work.change("DELETE FROM passwords WHERE account = ?1", [account.id.0])?;
        transfers::end_open(work, account.id, TransferEnd::Frozen)?;
        recoveries::frozen(work, account.id)?;
        lost_phones::end_open(work, account.id)?;
        tell_holder(work, account, Notice::Frozen)?;
    }
    let entry = ledger::last_signed(work, account.id)?.ok_or(Code::Internal)?;
    let frozen_at = Entry::decode(&entry.bytes.0).ok_or(Code::Internal)?.time;
    Ok(Frozen { entry, frozen_at })
}

/// An office has seen the holder: a freeze and a veto end, and what phones, links and codes could do until then, they can no more.
pub(super) fn only_in_person(work: &Work, account: Id) -> Ruling<()> {
    work.change("UPDATE accounts SET frozen_at = NULL, recovery_vetoed_at = NULL WHERE id = ?1", [account.0])?;
    work.change("DELETE FROM office_codes WHERE account = ?1", [account.0])?;
    work.change("UPDATE former_phones SET freezes_until = 0 WHERE account = ?1", [account.0])?;
    work.change("DELETE FROM notice_links WHERE account = ?1", [account.0]).map(drop)
}

fn of_former(work: &Work, phone: Id) -> Ruling<Account> {
    let found = work.row(
        "SELECT account FROM former_phones WHERE phone = ?1 AND freezes_until > ?2",
        params![phone.0, at(work.now)],
        |row| id(row, "account"),
    )?;
    Account::by_id(work, found.ok_or(Code::NotTheDevice)?)?.ok_or_else(|| Code::NotTheDevice.into())
}
