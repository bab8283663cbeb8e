//! The service's time, carried on by the phone's boot time: it goes on while the phone sleeps, and the holder can't set it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use citizen_protocol::wire::UnixTime;
use rustix::time::{ClockId, clock_gettime};

/// What a phone knows of time by itself.
pub trait Clock: Send + Sync {
    /// The phone's date and time, as its holder set it.
    fn wall(&self) -> UnixTime;

    /// Since the phone started, sleep included.
    fn boot(&self) -> Duration;
}

/// The phone's own clocks.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

/// Goes on during sleep: `CLOCK_BOOTTIME` on Linux and Android; on Apple's systems `CLOCK_MONOTONIC` does.
#[cfg(any(target_os = "linux", target_os = "android"))]
const BOOT: ClockId = ClockId::Boottime;
#[cfg(not(any(target_os = "linux", target_os = "android")))]
const BOOT: ClockId = ClockId::Monotonic;

impl Clock for SystemClock {
    fn wall(&self) -> UnixTime {
        UnixTime(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }

    fn boot(&self) -> Duration {
        let boot = clock_gettime(BOOT);
        Duration::new(u64::try_from(boot.tv_sec).unwrap_or(0), u32::try_from(boot.tv_nsec).unwrap_or(0))
    }
}

/// The service's time as far as it is known; the phone's until then.
pub(crate) struct ServerTime {
    clock: std::sync::Arc<dyn Clock>,
    /// The service's time, and the boot time at which it was.
    heard: Mutex<Option<(UnixTime, Duration)>>,
}

impl ServerTime {
    pub(crate) fn new(clock: std::sync::Arc<dyn Clock>) -> Self {
        Self { clock, heard: Mutex::new(None) }
    }

    pub(crate) fn now(&self) -> UnixTime {
        let heard = *self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.map_or_else(
            || self.clock.wall(),
            |(then, boot)| then.plus(self.clock.boot().saturating_sub(boot).as_secs()),
        )
    }

    pub(crate) fn uptime(&self) -> Duration {
        self.clock.boot()
    }

    pub(crate) fn is_heard(&self) -> bool {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Back to the phone's own time: what was heard leads nowhere.
    pub(crate) fn forget(&self) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// An answer came with this time.
    pub(crate) fn heard(&self, server: UnixTime) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = Some((server, self.clock.boot()));
    }
}

impl std::fmt::Debug for ServerTime {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "ServerTime({})", self.now().0)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// A phone whose holder set the wrong year.
    #[derive(Default)]
    struct WrongYear {
        boot_s: AtomicU64,
    }

    impl Clock for WrongYear {
        fn wall(&self) -> UnixTime {
            UnixTime(946_684_800)
        }

        fn boot(&self) -> Duration {
            Duration::from_secs(self.boot_s.load(Ordering::Relaxed))
        }
    }

    #[test]
    fn the_services_time_goes_on_with_boot_time_whatever_the_phone_is_set_to() {
        let clock = Arc::new(WrongYear::default());
        let time = ServerTime::new(clock.clone());
        assert_eq!(time.now(), UnixTime(946_684_800));
        time.heard(UnixTime(1_790_000_000));
        clock.boot_s.store(7200, Ordering::Relaxed);
        assert_eq!(time.now(), UnixTime(1_790_007_200));
    }

    #[test]
    fn boot_time_goes_on() {
        let before = SystemClock.boot();
        assert!(SystemClock.boot() >= before && before > Duration::ZERO);
    }
}
