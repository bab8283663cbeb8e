//! Whatever comes, a message is said or refused.

use citizen_card::CalendarDate;
use citizen_text::{Catalogue, Language, SayError, Value};
use proptest::prelude::*;

use crate::folder::folders;

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        "(?s).{0,300}".prop_map(Value::Text),
        any::<u64>().prop_map(Value::Count),
        any::<u64>().prop_map(Value::Time),
        any::<u64>().prop_map(Value::Wait),
        "(?s).{0,20}".prop_map(Value::Digits),
        (1900..=2399_u16).prop_map(|year| Value::Day(CalendarDate::new(year, 12, 31).unwrap())),
    ]
}

#[test]
fn every_message_takes_any_values() {
    let folders = folders();
    let rounds = ProptestConfig::with_cases(16);
    for (folder, id) in folders.iter().flat_map(|folder| folder.messages.keys().map(move |id| (folder, id))) {
        let names: Vec<String> = folder.variables(id).into_iter().collect();
        let values = prop::collection::vec(any_value(), names.len());
        proptest!(rounds.clone(), |(values in values)| {
            let given: Vec<(&str, Value)> = names.iter().map(String::as_str).zip(values).collect();
            match Catalogue::of(folder.language).say(id, &given) {
                Ok(said) => prop_assert_ne!(said.spoken.as_ref(), Some(&said.text)),
                Err(error) => prop_assert!(matches!(error, SayError::UnfitValue { .. }), "{}", error),
            }
        });
    }
}

#[test]
fn a_value_that_a_message_needs_cannot_be_left_out() {
    for folder in folders() {
        for id in folder.messages.keys().filter(|id| !folder.variables(id).is_empty()) {
            // The variable may stand in a variant that another one chooses: without any of them, one is missed.
            let error = Catalogue::of(folder.language).say(id, &[]).unwrap_err();
            assert!(matches!(error, SayError::NoValue { .. }), "{error}");
        }
    }
}

proptest! {
    #[test]
    fn an_unknown_id_is_refused(id in "(?s).{0,40}") {
        for language in Language::ALL {
            let catalogue = Catalogue::of(language);
            let is_known = catalogue.ids().any(|known| known == id);
            let is_refused = matches!(catalogue.say(&id, &[]), Err(SayError::NoMessage { .. }));
            prop_assert_eq!(is_refused, !is_known);
        }
    }
}
