//! Rotation: a new data key, every row sealed again under it, then the old key is forgotten. It can stop anywhere and go on later.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::{Engine, OpenRow, RowChange, Write};
use crate::StoreError;
use crate::folder::write_atomic;
use crate::keys::{KeyFile, Wrapped};
use crate::seal::Header;

/// Rows sealed again in one commit, and their bytes: others wait meanwhile.
const BATCH: usize = 64;
const BATCH_BYTES: u64 = 1 << 20;

impl Engine {
    pub(crate) fn key_file(&self) -> &KeyFile {
        &self.key_file
    }

    /// Fresh keys for the next epoch, for the key store to wrap.
    pub(crate) fn next_bundle(&self) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        Ok(self.keys.next_bundle()?)
    }

    /// Whether an older epoch's key is still there.
    pub(crate) fn is_rotating(&self) -> bool {
        !self.keys.older_epochs().is_empty()
    }

    /// From now on `wrapped` seals. Both keys are in the file before anything is sealed under the new one.
    pub(crate) fn begin_epoch(&mut self, wrapped: Wrapped, bundle: &[u8]) -> Result<(), StoreError> {
        let epoch = wrapped.epoch;
        if epoch != self.keys.epoch() + 1 {
            return Err(StoreError::Broken);
        }
        let mut file = self.key_file.clone();
        file.epochs.push(wrapped);
        self.write_keys(file)?;
        Ok(self.keys.add(epoch, bundle)?)
    }

    /// Seals some rows of older epochs again; whether there are more.
    pub(crate) fn reseal_some(&mut self) -> Result<bool, StoreError> {
        let newest = self.keys.epoch();
        let (mut batch, mut bytes) = (Vec::with_capacity(BATCH), 0);
        'full: for tree in self.state.rows.keys() {
            for row in self.database.rows(&self.sled_tree(tree)) {
                if batch.len() >= BATCH || bytes >= BATCH_BYTES {
                    break 'full;
                }
                let (key, record) = row?;
                let epoch = Header::read(&record).map_err(|_| StoreError::Broken)?.epoch;
                if epoch != newest {
                    let OpenRow { name, value } = self.open_row(tree, &key, &record)?;
                    let write = value.map_or(Write::Lost, Write::Value);
                    let row = RowChange { tree: tree.clone(), name, write };
                    bytes += row.size();
                    batch.push(row);
                }
            }
        }
        // With no row left, this still seals commit record and head file under the new key.
        self.commit(batch, None)?;
        Ok(self.in_epoch.iter().any(|(epoch, rows)| *epoch != newest && *rows > 0))
    }

    /// Nothing is sealed under older keys any more: they leave the file, and so become unused.
    pub(crate) fn retire_older(&mut self) -> Result<(), StoreError> {
        let mut file = self.key_file.clone();
        let older = self.keys.older_epochs();
        file.epochs.retain(|wrapped| !older.contains(&wrapped.epoch));
        self.write_keys(file)?;
        self.keys.forget_older();
        self.in_epoch = BTreeMap::from([(self.keys.epoch(), self.state.rows.values().sum())]);
        Ok(())
    }

    /// An error leaves the engine broken: which of the two files is on the disk is known only after opening again.
    fn write_keys(&mut self, file: KeyFile) -> Result<(), StoreError> {
        self.broken = true;
        write_atomic(&self.files.keys(), &file.encode())?;
        self.broken = false;
        self.key_file = file;
        Ok(())
    }
}
