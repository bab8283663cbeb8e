//! `cargo xtask bench NAME`: always a ratio to a named peer in the same run.

use anyhow::Result;
use clap::ValueEnum;
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::swift::Swift;
use crate::{Language, bindings, step, test};

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Name {
    /// A frame into Rust by reference, beside the same frame as a copied `Vec<u8>`.
    Crossing,
}

pub(crate) fn run(sh: &Shell, name: Name) -> Result<()> {
    match name {
        Name::Crossing => crossing(sh),
    }
}

fn crossing(sh: &Shell) -> Result<()> {
    need(sh, &[Tool::BuildEssential, Tool::Jdk, Tool::Maven])?;
    let swift = Swift::ready(sh)?;
    cmd!(sh, "cargo build --release --package citizen-ffi --features crossing-probe").run()?;

    step("Kotlin");
    let library = format!("-Dnative.dir={}", crate::root().join("target/release").display());
    test::maven(sh, &["-Pbench", &library, "test"]).run()?;

    step("Swift");
    bindings::run(sh, Language::Swift)?;
    swift.command(sh, "CITIZEN_CORE_PROFILE=release swift run -c release crossing-bench").run()?;
    Ok(())
}
