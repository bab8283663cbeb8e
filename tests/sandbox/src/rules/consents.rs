//! Consents (row R24): given with an application or an activation, kept with the account that it led to, withdrawn one by one.

use std::collections::HashSet;

use citizen_protocol::wire::{Code, Consent, Id, WithdrawConsentRequest, Withdrawal};
use rusqlite::params;

use super::accounts::Account;
use super::deletions;
use super::policy::{Policy, is_required, purposes};
use super::sql::{at, name, named, time, time_if_any};
use crate::work::{Caller, Ruling, Work};

/// Refuses unless every required purpose is agreed to, and nothing to other texts than today's.
pub(super) fn check(work: &Work, given: &[Consent]) -> Ruling<()> {
    let agreed: HashSet<_> = given.iter().map(|consent| consent.purpose).collect();
    if agreed.len() != given.len() {
        return Err(Code::BadRequest.into());
    }
    let terms = Policy::Terms.value(work)?;
    let are_of_today = given.iter().all(|consent| u64::from(consent.terms) == terms);
    let is_enough = purposes().into_iter().filter(|purpose| is_required(*purpose)).all(|it| agreed.contains(&it));
    if are_of_today && is_enough { Ok(()) } else { Err(Code::ConsentNeeded.into()) }
}

/// Keeps what was given with an application or an activation. None was given later than now, whatever the phone's clock says.
pub(super) fn keep(work: &Work, case: Id, given: &[Consent]) -> Ruling<()> {
    given.iter().try_for_each(|consent| {
        work.change(
            "INSERT INTO consents (holder, purpose, terms, given_at) VALUES (?1, ?2, ?3, ?4)",
            params![case.0, name(&consent.purpose)?, consent.terms, at(consent.given_at.min(work.now))],
        )
        .map(drop)
    })
}

/// From an application or an activation to its account; what was agreed to last counts.
pub(super) fn pass_on(work: &Work, case: Id, account: Id) -> Ruling<()> {
    work.change("UPDATE OR REPLACE consents SET holder = ?2 WHERE holder = ?1", params![case.0, account.0]).map(drop)
}

/// Of an application or an account that ends.
pub(super) fn forget(work: &Work, holder: Id) -> Ruling<()> {
    work.change("DELETE FROM consents WHERE holder = ?1", [holder.0]).map(drop)
}

/// An account's, without those that were withdrawn.
pub(super) fn in_force(work: &Work, account: Id) -> Ruling<Vec<Consent>> {
    let found = work.rows(
        "SELECT purpose, terms, given_at FROM consents WHERE holder = ?1 AND withdrawn_at IS NULL",
        [account.0],
        |row| {
            Ok(Consent { purpose: named(row, "purpose")?, terms: row.get("terms")?, given_at: time(row, "given_at")? })
        },
    )?;
    let of = |purpose| found.iter().find(move |consent| consent.purpose == purpose).copied();
    Ok(purposes().into_iter().filter_map(of).collect())
}

/// Withdraws one. It is never hindered: what was not given, or withdrawn before, is not in force afterwards either.
pub(crate) fn withdraw(work: &Work, caller: &Caller, request: WithdrawConsentRequest) -> Ruling<Withdrawal> {
    let account = Account::of_session(work, caller)?;
    let purpose = request.purpose;
    let key = params![account.id.0, name(&purpose)?, at(work.now)];
    work.change(
        "UPDATE consents SET withdrawn_at = ?3 WHERE holder = ?1 AND purpose = ?2 AND withdrawn_at IS NULL",
        key,
    )?;
    let kept = work.row(
        "SELECT withdrawn_at FROM consents WHERE holder = ?1 AND purpose = ?2",
        params![account.id.0, name(&purpose)?],
        |row| time_if_any(row, "withdrawn_at"),
    )?;
    let deletion = if is_required(purpose) { Some(deletions::ask(work, &account)?) } else { None };
    let ends_account_at = deletion.map(|deletion| deletion.effective_at);
    Ok(Withdrawal { purpose, withdrawn_at: kept.flatten().unwrap_or(work.now), ends_account_at })
}
