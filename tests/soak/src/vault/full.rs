//! A disk that fills up under the writer: a limit on the size of its files stands for it, so that no file system has to be made.

use std::fmt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::child::Worker;
use super::model::Model;
use super::read::Seen;

const RUNS: u32 = 12;
/// Kilobytes that a file may have: the database reaches them after some hundreds of operations.
const LEAST: u32 = 2_100;
const MOST: u32 = 9_000;
const HANGS: Duration = Duration::from_mins(1);

/// What a full disk did.
#[derive(Default)]
pub(crate) struct Full {
    runs: u32,
    acknowledged: u64,
    lost: u32,
    hung: u32,
}

impl Full {
    pub(crate) fn is_good(&self) -> bool {
        (self.lost, self.hung) == (0, 0)
    }
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { runs, acknowledged, lost, hung } = self;
        write!(
            f,
            "disk full under the writer {runs:>5}  {acknowledged} operations acknowledged, {lost} runs lost rows, {hung} hung"
        )
    }
}

pub(crate) fn run(seed: u64) -> Result<Full> {
    let mut counts = Full::default();
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    for _ in 0..RUNS {
        let phone = tempfile::tempdir()?;
        let mut model = Model::new(random.random());
        let Some(acknowledged) = write_until_full(phone.path(), model.seed, random.random_range(LEAST..MOST))? else {
            counts.hung += 1;
            continue;
        };
        counts.runs += 1;
        counts.acknowledged += acknowledged;
        let reader = Worker::spawn("vault-read", phone.path(), &[])?;
        let (lines, ended) = reader.lines_within(HANGS);
        if !ended {
            reader.kill()?;
            counts.hung += 1;
            continue;
        }
        let whole = match Seen::parse(lines.iter().map(String::as_str))? {
            Seen::Opened { operations, losses, rows, damaged } => {
                model.advance_to(operations);
                operations >= acknowledged && losses.is_empty() && damaged.is_empty() && model.rows == rows
            }
            Seen::Refused(_) => false,
        };
        counts.lost += u32::from(!whole);
    }
    Ok(counts)
}

/// The operations that the writer acknowledged before it stopped; none if it hangs instead of stopping.
fn write_until_full(phone: &Path, seed: u64, kilobytes: u32) -> Result<Option<u64>> {
    let own = std::env::current_exe().context("the path of this program")?;
    // Without the signal, writing too much is an error like that of a full disk.
    let script = "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"";
    let mut command = Command::new("bash");
    command.args(["-c", script, "bash"]).arg(kilobytes.to_string()).arg(own);
    command.arg("vault-write").arg(phone).arg(seed.to_string());
    let writer = Worker::start(command)?;
    let (lines, ended) = writer.lines_within(HANGS);
    if !ended {
        writer.kill()?;
        return Ok(None);
    }
    writer.wait()?;
    let failed = lines.last().and_then(|line| line.strip_prefix("failed "));
    anyhow::ensure!(failed.is_some(), "the writer ended without having met the full disk, or broke in it");
    let last = lines.iter().rev().find_map(|line| line.strip_prefix("ack ")?.parse().ok());
    Ok(Some(last.unwrap_or(0)))
}
