//! CPU time of this thread: what a scan costs, whatever else the machine is doing.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Runs `work`; returns its result and the CPU time that this thread spent on it.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let before = thread_time();
    let result = work();
    (result, thread_time().saturating_sub(before))
}

fn thread_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}
