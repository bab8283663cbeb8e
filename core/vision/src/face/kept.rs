//! The best frame so far, kept whole: it may become the portrait.

use super::look::Face;
use super::measures::{Eyes, FaceMeasures};
use super::search::View;
use crate::{Frame, FrameError, FrameLayout, Rotation};

/// A frame and its face. Its memory is used again for each better one.
#[derive(Debug, Default)]
pub(super) struct Kept {
    y: Vec<u8>,
    u: Vec<u8>,
    v: Vec<u8>,
    layout: Option<FrameLayout>,
    rotation: Rotation,
    best: Option<Best>,
}

/// What makes a frame the best.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    pub(super) eyes: Eyes,
    pub(super) measures: FaceMeasures,
    /// No check fails without which a picture shows no face.
    usable: bool,
    /// Which face of the session it shows.
    track: u32,
    score: f32,
}

impl Kept {
    /// Forgets the frame; its memory stays for the next one.
    pub(super) fn clear(&mut self) {
        self.best = None;
    }

    pub(super) fn best(&self) -> Option<&Best> {
        self.best.as_ref()
    }

    /// Keeps the frame if it is better than the one before: a usable one before any other, of the face that is there now before one that was
    /// lost, then by its score.
    pub(super) fn offer(&mut self, view: &View<'_>, face: &Face, usable: bool, track: u32) {
        let score = score(&face.measures);
        let rank = |best: &Best| (best.usable, best.track, best.score);
        if self.best.is_some_and(|best| rank(&best) >= (usable, track, score)) {
            return;
        }
        self.store(view.frame);
        self.rotation = view.rotation;
        self.best = Some(Best { eyes: face.eyes, measures: face.measures, usable, track, score });
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
    fn kept(offers: &[(f32, bool, u32)]) -> Option<u8> {
        let mut kept = Kept::default();
        for (level, (sharpness, usable, track)) in (0_u8..).zip(offers) {
            let pixels = [level; 16];
            let frame = Frame::from_luma(&pixels, &FrameLayout::tight(4, 4)).unwrap();
            let view = View { frame: &frame, rotation: Rotation::Upright };
            kept.offer(&view, &face(*sharpness), *usable, *track);
        }
        kept.frame().map(|frame| frame.unwrap().0.luma().row(0)[0])
    }

    #[test]
    fn the_sharpest_is_kept_a_usable_one_first_and_of_the_face_that_is_there() {
        assert_eq!(kept(&[]), None);
        assert_eq!(kept(&[(0.05, true, 1), (0.12, true, 1), (0.10, true, 1)]), Some(1));
        assert_eq!(kept(&[(0.05, true, 1), (0.12, false, 1)]), Some(0));
        assert_eq!(kept(&[(0.12, true, 1), (0.05, true, 2)]), Some(1));
    }

    #[test]
    fn a_frame_is_kept_whole_with_its_colours() {
        let (y, u, v) = ([7_u8; 16], [50_u8; 8], [60_u8; 8]);
        let layout =
            FrameLayout { chroma_row_stride: 4, chroma_pixel_stride: 2, mirrored: true, ..FrameLayout::tight(4, 4) };
        let frame = Frame::from_planes(&y, &u, &v, &layout).unwrap();
        let mut kept = Kept::default();
        kept.offer(&View { frame: &frame, rotation: Rotation::Clockwise }, &face(0.1), true, 1);
        let (same, rotation) = kept.frame().unwrap().unwrap();
        assert_eq!((same.mirrored(), rotation), (true, Rotation::Clockwise));
        assert_eq!(same.chroma().unwrap().at(1, 1), frame.chroma().unwrap().at(1, 1));
        kept.clear();
        assert!(kept.best().is_none() && kept.frame().is_none());
    }
}
