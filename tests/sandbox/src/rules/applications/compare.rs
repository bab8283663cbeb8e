//! A card beside its record (rows R10, R15).
//!
//! | what | answer | what helps |
//! |---|---|---|
//! | no record, typed | rejected | correct the entry |
//! | no record, scanned; or the holder died | stopped | go on in person |
//! | one field differs, typed, as a slip of the finger would | rejected | correct the entry |
//! | a field differs in any other way, or the same entry is given again | stopped | have the record updated |
//! | name, birth date and sex differ in two or more | as "no such number" differs, and no field is named | |
//! | foreigner, too young, card expired | stopped | immigration office, guardian, new card |
//!
//! The fifth line keeps the service from telling a stranger, field by field, what a number's record says.

use citizen_card::{CalendarDate, CitizenCard};
use citizen_protocol::wire::{CardSource, Reason, ReasonCode, Remedy, WireField};

use super::slips;
use crate::rules::records::Record;

/// What is compared.
pub(super) struct Compared<'a> {
    pub(super) card: &'a CitizenCard,
    pub(super) source: CardSource,
    /// The entry before this one, when it was rejected.
    pub(super) before: Option<&'a CitizenCard>,
    pub(super) today: CalendarDate,
    pub(super) minimum_age: u64,
}

/// Every reason against it; none: it agrees.
pub(super) fn reasons(compared: &Compared, record: Option<&Record>) -> Vec<Reason> {
    let Some(record) = record else {
        return vec![compared.whole_number(ReasonCode::NotInDatabase, Remedy::Office)];
    };
    if record.is_deceased {
        return vec![reason(ReasonCode::NotInDatabase, WireField::IdNumber, Remedy::Office)];
    }
    if record.is_foreigner {
        return vec![reason(ReasonCode::ForeignResident, WireField::IdNumber, Remedy::ImmigrationOffice)];
    }
    let differing = compared.differing(record);
    if differing.iter().filter(|(field, _)| is_identity(*field)).count() > 1 {
        return vec![compared.whole_number(ReasonCode::FieldDiffers, Remedy::UpdateRecord)];
    }
    if !differing.is_empty() {
        let remedy = |is_slip| if is_slip { Remedy::CorrectEntry } else { Remedy::UpdateRecord };
        return differing
            .iter()
            .map(|&(field, is_slip)| reason(ReasonCode::FieldDiffers, field, remedy(is_slip)))
            .collect();
    }
    compared.policy(record)
}

/// Whether the holder can put all of it right in the app.
pub(super) fn can_be_amended(reasons: &[Reason]) -> bool {
    reasons.iter().all(|reason| matches!(reason.remedy, Remedy::CorrectEntry | Remedy::NewPortrait))
}

fn reason(code: ReasonCode, field: WireField, remedy: Remedy) -> Reason {
    Reason { code, field: Some(field), remedy, note: None }
}

fn is_identity(field: WireField) -> bool {
    matches!(field, WireField::Name | WireField::BirthDate | WireField::Sex)
}

impl Compared<'_> {
    /// The number may be a slip if it was typed, and not twice the same.
    fn whole_number(&self, code: ReasonCode, otherwise: Remedy) -> Reason {
        let may_be_slip =
            self.source == CardSource::Typed && self.before.is_none_or(|before| before.number() != self.card.number());
        reason(code, WireField::IdNumber, if may_be_slip { Remedy::CorrectEntry } else { otherwise })
    }

    /// Fields that differ, and whether each looks like a slip.
    fn differing(&self, record: &Record) -> Vec<(WireField, bool)> {
        let (card, before) = (self.card, self.before);
        let same_old = match (card.old_number(), &record.old_number) {
            (Some(card), Some(record)) => card.to_string() == *record,
            _ => true,
        };
        let fields = [
            (
                WireField::Name,
                slips::same_text(card.name(), &record.name),
                slips::near_text(card.name(), &record.name),
                before.map(|before| before.name() != card.name()),
            ),
            (
                WireField::BirthDate,
                card.birth_date() == record.birth_date,
                slips::near_day(card.birth_date(), record.birth_date),
                before.map(|before| before.birth_date() != card.birth_date()),
            ),
            (WireField::Sex, card.sex() == record.sex, true, before.map(|before| before.sex() != card.sex())),
            (WireField::OldIdNumber, same_old, true, before.map(|before| before.old_number() != card.old_number())),
            (
                WireField::Address,
                slips::same_text(card.address(), &record.address),
                slips::near_text(card.address(), &record.address),
                before.map(|before| before.address() != card.address()),
            ),
            (
                WireField::IssueDate,
                card.issue_date() == record.issue_date,
                slips::near_day(card.issue_date(), record.issue_date),
                before.map(|before| before.issue_date() != card.issue_date()),
            ),
        ];
        let typed = self.source == CardSource::Typed;
        let differing = fields.into_iter().filter(|(_, is_same, ..)| !is_same);
        differing.map(|(field, _, is_near, changed)| (field, typed && is_near && changed.unwrap_or(true))).collect()
    }

    /// What the service's policy has against a card that agrees.
    fn policy(&self, record: &Record) -> Vec<Reason> {
        let age = record.birth_date.age_on(self.today).map_or(0, u64::from);
        let young = reason(ReasonCode::TooYoung, WireField::BirthDate, Remedy::Guardian);
        let expired = reason(ReasonCode::CardExpired, WireField::IssueDate, Remedy::RenewCard);
        let is_expired = record.expiry_date.is_some_and(|last| last < self.today);
        [(age < self.minimum_age, young), (is_expired, expired)]
            .into_iter()
            .filter_map(|(applies, reason)| applies.then_some(reason))
            .collect()
    }
}
