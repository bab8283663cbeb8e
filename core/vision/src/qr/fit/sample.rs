//! What each module of a fitted grid looks like.

use super::climb::Fit;
use super::patch::Patch;

/// Five points of a module are averaged: its centre and four about it, modules.
const SPREAD: f32 = 0.2;

/// How samples become modules.
#[derive(Debug, Clone, Copy)]
pub(in crate::qr) struct Sampling {
    /// Share of each neighbour that blur has leaked into a module.
    pub(in crate::qr) leak: f32,
    /// Modules each way whose mean and middle make the threshold; none: 0.
    pub(in crate::qr) radius: Option<usize>,
}

impl Sampling {
    /// Darkness of each module, from what was sampled of a symbol of `size` modules a side.
    pub(in crate::qr) fn apply(self, sampled: &[f32], size: usize) -> Vec<f32> {
        let unmixed = if self.leak > 0.0 { unmixed(sampled, size, self.leak) } else { sampled.to_vec() };
        match self.radius {
            Some(radius) => levelled(&unmixed, size, radius),
            None => unmixed,
        }
    }
}

/// Darkness of each module, row by row; empty where the grid is degenerate.
pub(in crate::qr) fn sample(patch: &Patch, fit: &Fit) -> Vec<f32> {
    sample_about(patch, fit, 0)
}

/// Means of five points of each module, and of as many modules about the symbol on each side as `border` says.
pub(super) fn sample_about(patch: &Patch, fit: &Fit, border: usize) -> Vec<f32> {
    let wide = fit.grid.size + 2 * border;
    let Some(placement) = fit.grid.placement() else { return Vec::new() };
    let mut values = Vec::with_capacity(wide * wide);
    for (row, column) in (0..wide).flat_map(|row| (0..wide).map(move |column| (row, column))) {
        let place = |i: usize| i as f32 - border as f32 + 0.5;
        let (u, v) = (place(column), place(row));
        let points = [(0.0, 0.0), (SPREAD, 0.0), (-SPREAD, 0.0), (0.0, SPREAD), (0.0, -SPREAD)];
        let sum: f32 = points.iter().map(|(du, dv)| patch.at(placement.map(u + du, v + dv))).sum();
        values.push(sum / points.len() as f32);
    }
    values
}

/// Takes out what the four neighbours leaked in; beyond the border it is light.
fn unmixed(values: &[f32], size: usize, leak: f32) -> Vec<f32> {
    let light = -1.0;
    let at = |column: Option<usize>, row: Option<usize>| {
        column
            .zip(row)
            .filter(|(column, row)| *column < size && *row < size)
            .map_or(light, |(column, row)| values.get(row * size + column).copied().unwrap_or(light))
    };
    let places = (0..size).flat_map(|row| (0..size).map(move |column| (row, column)));
    places
        .map(|(row, column)| {
            let (here_c, here_r) = (Some(column), Some(row));
            let neighbours = at(column.checked_sub(1), here_r)
                + at(Some(column + 1), here_r)
                + at(here_c, row.checked_sub(1))
                + at(here_c, Some(row + 1));
            (at(here_c, here_r) - leak * neighbours) / (1.0 - leak)
        })
        .collect()
}

/// Less a threshold between the local mean and the middle of the local extremes.
fn levelled(values: &[f32], size: usize, radius: usize) -> Vec<f32> {
    let places = (0..size).flat_map(|row| (0..size).map(move |column| (row, column)));
    places
        .map(|(row, column)| {
            let (mut least, mut most, mut sum, mut count) = (f32::MAX, f32::MIN, 0.0, 0.0);
            for y in row.saturating_sub(radius)..(row + radius + 1).min(size) {
                let from = y * size + column.saturating_sub(radius);
                let to = y * size + (column + radius + 1).min(size);
                for value in values.get(from..to).unwrap_or_default() {
                    least = least.min(*value);
                    most = most.max(*value);
                    sum += value;
                    count += 1.0;
                }
            }
            let here = values.get(row * size + column).copied().unwrap_or_default();
            here - f32::midpoint(sum / count, f32::midpoint(least, most))
        })
        .collect()
}
