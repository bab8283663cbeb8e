//! How an application goes on: compared, decided by itself or by an officer.

use citizen_card::CitizenCard;
use citizen_protocol::ledger::Kind;
use citizen_protocol::wire::{
    AccountLevel, ApplicationState, CardSource, Code, Reason, ReasonCode, Remedy, StepKind, WireField,
};
use rusqlite::params;

use super::compare::{Compared, can_be_amended, reasons};
use super::store::Stored;
use crate::rules::accounts::Account;
use crate::rules::crypto::sha256;
use crate::rules::day::day;
use crate::rules::outbox::{Notice, tell};
use crate::rules::policy::Policy;
use crate::rules::records::{Comparison, Record, compare_portrait};
use crate::rules::sql::{at, name};
use crate::rules::{consents, ledger};
use crate::work::{Ruling, Work};

/// The card against the record; then the portrait, at once or when the policy's time for it is over.
pub(super) fn compare(
    work: &Work,
    stored: &mut Stored,
    (card, source): (&CitizenCard, CardSource),
    before: Option<&CitizenCard>,
) -> Ruling<()> {
    let record = Record::of(work, &stored.number)?;
    let minimum_age = Policy::MinimumAge.value(work)?;
    let compared = Compared { card, source, before, today: day(work.now)?, minimum_age };
    let mut found = reasons(&compared, record.as_ref());
    if found.is_empty() && Account::by_number(work, &stored.number)?.is_some() {
        found.push(Reason {
            code: ReasonCode::AlreadyRegistered,
            field: Some(WireField::IdNumber),
            remedy: Remedy::SignIn,
            note: None,
        });
    }
    if !found.is_empty() {
        return refuse(work, stored, found, StepKind::Compared);
    }
    review(work, stored)
}

/// Into the review: what is new about it is compared now or in a while.
pub(super) fn review(work: &Work, stored: &mut Stored) -> Ruling<()> {
    let wait = Policy::AutomaticReview.value(work)?;
    stored.state = ApplicationState::InReview;
    (stored.reasons, stored.failed_step, stored.decided_at) = (Vec::new(), None, None);
    stored.expected_by = Some(work.now.plus(wait));
    if wait == 0 { automatic(work, stored) } else { stored.update(work) }
}

/// Decides by the comparison of portraits, or hands it to an officer.
pub(super) fn automatic(work: &Work, stored: &mut Stored) -> Ruling<()> {
    let (field, remedy) = (Some(WireField::Portrait), Remedy::NewPortrait);
    let portrait = |code| Reason { code, field, remedy, note: None };
    match compare_portrait(work, &stored.number)? {
        Comparison::Same => approve(work, stored),
        Comparison::Differs => refuse(work, stored, vec![portrait(ReasonCode::PortraitDiffers)], StepKind::Reviewed),
        Comparison::Unusable => refuse(work, stored, vec![portrait(ReasonCode::PortraitUnusable)], StepKind::Reviewed),
        Comparison::Officer => {
            stored.is_for_officer = true;
            stored.expected_by = Some(work.now.plus(Policy::OfficerReview.value(work)?));
            stored.update(work)
        }
    }
}

/// Makes the account and binds the phone that applied. If number or phone have an account by now, it stops instead.
pub(in crate::rules) fn approve(work: &Work, stored: &mut Stored) -> Ruling<()> {
    if Account::by_number(work, &stored.number)?.is_some() {
        let (code, field) = (ReasonCode::AlreadyRegistered, Some(WireField::IdNumber));
        let reason = Reason { code, field, remedy: Remedy::SignIn, note: None };
        return refuse(work, stored, vec![reason], StepKind::Reviewed);
    }
    if Account::of_phone(work, stored.phone)?.is_some() {
        let reason = Reason { code: ReasonCode::Other, field: None, remedy: Remedy::Office, note: None };
        return refuse(work, stored, vec![reason], StepKind::Reviewed);
    }
    let account = work.new_id()?;
    let password = stored.password.as_ref().ok_or(Code::Internal)?;
    work.change(
        "INSERT INTO accounts (id, number, level, salt, password, sms, email, phone, made_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            account.0,
            stored.number,
            name(&AccountLevel::Level1)?,
            password.salt,
            password.hash,
            stored.sms,
            stored.email,
            stored.phone.0,
            at(work.now),
        ],
    )?;
    let keys = ledger::keys_hash_of(work, stored.phone)?;
    ledger::append(work, account, Kind::Enrol, Some(keys), sha256(&stored.id.0))?;
    consents::pass_on(work, stored.id, account)?;
    stored.state = ApplicationState::Approved;
    (stored.account, stored.decided_at, stored.expected_by) = (Some(account), Some(work.now), None);
    tell(work, stored.sms.as_deref(), stored.email.as_deref(), Notice::AccountMade)?;
    stored.update(work)
}

/// Rejects it if everything against it can be put right in the app, else stops it. A portrait that is not good goes at once.
pub(in crate::rules) fn refuse(work: &Work, stored: &mut Stored, reasons: Vec<Reason>, step: StepKind) -> Ruling<()> {
    let amendable = can_be_amended(&reasons);
    if amendable && reasons.iter().any(|reason| reason.remedy == Remedy::NewPortrait) {
        stored.drop_portrait(work)?;
    }
    stored.state = if amendable { ApplicationState::Rejected } else { ApplicationState::Stopped };
    (stored.reasons, stored.failed_step) = (reasons, Some(step));
    (stored.decided_at, stored.expected_by, stored.is_for_officer) = (Some(work.now), None, false);
    tell(work, stored.sms.as_deref(), stored.email.as_deref(), Notice::ApplicationDecided)?;
    stored.update(work)
}

/// Decides what has waited for the comparison of portraits long enough; `most` at a time.
pub(in crate::rules) fn decide_due(work: &Work, most: u32) -> Ruling<()> {
    let due = work.rows(
        "SELECT * FROM applications WHERE state = 'in_review' AND is_for_officer = 0 AND expected_by <= ?1 LIMIT ?2",
        params![at(work.now), most],
        Stored::read,
    )?;
    due.into_iter().try_for_each(|mut stored| automatic(work, &mut stored))
}
