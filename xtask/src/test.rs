//! `cargo xtask test`: everything, in three languages. A missing toolchain is installed or an error, never skipped.

use anyhow::{Context, Result};
use xshell::{Shell, cmd};

use crate::install::{Tool, need};
use crate::swift::Swift;
use crate::totals::{self, Runner, Totals};
use crate::{Language, bindings, contract, portraits, scenarios, scenes, step};

/// Less than a minute of generated requests; `cargo xtask contract` has more.
const CONTRACT_EXAMPLES: u32 = 10;
const CONTRACT_SEED: u64 = 1;

pub(crate) fn run(sh: &Shell) -> Result<()> {
    need(sh, &[Tool::BuildEssential, Tool::Libclang, Tool::Openssl, Tool::PythonVenv, Tool::Jdk, Tool::Maven])?;
    let swift = Swift::ready(sh)?;

    portraits::run(sh)?;
    scenarios::forget(sh)?;

    step("Rust");
    let rust = totals::of(cmd!(sh, "cargo test --workspace"), Runner::Cargo).context("Rust tests")?;

    let contract = contract::prove(sh, CONTRACT_EXAMPLES, CONTRACT_SEED).context("the service's contract")?;

    step("Scenes for the other languages");
    scenes::draw(sh)?;

    step("Kotlin on the JVM");
    let kotlin = totals::of(maven(sh, &["test"]), Runner::Surefire).context("Kotlin tests")?;

    step("Swift");
    bindings::run(sh, Language::Swift)?;
    let swift =
        totals::of(swift.command(sh, "swift test --disable-swift-testing"), Runner::XcTest).context("Swift tests")?;

    step("The journeys in three languages");
    scenarios::compare(sh)?;

    step("Totals");
    let contract::Proof { operations, cases, failed } = contract;
    println!("Contract: {operations} operations, {cases} cases, {failed} failed");
    let rows = [("Rust", rust), ("Kotlin", kotlin), ("Swift", swift)];
    for (name, totals) in rows {
        println!("{name:<8}{:>5} passed, {} failed", totals.passed, totals.failed);
    }
    let all = rows.into_iter().fold(Totals::default(), |sum, (_, totals)| sum + totals);
    println!("{} passed, {} failed", all.passed, all.failed);
    Ok(())
}

/// Maven in `android/`; it generates the Kotlin binding itself.
pub(crate) fn maven<'a>(sh: &'a Shell, arguments: &[&str]) -> xshell::Cmd<'a> {
    cmd!(sh, "mvn --batch-mode --no-transfer-progress --file android/pom.xml {arguments...}")
}
