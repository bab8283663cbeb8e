//! From hints to a portrait: holding still, taking the picture, and a way on for whom it does not come about.

use std::time::Duration;

use super::checks::{Failing, SelfieProfile};
use super::hint::SelfieHint;
use super::look::Seen;
use super::settle::Settled;

/// So many good frames in a row, but so long at least that one sees and hears that all is well, take the picture; or good ones for so long.
const GOOD_FRAMES: f32 = 6.0;
const GOOD_AT_LEAST: Duration = Duration::from_millis(300);
const GOOD_FOR: Duration = Duration::from_millis(600);
/// A longer gap between frames counts as no more for the hold, and for what failed: nobody saw what was in it.
const LONGEST_HOLD_STEP: Duration = Duration::from_millis(300);
const LONGEST_STEP: Duration = Duration::from_secs(1);
/// What a frame that is not good costs of them.
const SETBACK: f32 = 2.0;
/// Checks that do not hide the face block for so long in all, then they only warn.
const PATIENCE: Duration = Duration::from_secs(4);
/// When ways on are offered.
const NAME_AFTER: Duration = Duration::from_secs(8);
const HELP_AFTER: Duration = Duration::from_secs(15);
const LEAVE_AFTER: Duration = Duration::from_secs(25);
/// How much larger the face must get in the step "come closer", and at least.
const CLOSER: f32 = 1.35;
const LEAST_CLOSER: f32 = 1.1;
/// Of the frame's short side: where that step asks for more than the frame holds, this will do.
const CLOSE_ENOUGH: f32 = 0.42;

/// What the user may do beside following the hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[expect(clippy::struct_excessive_bools, reason = "offers of their own, any of which may stand beside any other")]
pub struct WaysOn {
    /// Light the face with a white screen at full brightness: at once in the dark, and it stays, for it helps; from 15 seconds on in any case.
    /// Not where there is too much light.
    pub screen_light: bool,
    /// A button that takes the best picture so far (`take_now`): from 15 seconds on, once a face was seen.
    pub shutter: bool,
    /// Ask for less (`relax`): from 15 seconds on, unless that was done.
    pub relax: bool,
    /// Another phone, or in person: from 25 seconds on.
    pub elsewhere: bool,
}

/// What a stream has come to.
#[derive(Debug)]
pub(super) struct Guide {
    pub(super) profile: SelfieProfile,
    come_closer: bool,
    settled: Settled,
    last: Option<Duration>,
    elapsed: Duration,
    /// When this attempt began.
    began: Duration,
    /// Good frames, less the setbacks; and for how long all were good, the last one among them.
    good: f32,
    good_for: Duration,
    was_good: bool,
    /// How long only soft checks stood in the way.
    waited: Duration,
    /// It was dark in this attempt.
    was_dark: bool,
    /// The step "come closer", once it has begun.
    closer: Option<Closer>,
    failed: [Duration; SelfieHint::KINDS],
}

/// How large which face must get.
#[derive(Debug, Clone, Copy)]
struct Closer {
    eyes_apart: f32,
    track: u32,
}

/// After a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Advice {
    pub(super) hint: SelfieHint,
    /// From 8 seconds on: the check behind the hint, where it has a value.
    pub(super) failing: Option<Failing>,
    pub(super) progress: f32,
    pub(super) ways_on: WaysOn,
    /// How much larger than usual the face shall be.
    pub(super) closer: f32,
    /// The picture is taken.
    pub(super) done: bool,
}

impl Guide {
    pub(super) fn new(profile: SelfieProfile, come_closer: bool) -> Self {
        Self {
            profile,
            come_closer,
            settled: Settled::default(),
            last: None,
            elapsed: Duration::ZERO,
            began: Duration::ZERO,
            good: 0.0,
            good_for: Duration::ZERO,
            was_good: false,
            waited: Duration::ZERO,
            was_dark: false,
            closer: None,
            failed: [Duration::ZERO; SelfieHint::KINDS],
        }
    }

    /// The first hold is over and the face shall get larger: the portrait is from before.
    pub(super) fn is_coming_closer(&self) -> bool {
        self.closer.is_some()
    }

    /// How long each check failed so far, those that did.
    pub(super) fn failed(&self) -> impl Iterator<Item = (SelfieHint, Duration)> {
        SelfieHint::all().zip(self.failed).filter(|(_, time)| !time.is_zero())
    }

    /// Time on a clock that never goes back, whatever the frames' clock does: a step back counts as none.
    pub(super) fn tick(&mut self, now: Duration) -> (Duration, Duration) {
        let step = self.last.map_or(Duration::ZERO, |last| now.saturating_sub(last));
        self.last = Some(now);
        self.elapsed = self.elapsed.saturating_add(step);
        (self.elapsed, step)
    }

    /// What to do after a frame; `now` and `step` from [`Self::tick`]. `track`: which face it shows. `kept`: whether a frame with a face is
    /// kept.
    pub(super) fn observe(&mut self, seen: &Seen, (now, step): (Duration, Duration), track: u32, kept: bool) -> Advice {
        for (failed, amiss) in self.failed.iter_mut().zip(seen.amiss) {
            *failed = failed.saturating_add(if amiss { step.min(LONGEST_STEP) } else { Duration::ZERO });
        }
        // Another face has another hold, and comes closer by itself.
        self.closer = self.closer.filter(|closer| seen.face.is_none() || closer.track == track);
        let due = self.closer.map_or(seen.due, |closer| due_in_closer_step(seen, closer.eyes_apart));
        let is_good = self.is_good(seen, due, step);
        self.count(is_good, step);
        let mut done = self.held() >= 1.0;
        if done && self.come_closer && self.closer.is_none() {
            self.begin_closer_step(seen, track);
            done = false;
        }
        let hint = self.settled.settle(due, now);
        let failing = seen.failing.filter(|failing| self.in_attempt(now) >= NAME_AFTER && failing.hint == hint);
        Advice { failing, done, ..self.advice(hint, now, kept) }
    }

    /// The same after a frame from which nothing follows: the hold goes on after it.
    pub(super) fn wait(&mut self, (now, _): (Duration, Duration), kept: bool) -> Advice {
        self.was_good = false;
        self.advice(self.settled.shown(), now, kept)
    }

    fn advice(&mut self, hint: SelfieHint, now: Duration, kept: bool) -> Advice {
        self.was_dark |= hint == SelfieHint::TooDark;
        let closer = if self.closer.is_some() { CLOSER } else { 1.0 };
        let (progress, ways_on) = (self.progress(), self.ways_on(now, hint, kept));
        Advice { hint, failing: None, progress, ways_on, closer, done: false }
    }

    /// Another attempt that asks for the same. What is shown stays until something else is due.
    pub(super) fn anew(&self) -> Self {
        Self {
            last: self.last,
            elapsed: self.elapsed,
            began: self.elapsed,
            settled: self.settled.clone(),
            ..Self::new(self.profile, self.come_closer)
        }
    }

    fn in_attempt(&self, now: Duration) -> Duration {
        now.saturating_sub(self.began)
    }

    /// All is well; or only that is amiss which has blocked long enough.
    fn is_good(&mut self, seen: &Seen, due: SelfieHint, step: Duration) -> bool {
        if due == SelfieHint::Good {
            return true;
        }
        if !seen.usable || self.closer.is_some() {
            return false;
        }
        self.waited = self.waited.saturating_add(step.min(LONGEST_STEP));
        self.waited >= PATIENCE
    }

    fn count(&mut self, is_good: bool, step: Duration) {
        if is_good {
            self.good += 1.0;
            self.good_for += if self.was_good { step.min(LONGEST_HOLD_STEP) } else { Duration::ZERO };
        } else {
            (self.good, self.good_for) = ((self.good - SETBACK).max(0.0), Duration::ZERO);
        }
        self.was_good = is_good;
    }

    /// How much of the hold is done, 1 and more when it is over.
    fn held(&self) -> f32 {
        let part = |of: Duration| self.good_for.as_secs_f32() / of.as_secs_f32();
        (self.good / GOOD_FRAMES).min(part(GOOD_AT_LEAST)).max(part(GOOD_FOR))
    }

    fn begin_closer_step(&mut self, seen: &Seen, track: u32) {
        let size = seen.face.map_or(0.0, |face| face.measures.eyes_apart);
        let eyes_apart = (size * CLOSER).min(CLOSE_ENOUGH).max(size * LEAST_CLOSER);
        self.closer = Some(Closer { eyes_apart, track });
        (self.good, self.good_for, self.was_good) = (0.0, Duration::ZERO, false);
    }

    /// Both holds together, where there are two.
    fn progress(&self) -> f32 {
        let held = self.held().min(1.0);
        match (self.come_closer, self.closer) {
            (false, _) => held,
            (true, None) => held / 2.0,
            (true, Some(_)) => 0.5 + held / 2.0,
        }
    }

    fn ways_on(&self, now: Duration, hint: SelfieHint, kept: bool) -> WaysOn {
        let time = self.in_attempt(now);
        let help = time >= HELP_AFTER;
        let has_too_much_light = matches!(hint, SelfieHint::TooBright | SelfieHint::Glare);
        WaysOn {
            screen_light: (help || self.was_dark) && !has_too_much_light,
            shutter: help && kept,
            relax: help && self.profile != SelfieProfile::Relaxed,
            elsewhere: time >= LEAVE_AFTER,
        }
    }
}

/// In the second step only the size counts, and that there is one face.
fn due_in_closer_step(seen: &Seen, size: f32) -> SelfieHint {
    match seen.face {
        None => seen.due,
        Some(_) if seen.due == SelfieHint::OnlyYou => SelfieHint::OnlyYou,
        Some(face) if face.measures.eyes_apart < size => SelfieHint::ComeCloser,
        Some(_) => SelfieHint::Good,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::compared::Compared;
    use super::super::look::Face;
    use super::super::measures::{Eyes, FaceMeasures};
    use super::*;
    use crate::Point;
    use crate::frame::upright::Area;

    /// A frame to which one thing is due.
    fn seen(due: SelfieHint) -> Seen {
        use SelfieHint::{
            Backlit, Glare, Good, LookStraight, NoFace, OpenEyes, RemoveGlasses, Straighten, TooBright, WipeLens,
        };
        let soft = [Good, Backlit, Glare, LookStraight, OpenEyes, RemoveGlasses, Straighten];
        let mut amiss = [false; SelfieHint::KINDS];
        amiss[due.kind()] = due != Good;
        let has_face = ![NoFace, WipeLens, TooBright].contains(&due);
        Seen {
            face: has_face.then(|| face(0.25)),
            due,
            amiss,
            usable: soft.contains(&due),
            failing: Some(failing(due)),
        }
    }

    fn failing(due: SelfieHint) -> Failing {
        Failing { hint: due, hard: true, compared: Compared::Light, value: 1.0, limit: 0.5 }
    }

    /// `eyes_apart` is all that the guide itself looks at.
    fn face(eyes_apart: f32) -> Face {
        let measures = FaceMeasures { eyes_apart, ..FaceMeasures::ZERO };
        let eyes = Eyes { middle: Point::default(), apart: 1.0 };
        Face { area: Area { left: 0.0, top: 0.0, width: 1.0, height: 1.0 }, eyes, measures }
    }

    fn guide() -> Guide {
        Guide::new(SelfieProfile::Normal, false)
    }

    /// Shows frames to which these are due, 100 ms apart; what came of each.
    fn run(guide: &mut Guide, due: impl IntoIterator<Item = Seen>) -> Vec<Advice> {
        let mut now = guide.elapsed;
        let frame = |seen: Seen| {
            now += Duration::from_millis(100);
            let tick = guide.tick(now);
            guide.observe(&seen, tick, 1, seen.face.is_some())
        };
        due.into_iter().map(frame).collect()
    }

    fn seconds(hint: SelfieHint, seconds: usize) -> Vec<Seen> {
        vec![seen(hint); 10 * seconds]
    }

    #[test]
    fn six_good_frames_take_the_picture_and_one_bad_one_between_does_not_begin_anew() {
        let good = |frames| vec![seen(SelfieHint::Good); frames];
        let advice = run(&mut guide(), good(6));
        assert!(advice[5].done && !advice[4].done && advice[4].progress > 0.6);
        let broken = [good(4), vec![seen(SelfieHint::HoldStill)], good(4)].concat();
        assert_eq!(run(&mut guide(), broken).iter().position(|advice| advice.done), Some(8));
    }

    /// The hint is heard, and a second face has time to be seen.
    #[test]
    fn a_fast_camera_holds_for_300_ms() {
        let mut guide = guide();
        let done = (0..60).position(|frame| {
            let tick = guide.tick(Duration::from_millis(8 * frame));
            guide.observe(&seen(SelfieHint::Good), tick, 1, true).done
        });
        assert_eq!(done, Some(38));
    }

    #[test]
    fn a_gap_holds_nothing_and_huge_ones_are_survived() {
        let mut guide = guide();
        let mut look = |at: Duration, due| {
            let tick = guide.tick(at);
            guide.observe(&seen(due), tick, 1, true).done
        };
        assert!(!look(Duration::ZERO, SelfieHint::Good) && !look(Duration::from_mins(1), SelfieHint::Good));
        for _ in 0..3 {
            look(Duration::MAX, SelfieHint::RemoveGlasses);
            look(Duration::ZERO, SelfieHint::RemoveGlasses);
        }
        assert!(guide.failed().all(|(_, time)| time < Duration::from_secs(10)));
    }

    #[test]
    fn a_slow_camera_needs_600_ms() {
        let mut guide = guide();
        let at = [0, 350, 700].map(|ms| {
            let tick = guide.tick(Duration::from_millis(ms));
            guide.observe(&seen(SelfieHint::Good), tick, 1, true).done
        });
        assert_eq!(at, [false, false, true]);
    }

    #[test]
    fn what_does_not_hide_the_face_blocks_for_four_seconds_and_what_does_for_ever() {
        let advice = run(&mut guide(), seconds(SelfieHint::RemoveGlasses, 6));
        // 4 s of patience, and the hold.
        assert_eq!(advice.iter().position(|advice| advice.done), Some(45));
        assert!(run(&mut guide(), seconds(SelfieHint::RemoveSunglasses, 60)).iter().all(|advice| !advice.done));
    }

    #[test]
    fn ways_on_come_after_8_15_and_25_seconds() {
        let mut guide = guide();
        let advice = run(&mut guide, seconds(SelfieHint::HoldStill, 30));
        let first = |is: fn(&Advice) -> bool| advice.iter().position(is);
        // Frame 0 is time 0.
        assert_eq!(first(|advice| advice.failing.is_some()), Some(80));
        let ways = [
            first(|advice| advice.ways_on.screen_light),
            first(|advice| advice.ways_on.shutter),
            first(|advice| advice.ways_on.relax),
            first(|advice| advice.ways_on.elsewhere),
        ];
        assert_eq!(ways, [Some(150), Some(150), Some(150), Some(250)]);
        guide.profile = SelfieProfile::Relaxed;
        assert!(!run(&mut guide, seconds(SelfieHint::HoldStill, 1))[0].ways_on.relax);
    }

    #[test]
    fn light_from_the_screen_stays_once_it_was_dark_but_not_where_it_glares() {
        let mut guide = guide();
        let lit = |advice: &Advice| advice.ways_on.screen_light;
        assert!(run(&mut guide, seconds(SelfieHint::TooDark, 2)).last().is_some_and(lit));
        assert!(run(&mut guide, seconds(SelfieHint::Centre, 2)).iter().all(lit));
        assert!(!run(&mut guide, seconds(SelfieHint::Glare, 2)).last().is_some_and(lit));
    }

    #[test]
    fn another_attempt_goes_on_with_what_is_shown_and_begins_its_own_time() {
        let mut guide = guide();
        run(&mut guide, seconds(SelfieHint::Centre, 20));
        let mut guide = guide.anew();
        let advice = run(&mut guide, seconds(SelfieHint::Centre, 20));
        assert!(advice.iter().all(|advice| advice.hint == SelfieHint::Centre));
        assert_eq!(advice.iter().position(|advice| advice.ways_on.shutter), Some(150));
    }

    #[test]
    fn it_is_known_how_long_each_check_failed() {
        let mut guide = guide();
        run(&mut guide, [seconds(SelfieHint::TooDark, 2), seconds(SelfieHint::Centre, 1)].concat());
        let failed: Vec<_> = guide.failed().map(|(hint, time)| (hint, time.as_millis())).collect();
        assert_eq!(failed, [(SelfieHint::TooDark, 1900), (SelfieHint::Centre, 1000)]);
    }

    #[test]
    fn coming_closer_is_a_second_hold_with_a_larger_face() {
        let mut guide = Guide::new(SelfieProfile::Normal, true);
        let first = run(&mut guide, seconds(SelfieHint::Good, 2));
        assert!(first.iter().all(|advice| !advice.done) && first[19].closer > 1.0);
        assert_eq!((first[19].hint, first[19].progress), (SelfieHint::ComeCloser, 0.5));
        let larger = Seen { face: Some(face(0.25 * 1.36)), ..seen(SelfieHint::MoveBack) };
        assert_eq!(run(&mut guide, vec![larger; 8]).iter().position(|advice| advice.done), Some(5));
    }

    #[test]
    fn who_is_large_already_must_come_closer_too_and_another_face_holds_anew() {
        let mut guide = Guide::new(SelfieProfile::Relaxed, true);
        let large = Seen { face: Some(face(0.425)), ..seen(SelfieHint::Good) };
        assert!(run(&mut guide, vec![large; 30]).iter().all(|advice| !advice.done && advice.progress <= 0.5));
        let other = Seen { face: Some(face(0.47)), ..seen(SelfieHint::Good) };
        let tick = guide.tick(guide.elapsed + Duration::from_millis(100));
        assert!(guide.observe(&other, tick, 2, true).progress < 0.5);
    }

    #[test]
    fn a_clock_that_goes_back_takes_no_time_away() {
        let mut guide = guide();
        guide.tick(Duration::from_secs(1000));
        assert_eq!(guide.tick(Duration::from_secs(1010)).0, Duration::from_secs(10));
        assert_eq!(guide.tick(Duration::from_secs(3)), (Duration::from_secs(10), Duration::ZERO));
        assert_eq!(guide.tick(Duration::from_secs(5)).0, Duration::from_secs(12));
    }

    /// One step of a random session.
    #[derive(Debug, Clone)]
    enum Frame {
        Sees(usize),
        Waits,
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn within_25_seconds_there_is_a_picture_or_a_way_on(
            frames in prop::collection::vec(
                (prop_oneof![8 => (0..SelfieHint::KINDS).prop_map(Frame::Sees), 1 => Just(Frame::Waits)], 1_u64..2000, any::<bool>()),
                1..120,
            ),
            come_closer: bool,
            back in 0_u64..4000,
        ) {
            let mut guide = Guide::new(SelfieProfile::Normal, come_closer);
            // Since this attempt began, and since the beginning.
            let (mut passed, mut total) = (Duration::ZERO, Duration::ZERO);
            let (mut now, mut change) = (Duration::from_secs(100), None);
            let mut shown = SelfieHint::NoFace;
            guide.tick(now);
            for (frame, ms, goes_back) in frames {
                // Now and then the clock is set back, and goes on from there.
                let step = Duration::from_millis(ms);
                if goes_back {
                    now = now.saturating_sub(Duration::from_millis(back));
                    guide.tick(now);
                }
                now += step;
                (passed, total) = (passed + step, total + step);
                let tick = guide.tick(now);
                let advice = match frame {
                    Frame::Sees(kind) => guide.observe(&seen(SelfieHint::all().nth(kind).unwrap()), tick, 1, true),
                    Frame::Waits => guide.wait(tick, true),
                };
                prop_assert!((0.0..=1.0).contains(&advice.progress) || advice.done);
                if advice.hint != shown {
                    let since = change.map_or(Duration::MAX, |then: Duration| total.saturating_sub(then));
                    prop_assert!(since >= Duration::from_secs(1), "{since:?}");
                    (shown, change) = (advice.hint, Some(total));
                }
                if advice.done {
                    (guide, passed) = (guide.anew(), Duration::ZERO);
                    continue;
                }
                prop_assert_eq!(passed >= Duration::from_secs(25), advice.ways_on.elsewhere);
                prop_assert!(passed < Duration::from_secs(15) || advice.ways_on.shutter);
            }
        }
    }
}
