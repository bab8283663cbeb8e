//! What `cargo xtask contract` needs: the contract, printed; or, given a data folder, a service with it and a list of whom it knows.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use citizen_sandbox::{Config, Population, Sandbox};

/// The invented citizens, one a line: kind, card, mobile number, email address.
const CITIZENS: &str = "citizens.tsv";

fn main() -> ExitCode {
    let done = match std::env::args_os().nth(1) {
        None => io::stdout().write_all(citizen_sandbox::openapi_json().as_bytes()).map_err(Into::into),
        Some(folder) => serve(Path::new(&folder)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody left who could read it: then it stays unsaid.
            let _ = writeln!(io::stderr(), "sandbox-contract: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until standard input ends, as it does when whoever started this is gone. Says when it is ready.
fn serve(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start(&Config::new(folder))?;
    write_citizens(&folder.join(CITIZENS))?;
    writeln!(io::stdout(), "{}", sandbox.identity().url())?;
    io::stdin().read_to_end(&mut Vec::new())?;
    sandbox.stop();
    Ok(())
}

fn write_citizens(file: &Path) -> io::Result<()> {
    let mut table = BufWriter::new(File::create(file)?);
    for citizen in Population::default().citizens() {
        let (kind, card) = (citizen.kind, citizen.payload());
        writeln!(table, "{kind:?}\t{card}\t{}\t{}", citizen.phone, citizen.email)?;
    }
    table.flush()
}
