//! How much a place looks like a finder, in any axes.

use crate::{Plane, Point};

/// Sides of the finder with the light ring around it, modules.
const SIDE: i32 = 9;

/// Contrast of dark and light modules over the deviation of all 9 x 9 samples about `centre`; `right` and `down` are one
/// module each. About 2 for a perfect finder, about 0 for anything else.
pub(in crate::qr) fn finder_contrast(plane: &Plane<'_>, centre: Point, right: Point, down: Point) -> f32 {
    let (mut light, mut dark) = (Mean::default(), Mean::default());
    let mut squares = 0.0;
    for j in -SIDE / 2..=SIDE / 2 {
        for i in -SIDE / 2..=SIDE / 2 {
            let (u, v) = (i as f32, j as f32);
            let (x, y) = (centre.x + u * right.x + v * down.x, centre.y + u * right.y + v * down.y);
            let Some(value) = nearest(plane, x, y) else { continue };
            squares += value * value;
            let ring = i.abs().max(j.abs());
            if ring == 2 || ring == 4 { light.add(value) } else { dark.add(value) }
        }
    }
    let count = light.count + dark.count;
    if light.count < 24.0 || dark.count < 16.0 {
        return 0.0;
    }
    let mean = (light.sum + dark.sum) / count;
    let deviation = (squares / count - mean * mean).max(1.0).sqrt();
    (light.mean() - dark.mean()) / deviation
}

#[derive(Default)]
struct Mean {
    sum: f32,
    count: f32,
}

impl Mean {
    fn add(&mut self, value: f32) {
        self.sum += value;
        self.count += 1.0;
    }

    fn mean(&self) -> f32 {
        self.sum / self.count
    }
}

fn nearest(plane: &Plane<'_>, x: f32, y: f32) -> Option<f32> {
    if x < 0.0 || y < 0.0 {
        return None;
    }
    plane.row(y as usize).get(x as usize).copied().map(f32::from)
}
