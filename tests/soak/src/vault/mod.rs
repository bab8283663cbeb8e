//! The vault under `kill -9` and under damage. Children open real files with a software key store; the parent knows what must be there.

mod child;
mod damage;
mod full;
mod kills;
mod model;
mod read;
mod write;

pub(crate) use kills::destroy;
pub(crate) use read::read;
pub(crate) use write::write;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use citizen_keystore::SoftwareKeystore;
use citizen_vault::{Config, OpenError, Opened, Schema, Step, Vault};

/// Runs both loops and prints their counts.
pub(crate) fn soak(kills: u32, damage: u32, seed: u64) -> Result<()> {
    let kills = kills::run(kills, seed)?;
    println!("{kills}\n");
    let damage = damage::run(damage, seed)?;
    println!("{damage}\n");
    let full = full::run(seed)?;
    println!("{full}");
    if !kills.is_good() || !damage.is_good() || !full.is_good() {
        bail!("something was lost, silent, aborted or hung");
    }
    Ok(())
}

/// A simulated phone is a folder: `vault` is its storage, `keys` stands for its key hardware.
fn open(phone: &Path) -> Result<Result<Opened, OpenError>> {
    let keys = Arc::new(SoftwareKeystore::open(phone.join("keys"))?);
    let config = Config { folder: phone.join("vault"), schema: schema(phone) };
    Ok(Vault::open(&config, keys))
}

/// A phone gets a new version of the app now and then: every row is migrated, and says the same as before.
const STEPS: [Step; 8] = [|row| Ok(vec![row]); 8];

/// The schema of the app on a phone; the number of its steps is in a file.
fn schema(phone: &Path) -> Schema {
    let version: usize =
        std::fs::read_to_string(phone.join("version")).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    Schema::new(&STEPS[..version.min(STEPS.len())])
}
