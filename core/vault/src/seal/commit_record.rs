//! What each commit says about the whole vault, sealed in the same transaction as its rows.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::crypto::{Refused, sha256};
use super::set_hash::SetHash;
use super::{Place, open, seal};
use crate::keys::Keyring;
use crate::store::LedgerHead;
use citizen_encoding::{Reader, Writer};

/// The tree of the one record; no table has a slash in its name.
pub(crate) const TREE: &str = "/commit";

/// The state of the vault after a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CommitRecord {
    /// 1 for the first commit, then one more each.
    pub(crate) generation: u64,
    pub(crate) schema: u32,
    /// SHA-256 of the commit record before this one, as it was stored; zeros before the first.
    pub(crate) previous: [u8; 32],
    /// Over all rows of all trees.
    pub(crate) set: SetHash,
    pub(crate) ledger: Option<LedgerHead>,
    /// Rows in each tree that has or had some.
    pub(crate) rows: BTreeMap<String, u64>,
}

/// A commit record as it lies on disk, and the hash by which the head file and its successor name it.
pub(crate) struct Sealed {
    pub(crate) bytes: Vec<u8>,
    pub(crate) hash: [u8; 32],
}

impl CommitRecord {
    pub(crate) fn seal(&self, keys: &Keyring) -> Result<Sealed, Refused> {
        let key = keys.sled_key(TREE, "");
        let bytes = seal(keys, Place { tree: TREE, key: &key }, self.generation, Zeroizing::new(self.encode()))?;
        Ok(Sealed { hash: sha256(&bytes), bytes })
    }

    pub(crate) fn open(keys: &Keyring, sealed: &[u8]) -> Result<Self, Refused> {
        let key = keys.sled_key(TREE, "");
        let text = open(keys, Place { tree: TREE, key: &key }, sealed)?;
        Self::decode(&text).ok_or(Refused)
    }

    fn encode(&self) -> Vec<u8> {
        let ledger = self
            .ledger
            .as_ref()
            .map_or_else(Vec::new, |ledger| Writer::default().u64(ledger.seq).raw(&ledger.hash).done());
        let start = Writer::default().u64(self.generation).u32(self.schema).raw(&self.previous);
        let start = start.raw(&self.set.to_bytes()).lp(&ledger).u32(self.rows.len() as u32);
        self.rows.iter().fold(start, |writer, (tree, count)| writer.lp(tree.as_bytes()).u64(*count)).done()
    }

    pub(crate) fn decode(text: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(text);
        let (generation, schema) = (reader.u64()?, reader.u32()?);
        let (previous, set) = (reader.array()?, SetHash::from_bytes(reader.array()?));
        let ledger = match reader.lp()? {
            [] => None,
            bytes => {
                let mut reader = Reader::new(bytes);
                let ledger = LedgerHead { seq: reader.u64()?, hash: reader.array()? };
                reader.end()?;
                Some(ledger)
            }
        };
        let mut rows = BTreeMap::new();
        for _ in 0..reader.u32()? {
            let before = rows.insert(reader.text()?.to_owned(), reader.u64()?);
            before.is_none().then_some(())?;
        }
        reader.end()?;
        Some(Self { generation, schema, previous, set, ledger, rows })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_record() -> impl Strategy<Value = CommitRecord> {
        let ledger = prop::option::of((any::<u64>(), any::<[u8; 32]>()));
        let rows = prop::collection::btree_map("[a-z]{0,8}", any::<u64>(), 0..4);
        (any::<(u64, u32)>(), any::<[u8; 32]>(), any::<[u8; 32]>(), ledger, rows).prop_map(
            |((generation, schema), previous, set, ledger, rows)| CommitRecord {
                generation,
                schema,
                previous,
                set: SetHash::from_bytes(set),
                ledger: ledger.map(|(seq, hash)| LedgerHead { seq, hash }),
                rows,
            },
        )
    }

    proptest! {
        #[test]
        fn decoding_is_the_reverse_of_encoding(record in any_record()) {
            let text = record.encode();
            prop_assert!(CommitRecord::decode(&text) == Some(record));
            prop_assert!(CommitRecord::decode(&text[..text.len() - 1]).is_none());
            prop_assert!(CommitRecord::decode(&[&text[..], &[0]].concat()).is_none());
        }

        #[test]
        fn any_bytes_decode_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = CommitRecord::decode(&bytes);
        }
    }
}
