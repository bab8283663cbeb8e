//! Faces in a small picture, by `rustface`.
//!
//! It finds faces of 40 pixels and more, so the picture's size decides what it looks for, and what that costs. It panics on pictures
//! smaller than its window, so those are not shown to it.

use std::cell::RefCell;

use rustface::{Detector, FaceInfo, ImageData, Model};

use super::model;
use crate::Plane;
use crate::frame::upright::Area;
use crate::scratch::Scratch;

/// Its window, pixels: no smaller face is found.
pub(super) const LEAST_FACE: usize = 40;

/// A face: a square box about brows, cheeks and chin, and how sure the detector is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) area: Area,
    /// The sum over the windows that agree: 0.95 is weak, 2 usual, 20 and more are clear.
    pub(super) score: f32,
}

/// How a picture is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Lower thresholds: finds masked faces, and much that is none.
    pub(super) lenient: bool,
    /// From one window to the next, pixels.
    pub(super) step: u32,
    /// From one size to the next.
    pub(super) shrink: f32,
    /// Least score.
    pub(super) score: f32,
    /// Largest face, pixels; 0: as the picture holds.
    pub(super) largest: u32,
}

/// What its authors recommend.
pub(super) const USUAL: Effort = Effort { lenient: false, step: 4, shrink: 0.8, score: 2.0, largest: 0 };

/// All faces in `picture`, best first, in its own pixels.
pub(super) fn find(picture: &Plane<'_>, effort: Effort) -> Scratch<Found> {
    let mut found = Scratch::with_capacity(8);
    let models = if effort.lenient { &model::LENIENT } else { &model::USUAL };
    if picture.width().min(picture.height()) > LEAST_FACE
        && let (Some(model), Some(pixels)) = (&**models, picture.tight())
    {
        let (width, height) = (picture.width() as u32, picture.height() as u32);
        let image = ImageData::new(pixels, width, height);
        found.extend(detect(model, &image, effort).into_iter().map(Found::from));
        found.best_first(|face| face.score);
    }
    found
}

thread_local! {
    /// A detector can't move between threads, and making one copies its model: each thread keeps its own two.
    static DETECTORS: RefCell<[Option<Box<dyn Detector>>; 2]> = const { RefCell::new([None, None]) };
}

fn detect(model: &Model, image: &ImageData<'_>, effort: Effort) -> Vec<FaceInfo> {
    #[cfg(test)]
    let _paused = super::allocations::Paused::new();
    let which = usize::from(effort.lenient);
    // Out of its place while it works: where it panics, it is not used again.
    let kept = DETECTORS.with_borrow_mut(|detectors| detectors.get_mut(which).and_then(Option::take));
    let mut detector = kept.unwrap_or_else(|| rustface::create_detector_with_model(model.clone()));
    detector.set_score_thresh(effort.score.into());
    detector.set_slide_window_step(effort.step, effort.step);
    detector.set_pyramid_scale_factor(effort.shrink);
    detector.set_max_face_size(effort.largest);
    let faces = detector.detect(image);
    DETECTORS.with_borrow_mut(|detectors| {
        if let Some(place) = detectors.get_mut(which) {
            *place = Some(detector);
        }
    });
    faces
}

impl From<FaceInfo> for Found {
    fn from(face: FaceInfo) -> Self {
        let place = face.bbox();
        let area = Area {
            left: place.x() as f32,
            top: place.y() as f32,
            width: place.width() as f32,
            height: place.height() as f32,
        };
        Self { area, score: face.score() as f32 }
    }
}
