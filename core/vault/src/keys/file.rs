//! The key file: each epoch's keys, wrapped by a key of the phone's key store.
//!
//! `EIDK`, version 1, the number of epochs (u32), for each its number (u32), LP(alias), LP(wrapped keys); SHA-256 of all that. The hash
//! tells damage from a key store that refuses; it protects nothing, the wrapping does.

use crate::seal::crypto::sha256;
use citizen_encoding::{Reader, Writer};

const MAGIC: [u8; 4] = *b"EIDK";
const VERSION: u8 = 1;
/// More than a rotation under way ever leaves.
const MOST_EPOCHS: u32 = 16;

/// One epoch's keys as the key store wrapped them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    pub(crate) epoch: u32,
    pub(crate) alias: String,
    pub(crate) bundle: Vec<u8>,
}

/// What the key file says: its epochs, the oldest first, never none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyFile {
    pub(crate) epochs: Vec<Wrapped>,
}

impl KeyFile {
    /// The names of the keys in the key store that it needs.
    pub(crate) fn aliases(&self) -> impl Iterator<Item = &str> {
        self.epochs.iter().map(|wrapped| wrapped.alias.as_str())
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let start = Writer::default().raw(&MAGIC).u8(VERSION).u32(self.epochs.len() as u32);
        let all = self
            .epochs
            .iter()
            .fold(start, |writer, Wrapped { epoch, alias, bundle }| writer.u32(*epoch).lp(alias.as_bytes()).lp(bundle));
        let all = all.done();
        let hash = sha256(&all);
        Writer::default().raw(&all).raw(&hash).done()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (all, hash) = bytes.split_last_chunk::<32>()?;
        (sha256(all) == *hash).then_some(())?;
        let mut reader = Reader::new(all);
        (reader.array()? == MAGIC && reader.u8()? == VERSION).then_some(())?;
        let count = reader.u32().filter(|count| (1..=MOST_EPOCHS).contains(count))?;
        let epochs = (0..count).map(|_| {
            let (epoch, alias, bundle) = (reader.u32()?, reader.text()?.to_owned(), reader.lp()?.to_vec());
            Some(Wrapped { epoch, alias, bundle })
        });
        let epochs = epochs.collect::<Option<Vec<_>>>()?;
        epochs.is_sorted_by(|one, next| one.epoch < next.epoch).then_some(())?;
        reader.end()?;
        Some(Self { epochs })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_file() -> impl Strategy<Value = KeyFile> {
        let keys = (".{0,9}", prop::collection::vec(any::<u8>(), 0..99));
        prop::collection::btree_map(any::<u32>(), keys, 1..3).prop_map(|epochs| {
            let epochs = epochs.into_iter().map(|(epoch, (alias, bundle))| Wrapped { epoch, alias, bundle });
            KeyFile { epochs: epochs.collect() }
        })
    }

    proptest! {
        #[test]
        fn decoding_is_the_reverse_of_encoding_and_a_flipped_bit_is_seen(file in any_file(), bit: prop::sample::Index) {
            let mut bytes = file.encode();
            prop_assert_eq!(KeyFile::decode(&bytes), Some(file));
            let bit = bit.index(bytes.len() * 8);
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert_eq!(KeyFile::decode(&bytes), None);
        }

        #[test]
        fn any_bytes_with_a_right_hash_decode_without_a_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let body = [&b"EIDK\x01"[..], &bytes].concat();
            bytes.clone_from(&body);
            bytes.extend(sha256(&body));
            if let Some(file) = KeyFile::decode(&bytes) {
                prop_assert_eq!(file.encode(), bytes);
            }
        }
    }
}
