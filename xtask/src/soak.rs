//! `cargo xtask soak NAME`: what the tests do briefly, for long.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use xshell::{Shell, cmd};

use crate::install::{Tool, cargo_tool, need};
use crate::{portraits, step};

/// Cases for each property.
const CASES: &str = "100000";

/// Random sequences in each journey.
const SEQUENCES: &str = "10000";

const CARGO_FUZZ: &str = "0.13.2";

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Name {
    /// 100,000 cases of each property of the parsers and of `Frame`.
    Properties,
    /// The vault under `kill -9` while it writes, then damaged copies of it.
    Vault,
    /// 10,000 random sequences of what can happen in each journey.
    Journeys,
    /// Enrolments through the app: a death at every moment, real kills, 200 with three of ten calls failing.
    Enrolment,
    /// Registrations through a network that drops, duplicates, delays, reorders, truncates and resets.
    Link,
    /// Coverage-guided fuzzing of what the vault reads from its files.
    FuzzVault,
    /// Coverage-guided fuzzing of the card's text.
    FuzzCard,
    /// Coverage-guided fuzzing of typed, pasted and sent one-time codes, and of the messages that carry them.
    FuzzOtp,
    /// Coverage-guided fuzzing of ledger entries and heads.
    FuzzLedger,
    /// Coverage-guided fuzzing of pin sets and statement-key sets.
    FuzzPins,
    /// Coverage-guided fuzzing of every JSON body.
    FuzzWire,
    /// Coverage-guided fuzzing of the transfer's QR codes, messages, documents and chunks.
    FuzzXfer,
    /// Coverage-guided fuzzing of the scanner: frames of any bytes, disfigured symbols, sampled modules; a third of the time each.
    FuzzScan,
    /// Coverage-guided fuzzing of the selfie guide: frames of any bytes, sessions of disfigured faces with landmarks of any value; half of
    /// the time each.
    FuzzFace,
}

/// How much of it.
#[derive(Clone, Copy, Args)]
pub(crate) struct Amount {
    /// How long to fuzz.
    #[arg(long, default_value_t = 20)]
    minutes: u32,
    /// How often the vault's writer is killed.
    #[arg(long, default_value_t = 1000)]
    kills: u32,
    /// How many damaged copies of the vault are opened.
    #[arg(long, default_value_t = 2000)]
    damage: u32,
    /// How many citizens register through the failing network.
    #[arg(long, default_value_t = 2000)]
    registrations: u32,
    /// Another seed of the vault's or the link's soak: other rows, other damage, other faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(sh: &Shell, name: Name, amount: Amount) -> Result<()> {
    let minutes = amount.minutes;
    need(sh, &[Tool::BuildEssential])?;
    match name {
        Name::Properties => properties(sh),
        Name::Vault => vault(sh, amount),
        Name::Link => link(sh, amount),
        Name::Journeys => journeys(sh),
        Name::Enrolment => enrolment(sh),
        Name::FuzzVault => fuzz(sh, &["vault"], &[], minutes),
        Name::FuzzCard => fuzz(sh, &["card"], &[], minutes),
        Name::FuzzOtp => fuzz(sh, &["otp"], &[], minutes),
        Name::FuzzLedger => fuzz(sh, &["ledger"], &[], minutes),
        Name::FuzzPins => fuzz(sh, &["pins"], &[], minutes),
        Name::FuzzWire => fuzz(sh, &["wire"], &[], minutes),
        Name::FuzzXfer => fuzz(sh, &["xfer"], &[], minutes),
        Name::FuzzScan => fuzz(sh, &["frame", "scan", "grid"], &[], minutes),
        Name::FuzzFace => {
            portraits::run(sh)?;
            // Long inputs from the start: a frame of few bytes is too small for a face, a session of few too short for a hint.
            fuzz(sh, &["frame", "face"], &["-max_len=16384", "-len_control=0"], minutes)
        }
    }
}

fn properties(sh: &Shell) -> Result<()> {
    portraits::run(sh)?;
    let _cases = sh.push_env("PROPTEST_CASES", CASES);
    cmd!(sh, "cargo test --package citizen-card --package citizen-vault --package citizen-vision --lib --test payload --test frame").run()?;
    println!("{CASES} cases each");
    Ok(())
}

fn vault(sh: &Shell, Amount { kills, damage, seed, .. }: Amount) -> Result<()> {
    let [kills, damage, seed] = [kills.to_string(), damage.to_string(), seed.to_string()];
    cmd!(
        sh,
        "cargo run --release --quiet --package citizen-soak -- vault --kills {kills} --damage {damage} --seed {seed}"
    )
    .run()
    .context("the vault did not stand it: see the counts")
}

fn journeys(sh: &Shell) -> Result<()> {
    let _sequences = sh.push_env("JOURNEY_SEQUENCES", SEQUENCES);
    cmd!(sh, "cargo test --release --package citizen-walk --test random -- --nocapture")
        .run()
        .context("a sequence did not stand it")
}

fn enrolment(sh: &Shell) -> Result<()> {
    let _all = [("ENROLMENTS", "200"), ("KILLED_CITIZENS", "10")].map(|(name, value)| sh.push_env(name, value));
    cmd!(sh, "cargo test --package citizen-holder --tests -- --nocapture")
        .run()
        .context("an enrolment did not stand it")
}

fn link(sh: &Shell, Amount { registrations, seed, .. }: Amount) -> Result<()> {
    let [registrations, seed] = [registrations.to_string(), seed.to_string()];
    cmd!(sh, "cargo run --release --quiet --package citizen-soak -- link --registrations {registrations} --seed {seed}")
        .run()
        .context("a registration did not stand it: see the counts")
}

fn fuzz(sh: &Shell, targets: &[&str], options: &[&str], minutes: u32) -> Result<()> {
    if cmd!(sh, "cargo +nightly --version").quiet().ignore_stdout().ignore_stderr().run().is_err() {
        step("Installing the nightly toolchain, which the fuzzer needs");
        cmd!(sh, "rustup toolchain install nightly --profile minimal").run().context("no nightly toolchain")?;
    }
    // `cargo +nightly fuzz` finds the fuzzer on the PATH.
    let program = cargo_tool(sh, "cargo-fuzz", CARGO_FUZZ)?;
    let own = program.parent().context("a program lies in a folder")?.to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let _path = sh.push_env("PATH", std::env::join_paths([own].into_iter().chain(std::env::split_paths(&path)))?);
    let folder = "tests/fuzz";
    let seconds = format!("-max_total_time={}", minutes * 60 / targets.len() as u32);
    targets.iter().try_for_each(|target| {
        // A frame may take long under the sanitizer; an endless loop takes longer.
        cmd!(
            sh,
            "cargo +nightly fuzz run --fuzz-dir {folder} --target-dir {folder}/target {target} -- {seconds} -timeout=30 {options...}"
        )
        .run()
        .context("a finding: the input is named above, below tests/fuzz/artifacts")
    })
}
