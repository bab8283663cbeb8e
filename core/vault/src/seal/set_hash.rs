//! A hash of a set of rows that changes with each row by little work: the sum of their keyed hashes modulo 2^256.
//!
//! Who does not know the key can't find two sets of one sum; stored sealed only, so no sum is ever seen.

use ring::hmac;

use super::crypto::mac;
use citizen_encoding::length;

/// The sum, its lowest 64 bits first.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct SetHash([u64; 4]);

/// Not the sum: it is stored sealed only, and shown nowhere.
impl std::fmt::Debug for SetHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetHash(..)")
    }
}

impl SetHash {
    /// The hash of one row as it is stored.
    pub(crate) fn of_row(key: &hmac::Key, tree: &str, sled_key: &[u8], record: &[u8]) -> Self {
        let tree = tree.as_bytes();
        let parts = [&length(tree), tree, &length(sled_key), sled_key, &length(record), record];
        Self::from_bytes(mac(key, &parts))
    }

    pub(crate) fn from_bytes(bytes: [u8; 32]) -> Self {
        let mut limbs = [0; 4];
        for (limb, chunk) in limbs.iter_mut().zip(bytes.as_chunks::<8>().0.iter().rev()) {
            *limb = u64::from_be_bytes(*chunk);
        }
        Self(limbs)
    }

    pub(crate) fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (chunk, limb) in bytes.as_chunks_mut::<8>().0.iter_mut().rev().zip(self.0) {
            *chunk = limb.to_be_bytes();
        }
        bytes
    }

    pub(crate) fn add(&mut self, other: Self) {
        let mut carry = false;
        for (limb, more) in self.0.iter_mut().zip(other.0) {
            let (sum, first) = limb.overflowing_add(more);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            (*limb, carry) = (sum, first || second);
        }
    }

    pub(crate) fn subtract(&mut self, other: Self) {
        let mut borrow = false;
        for (limb, less) in self.0.iter_mut().zip(other.0) {
            let (rest, first) = limb.overflowing_sub(less);
            let (rest, second) = rest.overflowing_sub(u64::from(borrow));
            (*limb, borrow) = (rest, first || second);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_added_and_taken_away_in_any_order_leaves_no_trace(rows in prop::collection::vec(any::<[u8; 32]>(), 0..8)) {
            let mut sum = SetHash::default();
            for row in &rows {
                sum.add(SetHash::from_bytes(*row));
            }
            prop_assert_eq!(SetHash::from_bytes(sum.to_bytes()).0, sum.0);
            for row in rows.iter().rev() {
                sum.subtract(SetHash::from_bytes(*row));
            }
            prop_assert!(sum == SetHash::default());
        }
    }

    #[test]
    fn carries_go_through_all_limbs() {
        let mut sum = SetHash::from_bytes([0xff; 32]);
        let mut one = [0; 32];
        one[31] = 1;
        sum.add(SetHash::from_bytes(one));
        assert!(sum == SetHash::default());
        sum.subtract(SetHash::from_bytes(one));
        assert_eq!(sum.to_bytes(), [0xff; 32]);
    }
}
