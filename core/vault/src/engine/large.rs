//! Values over 16 KiB: sealed files beside the database, which keeps their length and hash.
//!
//! A file is named after its row's sled key and the generation that wrote it, so what belongs to no row is found without opening one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use crate::folder::{create_dir, exists, is_damage, names, read, remove, write_atomic};

/// Values over this go into a file of their own.
pub(crate) const INLINE_BYTES: usize = 16 << 10;

/// Which row's value a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId {
    pub(crate) key: [u8; 32],
    pub(crate) generation: u64,
}

/// The folder of large values, and what is in it.
pub(crate) struct Large {
    path: PathBuf,
    files: BTreeSet<FileId>,
}

impl Large {
    pub(crate) fn open(path: PathBuf) -> io::Result<Self> {
        if exists(&path) && !path.is_dir() {
            remove(&path)?;
        }
        create_dir(&path)?;
        let mut files = BTreeSet::new();
        for name in names(&path)? {
            match FileId::parse(&name) {
                Some(id) => drop(files.insert(id)),
                // Cut off while it was written, or not ours.
                None => remove(&path.join(name))?,
            }
        }
        Ok(Self { path, files })
    }

    pub(crate) fn files(&self) -> Vec<FileId> {
        self.files.iter().copied().collect()
    }

    pub(crate) fn write(&mut self, id: FileId, sealed: &[u8]) -> io::Result<()> {
        write_atomic(&self.path.join(id.name()), sealed)?;
        self.files.insert(id);
        Ok(())
    }

    /// None if it is gone or can't be read for good.
    pub(crate) fn read(&self, id: FileId) -> io::Result<Option<Vec<u8>>> {
        match read(&self.path.join(id.name())) {
            Err(error) if is_damage(&error) => Ok(None),
            read => read,
        }
    }

    /// Removes a file, if the row had one.
    pub(crate) fn remove(&mut self, id: FileId) -> io::Result<()> {
        if self.files.remove(&id) { remove(&self.path.join(id.name())) } else { Ok(()) }
    }
}

impl FileId {
    fn name(&self) -> String {
        let mut name = String::with_capacity(81);
        self.key.iter().for_each(|byte| write!(name, "{byte:02x}").unwrap_or_default());
        name + &format!("-{:016x}", self.generation)
    }

    fn parse(name: &str) -> Option<Self> {
        let (key, generation) = name.split_once('-')?;
        let mut id = Self { key: [0; 32], generation: u64::from_str_radix(generation, 16).ok()? };
        for (byte, digits) in id.key.iter_mut().zip(key.as_bytes().as_chunks::<2>().0) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        (id.name() == name).then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_and_nothing_else_does() {
        let id = FileId { key: [0xa7; 32], generation: 258 };
        assert_eq!(FileId::parse(&id.name()), Some(id));
        let tmp = id.name() + ".tmp";
        for name in ["", "-", "a7-01", &tmp, &id.name().to_uppercase(), &id.name()[1..]] {
            assert_eq!(FileId::parse(name), None, "{name}");
        }
    }

    #[test]
    fn what_was_cut_off_while_written_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        let id = FileId { key: [1; 32], generation: 1 };
        let mut large = Large::open(dir.path().to_owned()).unwrap();
        large.write(id, b"sealed").unwrap();
        std::fs::write(dir.path().join("half.tmp"), b"x").unwrap();
        let large = Large::open(dir.path().to_owned()).unwrap();
        assert_eq!(large.files(), [id]);
        assert_eq!(names(dir.path()).unwrap(), [id.name()]);
    }
}
