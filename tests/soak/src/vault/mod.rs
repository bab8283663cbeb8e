//! The vault under `kill -9` and under damage. Children open real files with a software key store; the parent knows what must be there.

mod child;
mod damage;
mod kills;
mod model;
mod read;
mod write;

pub(crate) use read::read;
pub(crate) use write::write;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use citizen_keystore::SoftwareKeystore;
use citizen_vault::{Config, OpenError, Opened, Schema, Vault};

/// Runs both loops and prints their counts.
pub(crate) fn soak(kills: u32, damage: u32, seed: u64) -> Result<()> {
    let kills = kills::run(kills, seed)?;
    println!("{kills}\n");
    let damage = damage::run(damage, seed)?;
    println!("{damage}\n");
    if !kills.is_good() || !damage.is_good() {
        bail!("something was lost, silent, aborted or hung");
    }
    Ok(())
}

/// A simulated phone is a folder: `vault` is its storage, `keys` stands for its key hardware.
fn open(phone: &Path) -> Result<Result<Opened, OpenError>> {
    let keys = Arc::new(SoftwareKeystore::open(phone.join("keys"))?);
    let config = Config { folder: phone.join("vault"), schema: Schema::new(&[]) };
    Ok(Vault::open(&config, keys))
}
