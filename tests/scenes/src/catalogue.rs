//! Named frames that tests, demo and scenario files share in all languages.

use crate::card::Card;
use crate::photo::{Photo, photograph};
use crate::shot::Shot;

/// One named frame: a card, conditions, and a seed for desk and noise.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Lower case, words joined by hyphens: also a file's name.
    pub name: &'static str,
    /// Seed of the card, see [`Card::invent`].
    pub card: u64,
    /// The conditions.
    pub shot: Shot,
    /// Seed of desk and noise.
    pub seed: u64,
    /// Whether a plain QR reader reads it.
    pub readable: bool,
}

impl Scene {
    /// Prints the card and photographs it.
    #[must_use]
    pub fn photograph(&self) -> Photo {
        photograph(&Card::invent(self.card), &self.shot, self.seed)
    }
}

/// All scenes: first those that can be read, from easy to harder, then those that cannot.
#[must_use]
pub fn catalogue() -> Vec<Scene> {
    let readable = readable_scenes().into_iter().map(|row| (row, true));
    let unreadable = unreadable_scenes().into_iter().map(|row| (row, false));
    (FIRST_SEED..)
        .zip(readable.chain(unreadable))
        .map(|(seed, ((name, card, shot), readable))| Scene { name, card, shot, seed, readable })
        .collect()
}

/// The scene of that name.
#[must_use]
pub fn scene(name: &str) -> Option<Scene> {
    catalogue().into_iter().find(|scene| scene.name == name)
}

/// Seed of the first scene; the others count on.
const FIRST_SEED: u64 = 101;

/// Name, card and conditions.
type Row = (&'static str, u64, Shot);

/// Plain readers are moody: at one scale or another they miss a symbol that they read at the next. The cards and scales are
/// pairs that rqrr read with each of twelve other seeds, so a grey level more or less on another machine does not matter.
fn readable_scenes() -> Vec<Row> {
    let easy = Shot::default();
    vec![
        ("easy", 8, easy.clone()),
        // The symbol takes a third of the frame's height; the card's left half is out of view.
        ("near", 2, Shot { module_px: 6.0, ..easy.clone() }),
        ("far", 7, Shot { module_px: 2.3, ..easy.clone() }),
        ("tilted", 4, Shot { tilt: 34.0, module_px: 3.6, ..easy.clone() }),
        ("rolled", 7, Shot { roll: 37.0, ..easy.clone() }),
        ("upside-down", 14, Shot { roll: 184.0, shift: [-160.0, 120.0], ..easy.clone() }),
        ("dim", 4, Shot { gain: 0.3, photons: 900.0, module_px: 4.0, ..easy.clone() }),
        ("noisy", 10, Shot { noise: 18.0, module_px: 4.4, ..easy.clone() }),
        ("soft-focus", 6, Shot { defocus: 1.8, module_px: 4.4, ..easy.clone() }),
        ("shaken", 2, Shot { motion: 3.5, module_px: 3.6, ..easy.clone() }),
        // Left of the symbol, on the printed number.
        ("glare-aside", 12, Shot { glare: 0.3, glare_at: [-1.2, 1.1], ..easy.clone() }),
        ("shadow", 3, Shot { shadow: 0.45, module_px: 4.0, ..easy.clone() }),
        ("jpeg", 4, Shot { jpeg: 35, module_px: 3.6, ..easy }),
    ]
}

fn unreadable_scenes() -> Vec<Row> {
    let easy = Shot::default();
    vec![
        // A disk of three and a half modules across.
        ("blurred", 5, Shot { defocus: 6.0, ..easy.clone() }),
        // Brightest print at 2 grey levels, under noise of 2.5.
        ("dark", 11, Shot { gain: 0.01, photons: 900.0, ..easy.clone() }),
        // The card lies far left of the frame: a bare desk.
        ("blank", 13, Shot { shift: [-4000.0, 0.0], ..easy.clone() }),
        // The symbol is 40 px wide.
        ("too-far", 7, Shot { module_px: 0.9, ..easy.clone() }),
        // A streak four modules long.
        ("moved", 5, Shot { motion: 14.0, ..easy.clone() }),
        ("glare", 11, Shot { glare: 0.4, ..easy }),
        ("cheap-camera", 9, cheap_camera()),
        ("cheap-camera-another-card", 21, cheap_camera()),
    ]
}

/// No frame of a burst reads by itself; several together do. Both cards have symbols of one size.
fn cheap_camera() -> Shot {
    Shot {
        frame: [640, 480],
        module_px: 2.4,
        tilt: 12.0,
        roll: -14.0,
        defocus: 1.7,
        noise: 30.0,
        haze: 0.18,
        glare: 0.125,
        ..Shot::default()
    }
}
