//! How far a folder is: one line on a terminal's standard error, rewritten in place; a summary at the end.

use std::io::{self, IsTerminal, Write};

use crate::Outcome;
use crate::console::tell;

pub(crate) struct Progress {
    /// What is counted, in a word.
    what: &'static str,
    total: usize,
    done: usize,
    hits: usize,
    unusable: usize,
    live: bool,
    summary: bool,
}

impl Progress {
    /// Without a folder it only counts.
    pub(crate) fn new(total: usize, folder: bool, what: &'static str) -> Self {
        Self { what, total, done: 0, hits: 0, unusable: 0, live: folder && io::stderr().is_terminal(), summary: folder }
    }

    pub(crate) fn show(&self) {
        if self.live {
            let _ = write!(io::stderr(), "\r{} / {}, {} {}", self.done, self.total, self.hits, self.what);
        }
    }

    /// Leaves the line to what is printed next.
    pub(crate) fn clear(&self) {
        if self.live {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }

    /// A picture was looked at.
    pub(crate) fn count(&mut self, is_hit: bool) {
        self.done += 1;
        self.hits += usize::from(is_hit);
    }

    /// A picture could not be opened, scanned or drawn.
    pub(crate) fn count_unusable(&mut self) {
        self.done += 1;
        self.unusable += 1;
    }

    pub(crate) fn finish(&self) -> Outcome {
        if self.summary {
            tell(format_args!("{} of {} pictures {}, {} unusable", self.hits, self.total, self.what, self.unusable));
        }
        match (self.unusable, self.hits) {
            (1.., _) => Outcome::Unusable,
            (0, 0) => Outcome::Nothing,
            (0, 1..) => Outcome::Done,
        }
    }
}
