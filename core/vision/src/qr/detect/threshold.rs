//! Dark or light: a pixel is compared with the mean of its neighbourhood.
//!
//! Means of blocks are smoothed over 3 x 3 blocks and lowered a little, so that flat ground counts as light. The
//! threshold is constant in each block: it costs next to nothing.

use crate::Plane;
use crate::scratch::Scratch;

/// Rows of a block that are looked at.
const ROW_STEP: usize = 2;
/// The block that frames are searched with as they are, pixels.
const USUAL: usize = 8;

/// A threshold for each pixel.
#[derive(Debug)]
pub(in crate::qr) struct Threshold {
    block: usize,
    columns: usize,
    values: Scratch<i16>,
}

impl Threshold {
    /// `block`: side of a block, pixels; the neighbourhood is three times as wide. `bias`: grey levels below the mean.
    pub(in crate::qr) fn new(plane: &Plane<'_>, block: usize, bias: i16) -> Self {
        let block = block.max(1);
        let (columns, rows) = (plane.width().div_ceil(block), plane.height().div_ceil(block));
        let means = block_means(plane, block, columns, rows);
        let mut values = Scratch::with_capacity(columns * rows);
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

fn block_means(plane: &Plane<'_>, block: usize, columns: usize, rows: usize) -> Scratch<i16> {
    let mut means = Scratch::with_capacity(columns * rows);
    let mut sums = Scratch::filled(0_u32, columns);
    for row in 0..rows {
        sums.fill(0);
        let (top, bottom) = (row * block, ((row + 1) * block).min(plane.height()));
        // Every second row is enough for a mean.
        let rows = (top..bottom).step_by(ROW_STEP);
        let count = rows.len();
        for y in rows {
            add_blocks(&mut sums, plane.row(y), block);
        }
        means.extend(sums.iter().enumerate().map(|(column, sum)| {
            let width = block.min(plane.width() - column * block);
            (sum / (width * count) as u32) as i16
        }));
    }
    means
}

/// Adds each block's part of a row to its sum.
fn add_blocks(sums: &mut [u32], row: &[u8], block: usize) {
    let sum = |pixels: &[u8]| pixels.iter().map(|&v| u32::from(v)).sum::<u32>();
    // The usual block by itself: with its size known the compiler adds eight pixels at once.
    if block == USUAL {
        let (blocks, rest) = row.as_chunks::<USUAL>();
        for (total, pixels) in sums.iter_mut().zip(blocks) {
            *total += sum(pixels);
        }
        if let Some(last) = sums.get_mut(blocks.len()) {
            *last += sum(rest);
        }
        return;
    }
    for (total, pixels) in sums.iter_mut().zip(row.chunks(block)) {
        *total += sum(pixels);
    }
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
        let plane = Plane::owned(Scratch::filled(100, 20 * 30), 20, 30);
        let threshold = Threshold::new(&plane, 8, 8);
        assert!((0..30).all(|y| (0..20).all(|x| threshold.at(x, y) == 92)));
    }
}
