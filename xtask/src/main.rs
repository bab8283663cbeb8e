//! `cargo xtask COMMAND`: every developer command. CI runs the same ones.

mod bench;
mod bindings;
mod check;
mod contract;
mod demo;
mod install;
mod journeys;
mod output;
mod portraits;
mod scenarios;
mod scenes;
mod size;
mod soak;
mod swift;
mod test;
mod totals;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use xshell::Shell;

/// The developer commands of Citizen Core. Each installs what it needs and says so.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The main job, end to end: draws cards, photographs them, reads them; guides a selfie.
    Demo,
    /// Everything in three languages: Rust, Kotlin on the JVM, Swift on Linux.
    Test,
    /// Formatting, clippy, cargo-deny, documentation; warnings are errors.
    Check {
        /// For releases: an advisory database that can't be reached is an error, not a notice.
        #[arg(long)]
        strict: bool,
    },
    /// Measures, and fails when a limit is passed.
    Bench {
        #[command(subcommand)]
        bench: bench::Bench,
    },
    /// The service's contract, kept in docs/openapi.json; a service of its own held to it by schemathesis.
    Contract(contract::Options),
    /// Every page of the journeys with where it leads, kept in docs/journeys.md.
    Journeys(journeys::Options),
    /// The stripped release library's size, kept in docs/size.json.
    Size,
    /// Long runs of what the tests do briefly.
    Soak {
        #[arg(value_enum)]
        name: soak::Name,
        #[command(flatten)]
        amount: soak::Amount,
    },
    /// Fetches the portrait that selfies are drawn from; what needs it calls this.
    Portraits,
    /// Generates the bindings of one language; its build calls this.
    Bindings {
        #[arg(value_enum)]
        language: Language,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    Kotlin,
    Swift,
}

fn main() -> ExitCode {
    match run(&Xtask::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<()> {
    let sh = Shell::new()?;
    sh.change_dir(root());
    // One target folder, wherever the caller's environment points: the other languages' builds look there.
    sh.set_var("CARGO_TARGET_DIR", root().join("target"));
    match command {
        Command::Demo => demo::run(&sh),
        Command::Test => test::run(&sh),
        Command::Check { strict } => check::run(&sh, *strict),
        Command::Bench { bench } => bench::run(&sh, bench),
        Command::Contract(options) => contract::run(&sh, options),
        Command::Journeys(options) => journeys::run(&sh, options),
        Command::Size => size::run(&sh),
        Command::Soak { name, amount } => soak::run(&sh, *name, *amount),
        Command::Portraits => portraits::run(&sh),
        Command::Bindings { language } => bindings::run(&sh, *language),
    }
}

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// A headline between the steps of a command.
fn step(text: &str) {
    println!("\n== {text}");
}
