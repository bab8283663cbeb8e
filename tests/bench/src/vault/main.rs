//! `bench-vault`: a sealed commit, and opening with all rows checked, beside redb and `SQLite` on the same rows. `cargo xtask bench vault`
//! calls it and judges the ratios.
//!
//! All stores take their turn on each commit and each opening, so that what disturbs one disturbs all. JSON on the output: one
//! object for each measure, times in microseconds.

mod parts;
mod stores;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::Serialize;

use parts::{HeadFile, SledAlone};
use stores::{Redb, Sealed, Sqlite, Store, Unsealed};

/// Commits of one row each.
const COMMITS: usize = 2000;
/// Rows that are there when a store is opened.
const ROWS: usize = 10_000;
const ROWS_A_COMMIT: usize = 100;
const OPENINGS: usize = 25;
/// Of a row: a draft's page, a document's fields.
const ROW_BYTES: usize = 256;

#[derive(Serialize)]
struct Line<'a> {
    measure: &'a str,
    store: &'a str,
    /// Half took less.
    median_us: f64,
    /// One in twenty took longer.
    p95_us: f64,
}

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    commits(folder.path())?;
    openings(folder.path())
}

fn commits(folder: &Path) -> Result<()> {
    let folder = folder.join("commits");
    let mut stores: [(&str, Box<dyn Store>); 5] = [
        ("vault", Box::new(Sealed::open(&folder.join("vault"))?)),
        ("redb", Box::new(Redb::open(&folder.join("redb"))?)),
        ("sqlite", Box::new(Sqlite::open(&folder.join("sqlite"))?)),
        ("sled alone", Box::new(SledAlone::open(&folder.join("sled"))?)),
        ("head file alone", Box::new(HeadFile::open(&folder.join("head"))?)),
    ];
    let mut times = vec![Vec::with_capacity(COMMITS); stores.len()];
    for number in 0..COMMITS {
        let row = [(name(number), row(number))];
        for ((_, store), times) in stores.iter_mut().zip(&mut times) {
            times.push(timed(|| store.commit(&row))?);
        }
    }
    for ((store, _), times) in stores.iter().zip(times) {
        print("commit", store, times)?;
    }
    Ok(())
}

fn openings(folder: &Path) -> Result<()> {
    type Open = fn(&Path) -> Result<Box<dyn Store>>;
    let folder = folder.join("openings");
    let stores: [(&str, Open); 5] = [
        ("vault", |path| Ok(Box::new(Sealed::open(path)?))),
        ("vault, rows unsealed", |path| Ok(Box::new(Unsealed(Sealed::open(path)?)))),
        ("redb", |path| Ok(Box::new(Redb::open(path)?))),
        ("sqlite", |path| Ok(Box::new(Sqlite::open(path)?))),
        ("sled alone", |path| Ok(Box::new(SledAlone::open(path)?))),
    ];
    for (store, open) in &stores {
        let mut store = open(&folder.join(store))?;
        for first in (0..ROWS).step_by(ROWS_A_COMMIT) {
            let rows: Vec<_> = (first..first + ROWS_A_COMMIT).map(|number| (name(number), row(number))).collect();
            store.commit(&rows)?;
        }
        store.close();
    }
    let mut times = vec![Vec::with_capacity(OPENINGS); stores.len()];
    for _ in 0..OPENINGS {
        for ((store, open), times) in stores.iter().zip(&mut times) {
            let path = folder.join(store);
            let start = Instant::now();
            let mut store = open(&path)?;
            let rows = store.read_all()?;
            times.push(start.elapsed());
            anyhow::ensure!(rows == ROWS, "{rows} rows");
            store.close();
        }
    }
    for ((store, _), times) in stores.iter().zip(times) {
        print("open", store, times)?;
    }
    Ok(())
}

fn name(number: usize) -> String {
    format!("row {number}")
}

/// Bytes that differ from row to row.
fn row(number: usize) -> Vec<u8> {
    (0..ROW_BYTES).map(|at| (number.wrapping_mul(31) ^ at.wrapping_mul(131)) as u8).collect()
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn print(measure: &str, store: &str, mut times: Vec<Duration>) -> Result<()> {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
    let line = Line { measure, store, median_us: at(0.5), p95_us: at(0.95) };
    println!("{}", serde_json::to_string(&line)?);
    Ok(())
}
