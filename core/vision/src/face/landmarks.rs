//! What a phone's own face detection saw.

use super::face128::{EYES_X, EYES_Y, IED};
use super::measure::eyes::CLOSED;
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

    /// On the scale of [`eyes_open`](super::measures::FaceMeasures::eyes_open): an opening of 0.2 reads as closed, and
    /// wider than usual eyes as usual ones: frames without landmarks are judged beside these.
    pub(super) fn eyes_open(&self) -> Option<f32> {
        const SCALE: f32 = CLOSED / 0.2;
        const USUAL: f32 = 10.4;
        self.eye_opening.filter(|opening| (0.0..=1.0).contains(opening)).map(|opening| (opening * SCALE).min(USUAL))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FACE: Area = Area { left: 100.0, top: 200.0, width: 200.0, height: 200.0 };

    /// Where boxes have the eyes, turned about the middle between them.
    fn landmarks(degrees: f32) -> FaceLandmarks {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let half = IED * FACE.width / 2.0;
        let middle = [FACE.left + 0.4985 * FACE.width, FACE.top + EYES_Y * FACE.height];
        let eye = |side: f32| Point { x: middle[0] + side * half * cos, y: middle[1] + side * half * sin };
        FaceLandmarks { left_eye: eye(-1.0), right_eye: eye(1.0), mouth: None, nose: None, eye_opening: None }
    }

    #[test]
    fn those_of_the_face_fit_and_others_do_not() {
        assert!(landmarks(0.0).fit(FACE) && landmarks(20.0).fit(FACE));
        let beside = Area { left: 320.0, ..FACE };
        let twice = Area { width: 400.0, height: 400.0, ..FACE };
        assert!(!landmarks(0.0).fit(beside) && !landmarks(0.0).fit(twice));
    }

    #[test]
    fn tilt_is_that_of_the_line_of_the_eyes() {
        assert!((landmarks(12.0).roll() - 12.0).abs() < 1e-3);
        assert!((landmarks(0.0).eyes().apart - IED * 200.0).abs() < 1e-3);
    }

    #[test]
    fn a_nose_beside_the_middle_is_a_turn_and_without_points_there_is_none() {
        let eyes = landmarks(0.0);
        let Eyes { middle, apart } = eyes.eyes();
        let nose = Some(Point { x: middle.x + 0.25 * apart, y: middle.y + 0.5 * apart });
        let yaw = FaceLandmarks { nose, ..eyes }.yaw().unwrap();
        assert!((yaw - 30.0).abs() < 0.1, "{yaw}");
        assert_eq!(eyes.yaw(), None);
    }

    #[test]
    fn an_opening_that_is_none_is_left_alone() {
        let opening = |value| FaceLandmarks { eye_opening: Some(value), ..landmarks(0.0) }.eyes_open();
        assert!((opening(0.2).unwrap() - CLOSED).abs() < 1e-3);
        assert!(opening(0.9).unwrap() <= 10.4);
        assert_eq!([opening(-0.1), opening(1.5), opening(f32::NAN)], [None; 3]);
    }

    proptest! {
        /// Whatever a phone says: what fits is finite, and what is not finite does not fit.
        #[test]
        fn any_values_fit_with_finite_answers_or_not_at_all(values in prop::collection::vec(any::<f32>(), 8), near in -60.0_f32..60.0) {
            let point = |i: usize| Point { x: values[i], y: values[i + 1] };
            let any = FaceLandmarks {
                left_eye: point(0), right_eye: point(2), mouth: Some(point(4)), nose: Some(point(6)), eye_opening: Some(values[0]),
            };
            let moved = landmarks(near);
            let close = FaceLandmarks { left_eye: Point { x: moved.left_eye.x + near, ..moved.left_eye }, ..FaceLandmarks { nose: any.nose, ..moved } };
            for landmarks in [any, close] {
                if landmarks.fit(FACE) {
                    let Eyes { middle, apart } = landmarks.eyes();
                    prop_assert!([middle.x, middle.y, apart, landmarks.roll()].iter().all(|value| value.is_finite()));
                    prop_assert!(apart > 0.0);
                    prop_assert!(landmarks.yaw().is_none_or(|yaw| (-90.0..=90.0).contains(&yaw)));
                }
            }
        }
    }
}
