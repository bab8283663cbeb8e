//! Where the face is in the frame.

use super::super::measures::{Eyes, TO_CHIN};
use crate::Point;
use crate::frame::upright::Area;

/// Middle of the box, as parts of the frame's width and height.
pub(in crate::face) fn centre(face: Area, [width, height]: [f32; 2]) -> Point {
    Point { x: (face.left + face.width / 2.0) / width, y: (face.top + face.height / 2.0) / height }
}

/// From the outer of both eyes to the nearer rim at the side, inter-eye distances: ISO/IEC 29794-5's leftward and rightward crop
/// as OFIQ computes them (`CropOfTheFaceImage.cpp`), which scores 0.9 half.
pub(in crate::face) fn margin_side(eyes: Eyes, [width, _]: [f32; 2]) -> f32 {
    let outer = eyes.apart / 2.0;
    let left = eyes.middle.x - outer;
    let right = width - eyes.middle.x - outer;
    left.min(right) / eyes.apart
}

/// From the middle of the eyes to the top, in distances from there to the chin: the standard's downward crop, half at 1.4.
pub(in crate::face) fn margin_top(eyes: Eyes) -> f32 {
    eyes.middle.y / (TO_CHIN * eyes.apart)
}

/// The same to the bottom: the standard's upward crop, half at 1.8.
pub(in crate::face) fn margin_bottom(eyes: Eyes, [_, height]: [f32; 2]) -> f32 {
    (height - eyes.middle.y) / (TO_CHIN * eyes.apart)
}
