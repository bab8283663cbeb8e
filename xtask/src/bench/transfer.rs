//! What a transfer costs both phones beside a TLS handshake: `bench-transfer` of `tests/bench` measures, here the ratio is judged and
//! written down.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::step;

const RESULTS: &str = "docs/benchmarks";
const TARGET: &str = "target/bench";

/// Both phones together beside one handshake of both sides.
const MOST: f64 = 10.0;

#[derive(Deserialize)]
struct Line {
    measure: String,
    value: f64,
}

pub(super) fn run(sh: &Shell) -> Result<()> {
    need(sh, &[Tool::BuildEssential])?;
    step("Building both phones and their peer");
    let manifest = ["--release", "--locked", "--manifest-path", "tests/bench/Cargo.toml", "--target-dir", TARGET];
    cmd!(sh, "cargo build {manifest...} --bin bench-transfer").run()?;
    step("Transfers and handshakes in turn");
    let output = cmd!(sh, "{TARGET}/release/bench-transfer").read()?;
    let lines: Vec<Line> = output.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let [transfer, handshake] = lines.as_slice() else { bail!("two measures, not {}", lines.len()) };
    let ratio = transfer.value / handshake.value;
    let page = page([transfer, handshake], ratio);
    println!("{page}");
    sh.create_dir(RESULTS)?;
    sh.write_file(format!("{RESULTS}/transfer.md"), page).context("the page")?;
    if ratio > MOST {
        bail!("past the limit: {ratio:.2} of {MOST}");
    }
    Ok(())
}

fn page([transfer, handshake]: [&Line; 2], ratio: f64) -> String {
    format!(
        "# A transfer beside a TLS handshake\n\n\
         Written by `cargo xtask bench transfer`; don't edit. Times are of one shared machine: compare them with each other, don't quote \
         them.\n\n\
         | | median, \u{b5}s |\n|---|--:|\n| {} | {:.0} |\n| {} | {:.0} |\n\n\
         From the scanned QR-A to the receipt that both have checked: Noise, endorsement, acceptance, an export of 32 KiB, and the signatures \
         of 22 calls; without QR images and network. {ratio:.2} times a handshake with the same crates (limit {MOST}).\n",
        transfer.measure, transfer.value, handshake.measure, handshake.value
    )
}
