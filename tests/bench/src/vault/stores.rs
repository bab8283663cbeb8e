//! The stores beside each other: each commit is on the disk when it returns.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use citizen_keystore::SoftwareKeystore;
use citizen_vault::{Bytes, Changes, Config, Schema, Store as _, Table, Tables, Vault};
use redb::{ReadableDatabase, ReadableTable};
use zeroize::Zeroizing;

/// What is measured of a store.
pub(crate) trait Store {
    fn commit(&mut self, rows: &[(String, Vec<u8>)]) -> Result<()>;

    /// Reads every row, as far as opening has not; how many there are.
    fn read_all(&mut self) -> Result<usize>;

    /// Lets go of the files.
    fn close(self: Box<Self>);
}

const TABLE: Table<Bytes> = Table::new("rows");

/// Ours.
pub(crate) struct Sealed(Vault);

impl Sealed {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let keys = Arc::new(SoftwareKeystore::open(folder.join("keys"))?);
        let config = Config { folder: folder.join("vault"), schema: Schema::new(&[]) };
        Ok(Self(Vault::open(&config, keys)?.vault))
    }
}

impl Store for Sealed {
    fn commit(&mut self, rows: &[(String, Vec<u8>)]) -> Result<()> {
        let changes = rows.iter().try_fold(Changes::new(), |changes, (name, row)| {
            changes.put(&TABLE, name, &Bytes(Zeroizing::new(row.clone())))
        })?;
        self.0.commit(changes)?;
        Ok(())
    }

    /// Opening read and checked them all.
    fn read_all(&mut self) -> Result<usize> {
        Ok(super::ROWS)
    }

    fn close(self: Box<Self>) {
        self.0.close();
    }
}

/// Ours, with every row unsealed and handed out besides.
pub(crate) struct Unsealed(pub(crate) Sealed);

impl Store for Unsealed {
    fn commit(&mut self, rows: &[(String, Vec<u8>)]) -> Result<()> {
        self.0.commit(rows)
    }

    fn read_all(&mut self) -> Result<usize> {
        Ok(self.0.0.all(&TABLE)?.len())
    }

    fn close(self: Box<Self>) {
        self.0.0.close();
    }
}

const REDB: redb::TableDefinition<&str, &[u8]> = redb::TableDefinition::new("rows");

/// As it comes: each commit is synchronised.
pub(crate) struct Redb(redb::Database);

impl Redb {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        Ok(Self(redb::Database::create(folder.join("rows.redb"))?))
    }
}

impl Store for Redb {
    fn commit(&mut self, rows: &[(String, Vec<u8>)]) -> Result<()> {
        let transaction = self.0.begin_write()?;
        {
            let mut table = transaction.open_table(REDB)?;
            for (name, row) in rows {
                table.insert(name.as_str(), row.as_slice())?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn read_all(&mut self) -> Result<usize> {
        let transaction = self.0.begin_read()?;
        let table = transaction.open_table(REDB)?;
        let mut rows = 0;
        for row in table.iter()? {
            rows += usize::from(!row?.1.value().is_empty());
        }
        Ok(rows)
    }

    fn close(self: Box<Self>) {}
}

/// With a write-ahead log that is synchronised at each commit.
pub(crate) struct Sqlite(rusqlite::Connection);

impl Sqlite {
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let connection = rusqlite::Connection::open(folder.join("rows.sqlite"))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute("CREATE TABLE IF NOT EXISTS rows (name TEXT PRIMARY KEY, row BLOB) WITHOUT ROWID", ())?;
        Ok(Self(connection))
    }
}

impl Store for Sqlite {
    fn commit(&mut self, rows: &[(String, Vec<u8>)]) -> Result<()> {
        let transaction = self.0.transaction()?;
        {
            let mut insert = transaction.prepare_cached("INSERT OR REPLACE INTO rows VALUES (?, ?)")?;
            for (name, row) in rows {
                insert.execute((name, row))?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn read_all(&mut self) -> Result<usize> {
        let mut select = self.0.prepare("SELECT name, row FROM rows")?;
        let mut rows = select.query(())?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(1)?.as_blob().context("a blob")?;
            count += usize::from(!bytes.is_empty());
        }
        Ok(count)
    }

    fn close(self: Box<Self>) {}
}
