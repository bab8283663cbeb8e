//! `citizen`: the desktop test harness of Citizen Core. For its users it is the phone.

#[cfg(feature = "camera")]
mod camera;
mod console;
mod cpu;
mod demo;
mod outputs;
mod picture;
mod progress;
mod sandbox;
mod scan;
mod scenes;
mod selfie;
mod selfies;
mod source;
mod visible;

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
    /// Guides to a portrait, from pictures, a burst of frames, or the camera.
    Selfie(selfie::Options),
    /// Draws the frames that the selfie guide is tested on.
    Selfies(selfies::Options),
    /// Draws the named scenes: specimen cards, photographed.
    Scenes(scenes::Options),
    /// Runs the identity service on this computer, with an invented population.
    Sandbox(sandbox::Options),
    /// Gets a citizen of the invented population an account: on a simulated phone, at a service of its own.
    Demo(demo::Options),
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
        Command::Selfie(options) => selfie::run(&options),
        Command::Selfies(options) => selfies::run(&options),
        Command::Scenes(options) => scenes::run(&options),
        Command::Sandbox(options) => sandbox::run(&options),
        Command::Demo(options) => demo::run(&options),
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
