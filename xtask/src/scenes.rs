//! The named scenes as files, and what the command line reads in them: the other languages compare with that.

use anyhow::Result;
use xshell::{Shell, cmd};

/// All scenes below this folder, with the command line's answers in `cli.jsonl`, and selfies below `selfies`.
const SCENES: &str = "target/scenes";

/// These scenes as bursts too, each in a folder of its name below `bursts`: what the scenarios show as streams.
const BURSTS: [&str; 2] = ["cheap-camera", "cheap-camera-another-card"];

/// Whom the other languages register at the sandbox: cards and what is typed, below `enrolment`. One for each language.
const CITIZENS: &str = "2";

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
    cmd!(sh, "target/debug/citizen scenes {SCENES}/enrolment --citizens {CITIZENS}").ignore_stdout().run()?;
    identity(sh)?;
    let lines = cmd!(sh, "target/debug/citizen scan --json --today {TODAY} --dir {SCENES}").read()?;
    sh.write_file(format!("{SCENES}/cli.jsonl"), lines + "\n")?;
    Ok(())
}

/// What an app has to know of a service: of one that has stopped already, for what needs no network.
fn identity(sh: &Shell) -> Result<()> {
    let (data, service) = (format!("{SCENES}/sandbox"), format!("{SCENES}/service"));
    cmd!(sh, "target/debug/citizen sandbox --port 0 --data {data} --until-stdin-closes")
        .stdin("")
        .quiet()
        .ignore_stderr()
        .run()?;
    sh.create_dir(&service)?;
    sh.copy_file(format!("{data}/client.json"), &service)?;
    // Its keys and its population.
    Ok(sh.remove_path(&data)?)
}
