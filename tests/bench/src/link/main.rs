//! `bench-link`: what signing costs beside bare ring, the client beside plain reqwest, and registrations a second at the sandbox beside
//! the same server without a database. `cargo xtask bench link` calls it and judges the ratios.
//!
//! JSON on the output, one object for each measure.

mod load;
mod registration;
mod requests;
mod signing;
mod without_database;

use std::time::Duration;

use anyhow::{Result, bail};
use serde::Serialize;

/// One measure. Times in microseconds, rates in a second.
#[derive(Serialize)]
struct Line {
    measure: &'static str,
    of: &'static str,
    value: f64,
    unit: &'static str,
}

fn print(measure: &'static str, of: &'static str, value: f64, unit: &'static str) -> Result<()> {
    println!("{}", serde_json::to_string(&Line { measure, of, value, unit })?);
    Ok(())
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("requests") => {
            signing::run()?;
            requests::run()
        }
        Some("load") => {
            let seconds = arguments.next().and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
            load::run(Duration::from_secs(seconds))
        }
        _ => bail!("bench-link requests | load [SECONDS]"),
    }
}

/// The middle of some times, in microseconds.
fn median_us(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(f64::NAN, |middle| middle.as_secs_f64() * 1e6)
}
