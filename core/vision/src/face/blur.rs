//! Blur of small square pictures.

use crate::scratch::Scratch;

/// The mean of each pixel's neighbours up to `half` pixels away each way; beyond the rim it goes on.
pub(super) fn boxed(pixels: &[f32], side: usize, half: usize) -> Scratch<f32> {
    across(&across(pixels, side, half), side, half)
}

/// [`boxed`] so many times, which is close to a Gaussian with a variance of `times * (half * half + half) / 3`.
pub(super) fn blurred(pixels: &[f32], side: usize, half: usize, times: usize) -> Scratch<f32> {
    (1..times).fold(boxed(pixels, side, half), |blurred, _| boxed(&blurred, side, half))
}

/// Weights 1, 2, 1 each way: takes the grain off.
pub(super) fn smoothed(pixels: &[f32], side: usize) -> Scratch<f32> {
    let row = |y: usize| pixels.get(y * side..(y + 1) * side).unwrap_or_default();
    let across = |y: usize| {
        let row = row(y);
        let (first, last) = (row.first().copied().unwrap_or_default(), row.last().copied().unwrap_or_default());
        let left = std::iter::once(first).chain(row.iter().copied());
        let right = row.iter().copied().skip(1).chain(std::iter::once(last));
        left.zip(row).zip(right).map(|((a, b), c)| a + 2.0 * b + c)
    };
    let mut smooth = Scratch::with_capacity(side * side);
    for y in 0..side {
        let rows = across(y.saturating_sub(1)).zip(across(y)).zip(across((y + 1).min(side - 1)));
        smooth.extend(rows.map(|((a, b), c)| (a + 2.0 * b + c) / 16.0));
    }
    smooth
}

/// Each pixel the mean of four.
pub(super) fn halved(pixels: &[f32], side: usize) -> Scratch<f32> {
    let mut small = Scratch::with_capacity(side * side / 4);
    let row = |y: usize| pixels.get(y * side..(y + 1) * side).unwrap_or_default().as_chunks::<2>().0;
    for y in 0..side / 2 {
        let pairs = row(2 * y).iter().zip(row(2 * y + 1));
        small.extend(pairs.map(|(&[a, b], &[c, d])| (a + b + c + d) / 4.0));
    }
    small
}

/// Along rows; transposed, so that the next one goes along columns.
fn across(pixels: &[f32], side: usize, half: usize) -> Scratch<f32> {
    let mut turned = Scratch::filled(0.0, side * side);
    let (width, reach) = ((2 * half + 1) as f32, half.cast_signed());
    for (y, row) in pixels.chunks(side.max(1)).enumerate() {
        let at = |x: isize| row.get(x.clamp(0, side.cast_signed() - 1).unsigned_abs()).copied().unwrap_or_default();
        let mut sum: f32 = (-reach..=reach).map(at).sum();
        for x in 0..side {
            if let Some(to) = turned.get_mut(x * side + y) {
                *to = sum / width;
            }
            let x = x.cast_signed();
            sum += at(x + reach + 1) - at(x - reach);
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_means_of_four_and_smoothing_spreads_a_point() {
        let picture: Vec<f32> = vec![0.0, 4.0, 8.0, 8.0, 8.0, 12.0, 8.0, 8.0, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 2.0, 2.0];
        assert_eq!(halved(&picture, 4).as_slice(), [6.0, 8.0, 1.0, 2.0]);
        let point = [0.0, 0.0, 0.0, 0.0, 160.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(smoothed(&point, 3).as_slice(), [10.0, 20.0, 10.0, 20.0, 40.0, 20.0, 10.0, 20.0, 10.0]);
    }

    #[test]
    fn a_point_spreads_into_a_square_and_what_is_flat_stays() {
        let mut point = vec![0.0; 49];
        point[3 * 7 + 2] = 9.0;
        let spread = boxed(&point, 7, 1);
        assert!((0..49).all(|i| {
            let near = (i % 7_usize).abs_diff(2) <= 1 && (i / 7_usize).abs_diff(3) <= 1;
            (spread[i] - if near { 1.0 } else { 0.0 }).abs() < 1e-5
        }));
        assert!(blurred(&[5.0; 49], 7, 2, 3).iter().all(|value| (value - 5.0).abs() < 1e-4));
    }
}
