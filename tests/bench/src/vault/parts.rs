//! Where a commit of the vault goes: sled by itself on rows of the sealed size, and a head file by itself.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;

use crate::stores::Store;

/// What sealing adds to a row: header, tag, name and their lengths.
const SEALED: usize = 80;
/// The commit record's own row.
const COMMIT_RECORD: [u8; 200] = [7; 200];
/// Of a head file.
const HEAD: [u8; 97] = [7; 97];

/// sled as the vault sets it, one transaction and one flush a commit.
pub(crate) struct SledAlone {
    db: sled::Db,
    rows: sled::Tree,
    commits: sled::Tree,
}

impl SledAlone {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let config = sled::Config::new().path(folder).mode(sled::Mode::LowSpace).cache_capacity(8 << 20);
        let config = config.flush_every_ms(None);
        // Its lock goes late after a drop.
        let mut db = config.open();
        while db.is_err() {
            std::thread::sleep(Duration::from_millis(5));
            db = config.open();
        }
        let db = db?;
        Ok(Self { rows: db.open_tree("rows")?, commits: db.open_tree("commits")?, db })
    }
}

impl Store for SledAlone {
    fn commit(&mut self, rows: &[(String, Vec<u8>)]) -> Result<()> {
        let (mut batch, mut commit) = (sled::Batch::default(), sled::Batch::default());
        for (name, row) in rows {
            let mut key = [0; 32];
            key.iter_mut().zip(name.bytes().rev()).for_each(|(key, byte)| *key = byte);
            batch.insert(&key, [&row[..], &[0; SEALED]].concat());
        }
        commit.insert(b"commit", &COMMIT_RECORD[..]);
        let trees = [self.rows.clone(), self.commits.clone()];
        let transaction = sled::Transactional::<()>::transaction(&trees[..], |trees| {
            trees[0].apply_batch(&batch)?;
            trees[1].apply_batch(&commit)?;
            Ok(())
        });
        transaction.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        self.db.flush()?;
        Ok(())
    }

    fn read_all(&mut self) -> Result<usize> {
        self.rows.iter().try_fold(0, |rows, row| Ok(rows + usize::from(!row?.1.is_empty())))
    }

    fn close(self: Box<Self>) {}
}

/// A file written whole or not at all at each commit: temporary, synchronised, renamed, folder synchronised.
pub(crate) struct HeadFile(PathBuf);

impl HeadFile {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self(folder.to_owned()))
    }
}

impl Store for HeadFile {
    fn commit(&mut self, _: &[(String, Vec<u8>)]) -> Result<()> {
        let fresh = self.0.join("head.tmp");
        let mut file = File::create(&fresh)?;
        file.write_all(&HEAD)?;
        file.sync_all()?;
        fs::rename(fresh, self.0.join("head"))?;
        File::open(&self.0)?.sync_all()?;
        Ok(())
    }

    fn read_all(&mut self) -> Result<usize> {
        Ok(0)
    }

    fn close(self: Box<Self>) {}
}
