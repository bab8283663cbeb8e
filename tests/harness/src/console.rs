//! What `citizen` tells the person at the terminal.

use std::fmt::Display;
use std::io::{self, Write};

/// A line on standard error, beside the results on standard output. Where nobody reads it any more, nothing is lost:
/// `eprintln!` would panic there.
pub(crate) fn tell(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether a command failed because the reader of its output has left, as `head` does: no fault.
pub(crate) fn reader_left(error: &anyhow::Error) -> bool {
    error.root_cause().downcast_ref().is_some_and(|io: &io::Error| io.kind() == io::ErrorKind::BrokenPipe)
}
