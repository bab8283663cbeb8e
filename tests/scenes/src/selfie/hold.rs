//! A phone held before a face: the same conditions for some frames, in a hand that trembles.

use image::RgbImage;
use rand::RngExt;

use super::photograph::photograph;
use super::shot::SelfieShot;
use super::sitter::Sitter;
use super::trouble::Trouble;
use crate::random::{Purpose, gaussian, stream};

/// Deviations from frame to frame: place, parts of the frame; size, part; roll, degrees.
const PLACE: f32 = 0.004;
const SIZE: f32 = 0.008;
const ROLL: f32 = 0.5;

/// So many frames under the conditions of `shot`.
#[must_use]
pub fn hold(sitter: &Sitter, shot: &SelfieShot, frames: usize, seed: u64) -> Vec<RgbImage> {
    let mut rng = stream(seed, Purpose::Tremble);
    let one = |_| {
        let mut step = |deviation: f32| deviation * gaussian(&mut rng);
        let trembling = SelfieShot {
            eyes_at: shot.eyes_at.map(|at| at + step(PLACE)),
            eyes_apart: shot.eyes_apart * (1.0 + step(SIZE)),
            roll: shot.roll + step(ROLL),
            ..shot.clone()
        };
        photograph(sitter, &trembling, rng.random())
    };
    (0..frames).map(one).collect()
}

/// Frames of each trouble that the scenarios show in turn, again and again.
const HELD: usize = 3;
/// How bad it is: clear, and not hopeless.
const CLEAR: f32 = 0.6;
const SEED: u64 = 5;

/// A trouble, clearly to be seen, as the scenarios of all languages show it.
#[must_use]
pub fn held(sitter: &Sitter, trouble: Trouble) -> Vec<RgbImage> {
    hold(sitter, &trouble.shot(CLEAR, SEED), HELD, SEED)
}

/// Shelves.
const WITHOUT_A_FACE: u64 = 7;

/// The same without a face.
#[must_use]
pub fn held_faceless() -> Vec<RgbImage> {
    vec![super::faceless(WITHOUT_A_FACE); HELD]
}
