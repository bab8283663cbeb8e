//! An open vault: rows sealed, sums kept, each commit in one transaction. It lives on the storage thread and nowhere else.

pub(crate) mod body;
pub(crate) mod database;
#[cfg(test)]
mod flips;
pub(crate) mod large;
mod migrate;
pub(crate) mod open;
mod rotate;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::StoreError;
use crate::folder::{Files, ensure_space, write_atomic};
use crate::keys::{KeyFile, Keyring};
use crate::seal::commit_record::{self, CommitRecord};
use crate::seal::head::Head;
use crate::seal::set_hash::SetHash;
use crate::seal::{Header, Place, open, seal};
use crate::store::{LedgerHead, Value};
use body::{Body, Content, FileHash};
use database::{Change, Database, Key};
use large::{FileId, INLINE_BYTES, Large};

pub(crate) struct Engine {
    files: Files,
    keys: Keyring,
    key_file: KeyFile,
    database: Database,
    large: Large,
    /// What the newest commit record says, and the hash of its stored bytes.
    state: CommitRecord,
    hash: [u8; 32],
    /// Rows by the epoch that sealed them.
    in_epoch: BTreeMap<u32, u64>,
    /// A write failed half way: what is on the disk is known only after opening again.
    broken: bool,
}

/// A change of one row.
pub(crate) struct RowChange {
    pub(crate) tree: String,
    pub(crate) name: String,
    pub(crate) write: Write,
}

impl RowChange {
    fn size(&self) -> u64 {
        if let Write::Value(value) = &self.write { value.len() as u64 } else { 0 }
    }
}

pub(crate) enum Write {
    Value(Value),
    /// The row stays, and says that its value is damaged.
    Lost,
    Delete,
}

/// A row as it was read; without a value if that was in a file that is damaged or gone.
struct OpenRow {
    name: String,
    value: Option<Value>,
}

impl Engine {
    pub(crate) fn generation(&self) -> u64 {
        self.state.generation
    }

    pub(crate) fn ledger(&self) -> Option<LedgerHead> {
        self.state.ledger
    }

    pub(crate) fn schema(&self) -> u32 {
        self.state.schema
    }

    pub(crate) fn epoch(&self) -> u32 {
        self.keys.epoch()
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    /// A request died on the way: nothing is known of the database any more.
    pub(crate) fn set_broken(&mut self) {
        self.broken = true;
        self.database.set_broken();
    }

    /// Closes it; whether its files are free. A database that broke is left behind as it is: sled's own end may wait for ever for
    /// what it could not write.
    pub(crate) fn close(self) -> bool {
        if self.database.is_broken() {
            std::mem::forget(self.database);
            return false;
        }
        // It may panic even now.
        catch_unwind(AssertUnwindSafe(|| drop(self))).is_ok()
    }

    pub(crate) fn value(&self, tree: &str, name: &str) -> Result<Option<Value>, StoreError> {
        let key = self.keys.sled_key(tree, name);
        let Some(record) = self.database.get(&self.sled_tree(tree), &key)? else { return Ok(None) };
        let row = self.open_row(tree, &key, &record)?;
        let value = row.value.filter(|_| row.name == name);
        value.map(Some).ok_or(StoreError::ValueDamaged)
    }

    pub(crate) fn values(&self, tree: &str) -> Result<BTreeMap<String, Result<Value, StoreError>>, StoreError> {
        self.database
            .rows(&self.sled_tree(tree))
            .map(|row| {
                let (key, record) = row?;
                let OpenRow { name, value } = self.open_row(tree, &key, &record)?;
                Ok((name, value.ok_or(StoreError::ValueDamaged)))
            })
            .collect()
    }

    /// All of the changes, on the disk once this returns.
    pub(crate) fn commit(&mut self, rows: Vec<RowChange>, ledger: Option<LedgerHead>) -> Result<u64, StoreError> {
        // Before sled finds out: it does not get over a full disk.
        ensure_space(&self.files.0, rows.iter().map(RowChange::size).sum())?;
        let mut next = self.state.clone();
        next.generation += 1;
        next.previous = self.hash;
        next.ledger = ledger.or(next.ledger);
        let mut staged = Staged { in_epoch: self.in_epoch.clone(), next, changes: Vec::new(), replaced: Vec::new() };
        for row in rows {
            self.stage(&mut staged, row)?;
        }
        let Staged { next, in_epoch, changes, replaced } = staged;
        self.write(next, changes)?;
        self.in_epoch = in_epoch;
        // Only now: until the commit held, the old files were the values.
        replaced.into_iter().try_for_each(|file| self.large.remove(file))?;
        Ok(self.state.generation)
    }

    fn stage(&mut self, staged: &mut Staged, row: RowChange) -> Result<(), StoreError> {
        let RowChange { tree, name, write } = row;
        let key = self.keys.sled_key(&tree, &name);
        let sled_tree = self.sled_tree(&tree);
        let rows = staged.next.rows.entry(tree.clone()).or_default();
        if let Some(old) = self.database.get(&sled_tree, &key)? {
            let header = Header::read(&old).map_err(|_| StoreError::Broken)?;
            staged.next.set.subtract(SetHash::of_row(self.keys.set_key(), &tree, &key, &old));
            *rows = rows.saturating_sub(1);
            *staged.in_epoch.entry(header.epoch).or_default() -= 1;
            staged.replaced.push(FileId { key, generation: header.counter });
        }
        let generation = staged.next.generation;
        let record = match write {
            Write::Delete => None,
            Write::Lost => Some(self.seal_row(&tree, &key, &name, None, generation)?),
            Write::Value(value) => Some(self.seal_row(&tree, &key, &name, Some(value), generation)?),
        };
        if let Some(record) = &record {
            staged.next.set.add(SetHash::of_row(self.keys.set_key(), &tree, &key, record));
            *rows += 1;
            *staged.in_epoch.entry(self.keys.epoch()).or_default() += 1;
        }
        staged.changes.push((sled_tree, key, record));
        Ok(())
    }

    /// Changes and commit record in one transaction, then the head file. An error leaves the engine broken: which of the two
    /// is on the disk is known only after opening again.
    fn write(&mut self, next: CommitRecord, mut changes: Vec<Change>) -> Result<(), StoreError> {
        let record = next.seal(&self.keys)?;
        changes.push((commit_record::TREE.to_owned(), self.keys.sled_key(commit_record::TREE, ""), Some(record.bytes)));
        self.broken = true;
        self.database.apply(changes)?;
        (self.state, self.hash) = (next, record.hash);
        self.write_head()?;
        self.broken = false;
        Ok(())
    }

    fn write_head(&self) -> Result<(), StoreError> {
        let head = Head { generation: self.state.generation, commit: self.hash };
        Ok(write_atomic(&self.files.head(), &head.seal(&self.keys)?)?)
    }

    /// A row as it is stored, without a value if that was lost; a large one goes into its file first.
    fn seal_row(
        &mut self,
        tree: &str,
        key: &Key,
        name: &str,
        value: Option<Value>,
        generation: u64,
    ) -> Result<Vec<u8>, StoreError> {
        let place = Place { tree, key };
        let text = match value {
            Some(value) if value.len() > INLINE_BYTES => {
                let sealed = seal(&self.keys, place, generation, value)?;
                self.large.write(FileId { key: *key, generation }, &sealed)?;
                Body { name, content: Content::File(FileHash::of(&sealed)) }.encode()
            }
            Some(value) => Body { name, content: Content::Inline(&value) }.encode(),
            None => Body { name, content: Content::Lost }.encode(),
        };
        Ok(seal(&self.keys, place, generation, text)?)
    }

    fn open_row(&self, tree: &str, key: &Key, record: &[u8]) -> Result<OpenRow, StoreError> {
        let place = Place { tree, key };
        let text = open(&self.keys, place, record).map_err(|_| StoreError::ValueDamaged)?;
        let body = Body::decode(&text).ok_or(StoreError::ValueDamaged)?;
        let value = match body.content {
            Content::Inline(value) => Some(Value::new(value.to_vec())),
            Content::File(hash) => {
                let generation = Header::read(record).map_err(|_| StoreError::ValueDamaged)?.counter;
                let sealed = self.large.read(FileId { key: *key, generation })?;
                let whole = sealed.filter(|sealed| FileHash::of(sealed) == hash);
                whole.and_then(|sealed| open(&self.keys, place, &sealed).ok())
            }
            Content::Lost => None,
        };
        Ok(OpenRow { name: body.name.to_owned(), value })
    }

    /// Each schema has trees of its own, so that a migration can fill the next ones beside them.
    fn sled_tree(&self, tree: &str) -> String {
        sled_tree(self.state.schema, tree)
    }
}

/// A commit before it is written.
struct Staged {
    next: CommitRecord,
    in_epoch: BTreeMap<u32, u64>,
    changes: Vec<Change>,
    /// Files, where there were any, of the values that go.
    replaced: Vec<FileId>,
}

fn sled_tree(schema: u32, tree: &str) -> String {
    format!("{schema}.{tree}")
}
