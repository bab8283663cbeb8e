//! The back camera: a specimen card, printed with the citizen's data and brought before it by hand.

use std::vec;

use anyhow::{Context, Result};
use citizen_card::CalendarDate;
use citizen_scenes::{Card, Level, Photo, Specimen, approach};
use citizen_vision::{CardScanner, Scan};
use image::{DynamicImage, RgbImage};

use super::{INTERVAL, Seen, What, jpeg, marks};
use crate::picture::Picture;

/// Texels for a millimetre of the card as the report shows it: 856 pixels wide.
const FACE_TEXELS: f32 = 10.0;

/// A card that can be photographed as often as needed.
pub(crate) struct CardCamera {
    card: Card,
    today: CalendarDate,
    seed: u64,
    /// While it is held before the camera.
    stream: Option<Stream>,
}

/// One time before the camera.
struct Stream {
    scanner: CardScanner,
    frames: vec::IntoIter<Photo>,
    taken: u32,
    /// The newest hint.
    told: Option<&'static str>,
}

impl CardCamera {
    /// Prints the card of a QR text.
    pub(crate) fn new(payload: &str, today: CalendarDate, seed: u64) -> Result<Self> {
        let specimen = Specimen::of_payload(payload).context("a card has seven fields")?;
        let card = Card::print(specimen, Level::Medium).ok().context("the card's text does not fit into a QR code")?;
        Ok(Self { card, today, seed, stream: None })
    }

    /// Its face, as printed.
    pub(crate) fn face(&self) -> RgbImage {
        self.card.face(FACE_TEXELS)
    }

    pub(super) fn restart(&mut self) {
        self.seed += 1;
        self.stream = None;
    }

    pub(super) fn look(&mut self) -> Result<Option<Seen>> {
        let Self { card, today, seed, stream } = self;
        stream.get_or_insert_with(|| Stream::of(card, *today, *seed)).look()
    }
}

impl Stream {
    fn of(card: &Card, today: CalendarDate, seed: u64) -> Self {
        let frames = approach(card, seed).into_iter();
        Self { scanner: CardScanner::on(today), frames, taken: 0, told: None }
    }

    fn look(&mut self) -> Result<Option<Seen>> {
        for photo in self.frames.by_ref() {
            let picture = Picture::from(DynamicImage::from(photo.image));
            let now = INTERVAL * self.taken;
            self.taken += 1;
            let scan = self.scanner.look_at(&picture.frame()?, now).scan;
            let (what, corners) = match &scan {
                Scan::Card { reading, corners } => (What::Card(reading.card.clone()), Some(*corners)),
                Scan::Hint { hint, outline, .. } if self.told != Some(hint.id()) => {
                    (What::Hint { hint: hint.id(), stage: 0 }, *outline)
                }
                Scan::Hint { .. } => continue,
            };
            self.told = match &what {
                What::Hint { hint, .. } => Some(*hint),
                What::Card(_) | What::Portrait(_) => None,
            };
            let mut drawn = picture.to_rgba();
            if let Some(corners) = corners {
                marks::symbol(&mut drawn, corners, matches!(what, What::Card(_)));
            }
            return Ok(Some(Seen { what, picture: jpeg(&drawn)? }));
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use citizen_sandbox::{Kind, Population};

    use super::*;

    #[test]
    fn the_scanner_says_what_to_change_and_then_reads_the_citizen_s_own_card() {
        let citizen = Population::default().of(Kind::NeedsDesk, 0);
        let today = CalendarDate::from_iso("2026-11-25").unwrap();
        let mut camera = CardCamera::new(&citizen.payload(), today, 1).unwrap();
        for _ in 0..2 {
            let mut hints = Vec::new();
            let card = loop {
                match camera.look().unwrap().expect("the card is read before the hand is gone").what {
                    What::Hint { hint, .. } => hints.push(hint),
                    What::Card(card) => break card,
                    What::Portrait(_) => unreachable!("it is no face"),
                }
            };
            assert_eq!(card.to_payload(), citizen.payload());
            // A streak and a disk look much alike.
            let is_blur = |hint: &&str| ["hold_still", "focus"].contains(hint);
            assert!(hints.iter().any(is_blur) && hints.contains(&"too_dark"), "{hints:?}");
            camera.restart();
        }
    }
}
