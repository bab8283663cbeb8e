//! Any text is a card that prints and reads back equal, or a typed error.

#![no_main]

use citizen_card::{CalendarDate, CardDraft, CardField, PersonalNumber, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Some(today) = CalendarDate::new(2026, 11, 22) else { return };
    if let Ok(reading) = parse(text, today) {
        assert_eq!(parse(&reading.card.to_payload(), today), Ok(reading));
    }
    if let Some(number) = PersonalNumber::parse(text) {
        assert_eq!(PersonalNumber::parse(&number.to_string()), Some(number));
    }
    let mut draft = CardDraft::default();
    for (field, typed) in CardField::ALL.into_iter().zip(text.lines()) {
        draft.enter(field, typed);
    }
    let errors = CardField::ALL.into_iter().filter(|field| draft.error(*field, today).is_some()).count();
    assert_eq!(draft.finish(today).map_or_else(|wrong| wrong.len(), |_| 0), errors);
});
