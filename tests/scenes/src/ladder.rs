//! Ladders: one condition at a time, from easy to hopeless, to measure how far a scanner gets.
//!
//! A ladder's kind, a severity and a seed name a frame and decide each of its bytes. A seed is another card, another desk and
//! other nuisance (place, quarter turns, directions); along the severities of one seed only the condition and the noise
//! change.

use crate::card::Card;
use crate::nuisance::vary;
use crate::photo::{Photo, photograph_on_desk};
use crate::random::{Purpose, stream};
use crate::shot::Shot;

/// Severities of a ladder.
pub const SEVERITIES: u8 = 8;

/// The condition that a ladder makes worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ladder {
    /// Smaller and smaller: 6 px for a module down to 1.1.
    Distance,
    /// Out of plane, to 74 degrees.
    Tilt,
    /// In plane, to 45 degrees, at 2 px for a module. A turn alone should cost a scanner nothing: no end of it is hopeless.
    Roll,
    /// A disk of up to 5 px radius.
    Defocus,
    /// A streak of up to 9 px.
    Motion,
    /// The sensor's noise, to a deviation of 80 grey levels.
    Noise,
    /// Down to an exposure of 0.012, a white of 3 grey levels.
    Lowlight,
    /// A reflection over up to 0.3 of the symbol, in a veil.
    Glare,
    /// A shadow's edge across the symbol that takes up to 0.97 of the light.
    Shadow,
    /// JPEG, down to quality 1, at 2 px for a module.
    Jpeg,
    /// A laminate's stripes, which take up to 0.7 of the print's contrast.
    Moire,
    /// A display's pixels, behind glass that adds stripes.
    Screen,
    /// A bend, to 5 modules.
    Curl,
    /// Most of these together, each in moderation.
    Mixed,
}

impl Ladder {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Distance,
        Self::Tilt,
        Self::Roll,
        Self::Defocus,
        Self::Motion,
        Self::Noise,
        Self::Lowlight,
        Self::Glare,
        Self::Shadow,
        Self::Jpeg,
        Self::Moire,
        Self::Screen,
        Self::Curl,
        Self::Mixed,
    ];

    /// Its name: one word in lower case, also a folder's.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Distance => "distance",
            Self::Tilt => "tilt",
            Self::Roll => "roll",
            Self::Defocus => "defocus",
            Self::Motion => "motion",
            Self::Noise => "noise",
            Self::Lowlight => "lowlight",
            Self::Glare => "glare",
            Self::Shadow => "shadow",
            Self::Jpeg => "jpeg",
            Self::Moire => "moire",
            Self::Screen => "screen",
            Self::Curl => "curl",
            Self::Mixed => "mixed",
        }
    }

    /// The card of a seed; even seeds have the lower level of error correction.
    #[must_use]
    pub fn card(self, seed: u32) -> Card {
        Card::invent(self.seed_of(seed))
    }

    /// The conditions of a frame. A `severity` beyond the last is taken for the last.
    #[must_use]
    pub fn shot(self, severity: u8, seed: u32) -> Shot {
        vary(&self.conditions(part(severity)), &mut stream(self.seed_of(seed), Purpose::Nuisance))
    }

    /// Photographs a card, usually that of the same seed.
    #[must_use]
    pub fn photograph(self, card: &Card, severity: u8, seed: u32) -> Photo {
        let desk = self.seed_of(seed);
        // Above all seeds of desks: another noise for each severity.
        let noise = desk | (u64::from(severity) + 1) << 48;
        photograph_on_desk(card.as_ref(), &self.shot(severity, seed), desk, noise)
    }

    /// What makes the seeds of two ladders differ, and both from the catalogue's small ones.
    fn seed_of(self, seed: u32) -> u64 {
        (self as u64 + 1) << 32 | u64::from(seed)
    }

    /// The condition alone, for `s` from 0 (easy) to 1.
    fn conditions(self, s: f32) -> Shot {
        let fair = fair();
        let up_to = |end: f32| end * s;
        match self {
            Self::Distance => Shot { module_px: 6.0 - up_to(4.9), ..fair },
            Self::Tilt => Shot { tilt: up_to(74.0), module_px: 3.2, ..fair },
            Self::Roll => Shot { roll: up_to(45.0), module_px: 2.0, ..fair },
            Self::Defocus => Shot { defocus: 0.4 + up_to(4.6), ..fair },
            Self::Motion => Shot { motion: up_to(9.0), ..fair },
            Self::Noise => Shot { noise: 2.0 + up_to(78.0), ..fair },
            // By the square, as brightness is seen. A phone that lengthens the exposure has few electrons and little else.
            Self::Lowlight => Shot { gain: 0.9 * (1.0 - s).powi(2) + 0.012, photons: 900.0, noise: 1.2, ..fair },
            Self::Glare => Shot { glare: up_to(0.3), haze: up_to(0.15), ..fair },
            Self::Shadow => Shot { shadow: up_to(0.97), noise: 3.0, ..fair },
            Self::Jpeg => Shot { jpeg: (60.0 - up_to(59.0)).round() as u8, module_px: 2.0, ..fair },
            Self::Moire => Shot { moire: up_to(0.7), ..fair },
            Self::Screen => Shot { screen: s, moire: up_to(0.3), defocus: 0.7, ..fair },
            Self::Curl => Shot { curl: up_to(5.0), ..fair },
            Self::Mixed => Shot {
                module_px: 3.2 - up_to(1.2),
                defocus: 0.5 + up_to(1.1),
                motion: up_to(2.0),
                noise: 3.0 + up_to(14.0),
                tilt: 6.0 + up_to(24.0),
                glare: up_to(0.08),
                shadow: up_to(0.5),
                jpeg: (80.0 - up_to(45.0)).round() as u8,
                ..fair
            },
        }
    }
}

/// How far along its ladder a severity is: 0 to 1.
#[must_use]
pub fn part(severity: u8) -> f32 {
    let last = SEVERITIES - 1;
    f32::from(severity.min(last)) / f32::from(last)
}

/// What a ladder starts from: a usual distance, harder than the catalogue's easy frames, which are for plain readers.
fn fair() -> Shot {
    Shot { module_px: 3.0, ..Shot::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pose::Homography;

    fn rungs() -> impl Iterator<Item = (Ladder, u8, u32)> {
        Ladder::ALL.into_iter().flat_map(|ladder| {
            (0..SEVERITIES).flat_map(move |severity| (0..20).map(move |seed| (ladder, severity, seed)))
        })
    }

    #[test]
    fn the_symbol_is_always_in_view() {
        // Version 10 has 57 modules a side; an invented record takes 37 to 49.
        for (ladder, severity, seed) in rungs() {
            let shot = ladder.shot(severity, seed);
            let corners = crate::photo::corners(&Homography::of(&shot, 57));
            for [x, y] in corners {
                assert!((0.0..1280.0).contains(&x) && (0.0..720.0).contains(&y), "{ladder:?} {severity} {seed}");
            }
        }
    }

    #[test]
    fn a_seed_keeps_its_nuisance_along_the_ladder_and_shares_it_with_no_other() {
        let place = |(ladder, severity, seed): (Ladder, u8, u32)| ladder.shot(severity, seed).shift.map(f32::to_bits);
        for rung in rungs() {
            assert_eq!(place(rung), place((rung.0, 0, rung.2)));
        }
        let mut places: Vec<_> = rungs().filter(|rung| rung.1 == 0).map(place).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), Ladder::ALL.len() * 20);
    }

    #[test]
    fn names_are_the_variants() {
        for ladder in Ladder::ALL {
            assert_eq!(ladder.name(), format!("{ladder:?}").to_lowercase());
        }
    }
}
