//! Light on the card: a shadow's edge, a reflection, a veil. Shadow and reflection lie in the card's plane and move with it.

use crate::canvas::Canvas;
use crate::card::{CODE_AT, CODE_SIDE};
use crate::pose::Homography;
use crate::shot::Shot;

/// Width of the shadow's edge, symbol sides for the logistic curve's unit: half dark to 88 % dark takes two of them.
const SHADOW_EDGE: f32 = 0.06;
/// The reflection: a flat saturating core and a faint halo, grey levels above the print.
const CORE: f32 = 420.0;
const HALO: f32 = 60.0;
/// Width of the halo and reach of both, in radii of the core. At five radii the halo is below a tenth of a grey level.
const HALO_WIDTH: f32 = 1.9;
const REACH: f32 = 5.0;
/// Height of the core against its width: a lamp seen in a slightly bent card.
const FLATTENED: f32 = 1.25;
/// What a veil tends to, grey levels.
const VEIL: f32 = 235.0;

/// Lights the frame.
pub(crate) fn shine(canvas: &mut Canvas, shot: &Shot, pose: &Homography) {
    if shot.shadow > 0.0 || shot.glare > 0.0 {
        shine_on_plane(canvas, shot, pose);
    }
    if shot.haze > 0.0 {
        for value in canvas.pixels.as_flattened_mut() {
            *value += (VEIL - *value) * shot.haze;
        }
    }
}

fn shine_on_plane(canvas: &mut Canvas, shot: &Shot, pose: &Homography) {
    let Some(back) = pose.inverse() else { return };
    let (sin, cos) = shot.shadow_direction.to_radians().sin_cos();
    for (y, row) in canvas.rows_mut() {
        let line = back.line(y as f64 + 0.5);
        for (x, pixel) in row.iter_mut().enumerate() {
            let Some(place) = line.at(x as f64 + 0.5) else { continue };
            let [u, v]: [f32; 2] = std::array::from_fn(|axis| (place[axis] - CODE_AT[axis]) / CODE_SIDE);
            let lit = 1.0 - shot.shadow * logistic(((u - 0.5) * cos + (v - 0.5) * sin) / SHADOW_EDGE);
            let shine = reflection(shot, [u, v]);
            *pixel = pixel.map(|value| value * lit + shine);
        }
    }
}

fn logistic(t: f32) -> f32 {
    1.0 / (1.0 + (-t).exp())
}

/// What the reflection adds at a place in symbol coordinates.
fn reflection(shot: &Shot, [u, v]: [f32; 2]) -> f32 {
    if shot.glare <= 0.0 {
        return 0.0;
    }
    let radius = (shot.glare / std::f32::consts::PI).sqrt();
    let distance = (u - shot.glare_at[0]).hypot((v - shot.glare_at[1]) * FLATTENED) / radius;
    if distance > REACH {
        return 0.0;
    }
    // The fourth power makes the core flat and its rim steep.
    CORE * (-0.7 * distance.powi(4)).exp() + HALO * (-(distance / HALO_WIDTH).powi(2)).exp()
}
