//! A transfer is stopped before it is done: by either phone, or by a link in a notice. Never hindered.

use citizen_protocol::wire::{CancelTransferRequest, Id, TransferEnd, TransferStatus};

use super::store::Stored;
use crate::rules::accounts::Account;
use crate::rules::outbox::{Notice, tell_holder};
use crate::work::{Caller, Ruling, Work};

/// Stops it. One that is over stays as it is, and says so.
pub(crate) fn cancel(work: &Work, caller: &Caller, request: CancelTransferRequest) -> Ruling<TransferStatus> {
    let (mut stored, _) = Stored::of(work, caller, request.transfer)?;
    if !stored.stage.is_last() {
        stored.end(work, TransferEnd::Cancelled)?;
    }
    stored.view(work)
}

/// Whether there is something to stop.
pub(in crate::rules) fn is_stoppable(work: &Work, transfer: Id) -> Ruling<bool> {
    let sql = "SELECT 1 FROM transfers WHERE id = ?1 AND stage NOT IN ('done', 'ended')";
    Ok(work.row(sql, [transfer.0], |_| Ok(()))?.is_some())
}

/// Stops it for whoever has the link; `false`: it is over.
pub(in crate::rules) fn by_link(work: &Work, transfer: Id) -> Ruling<bool> {
    let mut stored = Stored::by_id(work, transfer)?;
    if stored.stage.is_last() {
        return Ok(false);
    }
    stored.end(work, TransferEnd::Cancelled)?;
    if let Some(account) = Account::by_id(work, stored.account)? {
        tell_holder(work, &account, Notice::MoveStopped)?;
    }
    Ok(true)
}
