//! `bench-qr`: what each decoder reads in each picture, from the same luma, and its CPU time.
//!
//! Each decoder is a child process that answers one picture at a time, so that one that hangs or dies is replaced and
//! the run goes on. `cargo xtask bench qr` calls this, and judges.
//!
//! ```text
//! bench-qr run LIST LUMA PYTHON SCRIPT    LIST, line by line: `new` or `next`, a tab, a picture; `next` continues the
//!                                         session of the line before. LUMA: the file for each picture's luma in turn.
//!                                         PYTHON SCRIPT: how zxing-cpp is called
//! bench-qr decode NAME                    the child
//! ```

mod child;
#[path = "../../../harness/src/cpu.rs"]
mod cpu;
mod decoder;
mod luma;
mod ours;
mod peers;
#[expect(dead_code, reason = "the benchmark draws on no picture")]
#[path = "../../../harness/src/picture.rs"]
mod picture;
mod protocol;
mod run;
mod text;

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-qr: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["run", list, luma, python, script] => {
            let mut zxing_cpp = Command::new(python);
            zxing_cpp.arg(script);
            run::all(Path::new(list), Path::new(luma), zxing_cpp)
        }
        ["decode", name] => decoder::serve(name),
        _ => bail!("run LIST LUMA PYTHON SCRIPT, or decode NAME"),
    }
}
