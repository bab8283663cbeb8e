//! A card as it is entered: seven texts, judged by the rules of the card.

use citizen_card::{CalendarDate, CardDraft, CardField, CardReading, CitizenCard, Expected, Sex};
use citizen_protocol::wire::{CardDetails, CardSource};
use serde::{Deserialize, Serialize};

use crate::ids::FieldId;

/// What stands in the fields. In the model, so sealed like all of it, and wiped once the service has it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    fields: [String; CardField::ALL.len()],
}

impl Entry {
    /// What a card says, as its holder would type it.
    pub(crate) fn of(card: &CitizenCard) -> Self {
        let mut entry = Self::default();
        entry.put(CardField::Number, card.number().to_string());
        entry.put(CardField::OldNumber, card.old_number().map(|old| old.to_string()).unwrap_or_default());
        entry.put(CardField::Name, card.name().to_owned());
        entry.put(CardField::BirthDate, day(card.birth_date()));
        entry.put(CardField::Sex, card.sex().to_string());
        entry.put(CardField::Address, card.address().to_owned());
        entry.put(CardField::IssueDate, day(card.issue_date()));
        entry
    }

    pub(crate) fn put(&mut self, field: CardField, text: String) {
        if let Some(place) = self.fields.get_mut(field as usize) {
            *place = text;
        }
    }

    pub(crate) fn text(&self, field: CardField) -> &str {
        self.fields.get(field as usize).map_or("", String::as_str)
    }

    pub(crate) fn error(&self, field: CardField, today: CalendarDate) -> Option<Expected> {
        self.draft().error(field, today)
    }

    /// The card, if all fields hold.
    pub(crate) fn card(&self, today: CalendarDate) -> Option<CardReading> {
        self.draft().finish(today).ok()
    }

    fn draft(&self) -> CardDraft {
        let mut draft = CardDraft::default();
        for field in CardField::ALL {
            draft.enter(field, self.text(field));
        }
        draft
    }
}

/// Day, month, year, with slashes.
fn day(date: CalendarDate) -> String {
    let iso = date.to_string();
    iso.split('-').rev().collect::<Vec<_>>().join("/")
}

/// For the service.
pub(crate) fn details(card: &CitizenCard, source: CardSource) -> CardDetails {
    CardDetails {
        id_number: card.number().to_string(),
        old_id_number: card.old_number().map(|old| old.to_string()),
        name: card.name().to_owned(),
        birth_date: card.birth_date().to_string(),
        sex: card.sex().to_string(),
        address: card.address().to_owned(),
        issue_date: card.issue_date().to_string(),
        source,
    }
}

/// The options of the sex, as the card has them.
pub(super) const SEXES: [(Sex, &str); 2] = [(Sex::Male, "male"), (Sex::Female, "female")];

/// The field of the page that stands for a field of the card.
pub(super) fn field_id(field: CardField) -> FieldId {
    match field {
        CardField::Number => FieldId::IdNumber,
        CardField::OldNumber => FieldId::OldIdNumber,
        CardField::Name => FieldId::Name,
        CardField::BirthDate => FieldId::BirthDate,
        CardField::Sex => FieldId::Sex,
        CardField::Address => FieldId::Address,
        CardField::IssueDate => FieldId::IssueDate,
    }
}

pub(super) fn card_field(id: FieldId) -> Option<CardField> {
    CardField::ALL.into_iter().find(|field| field_id(*field) == id)
}
