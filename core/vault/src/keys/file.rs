//! The key file: each epoch's keys, wrapped by a key of the phone's key store.
//!
//! `EIDK`, version 1, the vault's id (8 bytes), LP lists of epochs and of retired epochs, SHA-256 of all that. The hash tells damage from
//! a key store that refuses; it protects nothing, the wrapping does.

use crate::encode::{Reader, Writer};
use crate::seal::crypto::sha256;

const MAGIC: [u8; 4] = *b"EIDK";
const VERSION: u8 = 1;
/// More than a rotation under way ever leaves.
const MOST_EPOCHS: u32 = 16;

/// One epoch's keys as the key store wrapped them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    pub(crate) epoch: u32,
    pub(crate) bundle: Vec<u8>,
}

/// What the key file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyFile {
    /// Random; in the aliases, so that two vaults of one phone never share a key.
    pub(crate) vault: [u8; 8],
    /// The oldest first, never empty.
    pub(crate) epochs: Vec<Wrapped>,
    /// Epochs that nothing needs, whose keys the key store still has.
    pub(crate) retired: Vec<u32>,
}

impl KeyFile {
    /// The name of an epoch's key in the key store.
    pub(crate) fn alias(&self, epoch: u32) -> String {
        use std::fmt::Write as _;
        let mut alias = String::from("vault.");
        self.vault.iter().for_each(|byte| write!(alias, "{byte:02x}").unwrap_or_default());
        alias + &format!(".{epoch}")
    }

    /// Every key that the key store has for this vault.
    pub(crate) fn aliases(&self) -> Vec<String> {
        let epochs = self.epochs.iter().map(|wrapped| wrapped.epoch);
        epochs.chain(self.retired.iter().copied()).map(|epoch| self.alias(epoch)).collect()
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        let start = Writer::default().raw(&MAGIC).u8(VERSION).raw(&self.vault).u32(self.epochs.len() as u32);
        let epochs = self.epochs.iter().fold(start, |writer, wrapped| writer.u32(wrapped.epoch).lp(&wrapped.bundle));
        let epochs = epochs.u32(self.retired.len() as u32);
        let all = self.retired.iter().fold(epochs, |writer, epoch| writer.u32(*epoch)).done();
        let hash = sha256(&all);
        Writer::default().raw(&all).raw(&hash).done()
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (all, hash) = bytes.split_last_chunk::<32>()?;
        (sha256(all) == *hash).then_some(())?;
        let mut reader = Reader::new(all);
        (reader.array()? == MAGIC && reader.u8()? == VERSION).then_some(())?;
        let vault = reader.array()?;
        let mut list = |least: u32| reader.u32().filter(|count| (least..=MOST_EPOCHS).contains(count));
        let count = list(1)?;
        let epochs = (0..count)
            .map(|_| Some(Wrapped { epoch: reader.u32()?, bundle: reader.lp()?.to_vec() }))
            .collect::<Option<Vec<_>>>()?;
        epochs.is_sorted_by(|one, next| one.epoch < next.epoch).then_some(())?;
        let count = reader.u32().filter(|count| *count <= MOST_EPOCHS)?;
        let retired = (0..count).map(|_| reader.u32()).collect::<Option<_>>()?;
        reader.end()?;
        Some(Self { vault, epochs, retired })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_file() -> impl Strategy<Value = KeyFile> {
        let epochs = prop::collection::btree_map(any::<u32>(), prop::collection::vec(any::<u8>(), 0..99), 1..3);
        (any::<[u8; 8]>(), epochs, prop::collection::vec(any::<u32>(), 0..3)).prop_map(|(vault, epochs, retired)| {
            let epochs = epochs.into_iter().map(|(epoch, bundle)| Wrapped { epoch, bundle }).collect();
            KeyFile { vault, epochs, retired }
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

    #[test]
    fn an_alias_names_vault_and_epoch() {
        let file = KeyFile { vault: [0xab; 8], epochs: vec![Wrapped { epoch: 3, bundle: vec![] }], retired: vec![2] };
        assert_eq!(file.aliases(), ["vault.abababababababab.3", "vault.abababababababab.2"]);
    }
}
