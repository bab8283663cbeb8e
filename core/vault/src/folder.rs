//! Where a vault's files lie, and how one is written whole or not at all.
//!
//! ```text
//! lock                      held while open
//! made                      a vault was here: its absence now is damage
//! opening                   how openings before this one ended
//! store/keys                wrapped keys
//! store/head                the newest acknowledged commit
//! store/db/                 sled
//! store/large/              sealed files of large values
//! quarantine/0001-rows.new  a damaged store; `.new` until somebody was told
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

/// A vault's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes it, for its owner only, if it is not there.
    pub(crate) fn create(root: &Path) -> io::Result<Self> {
        create_dir(root)?;
        Ok(Self(root.to_owned()))
    }

    pub(crate) fn made(&self) -> PathBuf {
        self.0.join("made")
    }

    pub(crate) fn opening(&self) -> PathBuf {
        self.0.join("opening")
    }

    pub(crate) fn destroying(&self) -> PathBuf {
        self.0.join("destroying")
    }

    /// Aliases that are to be deleted from the key store as soon as it lets us, one a line.
    pub(crate) fn leftovers(&self) -> PathBuf {
        self.0.join("leftovers")
    }

    pub(crate) fn quarantine(&self) -> PathBuf {
        self.0.join("quarantine")
    }

    pub(crate) fn store(&self) -> Files {
        Files(self.0.join("store"))
    }

    /// A store that is not finished yet.
    pub(crate) fn unfinished(&self) -> Files {
        Files(self.0.join("store.new"))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The lock of whoever has the vault open; `None` if somebody has. The system gives it back when the process ends.
    pub(crate) fn lock(&self) -> io::Result<Option<File>> {
        let options = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).clone();
        let lock = options.open(self.0.join("lock"))?;
        match flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(lock)),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// The files of one store, all that is moved aside when it is damaged.
#[derive(Debug, Clone)]
pub(crate) struct Files(pub(crate) PathBuf);

impl Files {
    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    pub(crate) fn head(&self) -> PathBuf {
        self.0.join("head")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("db")
    }

    pub(crate) fn large(&self) -> PathBuf {
        self.0.join("large")
    }
}

/// A folder, with those above it, that only its owner may enter.
pub(crate) fn create_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Writes a file whole or not at all, and on the disk once this returns.
pub(crate) fn write_atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("tmp");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    sync_parent(path)
}

/// The content, or `None` if there is no such file.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    found(fs::read(path))
}

/// Removes a file that may not be there.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    found(fs::remove_file(path)).map(drop)
}

/// Removes a folder with all that is in it; it may not be there.
pub(crate) fn remove_dir(path: &Path) -> io::Result<()> {
    found(fs::remove_dir_all(path)).map(drop)
}

pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_parent(to)?;
    if from.parent() == to.parent() { Ok(()) } else { sync_parent(from) }
}

/// The names in a folder, sorted; none if it is not there. Other names than ours, not UTF-8 for one, are left out.
pub(crate) fn names(path: &Path) -> io::Result<Vec<String>> {
    let Some(entries) = found(fs::read_dir(path))? else { return Ok(Vec::new()) };
    let names = entries.map(|entry| Ok(entry?.file_name().into_string().ok()));
    let mut names: Vec<_> = names.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect();
    names.sort();
    Ok(names)
}

/// Puts a rename or removal in `path`'s folder on the disk.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
