//! What lies before the camera: something of a card's size with a symbol in the card's place; a printed card, or a phone's screen.

use image::{RgbImage, imageops};

use crate::canvas::Rgba;
use crate::card::CARD_SIZE;
use crate::code::Code;
use crate::print;

/// Radius of its corners, mm: ID-1 of ISO/IEC 7810.
const CORNER_RADIUS: f32 = 3.18;
/// Texels for a millimetre of the finest face: 8 to 9 for a module of a usual symbol, so an edge drawn to the nearest
/// texel is at most 0.06 modules off.
const FINEST: f32 = 24.0;
/// Faces, each half as fine as the one before: 24, 12, 6 and 3 texels for a millimetre.
const FACES: usize = 4;

/// Drawn once and photographed as often as needed.
#[derive(Clone, Debug)]
pub struct Sheet {
    code: Code,
    /// From the finest on.
    faces: Vec<Face>,
}

impl Sheet {
    /// The upper part of a phone's screen that shows a symbol, and nothing else. With [`Shot::screen`](crate::Shot::screen) it has pixels.
    #[must_use]
    pub fn screen(code: Code) -> Self {
        Self::drawn(code, print::screen)
    }

    /// `draw` draws it at so many texels for a millimetre.
    pub(crate) fn drawn(code: Code, draw: impl FnOnce(&Code, f32) -> RgbImage) -> Self {
        let finest = (draw(&code, FINEST), FINEST);
        let images = std::iter::successors(Some(finest), |(image, scale)| Some((halved(image), scale / 2.0)));
        let faces = images.take(FACES).map(|(image, texels_per_mm)| Face::of(&image, texels_per_mm)).collect();
        Self { code, faces }
    }

    /// Its symbol.
    #[must_use]
    pub fn code(&self) -> &Code {
        &self.code
    }

    /// The coarsest face that has at least `texels_per_mm`, else the finest.
    pub(crate) fn face_for(&self, texels_per_mm: f32) -> &Face {
        let finer = self.faces.iter().rev().find(|face| face.texels_per_mm >= texels_per_mm);
        finer.unwrap_or(&self.faces[0])
    }

    /// Whether a place, mm from the top left, is on it with its round corners.
    pub(crate) fn covers(place: [f32; 2]) -> bool {
        // Distance to the inner rectangle on whose rim the corners' centres lie.
        let [dx, dy]: [f32; 2] = std::array::from_fn(|axis| {
            let half = CARD_SIZE[axis] / 2.0;
            ((place[axis] - half).abs() - (half - CORNER_RADIUS)).max(0.0)
        });
        dx * dx + dy * dy <= CORNER_RADIUS * CORNER_RADIUS
    }
}

impl AsRef<Sheet> for Sheet {
    fn as_ref(&self) -> &Sheet {
        self
    }
}

/// The face as a texture.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    /// Row by row; red, green, blue, and 1 for all that is covered.
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
    use crate::Card;

    #[test]
    fn corners_are_round() {
        assert!(!Sheet::covers([0.5, 0.5]));
        assert!(Sheet::covers([1.0, 1.0]));
        assert!(Sheet::covers([0.01, 27.0]));
        assert!(!Sheet::covers([-0.01, 27.0]));
    }

    #[test]
    fn the_coarsest_sufficient_face_is_used() {
        let card = Card::invent(1);
        let texels = |wanted| card.as_ref().face_for(wanted).texels_per_mm.to_bits();
        assert_eq!(texels(7.0), 12.0_f32.to_bits());
        assert_eq!(texels(100.0), FINEST.to_bits());
    }
}
