//! The picture with what was found drawn on it: the symbol's outline, and the card or the hint on a panel below.

use std::path::Path;

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};
use anyhow::{Context, Result};
use image::{Rgba, RgbaImage, imageops};
use tiny_skia::{Paint, PathBuilder, PixmapMut, Rect, Stroke, Transform};

use super::picture::Picture;
use super::report::Report;

/// Narrower pictures are enlarged by a whole factor, so that the text fits, pixels.
const LEAST_WIDTH: u32 = 640;
/// Height of a letter as a share of the picture's width, and the limits of what reads well, pixels.
const TEXT_SHARE: f32 = 0.02;
const TEXT_SIZE: std::ops::RangeInclusive<f32> = 15.0..=48.0;
const LINE_HEIGHT: f32 = 1.35;
/// Width of the outline, in letters.
const OUTLINE: f32 = 0.2;

/// Colours: red, green, blue, alpha. Contrast of text on panel is above 12:1 on any picture.
const READ: [u8; 4] = [0, 200, 83, 255];
const UNREAD: [u8; 4] = [255, 145, 0, 255];
const PANEL: [u8; 4] = [13, 27, 42, 255];
const TEXT: [u8; 3] = [255, 255, 255];

pub(super) fn save(picture: &Picture, report: &Report, path: &Path) -> Result<()> {
    let failed = || format!("--overlay: can't write {}", path.display());
    draw(&picture.to_rgba(), report)?.save_with_format(path, image::ImageFormat::Png).with_context(failed)
}

fn draw(picture: &RgbaImage, report: &Report) -> Result<RgbaImage> {
    let factor = LEAST_WIDTH.div_ceil(picture.width());
    let (width, height) = (picture.width() * factor, picture.height() * factor);
    let size = (width as f32 * TEXT_SHARE).clamp(*TEXT_SIZE.start(), *TEXT_SIZE.end());
    let writer = Writer::new(size)?;
    let lines: Vec<String> =
        report.lines().iter().flat_map(|line| writer.wrap(line, width as f32 - 2.0 * size)).collect();
    let panel = (size * (lines.len() as f32 * LINE_HEIGHT + 1.0)).ceil() as u32;

    let mut canvas = RgbaImage::from_pixel(width, height + panel, Rgba(PANEL));
    let enlarged = imageops::resize(picture, width, height, imageops::FilterType::Nearest);
    imageops::replace(&mut canvas, &enlarged, 0, 0);
    let colour = if report.is_read() { READ } else { UNREAD };
    outline(&mut canvas, report.corners(), factor as f32, size * OUTLINE, colour)
        .context("the picture is too large")?;
    for (row, line) in lines.iter().enumerate() {
        let baseline = height as f32 + size * (1.2 + row as f32 * LINE_HEIGHT);
        writer.write(&mut canvas, line, size, baseline);
    }
    Ok(canvas)
}

/// The symbol's border, and a filled square on its first corner, so that its turn can be seen.
fn outline(canvas: &mut RgbaImage, corners: &[[f32; 2]], factor: f32, width: f32, colour: [u8; 4]) -> Option<()> {
    let [first, rest @ ..] = corners else { return Some(()) };
    let (w, h) = canvas.dimensions();
    let mut pixmap = PixmapMut::from_bytes(canvas, w, h)?;
    let mut paint = Paint::default();
    paint.set_color_rgba8(colour[0], colour[1], colour[2], colour[3]);
    let mut path = PathBuilder::new();
    path.move_to(first[0] * factor, first[1] * factor);
    for corner in rest {
        path.line_to(corner[0] * factor, corner[1] * factor);
    }
    path.close();
    let stroke = Stroke { width, ..Stroke::default() };
    pixmap.stroke_path(&path.finish()?, &paint, &stroke, Transform::identity(), None);
    let mark =
        Rect::from_xywh(first[0] * factor - 2.0 * width, first[1] * factor - 2.0 * width, 4.0 * width, 4.0 * width)?;
    pixmap.fill_rect(mark, &paint, Transform::identity(), None);
    Some(())
}

/// Noto Sans at one size.
struct Writer {
    font: FontRef<'static>,
    scale: PxScale,
}

impl Writer {
    fn new(size: f32) -> Result<Self> {
        Ok(Self { font: FontRef::try_from_slice(notosans::REGULAR_TTF)?, scale: PxScale::from(size) })
    }

    fn width(&self, text: &str) -> f32 {
        let font = self.font.as_scaled(self.scale);
        text.chars().map(|c| font.h_advance(font.glyph_id(c))).sum()
    }

    /// Breaks between words.
    fn wrap(&self, text: &str, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for word in text.split_whitespace() {
            let last = lines.len() - 1;
            let joined = if lines[last].is_empty() { word.to_owned() } else { format!("{} {word}", lines[last]) };
            if lines[last].is_empty() || self.width(&joined) <= width {
                lines[last] = joined;
            } else {
                lines.push(word.to_owned());
            }
        }
        lines
    }

    fn write(&self, canvas: &mut RgbaImage, text: &str, left: f32, baseline: f32) {
        let font = self.font.as_scaled(self.scale);
        let mut x = left;
        for c in text.chars() {
            let id = font.glyph_id(c);
            let glyph = id.with_scale_and_position(self.scale, point(x, baseline));
            x += font.h_advance(id);
            let Some(outlined) = self.font.outline_glyph(glyph) else { continue };
            let bounds = outlined.px_bounds();
            outlined.draw(|dx, dy, coverage| {
                let (px, py) = (bounds.min.x as i64 + i64::from(dx), bounds.min.y as i64 + i64::from(dy));
                let place = u32::try_from(px).ok().zip(u32::try_from(py).ok());
                if let Some(pixel) = place.and_then(|(px, py)| canvas.get_pixel_mut_checked(px, py)) {
                    blend(pixel, coverage.clamp(0.0, 1.0));
                }
            });
        }
    }
}

fn blend(pixel: &mut Rgba<u8>, coverage: f32) {
    for (value, ink) in pixel.0.iter_mut().zip(TEXT) {
        *value = (f32::from(*value) * (1.0 - coverage) + f32::from(ink) * coverage).round() as u8;
    }
}
