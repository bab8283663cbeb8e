//! How far a folder is: one line on a terminal's standard error, rewritten in place; a summary at the end.

use std::io::{self, IsTerminal, Write};

use crate::Outcome;
use crate::console::tell;

pub(super) struct Progress {
    total: usize,
    done: usize,
    read: usize,
    unusable: usize,
    live: bool,
    summary: bool,
}

impl Progress {
    /// Without a folder it only counts.
    pub(super) fn new(total: usize, folder: bool) -> Self {
        Self { total, done: 0, read: 0, unusable: 0, live: folder && io::stderr().is_terminal(), summary: folder }
    }

    pub(super) fn show(&self) {
        if self.live {
            let _ = write!(io::stderr(), "\r{} / {}, {} read", self.done, self.total, self.read);
        }
    }

    /// Leaves the line to what is printed next.
    pub(super) fn clear(&self) {
        if self.live {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    /// A picture was scanned.
    pub(super) fn count(&mut self, is_read: bool) {
        self.done += 1;
        self.read += usize::from(is_read);
    }

    /// A picture could not be opened, scanned or drawn.
    pub(super) fn count_unusable(&mut self) {
        self.done += 1;
        self.unusable += 1;
    }

    pub(super) fn finish(&self) -> Outcome {
        if self.summary {
            tell(format_args!("{} of {} pictures read, {} unusable", self.read, self.total, self.unusable));
        }
        match (self.unusable, self.read) {
            (1.., _) => Outcome::Unusable,
            (0, 0) => Outcome::Nothing,
            (0, 1..) => Outcome::Done,
        }
    }
}
