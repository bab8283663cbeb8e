//! sled, and nothing but sled: the one file that names it.
//!
//! sled 0.34 panics on damaged files or opens them with rows missing, and says so in neither case: callers catch the one
//! and check for the other. Its lock on the file goes late after a drop.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use sled::transaction::{TransactionError, Transactional};
use sled::{Batch, Db, Mode, Tree};

use crate::error::Fault;
use crate::folder::{is_damage, names, remove};
use crate::{Damage, OpenError, StoreError};

/// Small: the phone's memory is better spent elsewhere, and rows are few.
const CACHE_BYTES: u64 = 8 << 20;
/// sled puts what is larger than a quarter of a segment into a file that it never synchronises. No page gets that large: a leaf has 17
/// rows before it splits, of [`INLINE_BYTES`](super::large::INLINE_BYTES) at most.
const SEGMENT_BYTES: usize = 2 << 20;
const LOCK_TRIES: u32 = 50;
const LOCK_PAUSE: Duration = Duration::from_millis(40);
/// sled's own, always there and never used here.
const DEFAULT_TREE: &[u8] = b"__sled__default";

/// Trees of key and value.
pub(crate) struct Database {
    db: Db,
    trees: BTreeMap<String, Tree>,
    /// A write failed: what sled holds in memory is nothing to go on with, or to wait for.
    broken: bool,
}

/// What a row lies under.
pub(crate) type Key = [u8; 32];

/// One change: tree, key, and the value or none.
pub(crate) type Change = (String, Key, Option<Vec<u8>>);

impl Database {
    pub(crate) fn open(path: &Path) -> Result<Self, Fault> {
        remove_unfinished_snapshots(path)?;
        let config = sled::Config::new().path(path).mode(Mode::LowSpace).cache_capacity(CACHE_BYTES);
        let config = config.segment_size(SEGMENT_BYTES).flush_every_ms(None);
        let db = retry_while_locked(|| config.open())?;
        let mut trees = BTreeMap::new();
        for name in db.tree_names().into_iter().filter(|name| name != DEFAULT_TREE) {
            let tree = db.open_tree(&name).map_err(fault)?;
            trees.insert(String::from_utf8(name.to_vec()).map_err(|_| Damage::Database)?, tree);
        }
        Ok(Self { db, trees, broken: false })
    }

    pub(crate) fn trees(&self) -> Vec<String> {
        self.trees.keys().cloned().collect()
    }

    pub(crate) fn get(&self, tree: &str, key: &Key) -> Result<Option<Vec<u8>>, Error> {
        let Some(tree) = self.trees.get(tree) else { return Ok(None) };
        Ok(tree.get(key)?.map(|value| value.to_vec()))
    }

    /// All keys and values of a tree.
    pub(crate) fn rows(&self, tree: &str) -> impl Iterator<Item = Result<(Key, sled::IVec), Error>> + use<> {
        let rows = self.trees.get(tree).map(Tree::iter).into_iter().flatten();
        rows.map(|row| {
            let (key, value) = row?;
            let key = Key::try_from(&*key).map_err(|_| sled::Error::Corruption { at: None, bt: () })?;
            Ok((key, value))
        })
    }

    pub(crate) fn is_broken(&self) -> bool {
        self.broken
    }

    pub(crate) fn set_broken(&mut self) {
        self.broken = true;
    }

    /// All changes in one transaction, on the disk once this returns.
    pub(crate) fn apply(&mut self, changes: Vec<Change>) -> Result<(), Error> {
        self.broken = true;
        self.transact(changes)?;
        self.broken = false;
        Ok(())
    }

    fn transact(&mut self, changes: Vec<Change>) -> Result<(), Error> {
        let mut batches: BTreeMap<String, Batch> = BTreeMap::new();
        for (tree, key, value) in changes {
            let batch = batches.entry(tree).or_default();
            match value {
                Some(value) => batch.insert(&key, value),
                None => batch.remove(&key),
            }
        }
        let mut trees = Vec::with_capacity(batches.len());
        for name in batches.keys() {
            trees.push(self.tree(name)?);
        }
        let batches: Vec<_> = batches.into_values().collect();
        let transaction = trees.as_slice().transaction(|trees| {
            trees.iter().zip(&batches).try_for_each(|(tree, batch)| tree.apply_batch(batch))?;
            Ok(())
        });
        transaction.map_err(|error: TransactionError<()>| match error {
            TransactionError::Storage(error) => Error(error),
            TransactionError::Abort(()) => Error(sled::Error::ReportableBug("a transaction nobody aborted".into())),
        })?;
        self.db.flush()?;
        Ok(())
    }

    /// Drops a tree with all its rows.
    pub(crate) fn drop_tree(&mut self, tree: &str) -> Result<(), Error> {
        self.broken = true;
        self.trees.remove(tree);
        self.db.drop_tree(tree)?;
        self.db.flush()?;
        self.broken = false;
        Ok(())
    }

    fn tree(&mut self, name: &str) -> Result<Tree, Error> {
        if let Some(tree) = self.trees.get(name) {
            return Ok(tree.clone());
        }
        let tree = self.db.open_tree(name)?;
        self.trees.insert(name.to_owned(), tree.clone());
        Ok(tree)
    }
}

/// What sled says went wrong.
#[derive(Debug)]
pub(crate) struct Error(sled::Error);

impl From<sled::Error> for Error {
    fn from(error: sled::Error) -> Self {
        Self(error)
    }
}

impl From<Error> for StoreError {
    fn from(Error(error): Error) -> Self {
        match error {
            sled::Error::Io(error) => Self::Io(error.kind()),
            _ => Self::Broken,
        }
    }
}

impl From<Error> for Fault {
    fn from(Error(error): Error) -> Self {
        fault(error)
    }
}

/// A file that ends too early or holds nonsense is damaged; one that can't be reached is not. The lock of the folder is ours: who holds
/// sled's own is a database that broke earlier in this process and never let go.
fn fault(error: sled::Error) -> Fault {
    match error {
        sled::Error::Io(error) if is_locked(&error) => OpenError::Failed.into(),
        sled::Error::Io(error) if is_damage(&error) => Damage::Database.into(),
        sled::Error::Io(error) => OpenError::Io(error.kind()).into(),
        _ => Damage::Database.into(),
    }
}

/// sled writes a snapshot beside the old one and renames it, but at the next opening takes an unfinished one for the newest: one kill
/// at the wrong moment, and the database never opens again.
fn remove_unfinished_snapshots(path: &Path) -> io::Result<()> {
    let mut unfinished = names(path)?.into_iter().filter(|name| name.ends_with(".generating"));
    unfinished.try_for_each(|name| remove(&path.join(name)))
}

fn retry_while_locked(open: impl Fn() -> sled::Result<Db>) -> Result<Db, Fault> {
    for _ in 1..LOCK_TRIES {
        match open() {
            Err(sled::Error::Io(error)) if is_locked(&error) => thread::sleep(LOCK_PAUSE),
            opened => return opened.map_err(fault),
        }
    }
    open().map_err(fault)
}

/// sled says it in words only.
fn is_locked(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Other && error.to_string().contains("could not acquire lock")
}
