//! The service's clock: real time, or a test's, with an offset that the desk or a test can grow. It never goes back.

use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use citizen_protocol::wire::UnixTime;

/// Where time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// The computer's clock.
    Real,
    /// It stands at this time, and moves only when it is advanced.
    Standing(UnixTime),
}

/// What every hold, expiry and `Date` header reads.
pub(crate) struct Clock {
    source: Time,
    state: Mutex<State>,
}

struct State {
    offset_s: u64,
    highest: UnixTime,
}

impl Clock {
    /// With the offset that was stored.
    pub(crate) fn new(source: Time, offset_s: u64) -> Self {
        Self { source, state: Mutex::new(State { offset_s, highest: UnixTime(0) }) }
    }

    pub(crate) fn now(&self) -> UnixTime {
        let mut state = self.state();
        state.highest = state.highest.max(self.source.read().plus(state.offset_s));
        state.highest
    }

    /// Seconds that it is ahead of its source.
    pub(crate) fn offset_s(&self) -> u64 {
        self.state().offset_s
    }

    /// From now on it is at least that far ahead.
    pub(crate) fn set_offset(&self, offset_s: u64) {
        let mut state = self.state();
        state.offset_s = state.offset_s.max(offset_s);
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Time {
    fn read(self) -> UnixTime {
        match self {
            Self::Real => UnixTime(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())),
            Self::Standing(at) => at,
        }
    }
}

/// The latest time that an HTTP date can say: the end of the year 9999.
const LAST_HTTP_DATE_S: u64 = 253_402_300_799;

/// For the `Date` header (RFC 9110, 5.6.7).
pub(crate) fn http_date(at: UnixTime) -> String {
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(at.0.min(LAST_HTTP_DATE_S)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_moves_by_what_it_is_advanced_and_never_back() {
        let clock = Clock::new(Time::Standing(UnixTime(1000)), 50);
        assert_eq!(clock.now(), UnixTime(1050));
        clock.set_offset(80);
        assert_eq!(clock.now(), UnixTime(1080));
        clock.set_offset(10);
        assert_eq!((clock.now(), clock.offset_s()), (UnixTime(1080), 80));
    }

    /// The date of RFC 9110, 5.6.7.
    #[test]
    fn dates_are_written_as_http_does() {
        assert_eq!(http_date(UnixTime(784_111_777)), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(http_date(UnixTime(u64::MAX)), "Fri, 31 Dec 9999 23:59:59 GMT");
    }
}
