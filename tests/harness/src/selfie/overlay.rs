//! A frame with the oval and the face on it, and what is said on a panel below.

use std::path::Path;

use anyhow::{Context, Result};
use citizen_vision::{FaceBox, Oval, Point};
use tiny_skia::Color;

use crate::picture::Picture;
use crate::scan::overlay::{Panel, Pen};

/// Height of a letter beside the picture's width, and the limits of what reads well, pixels.
const TEXT_SHARE: f32 = 0.03;
const TEXT_SIZE: std::ops::RangeInclusive<f32> = 13.0..=40.0;
/// Corners of the oval as it is drawn.
const CORNERS: u16 = 90;

/// Colours: red, green, blue.
const OVAL: [u8; 3] = [255, 255, 255];
const FACE: [u8; 3] = [0, 200, 83];

pub(super) fn save(
    picture: &Picture,
    face: Option<FaceBox>,
    oval: Option<Oval>,
    lines: &[String],
    path: &Path,
) -> Result<()> {
    let mut pixels = picture.to_rgba();
    let width = pixels.width();
    let size = (width as f32 * TEXT_SHARE).clamp(*TEXT_SIZE.start(), *TEXT_SIZE.end());
    let mut pen = Pen::on(&mut pixels, 1.0, [0.0; 2]).context("--overlay: the picture is too large")?;
    if let Some(oval) = oval {
        pen.line(&around(oval), true, size / 6.0, colour(OVAL));
    }
    if let Some(face) = face {
        pen.line(&corners(face), true, size / 6.0, colour(FACE));
    }
    let drawn = Panel::new(width, size, lines, None, false).below(&pixels);
    drawn
        .save_with_format(path, image::ImageFormat::Png)
        .with_context(|| format!("--overlay: can't write {}", path.display()))
}

fn around(Oval { centre, width, height }: Oval) -> Vec<Point> {
    let at = |i: u16| {
        let (sin, cos) = (f32::from(i) / f32::from(CORNERS) * std::f32::consts::TAU).sin_cos();
        Point { x: centre.x + cos * width / 2.0, y: centre.y + sin * height / 2.0 }
    };
    (0..CORNERS).map(at).collect()
}

fn corners(FaceBox { x, y, width, height }: FaceBox) -> [Point; 4] {
    let (right, bottom) = (x + width, y + height);
    [Point { x, y }, Point { x: right, y }, Point { x: right, y: bottom }, Point { x, y: bottom }]
}

fn colour([r, g, b]: [u8; 3]) -> Color {
    Color::from_rgba8(r, g, b, 255)
}
