//! The child that writes until it is killed: says what it found, then each operation that was acknowledged.

use std::io::Write as _;
use std::path::Path;

use anyhow::Result;
use citizen_vault::{Store, Vault};

use super::model::{COUNTER, Operation};
use super::open;
use super::read::report;
use citizen_vault::Tables;

pub(crate) fn write(phone: &Path, seed: u64) -> Result<()> {
    let opened = match open(phone)? {
        Ok(opened) => opened,
        Err(error) => {
            println!("refused {error}");
            return Ok(());
        }
    };
    let mut out = std::io::stdout().lock();
    out.write_all(report(&opened)?.as_bytes())?;
    out.flush()?;
    let mut number = opened.vault.get(&COUNTER, "")?.unwrap_or(0);
    loop {
        number += 1;
        operate(&opened.vault, seed, number)?;
        writeln!(out, "ack {number}")?;
        out.flush()?;
    }
}

pub(super) fn operate(vault: &Vault, seed: u64, number: u64) -> Result<()> {
    let operation = Operation::of(seed, number);
    if operation.rotates {
        vault.rotate()?;
    }
    vault.commit(operation.changes(number)?)?;
    Ok(())
}
