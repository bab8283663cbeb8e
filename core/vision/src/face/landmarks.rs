//! What a phone's own face detection saw.

use super::face128::{EYES_X, EYES_Y, IED};
use super::measures::Eyes;
use crate::Point;
use crate::frame::upright::Area;

/// Points of a face from the phone's own detection (Camera2's face statistics, Apple's Vision), in pixels of the upright picture. They sharpen
/// pose and eyes; where they are missing or do not fit the face that the core sees, it does without.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FaceLandmarks {
    /// Centre of the eye at the picture's left.
    pub left_eye: Point,
    /// Centre of the eye at the picture's right.
    pub right_eye: Point,
    /// Middle of the mouth.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub mouth: Option<Point>,
    /// Tip of the nose; Camera2 has none.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub nose: Option<Point>,
    /// Height of the eyes' openings over their width, mean of both, where the phone sees their outlines.
    #[cfg_attr(feature = "uniffi", uniffi(default = None))]
    pub eye_opening: Option<f32>,
}

/// Eyes may be this far from where boxes have them, sides of the box.
const ASTRAY: f32 = 0.25;
/// An inter-eye distance may be this much smaller or larger than boxes have it.
const RATIO: [f32; 2] = [0.6, 1.6];
/// How far a nose stands before the line of the eyes, inter-eye distances.
const REACH: f32 = 0.5;

impl FaceLandmarks {
    /// Whether they are of the face in this box.
    pub(super) fn fit(&self, face: Area) -> bool {
        let near = |point: Point, at: [f32; 2]| {
            let (x, y) = ((point.x - face.left) / face.width, (point.y - face.top) / face.height);
            (x - at[0]).hypot(y - at[1]) < ASTRAY
        };
        let [left, right] = EYES_X;
        let ratio = self.apart() / (IED * face.width);
        near(self.left_eye, [left, EYES_Y])
            && near(self.right_eye, [right, EYES_Y])
            && RATIO[0] < ratio
            && ratio < RATIO[1]
    }

    fn apart(&self) -> f32 {
        (self.right_eye.x - self.left_eye.x).hypot(self.right_eye.y - self.left_eye.y)
    }

    pub(super) fn eyes(&self) -> Eyes {
        let [a, b] = [self.left_eye, self.right_eye];
        Eyes { middle: Point { x: f32::midpoint(a.x, b.x), y: f32::midpoint(a.y, b.y) }, apart: self.apart() }
    }

    /// Degrees, clockwise as seen.
    pub(super) fn roll(&self) -> f32 {
        (self.right_eye.y - self.left_eye.y).atan2(self.right_eye.x - self.left_eye.x).to_degrees()
    }

    /// Degrees, towards the picture's right, 90 at most; `None` without nose and mouth. The sine is how far the nose (or else the mouth)
    /// has moved along the line of the eyes, over how far it stands out.
    pub(super) fn yaw(&self) -> Option<f32> {
        let point = self.nose.or(self.mouth)?;
        let Eyes { middle, apart } = self.eyes();
        let (along_x, along_y) =
            ((self.right_eye.x - self.left_eye.x) / apart, (self.right_eye.y - self.left_eye.y) / apart);
        let moved = (point.x - middle.x) * along_x + (point.y - middle.y) * along_y;
        let sine = moved / apart / REACH;
        sine.is_finite().then(|| sine.clamp(-1.0, 1.0).asin().to_degrees())
    }

    /// On the scale of [`eyes_open`](super::measures::FaceMeasures::eyes_open): an opening of 0.2 reads as closed.
    pub(super) fn eyes_open(&self) -> Option<f32> {
        const SCALE: f32 = 7.4 / 0.2;
        self.eye_opening.filter(|opening| (0.0..=1.0).contains(opening)).map(|opening| opening * SCALE)
    }
}
