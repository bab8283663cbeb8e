//! `cargo xtask check`: what must be clean before anything lands.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::install::{Tool, cargo_tool, need};
use crate::swift::Swift;
use crate::{bindings, contract, journeys, step};

const CARGO_DENY: &str = "0.20.2";

/// Crates that know nothing of the boundary unless asked: `--workspace` alone would not show it.
const PURE: [&str; 10] = [
    "citizen-app",
    "citizen-card",
    "citizen-encoding",
    "citizen-journeys",
    "citizen-keystore",
    "citizen-protocol",
    "citizen-service",
    "citizen-text",
    "citizen-vault",
    "citizen-vision",
];

/// `strict`: an advisory database out of reach is an error.
pub(crate) fn run(sh: &Shell, strict: bool) -> Result<()> {
    step("rustfmt");
    cmd!(sh, "cargo fmt --all --check").run()?;

    need(sh, &[Tool::BuildEssential, Tool::Libclang])?;
    step("clippy");
    cmd!(sh, "cargo clippy --workspace --all-targets --all-features -- --deny warnings").run()?;
    for name in PURE {
        cmd!(sh, "cargo clippy --package {name} -- --deny warnings").run()?;
        let tree = cmd!(sh, "cargo tree --package {name} --edges normal --prefix none").read()?;
        if tree.lines().any(|line| line.starts_with("uniffi")) {
            bail!("{name} depends on uniffi without its feature `uniffi`");
        }
    }

    step("rustdoc");
    let flags = sh.push_env("RUSTDOCFLAGS", "--deny warnings");
    cmd!(sh, "cargo doc --workspace --no-deps --document-private-items").run()?;
    drop(flags);

    step("The service's contract is up to date");
    contract::check(sh)?;

    step("The journeys' document is up to date");
    journeys::check(sh)?;

    step("Bindings generate");
    bindings::run(sh, crate::Language::Kotlin)?;
    bindings::run(sh, crate::Language::Swift)?;

    step("cargo-deny");
    let deny = cargo_tool(sh, "cargo-deny", CARGO_DENY)?;
    cmd!(sh, "{deny} --all-features check bans licenses sources").run()?;
    let reached = cmd!(sh, "{deny} fetch db").quiet().ignore_stderr().run().is_ok();
    if reached {
        cmd!(sh, "{deny} --all-features check advisories").run()?;
    } else if strict {
        bail!("advisories: the database can't be reached from here");
    }

    // Last: what the Rust steps found is seen before Swift, the largest of the tools, is installed.
    step("swift-format");
    let swift = Swift::ready(sh)?;
    swift.command(sh, "swift format lint --strict --recursive Package.swift Tests Bench").run()?;

    step(if reached { "Clean" } else { "Clean; advisories NOT CHECKED: their database can't be reached from here" });
    Ok(())
}
