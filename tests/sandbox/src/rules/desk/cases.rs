//! Applications and recoveries that wait for an officer.

use citizen_protocol::wire::{
    ApplicationState, CardDetails, Code, Empty, Id, Reason, RecoveryState, Remedy, StepKind, UnixTime, WireField,
};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::citizens::CitizenRecord;
use crate::rules::accounts::Account;
use crate::rules::records::Record;
use crate::rules::{applications, portraits, recoveries};
use crate::work::{Ruling, Work};

/// Cases in one answer; the oldest come first.
const MOST: u32 = 50;

/// Asks for what waits.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueueRequest {}

/// What waits for an officer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct Queue {
    /// The oldest first; at most 50.
    pub(crate) cases: Vec<Case>,
}

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaseKind {
    /// A registration.
    Application,
    /// A forgotten password.
    Recovery,
}

/// A case, with what it takes to decide it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct Case {
    /// What it is about.
    pub(crate) kind: CaseKind,
    /// Names it.
    pub(crate) id: Id,
    /// When it came.
    pub(crate) received_at: UnixTime,
    /// When it should be decided.
    pub(crate) expected_by: Option<UnixTime>,
    /// What the card says.
    pub(crate) card: Option<CardDetails>,
    /// What the record says.
    pub(crate) record: Option<CitizenRecord>,
    /// The portrait that came with it.
    pub(crate) portrait: Option<Id>,
}

/// Everything that waits for an officer.
pub(crate) fn queue(work: &Work, _request: QueueRequest) -> Ruling<Queue> {
    let mut cases = Vec::new();
    let applied = work.rows(
        "SELECT * FROM applications WHERE state = 'in_review' AND is_for_officer = 1 ORDER BY received_at LIMIT ?1",
        params![MOST],
        applications::Stored::read,
    )?;
    for stored in applied {
        cases.push(Case {
            kind: CaseKind::Application,
            id: stored.id,
            received_at: stored.received_at,
            expected_by: stored.expected_by,
            record: Record::of(work, &stored.number)?.map(Into::into),
            card: stored.card,
            portrait: stored.portrait,
        });
    }
    let recovered = work.rows(
        "SELECT * FROM recoveries WHERE state = 'comparing' AND is_for_officer = 1 ORDER BY since LIMIT ?1",
        params![MOST],
        recoveries::Stored::read,
    )?;
    for stored in recovered {
        let account = Account::by_id(work, stored.account)?.ok_or(Code::Internal)?;
        cases.push(Case {
            kind: CaseKind::Recovery,
            id: stored.id,
            received_at: stored.since,
            expected_by: stored.expected_by,
            record: Record::of(work, &account.number)?.map(Into::into),
            card: None,
            portrait: stored.portrait,
        });
    }
    cases.sort_by_key(|case| case.received_at);
    cases.truncate(MOST as usize);
    Ok(Queue { cases })
}

/// The bytes of a case's portrait, while it is not decided.
pub(crate) fn portrait(work: &Work, portrait: Id) -> Ruling<Vec<u8>> {
    let bytes = portraits::bytes(work, portrait)?;
    if bytes.is_empty() { Err(Code::NotFound.into()) } else { Ok(bytes) }
}

/// Names a case.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decide {
    /// Which.
    #[serde(skip)]
    pub(crate) id: Id,
}

/// Refuses a case.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reject {
    /// Which.
    #[serde(skip)]
    pub(crate) id: Id,
    /// Why, and what helps: one reason at least. With nothing but `correct_entry` and `new_portrait` the applicant can amend it.
    pub(crate) reasons: Vec<Reason>,
}

/// Makes the account.
pub(crate) fn approve_application(work: &Work, request: Decide) -> Ruling<Empty> {
    let mut stored = in_review(work, request.id)?;
    applications::approve(work, &mut stored)?;
    Ok(Empty {})
}

/// Rejects or stops an application.
pub(crate) fn reject_application(work: &Work, request: Reject) -> Ruling<Empty> {
    let Reject { id, reasons } = request;
    check(&reasons)?;
    let mut stored = in_review(work, id)?;
    applications::refuse(work, &mut stored, reasons, StepKind::Reviewed)?;
    Ok(Empty {})
}

/// Puts the new password in force.
pub(crate) fn approve_recovery(work: &Work, request: Decide) -> Ruling<Empty> {
    comparing(work, request.id)?.approve(work)?;
    Ok(Empty {})
}

/// Leaves the old password.
pub(crate) fn reject_recovery(work: &Work, request: Reject) -> Ruling<Empty> {
    let Reject { id, reasons } = request;
    check(&reasons)?;
    comparing(work, id)?.refuse(work, reasons)?;
    Ok(Empty {})
}

fn in_review(work: &Work, id: Id) -> Ruling<applications::Stored> {
    let stored = applications::Stored::by_id(work, id)?.ok_or(Code::NotFound)?;
    if stored.state == ApplicationState::InReview { Ok(stored) } else { Err(Code::Conflict.into()) }
}

fn comparing(work: &Work, id: Id) -> Ruling<recoveries::Stored> {
    let stored = recoveries::Stored::by_id(work, id)?.ok_or(Code::NotFound)?;
    if stored.state == RecoveryState::Comparing { Ok(stored) } else { Err(Code::Conflict.into()) }
}

/// A reason names what its remedy is for, so that the app can lead there.
fn check(reasons: &[Reason]) -> Ruling<()> {
    let fits = |reason: &Reason| match (reason.remedy, reason.field) {
        (Remedy::NewPortrait, field) => field == Some(WireField::Portrait),
        (Remedy::CorrectEntry, Some(WireField::Portrait | WireField::Contact | WireField::Password) | None) => false,
        _ => true,
    };
    let all_fit = !reasons.is_empty() && reasons.len() <= 10 && reasons.iter().all(fits);
    if all_fit { Ok(()) } else { Err(Code::BadRequest.into()) }
}
