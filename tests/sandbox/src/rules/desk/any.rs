//! Cases whatever they are about, for an officer who is a program; and what a test counts.

use citizen_protocol::wire::{ActivationReason, ActivationReasonCode, Code, Id, Reason, ReasonCode};
use rusqlite::params;

use super::cases::{
    Case, CaseKind, Decide, QueueRequest, Reject, RejectActivation, approve_activation, approve_application,
    approve_device_recovery, approve_recovery, queue, reject_activation, reject_application, reject_device_recovery,
    reject_recovery,
};
use crate::rules::accounts::Account;
use crate::work::{Ruling, Work};

/// Names of the cases that wait, the oldest first.
pub(crate) fn waiting(work: &Work) -> Ruling<Vec<Id>> {
    Ok(queue(work, QueueRequest {})?.cases.into_iter().map(|case| case.id).collect())
}

/// Approves one.
pub(crate) fn approve(work: &Work, id: Id) -> Ruling<()> {
    let request = Decide { id };
    match of(work, id)?.kind {
        CaseKind::Application => approve_application(work, request),
        CaseKind::Recovery => approve_recovery(work, request),
        CaseKind::Activation => approve_activation(work, request),
        CaseKind::DeviceRecovery => approve_device_recovery(work, request),
    }
    .map(drop)
}

/// Refuses one. An activation is refused for its portrait, which is all that an officer compares there.
pub(crate) fn reject(work: &Work, id: Id, reasons: Vec<Reason>) -> Ruling<()> {
    match of(work, id)?.kind {
        CaseKind::Application => reject_application(work, Reject { id, reasons }),
        CaseKind::Recovery => reject_recovery(work, Reject { id, reasons }),
        CaseKind::DeviceRecovery => reject_device_recovery(work, Reject { id, reasons }),
        CaseKind::Activation => {
            let reasons = reasons.iter().map(of_portrait).collect::<Result<_, _>>()?;
            reject_activation(work, RejectActivation { id, reasons })
        }
    }
    .map(drop)
}

fn of(work: &Work, id: Id) -> Ruling<Case> {
    queue(work, QueueRequest {})?.cases.into_iter().find(|case| case.id == id).ok_or_else(|| Code::NotFound.into())
}

fn of_portrait(reason: &Reason) -> Result<ActivationReason, Code> {
    let code = match reason.code {
        ReasonCode::PortraitDiffers => ActivationReasonCode::PortraitDiffers,
        ReasonCode::PortraitUnusable => ActivationReasonCode::PortraitUnusable,
        _ => return Err(Code::BadRequest),
    };
    Ok(ActivationReason { code, remedy: reason.remedy })
}

/// Applications for a number. One that gave way to another is none.
pub(crate) fn applications_of(work: &Work, number: &str) -> Ruling<usize> {
    count(work, "SELECT COUNT(*) FROM applications WHERE number = ?1", params![number])
}

/// Phones that applied or activated for a number, or were ever bound to its account. Other keys of the same phone are no other phone.
pub(crate) fn phones_of(work: &Work, number: &str) -> Ruling<usize> {
    let sql = "SELECT COUNT(*) FROM phones WHERE is_in_force = 1 AND id IN ( \
               SELECT phone FROM applications WHERE number = ?1 UNION SELECT phone FROM activations WHERE number = ?1 \
               UNION SELECT account_phones.phone FROM account_phones \
               JOIN accounts ON accounts.id = account_phones.account WHERE accounts.number = ?1)";
    count(work, sql, params![number])
}

/// The phone that an account is served on.
pub(crate) fn served(work: &Work, number: &str) -> Ruling<Option<Id>> {
    let account = Account::by_number(work, number)?.filter(|account| account.frozen_at.is_none());
    Ok(account.and_then(|account| account.phone))
}

/// All phones.
pub(crate) fn phones(work: &Work) -> Ruling<usize> {
    count(work, "SELECT COUNT(*) FROM phones WHERE is_in_force = 1", params![])
}

fn count(work: &Work, sql: &str, given: &[&dyn rusqlite::ToSql]) -> Ruling<usize> {
    Ok(work.row(sql, given, |row| row.get::<_, usize>(0))?.unwrap_or_default())
}
