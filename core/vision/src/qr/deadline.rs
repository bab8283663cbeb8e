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

    /// Steps between two questions take up to 10 ms of a desktop's time.
    pub(super) fn is_over(&self) -> bool {
        (self.clock)() >= self.end
    }
}
