//! The `opening` file: how the openings before this one ended, so that a database that kills or hangs the app is put aside.
//!
//! An opening that was *seen* to fail (the database panicked or did not answer) counts fully: the second in a row is damage. One that
//! *ended* without a word may have died of the database, or been killed by a phone short of memory, which says nothing about the
//! files: only the tenth in a row is damage (docs/decisions/009).

use std::io;
use std::path::PathBuf;

use crate::folder::{Folder, read_own, remove};

const MOST_FAILED: u8 = 2;
const MOST_ENDED: u8 = 10;

/// Openings since the last that went well.
pub(crate) struct Opening {
    path: PathBuf,
    counts: Counts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Counts {
    failed: u8,
    ended: u8,
}

impl Opening {
    /// Notes that an opening begins, or says that too many before it went wrong.
    pub(crate) fn begin(folder: &Folder) -> io::Result<Option<Self>> {
        let path = folder.opening();
        let mut counts = read_own(&path)?.map_or_else(Counts::default, |bytes| Counts::decode(&bytes));
        if counts.hopeless() {
            return Ok(None);
        }
        counts.ended += 1;
        counts.write(&path)?;
        Ok(Some(Self { path, counts }))
    }

    /// It went well, or went wrong in a way that has a name.
    pub(crate) fn over(self) -> io::Result<()> {
        remove(&self.path)
    }

    /// It was seen to fail; whether that was once too often.
    pub(crate) fn failed(self) -> io::Result<bool> {
        let counts = Counts { failed: self.counts.failed + 1, ended: self.counts.ended - 1 };
        counts.write(&self.path)?;
        Ok(counts.hopeless())
    }

    /// The same from outside, while the opening itself does not answer.
    pub(crate) fn note_failed(folder: &Folder) -> io::Result<()> {
        let path = folder.opening();
        let counts = read_own(&path)?.map_or_else(Counts::default, |bytes| Counts::decode(&bytes));
        Self { path, counts: Counts { ended: counts.ended.max(1), ..counts } }.failed().map(drop)
    }

    pub(crate) fn clear(folder: &Folder) -> io::Result<()> {
        remove(&folder.opening())
    }
}

impl Counts {
    fn hopeless(self) -> bool {
        self.failed >= MOST_FAILED || self.ended >= MOST_ENDED
    }

    /// Anything else than the two counts is a marker that was damaged: one opening that ended.
    fn decode(bytes: &[u8]) -> Self {
        match *bytes {
            [failed @ b'0'..=b'2', ended @ b'a'..=b'k'] => Self { failed: failed - b'0', ended: ended - b'a' },
            _ => Self { failed: 0, ended: 1 },
        }
    }

    /// A digit and a letter. Not synchronised: it is to outlive the process, not the phone.
    fn write(self, path: &std::path::Path) -> io::Result<()> {
        std::fs::write(path, [b'0' + self.failed, b'a' + self.ended])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::create(dir.path()).unwrap();
        (dir, folder)
    }

    fn begin(folder: &Folder) -> Option<Opening> {
        Opening::begin(folder).unwrap()
    }

    #[test]
    fn the_second_failure_in_a_row_is_one_too_many() {
        let (_dir, folder) = folder();
        assert!(!begin(&folder).unwrap().failed().unwrap());
        assert!(begin(&folder).unwrap().failed().unwrap());
        assert!(begin(&folder).is_none());
    }

    #[test]
    fn a_success_between_failures_wipes_the_slate() {
        let (_dir, folder) = folder();
        for _ in 0..5 {
            assert!(!begin(&folder).unwrap().failed().unwrap());
            begin(&folder).unwrap().over().unwrap();
        }
    }

    #[test]
    fn openings_that_end_without_a_word_are_given_ten_tries() {
        let (_dir, folder) = folder();
        for _ in 0..MOST_ENDED {
            assert!(begin(&folder).is_some());
        }
        assert!(begin(&folder).is_none());
    }

    #[test]
    fn a_database_that_does_not_answer_is_noted_from_outside() {
        let (_dir, folder) = folder();
        for _ in 0..2 {
            assert!(begin(&folder).is_some());
            Opening::note_failed(&folder).unwrap();
        }
        assert!(begin(&folder).is_none());
    }

    #[test]
    fn a_damaged_marker_stops_nothing() {
        for bytes in [&b""[..], b"x", b"0", b"123", &[0xff, 0xff], &[0, 0]] {
            let (_dir, folder) = folder();
            std::fs::write(folder.opening(), bytes).unwrap();
            assert!(begin(&folder).is_some(), "{bytes:?}");
        }
    }
}
