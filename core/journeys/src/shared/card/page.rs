//! What the holder sees of the card.

use citizen_card::{CardField, Expected, Finding, Sex};
use citizen_protocol::wire::{CardSource, WireField};
use citizen_text::Value;

use super::entry::{Entry, SEXES, field_id};
use super::state::State;
use super::update::wire_field;
use crate::ids::Act;
use crate::page::{CameraKind, CardRow, Choice, ChoiceOption, Field, FieldKind, Page, Part, Said, Tone};
use crate::see::See;
use crate::shared::selfie::fault_page;

pub(crate) fn page(state: &State, see: See) -> Page {
    match state {
        State::Scanning { fault: Some(fault), .. } => {
            let draft = see.page("card-scan", "card-scan-title").back();
            fault_page(draft, *fault).secondary(Act::TypeByHand).cancel(Act::Later).done()
        }
        State::Scanning { hint, is_long, fault: None, .. } => scanning(see, hint.as_deref(), *is_long),
        State::Typing { entry, tried, wrong } => typing(see, entry, *tried, wrong),
        State::Review { entry, source } => review(see, entry, *source),
    }
}

fn scanning(see: See, hint: Option<&str>, is_long: bool) -> Page {
    let hint = hint.and_then(hint_text).map(|id| see.say(id));
    let camera = Part::Camera { camera: CameraKind::Card, hint: hint.clone(), relaxed: false, light: false };
    let draft = see.page("card-scan", "card-scan-title").back().text("card-scan-text").part(camera);
    let draft = match hint {
        Some(hint) => draft.announce(hint),
        None => draft,
    };
    let draft =
        if is_long { draft.text("card-long-text").primary(Act::TypeByHand) } else { draft.secondary(Act::TypeByHand) };
    draft.secondary(Act::Help).cancel(Act::Later).done()
}

fn typing(see: See, entry: &Entry, tried: bool, wrong: &[WireField]) -> Page {
    let mut first = None;
    let parts: Vec<Part> = CardField::ALL
        .into_iter()
        .map(|field| {
            let expected = tried
                .then(|| entry.error(field, see.now.today()))
                .flatten()
                .map(|expected| error(see, field, expected));
            let by_service = wrong.contains(&wire_field(field)).then(|| see.say("card-service-error"));
            let error = expected.or(by_service);
            first = first.take().or(error.clone());
            part(see, field, entry.text(field), error)
        })
        .collect();
    let draft = see.page("card-type", "card-type-title").back().text("card-type-text").parts(parts);
    let draft = match first {
        Some(error) => draft.announce(error),
        None => draft,
    };
    draft.primary(Act::Continue).secondary(Act::ScanCard).secondary(Act::Help).cancel(Act::Later).done()
}

fn part(see: See, field: CardField, text: &str, error: Option<Said>) -> Part {
    let id = field_id(field);
    let kind = match field {
        CardField::Number | CardField::OldNumber => FieldKind::IdNumber,
        CardField::Name => FieldKind::Name,
        CardField::BirthDate | CardField::IssueDate => FieldKind::Day,
        CardField::Address => FieldKind::Address,
        CardField::Sex => {
            let option = |(sex, option): (Sex, &str)| ChoiceOption {
                id: option.to_owned(),
                label: see.say(sex_text(sex)),
                chosen: text == sex.to_string(),
            };
            let options = SEXES.into_iter().map(option).collect();
            return Part::Choice {
                choice: Choice { id: id.id().to_owned(), label: see.say(id.label()), options, error },
            };
        }
    };
    let hint = match field {
        CardField::Number => Some("card-number-hint"),
        CardField::OldNumber => Some("card-old-number-hint"),
        CardField::BirthDate | CardField::IssueDate => Some("card-day-hint"),
        CardField::Name | CardField::Address => Some("card-as-printed-hint"),
        CardField::Sex => None,
    };
    let field = Field { hint: hint.map(|id| see.say(id)), error, ..see.field(id, kind, text) };
    Part::Field { field }
}

fn error(see: See, field: CardField, expected: Expected) -> Said {
    match expected {
        Expected::TwelveDigits => see.say("card-number-error"),
        Expected::NineDigitsOrNothing => see.say("card-old-number-error"),
        Expected::Text { .. } if field == CardField::Name => see.say("card-name-error"),
        Expected::Text { .. } => see.say("card-address-error"),
        Expected::NamOrNu => see.say("card-sex-error"),
        Expected::DayMonthYear => see.say("card-day-error"),
        Expected::NotAfter { .. } => see.say("card-future-error"),
        Expected::AfterBirth => see.say("card-issue-error"),
    }
}

fn review(see: See, entry: &Entry, source: CardSource) -> Page {
    let findings = entry.card(see.now.today()).map(|reading| reading.findings).unwrap_or_default();
    let draft = see.page("card-review", "card-review-title").back().text("card-review-text");
    let rows =
        CardField::ALL.into_iter().filter(|field| !entry.text(*field).is_empty()).map(|field| row(see, entry, field));
    let mut rows: Vec<CardRow> = rows.collect();
    let mut notices = Vec::new();
    for finding in &findings {
        let (field, note) = note(see, finding);
        let label = field_id(field).label();
        if let Some(row) = rows.iter_mut().find(|row| row.label.id == label) {
            row.note = Some(note.clone());
        }
        notices.push(note);
    }
    let draft = draft.part(Part::Rows { rows });
    let is_odd = !notices.is_empty();
    let draft = notices.into_iter().fold(draft, |draft, note| draft.announced(Tone::Warning, note));
    // Where a record is corrected: row R15.
    let draft = match (is_odd, source) {
        (true, CardSource::Scanned) => draft.text("card-record-text"),
        (true, CardSource::Typed) => draft.text("card-check-text"),
        (false, _) => draft,
    };
    draft
        .primary(Act::Continue)
        .secondary(Act::Correct)
        .secondary(Act::ScanCard)
        .secondary(Act::Help)
        .cancel(Act::Later)
        .done()
}

fn row(see: See, entry: &Entry, field: CardField) -> CardRow {
    let text = entry.text(field);
    let label = see.say(field_id(field).label());
    let (value, spoken) = match field {
        CardField::Number | CardField::OldNumber => {
            let said = see.say_with("card-number-row", &[("number", Value::Digits(text.to_owned()))]);
            (said.text, said.spoken)
        }
        CardField::Sex => {
            let sex = SEXES.into_iter().find(|(sex, _)| sex.to_string() == text);
            (sex.map_or_else(|| text.to_owned(), |(sex, _)| see.say(sex_text(sex)).text), None)
        }
        _ => (text.to_owned(), None),
    };
    CardRow { label, value, spoken, note: None }
}

fn note(see: See, finding: &Finding) -> (CardField, Said) {
    match finding {
        Finding::UnknownProvince { .. } => (CardField::Number, see.say("card-province-finding")),
        Finding::BirthYearDiffers { .. } => (CardField::BirthDate, see.say("card-birth-finding")),
        Finding::SexDiffers { .. } => (CardField::Sex, see.say("card-sex-finding")),
    }
}

fn sex_text(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "card-male-option",
        Sex::Female => "card-female-option",
    }
}

/// The scanner's hints in words.
pub(super) fn hint_text(hint: &str) -> Option<&'static str> {
    Some(match hint {
        "nothing_found" => "card-nothing-found-hint",
        "too_dark" => "card-too-dark-hint",
        "come_closer" => "card-come-closer-hint",
        "move_back" => "card-move-back-hint",
        "hold_still" => "card-hold-still-hint",
        "focus" => "card-focus-hint",
        "glare" => "card-glare-hint",
        "tilted" => "card-tilted-hint",
        "cut_off" => "card-cut-off-hint",
        "damaged" => "card-damaged-hint",
        "wrong_code" => "card-wrong-code-hint",
        "wrong_field" => "card-wrong-field-hint",
        _ => return None,
    })
}
