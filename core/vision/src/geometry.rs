//! Points, corners, and the perspective between them.

use crate::Rotation;

/// A position in continuous pixels: pixel `i` covers `[i, i + 1)`, x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// The outer corners of a QR symbol without its quiet zone, named as the symbol names them: a symbol that lies on its
/// head has its top left corner at the bottom right.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Corners {
    /// Beside no other finder's diagonal: the corner between the two other finders.
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
        let (w, h) = (width as f32, height as f32);
        Self::from_array(self.to_array().map(|Point { x, y }| match rotation {
            Rotation::Upright => Point { x, y },
            Rotation::Clockwise => Point { x: h - y, y: x },
            Rotation::UpsideDown => Point { x: w - x, y: h - y },
            Rotation::CounterClockwise => Point { x: y, y: w - x },
        }))
    }

    /// Mean length of the four sides, pixels.
    pub(crate) fn mean_side(self) -> f32 {
        let [a, b, c, d] = self.to_array();
        let length = |p: Point, q: Point| (p.x - q.x).hypot(p.y - q.y);
        (length(a, b) + length(b, c) + length(c, d) + length(d, a)) / 4.0
    }
}

/// The perspective that takes the unit square to four corners (Heckbert 1989, section 2.2.3).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Perspective {
    /// Row by row; the last of nine coefficients is 1.
    h: [f32; 8],
}

impl Perspective {
    /// `None` where three corners are in line.
    pub(crate) fn from_unit_square(corners: Corners) -> Option<Self> {
        let [p0, p1, p2, p3] = corners.to_array();
        let (dx1, dy1) = (p1.x - p2.x, p1.y - p2.y);
        let (dx2, dy2) = (p3.x - p2.x, p3.y - p2.y);
        let (sx, sy) = (p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y);
        let area = dx1 * dy2 - dx2 * dy1;
        if area.abs() < f32::EPSILON {
            return None;
        }
        let g = (sx * dy2 - dx2 * sy) / area;
        let k = (dx1 * sy - sx * dy1) / area;
        let h = [
            p1.x - p0.x + g * p1.x,
            p3.x - p0.x + k * p3.x,
            p0.x,
            p1.y - p0.y + g * p1.y,
            p3.y - p0.y + k * p3.y,
            p0.y,
            g,
            k,
        ];
        h.iter().all(|v| v.is_finite()).then_some(Self { h })
    }

    /// Where `(u, v)` of the unit square lies in the picture.
    pub(crate) fn map(&self, u: f32, v: f32) -> Point {
        let [a, b, c, d, e, f, g, k] = self.h;
        let w = g * u + k * v + 1.0;
        Point { x: (a * u + b * v + c) / w, y: (d * u + e * v + f) / w }
    }
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

    #[test]
    fn the_unit_square_goes_to_its_corners() {
        let perspective = Perspective::from_unit_square(TILTED).unwrap();
        for ((u, v), corner) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].into_iter().zip(TILTED.to_array()) {
            assert!(near(perspective.map(u, v), corner), "{u} {v}");
        }
    }

    #[test]
    fn corners_in_line_have_no_perspective() {
        let point = |x| Point { x, y: x };
        assert!(Perspective::from_unit_square(Corners::from_array([0.0, 1.0, 2.0, 3.0].map(point))).is_none());
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
