//! The card's details as they come, read by the same rules as a card in the phone.

use citizen_card::{CalendarDate, CardDraft, CardField, CitizenCard, Finding};
use citizen_protocol::wire::{CardDetails, WireField};

use crate::rules::records::Record;
use crate::rules::refusals::fields;
use crate::work::{Refusal, Ruling};

/// The card, or every field that does not hold.
pub(super) fn read(details: &CardDetails, today: CalendarDate) -> Ruling<CitizenCard> {
    let mut draft = CardDraft::default();
    draft.enter(CardField::Number, &details.id_number);
    draft.enter(CardField::OldNumber, details.old_id_number.as_deref().unwrap_or_default());
    draft.enter(CardField::Name, &details.name);
    draft.enter(CardField::BirthDate, &day_month_year(&details.birth_date));
    draft.enter(CardField::Sex, &details.sex);
    draft.enter(CardField::Address, &details.address);
    draft.enter(CardField::IssueDate, &day_month_year(&details.issue_date));
    draft.finish(today).map(|reading| reading.card).map_err(|wrong| {
        let wrong: Vec<_> = wrong.into_iter().map(|error| wire_field(error.field)).collect();
        fields(&wrong)
    })
}

/// The contract has ISO 8601, the card's own form is day, month, year. What is no ISO day reads as no day.
fn day_month_year(iso: &str) -> String {
    CalendarDate::from_iso(iso).map(|_| iso.split('-').rev().collect::<Vec<_>>().join("/")).unwrap_or_default()
}

/// A number that does not go with the birth date or the sex is a slip of somebody's, unless the record says the same.
pub(super) fn consistent(card: &CitizenCard, record: Option<&Record>) -> Result<(), Refusal> {
    let is_known = |finding: &Finding| {
        record.is_some_and(|record| match finding {
            Finding::BirthYearDiffers { .. } => record.birth_date == card.birth_date(),
            Finding::SexDiffers { .. } => record.sex == card.sex(),
            Finding::UnknownProvince { .. } => true,
        })
    };
    let wrong: Vec<WireField> = card
        .findings()
        .iter()
        .filter(|finding| !is_known(finding))
        .filter_map(|finding| match finding {
            Finding::BirthYearDiffers { .. } => Some(WireField::BirthDate),
            Finding::SexDiffers { .. } => Some(WireField::Sex),
            Finding::UnknownProvince { .. } => None,
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(fields(&[vec![WireField::IdNumber], wrong].concat())) }
}

fn wire_field(field: CardField) -> WireField {
    match field {
        CardField::Number => WireField::IdNumber,
        CardField::OldNumber => WireField::OldIdNumber,
        CardField::Name => WireField::Name,
        CardField::BirthDate => WireField::BirthDate,
        CardField::Sex => WireField::Sex,
        CardField::Address => WireField::Address,
        CardField::IssueDate => WireField::IssueDate,
    }
}
