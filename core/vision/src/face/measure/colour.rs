//! Natural colour of skin.

use super::super::face128::{Face128, Part};

/// The cheeks, as for the uniformity of light.
const CHEEKS: [Part; 2] = [Part(0.170, 0.569, 0.294, 0.693), Part(0.703, 0.569, 0.827, 0.693)];
/// Natural skin in CIELAB: a* 5 to 25, b* 5 to 35.
const A: [f32; 2] = [5.0, 25.0];
const B: [f32; 2] = [5.0, 35.0];
/// Where a* or b* is negative.
const UNNATURAL: f32 = 100.0;

/// How far the mean colour of the cheeks is from natural skin, in CIELAB: 0 natural, 100 for greenish or bluish skin; `None`
/// without colour. ISO/IEC 29794-5's natural colour as OFIQ computes it (`NaturalColour.cpp`).
pub(in crate::face) fn natural_colour(face: &Face128) -> Option<f32> {
    let [right, left] = CHEEKS;
    let colour = |part: Part| Some((face.mean_of(part), face.mean_colour(part)?));
    let ((y, [u, v]), (y2, [u2, v2])) = (colour(right)?, colour(left)?);
    let [a, b] = lab(f32::midpoint(y, y2), f32::midpoint(u, u2), f32::midpoint(v, v2));
    if a < 0.0 || b < 0.0 {
        return Some(UNNATURAL);
    }
    let outside = |value: f32, [least, most]: [f32; 2]| (least - value).max(value - most).max(0.0);
    Some(outside(a, A).hypot(outside(b, B)))
}

/// a* and b* of a BT.601 colour: to sRGB, to linear light, to XYZ of white D50, to CIELAB (CIE 15).
fn lab(y: f32, u: f32, v: f32) -> [f32; 2] {
    let rgb = [y + 1.402 * v, y - 0.344_136 * u - 0.714_136 * v, y + 1.772 * u];
    let [r, g, b] = rgb.map(|value| {
        let value = (value / 255.0).clamp(0.0, 1.0);
        if value > 0.04045 { ((value + 0.055) / 1.055).powf(2.4) } else { value / 12.92 }
    });
    let x = (0.436_05 * r + 0.385_08 * g + 0.143_09 * b) / 0.964_221;
    let y = 0.222_49 * r + 0.716_89 * g + 0.060_62 * b;
    let z = (0.013_93 * r + 0.097_10 * g + 0.714_19 * b) / 0.825_211;
    let f = |t: f32| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    [500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_has_no_colour_and_skin_has_its_own() {
        let [a, b] = lab(128.0, 0.0, 0.0);
        assert!(a.abs() < 0.1 && b.abs() < 0.1, "{a} {b}");
        // sRGB (224, 172, 144), a light skin: L*a*b* about (74, 16, 21).
        let [a, b] = lab(184.4, -22.8, 28.3);
        assert!((a - 16.0).abs() < 1.5 && (b - 21.0).abs() < 2.0, "{a} {b}");
    }
}
