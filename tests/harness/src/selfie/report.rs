//! What one frame showed: a JSON line for programs, a line of text for people.

use std::fmt;
use std::time::Duration;

use citizen_vision::{FaceBox, FaceMeasures, FailingCheck, Selfie, SelfieHint, SelfieLook};
use serde::Serialize;
use serde_json::{Map, Value};

use super::words;
use crate::visible::visible;

/// One line of `--json`.
#[derive(Serialize)]
pub(super) struct Report {
    file: String,
    /// Left, top, width, height, pixels.
    face: Option<[f32; 4]>,
    hint: &'static str,
    measures: Option<Map<String, Value>>,
    /// CPU time of the look alone: without reading the file, and without the conversion from RGB to planes.
    ms: f64,
    /// Of a frame of a session: when it was, what it alone would be told, the check that fails by its value (from 8 seconds on), how much of
    /// holding still is done, and whether the picture was taken.
    #[serde(flatten)]
    session: Option<Session>,
    #[serde(skip)]
    pub(super) told: SelfieHint,
}

#[derive(Serialize)]
struct Session {
    at_ms: u64,
    due: &'static str,
    failing: Option<FailingReport>,
    progress: f32,
    captured: bool,
}

#[derive(Serialize)]
struct FailingReport {
    compared: &'static str,
    value: f32,
    limit: f32,
}

impl Report {
    /// Of a picture by itself.
    pub(super) fn still(
        file: String,
        (face, measures, hint): (Option<FaceBox>, Option<FaceMeasures>, SelfieHint),
        spent: Duration,
    ) -> Self {
        Self {
            file,
            face: face.map(|face| [face.x, face.y, face.width, face.height].map(tenth)),
            hint: hint.id(),
            measures: measures.as_ref().map(measured),
            ms: (spent.as_secs_f64() * 1e6).round() / 1e3,
            session: None,
            told: hint,
        }
    }

    /// Of a frame of a session.
    pub(super) fn frame(file: String, look: &SelfieLook, at: Duration, spent: Duration) -> Self {
        let (failing, progress, captured) = match &look.selfie {
            Selfie::Guide { guidance } => (guidance.failing, guidance.progress, false),
            Selfie::Captured { .. } => (None, 1.0, true),
        };
        let failing = failing.map(|FailingCheck { compared, value, limit, .. }| FailingReport {
            compared: compared.id(),
            value,
            limit,
        });
        let session = Session { at_ms: at.as_millis() as u64, due: look.due.id(), failing, progress, captured };
        Self { session: Some(session), ..Self::still(file, (look.face, look.measures, told(look)), spent) }
    }

    /// The hint, as people are told it.
    pub(super) fn line(&self) -> String {
        words::hint(self.told).join(" / ")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  ({:.1} ms)  {}", visible(&self.file), self.ms, self.line())
    }
}

/// The hint of a frame of a session.
pub(super) fn told(look: &SelfieLook) -> SelfieHint {
    match &look.selfie {
        Selfie::Guide { guidance } => guidance.hint,
        Selfie::Captured { .. } => SelfieHint::Good,
    }
}

fn tenth(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

/// All measures by their names, to four decimals.
fn measured(measures: &FaceMeasures) -> Map<String, Value> {
    let rounded =
        |value: Option<f32>| value.map_or(Value::Null, |value| ((f64::from(value) * 1e4).round() / 1e4).into());
    named(measures).into_iter().map(|(name, value)| (name.to_owned(), rounded(value))).collect()
}

/// Each measure with its name.
pub(super) fn named(measures: &FaceMeasures) -> [(&'static str, Option<f32>); 25] {
    let FaceMeasures {
        light,
        over_exposure,
        under_exposure,
        luminance_mean,
        luminance_variance,
        dynamic_range,
        backlight,
        illumination_uniformity,
        natural_colour,
        glare,
        sharpness,
        inter_eye_distance,
        eyes_apart,
        centre,
        margin_side,
        margin_top,
        margin_bottom,
        roll,
        yaw,
        symmetry,
        eyes_open,
        glasses,
        sunglasses,
        mask,
    } = *measures;
    [
        ("light", Some(light)),
        ("over_exposure", Some(over_exposure)),
        ("under_exposure", Some(under_exposure)),
        ("luminance_mean", Some(luminance_mean)),
        ("luminance_variance", Some(luminance_variance)),
        ("dynamic_range", Some(dynamic_range)),
        ("backlight", Some(backlight)),
        ("illumination_uniformity", Some(illumination_uniformity)),
        ("natural_colour", natural_colour),
        ("glare", Some(glare)),
        ("sharpness", Some(sharpness)),
        ("inter_eye_distance", Some(inter_eye_distance)),
        ("eyes_apart", Some(eyes_apart)),
        ("centre_x", Some(centre.x)),
        ("centre_y", Some(centre.y)),
        ("margin_side", Some(margin_side)),
        ("margin_top", Some(margin_top)),
        ("margin_bottom", Some(margin_bottom)),
        ("roll", Some(roll)),
        ("yaw", yaw),
        ("symmetry", Some(symmetry)),
        ("eyes_open", Some(eyes_open)),
        ("glasses", Some(glasses)),
        ("sunglasses", Some(sunglasses)),
        ("mask", Some(mask)),
    ]
}
