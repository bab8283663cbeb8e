//! Whole numbers with thousands separators: `1.234` in Vietnamese, `1,234` in English.

use fluent_bundle::FluentValue;

use crate::Language;

/// From here on a float skips whole numbers, and Fluent's numbers are floats: 2^53.
pub(crate) const COUNT_END: u64 = 1 << 53;

/// A number with separators between its thousands.
pub(crate) fn grouped(number: u64, language: Language) -> String {
    let separator = match language {
        Language::Vi => '.',
        Language::En => ',',
    };
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in (0..digits.len()).rev().zip(digits.chars()) {
        text.push(digit);
        if place > 0 && place.is_multiple_of(3) {
            text.push(separator);
        }
    }
    text
}

/// How Fluent writes numbers in Vietnamese. `M` is its cache, which we don't need.
pub(crate) fn written_vi<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    written(value, Language::Vi)
}

/// How Fluent writes numbers in English.
pub(crate) fn written_en<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    written(value, Language::En)
}

/// `None`, which leaves it to Fluent, for all but whole numbers.
fn written(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let is_count = number.value.fract() == 0.0 && (0.0..COUNT_END as f64).contains(&number.value);
    is_count.then(|| grouped(number.value as u64, language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_as_the_language_does() {
        for (number, vi, en) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1.000", "1,000"),
            (19_000_368, "19.000.368", "19,000,368"),
            (u64::MAX, "18.446.744.073.709.551.615", "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(grouped(number, Language::Vi), vi);
            assert_eq!(grouped(number, Language::En), en);
        }
    }
}
