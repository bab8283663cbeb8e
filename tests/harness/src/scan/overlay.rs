//! The picture with what was found drawn on it: the symbol's outline, and the card or the hint on a panel below.

use std::path::Path;

use anyhow::{Context, Result};
use citizen_scenes::letters::{Ink, Letters};
use citizen_vision::MAX_SIDE;
use image::{DynamicImage, Rgb, RgbImage, RgbaImage, imageops};
use tiny_skia::{Paint, PathBuilder, PixmapMut, Rect, Stroke, Transform};

use super::picture::Picture;
use super::report::Report;

/// Width of the panel at least, so that the text fits, pixels. Narrower pictures are enlarged by a whole factor.
const LEAST_WIDTH: u32 = 640;
/// Height of a letter as a share of the picture's width, and the limits of what reads well, pixels.
const TEXT_SHARE: f32 = 0.015;
const TEXT_SIZE: std::ops::RangeInclusive<f32> = 13.0..=40.0;
const LINE_HEIGHT: f32 = 1.7;
/// Width of the outline, in letters.
const OUTLINE: f32 = 0.25;

/// Colours: red, green, blue. Contrast of text on panel is above 12:1.
const READ: [u8; 3] = [0, 200, 83];
const UNREAD: [u8; 3] = [255, 145, 0];
const PANEL: [u8; 3] = [13, 27, 42];
const TEXT: [u8; 3] = [255, 255, 255];

pub(super) fn save(picture: &Picture, report: &Report, path: &Path) -> Result<()> {
    let failed = || format!("--overlay: can't write {}", path.display());
    draw(&picture.to_rgba(), report)?.save_with_format(path, image::ImageFormat::Png).with_context(failed)
}

fn draw(picture: &RgbaImage, report: &Report) -> Result<RgbImage> {
    let factor = factor(picture.dimensions());
    let mut enlarged = enlarged(picture, factor);
    let (width, height) = (enlarged.width().max(LEAST_WIDTH), enlarged.height());
    let size = (width as f32 * TEXT_SHARE).clamp(*TEXT_SIZE.start(), *TEXT_SIZE.end());
    let colour = if report.is_read() { READ } else { UNREAD };
    outline(&mut enlarged, report.corners(), factor as f32, size * OUTLINE, colour)
        .context("the picture is too large")?;

    let letters = Letters::regular(size);
    let lines: Vec<String> =
        report.lines().iter().flat_map(|line| letters.wrapped(line, width as f32 - 2.0 * size)).collect();
    let panel = (size * (lines.len() as f32 * LINE_HEIGHT + 1.0)).ceil() as u32;
    let mut canvas = RgbImage::from_pixel(width, height + panel, Rgb(PANEL));
    imageops::replace(&mut canvas, &DynamicImage::from(enlarged).into_rgb8(), 0, 0);
    for (row, line) in lines.iter().enumerate() {
        let baseline = height as f32 + size * (LINE_HEIGHT * (row + 1) as f32);
        letters.write(&mut canvas, [size, baseline], 1.0, Ink::opaque(TEXT), line);
    }
    Ok(canvas)
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

/// The symbol's border, and a filled square on its first corner, so that its turn can be seen.
fn outline(picture: &mut RgbaImage, corners: &[[f32; 2]], factor: f32, width: f32, [r, g, b]: [u8; 3]) -> Option<()> {
    let [first, rest @ ..] = corners else { return Some(()) };
    let (w, h) = picture.dimensions();
    let mut pixmap = PixmapMut::from_bytes(picture, w, h)?;
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, 255);
    let mut path = PathBuilder::new();
    path.move_to(first[0] * factor, first[1] * factor);
    for corner in rest {
        path.line_to(corner[0] * factor, corner[1] * factor);
    }
    path.close();
    let stroke = Stroke { width, ..Stroke::default() };
    pixmap.stroke_path(&path.finish()?, &paint, &stroke, Transform::identity(), None);
    let [left, top] = first.map(|at| at * factor - 2.0 * width);
    let mark = Rect::from_xywh(left, top, 4.0 * width, 4.0 * width)?;
    pixmap.fill_rect(mark, &paint, Transform::identity(), None);
    Some(())
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
