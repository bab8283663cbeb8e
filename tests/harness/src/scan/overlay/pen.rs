//! Shapes on a picture, given in the pixels of another that it shows a part of, enlarged.

use citizen_vision::Point;
use image::RgbaImage;
use tiny_skia::{Color, FillRule, Paint, PathBuilder, PixmapMut, Stroke, Transform};

pub(crate) struct Pen<'a> {
    pixmap: PixmapMut<'a>,
    scale: f32,
    origin: [f32; 2],
}

impl<'a> Pen<'a> {
    /// On a picture of which `origin` is the first pixel's place in the other. `None` where it is empty or too large.
    pub(crate) fn on(picture: &'a mut RgbaImage, scale: f32, origin: [f32; 2]) -> Option<Self> {
        let (width, height) = picture.dimensions();
        Some(Self { pixmap: PixmapMut::from_bytes(picture, width, height)?, scale, origin })
    }

    /// Lines from point to point; width in pixels drawn.
    pub(crate) fn line(&mut self, points: &[Point], closed: bool, width: f32, colour: Color) {
        let mut path = PathBuilder::new();
        for (number, point) in points.iter().enumerate() {
            let [x, y] = self.place(*point);
            if number == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
        }
        if closed {
            path.close();
        }
        if let Some(path) = path.finish() {
            let stroke = Stroke { width, ..Stroke::default() };
            self.pixmap.stroke_path(&path, &paint(colour), &stroke, Transform::identity(), None);
        }
    }

    /// A filled circle; radius in pixels drawn.
    pub(crate) fn dot(&mut self, centre: Point, radius: f32, colour: Color) {
        let [x, y] = self.place(centre);
        if let Some(path) = PathBuilder::from_circle(x, y, radius) {
            self.pixmap.fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
        }
    }

    /// A filled square; side in pixels drawn.
    pub(crate) fn square(&mut self, centre: Point, side: f32, colour: Color) {
        let [x, y] = self.place(centre);
        if let Some(square) = tiny_skia::Rect::from_xywh(x - side / 2.0, y - side / 2.0, side, side) {
            self.pixmap.fill_rect(square, &paint(colour), Transform::identity(), None);
        }
    }

    fn place(&self, point: Point) -> [f32; 2] {
        [(point.x - self.origin[0]) * self.scale, (point.y - self.origin[1]) * self.scale]
    }
}

fn paint(colour: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour);
    paint
}
