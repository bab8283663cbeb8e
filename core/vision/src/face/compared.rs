//! What the checks compare: the measures, and two values that follow from several of them.

use super::measures::FaceMeasures;

/// Grey levels of a face below which nothing is said of its eyes: their contrast is that of the sensor's grain.
const TOO_DARK_FOR_EYES: f32 = 55.0;

/// What a check compares with its limits: a field of [`FaceMeasures`] of that name, with its unit, or what follows from several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Compared {
    /// Grey levels.
    Light,
    /// Share, weighed.
    OverExposure,
    /// Grey levels.
    Backlight,
    /// Part of the frame's short side.
    EyesApart,
    /// Pixels.
    InterEyeDistance,
    /// How far the face is from where it belongs, 1: as far as it may be.
    OffCentre,
    /// The least margin beside the standard's, 1: the standard's.
    Margin,
    /// Degrees to either side.
    Roll,
    /// Degrees to either side.
    Yaw,
    /// No unit.
    Sharpness,
    /// No unit.
    Glare,
    /// No unit.
    Sunglasses,
    /// Log odds.
    Mask,
    /// Log odds.
    Glasses,
    /// No unit.
    EyesOpen,
    /// Share in common.
    IlluminationUniformity,
    /// CIELAB units.
    NaturalColour,
}

impl Compared {
    /// Its name in reports: that of the field, where it is one.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::OverExposure => "over_exposure",
            Self::Backlight => "backlight",
            Self::EyesApart => "eyes_apart",
            Self::InterEyeDistance => "inter_eye_distance",
            Self::OffCentre => "off_centre",
            Self::Margin => "margin",
            Self::Roll => "roll",
            Self::Yaw => "yaw",
            Self::Sharpness => "sharpness",
            Self::Glare => "glare",
            Self::Sunglasses => "sunglasses",
            Self::Mask => "mask",
            Self::Glasses => "glasses",
            Self::EyesOpen => "eyes_open",
            Self::IlluminationUniformity => "illumination_uniformity",
            Self::NaturalColour => "natural_colour",
        }
    }

    /// `None` where it was not measured.
    pub(super) fn of(self, measures: &FaceMeasures) -> Option<f32> {
        Some(match self {
            Self::Light => measures.light,
            Self::OverExposure => measures.over_exposure,
            Self::Backlight => measures.backlight,
            Self::EyesApart => measures.eyes_apart,
            Self::InterEyeDistance => measures.inter_eye_distance,
            Self::OffCentre => off_centre(measures),
            Self::Margin => margin(measures),
            Self::Roll => measures.roll.abs(),
            Self::Yaw => measures.yaw?.abs(),
            Self::Sharpness => measures.sharpness,
            Self::Glare => measures.glare,
            Self::Sunglasses => measures.sunglasses,
            Self::Mask => measures.mask,
            Self::Glasses => measures.glasses,
            Self::EyesOpen if measures.light < TOO_DARK_FOR_EYES => return None,
            Self::EyesOpen => measures.eyes_open,
            Self::IlluminationUniformity => measures.illumination_uniformity,
            Self::NaturalColour => measures.natural_colour?,
        })
    }
}

/// How far the face is from where it belongs, in parts of what is allowed: a little above the middle of the frame, 0.12 of the width and
/// 0.14 of the height about it.
fn off_centre(measures: &FaceMeasures) -> f32 {
    let (x, y) = ((measures.centre.x - 0.50) / 0.12, (measures.centre.y - 0.45) / 0.14);
    x.abs().max(y.abs())
}

/// The margin that is least beside the standard's.
fn margin(measures: &FaceMeasures) -> f32 {
    (measures.margin_side / 0.9).min(measures.margin_top / 1.4).min(measures.margin_bottom / 1.8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Point;

    #[test]
    fn a_face_in_its_place_is_off_by_nothing_and_one_at_the_edge_of_it_by_one() {
        let at = |x, y| FaceMeasures { centre: Point { x, y }, ..FaceMeasures::ZERO };
        let off = |x, y| Compared::OffCentre.of(&at(x, y)).unwrap();
        assert_eq!(off(0.50, 0.45), 0.0);
        assert!((off(0.62, 0.45) - 1.0).abs() < 1e-5 && (off(0.50, 0.59) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn nothing_is_said_of_eyes_in_the_dark() {
        let of = |light| Compared::EyesOpen.of(&FaceMeasures { light, eyes_open: 6.0, ..FaceMeasures::ZERO });
        assert_eq!([of(54.0), of(55.0)], [None, Some(6.0)]);
    }

    #[test]
    fn the_least_margin_beside_the_standards_counts() {
        let measures = FaceMeasures { margin_side: 0.9, margin_top: 2.8, margin_bottom: 0.9, ..FaceMeasures::ZERO };
        assert_eq!(Compared::Margin.of(&measures), Some(0.5));
        assert_eq!([Compared::Yaw.of(&measures), Compared::NaturalColour.of(&measures)], [None; 2]);
    }
}
