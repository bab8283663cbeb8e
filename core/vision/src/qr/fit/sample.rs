//! What each module of a fitted grid looks like.

use super::climb::Fit;
use super::grid::Grid;
use super::patch::Patch;
use crate::Point;
use crate::scratch::Scratch;

/// Five points of a module are averaged: its centre and four about it, modules.
const SPREAD: f32 = 0.2;

/// Modules about a symbol that are sampled too: what blur mixes into its outermost modules.
pub(in crate::qr) const BORDER: usize = 3;

/// What the modules of a symbol look like, dark positive, and [`BORDER`] modules about it.
#[derive(Debug)]
pub(in crate::qr) struct Samples {
    /// Row by row.
    pub(super) values: Scratch<f32>,
    /// Modules on a side of the symbol.
    size: usize,
}

impl Samples {
    /// Means of five points of each module; `None` where the grid is degenerate.
    pub(in crate::qr) fn new(patch: &Patch, fit: &Fit) -> Option<Self> {
        Self::of_grid(patch, &fit.grid)
    }

    /// The same without a version.
    pub(in crate::qr) fn of_grid(patch: &Patch, grid: &Grid) -> Option<Self> {
        let size = grid.size;
        let wide = size + 2 * BORDER;
        let placement = grid.placement()?;
        let mut values = Scratch::with_capacity(wide * wide);
        for (row, column) in (0..wide).flat_map(|row| (0..wide).map(move |column| (row, column))) {
            let place = |i: usize| i as f32 - BORDER as f32 + 0.5;
            let (u, v) = (place(column), place(row));
            let (middle, right, below) =
                (placement.map(u, v), placement.map(u + SPREAD, v), placement.map(u, v + SPREAD));
            // In a module a perspective is straight: left and above mirror right and below.
            let mirrored = |p: Point| Point { x: 2.0 * middle.x - p.x, y: 2.0 * middle.y - p.y };
            let points = [middle, right, mirrored(right), below, mirrored(below)];
            values.push(points.iter().map(|point| patch.at(*point)).sum::<f32>() / points.len() as f32);
        }
        Some(Self { values, size })
    }

    /// Those of the symbol itself.
    pub(in crate::qr) fn inner(&self) -> Scratch<f32> {
        let rows = self.values.chunks_exact(self.size + 2 * BORDER).skip(BORDER).take(self.size);
        let mut inner = Scratch::with_capacity(self.size * self.size);
        rows.for_each(|row| inner.extend(row.iter().skip(BORDER).take(self.size)));
        inner
    }
}

/// How samples become modules.
#[derive(Debug, Clone, Copy)]
pub(in crate::qr) struct Sampling {
    /// Share of each neighbour that blur has leaked into a module.
    pub(in crate::qr) leak: f32,
    /// Modules each way whose mean and middle make the threshold; none: 0.
    pub(in crate::qr) radius: Option<usize>,
}

impl Sampling {
    /// Darkness of each module of the symbol.
    pub(in crate::qr) fn apply(self, samples: &Samples) -> Scratch<f32> {
        let sampled = samples.inner();
        let unmixed = if self.leak > 0.0 { unmixed(&sampled, samples.size, self.leak) } else { sampled };
        match self.radius {
            Some(radius) => levelled(&unmixed, samples.size, radius),
            None => unmixed,
        }
    }
}

/// Takes out what the four neighbours leaked in; beyond the border it is light.
fn unmixed(values: &[f32], size: usize, leak: f32) -> Scratch<f32> {
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
fn levelled(values: &[f32], size: usize, radius: usize) -> Scratch<f32> {
    // First along rows, then along columns of what came out: a square's extremes and sums are those of its rows.
    let near = |i: usize| i.saturating_sub(radius)..(i + radius + 1).min(size);
    let in_rows: Scratch<Local> = (0..size * size)
        .map(|i| {
            let row = i - i % size;
            let values = near(i % size).filter_map(|column| values.get(row + column));
            values.fold(Local::NONE, |local, &value| {
                local.with(Local { least: value, most: value, sum: value, count: 1.0 })
            })
        })
        .collect();
    let levelled = values.iter().enumerate().map(|(i, value)| {
        let rows = near(i / size).filter_map(|row| in_rows.get(row * size + i % size));
        let Local { least, most, sum, count } = rows.fold(Local::NONE, |local, row| local.with(*row));
        value - f32::midpoint(sum / count, f32::midpoint(least, most))
    });
    levelled.collect()
}

/// What is about a module.
#[derive(Debug, Clone, Copy)]
struct Local {
    least: f32,
    most: f32,
    sum: f32,
    count: f32,
}

impl Local {
    const NONE: Self = Self { least: f32::MAX, most: f32::MIN, sum: 0.0, count: 0.0 };

    fn with(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
            sum: self.sum + other.sum,
            count: self.count + other.count,
        }
    }
}
