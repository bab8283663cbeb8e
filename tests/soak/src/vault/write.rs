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
    let failed = loop {
        number += 1;
        if let Err(error) = operate(&opened.vault, seed, number) {
            break error;
        }
        writeln!(out, "ack {number}")?;
        out.flush()?;
    };
    opened.vault.close();
    // What broke here stays with this folder: another vault in the same process is made and written.
    let other = phone.join("other");
    let opened = open(&other)??;
    operate(&opened.vault, seed, 1)?;
    opened.vault.close();
    println!("failed {failed}");
    Ok(())
}

pub(super) fn operate(vault: &Vault, seed: u64, number: u64) -> Result<()> {
    let operation = Operation::of(seed, number);
    if operation.rotates {
        vault.rotate()?;
    }
    vault.commit(operation.changes(number)?)?;
    Ok(())
}
