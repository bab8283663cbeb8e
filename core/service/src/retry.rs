//! Waiting between tries, so that a service that comes back is not met by everybody at once.

use std::time::Duration;

use ring::rand::{SecureRandom, SystemRandom};

use crate::config::Backoff;

impl Backoff {
    /// Before try `n` (from 1): anything up to `first` doubled each time, capped ("full jitter"); never less than the service asked for,
    /// and then still spread over a quarter more.
    pub(crate) fn wait(&self, n: u32, asked: Option<Duration>) -> Duration {
        let ceiling = self.first.saturating_mul(1 << n.saturating_sub(1).min(16)).min(self.longest);
        match asked {
            Some(asked) => asked.saturating_add((asked / 4).mul_f64(fraction())),
            None => ceiling.mul_f64(fraction()),
        }
    }
}

/// From 0 to 1, evenly.
fn fraction() -> f64 {
    let mut bytes = [0; 4];
    // Without randomness the longest wait is the safe one.
    SystemRandom::new().fill(&mut bytes).map_or(1.0, |()| f64::from(u32::from_be_bytes(bytes)) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_their_limit_and_are_spread() {
        let backoff = Backoff::default();
        for n in 1..40 {
            let waits: Vec<Duration> = (0..200).map(|_| backoff.wait(n, None)).collect();
            let ceiling = Duration::from_millis(500 << (n - 1).min(6)).min(Duration::from_secs(30));
            assert!(waits.iter().all(|wait| *wait <= ceiling), "try {n}");
            let spread = waits.iter().max().unwrap().saturating_sub(*waits.iter().min().unwrap());
            assert!(spread > ceiling / 2, "try {n}: {spread:?} of {ceiling:?}");
        }
    }

    #[test]
    fn what_the_service_asks_for_is_the_least() {
        let asked = Duration::from_secs(40);
        for _ in 0..200 {
            let wait = Backoff::default().wait(1, Some(asked));
            assert!(asked <= wait && wait <= asked * 5 / 4, "{wait:?}");
        }
    }
}
