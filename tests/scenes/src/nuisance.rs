//! What differs between two photos of the same kind and is not what the kind is about: where the card lies, and directions.

use rand::RngExt;
use rand_pcg::Pcg64;

use crate::shot::Shot;

/// Most that the symbol is away from its usual place, px right or left, down or up: it stays in view.
const SHIFT: [f32; 2] = [120.0, 60.0];
/// Most that the card is turned from the ladder's roll and a whole number of quarters, degrees.
const ROLL: f32 = 5.0;
/// Where a reflection's centre is, symbol coordinates: on the symbol, and not always in its middle.
const GLARE: std::ops::Range<f32> = 0.3..0.75;
/// From stripe to stripe, modules: from finer than two modules, which passes for data, to wider than a finder's core.
const MOIRE_PERIOD: std::ops::Range<f32> = 1.7..4.5;
/// From one of a display's pixels to the next, px: its beat with the sensor's pixels is 4 to 21 px long.
const SCREEN_PITCH: std::ops::Range<f32> = 1.05..1.3;

/// The same shot as another person would take it. Always the same number of draws, so a condition's strength moves nothing.
pub(crate) fn vary(shot: &Shot, rng: &mut Pcg64) -> Shot {
    let mut direction = || rng.random_range(0.0..360.0);
    let [tilt_axis, motion_direction, shadow_direction, moire_direction] = std::array::from_fn(|_| direction());
    let quarters = rng.random_range(0_u8..4);
    Shot {
        shift: SHIFT.map(|most| rng.random_range(-most..most)),
        tilt_axis,
        roll: shot.roll + rng.random_range(-ROLL..ROLL) + 90.0 * f32::from(quarters),
        motion_direction,
        glare_at: [(); 2].map(|()| rng.random_range(GLARE)),
        shadow_direction,
        moire_period: rng.random_range(MOIRE_PERIOD),
        moire_direction,
        screen_pitch: rng.random_range(SCREEN_PITCH),
        curl: if rng.random_bool(0.5) { shot.curl } else { -shot.curl },
        ..shot.clone()
    }
}
