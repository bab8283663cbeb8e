//! What can be wrong with a selfie, one thing at a time, from just visible to hopeless.
//!
//! A trouble, a severity and a seed name a frame. A seed is another distance, place, light, noise and tone; the severity changes the
//! trouble alone.

use rand::RngExt;
use rand_pcg::Pcg64;

use super::cover::{Cover, Fabric, Frames};
use super::shot::SelfieShot;
use crate::random::{Purpose, stream};

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// Nothing: distances, places, light and noise as they come.
    Clean,
    /// Nothing: skin of any tone, from very light to very dark.
    Toned,
    /// Exposure down to 0.12, with noise.
    Dark,
    /// Exposure up to where little is left.
    Bright,
    /// A window behind.
    Backlit,
    /// Out of focus.
    Blur,
    /// A hand that shakes.
    Motion,
    /// A lamp mirrored on the face.
    Glare,
    /// Too far away.
    Far,
    /// Too near.
    Near,
    /// Beside the middle of the frame.
    OffCentre,
    /// The head tilted to a shoulder.
    Rolled,
    /// Two people.
    TwoFaces,
    /// Clear glasses.
    Glasses,
    /// Dark glasses.
    Sunglasses,
    /// A mask.
    Mask,
    /// The lower face behind a scarf, a hand, paper.
    Covered,
    /// Closed eyes.
    EyesClosed,
}

impl Trouble {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Clean,
        Self::Toned,
        Self::Dark,
        Self::Bright,
        Self::Backlit,
        Self::Blur,
        Self::Motion,
        Self::Glare,
        Self::Far,
        Self::Near,
        Self::OffCentre,
        Self::Rolled,
        Self::TwoFaces,
        Self::Glasses,
        Self::Sunglasses,
        Self::Mask,
        Self::Covered,
        Self::EyesClosed,
    ];

    /// Its name: words in lower case joined by hyphens, also a folder's.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Toned => "toned",
            Self::Dark => "dark",
            Self::Bright => "bright",
            Self::Backlit => "backlit",
            Self::Blur => "blur",
            Self::Motion => "motion",
            Self::Glare => "glare",
            Self::Far => "far",
            Self::Near => "near",
            Self::OffCentre => "off-centre",
            Self::Rolled => "rolled",
            Self::TwoFaces => "two-faces",
            Self::Glasses => "glasses",
            Self::Sunglasses => "sunglasses",
            Self::Mask => "mask",
            Self::Covered => "covered",
            Self::EyesClosed => "eyes-closed",
        }
    }

    /// The trouble of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.name() == name)
    }

    /// What the guide shall say: any of these. The ids of the core's hints, which this crate does not know.
    #[must_use]
    pub fn hints(self) -> &'static [&'static str] {
        match self {
            Self::Clean | Self::Toned => &["good"],
            Self::Dark => &["too_dark"],
            Self::Bright => &["too_bright"],
            Self::Backlit => &["backlit"],
            Self::Blur | Self::Motion => &["hold_still"],
            Self::Glare => &["glare"],
            Self::Far => &["come_closer"],
            Self::Near => &["move_back"],
            Self::OffCentre => &["centre"],
            Self::Rolled => &["straighten"],
            Self::TwoFaces => &["only_you"],
            Self::Glasses => &["remove_glasses"],
            Self::Sunglasses => &["remove_sunglasses"],
            Self::Mask | Self::Covered => &["uncover"],
            Self::EyesClosed => &["open_eyes"],
        }
    }

    /// The conditions of a frame; `severity` from 0, just visible, to 1, hopeless.
    #[must_use]
    pub fn shot(self, severity: f32, seed: u64) -> SelfieShot {
        let mut rng = stream(seed, Purpose::Selfie);
        let usual = usual(&mut rng);
        self.apply(usual, severity.clamp(0.0, 1.0), &mut rng)
    }

    fn apply(self, usual: SelfieShot, severity: f32, rng: &mut Pcg64) -> SelfieShot {
        let between = |least: f32, most: f32| least + (most - least) * severity;
        // Ratios rather than steps: light and size are felt so.
        let ratio = |least: f32, most: f32| least * (most / least).powf(severity);
        match self {
            Self::Clean => usual,
            Self::Toned => SelfieShot { tone: tone(rng), ..usual },
            Self::Dark => SelfieShot { gain: ratio(0.30, 0.12), noise: rng.random_range(1.0..4.0), ..usual },
            Self::Bright => SelfieShot { gain: ratio(1.9, 3.5), ..usual },
            Self::Backlit => SelfieShot { backlight: between(0.85, 1.0), ..usual },
            Self::Blur => SelfieShot { defocus: ratio(0.045, 0.10), ..usual },
            Self::Motion => {
                SelfieShot { motion: ratio(0.12, 0.28), motion_direction: rng.random_range(0.0..180.0), ..usual }
            }
            Self::Glare => SelfieShot { glare: ratio(0.025, 0.08), glare_at: glare_at(rng), ..usual },
            Self::Far => SelfieShot { eyes_apart: ratio(0.14, 0.07), ..usual },
            Self::Near => SelfieShot { eyes_apart: ratio(0.42, 0.62), eyes_at: [0.5, 0.40], ..usual },
            Self::OffCentre => {
                let side = if rng.random_bool(0.5) { 1.0 } else { -1.0 };
                let [x, y] = usual.eyes_at;
                let eyes_at = match rng.random_range(0..3) {
                    0 => [x, y + between(0.24, 0.34)],
                    _ => [0.5 + side * between(0.20, 0.32), y],
                };
                SelfieShot { eyes_at, ..usual }
            }
            Self::Rolled => {
                let side = if rng.random_bool(0.5) { 1.0 } else { -1.0 };
                SelfieShot { roll: side * between(18.0, 32.0), ..usual }
            }
            Self::TwoFaces => {
                let side = if rng.random_bool(0.5) { 1.0 } else { -1.0 };
                let second = Some(([0.5 - side * 0.30, rng.random_range(0.34..0.46)], between(0.6, 0.95)));
                SelfieShot { eyes_apart: 0.19, eyes_at: [0.5 + side * 0.19, 0.44], second, ..usual }
            }
            Self::Glasses => SelfieShot { cover: Cover::Glasses(frames(rng, severity)), ..usual },
            Self::Sunglasses => SelfieShot { cover: Cover::Sunglasses(frames(rng, severity)), ..usual },
            Self::Mask => SelfieShot { cover: Cover::Mask(fabric(rng)), ..usual },
            Self::Covered => {
                let fabric = Fabric { bridge: rng.random_range(0.3..0.6), ..fabric(rng) };
                SelfieShot { cover: Cover::Scarf(fabric), ..usual }
            }
            Self::EyesClosed => SelfieShot { lids: 1.0, ..usual },
        }
    }
}

/// A frame in which nothing is wrong.
fn usual(rng: &mut Pcg64) -> SelfieShot {
    SelfieShot {
        eyes_apart: rng.random_range(0.21..0.31),
        eyes_at: [rng.random_range(0.45..0.55), rng.random_range(0.37..0.45)],
        roll: rng.random_range(-6.0..6.0),
        gain: rng.random_range(0.75..1.08),
        side_light: rng.random_range(-0.3..0.3),
        tint: [rng.random_range(0.94..1.06), 1.0, rng.random_range(0.92..1.08)],
        defocus: rng.random_range(0.0..0.012),
        noise: rng.random_range(0.5..5.0),
        ..SelfieShot::default()
    }
}

/// From lighter than the portrait's to about type VI of Fitzpatrick's scale: darker, and blue and green more than red.
fn tone(rng: &mut Pcg64) -> [f32; 3] {
    let light: f32 = rng.random_range(0.36..1.06);
    let warmth = 1.0 - light.min(1.0);
    [light + 0.10 * warmth, light, light - 0.06 * warmth]
}

fn glare_at(rng: &mut Pcg64) -> [f32; 2] {
    match rng.random_range(0..4) {
        0 => [rng.random_range(-0.4..0.4), rng.random_range(-0.6..-0.4)],
        1 => [rng.random_range(0.4..0.65), rng.random_range(0.4..0.8)],
        2 => [rng.random_range(-0.65..-0.4), rng.random_range(0.4..0.8)],
        _ => [rng.random_range(-0.2..0.2), rng.random_range(0.4..0.7)],
    }
}

/// Thicker rims are easier to see: `severity` is how thick.
fn frames(rng: &mut Pcg64, severity: f32) -> Frames {
    const COLOURS: [[f32; 3]; 5] =
        [[18.0, 18.0, 20.0], [60.0, 38.0, 26.0], [30.0, 30.0, 70.0], [90.0, 20.0, 25.0], [70.0, 70.0, 74.0]];
    Frames {
        lens: [rng.random_range(0.34..0.44), rng.random_range(0.25..0.34)],
        squareness: rng.random_range(2.0..4.0),
        rim: 0.045 + 0.05 * severity,
        colour: COLOURS[rng.random_range(0..COLOURS.len())],
    }
}

fn fabric(rng: &mut Pcg64) -> Fabric {
    const SURGICAL: [f32; 3] = [128.0, 178.0, 214.0];
    const WHITE: [f32; 3] = [228.0, 230.0, 232.0];
    const BLACK: [f32; 3] = [34.0, 34.0, 36.0];
    const GREEN: [f32; 3] = [120.0, 190.0, 160.0];
    const SKIN: [f32; 3] = [f32::NAN; 3];
    const CHECKED: [[f32; 3]; 3] = [[200.0, 90.0, 100.0], [120.0, 150.0, 210.0], [210.0, 205.0, 200.0]];
    let (colour, checks) = match rng.random_range(0..7) {
        0 | 1 => (SURGICAL, 0.0),
        2 => (WHITE, 0.0),
        3 => (BLACK, 0.0),
        4 => (SKIN, 0.0),
        5 => (GREEN, 0.0),
        _ => (CHECKED[rng.random_range(0..CHECKED.len())], 0.5),
    };
    Fabric { colour, checks, bridge: rng.random_range(0.32..0.48) }
}
