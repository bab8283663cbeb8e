//! The named scenes as files, and what the command line reads in them: the other languages compare with that.

use anyhow::Result;
use xshell::{Shell, cmd};

/// All scenes below this folder, with the command line's answers in `cli.jsonl`, and selfies below `selfies`.
const SCENES: &str = "target/scenes";

/// These scenes as bursts too, each in a folder of its name below `bursts`: what the scenarios show as streams.
const BURSTS: [&str; 2] = ["cheap-camera", "cheap-camera-another-card"];

/// The day that the scenarios use too.
const TODAY: &str = "2026-11-22";

pub(crate) fn draw(sh: &Shell) -> Result<()> {
    cmd!(sh, "cargo build --package citizen-harness").run()?;
    sh.remove_path(SCENES)?;
    cmd!(sh, "target/debug/citizen scenes {SCENES}").ignore_stdout().run()?;
    for burst in BURSTS {
        cmd!(sh, "target/debug/citizen scenes {SCENES}/bursts/{burst} --burst {burst}").ignore_stdout().run()?;
    }
    cmd!(sh, "target/debug/citizen selfies {SCENES}/selfies --held").run()?;
    let lines = cmd!(sh, "target/debug/citizen scan --json --today {TODAY} --dir {SCENES}").read()?;
    sh.write_file(format!("{SCENES}/cli.jsonl"), lines + "\n")?;
    Ok(())
}
