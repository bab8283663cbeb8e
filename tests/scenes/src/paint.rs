//! Drawing in millimetres: rectangles, ellipses and lines of text on an RGB image.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};
use image::{GrayImage, Luma, Rgb, RgbImage};

/// What text is drawn with.
#[derive(Clone, Copy)]
pub(crate) struct Ink {
    pub(crate) colour: [u8; 3],
    /// 0 invisible, 1 opaque.
    pub(crate) opacity: f32,
}

impl Ink {
    pub(crate) const fn opaque(colour: [u8; 3]) -> Self {
        Self { colour, opacity: 1.0 }
    }
}

/// A typeface at a size.
pub(crate) struct Letters {
    font: FontRef<'static>,
    em_mm: f32,
}

impl Letters {
    pub(crate) fn regular(em_mm: f32) -> Self {
        Self::from_bytes(notosans::REGULAR_TTF, em_mm)
    }

    pub(crate) fn bold(em_mm: f32) -> Self {
        Self::from_bytes(notosans::BOLD_TTF, em_mm)
    }

    fn from_bytes(bytes: &'static [u8], em_mm: f32) -> Self {
        let font =
            FontRef::try_from_slice(bytes).expect("the typefaces are part of the notosans crate, which loads them so");
        Self { font, em_mm }
    }

    /// Size, mm for an em.
    pub(crate) fn em_mm(&self) -> f32 {
        self.em_mm
    }

    /// Width of a line, mm.
    pub(crate) fn width(&self, text: &str) -> f32 {
        let mut width = 0.0;
        self.each_glyph(1.0, text, |_, end| width = end);
        width
    }

    /// Calls `put` with each glyph and the pen's place behind it; `px_per_mm` is the size of the pen's unit. One glyph for
    /// each character: the text is precomposed, and Latin needs no shaping.
    fn each_glyph(&self, px_per_mm: f32, text: &str, mut put: impl FnMut(ab_glyph::Glyph, f32)) {
        // The library scales by line height; we think in ems.
        let em_to_height = self.font.units_per_em().map_or(1.0, |em| self.font.height_unscaled() / em);
        let scaled = self.font.as_scaled(PxScale::from(self.em_mm * px_per_mm * em_to_height));
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

/// An image that is drawn on in millimetres from its top left corner.
pub(crate) struct Paper {
    pub(crate) image: RgbImage,
    pub(crate) px_per_mm: f32,
}

impl Paper {
    pub(crate) fn new([width, height]: [f32; 2], px_per_mm: f32) -> Self {
        let side = |mm: f32| (mm * px_per_mm).round().max(1.0) as u32;
        Self { image: RgbImage::new(side(width), side(height)), px_per_mm }
    }

    /// Recolours each pixel of a box for which `colour` (of the place in mm) gives one.
    pub(crate) fn fill(&mut self, from: [f32; 2], to: [f32; 2], colour: impl Fn([f32; 2]) -> Option<[u8; 3]>) {
        let px = |mm: f32, end: u32| ((mm * self.px_per_mm).round().max(0.0) as u32).min(end);
        let (columns, rows) = (self.image.width(), self.image.height());
        for y in px(from[1], rows)..px(to[1], rows) {
            for x in px(from[0], columns)..px(to[0], columns) {
                let place = [x, y].map(|i| (i as f32 + 0.5) / self.px_per_mm);
                if let Some(colour) = colour(place) {
                    self.image.put_pixel(x, y, Rgb(colour));
                }
            }
        }
    }

    pub(crate) fn rectangle(&mut self, from: [f32; 2], to: [f32; 2], colour: [u8; 3]) {
        self.fill(from, to, |_| Some(colour));
    }

    /// The part of an ellipse that lies between `from` and `to`.
    pub(crate) fn ellipse(&mut self, centre: [f32; 2], radii: [f32; 2], [from, to]: [[f32; 2]; 2], colour: [u8; 3]) {
        self.fill(from, to, |[x, y]| {
            let (u, v) = ((x - centre[0]) / radii[0], (y - centre[1]) / radii[1]);
            (u * u + v * v <= 1.0).then_some(colour)
        });
    }

    /// A line of text whose baseline starts at `start`.
    pub(crate) fn text(&mut self, start: [f32; 2], letters: &Letters, ink: Ink, text: &str) {
        let [left, base] = start.map(|mm| mm * self.px_per_mm);
        let image = &mut self.image;
        letters.each_glyph(self.px_per_mm, text, |mut glyph, _| {
            glyph.position = point(glyph.position.x + left, base);
            draw(&letters.font, glyph, |x, y, coverage| blend(image, x, y, ink, coverage));
        });
    }

    /// A line of text centred on `centre` and turned by `degrees` (clockwise).
    pub(crate) fn turned_text(&mut self, centre: [f32; 2], degrees: f32, letters: &Letters, ink: Ink, text: &str) {
        let mask = self.mask(letters, text);
        let (sin, cos) = degrees.to_radians().sin_cos();
        let centre = centre.map(|mm| mm * self.px_per_mm);
        for y in 0..self.image.height() {
            for x in 0..self.image.width() {
                let (dx, dy) = (x as f32 + 0.5 - centre[0], y as f32 + 0.5 - centre[1]);
                let along = dx * cos + dy * sin + mask.width() as f32 / 2.0;
                let across = dy * cos - dx * sin + mask.height() as f32 / 2.0;
                if along >= 0.0
                    && across >= 0.0
                    && let Some(Luma([coverage])) = mask.get_pixel_checked(along as u32, across as u32)
                {
                    let part = f32::from(*coverage) / 255.0;
                    blend(&mut self.image, x.cast_signed(), y.cast_signed(), ink, part);
                }
            }
        }
    }

    /// A line of text alone, white on black, two ems high with the baseline at 1.4: capitals stand in the middle.
    fn mask(&self, letters: &Letters, text: &str) -> GrayImage {
        let em = letters.em_mm * self.px_per_mm;
        let width = letters.width(text) * self.px_per_mm;
        let mut mask = GrayImage::new(width.ceil() as u32, (2.0 * em).ceil() as u32);
        letters.each_glyph(self.px_per_mm, text, |mut glyph, _| {
            glyph.position.y = 1.4 * em;
            draw(&letters.font, glyph, |x, y, coverage| {
                if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
                    && let Some(pixel) = mask.get_pixel_mut_checked(x, y)
                {
                    pixel.0[0] = pixel.0[0].max((coverage * 255.0) as u8);
                }
            });
        });
        mask
    }
}

/// Calls `put` with column, row and coverage (0 to 1) of each pixel a glyph touches.
fn draw(font: &FontRef, glyph: ab_glyph::Glyph, mut put: impl FnMut(i32, i32, f32)) {
    if let Some(outline) = font.outline_glyph(glyph) {
        let (left, top) = (outline.px_bounds().min.x as i32, outline.px_bounds().min.y as i32);
        outline.draw(|x, y, coverage| put(left + x.cast_signed(), top + y.cast_signed(), coverage.min(1.0)));
    }
}

/// Lets `ink` cover a part of a pixel; outside the image nothing happens.
fn blend(image: &mut RgbImage, x: i32, y: i32, ink: Ink, coverage: f32) {
    if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
        && let Some(pixel) = image.get_pixel_mut_checked(x, y)
    {
        let part = ink.opacity * coverage;
        for (old, new) in pixel.0.iter_mut().zip(ink.colour) {
            *old = (f32::from(*old) + (f32::from(new) - f32::from(*old)) * part).round() as u8;
        }
    }
}
