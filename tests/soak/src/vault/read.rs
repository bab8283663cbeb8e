//! The child that opens a vault and prints what is there; and how the parent reads it.
//!
//! ```text
//! opened COUNTER [LOSS ...]       or: refused REASON
//! row TABLE/NAME HASH            or: damaged TABLE/NAME
//! end
//! ```

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use citizen_vault::{Bytes, Opened, StoreError, Table, Tables, Vault};

use super::model::{COUNTER, DOCUMENTS, DRAFTS, Rows, hash, row_name};
use super::open;

pub(crate) fn read(phone: &Path) -> Result<()> {
    match open(phone)? {
        Ok(opened) => print!("{}", report(&opened)?),
        Err(error) => println!("refused {error}"),
    }
    Ok(())
}

/// All rows of an open vault, as text.
pub(super) fn report(Opened { vault, losses }: &Opened) -> Result<String> {
    let counter = vault.get(&COUNTER, "")?.unwrap_or(0);
    let losses: Vec<_> = losses.iter().map(|loss| loss.damage.id()).collect();
    let mut text = format!("opened {counter} {}\n", losses.join(" "));
    for (name, table) in [("drafts", &DRAFTS), ("documents", &DOCUMENTS)] {
        write_table(&mut text, vault, name, table)?;
    }
    text.push_str("end\n");
    Ok(text)
}

fn write_table(text: &mut String, vault: &Vault, table_name: &str, table: &Table<Bytes>) -> Result<()> {
    for (name, row) in vault.each(table)? {
        let name = row_name(table_name, &name);
        match row {
            Ok(Bytes(value)) => {
                let hash: String = hash(&value).iter().fold(String::new(), |mut text, byte| {
                    let _ = write!(text, "{byte:02x}");
                    text
                });
                writeln!(text, "row {name} {hash}")?;
            }
            Err(StoreError::ValueDamaged) => writeln!(text, "damaged {name}")?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// What a child saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    Opened {
        operations: u64,
        /// What was wrong with each store that was put aside.
        losses: Vec<String>,
        rows: Rows,
        damaged: Vec<String>,
    },
    /// A typed error.
    Refused(String),
}

impl Seen {
    /// Reads a report that is complete.
    pub(super) fn parse<'a>(lines: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let mut lines = lines.into_iter();
        let first = lines.next().context("the child said nothing")?;
        if let Some(reason) = first.strip_prefix("refused ") {
            return Ok(Self::Refused(reason.to_owned()));
        }
        let mut words = first.split(' ').skip(1);
        let operations = words.next().with_context(|| first.to_owned())?.parse()?;
        let losses = words.filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let (mut rows, mut damaged) = (Rows::new(), Vec::new());
        for line in lines {
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["row", name, hash] => drop(rows.insert(name.to_owned(), parse_hash(hash)?)),
                ["damaged", name] => damaged.push(name.to_owned()),
                ["end"] => return Ok(Self::Opened { operations, losses, rows, damaged }),
                _ => anyhow::bail!("what is this: {line}"),
            }
        }
        anyhow::bail!("the child broke off")
    }
}

fn parse_hash(text: &str) -> Result<[u8; 32]> {
    let mut hash = [0; 32];
    for (byte, digits) in hash.iter_mut().zip(text.as_bytes().as_chunks::<2>().0) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits)?, 16)?;
    }
    Ok(hash)
}
