//! What happened last, by name: for support, and for reports of tests. Names say nothing of the holder.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many are kept.
const KEPT: usize = 100;

/// The last events, effects and replies.
#[derive(Clone, Default)]
pub(crate) struct Trace(Arc<Mutex<VecDeque<(&'static str, &'static str)>>>);

impl Trace {
    pub(crate) fn note(&self, kind: &'static str, name: &'static str) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == KEPT {
            lines.pop_front();
        }
        lines.push_back((kind, name));
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(|(kind, name)| format!("{kind} {name}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hundred_are_kept() {
        let trace = Trace::default();
        trace.note("event", "start");
        (0..KEPT).for_each(|_| trace.note("event", "tick"));
        assert_eq!(trace.lines(), vec!["event tick"; KEPT]);
    }
}
