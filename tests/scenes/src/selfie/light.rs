//! Light on a face: from behind, from one side, and mirrored on the skin.

use crate::canvas::Rgb;

use super::shot::SelfieShot;

/// What a bright window adds behind the person, grey levels, and what it leaves of the person's light.
const WINDOW: f32 = 260.0;
const AGAINST_THE_LIGHT: f32 = 0.22;
/// The reflection: a flat saturating core and a faint halo, grey levels above the skin.
const CORE: f32 = 300.0;
const HALO: f32 = 40.0;
/// A face's area, square IED: an ellipse of 0.95 by 1.35.
const FACE_AREA: f32 = 4.03;

/// The light of a place on the face. `person`: 1 on the person, 0 behind.
pub(super) fn shine(light: Rgb, [u, v]: [f32; 2], person: f32, shot: &SelfieShot) -> Rgb {
    let behind = 1.0 - person;
    let kept = 1.0 - shot.backlight * (1.0 - AGAINST_THE_LIGHT) * person;
    let side = 1.0 + shot.side_light * (u / 1.0).clamp(-1.0, 1.0) * 0.5;
    let window = shot.backlight * WINDOW * behind;
    let mirrored = reflection(shot, [u, v]);
    light.map(|value| value * kept * side + window + mirrored)
}

fn reflection(shot: &SelfieShot, [u, v]: [f32; 2]) -> f32 {
    if shot.glare <= 0.0 {
        return 0.0;
    }
    let radius = (shot.glare * FACE_AREA / std::f32::consts::PI).sqrt();
    let distance = ((u - shot.glare_at[0]) * 0.8).hypot((v - shot.glare_at[1]) * 1.25) / radius;
    if distance > 4.0 {
        return 0.0;
    }
    // The fourth power makes the core flat and its rim steep.
    CORE * (-0.7 * distance.powi(4)).exp() + HALO * (-(distance / 1.8).powi(2)).exp()
}
