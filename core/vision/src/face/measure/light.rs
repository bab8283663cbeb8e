//! Light on the face and behind it.
//!
//! Nothing here judges a face by its own brightness alone, because skin is of every tone: dark is a face whose lightest parts are dark
//! in a frame that is dark too; against the light is one whose lightest parts are dark before a background that is bright.

use super::super::face128::{Face128, Part};
use crate::levels::Levels;

/// The face without hair and background.
const INNER: Part = Part(0.16, 0.10, 0.84, 0.96);
/// Where no mask lies.
const UPPER: Part = Part(0.15, 0.08, 0.85, 0.55);

/// Least luma of the lightest fiftieth of the face.
fn highlights(face: &Face128) -> f32 {
    let levels: Levels = face.levels(INNER).map(|v| v as u8).collect();
    f32::from(levels.light_end(0.02))
}

/// How much light there is: the luma of the face's highlights (98th percentile), or of the frame's (95th percentile, weighed so
/// that both limits meet), whichever is more. 0 to 255; below 90 reads as dark.
///
/// Exposures of 0.12 to 0.30 of 88 portraits: 4 to 84; the portraits themselves, with skin toned down to 0.27: 2 of 100
/// below 90. After ISO/IEC 29794-5's under-exposure prevention, but beside the frame.
pub(in crate::face) fn light(face: &Face128, frame: &Levels) -> f32 {
    highlights(face).max(of_frame(frame))
}

/// The frame's part of [`light`]; all of it where there is no face.
pub(in crate::face) fn of_frame(frame: &Levels) -> f32 {
    const WEIGHT: f32 = 90.0 / 115.0;
    WEIGHT * f32::from(frame.light_end(0.05))
}

/// How much lighter the background is than the face: its 75th percentile less the face's mean, grey levels; 0 where the face has
/// highlights above 90. Above 150 reads as against the light.
pub(in crate::face) fn backlight(face: &Face128, background: &Levels) -> f32 {
    const LIT: f32 = 90.0;
    if highlights(face) >= LIT {
        return 0.0;
    }
    (f32::from(background.light_end(0.25)) - face.mean_of(INNER)).max(0.0)
}

/// Share of the upper face at luma 247 and more, four times as heavy where its mean is above 205. 0 to 4; above 0.20 reads
/// as too bright. The range is that of ISO/IEC 29794-5's over-exposure prevention in OFIQ (`OverExposurePrevention.cpp`).
pub(in crate::face) fn over_exposure(face: &Face128) -> f32 {
    const SATURATED: f32 = 247.0;
    const BRIGHT: f32 = 205.0;
    let (mut count, mut saturated, mut sum) = (0.0, 0.0, 0.0);
    for level in face.levels(UPPER) {
        count += 1.0;
        sum += level;
        saturated += if level >= SATURATED { 1.0 } else { 0.0 };
    }
    let share: f32 = saturated / count;
    if sum / count > BRIGHT { 4.0 * share } else { share }
}

/// Share of the face whose luminance is at most 25 of 255 in linear light, 0 to 1: ISO/IEC 29794-5's under-exposure prevention as
/// OFIQ computes it (`UnderExposurePrevention.cpp`), on luma through the curve of sRGB, which is exact for grey.
pub(in crate::face) fn under_exposure(face: &Face128) -> f32 {
    const DARK: f32 = 25.0 / 255.0;
    share(face.levels(INNER).map(linear), |level| level <= DARK)
}

/// Mean and variance of the face's luminance in linear light, 0 to 1 each: ISO/IEC 29794-5's moments of luminance as OFIQ computes
/// them (`Luminance.cpp`, which scores a mean best between 0.2 and 0.8).
pub(in crate::face) fn luminance(face: &Face128) -> (f32, f32) {
    let (mean, deviation) = super::super::face128::moments(face.levels(INNER).map(linear));
    (mean, deviation * deviation)
}

/// Entropy of the face's luminance histogram, bits, 0 to 8: ISO/IEC 29794-5's dynamic range as OFIQ computes it
/// (`DynamicRange.cpp`).
pub(in crate::face) fn dynamic_range(face: &Face128) -> f32 {
    let levels: Levels = face.levels(INNER).map(|level| (linear(level) * 255.0 + 0.5) as u8).collect();
    levels.entropy()
}

/// What the histograms of two cheek squares have in common, 0 to 1: ISO/IEC 29794-5's illumination uniformity as OFIQ computes it
/// (`IlluminationUniformity.cpp`): squares of 0.3 IED, half way from the eyes to the mouth, outwards of the eyes' centres.
pub(in crate::face) fn uniformity(face: &Face128) -> f32 {
    const RIGHT: Part = Part(0.170, 0.569, 0.294, 0.693);
    const LEFT: Part = Part(0.703, 0.569, 0.827, 0.693);
    let [right, left]: [Levels; 2] =
        [RIGHT, LEFT].map(|part| face.levels(part).map(|level| (linear(level) * 255.0 + 0.5) as u8).collect());
    right.in_common(&left)
}

/// Luma as linear light, both of 0 to 1 for 0 to 255: the curve of sRGB (IEC 61966-2-1).
fn linear(luma: f32) -> f32 {
    let value = luma / 255.0;
    if value > 0.04045 { ((value + 0.055) / 1.055).powf(2.4) } else { value / 12.92 }
}

fn share(values: impl Iterator<Item = f32>, is: impl Fn(f32) -> bool) -> f32 {
    let (mut count, mut hits) = (0.0_f32, 0.0_f32);
    for value in values {
        count += 1.0;
        hits += if is(value) { 1.0 } else { 0.0 };
    }
    hits / count.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::face::face128::SIDE;

    fn flat(level: f32) -> Face128 {
        Face128::drawn(|_, _| level, None)
    }

    fn levels(level: u8) -> Levels {
        std::iter::repeat_n(level, 1000).collect()
    }

    /// Dark skin in good light is not dark, and light skin in the dark is.
    #[test]
    fn light_is_judged_beside_the_frame() {
        assert!(light(&flat(40.0), &levels(200)) > 97.0);
        assert!(light(&flat(60.0), &levels(70)) < 90.0);
        assert_eq!(light(&flat(180.0), &levels(10)), 180.0);
    }

    #[test]
    fn only_a_dark_face_before_something_bright_is_against_the_light() {
        assert_eq!(backlight(&flat(40.0), &levels(240)), 200.0);
        assert_eq!(backlight(&flat(40.0), &levels(20)), 0.0);
        assert_eq!(backlight(&flat(120.0), &levels(255)), 0.0);
    }

    #[test]
    fn exposure_counts_pixels_at_both_ends() {
        assert_eq!([over_exposure(&flat(255.0)), over_exposure(&flat(200.0))], [4.0, 0.0]);
        assert_eq!([under_exposure(&flat(20.0)), under_exposure(&flat(120.0))], [1.0, 0.0]);
        let half = Face128::drawn(|x, _| if x < SIDE / 2 { 255.0 } else { 100.0 }, None);
        assert!((over_exposure(&half) - 0.5).abs() < 0.02);
    }

    #[test]
    fn luminance_is_linear_and_range_is_entropy() {
        let (mean, variance) = luminance(&flat(188.0));
        assert!((mean - 0.503).abs() < 0.01 && variance < 1e-6, "{mean}");
        assert_eq!(dynamic_range(&flat(90.0)), 0.0);
        let two = Face128::drawn(|x, _| if x % 2 == 0 { 60.0 } else { 200.0 }, None);
        assert!((dynamic_range(&two) - 1.0).abs() < 0.01);
    }

    #[test]
    fn cheeks_in_other_light_have_nothing_in_common() {
        assert_eq!(uniformity(&flat(120.0)), 1.0);
        assert_eq!(uniformity(&Face128::drawn(|x, _| if x < SIDE / 2 { 60.0 } else { 200.0 }, None)), 0.0);
    }
}
