//! When the worker looks again by itself. By the service's time, which goes on with the phone's boot time; a phone that sleeps looks when
//! it wakes.

use std::time::Duration;

use citizen_protocol::wire::UnixTime;
use ring::rand::{SecureRandom, SystemRandom};

/// After a commit that failed, in seconds.
const AGAIN_S: u64 = 5;

/// The next look.
pub(super) struct Alarm {
    /// What was asked for, and when it rings: a little later.
    wake: Option<(UnixTime, UnixTime)>,
    /// After a commit that failed.
    again: Option<UnixTime>,
    /// When it last rang: at most once a second.
    rang: UnixTime,
}

impl Default for Alarm {
    fn default() -> Self {
        Self { wake: None, again: None, rang: UnixTime(0) }
    }
}

impl Alarm {
    /// Rings at that time or a little later: never before it, and at most a tenth of the wait and a second after it, so that phones that
    /// heard the same time do not ask in step.
    pub(super) fn set(&mut self, wake: Option<UnixTime>, now: UnixTime) {
        self.again = None;
        let Some(wake) = wake else {
            self.wake = None;
            return;
        };
        if self.wake.is_none_or(|(known, _)| known != wake) {
            let rings = wake.max(self.rang.plus(1)).plus(up_to(wake.since(now) / 10 + 1));
            self.wake = Some((wake, rings));
        }
    }

    /// Rings in a few seconds as well.
    pub(super) fn again(&mut self, now: UnixTime) {
        self.again = Some(now.plus(AGAIN_S));
    }

    fn rings(&self) -> Option<UnixTime> {
        [self.wake.map(|(_, rings)| rings), self.again].into_iter().flatten().min()
    }

    /// Whether it rings now. Once.
    pub(super) fn is_due(&mut self, now: UnixTime) -> bool {
        let is_due = self.rings().is_some_and(|rings| rings <= now);
        if is_due {
            let rang = now;
            *self = Self { wake: None, again: None, rang };
        }
        is_due
    }

    /// How long until it rings.
    pub(super) fn wait(&self, now: UnixTime) -> Option<Duration> {
        self.rings().map(|rings| Duration::from_secs(rings.since(now)))
    }
}

/// 0 to `most`, evenly as far as anybody cares; `most` where there is no randomness.
fn up_to(most: u64) -> u64 {
    let mut bytes = [0; 8];
    match SystemRandom::new().fill(&mut bytes) {
        Ok(()) => u64::from_be_bytes(bytes) % most.saturating_add(1),
        Err(_) => most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_790_000_000);

    fn ringing(alarm: &Alarm) -> u64 {
        alarm.rings().unwrap().since(NOW)
    }

    #[test]
    fn it_rings_never_early_and_at_most_a_tenth_and_a_second_late() {
        let rings: Vec<u64> = (0..500)
            .map(|_| {
                let mut alarm = Alarm::default();
                alarm.set(Some(NOW.plus(60)), NOW);
                ringing(&alarm)
            })
            .collect();
        assert_eq!((rings.iter().min(), rings.iter().max()), (Some(&60), Some(&67)));
    }

    #[test]
    fn the_same_time_again_is_not_put_off() {
        let mut alarm = Alarm::default();
        alarm.set(Some(NOW.plus(600)), NOW);
        let first = ringing(&alarm);
        (0..50).for_each(|_| alarm.set(Some(NOW.plus(600)), NOW.plus(10)));
        assert_eq!(ringing(&alarm), first);
    }

    #[test]
    fn it_rings_once_and_at_most_once_a_second() {
        let mut alarm = Alarm::default();
        alarm.set(Some(NOW), NOW);
        assert!(alarm.is_due(NOW.plus(1)));
        assert!(!alarm.is_due(NOW.plus(100)));
        alarm.set(Some(NOW), NOW.plus(1));
        assert!(!alarm.is_due(NOW.plus(1)));
        assert!(alarm.is_due(NOW.plus(3)));
    }

    #[test]
    fn without_a_time_it_is_silent() {
        let mut alarm = Alarm::default();
        alarm.set(Some(NOW), NOW);
        alarm.set(None, NOW);
        assert_eq!((alarm.wait(NOW), alarm.is_due(NOW.plus(1_000_000))), (None, false));
    }
}
