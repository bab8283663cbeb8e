//! Making a store, and opening one: nothing is handed out before commit record, head file and every row agree.

use std::collections::BTreeMap;
use std::path::Path;

use super::database::{Database, Error};
use super::large::Large;
use super::{Engine, sled_tree};
use crate::error::Fault;
use crate::folder::{Files, create_dir, is_damage, read, write_atomic};
use crate::keys::{KeyFile, Keyring};
use crate::schema::Schema;
use crate::seal::Header;
use crate::seal::commit_record::{self, CommitRecord};
use crate::seal::crypto::sha256;
use crate::seal::head::Head;
use crate::seal::set_hash::SetHash;
use crate::{Damage, OpenError, StoreError};

impl Engine {
    /// An empty store in `files`, whose folder is not there yet. Closed again: it is moved into place before it is used.
    pub(crate) fn create(files: &Files, keys: Keyring, key_file: KeyFile, schema: &Schema) -> Result<(), Fault> {
        create_dir(&files.0)?;
        write_atomic(&files.keys(), &key_file.encode())?;
        let state = CommitRecord {
            generation: 0,
            schema: schema.version(),
            previous: [0; 32],
            set: SetHash::default(),
            ledger: None,
            rows: BTreeMap::new(),
        };
        let mut engine = Self {
            database: Database::open(&files.database())?,
            large: Large::open(files.large())?,
            files: files.clone(),
            keys,
            key_file,
            state,
            hash: [0; 32],
            in_epoch: BTreeMap::new(),
            broken: false,
        };
        let made = engine.commit(Vec::new(), None).map_err(writing);
        engine.close();
        made.map(drop)
    }

    /// The store in `files`, whole; or what is wrong with it.
    pub(crate) fn open(files: &Files, keys: Keyring, key_file: KeyFile, schema: &Schema) -> Result<Self, Fault> {
        let head = part(&files.head(), Damage::Head)?;
        let head = Head::open(&keys, &head).map_err(|_| Damage::Head)?;
        let database = Database::open(&files.database())?;
        let sealed =
            database.get(commit_record::TREE, &keys.sled_key(commit_record::TREE, ""))?.ok_or(Damage::Commit)?;
        let state = CommitRecord::open(&keys, &sealed).map_err(|_| Damage::Commit)?;
        let hash = sha256(&sealed);
        let newest = state.generation == head.generation && hash == head.commit;
        // Killed between the transaction and the head file.
        let one_ahead = state.generation == head.generation + 1 && state.previous == head.commit;
        if !newest && !one_ahead {
            return Err(Damage::Outdated.into());
        }
        let in_epoch = verify(&database, &keys, &state)?;
        let large = Large::open(files.large())?;
        let mut engine =
            Self { files: files.clone(), keys, key_file, database, large, state, hash, in_epoch, broken: false };
        if one_ahead {
            engine.write_head().map_err(writing)?;
        }
        if engine.state.schema > schema.version() {
            return Err(OpenError::TooNew { found: engine.state.schema, known: schema.version() }.into());
        }
        engine.sweep()?;
        Ok(engine)
    }

    /// Brings a store that was opened to `schema`. As long as that takes: an app's own step that is slow or breaks says nothing about the
    /// files.
    pub(crate) fn settle(&mut self, schema: &Schema) -> Result<(), Fault> {
        if self.state.schema == schema.version() {
            return Ok(());
        }
        self.migrate(schema)?;
        self.sweep()
    }

    /// Removes trees of other schemas and files of no row: what a kill left of a migration or a commit.
    fn sweep(&mut self) -> Result<(), Fault> {
        let own = sled_tree(self.state.schema, "");
        let others: Vec<_> = self.database.trees();
        for tree in others.iter().filter(|tree| !tree.starts_with(&own) && *tree != commit_record::TREE) {
            self.database.drop_tree(tree)?;
        }
        let trees: Vec<_> = self.state.rows.keys().map(|tree| self.sled_tree(tree)).collect();
        for file in self.large.files() {
            let mut rows = trees.iter().map(|tree| self.database.get(tree, &file.key));
            let is_used = rows.try_fold(false, |used, row| {
                let header = row?.and_then(|record| Header::read(&record).ok());
                Ok::<_, Error>(used || header.is_some_and(|header| header.counter == file.generation))
            })?;
            if !is_used {
                self.large.remove(file)?;
            }
        }
        Ok(())
    }
}

/// Reads every row: counts and set hash must be what the commit record says. Returns the rows of each epoch.
pub(super) fn verify(database: &Database, keys: &Keyring, state: &CommitRecord) -> Result<BTreeMap<u32, u64>, Fault> {
    let own = sled_tree(state.schema, "");
    let (mut set, mut counts, mut in_epoch) = (SetHash::default(), BTreeMap::new(), BTreeMap::new());
    for name in database.trees() {
        let Some(tree) = name.strip_prefix(&own) else { continue };
        for row in database.rows(&name) {
            let (key, record) = row?;
            let header = Header::read(&record).map_err(|_| Damage::Rows)?;
            set.add(SetHash::of_row(keys.set_key(), tree, &key, &record));
            *counts.entry(tree.to_owned()).or_default() += 1;
            *in_epoch.entry(header.epoch).or_default() += 1;
        }
    }
    let expected = state.rows.iter().filter(|(_, count)| **count > 0);
    if set == state.set && expected.eq(&counts) { Ok(in_epoch) } else { Err(Damage::Rows.into()) }
}

/// A file without which there is no store.
pub(crate) fn part(path: &Path, damage: Damage) -> Result<Vec<u8>, Fault> {
    match read(path) {
        Ok(content) => content.ok_or_else(|| damage.into()),
        Err(error) if is_damage(&error) => Err(damage.into()),
        Err(error) => Err(error.into()),
    }
}

/// What a failed write is while opening.
pub(super) fn writing(error: StoreError) -> Fault {
    match error {
        StoreError::Io(kind) => OpenError::Io(kind).into(),
        _ => Damage::Database.into(),
    }
}
