//! Frames without a face: walls, shelves, blinds, skin alone, foliage. What a guide must never take a portrait of.

use image::{Rgb, RgbImage};
use rand::RngExt;
use rand_pcg::Pcg64;

use crate::random::{Purpose, gaussian, stream};

/// What fills the frame.
#[derive(Clone, Copy)]
enum Ground {
    /// A wall with light from one side.
    Wall,
    /// Boards of books, or the like.
    Shelf,
    /// Stripes across.
    Blind,
    /// A hand or an ear before the lens: skin, soft.
    Skin,
    /// Blots of any size and colour.
    Blots,
    /// Two dark discs over a bar, on skin: all that a face is to a careless eye.
    Mask,
}

const GROUNDS: [Ground; 6] = [Ground::Wall, Ground::Shelf, Ground::Blind, Ground::Skin, Ground::Blots, Ground::Mask];

/// A frame of 480 x 640. `seed` chooses what it shows.
#[must_use]
pub fn faceless(seed: u64) -> RgbImage {
    let mut rng = stream(seed, Purpose::Faceless);
    let ground = GROUNDS[(seed % GROUNDS.len() as u64) as usize];
    let base: [f32; 3] = [0; 3].map(|_| rng.random_range(60.0..200.0));
    let scale: f32 = rng.random_range(20.0..90.0);
    let blots = blots(&mut rng);
    let noise: f32 = rng.random_range(1.0..6.0);
    RgbImage::from_fn(480, 640, |x, y| {
        let (x, y) = (x as f32, y as f32);
        let light = light(ground, [x, y], base, scale, &blots);
        let grain = noise * gaussian(&mut rng);
        Rgb(light.map(|value| (value + grain) as u8))
    })
}

/// A round place of another colour: centre, radius, colour.
type Blot = ([f32; 2], f32, [f32; 3]);

fn blots(rng: &mut Pcg64) -> Vec<Blot> {
    (0..24)
        .map(|_| {
            let centre = [rng.random_range(0.0..480.0), rng.random_range(0.0..640.0)];
            (centre, rng.random_range(10.0..120.0), [0; 3].map(|_| rng.random_range(0.0..255.0)))
        })
        .collect()
}

fn light(ground: Ground, [x, y]: [f32; 2], base: [f32; 3], scale: f32, blots: &[Blot]) -> [f32; 3] {
    const SKIN: [f32; 3] = [205.0, 155.0, 130.0];
    let shade = 0.7 + 0.5 * x / 480.0;
    match ground {
        Ground::Wall => base.map(|value| value * shade),
        Ground::Shelf => {
            let (board, book) = ((y / (2.0 * scale)).floor(), (x / (scale * 0.4)).floor());
            let tint = ((board * 7.0 + book * 13.0) % 5.0) * 30.0;
            base.map(|value| (value * 0.5 + tint) * shade)
        }
        Ground::Blind => base.map(|value| value * (0.6 + 0.4 * (y / scale * 6.0).sin())),
        Ground::Skin => SKIN.map(|value| value * (0.75 + 0.25 * ((x + y) / (4.0 * scale)).sin())),
        Ground::Blots => {
            let top = blots.iter().rev().find(|(centre, radius, _)| (x - centre[0]).hypot(y - centre[1]) < *radius);
            top.map_or(base, |(_, _, colour)| *colour)
        }
        Ground::Mask => {
            let eye = |at: f32| (x - at).hypot(y - 270.0) < 0.3 * scale;
            let bar = (y - 400.0).abs() < 0.12 * scale && (x - 240.0).abs() < scale;
            if eye(240.0 - scale) || eye(240.0 + scale) || bar { [30.0; 3] } else { SKIN.map(|value| value * shade) }
        }
    }
}
