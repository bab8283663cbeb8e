//! `--citizens`: whom tests in other languages register at the sandbox.
//!
//! ```text
//! DIR/card-NUMBER.pgm         the card, photographed
//! DIR/citizen-NUMBER.json     what the citizen types: ID number, phone, email
//! ```

use std::path::Path;

use anyhow::{Context, Result};
use citizen_sandbox::{Kind, Population};
use citizen_scenes::{Card, Level, Photo, Shot, Specimen, photograph};
use serde_json::json;

/// Seed of the desk below the first card; the others count on.
const FIRST_SEED: u64 = 501;

pub(super) fn write(folder: &Path, count: u32, save: impl Fn(&Photo, &str) -> Result<()>) -> Result<()> {
    let population = Population::default();
    for (number, seed) in (0..count).zip(FIRST_SEED..) {
        let citizen = population.of(Kind::Plain, number);
        let specimen = Specimen::of_payload(&citizen.payload()).context("a card has seven fields")?;
        let card = Card::print(specimen, Level::Medium).ok().context("the card's text does not fit into a QR code")?;
        save(&photograph(&card, &Shot::default(), seed), &format!("card-{number}"))?;
        let typed = json!({ "number": citizen.number, "phone": citizen.phone, "email": citizen.email });
        let path = folder.join(format!("citizen-{number}.json"));
        std::fs::write(&path, format!("{typed:#}\n")).with_context(|| format!("can't write {}", path.display()))?;
    }
    Ok(())
}
