//! `cargo xtask journeys`: `docs/journeys.md`, from a walk through every state.

use anyhow::{Result, ensure};
use clap::Args;
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::root;

const DOCUMENT: &str = "docs/journeys.md";

#[derive(Args)]
pub(crate) struct Options {
    /// Writes the document anew; without it, it is only checked.
    #[arg(long)]
    write: bool,
}

pub(crate) fn run(sh: &Shell, options: &Options) -> Result<()> {
    need(sh, &[Tool::BuildEssential])?;
    if options.write {
        sh.write_file(DOCUMENT, walked(sh)?)?;
        println!("{}", root().join(DOCUMENT).display());
        return Ok(());
    }
    check(sh)
}

/// Whether the document is what the walk says.
pub(crate) fn check(sh: &Shell) -> Result<()> {
    let is_current = sh.read_file(DOCUMENT).unwrap_or_default() == walked(sh)?;
    ensure!(is_current, "{DOCUMENT} is not what the journeys are: cargo xtask journeys --write");
    Ok(())
}

fn walked(sh: &Shell) -> Result<String> {
    // As it is printed, its last line break included.
    Ok(cmd!(sh, "cargo run --quiet --package citizen-walk --bin journeys-doc").read()? + "\n")
}
