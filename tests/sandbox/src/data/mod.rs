//! What the service keeps: a folder with a lock and a version, one `SQLite` database in it, one thread that writes.

mod folder;
mod readers;
mod savepoint;
mod writer;

#[cfg(test)]
mod tests;

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

pub(crate) use folder::Folder;
pub(crate) use readers::Readers;
pub(crate) use savepoint::{Fate, within};
pub(crate) use writer::{Broken, Writer};

/// Why a data folder can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Another service runs on it.
    #[error("another sandbox runs on {}: stop it, or name another folder with --data", .0.display())]
    InUse(PathBuf),
    /// It was made by a newer version.
    #[error("{} has layout {found}, this version knows {known}: use the newer version, or start afresh with --reset", .path.display())]
    Newer {
        /// The folder.
        path: PathBuf,
        /// Its layout.
        found: u32,
        /// This version's.
        known: u32,
    },
    /// It was made by an older version, from which there is no migration.
    #[error("{} has layout {found}, this version knows only {known}: start afresh with --reset", .path.display())]
    Older {
        /// The folder.
        path: PathBuf,
        /// Its layout.
        found: u32,
        /// This version's.
        known: u32,
    },
    /// Something else lies there. It is left alone.
    #[error("{} is not a sandbox's data folder, and not empty: name another one with --data", .0.display())]
    Foreign(PathBuf),
    /// The database does not open.
    #[error("the database does not open: {0}")]
    Database(#[from] rusqlite::Error),
    /// The file system says no.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Statements that stay prepared on a connection: more than the rules have.
const PREPARED: usize = 256;

/// The connection that writes: what is committed on it is on the disk.
pub(crate) fn open_writer(path: &Path, tables: &[&str]) -> Result<Connection, DataError> {
    // Made here, as SQLite would let others read it; its companions get the same rights.
    OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    for sql in tables {
        connection.execute_batch(sql)?;
    }
    Ok(connection)
}

fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
}
