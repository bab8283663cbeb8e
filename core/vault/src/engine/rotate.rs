//! Rotation: a new data key, every row sealed again under it, then the old key is forgotten. It can stop anywhere and go on later.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use super::{Engine, OpenRow, RowChange, Write};
use crate::StoreError;
use crate::folder::write_atomic;
use crate::keys::{KeyFile, Wrapped};
use crate::seal::Header;

/// Rows sealed again in one commit.
const BATCH: usize = 64;

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
        let mut file = self.key_file.clone();
        let epoch = wrapped.epoch;
        file.epochs.push(wrapped);
        self.write_keys(file)?;
        Ok(self.keys.add(epoch, bundle)?)
    }

    /// Seals some rows of older epochs again; whether there are more.
    pub(crate) fn reseal_some(&mut self) -> Result<bool, StoreError> {
        let newest = self.keys.epoch();
        let mut batch = Vec::with_capacity(BATCH);
        for tree in self.state.rows.keys() {
            for row in self.database.rows(&self.sled_tree(tree)) {
                let (key, record) = row?;
                let epoch = Header::read(&record).map_err(|_| StoreError::Broken)?.epoch;
                if epoch != newest && batch.len() < BATCH {
                    let OpenRow { name, value } = self.open_row(tree, &key, &record)?;
                    let write = value.map_or(Write::Lost, Write::Value);
                    batch.push(RowChange { tree: tree.clone(), name, write });
                }
            }
        }
        // With no row left, this still seals commit record and head file under the new key.
        self.commit(batch, None)?;
        Ok(self.in_epoch.iter().any(|(epoch, rows)| *epoch != newest && *rows > 0))
    }

    /// Nothing is sealed under older keys any more: they leave the file, and are noted for the key store to delete.
    pub(crate) fn retire_older(&mut self) -> Result<(), StoreError> {
        let mut file = self.key_file.clone();
        let older = self.keys.older_epochs();
        file.epochs.retain(|wrapped| !older.contains(&wrapped.epoch));
        file.retired.extend(older);
        self.write_keys(file)?;
        self.keys.forget_older();
        self.in_epoch = BTreeMap::from([(self.keys.epoch(), self.state.rows.values().sum())]);
        Ok(())
    }

    /// The key store deleted the keys of all retired epochs.
    pub(crate) fn forget_retired(&mut self) -> Result<(), StoreError> {
        let file = KeyFile { retired: Vec::new(), ..self.key_file.clone() };
        self.write_keys(file)
    }

    fn write_keys(&mut self, file: KeyFile) -> Result<(), StoreError> {
        write_atomic(&self.files.keys(), &file.encode())?;
        self.key_file = file;
        Ok(())
    }
}
