//! `citizen`: the desktop test harness of Citizen Core. For its users it is the phone.

mod console;
mod cpu;
mod scan;
mod scenes;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The desktop test harness of Citizen Core.
#[derive(Parser)]
#[command(name = "citizen", version)]
struct Citizen {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads citizen cards from pictures, a burst of frames, or the camera.
    Scan(scan::Options),
    /// Draws the named scenes: specimen cards, photographed.
    Scenes(scenes::Options),
}

/// How a command ended; clap itself exits with 2 on bad usage.
enum Outcome {
    /// Something was read or done.
    Done,
    /// Nothing was read.
    Nothing,
    /// Bad usage, or a file that can't be used.
    Unusable,
}

fn main() -> ExitCode {
    let outcome = match Citizen::parse().command {
        Command::Scan(options) => scan::run(&options),
        Command::Scenes(options) => scenes::run(&options),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Unusable) => ExitCode::from(2),
        Err(error) if console::reader_left(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console::tell(format_args!("citizen: {error:#}"));
            ExitCode::from(2)
        }
    }
}
