//! Dark or light: a pixel is compared with the mean of its neighbourhood.
//!
//! Means of blocks are smoothed over 3 x 3 blocks and lowered a little, so that flat ground counts as light. The
//! threshold is constant in each block: it costs next to nothing.

use crate::Plane;

/// A threshold for each pixel.
#[derive(Debug)]
pub(in crate::qr) struct Threshold {
    block: usize,
    columns: usize,
    values: Vec<i16>,
}

impl Threshold {
    /// `block`: side of a block, pixels; the neighbourhood is three times as wide. `bias`: grey levels below the mean.
    pub(in crate::qr) fn new(plane: &Plane<'_>, block: usize, bias: i16) -> Self {
        let block = block.max(1);
        let (columns, rows) = (plane.width().div_ceil(block), plane.height().div_ceil(block));
        let means = block_means(plane, block, columns, rows);
        let mut values = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                values.push(smooth(&means, columns, rows, column, row) - bias);
            }
        }
        Self { block, columns, values }
    }

    /// At a pixel; 0 outside.
    pub(in crate::qr) fn at(&self, x: usize, y: usize) -> i16 {
        self.values.get(y / self.block * self.columns + x / self.block).copied().unwrap_or_default()
    }

    /// Of the blocks along row `y`, and the width of a block.
    pub(in crate::qr) fn row(&self, y: usize) -> (&[i16], usize) {
        let start = y / self.block * self.columns;
        (self.values.get(start..start + self.columns).unwrap_or_default(), self.block)
    }
}

fn block_means(plane: &Plane<'_>, block: usize, columns: usize, rows: usize) -> Vec<i16> {
    let mut means = Vec::with_capacity(columns * rows);
    let mut sums = vec![0_u32; columns];
    for row in 0..rows {
        sums.fill(0);
        let (top, bottom) = (row * block, ((row + 1) * block).min(plane.height()));
        for y in top..bottom {
            for (sum, pixels) in sums.iter_mut().zip(plane.row(y).chunks(block)) {
                *sum += pixels.iter().map(|&v| u32::from(v)).sum::<u32>();
            }
        }
        means.extend(sums.iter().enumerate().map(|(column, sum)| {
            let width = block.min(plane.width() - column * block);
            (sum / (width * (bottom - top)) as u32) as i16
        }));
    }
    means
}

/// Mean over 3 x 3 blocks; the border repeats.
fn smooth(means: &[i16], columns: usize, rows: usize, column: usize, row: usize) -> i16 {
    let near = |i: usize, end: usize| [i.saturating_sub(1), i, (i + 1).min(end - 1)];
    let mut sum = 0;
    for y in near(row, rows) {
        for x in near(column, columns) {
            sum += means.get(y * columns + x).copied().unwrap_or_default();
        }
    }
    sum / 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_ground_is_light() {
        let plane = Plane::owned(vec![100; 20 * 30], 20, 30);
        let threshold = Threshold::new(&plane, 8, 8);
        assert!((0..30).all(|y| (0..20).all(|x| threshold.at(x, y) == 92)));
    }
}
