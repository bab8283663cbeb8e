//! The account's phone objects: it is not lost.

use citizen_protocol::wire::{Code, DeviceRecovery, VetoRequest};
use rusqlite::params;

use super::ask::bound;
use super::store::{State, Stored};
use crate::rules::accounts::Account;
use crate::rules::outbox::{Notice, tell_holder};
use crate::rules::refusals::phone;
use crate::rules::sql::at;
use crate::work::{Caller, Ruling, Work};

/// Ends it. From now on the office decides, for a thief has the old phone, too. One that is over stays as it is.
pub(crate) fn veto(work: &Work, caller: &Caller, request: VetoRequest) -> Ruling<DeviceRecovery> {
    let phone = phone(caller)?;
    let mut stored = Stored::by_id(work, request.recovery)?.ok_or(Code::NotFound)?;
    stored.ensure_of(work, phone)?;
    stored.settle(work)?;
    if bound(work, stored.account)? != Some(phone) {
        return Err(Code::NotTheDevice.into());
    }
    if stored.state.is_open() {
        stored.enter(work, State::Vetoed, None)?;
        let given = params![stored.account.0, at(work.now)];
        work.change("UPDATE accounts SET recovery_vetoed_at = ?2 WHERE id = ?1", given)?;
        let account = Account::by_id(work, stored.account)?.ok_or(Code::Internal)?;
        tell_holder(work, &account, Notice::RecoveryVetoed)?;
    }
    stored.view()
}
