//! The day in Vietnam.

use citizen_card::CalendarDate;
use citizen_protocol::wire::{Code, UnixTime};

use crate::work::Ruling;

/// UTC+7, all year.
const OFFSET_S: u64 = 7 * 3_600;
const DAY_S: u64 = 86_400;
/// Days in 400, 100, 4 and 1 years of the Gregorian calendar, counted from a first of March: leap days come last.
const DAYS_400: u64 = 146_097;
const DAYS_100: u64 = 36_524;
const DAYS_4: u64 = 1_461;
const DAYS_1: u64 = 365;
/// From 1 March 0000 to 1 January 1970.
const DAYS_TO_1970: u64 = 719_468;

/// The day that it is in Vietnam.
pub(super) fn day(time: UnixTime) -> Ruling<CalendarDate> {
    let mut days = time.0.saturating_add(OFFSET_S) / DAY_S + DAYS_TO_1970;
    let mut years = days / DAYS_400 * 400;
    days %= DAYS_400;
    for (length, count, most) in [(DAYS_100, 100, 3), (DAYS_4, 4, 24), (DAYS_1, 1, 3)] {
        let whole = (days / length).min(most);
        years += whole * count;
        days -= whole * length;
    }
    // Months from March on have 31, 30, 31, 30, 31 days over and over: 153 days in five of them.
    let from_march = (5 * days + 2) / 153;
    let of_month = days - (153 * from_march + 2) / 5 + 1;
    let (year, month) = if from_march < 10 { (years, from_march + 3) } else { (years + 1, from_march - 9) };
    CalendarDate::new(year as u16, month as u8, of_month as u8).ok_or_else(|| Code::Internal.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds from `date -d "... +07" +%s`.
    #[test]
    fn days_turn_at_midnight_in_vietnam() {
        let cases = [
            (951_757_199, "2000-02-28"),
            (951_757_200, "2000-02-29"),
            (951_843_600, "2000-03-01"),
            (1_795_712_399, "2026-11-26"),
            (4_107_430_800, "2100-02-28"),
            (4_107_517_200, "2100-03-01"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(day(UnixTime(seconds)).ok().unwrap().to_string(), expected, "{seconds}");
        }
    }
}
