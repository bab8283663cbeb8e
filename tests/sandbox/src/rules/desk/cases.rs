//! Applications, recoveries, activations and lost phones that wait for an officer.

use citizen_protocol::wire::{
    ActivationReason, ActivationState, ApplicationState, CardDetails, Code, Empty, Id, Reason, ReasonCode,
    RecoveryState, Remedy, StepKind, UnixTime, WireField,
};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::citizens::CitizenRecord;
use crate::rules::accounts::Account;
use crate::rules::records::Record;
use crate::rules::{activations, applications, lost_phones, portraits, recoveries};
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
    /// Level 2, after the identification in person.
    Activation,
    /// A lost phone.
    DeviceRecovery,
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
    let activating = work.rows(
        "SELECT * FROM activations WHERE state = 'comparing' AND is_for_officer = 1 ORDER BY since LIMIT ?1",
        params![MOST],
        activations::Stored::read,
    )?;
    for stored in activating {
        cases.push(Case {
            kind: CaseKind::Activation,
            id: stored.id,
            received_at: stored.since,
            expected_by: stored.expected_by,
            record: Record::of(work, &stored.number)?.map(Into::into),
            card: None,
            portrait: stored.portrait,
        });
    }
    let lost = work.rows(
        "SELECT * FROM device_recoveries WHERE state = 'comparing' AND is_for_officer = 1 ORDER BY since LIMIT ?1",
        params![MOST],
        lost_phones::Stored::read,
    )?;
    for stored in lost {
        let account = Account::by_id(work, stored.account)?.ok_or(Code::Internal)?;
        cases.push(Case {
            kind: CaseKind::DeviceRecovery,
            id: stored.id,
            received_at: stored.since,
            expected_by: stored.due,
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

/// The portrait is the holder's: the wait begins.
pub(crate) fn approve_device_recovery(work: &Work, request: Decide) -> Ruling<Empty> {
    lost(work, request.id)?.approve(work)?;
    Ok(Empty {})
}

/// Leaves the account where it is.
pub(crate) fn reject_device_recovery(work: &Work, request: Reject) -> Ruling<Empty> {
    let Reject { id, reasons } = request;
    check(&reasons)?;
    lost(work, id)?.refuse(work, reasons)?;
    Ok(Empty {})
}

fn lost(work: &Work, id: Id) -> Ruling<lost_phones::Stored> {
    let stored = lost_phones::Stored::by_id(work, id)?.ok_or(Code::NotFound)?;
    // What was compared has no portrait any more.
    if stored.portrait.is_some() { Ok(stored) } else { Err(Code::Conflict.into()) }
}

/// Refuses an activation.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RejectActivation {
    /// Which.
    #[serde(skip)]
    pub(crate) id: Id,
    /// Why, and what helps: one reason at least.
    pub(crate) reasons: Vec<ActivationReason>,
}

/// Level 2.
pub(crate) fn approve_activation(work: &Work, request: Decide) -> Ruling<Empty> {
    activating(work, request.id)?.approve(work)?;
    Ok(Empty {})
}

/// Leaves everything as it was.
pub(crate) fn reject_activation(work: &Work, request: RejectActivation) -> Ruling<Empty> {
    let RejectActivation { id, reasons } = request;
    if !(1..=MOST_REASONS).contains(&reasons.len()) {
        return Err(Code::BadRequest.into());
    }
    activating(work, id)?.refuse(work, reasons)?;
    Ok(Empty {})
}

fn activating(work: &Work, id: Id) -> Ruling<activations::Stored> {
    let stored = activations::Stored::by_id(work, id)?.ok_or(Code::NotFound)?;
    if stored.state == ActivationState::Comparing { Ok(stored) } else { Err(Code::Conflict.into()) }
}

fn in_review(work: &Work, id: Id) -> Ruling<applications::Stored> {
    let stored = applications::Stored::by_id(work, id)?.ok_or(Code::NotFound)?;
    if stored.state == ApplicationState::InReview { Ok(stored) } else { Err(Code::Conflict.into()) }
}

fn comparing(work: &Work, id: Id) -> Ruling<recoveries::Stored> {
    let stored = recoveries::Stored::by_id(work, id)?.ok_or(Code::NotFound)?;
    if stored.state == RecoveryState::Comparing { Ok(stored) } else { Err(Code::Conflict.into()) }
}

/// Reasons of one refusal at most.
const MOST_REASONS: usize = 10;

/// A reason names what its remedy is for, so that the app can lead there, and says what no code says.
fn check(reasons: &[Reason]) -> Ruling<()> {
    let fits = |reason: &Reason| match (reason.remedy, reason.field) {
        (Remedy::NewPortrait, field) => field == Some(WireField::Portrait),
        (Remedy::CorrectEntry, Some(WireField::Portrait | WireField::Contact | WireField::Password) | None) => false,
        _ => true,
    };
    let all_fit = (1..=MOST_REASONS).contains(&reasons.len()) && reasons.iter().all(|it| fits(it) && has_its_note(it));
    if all_fit { Ok(()) } else { Err(Code::BadRequest.into()) }
}

/// One line that can be read. Where there is no code for it, there is nothing else to read.
fn has_its_note(reason: &Reason) -> bool {
    let is_seemly = |note: &str| {
        let ends_line = |character: char| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
        !note.trim().is_empty() && note.chars().count() <= Reason::MAX_NOTE_CHARS && !note.contains(ends_line)
    };
    reason.note.as_deref().map_or(reason.code != ReasonCode::Other, is_seemly)
}
