//! Text in Noto Sans on an RGB image.
//!
//! Sizes are in any unit; `px` says how many pixels one of them has. The card's face thinks in millimetres, a picture's caption
//! in pixels.

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};
use image::RgbImage;

/// What text is drawn with.
#[derive(Clone, Copy)]
pub struct Ink {
    /// Red, green, blue.
    pub colour: [u8; 3],
    /// 0 invisible, 1 opaque.
    pub opacity: f32,
}

impl Ink {
    /// Covers what is below.
    #[must_use]
    pub const fn opaque(colour: [u8; 3]) -> Self {
        Self { colour, opacity: 1.0 }
    }
}

/// A typeface at a size.
pub struct Letters {
    font: FontRef<'static>,
    em: f32,
}

impl Letters {
    /// Noto Sans; `em` is its size.
    #[must_use]
    pub fn regular(em: f32) -> Self {
        Self::from_bytes(notosans::REGULAR_TTF, em)
    }

    /// Noto Sans Bold; `em` is its size.
    #[must_use]
    pub fn bold(em: f32) -> Self {
        Self::from_bytes(notosans::BOLD_TTF, em)
    }

    fn from_bytes(bytes: &'static [u8], em: f32) -> Self {
        let font =
            FontRef::try_from_slice(bytes).expect("the typefaces are part of the notosans crate, which loads them so");
        Self { font, em }
    }

    /// The size.
    #[must_use]
    pub fn em(&self) -> f32 {
        self.em
    }

    /// Width of a line.
    #[must_use]
    pub fn width(&self, text: &str) -> f32 {
        let mut width = 0.0;
        self.each_glyph(1.0, text, |_, end| width = end);
        width
    }

    /// Lines of whole words, each at most `width` wide; a longer word is broken between characters, and has one in a line at
    /// least. At least one line.
    #[must_use]
    pub fn wrapped(&self, text: &str, width: f32) -> Vec<String> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(line);
            }
            lines.extend(self.broken(word, width));
            line = lines.pop().unwrap_or_default();
        }
        lines.push(line);
        lines
    }

    /// The parts of a word that fit into lines.
    fn broken(&self, word: &str, width: f32) -> Vec<String> {
        let (mut parts, mut part) = (Vec::new(), String::new());
        for character in word.chars() {
            let longer = format!("{part}{character}");
            if part.is_empty() || self.width(&longer) <= width {
                part = longer;
            } else {
                parts.push(part);
                part = character.to_string();
            }
        }
        parts.push(part);
        parts
    }

    /// Writes a line whose baseline starts at `start`; what falls outside the image is left out.
    pub fn write(&self, image: &mut RgbImage, [left, base]: [f32; 2], px: f32, ink: Ink, text: &str) {
        self.each_pixel(px, text, |x, y, coverage| {
            let place = [x + (left * px).round() as i32, y + (base * px).round() as i32];
            blend(image, place, ink, coverage);
        });
    }

    /// Calls `put` with column, row (0 the baseline) and coverage (0 to 1) of each pixel that a line touches.
    pub(crate) fn each_pixel(&self, px: f32, text: &str, mut put: impl FnMut(i32, i32, f32)) {
        self.each_glyph(px, text, |glyph, _| {
            if let Some(outline) = self.font.outline_glyph(glyph) {
                let (left, top) = (outline.px_bounds().min.x as i32, outline.px_bounds().min.y as i32);
                outline.draw(|x, y, coverage| put(left + x.cast_signed(), top + y.cast_signed(), coverage.min(1.0)));
            }
        });
    }

    /// Calls `put` with each glyph and the pen's place behind it. One glyph for each character: the text is
    /// precomposed, and Latin needs no shaping.
    fn each_glyph(&self, px: f32, text: &str, mut put: impl FnMut(Glyph, f32)) {
        // The library scales by line height; we think in ems.
        let em_to_height = self.font.units_per_em().map_or(1.0, |em| self.font.height_unscaled() / em);
        let scaled = self.font.as_scaled(PxScale::from(self.em * px * em_to_height));
        let (mut pen, mut previous) = (0.0, None);
        for character in text.chars() {
            let id = scaled.glyph_id(character);
            pen += previous.map_or(0.0, |left| scaled.kern(left, id));
            let glyph = id.with_scale_and_position(scaled.scale(), point(pen, 0.0));
            pen += scaled.h_advance(id);
            put(glyph, pen);
            previous = Some(id);
        }
    }
}

/// Lets `ink` cover a part of a pixel; outside the image nothing happens.
pub(crate) fn blend(image: &mut RgbImage, place: [i32; 2], ink: Ink, coverage: f32) {
    if let [Ok(x), Ok(y)] = place.map(u32::try_from)
        && let Some(pixel) = image.get_pixel_mut_checked(x, y)
    {
        let part = ink.opacity * coverage;
        for (old, new) in pixel.0.iter_mut().zip(ink.colour) {
            *old = (f32::from(*old) + (f32::from(new) - f32::from(*old)) * part).round() as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_address_is_wrapped_at_words() {
        let letters = Letters::regular(2.9);
        let address = "123/45 Đường Kiểm Thử, Phường Giả Định, Thành phố Giả Định, Tỉnh Ví Dụ";
        let lines = letters.wrapped(address, 54.5);
        assert_eq!(lines.join(" "), address);
        assert!(lines.len() > 1 && lines.iter().all(|line| letters.width(line) <= 54.5));
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken_between_characters() {
        let letters = Letters::regular(2.9);
        let url = "https://example.vn/a/path/that/goes/on/and/on?with=a&long=query";
        let lines = letters.wrapped(&format!("Xem {url} nhé"), 30.0);
        assert_eq!(lines.concat(), format!("Xem{url} nhé"));
        assert!(lines.len() > 3 && lines.iter().all(|line| letters.width(line) <= 30.0), "{lines:?}");
        assert_eq!(letters.wrapped("ab", 0.0), ["a", "b"], "too narrow for any");
        assert_eq!(letters.wrapped(" ", 30.0), [""]);
    }
}
