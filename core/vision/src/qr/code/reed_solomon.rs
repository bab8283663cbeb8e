//! Reed-Solomon correction of one block, with erasures: codewords known to be doubtful cost half as much as errors.
//!
//! A block with `n` check codewords has room for `t` errors and `e` erasures where `2 t + e <= n`. Berlekamp-Massey with the
//! erasures as its start, roots by trial, magnitudes after Forney (Blahut, Algebraic Codes for Data Transmission, 7.4).

#![expect(clippy::indexing_slicing, reason = "all polynomials have MAX_CHECKS + 1 terms; indices stay below checks")]

use super::field::{divided, power, times};

/// Codewords in the largest block; check codewords in a block at most.
const MAX_BLOCK: usize = 255;
const MAX_CHECKS: usize = 30;

type Polynomial = [u8; MAX_CHECKS + 1];

/// Corrects `block`, whose last `checks` codewords are checks, in place. `erased` are places in the block. Returns how many
/// codewords outside the erasures were wrong; `None` where it can't be corrected with `2 t + e <= budget`, and then the
/// block is unchanged.
pub(super) fn correct(block: &mut [u8], checks: usize, erased: &[usize], budget: usize) -> Option<usize> {
    if checks > MAX_CHECKS || block.len() > MAX_BLOCK || erased.len() > budget.min(checks) {
        return None;
    }
    let syndromes = syndromes(block, checks);
    if syndromes.iter().all(|&s| s == 0) {
        return Some(0);
    }
    let (locator, degree) = locate(&syndromes, checks, block.len(), erased);
    let errors = degree.checked_sub(erased.len())?;
    if 2 * errors + erased.len() > budget {
        return None;
    }
    let places = roots(&locator, degree, block.len())?;
    let mut corrected = [0; MAX_BLOCK];
    let corrected = corrected.get_mut(..block.len())?;
    corrected.copy_from_slice(block);
    let evaluator = evaluator(&syndromes, &locator, checks);
    for &place in places.get(..degree)? {
        let position = block.len() - 1 - place;
        *corrected.get_mut(place)? ^= magnitude(&evaluator, &locator, position)?;
    }
    if self::syndromes(corrected, checks).iter().any(|&s| s != 0) {
        return None;
    }
    block.copy_from_slice(corrected);
    Some(errors)
}

/// The received polynomial at the generator's roots; all zero for a codeword.
fn syndromes(block: &[u8], checks: usize) -> Polynomial {
    let mut syndromes = [0; MAX_CHECKS + 1];
    for (i, syndrome) in syndromes.iter_mut().take(checks).enumerate() {
        *syndrome = block.iter().fold(0, |sum, &word| times(sum, power(i)) ^ word);
    }
    syndromes
}

/// The locator polynomial, lowest coefficient first, and its degree. Its roots are the inverses of `2^position`, positions
/// counted from the block's end.
fn locate(syndromes: &Polynomial, checks: usize, length: usize, erased: &[usize]) -> (Polynomial, usize) {
    let mut locator = [0; MAX_CHECKS + 1];
    locator[0] = 1;
    for &place in erased {
        let root = power(length.saturating_sub(1 + place));
        for i in (1..=MAX_CHECKS).rev() {
            locator[i] ^= times(locator[i - 1], root);
        }
    }
    let mut previous = locator;
    let mut degree = erased.len();
    for step in erased.len()..checks {
        // By how much the next syndrome differs from what the locator predicts.
        let discrepancy = (0..=step).fold(0, |sum, i| sum ^ times(locator[i], syndromes[step - i]));
        previous.copy_within(..MAX_CHECKS, 1);
        previous[0] = 0;
        if discrepancy == 0 {
            continue;
        }
        let current = locator;
        for (term, shifted) in locator.iter_mut().zip(previous) {
            *term ^= times(discrepancy, shifted);
        }
        if 2 * degree <= step + erased.len() {
            degree = step + 1 + erased.len() - degree;
            previous = current.map(|term| divided(term, discrepancy));
        }
    }
    (locator, degree)
}

/// Places in the block where the locator vanishes: exactly as many as its degree, else the block is beyond repair.
fn roots(locator: &Polynomial, degree: usize, length: usize) -> Option<[usize; MAX_CHECKS]> {
    let mut places = [0; MAX_CHECKS];
    let mut found = 0;
    for position in 0..length {
        let inverse = 255 - position % 255;
        let value = locator.iter().enumerate().fold(0, |sum, (i, &term)| sum ^ times(term, power(i * inverse)));
        if value == 0 {
            *places.get_mut(found)? = length - 1 - position;
            found += 1;
        }
    }
    (found == degree && degree > 0).then_some(places)
}

/// Syndromes times locator, without the powers from `checks` on.
fn evaluator(syndromes: &Polynomial, locator: &Polynomial, checks: usize) -> Polynomial {
    let mut product = [0; MAX_CHECKS + 1];
    for (i, term) in product.iter_mut().take(checks).enumerate() {
        *term = (0..=i).fold(0, |sum, k| sum ^ times(syndromes[k], locator[i - k]));
    }
    product
}

/// What was added at a position (Forney): X E(1/X) / L'(1/X); L' keeps the odd terms.
fn magnitude(evaluator: &Polynomial, locator: &Polynomial, position: usize) -> Option<u8> {
    let inverse = 255 - position % 255;
    let value = evaluator.iter().enumerate().fold(0, |sum, (i, &term)| sum ^ times(term, power(i * inverse)));
    let odd = locator.iter().enumerate().skip(1).step_by(2);
    let derivative = odd.fold(0, |sum, (i, &term)| sum ^ times(term, power((i - 1) * inverse)));
    (derivative != 0).then(|| times(power(position), divided(value, derivative)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Appends checks: the remainder by the generator polynomial.
    fn encode(data: &[u8], checks: usize) -> Vec<u8> {
        let mut generator = vec![1];
        for i in 0..checks {
            let mut next = vec![0; generator.len() + 1];
            for (k, &term) in generator.iter().enumerate() {
                next[k] ^= term;
                next[k + 1] ^= times(term, power(i));
            }
            generator = next;
        }
        let mut remainder = vec![0; checks];
        for &word in data {
            let factor = word ^ remainder[0];
            remainder.rotate_left(1);
            remainder[checks - 1] = 0;
            for (r, &g) in remainder.iter_mut().zip(&generator[1..]) {
                *r ^= times(g, factor);
            }
        }
        [data, &remainder].concat()
    }

    proptest! {
        #[test]
        fn whatever_fits_the_budget_is_corrected(
            data in prop::collection::vec(any::<u8>(), 1..120), checks in 4..=30_usize,
            places in prop::sample::subsequence((0..124).collect::<Vec<usize>>(), 0..30), flips in prop::collection::vec(1..=255_u8, 30),
            erasures in 0..30_usize,
        ) {
            let good = encode(&data, checks);
            let places: Vec<usize> = places.into_iter().filter(|place| *place < good.len()).collect();
            let erased = &places[..erasures.min(places.len())];
            let errors = places.len() - erased.len();
            let mut block = good.clone();
            for (place, flip) in places.iter().zip(&flips) {
                block[*place] ^= flip;
            }
            let damaged = block.clone();
            match correct(&mut block, checks, erased, checks) {
                Some(found) if 2 * errors + erased.len() <= checks => {
                    prop_assert_eq!(&block, &good);
                    prop_assert_eq!(found, errors);
                }
                // Beyond the budget another codeword may be nearer: that is what margins are for.
                Some(_) => prop_assert!(syndromes(&block, checks).iter().all(|&s| s == 0)),
                None => {
                    prop_assert!(2 * errors + erased.len() > checks);
                    prop_assert_eq!(block, damaged);
                }
            }
        }
    }

    #[test]
    fn an_erasure_that_was_right_does_no_harm() {
        let good = encode(&[1, 2, 3, 4, 5], 10);
        let mut block = good.clone();
        block[0] ^= 0x4D;
        assert_eq!(correct(&mut block, 10, &[3, 4], 10), Some(1));
        assert_eq!(block, good);
    }
}
