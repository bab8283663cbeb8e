//! Days and times of day, as Vietnam's clocks and calendars show them.

use citizen_card::CalendarDate;
use time::{Date, Month, OffsetDateTime};

use crate::Language;

/// Vietnam is seven hours ahead of UTC the whole year.
const AHEAD_S: u64 = 7 * 3600;

/// A text as it is written and as it is spoken.
pub(crate) struct Form {
    pub(crate) written: String,
    pub(crate) spoken: String,
}

/// The wall time in Vietnam, seconds dropped; `None` after the year 9999.
pub(crate) fn time(unix_seconds: u64, language: Language) -> Option<Form> {
    let local = i64::try_from(unix_seconds.checked_add(AHEAD_S)?).ok()?;
    let local = OffsetDateTime::from_unix_timestamp(local).ok()?;
    let (hour, minute) = (local.hour(), local.minute());
    let Form { written, spoken } = date(local.date(), language);
    let clock = format!("{hour:02}:{minute:02}");
    let spoken = match (language, minute) {
        (Language::Vi, 0) => format!("{hour} giờ, ngày {spoken}"),
        (Language::Vi, _) => format!("{hour} giờ {minute} phút, ngày {spoken}"),
        (Language::En, _) => format!("{clock}, {spoken}"),
    };
    Some(Form { written: format!("{clock}, {written}"), spoken })
}

/// A day.
pub(crate) fn day(day: CalendarDate, language: Language) -> Option<Form> {
    // The calendar's parts are in its ISO form only.
    let iso = day.to_string();
    let (year, rest) = iso.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Some(date(Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?, language))
}

fn date(date: Date, language: Language) -> Form {
    let (year, month, day) = (date.year(), date.month(), date.day());
    match language {
        Language::Vi => Form {
            written: format!("{day:02}/{:02}/{year}", u8::from(month)),
            spoken: format!("{day} tháng {} năm {year}", u8::from(month)),
        },
        Language::En => {
            let text = format!("{day} {month} {year}");
            Form { written: text.clone(), spoken: text }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-25T07:05:59Z, from `date -u -d @1795590359`.
    const AFTERNOON: u64 = 1_795_590_359;

    fn both(form: Form) -> (String, String) {
        (form.written, form.spoken)
    }

    #[test]
    fn a_time_is_vietnam_s_wall_time() {
        let (written, spoken) = both(time(AFTERNOON, Language::Vi).unwrap());
        assert_eq!(written, "14:05, 25/11/2026");
        assert_eq!(spoken, "14 giờ 5 phút, ngày 25 tháng 11 năm 2026");
        let (written, spoken) = both(time(AFTERNOON, Language::En).unwrap());
        assert_eq!(written, "14:05, 25 November 2026");
        assert_eq!(spoken, written);
    }

    #[test]
    fn seven_hours_can_turn_the_year() {
        // 2026-12-31T17:00:00Z.
        let (written, spoken) = both(time(1_798_736_400, Language::Vi).unwrap());
        assert_eq!(written, "00:00, 01/01/2027");
        assert_eq!(spoken, "0 giờ, ngày 1 tháng 1 năm 2027");
    }

    #[test]
    fn times_beyond_the_calendar_are_refused() {
        // 9999-12-31T16:59:59Z is the last second before Vietnam's year 10000.
        assert!(time(253_402_275_599, Language::Vi).is_some());
        for seconds in [253_402_275_600, u64::MAX / 2, u64::MAX] {
            assert!(time(seconds, Language::Vi).is_none(), "{seconds}");
        }
    }

    #[test]
    fn a_day_reads_as_the_language_writes_it() {
        let fifth = CalendarDate::new(1990, 6, 5).unwrap();
        assert_eq!(both(day(fifth, Language::Vi).unwrap()), ("05/06/1990".to_owned(), "5 tháng 6 năm 1990".to_owned()));
        assert_eq!(day(fifth, Language::En).unwrap().written, "5 June 1990");
    }

    #[test]
    fn every_day_of_the_card_s_calendar_can_be_said() {
        for year in 1900..=2399 {
            for (month, last) in [(1, 31), (2, 28), (12, 31)] {
                assert!(day(CalendarDate::new(year, month, last).unwrap(), Language::En).is_some());
            }
        }
    }
}
