//! Undoes blur between modules: a small filter, learnt on the modules whose colour is known.
//!
//! ```text
//!   . . . 9 . . .      A module's value is a weighted sum of what is seen in 7 x 7 modules about it. Places at the same
//!   . 8 5 3 5 8 .      distance share a weight, so that ten weights and a constant are learnt, not fifty: finders, timing
//!   . 5 4 1 4 5 .      and alignment patterns are enough to learn from.
//!   9 3 1 0 1 3 9
//! ```
//!
//! Then every module is decided, and the filter is learnt again on all of them. Least squares with a small ridge, as in a
//! decision-directed linear equaliser (Proakis, Digital Communications, chapter 9).

#![expect(clippy::indexing_slicing, reason = "indices are below WEIGHTS, or within the border that was sampled")]

use super::sample::{BORDER, Samples};
use crate::qr::code::Layout;
use crate::scratch::Scratch;

/// Modules each way that a filter reaches: all that was sampled about a symbol.
const REACH: usize = BORDER;
/// Ten classes of places and a constant.
const WEIGHTS: usize = 11;
/// Keeps weights small that the known modules do not settle.
const RIDGE: f64 = 1e-3;
/// Rounds in which every module teaches, as it was decided.
const ROUNDS: usize = 2;

/// Darkness of each module, row by row, about -1 to 1; `None` where the known modules do not settle the filter.
pub(in crate::qr) fn equalised(samples: &Samples, layout: &Layout) -> Option<Scratch<f32>> {
    let size = layout.size();
    let seen = &samples.values;
    let wide = size + 2 * BORDER;
    let features: Scratch<[f64; WEIGHTS]> =
        (0..size * size).map(|i| features(seen, wide, i % size, i / size)).collect();
    let known = (0..size * size).map(|i| layout.fixed(i % size, i / size).map(|dark| if dark { 1.0 } else { -1.0 }));
    let known: Scratch<Option<f64>> = known.collect();

    let mut targets = known.clone();
    let mut weights = learn(&features, &targets)?;
    for _ in 0..ROUNDS {
        for ((target, known), feature) in targets.iter_mut().zip(known.iter()).zip(features.iter()) {
            *target = known.or_else(|| Some(apply(&weights, feature).signum()));
        }
        weights = learn(&features, &targets)?;
    }
    Some(features.iter().map(|feature| apply(&weights, feature) as f32).collect())
}

/// Sums over the places of each class, and 1.
fn features(seen: &[f32], wide: usize, column: usize, row: usize) -> [f64; WEIGHTS] {
    let mut sums = [0.0; WEIGHTS];
    for y in 0..=2 * REACH {
        for x in 0..=2 * REACH {
            let value = seen[(row + y) * wide + column + x];
            sums[class(x.abs_diff(REACH), y.abs_diff(REACH))] += f64::from(value);
        }
    }
    sums[WEIGHTS - 1] = 1.0;
    sums
}

/// 0 to 9, for distances 0 to 3 each way; the same for mirrored and turned places.
fn class(x: usize, y: usize) -> usize {
    let (near, far) = (x.min(y), x.max(y));
    far * (far + 1) / 2 + near
}

fn apply(weights: &[f64; WEIGHTS], feature: &[f64; WEIGHTS]) -> f64 {
    weights.iter().zip(feature).map(|(weight, value)| weight * value).sum()
}

/// Least squares over the modules that have a target; `None` where they do not settle the weights.
fn learn(features: &[[f64; WEIGHTS]], targets: &[Option<f64>]) -> Option<[f64; WEIGHTS]> {
    let mut matrix = [[0.0; WEIGHTS + 1]; WEIGHTS];
    let mut count = 0.0;
    for (feature, target) in features.iter().zip(targets) {
        let Some(target) = target else { continue };
        count += 1.0;
        for (row, left) in matrix.iter_mut().zip(feature) {
            for (cell, right) in row.iter_mut().zip(feature) {
                *cell += left * right;
            }
            row[WEIGHTS] += left * target;
        }
    }
    for (i, row) in matrix.iter_mut().enumerate() {
        row[i] += RIDGE * count;
    }
    solve(matrix)
}

/// Gauss's elimination with the largest pivot.
fn solve(mut matrix: [[f64; WEIGHTS + 1]; WEIGHTS]) -> Option<[f64; WEIGHTS]> {
    for i in 0..WEIGHTS {
        let pivot = (i..WEIGHTS).max_by(|&a, &b| matrix[a][i].abs().total_cmp(&matrix[b][i].abs()))?;
        if matrix[pivot][i].abs() < 1e-12 {
            return None;
        }
        matrix.swap(i, pivot);
        let pivot_row = matrix[i];
        for row in &mut matrix[i + 1..] {
            let factor = row[i] / pivot_row[i];
            for (cell, above) in row.iter_mut().zip(pivot_row).skip(i) {
                *cell -= factor * above;
            }
        }
    }
    let mut solution = [0.0; WEIGHTS];
    for i in (0..WEIGHTS).rev() {
        let rest: f64 = (i + 1..WEIGHTS).map(|k| matrix[i][k] * solution[k]).sum();
        solution[i] = (matrix[i][WEIGHTS] - rest) / matrix[i][i];
    }
    Some(solution)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_classes_of_places() {
        let mut seen = [0; WEIGHTS - 1];
        for (x, y) in (0..=6_usize).flat_map(|y| (0..=6_usize).map(move |x| (x, y))) {
            seen[class(x.abs_diff(3), y.abs_diff(3))] += 1;
        }
        assert_eq!(seen, [1, 4, 4, 4, 8, 4, 4, 8, 8, 4]);
    }

    #[test]
    fn a_filter_that_blurred_is_undone() {
        // One row of modules seen through a neighbour's share of .26 each way: the filter must sharpen.
        let modules: Vec<f64> = (0..400).map(|i| if (i * i / 7 + i / 3) % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let feature = |i: usize| {
            let mut feature = [0.0; WEIGHTS];
            feature[0] = 0.48 * modules[i] + 0.26 * (modules[i - 1] + modules[i + 1]);
            feature[1] =
                0.48 * (modules[i - 1] + modules[i + 1]) + 0.26 * (2.0 * modules[i] + modules[i - 2] + modules[i + 2]);
            feature[WEIGHTS - 1] = 1.0;
            feature
        };
        let features: Vec<_> = (2..398).map(feature).collect();
        let targets: Vec<_> = modules[2..398].iter().map(|&value| Some(value)).collect();
        let weights = learn(&features, &targets).unwrap();
        let wrong =
            |values: Vec<f64>| values.iter().zip(&modules[2..]).filter(|(v, m)| (**v > 0.0) != (**m > 0.0)).count();
        let before = wrong(features.iter().map(|feature| feature[0]).collect());
        let after = wrong(features.iter().map(|feature| apply(&weights, feature)).collect());
        assert!(before > 20 && 10 * after < before, "{before} wrong, then {after}");
    }
}
