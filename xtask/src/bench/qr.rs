//! Our scanner and its peers over pictures whose QR texts are known: what each reads, at what CPU time.
//!
//! `tests/bench` runs the decoders; here their answers are judged, counted and written to `docs/benchmarks`.

mod decoder;
mod judge;
mod manifest;
mod measures;
mod plot;
mod record;
mod run;
mod score;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::step;
use decoder::Decoder;
use judge::Look;
use manifest::Picture;
use measures::Measure;
use score::Group;

const RESULTS: &str = "docs/benchmarks";

/// Everything that was found out, as the table, the plot and the record show it.
struct Report<'a> {
    /// Which pictures, for a reader.
    corpus: String,
    pictures: &'a [Picture],
    looks: &'a [Look],
    groups: Vec<Group>,
    measures: Vec<Measure>,
    /// Of each peer.
    versions: Vec<(Decoder, String)>,
}

pub(super) fn run(sh: &Shell, corpus: Option<&Path>, json: Option<&Path>) -> Result<()> {
    need(sh, &[Tool::BuildEssential, Tool::PythonVenv])?;
    // Relative to the caller's folder; the commands below run in the repository.
    let json = json.map(std::path::absolute).transpose()?;
    let (folder, name) = match corpus {
        Some(folder) => (std::path::absolute(folder)?, format!("the corpus `{}`", folder.display())),
        None => (own_scenes(sh)?, "our own scenes".to_owned()),
    };
    let pictures = manifest::pictures_in(&folder)?;
    let looks = run::looks(sh, &pictures)?;

    let report = Report {
        corpus: name,
        pictures: &pictures,
        looks: &looks,
        groups: score::groups(&pictures, &looks),
        measures: measures::of(&pictures, &looks),
        versions: decoder::versions(sh)?,
    };
    let table = table::markdown(&report);
    step(&format!("QR codes in {}", report.corpus));
    println!("{table}");
    sh.create_dir(RESULTS)?;
    sh.write_file(format!("{RESULTS}/qr.md"), table)?;
    sh.write_file(format!("{RESULTS}/qr.svg"), plot::svg(&report))?;
    if let Some(file) = json {
        sh.write_file(file, record::json(&report))?;
    }
    verdict(&report)
}

/// Ladders and bursts, drawn anew: the scenes may have changed.
fn own_scenes(sh: &Shell) -> Result<PathBuf> {
    let folder = crate::root().join("target/bench/scenes");
    step("Drawing ladders and bursts");
    sh.remove_path(&folder)?;
    // Without the camera, whose build needs libclang.
    let harness = ["--release", "--package", "citizen-harness", "--no-default-features"];
    cmd!(sh, "cargo run {harness...} -- scenes --ladders {folder}").run()?;
    Ok(folder)
}

fn verdict(report: &Report<'_>) -> Result<()> {
    let wrong = |look: &&Look| !look.wrong.is_empty();
    for look in report.looks.iter().filter(wrong) {
        println!("wrong: {}: {}: {:?}", look.decoder.name(), report.pictures[look.picture].file.display(), look.wrong);
    }
    let ours = || report.looks.iter().filter(|look| look.decoder.is_ours());
    for look in ours().filter(|look| look.died || look.timed_out) {
        println!("no answer: {}: {}", look.decoder.name(), report.pictures[look.picture].file.display());
    }
    match (ours().filter(wrong).count(), ours().filter(|look| look.died || look.timed_out).count()) {
        (0, 0) => Ok(()),
        (wrong, unanswered) => bail!("ours: wrong texts in {wrong} pictures, no answer to {unanswered}"),
    }
}
