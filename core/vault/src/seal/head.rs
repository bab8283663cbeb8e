//! The `head` file: which commit is the newest that was acknowledged. Beside the database, so that no damage takes both in silence.

use zeroize::Zeroizing;

use super::crypto::Refused;
use super::{Place, open, seal};
use crate::keys::Keyring;
use citizen_encoding::{Reader, Writer};

const PLACE: Place<'static> = Place { tree: "/head", key: b"" };

/// The newest acknowledged commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) generation: u64,
    /// SHA-256 of its commit record as stored.
    pub(crate) commit: [u8; 32],
}

impl Head {
    pub(crate) fn seal(&self, keys: &Keyring) -> Result<Vec<u8>, Refused> {
        let text = Writer::default().u64(self.generation).raw(&self.commit).done();
        seal(keys, PLACE, self.generation, Zeroizing::new(text))
    }

    pub(crate) fn open(keys: &Keyring, sealed: &[u8]) -> Result<Self, Refused> {
        let text = open(keys, PLACE, sealed)?;
        let mut reader = Reader::new(&text);
        let mut parse = || Some(Self { generation: reader.u64()?, commit: reader.array()? });
        let head = parse().ok_or(Refused)?;
        reader.end().ok_or(Refused)?;
        Ok(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_refused() {
        let keys = Keyring::for_tests();
        let head = Head { generation: 9, commit: [5; 32] };
        let sealed = head.seal(&keys).unwrap();
        assert_eq!(Head::open(&keys, &sealed), Ok(head));
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Head::open(&keys, &flipped), Err(Refused), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(Head::open(&keys, &sealed[..length]), Err(Refused), "length {length}");
        }
    }
}
