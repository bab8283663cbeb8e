//! Drawing in millimetres: rectangles, ellipses and lines of text on an RGB image.

use image::{GrayImage, Luma, Rgb, RgbImage};

use crate::letters::{Ink, Letters, blend};

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
        letters.write(&mut self.image, start, self.px_per_mm, ink, text);
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
                    blend(&mut self.image, [x, y].map(u32::cast_signed), ink, part);
                }
            }
        }
    }

    /// A line of text alone, white on black, two ems high with the baseline at 1.4: capitals stand in the middle.
    fn mask(&self, letters: &Letters, text: &str) -> GrayImage {
        let em = letters.em() * self.px_per_mm;
        let base = (1.4 * em).round() as i32;
        let mut mask = GrayImage::new((letters.width(text) * self.px_per_mm).ceil() as u32, (2.0 * em).ceil() as u32);
        letters.each_pixel(self.px_per_mm, text, |x, y, coverage| {
            if let [Ok(x), Ok(y)] = [x, y + base].map(u32::try_from)
                && let Some(pixel) = mask.get_pixel_mut_checked(x, y)
            {
                pixel.0[0] = pixel.0[0].max((coverage * 255.0) as u8);
            }
        });
        mask
    }
}
