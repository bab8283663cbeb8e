//! `bench-transfer`: what moving an account costs both phones together, from the scanned QR-A to the receipt, beside one TLS 1.3 handshake
//! with the same crates. `cargo xtask bench transfer` calls it and judges the ratio.
//!
//! JSON on the output, one object for each measure. Both take turns in one thread, so that what disturbs one disturbs both.

mod course;
mod handshake;

use std::time::{Duration, Instant};

use anyhow::Result;
use course::Course;
use handshake::Handshake;
use serde::Serialize;

const ROUNDS: usize = 500;

/// One measure, microseconds.
#[derive(Serialize)]
struct Line {
    measure: &'static str,
    value: f64,
}

fn main() -> Result<()> {
    let (course, handshake) = (Course::new()?, Handshake::new()?);
    let (mut moved, mut shaken) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        moved.push(course.run()?);
        let start = Instant::now();
        handshake.run()?;
        shaken.push(start.elapsed());
    }
    for (measure, times) in [("transfer, both phones", moved), ("TLS 1.3 handshake, both sides", shaken)] {
        println!("{}", serde_json::to_string(&Line { measure, value: median_us(times) })?);
    }
    Ok(())
}

/// The middle of some times, in microseconds.
fn median_us(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() / 2).map_or(f64::NAN, |middle| middle.as_secs_f64() * 1e6)
}
