//! A selfie, taken.

use image::RgbImage;

use super::cover;
use super::light::shine;
use super::place::{Place, Print};
use super::shot::SelfieShot;
use super::sitter::Sitter;
use super::skin::{Skin, toned};
use crate::canvas::{Canvas, Rgb};
use crate::shot::Shot;
use crate::{lens, sensor};

/// Samples a side of a pixel where a portrait gets smaller: it would glitter with one.
const SAMPLES: usize = 2;

/// Takes a selfie. `seed` chooses the noise.
#[must_use]
pub fn photograph(sitter: &Sitter, shot: &SelfieShot, seed: u64) -> RgbImage {
    let mut canvas = Canvas::new(shot.frame);
    let face = Face::new(sitter, shot);
    let [width, height] = [canvas.width as f32, canvas.height as f32];
    let at = |[x, y]: [f32; 2]| [x * width, y * height];
    let place = Place::new(at(shot.eyes_at), shot.ied(), shot.roll);
    let second = shot
        .second
        .map(|(eyes_at, size)| (Place::new(at(eyes_at), shot.ied() * size, -shot.roll), Face::second(sitter, shot)));
    for (y, row) in canvas.rows_mut() {
        for (x, pixel) in row.iter_mut().enumerate() {
            let light = face.light(&place, x, y);
            *pixel = match &second {
                Some((place, face)) => mix(light, face.light(place, x, y), cover::head(place.on_face(x, y))),
                None => light,
            };
        }
    }
    let camera = camera(shot);
    lens::blur(&mut canvas, &camera);
    sensor::develop(&canvas, &camera, seed)
}

/// What of the conditions is the camera's.
fn camera(shot: &SelfieShot) -> Shot {
    Shot {
        frame: shot.frame,
        defocus: shot.defocus * shot.ied(),
        motion: shot.motion * shot.ied(),
        motion_direction: shot.motion_direction,
        noise: shot.noise,
        photons: f32::INFINITY,
        gain: shot.gain,
        jpeg: shot.jpeg,
        ..Shot::default()
    }
    .in_range()
}

fn mix(a: Rgb, b: Rgb, part: f32) -> Rgb {
    std::array::from_fn(|channel| a[channel] + (b[channel] - a[channel]) * part)
}

/// A person, dressed and lit.
struct Face<'a> {
    print: Print<'a>,
    skin: Skin,
    /// IED below the eyes.
    chin: f32,
    shot: SelfieShot,
}

impl<'a> Face<'a> {
    fn new(sitter: &'a Sitter, shot: &SelfieShot) -> Self {
        let print = Print::new(sitter);
        let [_, [_, chin]] = sitter.mouth_and_chin();
        Self { skin: Skin::of(&print), print, chin, shot: shot.clone() }
    }

    /// Somebody else beside: without a cover, seen the other way round.
    fn second(sitter: &'a Sitter, shot: &SelfieShot) -> Self {
        let shot = SelfieShot { cover: cover::Cover::None, lids: 0.0, ..shot.clone() };
        let mut face = Self::new(sitter, &shot);
        face.print.mirrored = true;
        face
    }

    /// The mean of a few places within the pixel.
    fn light(&self, place: &Place, x: usize, y: usize) -> Rgb {
        let samples = if self.print.gets_smaller(place) { SAMPLES } else { 1 };
        let mut sum = [0.0; 3];
        for sample in 0..samples * samples {
            let part = |i: usize| (i as f32 + 0.5) / samples as f32 - 0.5;
            let shift = [part(sample % samples), part(sample / samples)];
            let light = self.at(place.near(x, y, shift));
            sum = std::array::from_fn(|channel| sum[channel] + light[channel]);
        }
        let count = (samples * samples) as f32;
        std::array::from_fn(|channel| sum[channel] / count * self.shot.tint[channel])
    }

    fn at(&self, at: [f32; 2]) -> Rgb {
        let bare = |at: [f32; 2]| toned(self.print.at(at), at, self.shot.tone);
        let mut light = bare(at);
        if self.shot.lids > 0.0 {
            light = cover::lids(light, at, self.shot.lids, bare);
        }
        let skin = std::array::from_fn(|channel| self.skin.mean[channel] * self.shot.tone[channel]);
        let covered = self.shot.cover.lay(light, at, skin, self.chin);
        shine(covered, at, cover::person(at, self.chin), &self.shot)
    }
}
