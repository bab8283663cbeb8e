//! How long to wait, in words, rounded up so that nobody comes back too early.

use crate::Language;
use crate::number::grouped;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// Up to here hours are clearer than days: "24 hours" says more than "1 day". Our choice.
const LAST_IN_HOURS: u64 = 48 * HOUR;

/// A unit of time by its names: Vietnamese, one in English, several in English.
type Unit = (&'static str, &'static str, &'static str);

const SECONDS: Unit = ("giây", "second", "seconds");
const MINUTES: Unit = ("phút", "minute", "minutes");
const HOURS: Unit = ("giờ", "hour", "hours");
const DAYS: Unit = ("ngày", "day", "days");

/// `45 giây`, `3 phút`, `1 giờ 20 phút`, `3 ngày 2 giờ`: two units at most, the lesser one rounded up.
pub(crate) fn in_words(seconds: u64, language: Language) -> String {
    let minutes = seconds.div_ceil(MINUTE);
    let hours = seconds.div_ceil(HOUR);
    match seconds {
        ..MINUTE => one(seconds, SECONDS, language),
        MINUTE..=LAST_IN_HOURS => two((minutes / 60, HOURS), (minutes % 60, MINUTES), language),
        _ => two((hours / 24, DAYS), (hours % 24, HOURS), language),
    }
}

/// The greater and the lesser unit, without one that is 0.
fn two(greater: (u64, Unit), lesser: (u64, Unit), language: Language) -> String {
    let (greater_in_words, lesser_in_words) = (one(greater.0, greater.1, language), one(lesser.0, lesser.1, language));
    match (greater.0, lesser.0) {
        (_, 0) => greater_in_words,
        (0, _) => lesser_in_words,
        _ => format!("{greater_in_words} {lesser_in_words}"),
    }
}

fn one(number: u64, (vi, en_one, en_other): Unit, language: Language) -> String {
    let unit = match (language, number) {
        (Language::Vi, _) => vi,
        (Language::En, 1) => en_one,
        (Language::En, _) => en_other,
    };
    format!("{} {unit}", grouped(number, language))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The seconds that a wait in words stands for, read back from the words.
    fn read_back(words: &str) -> u64 {
        let words: Vec<&str> = words.split(' ').collect();
        let parts = words.chunks(2).map(|part| {
            let number: u64 = part[0].replace(['.', ','], "").parse().unwrap();
            let unit = match part[1] {
                "giây" | "second" | "seconds" => 1,
                "phút" | "minute" | "minutes" => MINUTE,
                "giờ" | "hour" | "hours" => HOUR,
                "ngày" | "day" | "days" => 24 * HOUR,
                other => panic!("{other} is no unit"),
            };
            number.saturating_mul(unit)
        });
        parts.sum()
    }

    #[test]
    fn a_wait_reads_as_people_say_it() {
        for (seconds, vi, en) in [
            (0, "0 giây", "0 seconds"),
            (1, "1 giây", "1 second"),
            (45, "45 giây", "45 seconds"),
            (60, "1 phút", "1 minute"),
            (121, "3 phút", "3 minutes"),
            (3_540, "59 phút", "59 minutes"),
            (3_541, "1 giờ", "1 hour"),
            (4_800, "1 giờ 20 phút", "1 hour 20 minutes"),
            (7_259, "2 giờ 1 phút", "2 hours 1 minute"),
            (86_400, "24 giờ", "24 hours"),
            (172_800, "48 giờ", "48 hours"),
            (172_801, "2 ngày 1 giờ", "2 days 1 hour"),
            (259_200, "3 ngày", "3 days"),
        ] {
            assert_eq!(in_words(seconds, Language::Vi), vi);
            assert_eq!(in_words(seconds, Language::En), en);
        }
    }

    proptest! {
        #[test]
        fn nobody_comes_back_too_early_or_much_too_late(seconds in prop_oneof![0..200_u64, 0..400_000_u64, 0..=u64::MAX / 2]) {
            for language in Language::ALL {
                let said = read_back(&in_words(seconds, language));
                prop_assert!(said >= seconds);
                let unit = match seconds { ..MINUTE => 1, MINUTE..=LAST_IN_HOURS => MINUTE, _ => HOUR };
                prop_assert!(said - seconds < unit);
            }
        }

        #[test]
        fn any_wait_has_words(seconds: u64) {
            prop_assert!(!in_words(seconds, Language::Vi).is_empty());
        }
    }
}
