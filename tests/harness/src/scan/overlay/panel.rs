//! What stands below the picture: lines of text, beside or above an enlarged symbol, and what its colours mean.
//!
//! ```text
//!   +--------------------------+     +----------------+
//!   | text           +-------+ |     | text           |
//!   | text           | inset | |     | +-------+      |
//!   |                +-------+ |     | | inset |      |
//!   | legend                   |     | +-------+      |
//!   +--------------------------+     | legend         |
//!                                    +----------------+
//! ```

use citizen_scenes::letters::{Ink, Letters};
use citizen_vision::Point;
use image::{Rgb, RgbImage, Rgba, RgbaImage};

use super::modules::colour;
use super::pen::Pen;
use crate::scan::words;

/// Height of a line, in letters.
const LINE_HEIGHT: f32 = 1.7;
/// Width that text needs beside an inset, in letters.
const LEAST_TEXT: f32 = 22.0;
/// Radius of the legend's dots, in letters.
const DOT: f32 = 0.36;
/// How sure the legend's dots are.
const SURENESS: [(f32, &str); 3] = [(0.0, words::UNSURE), (0.475, words::FAIR), (1.0, words::SURE)];

/// Colours: red, green, blue. Contrast of text on panel is above 12:1.
const GROUND: [u8; 3] = [13, 27, 42];
const TEXT: [u8; 3] = [255, 255, 255];

pub(crate) struct Panel {
    letters: Letters,
    lines: Vec<String>,
    inset: Option<RgbaImage>,
    legend: bool,
    /// Of the inset's upper left corner.
    inset_at: [f32; 2],
    width: u32,
    height: f32,
}

impl Panel {
    /// At least so wide. `legend`: say what the colours of modules mean.
    pub(crate) fn new(width: u32, size: f32, lines: &[String], inset: Option<RgbaImage>, legend: bool) -> Self {
        let letters = Letters::regular(size);
        let [inset_width, inset_height] = inset.as_ref().map_or([0.0; 2], |inset| {
            let (width, height) = inset.dimensions();
            [width as f32 + size, height as f32 + size]
        });
        let width = width.max((inset_width + size).ceil() as u32);
        let mut column = width as f32 - 2.0 * size - inset_width;
        let beside = column >= LEAST_TEXT * size;
        if !beside {
            column += inset_width;
        }
        let lines: Vec<String> = lines.iter().flat_map(|line| letters.wrapped(line, column)).collect();
        let text = size * LINE_HEIGHT * lines.len() as f32;
        let (inset_at, content) = if beside {
            ([width as f32 - inset_width, size], text.max(inset_height))
        } else {
            ([size, text + size], text + inset_height)
        };
        let legend_height = if legend { size * LINE_HEIGHT } else { 0.0 };
        Self { letters, lines, inset, legend, inset_at, width, height: size + content + legend_height }
    }

    /// Below a picture that is no wider.
    pub(crate) fn below(&self, picture: &RgbaImage) -> RgbImage {
        let top = picture.height();
        let mut image = RgbImage::from_pixel(self.width, top + self.height.ceil() as u32, Rgb(GROUND));
        put(&mut image, picture, [0.0; 2]);
        let size = self.letters.em();
        for (row, line) in self.lines.iter().enumerate() {
            self.write(&mut image, [size, top as f32 + size * LINE_HEIGHT * (row + 1) as f32], line);
        }
        if let Some(inset) = &self.inset {
            put(&mut image, inset, [self.inset_at[0], top as f32 + self.inset_at[1]]);
        }
        if self.legend {
            self.write_legend(&mut image);
        }
        image
    }

    fn write(&self, image: &mut RgbImage, start: [f32; 2], text: &str) {
        self.letters.write(image, start, 1.0, Ink::opaque(TEXT), text);
    }

    fn write_legend(&self, image: &mut RgbImage) {
        let size = self.letters.em();
        let base = image.height() as f32 - 0.8 * size;
        self.write(image, [size, base], words::MODULES);
        let mut left = size + self.letters.width(words::MODULES) + size;
        for (sureness, meaning) in SURENESS {
            put(image, &swatch(size, sureness), [left, base - 0.85 * size]);
            left += 1.4 * size;
            self.write(image, [left, base], meaning);
            left += self.letters.width(meaning) + size;
        }
    }
}

/// Both are opaque: the alpha is left out.
fn put(image: &mut RgbImage, part: &RgbaImage, [left, top]: [f32; 2]) {
    let (left, top) = (left.round() as u32, top.round() as u32);
    for (x, y, Rgba([r, g, b, _])) in part.enumerate_pixels() {
        if let Some(pixel) = image.get_pixel_mut_checked(left + x, top + y) {
            *pixel = Rgb([*r, *g, *b]);
        }
    }
}

/// A dot in the colour of a module.
fn swatch(size: f32, sureness: f32) -> RgbaImage {
    let [r, g, b] = GROUND;
    let side = size.ceil();
    let mut tile = RgbaImage::from_pixel(side as u32, side as u32, Rgba([r, g, b, 255]));
    if let Some(mut pen) = Pen::on(&mut tile, 1.0, [0.0; 2]) {
        pen.dot(Point { x: side / 2.0, y: side / 2.0 }, DOT * size, colour(sureness, 1.0));
    }
    tile
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: f32 = 20.0;
    const INSET: Rgba<u8> = Rgba([1, 2, 3, 255]);

    /// The panel below an empty strip, and where the inset's first pixel is.
    fn drawn(width: u32, inset: [u32; 2]) -> (RgbImage, [u32; 2]) {
        let inset = RgbaImage::from_pixel(inset[0], inset[1], INSET);
        let panel = Panel::new(width, SIZE, &["một dòng / a line".into()], Some(inset), true);
        let image = panel.below(&RgbaImage::new(width, 1));
        let (x, y, _) = image.enumerate_pixels().find(|(_, _, pixel)| pixel.0 == [1, 2, 3]).unwrap();
        (image, [x, y])
    }

    fn insets_pixels(image: &RgbImage) -> usize {
        image.pixels().filter(|pixel| pixel.0 == [1, 2, 3]).count()
    }

    #[test]
    fn an_inset_stands_beside_the_text_where_both_have_room() {
        let (image, at) = drawn(1280, [600, 500]);
        assert_eq!((image.width(), at), (1280, [660, 21]));
        assert_eq!(insets_pixels(&image), 600 * 500);
    }

    #[test]
    fn an_inset_that_leaves_no_room_stands_below_the_text_and_the_panel_grows_with_it() {
        let (image, at) = drawn(640, [600, 500]);
        assert_eq!((image.width(), at), (640, [20, 55]));
        let (image, _) = drawn(640, [700, 700]);
        assert_eq!((image.width(), insets_pixels(&image)), (740, 700 * 700));
    }
}
