//! The data folder.
//!
//! ```text
//! lock           held while a service runs on it
//! version        of this layout
//! sandbox.db     SQLite, with sandbox.db-wal and sandbox.db-shm
//! keys/          the service's keys, for the owner only
//! desk-token     for `Authorization: Bearer` on /desk
//! client.json    what a client has to know: host, port, CA, root key, pins
//! ca.pem         the test CA, for `curl --cacert`
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::DataError;

/// The layout of this version: files and tables.
const VERSION: u32 = 3;

/// All that a reset removes; nothing else in the folder is touched.
const OURS: [&str; 8] =
    ["sandbox.db", "sandbox.db-wal", "sandbox.db-shm", "keys", "desk-token", "client.json", "ca.pem", "version"];

/// An open data folder; another process can't have it at the same time.
pub(crate) struct Folder {
    path: PathBuf,
    /// The system gives it back when this goes.
    _lock: File,
}

impl Folder {
    /// Makes it if it is not there. `reset` empties it first.
    pub(crate) fn open(path: &Path, reset: bool) -> Result<Self, DataError> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        if version(path)?.is_none() && is_foreign(path)? {
            return Err(DataError::Foreign(path.into()));
        }
        let lock = lock(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
        let folder = Self { path: path.into(), _lock: lock };
        if reset {
            folder.reset()?;
        }
        match version(path)? {
            None => folder.write("version", format!("{VERSION}\n").as_bytes())?,
            Some(found) if found == VERSION => (),
            Some(found) if found > VERSION => {
                return Err(DataError::Newer { path: path.into(), found, known: VERSION });
            }
            Some(found) => return Err(DataError::Older { path: path.into(), found, known: VERSION }),
        }
        Ok(folder)
    }

    fn reset(&self) -> io::Result<()> {
        for name in OURS {
            let path = self.path.join(name);
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            match removed {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => (),
            }
        }
        Ok(())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path.join("sandbox.db")
    }

    pub(crate) fn desk_token(&self) -> PathBuf {
        self.path.join("desk-token")
    }

    /// A file for the owner only, whole or not at all. Folders above it are made.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path.join(name);
        let parent = path.parent().unwrap_or(&self.path);
        DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
        let fresh = path.with_added_extension("new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, &path)?;
        File::open(parent)?.sync_all()
    }

    /// A file's bytes; on the first start what `make` gives, kept from then on.
    pub(crate) fn kept<E: From<io::Error>>(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        match fs::read(self.path.join(name)) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let bytes = make()?;
                self.write(name, &bytes)?;
                Ok(bytes)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn lock(path: &Path) -> Result<File, DataError> {
    let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path.join("lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(DataError::InUse(path.into())),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn version(path: &Path) -> Result<Option<u32>, DataError> {
    match fs::read_to_string(path.join("version")) {
        Ok(text) => text.trim().parse().map(Some).map_err(|_| DataError::Foreign(path.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(DataError::Foreign(path.into())),
        Err(error) => Err(error.into()),
    }
}

/// Whether a folder without a version holds anything but what a start leaves that was killed at once.
fn is_foreign(path: &Path) -> io::Result<bool> {
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        if name != "lock" && name != "version.new" {
            return Ok(true);
        }
    }
    Ok(false)
}
