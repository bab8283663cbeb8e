//! A command's output, shown as it comes and read on the way.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use anyhow::{Context, Result};
use xshell::Cmd;

/// Runs `command`, shows each line of its standard output and hands it to `read`. Returns whether it succeeded.
pub(crate) fn each_line(command: Cmd<'_>, mut read: impl FnMut(&str)) -> Result<bool> {
    let mut screen = std::io::stdout().lock();
    each_line_unseen(command, |line| {
        writeln!(screen, "{line}")?;
        read(line);
        Ok(())
    })
}

/// [`each_line`], not shown.
pub(crate) fn each_line_unseen(command: Cmd<'_>, mut read: impl FnMut(&str) -> Result<()>) -> Result<bool> {
    let mut child = std::process::Command::from(command).stdout(Stdio::piped()).spawn()?;
    for line in BufReader::new(child.stdout.take().context("the command's output")?).split(b'\n') {
        read(&String::from_utf8_lossy(&line?))?;
    }
    Ok(child.wait()?.success())
}
