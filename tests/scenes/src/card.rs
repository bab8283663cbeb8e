//! The printed card: record, symbol and face.

use image::{RgbImage, imageops};

use crate::canvas::Rgba;
use crate::code::{Code, Level, TooLong};
use crate::print;
use crate::specimen::Specimen;

/// Width and height of the card, mm: ID-1 of ISO/IEC 7810.
pub const CARD_SIZE: [f32; 2] = [85.6, 53.98];
/// Radius of its corners, mm: same standard.
const CORNER_RADIUS: f32 = 3.18;
/// Top left corner of the symbol on the card, mm.
pub const CODE_AT: [f32; 2] = [63.5, 4.0];
/// Side of the symbol without quiet zone, mm.
pub const CODE_SIDE: f32 = 17.0;
/// Quiet zone, modules. Real cards leave less than the four that ISO/IEC 18004 asks for.
pub const QUIET_ZONE: f32 = 2.5;

/// Texels for a millimetre of the finest face: 8 to 9 for a module of a usual symbol, so an edge drawn to the nearest
/// texel is at most 0.06 modules off.
const FINEST: f32 = 24.0;
/// Faces, each half as fine as the one before: 24, 12, 6 and 3 texels for a millimetre.
const FACES: usize = 4;

/// A card, printed once and photographed as often as needed.
#[derive(Clone, Debug)]
pub struct Card {
    specimen: Specimen,
    code: Code,
    /// From the finest on.
    faces: Vec<Face>,
}

impl Card {
    /// Prints a card whose symbol says the record's payload.
    ///
    /// # Errors
    /// [`TooLong`]: the payload does not fit a symbol.
    pub fn print(specimen: Specimen, level: Level) -> Result<Self, TooLong> {
        let code = Code::new(specimen.payload(), level)?;
        let finest = (print::face(&specimen, &code, FINEST), FINEST);
        let images = std::iter::successors(Some(finest), |(image, scale)| Some((halved(image), scale / 2.0)));
        let faces = images.take(FACES).map(|(image, texels_per_mm)| Face::of(&image, texels_per_mm)).collect();
        Ok(Self { specimen, code, faces })
    }

    /// The card of [`Specimen::invent`]; odd seeds have the higher level.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "no invented record is too long")]
    pub fn invent(seed: u64) -> Self {
        let level = if seed.is_multiple_of(2) { Level::Low } else { Level::Medium };
        Self::print(Specimen::invent(seed), level).expect("an invented record has at most 200 bytes, 2331 fit")
    }

    /// The record.
    #[must_use]
    pub fn specimen(&self) -> &Specimen {
        &self.specimen
    }

    /// The symbol.
    #[must_use]
    pub fn code(&self) -> &Code {
        &self.code
    }

    /// Draws the face at any size: 1 to 60 texels for a millimetre.
    #[must_use]
    pub fn face(&self, texels_per_mm: f32) -> RgbImage {
        print::face(&self.specimen, &self.code, texels_per_mm.clamp(1.0, 60.0))
    }

    /// The coarsest face that has at least `texels_per_mm`, else the finest.
    pub(crate) fn face_for(&self, texels_per_mm: f32) -> &Face {
        let finer = self.faces.iter().rev().find(|face| face.texels_per_mm >= texels_per_mm);
        finer.unwrap_or(&self.faces[0])
    }

    /// Whether a place, mm from the top left, is on the card with its round corners.
    pub(crate) fn covers(place: [f32; 2]) -> bool {
        // Distance to the inner rectangle on whose rim the corners' centres lie.
        let [dx, dy]: [f32; 2] = std::array::from_fn(|axis| {
            let half = CARD_SIZE[axis] / 2.0;
            ((place[axis] - half).abs() - (half - CORNER_RADIUS)).max(0.0)
        });
        dx * dx + dy * dy <= CORNER_RADIUS * CORNER_RADIUS
    }
}

/// The printed face as a texture.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    /// Row by row; red, green, blue, and 1 for all that is card.
    texels: Vec<[u8; 4]>,
    /// Of a row.
    width: usize,
    /// The last texel's column and row.
    last: [u32; 2],
    texels_per_mm: f32,
}

impl Face {
    fn of(image: &RgbImage, texels_per_mm: f32) -> Self {
        Self {
            texels: image.pixels().map(|&image::Rgb([r, g, b])| [r, g, b, 1]).collect(),
            width: image.width() as usize,
            last: [image.width(), image.height()].map(|side| side - 1),
            texels_per_mm,
        }
    }

    /// The colour (covering all) at a place on the card, mm, between its four nearest texels.
    #[inline]
    pub(crate) fn at(&self, place: [f32; 2]) -> Rgba {
        let texel = |axis: usize| (place[axis] * self.texels_per_mm - 0.5).max(0.0).min(self.last[axis] as f32);
        let (x, y) = (texel(0), texel(1));
        let (left, top) = ((x as u32).min(self.last[0] - 1), (y as u32).min(self.last[1] - 1));
        let (across, down) = (x - left as f32, y - top as f32);
        let start = top as usize * self.width + left as usize;
        let (upper, lower) = (&self.texels[start..start + 2], &self.texels[start + self.width..][..2]);
        let (upper, lower) = (mix(upper[0], upper[1], across), mix(lower[0], lower[1], across));
        lerp(upper, lower, down)
    }
}

#[inline]
fn mix(first: [u8; 4], second: [u8; 4], part: f32) -> Rgba {
    lerp(first.map(f32::from), second.map(f32::from), part)
}

/// `part` 0 is the first, 1 the second.
#[inline]
fn lerp(first: Rgba, second: Rgba, part: f32) -> Rgba {
    let mut mixed = first;
    for (mixed, second) in mixed.iter_mut().zip(second) {
        *mixed += (second - *mixed) * part;
    }
    mixed
}

/// Each texel the mean of four.
fn halved(image: &RgbImage) -> RgbImage {
    let (width, height) = (image.width() / 2, image.height() / 2);
    let whole = imageops::crop_imm(image, 0, 0, 2 * width, 2 * height).to_image();
    imageops::thumbnail(&whole, width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_of_the_card_are_round() {
        assert!(!Card::covers([0.5, 0.5]));
        assert!(Card::covers([1.0, 1.0]));
        assert!(Card::covers([0.01, 27.0]));
        assert!(!Card::covers([-0.01, 27.0]));
    }

    #[test]
    fn the_coarsest_sufficient_face_is_used() {
        let card = Card::invent(1);
        assert_eq!(card.face_for(7.0).texels_per_mm.to_bits(), 12.0_f32.to_bits());
        assert_eq!(card.face_for(100.0).texels_per_mm.to_bits(), FINEST.to_bits());
    }
}
