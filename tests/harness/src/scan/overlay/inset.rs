//! A small symbol, enlarged: where its modules are too small on the picture to be told apart.

use image::{RgbaImage, imageops};

use super::modules::Modules;

/// Side of a module, pixels drawn, below which a symbol is shown enlarged too.
const SMALL: f32 = 4.0;
/// Side of a module, pixels drawn, that shows print, grid and sureness.
const CLEAR: f32 = 12.0;
/// How often it is enlarged, and the share of the overlay's width within which it is more than the least.
const FACTORS: std::ops::RangeInclusive<f32> = 4.0..=8.0;
const SHARE: f32 = 0.55;
/// What is shown about the symbol, modules.
const MARGIN: f32 = 2.0;

/// A part of the picture.
#[derive(Debug, PartialEq)]
pub(super) struct Inset {
    pub(super) factor: u32,
    pub(super) left: u32,
    pub(super) top: u32,
    width: u32,
    height: u32,
}

impl Inset {
    /// `enlarged`: how often the picture itself is. `None` where that will do, and where nothing of the symbol is in view.
    pub(super) fn of(modules: &Modules, picture: (u32, u32), enlarged: u32) -> Option<Self> {
        let module = modules.module();
        if module * enlarged as f32 >= SMALL {
            return None;
        }
        let corners = modules.corners();
        let [columns, rows] = [(corners.map(|p| p.x), picture.0), (corners.map(|p| p.y), picture.1)]
            .map(|(places, side)| span(places, MARGIN * module, side));
        let [width, height] = [&columns, &rows].map(|span| span.end.saturating_sub(span.start));
        let fits = SHARE * (picture.0 * enlarged) as f32 / width as f32;
        let factor = (CLEAR / module).ceil().min(fits.floor()).clamp(*FACTORS.start(), *FACTORS.end()) as u32;
        (width > 0 && height > 0).then_some(Self { factor, left: columns.start, top: rows.start, width, height })
    }

    pub(super) fn cut(&self, picture: &RgbaImage) -> RgbaImage {
        let part = imageops::crop_imm(picture, self.left, self.top, self.width, self.height).to_image();
        super::enlarged(&part, self.factor)
    }
}

/// The pixels of a side that these places and a margin take.
fn span(places: [f32; 4], margin: f32, side: u32) -> std::ops::Range<u32> {
    let least = places.into_iter().fold(f32::MAX, f32::min) - margin;
    let most = places.into_iter().fold(f32::MIN, f32::max) + margin;
    (least.floor().max(0.0) as u32).min(side)..(most.ceil().max(0.0) as u32).min(side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_outside_the_picture_is_left_out() {
        assert_eq!(span([10.0, 30.5, 29.0, 9.5], 4.0, 100), 5..35);
        assert_eq!(span([-10.0, 30.5, 129.0, 9.5], 4.0, 100), 0..100);
        assert!(span([110.0, 130.5, 129.0, 109.5], 4.0, 100).is_empty());
    }
}
