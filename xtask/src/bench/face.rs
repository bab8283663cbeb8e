//! Our face search and its peers over pictures whose faces are known: what each finds, at what CPU time.
//!
//! `bench-face` of `tests/bench` runs the detectors; here their answers are judged, counted and written to `docs/benchmarks`.

mod detector;
mod look;
mod peers;
mod pictures;
mod speed;
mod table;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use super::chart::{self, Bar, Chart, Panel};
use crate::install::{Tool, need};
use crate::{portraits, root, step};
use detector::Detector;
use look::Group;
use speed::Ratio;

const RESULTS: &str = "docs/benchmarks";

/// Of `tests/bench`, and its scratch files.
const TARGET: &str = "target/bench";

/// Everything that was found out.
struct Report {
    /// Which pictures, for a reader.
    corpus: String,
    pictures: usize,
    groups: Vec<Group>,
    ratios: Vec<Ratio>,
}

pub(super) fn run(sh: &Shell, corpus: Option<&Path>) -> Result<()> {
    need(sh, &[Tool::BuildEssential, Tool::PythonVenv])?;
    portraits::run(sh)?;
    let (folder, name) = match corpus {
        Some(folder) => (std::path::absolute(folder)?, format!("the corpus `{}`", folder.display())),
        None => (own_selfies(sh)?, "our own selfies".to_owned()),
    };
    let pictures = pictures::in_folder(&folder)?;
    let peers = peers::Peers::ready(sh)?;
    step("Building the detectors");
    cmd!(sh, "cargo build --release --locked --manifest-path tests/bench/Cargo.toml --target-dir {TARGET}").run()?;
    let looks = look::at(sh, &peers, &pictures)?;
    let ratios = speed::measured(sh, &peers)?;

    let report = Report { corpus: name, pictures: pictures.len(), groups: look::groups(&pictures, &looks), ratios };
    let table = table::markdown(&report);
    step(&format!("Faces in {}", report.corpus));
    println!("{table}");
    sh.create_dir(RESULTS)?;
    sh.write_file(format!("{RESULTS}/face.md"), table)?;
    sh.write_file(format!("{RESULTS}/face.svg"), plot(&report))?;
    let over: Vec<_> = report.ratios.iter().filter(|ratio| ratio.is_over()).map(|ratio| ratio.name).collect();
    if !over.is_empty() {
        bail!("over the limit: {}", over.join(", "));
    }
    Ok(())
}

/// Drawn anew: how they are drawn may have changed.
fn own_selfies(sh: &Shell) -> Result<PathBuf> {
    let folder = root().join(TARGET).join("selfies");
    step("Drawing selfies");
    sh.remove_path(&folder)?;
    // Without the camera, whose build needs libclang.
    let harness = ["--release", "--package", "citizen-harness", "--no-default-features"];
    cmd!(sh, "cargo run {harness...} -- selfies {folder}").run()?;
    Ok(folder)
}

fn plot(report: &Report) -> String {
    let panel = |(number, detector): (usize, Detector)| Panel {
        name: detector.name(),
        version: detector.version().map(str::to_owned),
        is_ours: detector.is_ours(),
        bars: report
            .groups
            .iter()
            .map(|group| &group.scores[number])
            .map(|score| Bar { right: score.found, wrong: (score.strays, "stray") })
            .collect(),
    };
    chart::svg(&Chart {
        title: "Faces found, by set",
        summary: "Pictures in which each detector finds the face, by set",
        corpus: format!("{} pictures of {}", report.pictures, report.corpus),
        legend: ["found by this project", "found by a peer", "not found"],
        sets: report.groups.iter().map(|group| (group.name.clone(), group.of)).collect(),
        panels: Detector::ALL.into_iter().enumerate().map(panel).collect(),
    })
}
