//! One frame, looked at: the face, what is measured of it, and what is due to be told.

use super::checks::{Failing, Memory, SelfieProfile};
use super::face128::{Face128, Part};
use super::finder::Sight;
use super::hint::SelfieHint;
use super::landmarks::FaceLandmarks;
use super::measure::eyes::{CLOSED, openness};
use super::measure::light::{of_frame, over_exposure};
use super::measures::{Eyes, FaceMeasures, Surroundings, measure};
use super::search::View;
use super::turned::roll;
use crate::frame::upright::Area;
use crate::levels::Levels;

/// What a frame showed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// In the picture that is upright by the view's rotation.
    pub(super) face: Option<Face>,
    /// What is told first: [`SelfieHint::Good`] when nothing is amiss.
    pub(super) due: SelfieHint,
    /// All that is amiss: whether each hint would be told if it were the only one, by [`SelfieHint::kind`].
    pub(super) amiss: [bool; SelfieHint::KINDS],
    /// No check fails without which a picture would show no face.
    pub(super) usable: bool,
    /// The check behind what is due, where it has a value.
    pub(super) failing: Option<Failing>,
}

/// A face and its measures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    pub(super) area: Area,
    pub(super) eyes: Eyes,
    pub(super) measures: FaceMeasures,
}

/// Looks at what the finder saw.
pub(super) fn look(
    view: &View<'_>,
    sight: &Sight,
    landmarks: Option<&FaceLandmarks>,
    profile: SelfieProfile,
    memory: &mut Memory,
    own: &mut OwnEyes,
) -> Seen {
    let surroundings = Surroundings::about(view, sight.face.or(sight.covered));
    let Some(area) = sight.face else {
        *memory = Memory::default();
        return without_face(view, &surroundings.frame, sight, profile);
    };
    let (mut measures, eyes) = measure(view, area, &surroundings, landmarks);
    measures.eyes_open = own.judge(measures.eyes_open, measures.glasses <= BARE);
    let mut seen = Seen {
        face: Some(Face { area, eyes, measures }),
        due: SelfieHint::Good,
        amiss: [false; SelfieHint::KINDS],
        usable: true,
        failing: None,
    };
    if sight.several {
        seen.note(SelfieHint::OnlyYou, true, None);
    }
    for failing in memory.judge(&measures, profile) {
        seen.note(failing.hint, failing.hard, Some(failing));
    }
    seen
}

impl Seen {
    fn note(&mut self, hint: SelfieHint, hard: bool, failing: Option<Failing>) {
        if let Some(amiss) = self.amiss.get_mut(hint.kind()) {
            *amiss = true;
        }
        self.usable &= !hard;
        // Checks come in the order in which they are told.
        if self.due == SelfieHint::Good {
            (self.due, self.failing) = (hint, failing);
        }
    }
}

/// Log odds of glasses up to which a face is taken for bare.
const BARE: f32 = 0.4;

/// How much the bare eyes of one person are open at their most: rims pass for wide open eyes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OwnEyes {
    most: Option<f32>,
}

impl OwnEyes {
    /// Openness on the usual scale, but judged beside the same person's own: where it is less than 0.78 of that, it reads as
    /// closed, however open that is for others.
    fn judge(&mut self, openness: f32, is_bare: bool) -> f32 {
        /// The part of their own at which the eyes of who was seen before read as closed.
        const CLOSED_PART: f32 = 0.78;
        /// One frame moves the most by so much: a single one may be wrong.
        const STEP: f32 = 0.25;
        /// No eyes are taken for wider, whatever passes for them in a frame.
        const WIDE: f32 = 11.0;
        let seen = openness.min(WIDE);
        let Some(most) = self.most else {
            self.most = Some(seen).filter(|_| is_bare);
            return openness;
        };
        if is_bare {
            self.most = Some(most + STEP * (seen - most).max(0.0));
        }
        openness.min(openness / most.max(f32::EPSILON) / CLOSED_PART * CLOSED)
    }
}

/// Why there is no face.
fn without_face(view: &View<'_>, frame: &Levels, sight: &Sight, profile: SelfieProfile) -> Seen {
    /// The frame's 95th percentile.
    const DARK: u8 = 80;
    /// Its mean, or its share of saturated pixels.
    const BRIGHT: f32 = 205.0;
    const SATURATED: (u8, f32) = (247, 0.45);
    /// From its 5th to its 95th percentile.
    const FLAT: u8 = 70;
    /// As for a face that is seen.
    const SATURATED_FACE: f32 = 0.20;
    /// Of the frame's short side.
    const SMALL: f32 = 0.35;
    let (light, dark) = (frame.light_end(0.05), frame.dark_end(0.05));
    let due = if light < DARK {
        SelfieHint::TooDark
    } else if frame.mean() > BRIGHT || frame.share_from(SATURATED.0) > SATURATED.1 {
        SelfieHint::TooBright
    } else if let Some(covered) = sight.covered {
        let short_side = view.short_side();
        // A small one can't be told.
        if over_exposure(&Face128::of(view.frame, view.rotation, covered)) > SATURATED_FACE {
            SelfieHint::TooBright
        } else if covered.width < SMALL * short_side {
            SelfieHint::ComeCloser
        } else {
            SelfieHint::Uncover
        }
    } else if light.saturating_sub(dark) < FLAT {
        SelfieHint::WipeLens
    } else {
        SelfieHint::NoFace
    };
    let mut amiss = [false; SelfieHint::KINDS];
    if let Some(amiss) = amiss.get_mut(due.kind()) {
        *amiss = true;
    }
    let failing = (due == SelfieHint::TooDark).then(|| Failing::too_dark(of_frame(frame), profile)).flatten();
    Seen { face: None, due, amiss, usable: false, failing }
}

/// Whether what a lenient search found is a face behind something: large enough, with some contrast, and skin about its eyes; in a frame without
/// colour with eyes that are clearly open.
pub(super) fn is_covered_face(view: &View<'_>, area: Area) -> bool {
    /// Of the frame's short side.
    const LEAST: f32 = 0.16;
    /// Of the face, grey levels.
    const CONTRAST: f32 = 22.0;
    /// Eyes, where skin is seen and where no colour is: much else passes for eyes.
    const EYES: f32 = 5.5;
    const CLEAR_EYES: f32 = 8.5;
    const ABOUT_EYES: Part = Part(0.20, 0.10, 0.80, 0.50);
    if area.width < LEAST * view.short_side() {
        return false;
    }
    let face = Face128::of(view.frame, view.rotation, area);
    let least_eyes = match face.usual_colour(ABOUT_EYES) {
        Some([u, v]) if u.hypot(v) >= GREY => {
            if is_skin(u, v) {
                EYES
            } else {
                return false;
            }
        }
        _ => CLEAR_EYES,
    };
    face.deviation > CONTRAST && openness(&face.turned(roll(&face))) > least_eyes
}

/// Less than this of U and V together is no colour.
const GREY: f32 = 3.0;

/// Whether this is a colour of skin, of any tone: reddish, and not bluish. Dark skin has less of both.
fn is_skin(u: f32, v: f32) -> bool {
    (3.0..=48.0).contains(&v) && (-48.0..=2.0).contains(&u)
}

/// About so many pixels of the frame's short side are looked at each way.
const SAMPLES: usize = 96;

impl Surroundings {
    /// Counts the frame's luma on a grid.
    pub(super) fn about(view: &View<'_>, face: Option<Area>) -> Self {
        let plane = view.frame.luma();
        let step = (plane.width().min(plane.height()) / SAMPLES).max(1);
        let body = face.map(|face| view.in_buffer(person(face)));
        let row = |y: usize| plane.row(y).iter().step_by(step);
        let rows = || (0..plane.height()).step_by(step);
        let behind = rows().flat_map(|y| {
            row(y).enumerate().filter(move |(i, _)| !body.is_some_and(|body| body.holds((i * step) as f32, y as f32)))
        });
        Self { frame: rows().flat_map(row).copied().collect(), behind: behind.map(|(_, level)| *level).collect() }
    }
}

/// Hair, face and neck.
fn person(face: Area) -> Area {
    Area { left: face.left, top: face.top - 0.3 * face.width, width: face.width, height: 1.5 * face.width }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eyes_are_judged_beside_the_same_persons_own_and_rims_are_no_eyes() {
        let mut own = OwnEyes::default();
        assert_eq!([own.judge(14.0, false), own.judge(10.0, true)], [14.0, 10.0]);
        assert!(own.judge(8.5, true) > CLOSED && own.judge(7.6, true) < CLOSED);
        // Narrow eyes that stay so are open.
        assert!(OwnEyes { most: Some(7.8) }.judge(7.7, true) > CLOSED);
    }
}
