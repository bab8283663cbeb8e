//! Whether eyes are open. On a face that was turned upright.
//!
//! An open eye is a dark disc between lighter flanks, over a lighter lid and under a darker lash line; a closed one is a dark line. A
//! small filter looks for the former about the place of each eye:
//!
//! ```text
//!   row by row, the left half and the middle column; the right half mirrors the left one. 4 pixels of 128 from one to the next
//! ```

use super::super::blur::blurred;
use super::super::face128::{EYES_X, Face128, SIDE};

/// Columns from the left to the middle, and rows.
const COLUMNS: usize = 4;
const ROWS: usize = 5;
/// Fitted once by logistic regression on open and drawn closed eyes of 88 portraits. The values under it have a mean of 0, so one of these
/// follows from the others.
const FILTER: [[f32; COLUMNS]; ROWS] = [
    [-0.12, -1.62, 0.45, 1.22],
    [2.42, 0.08, -5.23, 1.75],
    [-2.95, 0.87, 6.27, -6.53],
    [0.31, -2.08, 0.99, 1.34],
    [2.25, 0.81, -1.86, 1.04],
];
/// From one of the filter's values to the next, pixels.
const SPACING: usize = 4;
/// The filter is tried so far from an eye's usual place, pixels: to the sides, up and down. Boxes tend to lie low.
const ASIDE: usize = 12;
const UP: usize = 20;
const DOWN: usize = 12;
/// From one place tried to the next.
const STEP: usize = 2;
/// Height of an eye's usual place, part of the box.
const HEIGHT: f32 = 0.40;
/// What is added to the deviation under the filter, grey levels: grain on flat skin stays small.
const GRAIN: f32 = 3.0;

/// Below it eyes read as closed.
pub(in crate::face) const CLOSED: f32 = 7.1;

/// How much an open eye is seen, mean of both eyes: 10.4 usual, closed eyes 6.8; unitless. Below 7.1 reads as closed; in a burst, below
/// 0.78 of the same person's own most: there 78 of 100 closed eyes are, and 2 open ones.
///
/// On 88 portraits 4 of 100 frames with open eyes are below 7.4, and 75 of 100 with drawn closed ones, each judged by a filter that was
/// fitted without that portrait. After ISO/IEC 29794-5's eyes open, which OFIQ takes from landmarks (`EyesOpen.cpp`).
pub(in crate::face) fn openness(upright: &Face128) -> f32 {
    let smooth = blurred(upright.luma(), SIDE, 1, 4);
    let [left, right] = EYES_X.map(|x| best(&smooth, [x, HEIGHT].map(|part| (part * SIDE as f32) as usize)));
    f32::midpoint(left, right)
}

/// The filter's best answer about a place.
fn best(smooth: &[f32], [x, y]: [usize; 2]) -> f32 {
    let rows = (y - UP..=y + DOWN).step_by(STEP);
    let places = rows.flat_map(|y| (x - ASIDE..=x + ASIDE).step_by(STEP).map(move |x| [x, y]));
    places.map(|at| answer(smooth, at)).fold(f32::MIN, f32::max)
}

fn answer(smooth: &[f32], [x, y]: [usize; 2]) -> f32 {
    let last = 2 * COLUMNS - 2;
    let (left, top) = (x - (COLUMNS - 1) * SPACING, y - (ROWS - 1) / 2 * SPACING);
    let (mut sum, mut squares, mut filtered, mut weights) = (0.0, 0.0, 0.0, 0.0);
    for (row, filter) in FILTER.iter().enumerate() {
        for column in 0..=last {
            let at = (top + row * SPACING) * SIDE + left + column * SPACING;
            let value = smooth.get(at).copied().unwrap_or_default();
            let mirrored = column.min(last - column);
            // A mirrored pair counts as its mean.
            let part = if mirrored == COLUMNS - 1 { 1.0 } else { 0.5 };
            let weight = part * filter.get(mirrored).copied().unwrap_or_default();
            sum += value;
            squares += value * value;
            filtered += weight * value;
            weights += weight;
        }
    }
    let count = (ROWS * (last + 1)) as f32;
    let mean = sum / count;
    let deviation = (squares / count - mean * mean).max(0.0).sqrt();
    (filtered - weights * mean) / (deviation + GRAIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discs_are_open_lines_are_closed_and_skin_is_neither() {
        let eyes = |disc: bool| {
            Face128::drawn(
                |x, y| {
                    let [left, right] = EYES_X.map(|eye| (x as f32 - eye * 128.0).abs());
                    let (dx, dy) = (left.min(right), (y as f32 - 50.0).abs());
                    let white = disc && dx < 13.0 && dy < 5.0 * (1.0 - (dx / 13.0).powi(2)).sqrt();
                    let dark = if disc { dx.hypot(dy) < 5.0 } else { dx < 13.0 && dy < 1.5 };
                    if dark {
                        50.0
                    } else if white {
                        210.0
                    } else {
                        160.0
                    }
                },
                None,
            )
        };
        let [open, closed] = [true, false].map(|disc| openness(&eyes(disc)));
        let skin = openness(&Face128::drawn(|_, _| 160.0, None));
        assert!(open > closed + 1.0 && closed > skin, "{open} {closed} {skin}");
    }
}
