//! Hints over a stream: one at a time, shown soon, and none that flickers.

use std::time::Duration;

use super::hint::SelfieHint;

/// What was due lately counts for so long.
const WINDOW: Duration = Duration::from_millis(300);
/// The share of the window in which a hint must be due to show.
const SHARE: f32 = 0.6;
/// A hint is shown for so long at least: to be read, or spoken.
const LEAST_SHOWN: Duration = Duration::from_secs(1);
/// Frames that are remembered: of a fast camera, the last ones.
const REMEMBERED: usize = 64;

/// The hint that is shown.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    shown: SelfieHint,
    /// Since when; `None` for the first one, which is a guess.
    since: Option<Duration>,
    recent: [Option<(Duration, SelfieHint)>; REMEMBERED],
    next: usize,
}

impl Default for Settled {
    /// Before the first frames there is nobody.
    fn default() -> Self {
        Self { shown: SelfieHint::NoFace, since: None, recent: [None; REMEMBERED], next: 0 }
    }
}

impl Settled {
    /// What is shown.
    pub(super) fn shown(&self) -> SelfieHint {
        self.shown
    }

    /// What to show after a frame at `now` to which `due` is due.
    pub(super) fn settle(&mut self, due: SelfieHint, now: Duration) -> SelfieHint {
        if let Some(slot) = self.recent.get_mut(self.next) {
            *slot = Some((now, due));
        }
        self.next = (self.next + 1) % REMEMBERED;
        let may_change = self.since.is_none_or(|since| now.saturating_sub(since) >= LEAST_SHOWN);
        if may_change && let Some(hint) = self.due_for_most(now).filter(|hint| *hint != self.shown) {
            (self.shown, self.since) = (hint, Some(now));
        }
        self.shown
    }

    /// What was due for most of the window; `None` while the window is not over, or nothing was.
    fn due_for_most(&self, now: Duration) -> Option<SelfieHint> {
        let recent = || self.recent.iter().flatten().filter(move |(then, _)| now.saturating_sub(*then) <= WINDOW);
        let is_over = self.recent.iter().all(Option::is_some)
            || self.recent.iter().flatten().any(|(then, _)| now.saturating_sub(*then) >= WINDOW);
        let all = recent().count() as f32;
        let of = |hint: SelfieHint| recent().filter(|(_, other)| *other == hint).count() as f32;
        recent().map(|(_, hint)| *hint).find(|hint| is_over && of(*hint) >= SHARE * all)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use SelfieHint::{Centre, Glare, TooDark};

    /// What is shown after each frame, one each 100 ms.
    fn shown(due: &[SelfieHint]) -> Vec<SelfieHint> {
        let mut settled = Settled::default();
        due.iter().enumerate().map(|(i, hint)| settled.settle(*hint, Duration::from_millis(100 * i as u64))).collect()
    }

    #[test]
    fn a_single_frame_changes_nothing_and_a_lasting_change_shows_within_a_third_of_a_second() {
        let mut due = vec![TooDark; 20];
        due.push(Centre);
        due.extend(vec![TooDark; 5]);
        assert!(shown(&due)[3..].iter().all(|hint| *hint == TooDark));
        due.extend(vec![Centre; 4]);
        assert_eq!(shown(&due).last(), Some(&Centre));
    }

    proptest! {
        #[test]
        fn hints_never_change_more_than_once_a_second(kinds in prop::collection::vec(0..3_usize, 1..300)) {
            let due: Vec<_> = kinds.iter().map(|kind| [TooDark, Centre, Glare][*kind]).collect();
            let shown = shown(&due);
            let changes: Vec<usize> = (1..shown.len()).filter(|i| shown[*i] != shown[i - 1]).collect();
            prop_assert!(changes.windows(2).all(|pair| pair[1] - pair[0] >= 10), "{shown:?}");
        }
    }
}
