//! The vault beside stores that seal nothing: `bench-vault` of `tests/bench` measures, here the ratios are judged and written down.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::step;

const RESULTS: &str = "docs/benchmarks";
const TARGET: &str = "target/bench";

/// A commit beside the faster of redb and `SQLite`.
const MOST_COMMIT: f64 = 5.0;
/// Opening with every row checked, beside redb opening and reading the same.
const MOST_OPEN: f64 = 10.0;

#[derive(Deserialize)]
struct Line {
    measure: String,
    store: String,
    median_us: f64,
    p95_us: f64,
}

pub(super) fn run(sh: &Shell) -> Result<()> {
    need(sh, &[Tool::BuildEssential])?;
    step("Building the stores");
    let manifest = ["--release", "--locked", "--manifest-path", "tests/bench/Cargo.toml", "--target-dir", TARGET];
    cmd!(sh, "cargo build {manifest...} --bin bench-vault").run()?;
    step("Commits and openings, the stores in turn");
    let output = cmd!(sh, "{TARGET}/release/bench-vault").read()?;
    let lines: Vec<Line> = output.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let median = |measure: &str, store: &str| {
        let line = lines.iter().find(|line| line.measure == measure && line.store == store);
        line.map(|line| line.median_us).with_context(|| format!("{measure} of {store}"))
    };
    let faster = median("commit", "redb")?.min(median("commit", "sqlite")?);
    let commit = median("commit", "vault")? / faster;
    let open = median("open", "vault")? / median("open", "redb")?;
    let sealing = median("commit", "vault")? - median("commit", "sled alone")? - median("commit", "head file alone")?;
    let page = page(&lines, commit, open, sealing)?;
    println!("{page}");
    sh.create_dir(RESULTS)?;
    sh.write_file(format!("{RESULTS}/vault.md"), page)?;
    if commit > MOST_COMMIT || open > MOST_OPEN {
        bail!("over the limit: commit {commit:.1} of {MOST_COMMIT}, open {open:.1} of {MOST_OPEN}");
    }
    Ok(())
}

fn page(lines: &[Line], commit: f64, open: f64, sealing: f64) -> Result<String> {
    let mut page = String::from(
        "# The vault beside other stores\n\n\
         Written by `cargo xtask bench vault`; don't edit.\n\n\
         All stores in one run, in turn on the same rows of 256 bytes, each commit on the disk when it returns: redb as it comes, \
         SQLite with a write-ahead log and `synchronous = FULL`. They seal nothing and check nothing. Times are of one shared machine: \
         compare them with each other, don't quote them.\n\n",
    );
    for (measure, title) in [("commit", "A commit of one row"), ("open", "Opening 10,000 rows and reading them")] {
        writeln!(page, "## {title}\n\n| store | median, us | 95 of 100 within, us |\n|---|--:|--:|")?;
        for Line { store, median_us, p95_us, .. } in lines.iter().filter(|line| line.measure == measure) {
            writeln!(page, "| {store} | {median_us:.0} | {p95_us:.0} |")?;
        }
        page.push('\n');
    }
    write!(
        page,
        "A commit takes {commit:.1} times the faster peer's time (limit {MOST_COMMIT}). It goes to sled's transaction and flush, and to the \
         head file, which is written and synchronised, renamed, and its folder synchronised; what is left for sealing, sums and the \
         way to the storage thread and back is {sealing:.0} us.\n\n\
         Opening takes {open:.1} times redb's time (limit {MOST_OPEN}). It reads and authenticates every row against the sealed commit \
         record; more than half of it is sled's own recovery. Unsealing every row besides is the second line.\n"
    )?;
    Ok(page)
}
