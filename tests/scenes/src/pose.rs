//! Where the card is: the map from card millimetres to frame pixels, through a pinhole.

use crate::card::{CODE_AT, CODE_SIDE};
use crate::shot::Shot;

/// Focal length as a part of the frame's long side: 1100 px of 1280, a phone's main camera held upright over a card.
const FOCAL: f64 = 1100.0 / 1280.0;
/// Where the symbol's centre lands when nothing is shifted, from the frame's centre, as parts of its long side: right and
/// up, because the symbol sits in the card's top right corner and the card shall be in view.
const SYMBOL_AT: [f64; 2] = [60.0 / 1280.0, -40.0 / 1280.0];

/// A map of the plane, homogeneous: rows of a 3 x 3 matrix.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Homography([[f64; 3]; 3]);

impl Homography {
    /// Card millimetres to frame pixels (pixel i covers [i, i + 1)) for a symbol of `modules` a side.
    pub(crate) fn of(shot: &Shot, modules: usize) -> Self {
        let [width, height] = shot.frame.map(f64::from);
        let long_side = width.max(height);
        let focal = FOCAL * long_side;
        let depth = focal / px_per_mm(shot, modules);
        let turn = turn(shot);
        let centre = CODE_AT.map(|edge| f64::from(edge + CODE_SIDE / 2.0));
        // Columns: where a step right and a step down on the card lead; and the symbol's centre, before the camera.
        let before_camera: [[f64; 3]; 3] = std::array::from_fn(|row| {
            let [right, down] = [turn[row][0], turn[row][1]];
            let away = if row == 2 { depth } else { 0.0 };
            [right, down, away - right * centre[0] - down * centre[1]]
        });
        let principal = [
            width / 2.0 + SYMBOL_AT[0] * long_side + f64::from(shot.shift[0]),
            height / 2.0 + SYMBOL_AT[1] * long_side + f64::from(shot.shift[1]),
        ];
        Self(product(&[[focal, 0.0, principal[0]], [0.0, focal, principal[1]], [0.0, 0.0, 1.0]], &before_camera))
    }

    /// The image of a point; `None` when it lies behind the camera.
    pub(crate) fn apply(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        let [u, v, w] = self.0.map(|row| row[0] * x + row[1] * y + row[2]);
        (w > 0.0).then(|| [u / w, v / w])
    }

    /// The points of a row, for the images of many of them.
    pub(crate) fn line(&self, y: f64) -> Line {
        Line { step: self.0.map(|row| row[0]), start: self.0.map(|row| row[1] * y + row[2]) }
    }

    /// The way back; `None` when the card is seen edge on. The true inverse, not just one to scale: points behind the camera
    /// stay behind it.
    pub(crate) fn inverse(&self) -> Option<Self> {
        let m = &self.0;
        let cofactor = |row: usize, column: usize| {
            let [r1, r2] = [(row + 1) % 3, (row + 2) % 3];
            let [c1, c2] = [(column + 1) % 3, (column + 2) % 3];
            m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
        };
        let determinant: f64 = (0..3).map(|column| m[0][column] * cofactor(0, column)).sum();
        let inverse = std::array::from_fn(|row| std::array::from_fn(|column| cofactor(column, row) / determinant));
        determinant.is_normal().then_some(Self(inverse))
    }
}

/// A row of points under a [`Homography`]: homogeneous, what a step right adds to its start.
pub(crate) struct Line {
    step: [f64; 3],
    start: [f64; 3],
}

impl Line {
    /// The image of the point at `x`; `None` when it lies behind the camera.
    #[inline]
    pub(crate) fn at(&self, x: f64) -> Option<[f32; 2]> {
        let [u, v, w]: [f64; 3] = std::array::from_fn(|row| self.step[row] * x + self.start[row]);
        let scale = w.recip();
        (w > 0.0).then(|| [u * scale, v * scale].map(|value| value as f32))
    }
}

/// Frame pixels for a millimetre of the card at the symbol's centre.
pub(crate) fn px_per_mm(shot: &Shot, modules: usize) -> f64 {
    f64::from(shot.module_px) * modules as f64 / f64::from(CODE_SIDE)
}

/// First the roll in the card's plane, then the tilt about an axis in the image plane (Rodrigues).
fn turn(shot: &Shot) -> [[f64; 3]; 3] {
    let [roll, tilt, axis] = [shot.roll, shot.tilt, shot.tilt_axis].map(|angle| f64::from(angle).to_radians());
    let (sin, cos) = roll.sin_cos();
    let in_plane = [[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]];
    let (sin, cos) = tilt.sin_cos();
    let (y, x) = axis.sin_cos();
    let out_of_plane = [
        [cos + x * x * (1.0 - cos), x * y * (1.0 - cos), y * sin],
        [x * y * (1.0 - cos), cos + y * y * (1.0 - cos), -x * sin],
        [-y * sin, x * sin, cos],
    ];
    product(&out_of_plane, &in_plane)
}

fn product(left: &[[f64; 3]; 3], right: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    std::array::from_fn(|row| std::array::from_fn(|column| (0..3).map(|k| left[row][k] * right[k][column]).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_back() {
        let there = Homography::of(&Shot { tilt: 50.0, roll: 33.0, ..Shot::default() }, 45);
        let back = there.inverse().unwrap();
        let [x, y] = there.apply([12.0, 47.0]).and_then(|px| back.apply(px)).unwrap();
        assert!((x - 12.0).abs() < 1e-9 && (y - 47.0).abs() < 1e-9);
    }

    #[test]
    fn a_card_seen_edge_on_has_no_way_back() {
        let edge_on = Homography([[1.0, 0.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, 1.0]]);
        assert!(edge_on.inverse().is_none());
    }
}
