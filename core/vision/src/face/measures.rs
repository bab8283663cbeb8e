//! All that is measured of a face in one frame.

use super::face128::{CHIN_Y, EYES_X, EYES_Y, Face128, IED};
use super::landmarks::FaceLandmarks;
use super::measure::cover::LowerFace;
use super::measure::glasses::{Rims, sunglasses};
use super::measure::{colour, eyes, framing, glare, light, sharpness};
use super::search::View;
use super::turned::{roll, symmetry};
use crate::Point;
use crate::frame::upright::Area;
use crate::levels::Levels;

/// What was measured of a face, each after ISO/IEC 29794-5 where that has it, as OFIQ computes it. Higher is not always
/// better: each says what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct FaceMeasures {
    /// Light: luma of the face's highlights, or of the frame's, whichever is more. 0 to 255; below 90 is too dark.
    pub light: f32,
    /// Share of saturated pixels in the upper face, weighed by its brightness. 0 to 4; above 0.20 is too bright.
    pub over_exposure: f32,
    /// Share of the face nearly without light, 0 to 1.
    pub under_exposure: f32,
    /// Mean luminance of the face in linear light, 0 to 1.
    pub luminance_mean: f32,
    /// Its variance, 0 to 1.
    pub luminance_variance: f32,
    /// Entropy of the luminance histogram, bits, 0 to 8.
    pub dynamic_range: f32,
    /// How much lighter the background is than a face without highlights, grey levels; above 150 is against the light.
    pub backlight: f32,
    /// What the histograms of both cheeks have in common, 0 to 1; 1 is evenly lit.
    pub illumination_uniformity: f32,
    /// How far the skin's colour is from natural, CIELAB units; `None` without colour.
    pub natural_colour: Option<f32>,
    /// Saturated spot on the face, weighed by how much it stands out; above 0.05 is glare.
    pub glare: f32,
    /// Fine beside coarse structure; below 0.08 is blurred.
    pub sharpness: f32,
    /// From eye to eye, pixels of the frame.
    pub inter_eye_distance: f32,
    /// The same as a part of the frame's short side.
    pub eyes_apart: f32,
    /// Middle of the box, as parts of the frame's width and height.
    pub centre: Point,
    /// From the eyes to the frame's left and right rim, inter-eye distances; the lesser of both. The standard's portrait has 0.9.
    pub margin_side: f32,
    /// From the middle of the eyes to the frame's top, in distances from the eyes to the chin. The standard's portrait has 1.4.
    pub margin_top: f32,
    /// The same to the bottom: 1.8.
    pub margin_bottom: f32,
    /// Tilt to a shoulder, degrees clockwise as seen.
    pub roll: f32,
    /// Turn to a side, degrees; `None` without landmarks.
    pub yaw: Option<f32>,
    /// How alike both halves of the face are, -1 to 1.
    pub symmetry: f32,
    /// How clearly open eyes are seen; 10.4 usual, below 7.1 closed.
    pub eyes_open: f32,
    /// Log odds of clear glasses; above 0.4 they are taken for some.
    pub glasses: f32,
    /// Dark surroundings of both eyes; above 0.42 sunglasses.
    pub sunglasses: f32,
    /// Log odds of a covered lower face; above 0.4 it is taken for covered.
    pub mask: f32,
}

impl FaceMeasures {
    /// Where only one of them counts.
    pub(super) const ZERO: Self = Self {
        light: 0.0,
        over_exposure: 0.0,
        under_exposure: 0.0,
        luminance_mean: 0.0,
        luminance_variance: 0.0,
        dynamic_range: 0.0,
        backlight: 0.0,
        illumination_uniformity: 0.0,
        natural_colour: None,
        glare: 0.0,
        sharpness: 0.0,
        inter_eye_distance: 0.0,
        eyes_apart: 0.0,
        centre: Point { x: 0.5, y: 0.5 },
        margin_side: 0.0,
        margin_top: 0.0,
        margin_bottom: 0.0,
        roll: 0.0,
        yaw: None,
        symmetry: 0.0,
        eyes_open: 0.0,
        glasses: 0.0,
        sunglasses: 0.0,
        mask: 0.0,
    };
}

/// The face's eyes in the frame, as landmarks say or else as boxes have them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Eyes {
    pub(super) middle: Point,
    /// Inter-eye distance, pixels.
    pub(super) apart: f32,
}

impl Eyes {
    /// As faces of this box have them. `roll`: degrees about the middle of the box.
    fn usual(face: Area, roll: f32) -> Self {
        let (sin, cos) = roll.to_radians().sin_cos();
        let (dx, dy) = ((f32::midpoint(EYES_X[0], EYES_X[1]) - 0.5) * face.width, (EYES_Y - 0.5) * face.width);
        let middle = Point {
            x: face.left + face.width / 2.0 + dx * cos - dy * sin,
            y: face.top + face.height / 2.0 + dx * sin + dy * cos,
        };
        Self { middle, apart: IED * face.width }
    }
}

/// From the middle of the eyes to the chin, inter-eye distances.
pub(super) const TO_CHIN: f32 = (CHIN_Y - EYES_Y) / IED;

/// Weights of what tells a covered lower face, and the zero of their sum: logistic regression on drawn masks and bare faces of 88 portraits and on
/// photographed masks laid over 164, each portrait judged by weights fitted without it: 94 of 100 masks, 3 of 100 bare faces. All
/// but the colours' are of logarithms.
const MASK: [f32; 6] = [-3.85, -2.59, -0.91, 1.40, 2.60, 2.67];
const MASK_ZERO: f32 = -4.26;
/// A mouth with less structure is none, whatever its colour: bare faces have less in 1 of 100 frames. And what that weighs.
const SMOOTH: f32 = 0.165;
const SMOOTH_WEIGHT: f32 = 40.0;
/// The same for clear glasses: 94 and 4 of 100.
const GLASSES: [f32; 3] = [4.15, 5.20, 1.04];
const GLASSES_ZERO: f32 = -9.25;

fn mask(lower: &LowerFace) -> f32 {
    let log = |value: f32, least: f32| value.max(least).ln();
    let values = [
        log(lower.mouth.min(0.25), 0.05),
        log(lower.rows, 0.1),
        log(lower.dark, 0.1),
        (lower.colour - 8.0).clamp(0.0, 20.0) / 10.0,
        lower.foreign,
        log(lower.cheeks, 0.03),
    ];
    let smooth = 0.4 + (SMOOTH - lower.mouth) * SMOOTH_WEIGHT;
    (weigh(&MASK, &values) + MASK_ZERO).max(smooth)
}

fn glasses(rims: &Rims) -> f32 {
    weigh(&GLASSES, &[rims.under.clamp(-0.3, 1.2), rims.strip, rims.bridge]) + GLASSES_ZERO
}

fn weigh(weights: &[f32], values: &[f32]) -> f32 {
    weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
}

/// Measures the face in `area`. `surroundings`: luma of the whole frame, and of what is behind the person.
pub(super) fn measure(
    view: &View<'_>,
    area: Area,
    surroundings: &Surroundings,
    landmarks: Option<&FaceLandmarks>,
) -> (FaceMeasures, Eyes) {
    let face = Face128::of(view.frame, view.rotation, area);
    let landmarks = landmarks.filter(|landmarks| landmarks.fit(area));
    let roll = landmarks.map_or_else(|| roll(&face), FaceLandmarks::roll);
    let upright = face.turned(roll);
    let eyes = landmarks.map_or_else(|| Eyes::usual(area, roll), FaceLandmarks::eyes);
    let size = view.size();
    let (luminance_mean, luminance_variance) = light::luminance(&face);
    let measures = FaceMeasures {
        light: light::light(&face, &surroundings.frame),
        over_exposure: light::over_exposure(&face),
        under_exposure: light::under_exposure(&face),
        luminance_mean,
        luminance_variance,
        dynamic_range: light::dynamic_range(&face),
        backlight: light::backlight(&face, &surroundings.behind),
        illumination_uniformity: light::uniformity(&face),
        natural_colour: colour::natural_colour(&face),
        glare: glare::glare(&face),
        sharpness: sharpness::sharpness(&face),
        inter_eye_distance: eyes.apart,
        eyes_apart: eyes.apart / view.short_side(),
        centre: framing::centre(area, size),
        margin_side: framing::margin_side(eyes, size),
        margin_top: framing::margin_top(eyes),
        margin_bottom: framing::margin_bottom(eyes, size),
        roll,
        yaw: landmarks.and_then(FaceLandmarks::yaw),
        symmetry: symmetry(&upright),
        eyes_open: landmarks.and_then(FaceLandmarks::eyes_open).unwrap_or_else(|| eyes::openness(&upright)),
        glasses: glasses(&Rims::of(&upright)),
        sunglasses: sunglasses(&upright),
        mask: mask(&LowerFace::of(&face)),
    };
    (measures, eyes)
}

/// Luma about a face.
#[derive(Debug)]
pub(super) struct Surroundings {
    pub(super) frame: Levels,
    pub(super) behind: Levels,
}
