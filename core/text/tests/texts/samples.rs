//! The longest realistic values of a message, by the last word of each variable's name: the rule is in the crate's
//! documentation.

use std::collections::{BTreeMap, BTreeSet};

use citizen_card::CalendarDate;
use citizen_text::Value;

/// The plural categories that Fluent knows (CLDR).
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// 2026-09-30T16:59:00Z: in English the longest month, 23:59 in Vietnam.
const LONG_TIME: u64 = 1_790_787_540;

/// The longest realistic value.
pub(crate) fn longest(variable: &str) -> Value {
    let text = |text: &str| Value::Text(text.to_owned());
    match variable.rsplit('-').next().unwrap_or(variable) {
        "time" | "until" => Value::Time(LONG_TIME),
        "day" => Value::Day(CalendarDate::new(2026, 9, 30).unwrap()),
        // `47 hours 59 minutes`.
        "wait" => Value::Wait(47 * 3600 + 59 * 60),
        "count" | "left" | "n" | "years" | "days" => Value::Count(100),
        "amount" => Value::Count(120_000_000),
        "number" | "digits" => Value::Digits("079190123456".to_owned()),
        "code" => Value::Digits("AB12CD34".to_owned()),
        "name" => text("Nguyễn Hoàng Phương Thảo Nguyên Anh"),
        "address" => text("ngu•••••••••@thu-dien-tu-vi-du.vn"),
        "place" | "office" | "agency" => text("Công an phường Mẫu, Thành phố Ví Dụ"),
        _ => text("Điện thoại Mẫu Pro 12 5G"),
    }
}

/// Values for each choice that the message makes.
pub(crate) fn cases(
    variables: &BTreeSet<String>,
    selectors: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<Vec<(String, Value)>> {
    let mut cases = vec![Vec::new()];
    for variable in variables {
        let values = selectors.get(variable).map_or_else(|| vec![longest(variable)], |keys| chosen(variable, keys));
        cases = cases
            .iter()
            .flat_map(|case| {
                values.iter().map(|value| [case.as_slice(), &[(variable.clone(), value.clone())]].concat())
            })
            .collect();
    }
    cases
}

/// Values that choose each variant: counts where the keys are numbers or plurals, else the keys' own text.
fn chosen(variable: &str, keys: &BTreeSet<String>) -> Vec<Value> {
    let counts: Vec<u64> =
        keys.iter().filter_map(|key| if key == "one" { Some(1) } else { key.parse().ok() }).collect();
    if counts.is_empty() && !keys.iter().all(|key| PLURALS.contains(&key.as_str())) {
        return keys.iter().map(|key| Value::Text(key.clone())).collect();
    }
    let other = match longest(variable) {
        Value::Count(count) => count,
        _ => 100,
    };
    counts.into_iter().chain([other]).map(Value::Count).collect()
}
