//! What the core found, drawn on a frame: shapes only, no word of any language.

use std::f32::consts::TAU;

use citizen_vision::{Corners, FaceBox, Oval, Point};
use image::RgbaImage;
use tiny_skia::Color;

use crate::scan::overlay::Pen;

/// Width of a line, part of the frame's width.
const LINE: f32 = 0.006;
/// Corners of the oval as it is drawn.
const CORNERS: u16 = 90;

/// Colours: red, green, blue.
const FOUND: [u8; 3] = [0, 200, 83];
const UNREAD: [u8; 3] = [255, 145, 0];
const OVAL: [u8; 3] = [255, 255, 255];

/// A symbol's border, and a square on its first corner, so that its turn can be seen.
pub(super) fn symbol(frame: &mut RgbaImage, corners: Corners, is_read: bool) {
    let colour = colour(if is_read { FOUND } else { UNREAD });
    let corners = corners.to_array();
    draw(frame, |pen, width| {
        pen.line(&corners, true, width, colour);
        pen.square(corners[0], 3.0 * width, colour);
    });
}

/// Where a face belongs, and where it is.
pub(super) fn face(frame: &mut RgbaImage, oval: Oval, face: Option<FaceBox>) {
    draw(frame, |pen, width| {
        pen.line(&around(oval), true, width, colour(OVAL));
        if let Some(FaceBox { x, y, width: across, height }) = face {
            let (right, bottom) = (x + across, y + height);
            let corners =
                [Point { x, y }, Point { x: right, y }, Point { x: right, y: bottom }, Point { x, y: bottom }];
            pen.line(&corners, true, width, colour(FOUND));
        }
    });
}

/// A frame that is too large to be drawn on stays as it is.
fn draw(frame: &mut RgbaImage, shapes: impl FnOnce(&mut Pen<'_>, f32)) {
    let width = (frame.width() as f32 * LINE).max(2.0);
    if let Some(mut pen) = Pen::on(frame, 1.0, [0.0; 2]) {
        shapes(&mut pen, width);
    }
}

fn around(Oval { centre, width, height }: Oval) -> Vec<Point> {
    let at = |i: u16| {
        let (sin, cos) = (f32::from(i) / f32::from(CORNERS) * TAU).sin_cos();
        Point { x: centre.x + cos * width / 2.0, y: centre.y + sin * height / 2.0 }
    };
    (0..CORNERS).map(at).collect()
}

fn colour([r, g, b]: [u8; 3]) -> Color {
    Color::from_rgba8(r, g, b, 255)
}
