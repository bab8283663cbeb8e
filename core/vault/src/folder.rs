//! Where a vault's files lie, and how one is written whole or not at all.
//!
//! ```text
//! lock                      held while open
//! made                      a vault was here: its absence now is damage
//! opening                   how openings before this one ended
//! aliases                   the keys that the key store holds for this folder
//! destroying                everything is to go: whoever finds it goes on with it
//! store.new/                a store that is being made
//! store/keys                wrapped keys
//! store/head                the newest acknowledged commit
//! store/db/                 sled
//! store/large/              sealed files of large values
//! quarantine/0001-rows.new  a damaged store; `.new` until somebody was told
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

/// A vault's folder.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Makes it, for its owner only, if it is not there.
    pub(crate) fn create(root: &Path) -> io::Result<Self> {
        create_dir(root)?;
        fs::set_permissions(root, fs::Permissions::from_mode(0o700))?;
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

    pub(crate) fn lock_file(&self) -> PathBuf {
        self.0.join("lock")
    }

    pub(crate) fn aliases(&self) -> PathBuf {
        self.0.join("aliases")
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
        let path = self.lock_file();
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
            remove(&path)?;
        }
        let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
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
    if fs::symlink_metadata(&fresh).is_ok_and(|found| !found.is_file()) {
        remove(&fresh)?;
    }
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&fresh, path)?;
    sync_parent(path)
}

/// The content, or `None` if there is no such file. Something else in its place, a folder, a pipe, a link, is `InvalidData`.
pub(crate) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match found(fs::symlink_metadata(path))? {
        None => Ok(None),
        Some(metadata) if metadata.is_file() => found(fs::read(path)),
        Some(_) => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// The content of a file that only notes something: whatever else is in its place goes.
pub(crate) fn read_own(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match read(path) {
        Err(error) if error.kind() == io::ErrorKind::InvalidData => remove(path).map(|()| None),
        read => read,
    }
}

/// Whether anything is there, whatever it is.
pub(crate) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Removes whatever is there, a folder with all that is in it.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    let removed = match found(fs::symlink_metadata(path))? {
        None => return Ok(()),
        Some(metadata) if metadata.is_dir() => fs::remove_dir_all(path),
        Some(_) => fs::remove_file(path),
    };
    found(removed).map(drop)
}

/// What must be free besides what is to be written: two of sled's segments, and some for the file system itself.
const SPARE_BYTES: u64 = 5 << 20;

/// That there is space for `bytes` more.
pub(crate) fn ensure_space(path: &Path, bytes: u64) -> io::Result<()> {
    let disk = rustix::fs::statvfs(path)?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < bytes.saturating_add(SPARE_BYTES) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
}

/// Whether an error says that what lies on the disk is not what was put there.
pub(crate) fn is_damage(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, IsADirectory, NotADirectory, NotFound, UnexpectedEof};
    let kinds = [InvalidData, InvalidInput, IsADirectory, NotADirectory, NotFound, UnexpectedEof];
    kinds.contains(&error.kind()) || error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
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

/// None where there is nothing of that name, not even the folder it would be in.
fn found<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}
