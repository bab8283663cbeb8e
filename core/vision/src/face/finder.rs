//! Where the face is, from frame to frame: what is looked for in which frame, so that none takes long.
//!
//! ```text
//!   held      the window about the last place, each frame; the whole frame now and then, for other faces
//!   not held  the whole frame ─► window about what it found ─► held
//!             every other frame something else in turn: leniently for large, then small covered faces; small ones; the other ways up; ...
//!             a covered one, once seen, is looked for again there every fourth frame
//! ```

use std::time::Duration;

use super::detector::Found;
use super::search::{self, LENIENT_PARTS, View};
use crate::frame::upright::Area;
use crate::{Frame, Rotation};

/// A face that no frame shows any more is waited for so long.
const HELD: Duration = Duration::from_millis(250);
/// The whole frame is looked at this often while a face is held.
const WHOLE_EVERY: Duration = Duration::from_millis(300);
/// So many of the last whole looks must show another face.
const AGREEING: u8 = 2;
/// Another face: its score, and its width beside the first one's.
const SECOND_SCORE: f32 = 2.8;
const SECOND_WIDTH: f32 = 0.3;
/// A face that may be covered is forgotten when so many looks for it in a row show none.
const COVERED_MISSED: u8 = 2;
/// Without a face for so long, the other ways up are tried.
const WRONG_WAY_UP: Duration = Duration::from_millis(500);
/// A face that stands on its head must be seen more clearly.
const SURE: f32 = 6.0;

/// What a frame showed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sight {
    /// The face, in pixels of the picture that is upright by [`Finder::rotation`].
    pub(super) face: Option<Area>,
    /// There is another one.
    pub(super) several: bool,
    /// Without a face: what may be one behind something.
    pub(super) covered: Option<Area>,
    /// Neither, but there was a face a moment ago: nothing follows from this frame.
    pub(super) is_waiting: bool,
    /// Which face of the session this is: another one, or the same after it was lost, has another number.
    pub(super) track: u32,
}

/// What may be a face behind something, which part of the lenient search shows it, and how many looks in a row did not.
#[derive(Debug, Clone, Copy)]
struct Covered {
    area: Area,
    part: usize,
    missed: u8,
}

/// What is kept from frame to frame.
#[derive(Debug, Default)]
pub(super) struct Finder {
    held: Option<Area>,
    track: u32,
    /// Frames in a row that did not show it.
    missed: usize,
    /// When the held face was last seen, and the whole frame last looked at.
    seen: Duration,
    looked: Duration,
    /// Whether the last whole looks showed another face, the last one in the lowest bit.
    others: u8,
    covered: Option<Covered>,
    /// Since when there is no face.
    missing: Option<Duration>,
    /// Frames without a face, and the other looks at them.
    turn: usize,
    other: usize,
    /// How much further than the camera says a frame must be turned.
    further: Rotation,
}

impl Finder {
    /// How a frame must be turned to stand upright: as the camera says, or further where that proved wrong.
    pub(super) fn rotation(&self, frame: &Frame<'_>) -> Rotation {
        frame.rotation().then(self.further)
    }

    /// How much further than the camera says a frame must be turned.
    pub(super) fn further(&self) -> Rotation {
        self.further
    }

    /// Looks at the next frame, which was taken at `now`. `is_face`: whether what may be a covered face is one.
    pub(super) fn look(
        &mut self,
        frame: &Frame<'_>,
        now: Duration,
        is_face: impl Fn(&View<'_>, Area) -> bool,
    ) -> Sight {
        let view = View { frame, rotation: self.rotation(frame) };
        if !view.may_show_a_face() {
            *self = Self { track: self.track, further: self.further, ..Self::default() };
            return Sight { track: self.track, ..Sight::default() };
        }
        if self.held.is_some() && now.saturating_sub(self.seen) > HELD {
            self.held = None;
        }
        match self.held {
            Some(face) => self.follow(&view, face, now, is_face),
            None => self.search(&view, now, is_face),
        }
        let face = self.held.filter(|_| self.missed == 0);
        let covered = self.covered.map(|covered| covered.area);
        Sight {
            face,
            several: face.is_some() && (self.others & 0b111).count_ones() >= AGREEING.into(),
            covered,
            is_waiting: self.held.is_some() && face.is_none() && covered.is_none(),
            track: self.track,
        }
    }

    fn follow(&mut self, view: &View<'_>, face: Area, now: Duration, is_face: impl Fn(&View<'_>, Area) -> bool) {
        let found = search::window(view, face, false);
        if let Some(Found { area, .. }) = found {
            self.keep(area, now);
        } else {
            self.missed += 1;
        }
        // It may have moved far, or have been covered: one after the other.
        if self.missed > 0 && self.missed.is_multiple_of(2) {
            self.search_covered(view, 0, is_face);
            return;
        }
        // A second face is doubted at once.
        let doubts = self.others & 1 == 1 && self.others & 0b111 != 0b111;
        if now.saturating_sub(self.looked) >= WHOLE_EVERY || doubts || self.missed > 0 {
            let faces = search::whole(view);
            self.note_others(&faces, now);
            if self.missed > 0 {
                self.hold(view, &faces, now);
            }
        }
    }

    /// The face is there.
    fn keep(&mut self, face: Area, now: Duration) {
        if self.held.is_none() {
            self.track += 1;
        }
        (self.held, self.seen, self.missed) = (Some(face), now, 0);
        (self.missing, self.covered) = (None, None);
        (self.turn, self.other) = (0, 0);
    }

    fn search_covered(&mut self, view: &View<'_>, part: usize, is_face: impl Fn(&View<'_>, Area) -> bool) {
        let seen = first_covered(view, part, is_face).map(|area| Covered { area, part, missed: 0 });
        let missed = |covered: Covered| Covered { missed: covered.missed + u8::from(covered.part == part), ..covered };
        self.covered = seen.or(self.covered.map(missed).filter(|covered| covered.missed < COVERED_MISSED));
    }

    fn note_others(&mut self, faces: &[Found], now: Duration) {
        self.looked = now;
        self.others = self.others << 1 | u8::from(has_others(faces));
    }

    fn search(&mut self, view: &View<'_>, now: Duration, is_face: impl Fn(&View<'_>, Area) -> bool) {
        let turn = self.turn;
        self.turn += 1;
        let missing = now.saturating_sub(*self.missing.get_or_insert(now));
        if turn.is_multiple_of(2) {
            let faces = search::whole(view);
            self.note_others(&faces, now);
            self.hold(view, &faces, now);
            return;
        }
        // Half of the other looks are for the covered face, if there is one: the hint about it stays as long as it does, and no longer.
        let turn = turn / 2;
        if let Some(Covered { part, .. }) = self.covered.filter(|_| turn.is_multiple_of(2)) {
            self.search_covered(view, part, is_face);
            return;
        }
        self.other += 1;
        match TURNS.get((self.other - 1) % TURNS.len()) {
            Some(Turn::Lenient(part)) => self.search_covered(view, *part, is_face),
            Some(Turn::Far) => self.hold(view, &search::far(view), now),
            Some(Turn::WashedOut) => self.hold(view, &search::washed_out(view), now),
            Some(Turn::Beyond) => self.hold(view, &search::beyond(view), now),
            Some(Turn::WayUp(way)) if missing >= WRONG_WAY_UP => {
                if let Some(face) = another_way_up(view, *way) {
                    self.further = self.further.then(*way);
                    self.keep(face, now);
                }
            }
            _ => {}
        }
    }

    /// A face is held when the window about it shows it too.
    fn hold(&mut self, view: &View<'_>, faces: &[Found], now: Duration) {
        if let Some(face) = confirmed(view, faces) {
            self.keep(face, now);
        }
    }
}

/// The face of a picture that is turned further: seen more clearly than others, because a face is looked for in any pattern.
fn another_way_up(view: &View<'_>, way: Rotation) -> Option<Area> {
    let turned = View { rotation: view.rotation.then(way), ..*view };
    let faces = search::whole(&turned);
    faces.first().filter(|face| face.score >= SURE).and_then(|_| confirmed(&turned, &faces))
}

/// What has its turn every other frame without a face.
enum Turn {
    Lenient(usize),
    Far,
    WashedOut,
    Beyond,
    WayUp(Rotation),
}

const TURNS: [Turn; 8] = [
    Turn::Lenient(0),
    Turn::Far,
    Turn::Lenient(1),
    Turn::WayUp(Rotation::UpsideDown),
    Turn::Beyond,
    Turn::WayUp(Rotation::Clockwise),
    Turn::WashedOut,
    Turn::WayUp(Rotation::CounterClockwise),
];

/// Answers of a lenient search that are looked at.
const TRIED: usize = 2;

/// A picture by itself: every search until one finds something. With how the picture must be turned to stand upright.
pub(super) fn find_in_still(view: &View<'_>, is_face: impl Fn(&View<'_>, Area) -> bool) -> (Sight, Rotation) {
    if !view.may_show_a_face() {
        return (Sight::default(), view.rotation);
    }
    let faces = search::whole(view);
    let several = has_others(&faces);
    let others = [search::washed_out, search::beyond, search::far];
    let face = confirmed(view, &faces).or_else(|| others.iter().find_map(|search| confirmed(view, &search(view))));
    if let Some(face) = face {
        return (Sight { face: Some(at_rest(view, face)), several, ..Sight::default() }, view.rotation);
    }
    let turned = |way: &Rotation| another_way_up(view, *way).map(|face| (face, view.rotation.then(*way)));
    if let Some((face, rotation)) = WAYS_UP.iter().find_map(turned) {
        let turned = View { rotation, ..*view };
        return (Sight { face: Some(at_rest(&turned, face)), ..Sight::default() }, rotation);
    }
    let covered = (0..LENIENT_PARTS).find_map(|part| first_covered(view, part, &is_face));
    (Sight { covered, ..Sight::default() }, view.rotation)
}

/// Ways up that are tried in a still.
const WAYS_UP: [Rotation; 3] = [Rotation::UpsideDown, Rotation::Clockwise, Rotation::CounterClockwise];

/// Where a stream would come to rest: the window about the face that a window showed.
fn at_rest(view: &View<'_>, face: Area) -> Area {
    search::window(view, face, false).map_or(face, |found| found.area)
}

/// The first of the best lenient answers that is a face.
fn first_covered(view: &View<'_>, part: usize, is_face: impl Fn(&View<'_>, Area) -> bool) -> Option<Area> {
    let found = search::lenient(view, part);
    found.iter().take(TRIED).map(|found| found.area).find(|area| is_face(view, *area))
}

fn has_others(faces: &[Found]) -> bool {
    let (first, others) = faces.split_first().map_or((None, [].as_slice()), |(first, others)| (Some(first), others));
    let is_another = |first: &Found, other: &Found| {
        other.score >= SECOND_SCORE && other.area.width >= SECOND_WIDTH * first.area.width
    };
    first.is_some_and(|first| others.iter().any(|other| is_another(first, other)))
}

/// The best face, where the window about it sees it: as the window does, so that it stays there when it is followed. A clear one is
/// one in any case: near the rim the window is blind.
fn confirmed(view: &View<'_>, faces: &[Found]) -> Option<Area> {
    let best = faces.first()?;
    match search::window(view, best.area, false) {
        Some(found) => Some(found.area),
        None => (best.score >= super::detector::USUAL.score).then_some(best.area),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FrameLayout;

    fn found(score: f32, width: f32) -> Found {
        Found { area: Area { left: 0.0, top: 0.0, width, height: width }, score }
    }

    /// They once took gigabytes.
    #[test]
    fn strips_and_dots_show_no_face_and_cost_nothing() {
        for (width, height) in [(1, 1), (31, 31), (8192, 4), (3, 4096), (40, 161)] {
            let pixels: Vec<u8> = (0..width * height).map(|i| (i * 7 % 251) as u8).collect();
            let frame = Frame::from_luma(&pixels, &FrameLayout::tight(width as u32, height as u32)).unwrap();
            let mut finder = Finder::default();
            let sights = (0..14).map(|i| finder.look(&frame, Duration::from_millis(100 * i), |_, _| true));
            assert!(sights.into_iter().all(|sight| sight.face.is_none() && sight.covered.is_none()));
            let view = View { frame: &frame, rotation: Rotation::Upright };
            assert!(find_in_still(&view, |_, _| true).0.face.is_none());
        }
    }

    #[test]
    fn another_face_is_one_that_is_clear_and_not_much_smaller() {
        assert!(has_others(&[found(20.0, 100.0), found(3.0, 60.0)]));
        assert!(!has_others(&[found(20.0, 100.0), found(2.0, 60.0)]));
        assert!(!has_others(&[found(20.0, 100.0), found(9.0, 20.0)]));
        assert!(!has_others(&[found(20.0, 100.0)]) && !has_others(&[]));
    }

    #[test]
    fn every_search_has_its_turn() {
        let ways = TURNS.iter().filter_map(|turn| if let Turn::WayUp(way) = turn { Some(*way) } else { None });
        assert!(ways.eq([Rotation::UpsideDown, Rotation::Clockwise, Rotation::CounterClockwise]));
        let lenient: Vec<_> =
            TURNS.iter().filter_map(|turn| if let Turn::Lenient(part) = turn { Some(*part) } else { None }).collect();
        assert_eq!(lenient, (0..LENIENT_PARTS).collect::<Vec<_>>());
    }
}
