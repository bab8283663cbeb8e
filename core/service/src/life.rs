//! Where a process can die, for tests: before and after whatever is kept, and whatever is sent. Without the feature `kill-points` no
//! process dies here.
//!
//! A test hands the same [`KillPoints`] to all that makes up an app. Once they say that the process dies, nothing of it goes on from a
//! later moment: a task that reaches one waits for ever, until it is dropped. What was under way between two moments may still end, as
//! what another thread does may in a process that is killed.

#[cfg(feature = "kill-points")]
use std::sync::Arc;

/// A moment at which a process can die.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Something is about to be committed to the vault.
    BeforePersist,
    /// It is committed; nobody heard of it yet.
    AfterPersist,
    /// A request is about to be sent.
    BeforeSend,
    /// Its answer came, or it failed; nobody heard of it yet.
    AfterAnswer,
}

/// Says when a process dies.
#[cfg(feature = "kill-points")]
pub trait KillPoints: Send + Sync {
    /// Whether the process dies at this moment. Once it did, always.
    fn dies(&self, moment: Moment) -> bool;
}

/// A process's life.
#[derive(Clone, Default)]
pub struct Life {
    #[cfg(feature = "kill-points")]
    points: Option<Arc<dyn KillPoints>>,
}

impl Life {
    /// One that ends when these say so.
    #[cfg(feature = "kill-points")]
    #[must_use]
    pub fn ending(points: Arc<dyn KillPoints>) -> Self {
        Self { points: Some(points) }
    }

    /// Whether the process is still alive after this moment. Who hears no does nothing any more.
    #[must_use]
    pub fn goes_on(&self, moment: Moment) -> bool {
        #[cfg(feature = "kill-points")]
        if let Some(points) = &self.points {
            return !points.dies(moment);
        }
        let _ = (self, moment);
        true
    }

    /// The same for a task: one that is dead waits for ever.
    pub(crate) async fn reach(&self, moment: Moment) {
        if !self.goes_on(moment) {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(feature = "kill-points")]
pub use at::KillAt;

#[cfg(feature = "kill-points")]
mod at {
    use std::sync::{Condvar, Mutex, PoisonError};
    use std::time::Duration;

    use super::{KillPoints, Moment};

    /// Dies at the n-th moment, counted from 0, and tells how many were reached.
    pub struct KillAt {
        at: Option<u64>,
        reached: Mutex<u64>,
        died: Condvar,
    }

    impl KillAt {
        /// Dies at this one.
        #[must_use]
        pub fn moment(at: u64) -> Self {
            Self { at: Some(at), reached: Mutex::new(0), died: Condvar::new() }
        }

        /// Never dies: counts.
        #[must_use]
        pub fn never() -> Self {
            Self { at: None, reached: Mutex::new(0), died: Condvar::new() }
        }

        /// How many moments were reached, the last one included.
        #[must_use]
        pub fn reached(&self) -> u64 {
            *self.reached.lock().unwrap_or_else(PoisonError::into_inner)
        }

        /// Whether it died.
        #[must_use]
        pub fn is_dead(&self) -> bool {
            self.is_over(self.reached())
        }

        /// Waits for its death; whether it came in that time.
        #[must_use]
        pub fn wait(&self, at_most: Duration) -> bool {
            let reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = self.died.wait_timeout_while(reached, at_most, |reached| !self.is_over(*reached));
            self.is_over(*waited.unwrap_or_else(PoisonError::into_inner).0)
        }

        fn is_over(&self, reached: u64) -> bool {
            self.at.is_some_and(|at| reached > at)
        }
    }

    impl KillPoints for KillAt {
        fn dies(&self, _moment: Moment) -> bool {
            let mut reached = self.reached.lock().unwrap_or_else(PoisonError::into_inner);
            if !self.is_over(*reached) {
                *reached += 1;
            }
            let dies = self.is_over(*reached);
            if dies {
                self.died.notify_all();
            }
            dies
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn it_dies_at_its_moment_and_stays_dead() {
            let kill = KillAt::moment(1);
            assert!(!kill.dies(Moment::BeforeSend));
            assert!(!kill.wait(Duration::ZERO));
            assert!(kill.dies(Moment::AfterAnswer) && kill.dies(Moment::BeforePersist));
            assert!(kill.is_dead() && kill.wait(Duration::ZERO));
            assert_eq!(kill.reached(), 2);
        }

        #[test]
        fn one_that_never_dies_counts() {
            let count = KillAt::never();
            assert!((0..5).all(|_| !count.dies(Moment::BeforePersist)));
            assert_eq!((count.reached(), count.is_dead()), (5, false));
        }
    }
}
