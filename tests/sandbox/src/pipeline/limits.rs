//! How many requests a key may send, and how many unsigned ones everybody together.
//!
//! Kept in memory: they protect the machine, and a restart gives nobody anything but a full bucket.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A bucket of requests: so many at once, and so many more a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// At once.
    pub burst: u32,
    /// From then on. At least 1.
    pub per_second: u32,
}

/// The service's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Signed requests of one key.
    pub per_key: Rate,
    /// Unsigned requests of all together: there is nothing to tell the askers apart by.
    pub unsigned: Rate,
}

impl Default for Limits {
    /// Far above what a phone sends (a registration takes about eight requests), and above the load test's 200 registrations a second.
    fn default() -> Self {
        Self { per_key: Rate { burst: 2500, per_second: 100 }, unsigned: Rate { burst: 5000, per_second: 1000 } }
    }
}

/// Who is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    Key(String),
    Unsigned,
}

/// The buckets.
pub(crate) struct Buckets {
    limits: Limits,
    buckets: Mutex<HashMap<Counted, Bucket>>,
}

/// Filled with this much at that time.
struct Bucket {
    level: f64,
    at: Instant,
}

/// With more buckets than this, full ones are dropped: they say nothing.
const SWEEP_ABOVE: usize = 10_000;

impl Buckets {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, buckets: Mutex::default() }
    }

    /// Takes one request out of a bucket; if it is empty, says after how many seconds to come again.
    pub(crate) fn take(&self, counted: Counted, now: Instant) -> Result<(), u32> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > SWEEP_ABOVE {
            buckets.retain(|counted, bucket| !bucket.is_full(self.rate(counted), now));
        }
        let rate = self.rate(&counted);
        let bucket = buckets.entry(counted).or_insert(Bucket { level: rate.burst.into(), at: now });
        bucket.level = bucket.level_at(rate, now);
        bucket.at = now;
        if bucket.level < 1.0 {
            let wait = (1.0 - bucket.level) / f64::from(rate.per_second.max(1));
            return Err(Duration::from_secs_f64(wait).as_secs() as u32 + 1);
        }
        bucket.level -= 1.0;
        Ok(())
    }

    fn rate(&self, counted: &Counted) -> Rate {
        match counted {
            Counted::Key(_) => self.limits.per_key,
            Counted::Unsigned => self.limits.unsigned,
        }
    }
}

impl Bucket {
    fn level_at(&self, rate: Rate, now: Instant) -> f64 {
        let since = now.saturating_duration_since(self.at).as_secs_f64();
        (self.level + since * f64::from(rate.per_second.max(1))).min(rate.burst.into())
    }

    fn is_full(&self, rate: Rate, now: Instant) -> bool {
        self.level_at(rate, now) >= rate.burst.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_bucket_says_when_to_come_again_and_fills() {
        let rate = Rate { burst: 2, per_second: 1 };
        let buckets = Buckets::new(Limits { per_key: rate, unsigned: rate });
        let (start, key) = (Instant::now(), || Counted::Key("a".into()));
        assert_eq!([buckets.take(key(), start), buckets.take(key(), start)], [Ok(()), Ok(())]);
        assert_eq!(buckets.take(key(), start), Err(2));
        assert_eq!(buckets.take(Counted::Key("b".into()), start), Ok(()));
        assert_eq!(buckets.take(Counted::Unsigned, start), Ok(()));
        assert_eq!(buckets.take(key(), start + Duration::from_secs(1)), Ok(()));
        assert!(buckets.take(key(), start + Duration::from_secs(1)).is_err());
    }

    #[test]
    fn full_buckets_are_dropped_when_there_are_many() {
        let rate = Rate { burst: 2, per_second: 1 };
        let buckets = Buckets::new(Limits { per_key: rate, unsigned: rate });
        let start = Instant::now();
        for number in 0..=SWEEP_ABOVE {
            buckets.take(Counted::Key(number.to_string()), start).unwrap();
        }
        buckets.take(Counted::Unsigned, start + Duration::from_secs(1)).unwrap();
        assert_eq!(buckets.buckets.lock().unwrap().len(), 1);
    }
}
