//! The best frame so far, kept whole: it may become the portrait.

use super::look::Face;
use super::measures::{Eyes, FaceMeasures};
use super::search::View;
use crate::{Frame, FrameError, FrameLayout, Rotation};

/// A frame and its face. Its memory is used again for each better one.
#[derive(Default)]
pub(super) struct Kept {
    y: Vec<u8>,
    u: Vec<u8>,
    v: Vec<u8>,
    layout: Option<FrameLayout>,
    rotation: Rotation,
    best: Option<Best>,
}

/// Somebody's face: no log shows it.
impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Kept({} bytes)", self.y.len())
    }
}

/// What makes a frame the best.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    pub(super) eyes: Eyes,
    pub(super) measures: FaceMeasures,
    rank: Rank,
    score: f32,
}

/// Before its score counts: a face that is there before one that left, for it may be another person; a frame in which nothing is amiss
/// before one whose checks only warn, and that before any other.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Rank {
    /// Which face of the session it shows.
    pub(super) track: u32,
    /// Nothing is amiss.
    pub(super) is_good: bool,
    /// No check fails without which a picture shows no face.
    pub(super) is_usable: bool,
}

impl Kept {
    /// Forgets the frame; its memory stays for the next one.
    pub(super) fn clear(&mut self) {
        self.best = None;
    }

    pub(super) fn best(&self) -> Option<&Best> {
        self.best.as_ref()
    }

    /// Keeps the frame if it is better than the one before.
    pub(super) fn offer(&mut self, view: &View<'_>, face: &Face, rank: Rank) {
        let score = score(&face.measures);
        if self.best.is_some_and(|best| (best.rank, best.score) >= (rank, score)) {
            return;
        }
        self.store(view.frame);
        self.rotation = view.rotation;
        self.best = Some(Best { eyes: face.eyes, measures: face.measures, rank, score });
    }

    fn store(&mut self, frame: &Frame<'_>) {
        let luma = frame.luma();
        self.y.clear();
        luma.rows().for_each(|row| self.y.extend_from_slice(row));
        self.u.clear();
        self.v.clear();
        let mut layout =
            FrameLayout { mirrored: frame.mirrored(), ..FrameLayout::tight(luma.width() as u32, luma.height() as u32) };
        if let Some(chroma) = frame.chroma() {
            (layout.chroma_row_stride, layout.chroma_pixel_stride) = (chroma.width() as u32, 1);
            for (which, plane) in [&mut self.u, &mut self.v].into_iter().enumerate() {
                for y in 0..chroma.height() {
                    let (row, step) = chroma.row(which, y);
                    plane.extend(row.iter().step_by(step));
                }
            }
        }
        self.layout = Some(layout);
    }

    /// The kept frame, with how it must be turned.
    pub(super) fn frame(&self) -> Option<Result<(Frame<'_>, Rotation), FrameError>> {
        let layout = self.layout.filter(|_| self.best.is_some())?;
        let frame = if self.u.is_empty() {
            Frame::from_luma(&self.y, &layout)
        } else {
            Frame::from_planes(&self.y, &self.u, &self.v, &layout)
        };
        Some(frame.map(|frame| (frame, self.rotation)))
    }
}

/// How good a picture is: sharpness, light and pose, each a part of what is usual, at most 1; eyes open.
fn score(measures: &FaceMeasures) -> f32 {
    /// Sharpness of a good frame, its openness of eyes, and how much tilt or turn costs all, degrees.
    const SHARP: f32 = 0.14;
    const OPEN: f32 = 10.0;
    const TURNED: f32 = 30.0;
    let part = |value: f32, usual: f32| (value / usual).clamp(0.0, 1.0);
    let pose = (measures.roll.abs() + measures.yaw.map_or(0.0, f32::abs)) / TURNED;
    let light = 1.0 - measures.over_exposure.min(1.0) - measures.under_exposure.min(1.0);
    part(measures.sharpness, SHARP)
        + part(measures.eyes_open, OPEN)
        + light
        + (1.0 - pose).max(0.0)
        + measures.symmetry / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point;
    use crate::frame::upright::Area;

    fn face(sharpness: f32) -> Face {
        let eyes = Eyes { middle: Point::default(), apart: 1.0 };
        let area = Area { left: 0.0, top: 0.0, width: 1.0, height: 1.0 };
        Face { area, eyes, measures: FaceMeasures { sharpness, ..FaceMeasures::ZERO } }
    }

    /// Offers frames of one level each; which one is kept.
    fn kept(offers: &[(f32, Rank)]) -> Option<u8> {
        let mut kept = Kept::default();
        for (level, (sharpness, rank)) in (0_u8..).zip(offers) {
            let pixels = [level; 16];
            let frame = Frame::from_luma(&pixels, &FrameLayout::tight(4, 4)).unwrap();
            kept.offer(&View { frame: &frame, rotation: Rotation::Upright }, &face(*sharpness), *rank);
        }
        kept.frame().map(|frame| frame.unwrap().0.luma().row(0)[0])
    }

    const GOOD: Rank = Rank { track: 1, is_good: true, is_usable: true };
    const WARNED: Rank = Rank { is_good: false, ..GOOD };
    const HIDDEN: Rank = Rank { is_usable: false, ..WARNED };

    #[test]
    fn the_sharpest_is_kept() {
        assert_eq!(kept(&[]), None);
        assert_eq!(kept(&[(0.05, GOOD), (0.12, GOOD), (0.10, GOOD)]), Some(1));
    }

    /// Who took the glasses off is not shown with them.
    #[test]
    fn a_good_frame_comes_before_one_that_is_sharper_but_amiss() {
        assert_eq!(kept(&[(0.12, WARNED), (0.05, GOOD), (0.12, WARNED)]), Some(1));
        assert_eq!(kept(&[(0.05, WARNED), (0.12, HIDDEN)]), Some(0));
    }

    /// It may be another person.
    #[test]
    fn the_face_that_is_there_comes_before_one_that_left() {
        let next = Rank { track: 2, ..HIDDEN };
        assert_eq!(kept(&[(0.12, GOOD), (0.05, next)]), Some(1));
    }

    #[test]
    fn no_log_shows_it() {
        let pixels = [77; 16];
        let frame = Frame::from_luma(&pixels, &FrameLayout::tight(4, 4)).unwrap();
        let mut kept = Kept::default();
        kept.offer(&View { frame: &frame, rotation: Rotation::Upright }, &face(0.1), GOOD);
        assert_eq!(format!("{kept:?}"), "Kept(16 bytes)");
    }

    #[test]
    fn a_frame_is_kept_whole_with_its_colours() {
        let (y, u, v) = ([7_u8; 16], [50_u8; 8], [60_u8; 8]);
        let layout =
            FrameLayout { chroma_row_stride: 4, chroma_pixel_stride: 2, mirrored: true, ..FrameLayout::tight(4, 4) };
        let frame = Frame::from_planes(&y, &u, &v, &layout).unwrap();
        let mut kept = Kept::default();
        kept.offer(&View { frame: &frame, rotation: Rotation::Clockwise }, &face(0.1), GOOD);
        let (same, rotation) = kept.frame().unwrap().unwrap();
        assert_eq!((same.mirrored(), rotation), (true, Rotation::Clockwise));
        assert_eq!(same.chroma().unwrap().at(1, 1), frame.chroma().unwrap().at(1, 1));
        kept.clear();
        assert!(kept.best().is_none() && kept.frame().is_none());
    }
}
