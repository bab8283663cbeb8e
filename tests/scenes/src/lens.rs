//! Blur: a point becomes a disk out of focus, a streak when the hand moves. Both are weighted sums over neighbours.

use crate::canvas::{Canvas, Rgb};
use crate::shot::Shot;

/// Least blurs that show, px: a smaller disk or streak stays within its pixel.
const LEAST_DEFOCUS: f32 = 0.5;
const LEAST_MOTION: f32 = 0.7;

/// Blurs the frame.
pub(crate) fn blur(canvas: &mut Canvas, shot: &Shot) {
    if shot.defocus > LEAST_DEFOCUS {
        Kernel::disk(shot.defocus).apply(canvas);
    }
    if shot.motion > LEAST_MOTION {
        Kernel::streak(shot.motion, shot.motion_direction).apply(canvas);
    }
}

/// A neighbour's part in a blurred pixel.
struct Tap {
    dx: isize,
    dy: isize,
    weight: f32,
}

/// Taps whose weights add up to 1, all within `reach` px.
struct Kernel {
    taps: Vec<Tap>,
    reach: usize,
}

impl Kernel {
    /// A disk whose rim fades over one pixel.
    fn disk(radius: f32) -> Self {
        Self::of(radius.ceil() as usize, |dx, dy| radius + 0.5 - dx.hypot(dy))
    }

    /// A line one pixel wide, centred on the pixel.
    fn streak(length: f32, direction: f32) -> Self {
        let (sin, cos) = direction.to_radians().sin_cos();
        let half = length / 2.0;
        Self::of(half.ceil() as usize + 1, |dx, dy| {
            let (along, across) = (dx * cos + dy * sin, dy * cos - dx * sin);
            (1.0 - across.abs()).max(0.0) * (half + 0.5 - along.abs())
        })
    }

    /// Weights from a place's `part`, which is cut to 0 to 1.
    fn of(reach: usize, part: impl Fn(f32, f32) -> f32) -> Self {
        let end = reach.cast_signed();
        let places = (-end..=end).flat_map(|dy| (-end..=end).map(move |dx| (dx, dy)));
        let mut taps: Vec<Tap> = places
            .map(|(dx, dy)| Tap { dx, dy, weight: part(dx as f32, dy as f32).clamp(0.0, 1.0) })
            .filter(|tap| tap.weight > 0.0)
            .collect();
        let sum: f32 = taps.iter().map(|tap| tap.weight).sum();
        for tap in &mut taps {
            tap.weight /= sum;
        }
        Self { taps, reach }
    }

    /// Replaces each pixel by the weighted sum; outside the frame its rim goes on.
    fn apply(&self, canvas: &mut Canvas) {
        let sharp: Vec<Vec<Rgb>> = canvas.pixels.chunks_exact(canvas.width).map(|row| self.widened(row)).collect();
        for (y, row) in canvas.rows_mut() {
            row.fill([0.0; 3]);
            for tap in &self.taps {
                let from = &sharp[y.saturating_add_signed(tap.dy).min(sharp.len() - 1)];
                let start = self.reach.saturating_add_signed(tap.dx);
                let from = from[start..start + row.len()].as_flattened();
                for (value, neighbour) in row.as_flattened_mut().iter_mut().zip(from) {
                    *value += neighbour * tap.weight;
                }
            }
        }
    }

    /// The row with its ends repeated as far as the kernel reaches.
    fn widened(&self, row: &[Rgb]) -> Vec<Rgb> {
        let mut wide = vec![row[0]; self.reach];
        wide.extend_from_slice(row);
        wide.resize(row.len() + 2 * self.reach, row[row.len() - 1]);
        wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_becomes_a_disk_of_the_same_light() {
        let mut canvas = Canvas::new([21, 21]);
        canvas.pixels[10 * 21 + 10] = [1000.0; 3];
        Kernel::disk(4.0).apply(&mut canvas);
        let at = |x: usize, y: usize| canvas.pixels[y * 21 + x][0];
        let sum: f32 = canvas.pixels.iter().map(|pixel| pixel[0]).sum();
        assert!((sum - 1000.0).abs() < 0.1);
        assert!(at(13, 10) > 10.0 && at(10, 7) > 10.0 && at(15, 10) < 1e-6);
    }

    #[test]
    fn a_point_becomes_a_streak_of_the_asked_length() {
        let mut canvas = Canvas::new([21, 21]);
        canvas.pixels[10 * 21 + 10] = [700.0; 3];
        Kernel::streak(7.0, 0.0).apply(&mut canvas);
        let lit: Vec<usize> = (0..441).filter(|&i| canvas.pixels[i][0] > 50.0).collect();
        assert_eq!(lit, (217..224).collect::<Vec<_>>());
    }

    #[test]
    fn a_flat_frame_stays_flat_up_to_its_rim() {
        let mut canvas = Canvas { pixels: vec![[80.0; 3]; 12], ..Canvas::new([4, 3]) };
        Kernel::streak(9.0, 30.0).apply(&mut canvas);
        assert!(canvas.pixels.as_flattened().iter().all(|value| (value - 80.0).abs() < 1e-3));
    }
}
