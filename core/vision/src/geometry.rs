//! Points, corners, and the perspective between them.

use crate::{Frame, Rotation};

/// A position in continuous pixels: pixel `i` covers `[i, i + 1)`, x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

impl Point {
    /// From the buffer's pixels to those of the upright picture; `width` and `height` are the buffer's.
    fn upright(self, rotation: Rotation, width: usize, height: usize) -> Self {
        let (w, h) = (width as f32, height as f32);
        let Self { x, y } = self;
        match rotation {
            Rotation::Upright => Self { x, y },
            Rotation::Clockwise => Self { x: h - y, y: x },
            Rotation::UpsideDown => Self { x: w - x, y: h - y },
            Rotation::CounterClockwise => Self { x: y, y: w - x },
        }
    }

    /// The same for a frame's.
    pub(crate) fn upright_in(self, frame: &Frame<'_>) -> Self {
        self.upright(frame.rotation(), frame.luma().width(), frame.luma().height())
    }
}

/// The outer corners of a QR symbol without its quiet zone, named as the symbol names them: a symbol that lies on its
/// head has its top left corner at the bottom right.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Corners {
    /// Between the two other corners that have finders.
    pub top_left: Point,
    /// Next in reading direction.
    pub top_right: Point,
    /// The corner without a finder.
    pub bottom_right: Point,
    /// Below the first.
    pub bottom_left: Point,
}

impl Corners {
    /// Top left, top right, bottom right, bottom left.
    #[must_use]
    pub fn to_array(self) -> [Point; 4] {
        [self.top_left, self.top_right, self.bottom_right, self.bottom_left]
    }

    pub(crate) fn from_array([top_left, top_right, bottom_right, bottom_left]: [Point; 4]) -> Self {
        Self { top_left, top_right, bottom_right, bottom_left }
    }

    /// From the buffer's pixels to those of the upright picture; `width` and `height` are the buffer's.
    pub(crate) fn upright(self, rotation: Rotation, width: usize, height: usize) -> Self {
        Self::from_array(self.to_array().map(|point| point.upright(rotation, width, height)))
    }

    /// The same for a frame's.
    pub(crate) fn upright_in(self, frame: &Frame<'_>) -> Self {
        self.upright(frame.rotation(), frame.luma().width(), frame.luma().height())
    }

    /// From pixels of the upright picture back to those of the frame's buffer.
    pub(crate) fn in_buffer_of(self, frame: &Frame<'_>) -> Self {
        let (width, height) = (frame.luma().width(), frame.luma().height());
        match frame.rotation() {
            Rotation::Upright => self,
            Rotation::Clockwise => self.upright(Rotation::CounterClockwise, height, width),
            Rotation::UpsideDown => self.upright(Rotation::UpsideDown, width, height),
            Rotation::CounterClockwise => self.upright(Rotation::Clockwise, height, width),
        }
    }

    /// With rows for columns: the names of a symbol that is seen in a mirror.
    pub(crate) fn transposed(self) -> Self {
        Self { top_right: self.bottom_left, bottom_left: self.top_right, ..self }
    }

    /// Mean length of the four sides, pixels.
    pub(crate) fn mean_side(self) -> f32 {
        let [a, b, c, d] = self.to_array();
        let length = |p: Point, q: Point| (p.x - q.x).hypot(p.y - q.y);
        (length(a, b) + length(b, c) + length(c, d) + length(d, a)) / 4.0
    }
}

/// The perspective that takes four points to four others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Homography {
    /// Row by row.
    h: [f32; 9],
}

impl Homography {
    /// `None` where three of four points are in line.
    pub(crate) fn new(from: [Point; 4], to: [Point; 4]) -> Option<Self> {
        let product = multiply(from_unit_square(to)?, inverse(from_unit_square(from)?)?);
        let h = product.map(|v| v as f32);
        h.iter().all(|v| v.is_finite()).then_some(Self { h })
    }

    /// Where `(u, v)` goes.
    pub(crate) fn map(&self, u: f32, v: f32) -> Point {
        let [a, b, c, d, e, f, g, k, l] = self.h;
        let w = g * u + k * v + l;
        Point { x: (a * u + b * v + c) / w, y: (d * u + e * v + f) / w }
    }
}

type Matrix = [f64; 9];

/// The perspective from the unit square (Heckbert 1989, section 2.2.3); the points in its order (0, 0), (1, 0), (1, 1), (0, 1).
fn from_unit_square(points: [Point; 4]) -> Option<Matrix> {
    let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = points.map(|p| (f64::from(p.x), f64::from(p.y)));
    let (dx1, dy1) = (x1 - x2, y1 - y2);
    let (dx2, dy2) = (x3 - x2, y3 - y2);
    let (sx, sy) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
    let area = dx1 * dy2 - dx2 * dy1;
    if area.abs() < 1e-9 {
        return None;
    }
    let g = (sx * dy2 - dx2 * sy) / area;
    let k = (dx1 * sy - sx * dy1) / area;
    Some([x1 - x0 + g * x1, x3 - x0 + k * x3, x0, y1 - y0 + g * y1, y3 - y0 + k * y3, y0, g, k, 1.0])
}

fn inverse([a, b, c, d, e, f, g, h, i]: Matrix) -> Option<Matrix> {
    let adjoint = [
        e * i - f * h,
        c * h - b * i,
        b * f - c * e,
        f * g - d * i,
        a * i - c * g,
        c * d - a * f,
        d * h - e * g,
        b * g - a * h,
        a * e - b * d,
    ];
    let determinant = a * adjoint[0] + b * adjoint[3] + c * adjoint[6];
    (determinant.abs() > 1e-12).then(|| adjoint.map(|v| v / determinant))
}

fn multiply(a: Matrix, b: Matrix) -> Matrix {
    let row = |r: [f64; 3]| {
        [
            r[0] * b[0] + r[1] * b[3] + r[2] * b[6],
            r[0] * b[1] + r[1] * b[4] + r[2] * b[7],
            r[0] * b[2] + r[1] * b[5] + r[2] * b[8],
        ]
    };
    let [r0, r1, r2] = [row([a[0], a[1], a[2]]), row([a[3], a[4], a[5]]), row([a[6], a[7], a[8]])];
    [r0[0], r0[1], r0[2], r1[0], r1[1], r1[2], r2[0], r2[1], r2[2]]
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILTED: Corners = Corners {
        top_left: Point { x: 10.0, y: 20.0 },
        top_right: Point { x: 110.0, y: 30.0 },
        bottom_right: Point { x: 90.0, y: 140.0 },
        bottom_left: Point { x: 15.0, y: 100.0 },
    };

    fn near(a: Point, b: Point) -> bool {
        (a.x - b.x).abs() < 1e-3 && (a.y - b.y).abs() < 1e-3
    }

    /// Not even a rectangle.
    const MODULES: [Point; 4] =
        [Point { x: 3.5, y: 3.5 }, Point { x: 41.5, y: 3.5 }, Point { x: 38.5, y: 38.5 }, Point { x: 3.5, y: 41.5 }];

    #[test]
    fn four_points_go_to_four_others() {
        let homography = Homography::new(MODULES, TILTED.to_array()).unwrap();
        for (from, to) in MODULES.into_iter().zip(TILTED.to_array()) {
            assert!(near(homography.map(from.x, from.y), to), "{from:?}");
        }
    }

    #[test]
    fn corners_in_line_have_no_perspective() {
        let point = |x| Point { x, y: x };
        assert!(Homography::new(MODULES, [0.0, 1.0, 2.0, 3.0].map(point)).is_none());
        assert!(Homography::new([0.0, 1.0, 2.0, 3.0].map(point), MODULES).is_none());
    }

    #[test]
    fn four_quarter_turns_lead_back() {
        let (w, h) = (200, 150);
        let turned = TILTED.upright(Rotation::Clockwise, w, h);
        assert_eq!(turned.top_left, Point { x: 130.0, y: 10.0 });
        assert_eq!(turned.upright(Rotation::CounterClockwise, h, w), TILTED);
        assert_eq!(TILTED.upright(Rotation::UpsideDown, w, h).upright(Rotation::UpsideDown, w, h), TILTED);
    }
}
