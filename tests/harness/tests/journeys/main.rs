//! Runs `tests/scenarios/journeys/*.json`; Kotlin and Swift run the same files, and all three leave the pages that they saw in
//! `target/scenarios`, where `cargo xtask test` compares them.

mod run;
mod step;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use step::Scenario;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios/journeys")
}

fn load(file: &Path) -> Scenario {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// Files by name, without `.json`.
fn names() -> Vec<String> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<_> = files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_journey_goes_as_written() {
    let names = names();
    assert!(!names.is_empty());
    let mut seen = Vec::new();
    let mut reached = BTreeSet::new();
    for name in names {
        let scenario = load(&folder().join(format!("{name}.json")));
        assert!(!scenario.rows.is_empty() && !scenario.steps.is_empty() && !scenario.title.is_empty(), "{name}");
        let pages = run::play(&name, &scenario, &mut reached);
        seen.push(format!("{name}: {}\n", pages.join(" ")));
    }
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/scenarios");
    std::fs::create_dir_all(&out).unwrap();
    std::fs::write(out.join("rust.txt"), seen.concat()).unwrap();
    // The walk's document names every page with each of its states.
    let document = std::fs::read_to_string(folder().join("../../../docs/journeys.md")).unwrap();
    let mut page = "";
    let mut missing = Vec::new();
    for line in document.lines() {
        page = line.strip_prefix("### ").unwrap_or(page);
        for state in line.strip_prefix("- states: ").into_iter().flat_map(|states| states.split(", ")) {
            missing.extend((!reached.contains(&(page.into(), state.into()))).then(|| format!("{page}: {state}")));
        }
    }
    assert!(missing.is_empty(), "{} states that no scenario reaches: {missing:#?}", missing.len());
}
