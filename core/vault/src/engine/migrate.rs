//! Migration: new trees beside the old ones, filled and read back, then one transaction that says they are the vault now.

use std::collections::BTreeMap;

use super::large::INLINE_BYTES;
use super::open::{verify, writing};
use super::{Change, Engine, OpenRow, sled_tree};
use crate::error::Fault;
use crate::folder::ensure_space;
use crate::schema::{Schema, StoredRow};
use crate::seal::commit_record::CommitRecord;
use crate::seal::set_hash::SetHash;
use crate::store::Value;
use crate::{Damage, OpenError};

/// Rows written at a time: bounds memory, not safety.
const BATCH: usize = 256;
/// The most that they have.
const BATCH_BYTES: u64 = (BATCH * INLINE_BYTES) as u64;

impl Engine {
    /// Brings the vault to `schema`. A kill at any point leaves the old schema, whole, or the new one.
    pub(super) fn migrate(&mut self, schema: &Schema) -> Result<(), Fault> {
        let mut next = self.state.clone();
        next.generation += 1;
        next.previous = self.hash;
        next.schema = schema.version();
        next.set = SetHash::default();
        next.rows = BTreeMap::new();
        let trees: Vec<_> = self.state.rows.keys().cloned().collect();
        for tree in trees {
            self.migrate_tree(&tree, schema, &mut next)?;
        }
        self.read_back(&next)?;
        let rows = next.rows.values().sum();
        self.write(next, Vec::new()).map_err(writing)?;
        self.in_epoch = BTreeMap::from([(self.keys.epoch(), rows)]);
        Ok(())
    }

    fn migrate_tree(&mut self, tree: &str, schema: &Schema, next: &mut CommitRecord) -> Result<(), Fault> {
        let from = self.state.schema;
        let failed = OpenError::Migration { from };
        let mut batch: Vec<Change> = Vec::new();
        for row in self.database.rows(&self.sled_tree(tree)) {
            let (key, record) = row?;
            let OpenRow { name, value } = self.open_row(tree, &key, &record).map_err(writing)?;
            let tree = tree.to_owned();
            let Some(value) = value else {
                // No step can read it; the row goes on, and still says that its value is damaged.
                batch.push(self.stage_migrated(&tree, &name, None, next)?);
                continue;
            };
            for row in schema.migrate(from, StoredRow { tree, name, value }).map_err(|_| failed)? {
                let StoredRow { tree, name, value } = row;
                batch.push(self.stage_migrated(&tree, &name, Some(value), next)?);
            }
            if batch.len() >= BATCH {
                ensure_space(&self.files.0, BATCH_BYTES)?;
                self.database.apply(std::mem::take(&mut batch))?;
            }
        }
        ensure_space(&self.files.0, BATCH_BYTES)?;
        Ok(self.database.apply(batch)?)
    }

    fn stage_migrated(
        &mut self,
        tree: &str,
        name: &str,
        value: Option<Value>,
        next: &mut CommitRecord,
    ) -> Result<Change, Fault> {
        ensure_space(&self.files.0, value.as_ref().map_or(0, |value| value.len() as u64))?;
        let key = self.keys.sled_key(tree, name);
        let record = self.seal_row(tree, &key, name, value, next.generation).map_err(writing)?;
        next.set.add(SetHash::of_row(self.keys.set_key(), tree, &key, &record));
        *next.rows.entry(tree.to_owned()).or_default() += 1;
        Ok((sled_tree(next.schema, tree), key, Some(record)))
    }

    /// What the new trees hold must be what was put there; two rows that became one are seen here too.
    fn read_back(&self, next: &CommitRecord) -> Result<(), Fault> {
        verify(&self.database, &self.keys, next).map(drop).map_err(|fault| match fault {
            Fault::Damaged(Damage::Rows) => OpenError::Migration { from: self.state.schema }.into(),
            other => other,
        })
    }
}
