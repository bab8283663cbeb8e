//! The picture with what was found drawn on it: the symbol with its modules, and the card or the hint on a panel below.

mod inset;
mod modules;
mod panel;
mod pen;
mod perspective;

use std::path::Path;

use anyhow::{Context, Result};
use citizen_vision::MAX_SIDE;
use image::{RgbImage, RgbaImage};
use tiny_skia::Color;

use super::found::Symbol;
use super::report::Report;
use crate::picture::Picture;
use inset::Inset;
use modules::Modules;
pub(crate) use panel::Panel;
pub(crate) use pen::Pen;

/// Width of the panel at least, so that the text fits, pixels. Narrower pictures are enlarged by a whole factor.
const LEAST_WIDTH: u32 = 640;
/// Height of a letter as a share of the picture's width, and the limits of what reads well, pixels.
const TEXT_SHARE: f32 = 0.015;
const TEXT_SIZE: std::ops::RangeInclusive<f32> = 13.0..=40.0;
/// Width of the outline, in letters; and about an enlarged symbol, pixels.
const OUTLINE: f32 = 0.25;
const INSET_OUTLINE: f32 = 3.0;

/// Colours of the outline: red, green, blue.
const READ: [u8; 3] = [0, 200, 83];
const UNREAD: [u8; 3] = [255, 145, 0];

pub(super) fn save(picture: &Picture, symbol: Option<&Symbol>, report: &Report, path: &Path) -> Result<()> {
    let failed = || format!("--overlay: can't write {}", path.display());
    let drawn = draw(picture, symbol, report).context("--overlay: the picture is too large")?;
    drawn.save_with_format(path, image::ImageFormat::Png).with_context(failed)
}

/// `None` where it is too large to be drawn on.
fn draw(picture: &Picture, symbol: Option<&Symbol>, report: &Report) -> Option<RgbImage> {
    let modules = symbol.and_then(|symbol| Modules::of(symbol, picture));
    let pixels = picture.to_rgba();
    let factor = factor(pixels.dimensions());
    let inset = modules.as_ref().and_then(|modules| Inset::of(modules, pixels.dimensions(), factor));
    let marked = Marked { symbol, colour: if report.is_read() { READ } else { UNREAD } };
    let inset = match (&inset, &modules) {
        (Some(inset), Some(modules)) => Some(marked.enlarged(inset, modules, &pixels)?),
        _ => None,
    };

    let mut drawn = if factor == 1 { pixels } else { enlarged(&pixels, factor) };
    let width = drawn.width().max(LEAST_WIDTH);
    let size = (width as f32 * TEXT_SHARE).clamp(*TEXT_SIZE.start(), *TEXT_SIZE.end());
    let mut pen = Pen::on(&mut drawn, factor as f32, [0.0; 2])?;
    if let Some(modules) = modules.as_ref().filter(|_| inset.is_none()) {
        modules.draw(&mut pen, modules.module() * factor as f32);
    }
    marked.outline(&mut pen, size * OUTLINE);
    let panel = Panel::new(width, size, &report.lines(), inset, modules.is_some());
    Some(panel.below(&drawn))
}

/// A symbol, if there is one, and the colour that says whether it was read.
struct Marked<'a> {
    symbol: Option<&'a Symbol>,
    colour: [u8; 3],
}

impl Marked<'_> {
    /// A part of the picture with the symbol's modules.
    fn enlarged(&self, inset: &Inset, modules: &Modules, picture: &RgbaImage) -> Option<RgbaImage> {
        let mut part = inset.cut(picture);
        let mut pen = Pen::on(&mut part, inset.factor as f32, [inset.left as f32, inset.top as f32])?;
        modules.draw(&mut pen, modules.module() * inset.factor as f32);
        self.outline(&mut pen, INSET_OUTLINE);
        Some(part)
    }

    /// The symbol's border, and a filled square on its first corner, so that its turn can be seen.
    fn outline(&self, pen: &mut Pen<'_>, width: f32) {
        let Some(symbol) = self.symbol else { return };
        let [r, g, b] = self.colour;
        let colour = Color::from_rgba8(r, g, b, 255);
        let corners = symbol.corners.to_array();
        pen.line(&corners, true, width, colour);
        pen.square(corners[0], 4.0 * width, colour);
    }
}

/// How often the picture is enlarged. A strip that is already long stays as it is: one of 1 x 16384 pixels would become ten
/// million rows.
fn factor((width, height): (u32, u32)) -> u32 {
    LEAST_WIDTH.div_ceil(width).min(MAX_SIDE / height).max(1)
}

/// Each pixel as a square: a module of the code keeps its sharp edge.
fn enlarged(picture: &RgbaImage, factor: u32) -> RgbaImage {
    let (width, height) = picture.dimensions();
    RgbaImage::from_fn(width * factor, height * factor, |x, y| *picture.get_pixel(x / factor, y / factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_is_enlarged_and_a_long_strip_stays_in_bounds() {
        assert_eq!([(300, 200), (640, 480), (639, 480), (1280, 720)].map(factor), [3, 1, 2, 1]);
        assert_eq!([(1, MAX_SIDE), (MAX_SIDE, 1), (1, 1), (2, MAX_SIDE / 3)].map(factor), [1, 1, 640, 3]);
    }
}
