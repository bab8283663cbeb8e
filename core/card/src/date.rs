//! Calendar days between 1900 and 2399: the span that the 12-digit number can express.

use std::fmt;

use time::{Date, Month};

/// First and last year of the centuries in the 12-digit number.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2399;

/// A day that exists, without time and time zone. Across the boundary it is ISO 8601 text, `2026-11-22`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate(Date);

impl CalendarDate {
    /// `None` where that day does not exist or its year is outside 1900 to 2399.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        let date = Date::from_calendar_date(year.into(), month, day).ok()?;
        YEARS.contains(&year).then_some(Self(date))
    }

    /// Reads ISO 8601's calendar form, `2026-11-22`.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        Self::new(digits(year, 4..=4)?, digits(month, 2..=2)?, digits(day, 2..=2)?)
    }

    /// The day in Vietnam (UTC+7, without daylight saving time) at a Unix time; the nearest end of the span outside of it.
    #[must_use]
    pub fn in_vietnam(unix_seconds: u64) -> Self {
        const UTC_7_S: u64 = 7 * 3_600;
        let days = unix_seconds.saturating_add(UTC_7_S) / 86_400;
        let date = i64::try_from(days)
            .ok()
            .and_then(|days| time::OffsetDateTime::UNIX_EPOCH.date().checked_add(time::Duration::days(days)));
        // A Unix time is never before 1970, so only the far end can be missed.
        let last =
            time::Date::from_calendar_date((*YEARS.end()).into(), time::Month::December, 31).unwrap_or(time::Date::MAX);
        Self(date.map_or(last, |date| date.min(last)))
    }

    /// Reads day, month, year: eight digits as on the card, or what people type (`1/2/1990`, `01-02-1990`).
    pub(crate) fn from_day_month_year(text: &str) -> Option<Self> {
        if let [day, month, year] = text.split(['/', '-', '.', ' ']).collect::<Vec<_>>()[..] {
            return Self::new(digits(year, 4..=4)?, digits(month, 1..=2)?, digits(day, 1..=2)?);
        }
        let (day, rest) = text.split_at_checked(2)?;
        let (month, year) = rest.split_at_checked(2)?;
        Self::new(digits(year, 4..=4)?, digits(month, 2..=2)?, digits(day, 2..=2)?)
    }

    /// The payload's form, `ddmmyyyy`.
    pub(crate) fn to_day_month_year(self) -> String {
        format!("{:02}{:02}{:04}", self.0.day(), u8::from(self.0.month()), self.0.year())
    }

    /// The year, 1900 to 2399.
    #[must_use]
    pub fn year(self) -> u16 {
        // In range by construction; saturating keeps this free of panics.
        u16::try_from(self.0.year()).unwrap_or(*YEARS.start())
    }

    /// Completed years on `day` for somebody born on this one; `None` before birth. Somebody born on 29 February
    /// completes a year on 1 March of common years. What an age allows is the service's decision.
    #[must_use]
    pub fn age_on(self, day: Self) -> Option<u16> {
        let birthday_to_come = (day.0.month() as u8, day.0.day()) < (self.0.month() as u8, self.0.day());
        day.year().checked_sub(self.year())?.checked_sub(u16::from(birthday_to_come))
    }
}

/// ISO 8601, `2026-11-22`.
impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

/// A date of birth does not show in logs.
impl fmt::Debug for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CalendarDate(..)")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for CalendarDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "uniffi")]
uniffi::custom_type!(CalendarDate, String, {
    lower: |date| date.to_string(),
    try_lift: |text| CalendarDate::from_iso(&text)
        .ok_or_else(|| uniffi::deps::anyhow::anyhow!("not an ISO 8601 day between 1900 and 2399")),
});

/// ASCII digits only: `parse` alone would take a sign.
fn digits<T: std::str::FromStr>(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<T> {
    let plain = length.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: u16, month: u8, day: u8) -> CalendarDate {
        CalendarDate::new(year, month, day).unwrap()
    }

    #[test]
    fn leap_years_follow_the_gregorian_rule() {
        for (year, leap) in [(1900, false), (1996, true), (2000, true), (2023, false), (2024, true), (2100, false)] {
            assert_eq!(CalendarDate::new(year, 2, 29).is_some(), leap, "{year}");
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for (y, m, d) in
            [(2024, 0, 1), (2024, 13, 1), (2024, 4, 31), (2024, 1, 0), (2024, 1, 32), (1899, 12, 31), (2400, 1, 1)]
        {
            assert_eq!(CalendarDate::new(y, m, d), None, "{y}-{m}-{d}");
        }
    }

    #[test]
    fn the_card_form_and_typed_forms_read_alike() {
        for text in ["01021990", "1/2/1990", "01/02/1990", "1-2-1990", "01.02.1990", "1 2 1990"] {
            assert_eq!(CalendarDate::from_day_month_year(text), Some(day(1990, 2, 1)), "{text}");
        }
        for text in
            ["", "1021990", "010219900", "+1021990", "01/02/90", "01//1990", "1/2/3/1990", "٠١٠٢١٩٩٠", "ab021990"]
        {
            assert_eq!(CalendarDate::from_day_month_year(text), None, "{text}");
        }
    }

    #[test]
    fn iso_text_reads_back() {
        assert_eq!(CalendarDate::from_iso("2026-11-22"), Some(day(2026, 11, 22)));
        for text in ["2026-11-31", "2026-1-2", "26-11-22", "2026-11-22T00:00", "2026-11--2", "+026-11-22"] {
            assert_eq!(CalendarDate::from_iso(text), None, "{text}");
        }
    }

    #[test]
    fn a_birthday_completes_a_year() {
        let birth = day(2008, 11, 23);
        assert_eq!(birth.age_on(day(2022, 11, 22)), Some(13));
        assert_eq!(birth.age_on(day(2022, 11, 23)), Some(14));
        assert_eq!(birth.age_on(birth), Some(0));
        assert_eq!(birth.age_on(day(2008, 11, 22)), None);
        assert_eq!(birth.age_on(day(2007, 12, 31)), None);
    }

    #[test]
    fn a_leap_day_birthday_falls_on_the_first_of_march() {
        let birth = day(2008, 2, 29);
        assert_eq!(birth.age_on(day(2022, 2, 28)), Some(13));
        assert_eq!(birth.age_on(day(2022, 3, 1)), Some(14));
        assert_eq!(birth.age_on(day(2024, 2, 29)), Some(16));
    }

    proptest! {
        #[test]
        fn every_day_reads_back_from_both_forms(year in 1900..=2399_u16, month in 1..=12_u8, day in 1..=31_u8) {
            if let Some(date) = CalendarDate::new(year, month, day) {
                prop_assert!(CalendarDate::from_iso(&date.to_string()) == Some(date));
                prop_assert!(CalendarDate::from_day_month_year(&date.to_day_month_year()) == Some(date));
            }
        }

        #[test]
        fn any_text_is_a_day_or_refused(text in "\\PC*|[0-9/ .+-]{6,12}") {
            if let Some(date) = CalendarDate::from_iso(&text) {
                prop_assert_eq!(date.to_string(), text.as_str());
            }
            if let Some(date) = CalendarDate::from_day_month_year(&text) {
                prop_assert!(CalendarDate::from_day_month_year(&date.to_day_month_year()) == Some(date));
            }
        }
    }
}
