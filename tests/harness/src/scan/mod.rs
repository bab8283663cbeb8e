//! `citizen scan`: pictures in, cards out.

mod each;
mod found;
mod frames;
pub(crate) mod overlay;
mod report;
mod session;
mod text;
mod words;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use citizen_card::CalendarDate;
use clap::Args;
use time::{OffsetDateTime, UtcOffset};

use crate::Outcome;
use crate::source::{self, Source};
use report::Report;

#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    source: Source,
    /// One JSON object a line instead of a table.
    #[arg(long)]
    json: bool,
    /// Accept any QR text, not only citizen cards.
    #[arg(long)]
    any: bool,
    /// Draw the code's modules, and the hint or the card's fields, on the picture. With several FILEs, or --dir: a folder for such pictures, `x.jpg.png`
    /// for `x.jpg`.
    #[arg(long, value_name = "OUT.png")]
    overlay: Option<PathBuf>,
    /// The day that bounds the dates on cards; today if missing.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    today: Option<CalendarDate>,
}

fn parse_day(text: &str) -> Result<CalendarDate, &'static str> {
    CalendarDate::from_iso(text).ok_or("not a day between 1900-01-01 and 2399-12-31")
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    let today = options.today.map_or_else(today, Ok)?;
    if let Some(index) = options.source.camera {
        return frames::live(index, options, today);
    }
    if let Some(dir) = &options.source.burst {
        return frames::burst(dir, options, today);
    }
    match &options.source.dir {
        Some(dir) => each::each(&source::pictures_in(dir)?, options, today),
        None => each::each(&options.source.files, options, today),
    }
}

/// The day in Vietnam, which has one time zone: the one that dates on cards are in.
pub(crate) fn today() -> Result<CalendarDate> {
    let now = OffsetDateTime::now_utc().to_offset(UtcOffset::from_hms(7, 0, 0)?);
    u16::try_from(now.year())
        .ok()
        .and_then(|year| CalendarDate::new(year, now.month().into(), now.day()))
        .context("this computer's clock is not set: pass --today")
}

/// Fails only where standard output does.
fn print(report: &Report, json: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string(report)?)?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(())
}
