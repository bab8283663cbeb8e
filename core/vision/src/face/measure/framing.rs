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

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: [f32; 2] = [480.0, 640.0];

    #[test]
    fn margins_are_in_inter_eye_and_chin_distances() {
        let eyes = Eyes { middle: Point { x: 200.0, y: 250.0 }, apart: 100.0 };
        assert_eq!(margin_side(eyes, SIZE), 1.5);
        assert!((margin_top(eyes) * TO_CHIN - 2.5).abs() < 1e-5);
        assert!((margin_bottom(eyes, SIZE) * TO_CHIN - 3.9).abs() < 1e-5);
    }

    #[test]
    fn a_face_half_outside_has_a_negative_margin() {
        let eyes = Eyes { middle: Point { x: 20.0, y: 250.0 }, apart: 100.0 };
        assert!(margin_side(eyes, SIZE) < 0.0);
    }

    #[test]
    fn the_centre_is_a_part_of_the_frame() {
        let face = Area { left: 120.0, top: 200.0, width: 240.0, height: 240.0 };
        assert_eq!(centre(face, SIZE), Point { x: 0.5, y: 0.5 });
    }
}
