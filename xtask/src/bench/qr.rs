//! `citizen scan --any` over a corpus of pictures whose QR texts are known.

mod manifest;
mod score;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::{root, step};
use manifest::{Picture, QrSet};
use score::Score;

/// Pictures for one call of the command: far below every system's limit on arguments.
const CHUNK: usize = 50;

pub(super) fn run(sh: &Shell, corpus: &Path) -> Result<()> {
    // Relative to the caller's folder; the commands below run in the repository.
    let corpus = std::path::absolute(corpus)?;
    let sets = manifest::sets_in(&corpus)?;
    need(sh, &[Tool::BuildEssential, Tool::Libclang])?;
    cmd!(sh, "cargo build --release --package citizen-harness").run()?;

    step(&format!("QR codes in {}", corpus.display()));
    println!("{}", score::HEADER);
    let mut total = Score::default();
    for set in &sets {
        let score = scan(sh, set)?;
        println!("{}", score.row(&set.name));
        total.add(score);
    }
    println!("{}", total.row("total"));
    for wrong in &total.wrong {
        println!("wrong: {wrong}");
    }
    match total.wrong.len() {
        0 => Ok(()),
        wrong => bail!("wrong texts: {wrong}"),
    }
}

fn scan(sh: &Shell, set: &QrSet) -> Result<Score> {
    let citizen = root().join("target/release/citizen");
    let mut score = Score::default();
    for chunk in set.pictures.chunks(CHUNK) {
        let files: Vec<&PathBuf> = chunk.iter().map(|picture| &picture.file).collect();
        // It exits with 1 when nothing was read; a picture it can't use has no line, which is an error below.
        let lines = cmd!(sh, "{citizen} scan --any --json -- {files...}").quiet().ignore_status().read()?;
        let answers = answers(&lines)?;
        for picture in chunk {
            let file = picture.file.display().to_string();
            let answer = answers.get(&file).with_context(|| format!("`citizen scan` has no line for {file}"))?;
            score.count(picture, answer);
        }
    }
    Ok(score)
}

/// What was read in one picture.
struct Answer {
    texts: Vec<String>,
    /// CPU time.
    ms: f64,
}

/// From the lines of `--json`, by file.
fn answers(lines: &str) -> Result<HashMap<String, Answer>> {
    let answer = |line: &str| -> Option<(String, Answer)> {
        let line: Value = serde_json::from_str(line).ok()?;
        let texts = line["text_hex"].as_array()?.iter().map(|hex| manifest::text(hex.as_str()?)).collect::<Option<_>>();
        Some((line["file"].as_str()?.to_owned(), Answer { texts: texts?, ms: line["ms"].as_f64()? }))
    };
    lines.lines().map(|line| answer(line).with_context(|| format!("not a line of `citizen scan`: {line}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_command_is_read() {
        let lines = r#"{"file":"a.png","text_hex":["4d0d0a"],"card":null,"corners":[],"hint":null,"ms":1.5}"#;
        let answers = answers(lines).unwrap();
        assert_eq!(answers["a.png"].texts, ["M"]);
        assert!((answers["a.png"].ms - 1.5).abs() < f64::EPSILON);
        assert!(super::answers("{}").is_err());
    }
}
