//! Another phone becomes the account's, without the old one.

use citizen_protocol::ledger::{Hash, Kind};
use citizen_protocol::wire::{Bound, Code, Id, TransferEnd};
use rusqlite::params;

use super::store;
use crate::rules::accounts::Account;
use crate::rules::sql::at;
use crate::rules::{ledger, recoveries, transfers};
use crate::work::{Ruling, Work};

/// A phone serves one account; for another it needs new keys.
pub(super) fn ensure_free(work: &Work, phone: Id) -> Ruling<()> {
    if Account::of_phone(work, phone)?.is_some() { Err(Code::KeyInUse.into()) } else { Ok(()) }
}

/// Binds it: every token is dead, and whatever was open ends.
pub(super) fn bind(
    work: &Work,
    account: &Account,
    phone: Id,
    (kind, evidence): (Kind, Hash),
    cool_down_s: u64,
) -> Ruling<Bound> {
    let cool_down_until = account.cools_down(work.now, cool_down_s);
    work.change(
        "UPDATE accounts SET phone = ?2, cool_down_until = ?3 WHERE id = ?1",
        params![account.id.0, phone.0, at(cool_down_until)],
    )?;
    account.end_sessions(work)?;
    work.change("DELETE FROM passwords WHERE account = ?1", [account.id.0])?;
    transfers::end_open(work, account.id, TransferEnd::Superseded)?;
    recoveries::overtaken(work, account.id)?;
    store::end_open(work, account.id)?;
    let keys = ledger::keys_hash_of(work, phone)?;
    let entry = ledger::append(work, account.id, kind, Some(keys), evidence)?;
    Ok(Bound { account: account.id, entry, cool_down_until })
}
