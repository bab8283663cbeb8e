//! How long a frame may take.

use std::time::Duration;

/// A moment on a clock that is handed in: any clock that never goes back.
pub(super) struct Deadline<'a> {
    clock: &'a (dyn Fn() -> Duration + Sync),
    end: Duration,
}

impl<'a> Deadline<'a> {
    /// From now on.
    pub(super) fn after(clock: &'a (dyn Fn() -> Duration + Sync), time: Duration) -> Self {
        Self { clock, end: clock().saturating_add(time) }
    }

    /// Asked between searches and between symbols: a step may take 50 ms of a desktop's time in a stream, and several hundred in a
    /// picture of 12 megapixels.
    pub(super) fn is_over(&self) -> bool {
        (self.clock)() >= self.end
    }
}
