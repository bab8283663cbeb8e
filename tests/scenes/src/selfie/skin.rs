//! A portrait's skin, and the same person with skin of another tone.

use super::place::Print;
use crate::canvas::Rgb;

/// Where skin is on any face, IED from the middle of the eyes: both cheeks, the forehead, the bridge of the nose.
const SKIN_AT: [[f32; 2]; 4] = [[-0.5, 0.55], [0.5, 0.55], [0.0, -0.45], [0.0, 0.3]];
/// How coloured a place is, (most - least) / most of red, green and blue: less is the white of eyes and teeth, more is skin, hair, iris.
const WHITE: [f32; 2] = [0.08, 0.20];
/// Half height and half width of the head with its neck, IED, and where its middle is below the eyes.
const HEAD: [f32; 2] = [1.25, 2.1];
const HEAD_BELOW: f32 = 0.7;

/// The skin of one portrait.
pub(super) struct Skin {
    /// Grey levels.
    pub(super) mean: Rgb,
}

impl Skin {
    pub(super) fn of(print: &Print<'_>) -> Self {
        let samples = SKIN_AT.map(|at| print.at(at));
        Self { mean: std::array::from_fn(|channel| samples.iter().map(|rgb| rgb[channel]).sum::<f32>() / 4.0) }
    }
}

/// The same light if the person had another tone: skin, hair and eyes, but not the white of eyes and teeth.
pub(super) fn toned(light: Rgb, [u, v]: [f32; 2], tone: Rgb) -> Rgb {
    let outside = (u / HEAD[0]).hypot((v - HEAD_BELOW) / HEAD[1]);
    let most = light.iter().copied().fold(1.0, f32::max);
    let coloured = (most - light.iter().copied().fold(f32::MAX, f32::min)) / most;
    let weight =
        ((1.15 - outside) / 0.15).clamp(0.0, 1.0) * ((coloured - WHITE[0]) / (WHITE[1] - WHITE[0])).clamp(0.0, 1.0);
    std::array::from_fn(|channel| light[channel] * (1.0 + (tone[channel] - 1.0) * weight))
}
