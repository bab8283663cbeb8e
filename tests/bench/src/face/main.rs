//! `bench-face`: which faces each detector finds in each picture, at what CPU time. `cargo xtask bench face` calls this, and judges.
//!
//! ```text
//! bench-face find LIST PYTHON SCRIPT LBP       LIST: a picture a line. SCRIPT LBP: how the peers are called
//! bench-face speed FRAME PYTHON SCRIPT LBP     streams of drawn frames, beside Haar on each frame. FRAME: a scratch file
//! ```

#[path = "../../../harness/src/cpu.rs"]
mod cpu;
mod find;
mod peers;
#[expect(dead_code, reason = "the benchmark draws on no picture")]
#[path = "../../../harness/src/picture.rs"]
mod picture;
mod speed;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use peers::Peers;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-face: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["find", list, python, script, lbp] => find::all(Path::new(list), Peers::start(python, script, lbp)?),
        ["speed", frame, python, script, lbp] => speed::all(Path::new(frame), Peers::start(python, script, lbp)?),
        _ => bail!("find LIST PYTHON SCRIPT LBP, or speed FRAME PYTHON SCRIPT LBP"),
    }
}
