//! Runs `bench-qr` over the pictures.

use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};
use xshell::{Shell, cmd};

use super::decoder::{Decoder, ZXING_CPP};
use super::judge::Look;
use super::manifest::Picture;
use crate::install::python;
use crate::output::each_line_unseen;
use crate::{root, step};

/// Of `tests/bench`, and its scratch files.
const TARGET: &str = "target/bench";

/// Pictures between two lines of progress.
const PROGRESS: usize = 100;

/// Each decoder's answer to each picture, in the pictures' order.
pub(super) fn looks(sh: &Shell, pictures: &[Picture]) -> Result<Vec<Look>> {
    let python = python(sh, "zxing-cpp", &[&format!("zxing-cpp=={ZXING_CPP}")])?;
    step("Building the decoders");
    let target = root().join(TARGET);
    cmd!(sh, "cargo build --release --locked --manifest-path tests/bench/Cargo.toml --target-dir {target}").run()?;

    step(&format!("{} pictures, {} decoders", pictures.len(), Decoder::ALL.len()));
    let (program, list) = (target.join("release/bench-qr"), target.join("pictures.tsv"));
    let (luma, script) = (target.join("luma.pgm"), root().join("tests/bench/zxing_cpp.py"));
    sh.write_file(&list, asks(pictures)?)?;
    let mut looks = Vec::new();
    let succeeded = each_line_unseen(cmd!(sh, "{program} run {list} {luma} {python} {script}"), |line| {
        looks.push(Look::parse(line, pictures)?);
        if looks.len().is_multiple_of(PROGRESS * Decoder::ALL.len()) {
            println!("{} of {}", looks.len() / Decoder::ALL.len(), pictures.len());
        }
        Ok(())
    })?;
    if !succeeded {
        bail!("`bench-qr` failed");
    }
    let expected = pictures.len() * Decoder::ALL.len();
    ensure!(looks.len() == expected, "`bench-qr` has {} answers instead of {expected}", looks.len());
    Ok(looks)
}

/// A line for each picture.
fn asks(pictures: &[Picture]) -> Result<String> {
    pictures.iter().try_fold(String::new(), |mut lines, picture| {
        let file = picture
            .file
            .to_str()
            .filter(|file| !file.contains('\n'))
            .with_context(|| format!("a name that fits no line: {}", picture.file.display()))?;
        writeln!(lines, "{}\t{file}", if picture.begins { "new" } else { "next" })?;
        Ok(lines)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_whether_a_session_begins() {
        let picture =
            |file: &str, begins| Picture { file: file.into(), expected: String::new(), set: "burst".into(), begins };
        assert_eq!(asks(&[picture("b/f0", true), picture("b/f1", false)]).unwrap(), "new\tb/f0\nnext\tb/f1\n");
        assert!(asks(&[picture("a\nb", true)]).is_err());
    }
}
