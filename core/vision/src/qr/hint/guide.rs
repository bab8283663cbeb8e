//! Hints over a stream: one at a time, and none that flickers.

use std::time::Duration;

use super::super::modules::Unread;
use super::super::sight::{Place, Sight};
use super::suggestions::{Suggestions, suggestions};
use super::{ScanHint, judge};
use crate::{Frame, Plane};

/// What was seen of a symbol still counts for so long: not every frame is searched every way.
const MEMORY: Duration = Duration::from_millis(700);
/// Votes of past frames fade by a factor of e in this time.
const FADE: Duration = Duration::from_millis(600);
/// How much longer than the present hint another must have been due lately to replace it, seconds.
const LEAD: f32 = 0.15;
/// A hint is shown for so long at least: to be read, or spoken.
const LEAST_SHOWN: Duration = Duration::from_millis(800);
/// A frame's vote, and a gap between frames, count no more than this: a stalled camera says nothing.
const LONGEST_STEP: Duration = Duration::from_millis(200);
/// A gap after which scanning begins anew.
const PAUSE: Duration = Duration::from_secs(5);
/// Scanning in vain for so long earns the offer to type by hand.
const PATIENCE: Duration = Duration::from_secs(20);

/// What to tell the user now.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::qr) struct Advice {
    pub(in crate::qr) hint: ScanHint,
    /// In pixels of the buffer until [`Self::upright`], as `place` is.
    pub(in crate::qr) suggestions: Suggestions,
    /// The unread symbol that this is about.
    pub(in crate::qr) place: Option<Place>,
}

impl Advice {
    /// For one picture.
    pub(in crate::qr) fn still(luma: &Plane<'_>, sight: &Sight) -> Self {
        let (hint, place) = judge(luma, sight);
        Self::new(hint, place)
    }

    /// For a code that was read and is none of ours.
    pub(in crate::qr) fn about_code(hint: ScanHint) -> Self {
        Self::new(hint, None)
    }

    /// Its places in pixels of the upright picture.
    pub(in crate::qr) fn upright(self, frame: &Frame<'_>) -> Self {
        let place = self.place.map(|place| Place { corners: place.corners.upright_in(frame), ..place });
        let focus = self.suggestions.focus.map(|point| point.upright_in(frame));
        Self { place, suggestions: Suggestions { focus, ..self.suggestions }, ..self }
    }

    /// The symbol that was seen and did not read.
    pub(in crate::qr) fn unread(&self) -> Option<Unread> {
        self.place.map(|place| Unread { corners: place.corners, modules: place.size.round() as usize })
    }

    fn new(hint: ScanHint, place: Option<Place>) -> Self {
        let suggestions = suggestions(&hint, place.as_ref());
        Self { hint, suggestions, place }
    }
}

/// Hysteresis: each frame votes for its own hint, votes fade, and another hint takes over when it leads clearly.
#[derive(Debug, Default)]
pub(in crate::qr) struct Guide {
    shown: Option<Advice>,
    /// Since when.
    since: Duration,
    /// Seconds for which each kind of hint was due lately.
    votes: [f32; ScanHint::KINDS],
    /// The last sight of a symbol, and when.
    sight: Option<(Sight, Duration)>,
    /// When the last frame was, and the first of this attempt.
    last: Option<Duration>,
    start: Duration,
}

impl Guide {
    /// A card was read: what comes is another attempt.
    pub(in crate::qr) fn reset(&mut self) {
        *self = Self::default();
    }

    /// What to tell after a frame without a code; `now` on any clock: where it jumps, another attempt begins.
    pub(in crate::qr) fn observe(&mut self, luma: &Plane<'_>, sight: Sight, now: Duration) -> Advice {
        self.begin(now);
        if sight.is_something() {
            self.sight = Some((sight, now));
        }
        let remembered = self.sight.filter(|(_, then)| now.saturating_sub(*then) < MEMORY);
        let sight = remembered.map_or(sight, |(sight, _)| sight);
        self.settle(Advice::still(luma, &sight), now, false)
    }

    /// The same for a code that is none of ours: what was read is certain, so its hint shows at once.
    pub(in crate::qr) fn refuse(&mut self, hint: ScanHint, now: Duration) -> Advice {
        self.settle(Advice::about_code(hint), now, true)
    }

    /// Time since the last frame; `None` where another attempt begins.
    fn begin(&mut self, now: Duration) -> Option<Duration> {
        let gap = self.last.and_then(|last| now.checked_sub(last)).filter(|gap| *gap <= PAUSE);
        if gap.is_none() {
            self.reset();
            self.start = now;
            self.last = Some(now);
        }
        gap
    }

    fn settle(&mut self, due: Advice, now: Duration, certain: bool) -> Advice {
        let gap = self.begin(now);
        self.last = Some(now);
        let step = gap.unwrap_or(LONGEST_STEP).min(LONGEST_STEP).as_secs_f32();
        let kept = (-step / FADE.as_secs_f32()).exp();
        self.votes.iter_mut().for_each(|votes| *votes *= kept);
        let votes = |guide: &Self, hint: &ScanHint| guide.votes.get(hint.kind()).copied().unwrap_or_default();
        if let Some(votes) = self.votes.get_mut(due.hint.kind()) {
            *votes += step;
        }
        let is_due = |shown: &Advice| {
            let leads = votes(self, &due.hint) >= votes(self, &shown.hint) + LEAD;
            certain || leads && now.saturating_sub(self.since) >= LEAST_SHOWN
        };
        let stays = self.shown.as_ref().filter(|shown| shown.hint.kind() != due.hint.kind() && !is_due(shown)).cloned();
        let changes = self.shown.as_ref().is_none_or(|shown| shown.hint.kind() != due.hint.kind()) && stays.is_none();
        if changes {
            self.since = now;
        }
        let place = due.place;
        let mut advice = Advice { place, ..stays.unwrap_or(due) };
        advice.suggestions.type_by_hand = now.saturating_sub(self.start) >= PATIENCE;
        self.shown = Some(advice.clone());
        advice
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn due(hint: ScanHint) -> Advice {
        Advice::about_code(hint)
    }

    /// Ten frames a second, each with its own hint; what is shown after each.
    fn shown(hints: &[ScanHint]) -> Vec<ScanHint> {
        let mut guide = Guide::default();
        let at = |i: usize| Duration::from_millis(100 * i as u64);
        let settle = |(i, hint): (usize, &ScanHint)| guide.settle(due(hint.clone()), at(i), false).hint;
        hints.iter().enumerate().map(settle).collect()
    }

    #[test]
    fn a_single_frame_changes_nothing_and_a_lasting_change_shows_within_a_second() {
        use ScanHint::{Focus, HoldStill};
        let mut hints = vec![Focus; 10];
        hints.push(HoldStill);
        hints.extend(vec![Focus; 5]);
        assert!(shown(&hints).iter().all(|hint| *hint == Focus));
        hints.extend(vec![HoldStill; 10]);
        assert_eq!(shown(&hints).last(), Some(&HoldStill));
    }

    #[test]
    fn a_clock_that_goes_back_begins_anew() {
        let mut guide = Guide::default();
        guide.settle(due(ScanHint::TooDark), Duration::from_secs(1000), false);
        let later = |ms: u64| Duration::from_millis(ms);
        assert_eq!(guide.settle(due(ScanHint::Glare), later(0), false).hint, ScanHint::Glare);
        let offered =
            (1..=220).map(|i| guide.settle(due(ScanHint::Glare), later(100 * i), false).suggestions.type_by_hand);
        assert_eq!(offered.into_iter().position(|offered| offered), Some(199));
    }

    #[test]
    fn what_was_read_shows_at_once() {
        let mut guide = Guide::default();
        guide.settle(due(ScanHint::Focus), Duration::ZERO, false);
        let hint = ScanHint::WrongCode { why: citizen_card::CardError::NotText };
        assert_eq!(guide.refuse(hint.clone(), Duration::from_millis(100)).hint, hint);
    }

    #[test]
    fn typing_is_offered_after_twenty_seconds_of_the_same_attempt() {
        let mut guide = Guide::default();
        let mut offered =
            |ms: u64| guide.settle(due(ScanHint::Damaged), Duration::from_millis(ms), false).suggestions.type_by_hand;
        assert!((0..200).all(|frame| !offered(100 * frame)));
        assert!(offered(20_000));
        // The app was in the background: another attempt.
        assert!(!offered(60_000));
    }

    proptest! {
        #[test]
        fn hints_never_flicker(kinds in prop::collection::vec(0..4_usize, 1..200)) {
            let all = [ScanHint::Focus, ScanHint::HoldStill, ScanHint::Glare, ScanHint::NothingFound];
            let hints: Vec<ScanHint> = kinds.iter().map(|kind| all[*kind].clone()).collect();
            let shown = shown(&hints);
            let changes: Vec<usize> = (1..shown.len()).filter(|i| shown[*i] != shown[i - 1]).collect();
            let early = changes.windows(2).find(|pair| pair[1] - pair[0] < 8);
            prop_assert!(early.is_none(), "{shown:?}");
        }
    }
}
