//! Where a module of a symbol lies on the picture.

use citizen_vision::Point;

/// The perspective from the unit square (Heckbert 1989, section 2.2.3), in the order of its coefficients there.
#[derive(Clone, Copy)]
pub(super) struct Perspective([f32; 8]);

impl Perspective {
    /// To the corners (0, 0), (1, 0), (1, 1), (0, 1). `None` where no square can be seen so.
    pub(super) fn onto(corners: [Point; 4]) -> Option<Self> {
        let [p0, p1, p2, p3] = corners;
        let (dx1, dy1, dx2, dy2) = (p1.x - p2.x, p1.y - p2.y, p3.x - p2.x, p3.y - p2.y);
        let (sx, sy) = (p0.x - p1.x + p2.x - p3.x, p0.y - p1.y + p2.y - p3.y);
        let area = dx1 * dy2 - dx2 * dy1;
        let (g, h) = ((sx * dy2 - dx2 * sy) / area, (dx1 * sy - sx * dy1) / area);
        let is_before_us = [1.0 + g, 1.0 + g + h, 1.0 + h].into_iter().all(|depth| depth.is_finite() && depth > 0.01);
        let [a, d] = [p1.x - p0.x + g * p1.x, p1.y - p0.y + g * p1.y];
        let [b, e] = [p3.x - p0.x + h * p3.x, p3.y - p0.y + h * p3.y];
        is_before_us.then_some(Self([a, b, p0.x, d, e, p0.y, g, h]))
    }

    pub(super) fn map(&self, u: f32, v: f32) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let depth = g * u + h * v + 1.0;
        Point { x: (a * u + b * v + c) / depth, y: (d * u + e * v + f) / depth }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(points: [(f32, f32); 4]) -> [Point; 4] {
        points.map(|(x, y)| Point { x, y })
    }

    #[test]
    fn the_corners_of_the_square_go_to_the_corners() {
        let corners = points([(10.0, 20.0), (110.0, 30.0), (90.0, 140.0), (15.0, 100.0)]);
        let perspective = Perspective::onto(corners).unwrap();
        for ((u, v), corner) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].into_iter().zip(corners) {
            let Point { x, y } = perspective.map(u, v);
            assert!((x - corner.x).hypot(y - corner.y) < 1e-3);
        }
        // The diagonals of any such picture meet where those of the square do.
        let Point { x, y } =
            Perspective::onto(points([(0.0, 0.0), (4.0, 0.0), (3.0, 2.0), (1.0, 2.0)])).unwrap().map(0.5, 0.5);
        assert!((x - 2.0).hypot(y - 4.0 / 3.0) < 1e-3);
    }

    #[test]
    fn corners_in_line_or_crossed_are_no_square() {
        assert!(Perspective::onto(points([(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0)])).is_none());
        assert!(Perspective::onto(points([(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)])).is_none());
    }
}
