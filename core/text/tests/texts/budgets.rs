//! A text fits its place: measured with the longest realistic values, in every variant.

use citizen_text::Catalogue;

use crate::folder::{expect_none, folders};
use crate::samples;

/// The place is the id's ending; `action-` is a button wherever it stands. In characters.
const BUDGETS: [(&str, usize); 8] = [
    ("-title", 48),
    ("-button", 28),
    ("-label", 40),
    ("-hint", 120),
    ("-error", 140),
    ("-text", 320),
    ("-option", 60),
    ("-row", 40),
];

const ACTION: usize = 28;
const OTHER: usize = 200;

fn budget(id: &str) -> usize {
    if id.starts_with("action-") {
        return ACTION;
    }
    BUDGETS.iter().find(|(ending, _)| id.ends_with(ending)).map_or(OTHER, |(_, chars)| *chars)
}

#[test]
fn the_budget_follows_from_the_id() {
    for (id, chars) in [
        ("card-title", 48),
        ("action-try-again", 28),
        ("action-text", 28),
        ("otp-resend-button", 28),
        ("field-name-label", 40),
        ("enrol-review-text", 320),
        ("title", 200),
        ("language-name", 200),
    ] {
        assert_eq!(budget(id), chars, "{id}");
    }
}

#[test]
fn every_text_fits_its_place() {
    let mut findings = Vec::new();
    for folder in folders() {
        for id in folder.messages.keys() {
            let cases = samples::cases(&folder.variables(id), &folder.selectors(id));
            let texts = cases.iter().filter_map(|case| {
                let values: Vec<_> = case.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
                // What can't be said is the finding of another test.
                Catalogue::of(folder.language).say(id, &values).ok().map(|said| said.text)
            });
            let over = texts.filter(|text| text.chars().count() > budget(id)).max_by_key(|text| text.chars().count());
            findings.extend(over.map(|text| {
                format!("{} {id}: {} of {} characters: {text}", folder.language.tag(), text.chars().count(), budget(id))
            }));
        }
    }
    expect_none(&findings);
}
