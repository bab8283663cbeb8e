//! Where chance comes from: one PCG stream for each use of a seed, so that a new draw in one place moves no other.

use rand::Rng;
use rand_pcg::Pcg64;

/// What a stream of random numbers is for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Specimen = 1,
    Desk = 2,
    Sensor = 3,
    Burst = 4,
    Nuisance = 5,
    Selfie = 6,
    Tremble = 7,
    Faceless = 8,
}

/// The stream of `seed` for one purpose.
pub(crate) fn stream(seed: u64, purpose: Purpose) -> Pcg64 {
    Pcg64::new(seed.into(), purpose as u128)
}

/// A normal deviate (mean 0, deviation 1) after Irwin and Hall: the sum of eight uniform 16-bit numbers. Integer sums are the
/// same on each machine, which Box and Muller's logarithm and cosine are not. The tails end at 4.9 deviations: one pixel in
/// a million would be further out.
pub(crate) fn gaussian(rng: &mut impl Rng) -> f32 {
    const MEAN: f32 = 8.0 * 32_767.5;
    /// 65536 * sqrt(8 / 12): a uniform number has the variance 1/12 of its squared width.
    const DEVIATION: f32 = 53_509.9;
    let sum = lanes(rng.next_u64()) + lanes(rng.next_u64());
    (sum as f32 - MEAN) / DEVIATION
}

/// Sum of the four 16-bit numbers in a word.
fn lanes(word: u64) -> u32 {
    (0..4).map(|lane| u32::from((word >> (16 * lane)) as u16)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaussian_has_mean_zero_and_deviation_one() {
        let mut rng = stream(1, Purpose::Sensor);
        let draws: Vec<f32> = (0..100_000).map(|_| gaussian(&mut rng)).collect();
        let mean = draws.iter().sum::<f32>() / 1e5;
        let variance = draws.iter().map(|d| d * d).sum::<f32>() / 1e5;
        // Standard errors: 0.003 for the mean, 0.0045 for the variance; four of each.
        assert!(mean.abs() < 0.013, "{mean}");
        assert!((variance - 1.0).abs() < 0.018, "{variance}");
    }
}
