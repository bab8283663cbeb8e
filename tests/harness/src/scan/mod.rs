//! `citizen scan`: pictures in, cards out.

#[cfg(feature = "camera")]
mod camera;
mod overlay;
mod picture;
mod report;
mod session;
mod source;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use citizen_card::CalendarDate;
use clap::Args;
use time::{OffsetDateTime, UtcOffset};

use crate::Outcome;
use picture::Picture;
use report::Report;
use session::Session;

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
    /// Draw corners, hint and fields on the picture; with several pictures a folder of such PNGs.
    #[arg(long, value_name = "OUT.png")]
    overlay: Option<PathBuf>,
    /// The day that bounds the dates on cards; today if missing.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    today: Option<CalendarDate>,
}

/// One of these.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Source {
    /// Pictures: PNG, JPEG or PGM.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// All pictures in a folder, in name order.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The pictures in a folder, in name order, as the frames of one session.
    #[arg(long, value_name = "DIR")]
    burst: Option<PathBuf>,
    /// Live from a camera of this computer, 0 by default.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "0")]
    camera: Option<u32>,
}

fn parse_day(text: &str) -> Result<CalendarDate, &'static str> {
    CalendarDate::from_iso(text).ok_or("not a day between 1900-01-01 and 2399-12-31")
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    let today = options.today.map_or_else(today, Ok)?;
    if let Some(index) = options.source.camera {
        return live(index, options, today);
    }
    if let Some(dir) = &options.source.burst {
        return burst(dir, options, today);
    }
    match &options.source.dir {
        Some(dir) => each(&source::pictures_in(dir)?, options, today),
        None => each(&options.source.files, options, today),
    }
}

/// The day in Vietnam, which has one time zone: the one that dates on cards are in.
fn today() -> Result<CalendarDate> {
    let now = OffsetDateTime::now_utc().to_offset(UtcOffset::from_hms(7, 0, 0)?);
    u16::try_from(now.year())
        .ok()
        .and_then(|year| CalendarDate::new(year, now.month().into(), now.day()))
        .context("this computer's clock is not set: pass --today")
}

/// Each picture by itself. One that can't be read is named, the rest still counts.
fn each(files: &[PathBuf], options: &Options, today: CalendarDate) -> Result<Outcome> {
    let several = files.len() > 1;
    if let (true, Some(folder)) = (several, &options.overlay) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("--overlay: can't make folder {}", folder.display()))?;
    }
    let mut progress = Progress::new(files.len(), options.source.dir.is_some());
    let (mut read, mut unusable) = (0, 0);
    for file in files {
        progress.step(read);
        let picture = match Picture::open(file) {
            Ok(picture) => picture,
            Err(error) => {
                progress.clear();
                eprintln!("citizen: {error:#}");
                unusable += 1;
                continue;
            }
        };
        let mut session = Session::new(today, options.any);
        session.look(&picture)?;
        let report = session.report(source::name(file, options.source.dir.as_deref()), None);
        read += usize::from(report.is_read());
        progress.clear();
        print(&report, options.json)?;
        if let Some(out) = &options.overlay {
            let path = if several { out.join(overlay_name(file)) } else { out.clone() };
            overlay::save(&picture, &report, &path)?;
        }
    }
    progress.finish(read, unusable);
    Ok(match (unusable, read) {
        (1.., _) => Outcome::Unusable,
        (0, 0) => Outcome::Nothing,
        (0, 1..) => Outcome::Done,
    })
}

fn overlay_name(file: &Path) -> PathBuf {
    Path::new(file.file_name().unwrap_or_default()).with_extension("png")
}

/// Frames of one session, until a card is read.
fn burst(dir: &Path, options: &Options, today: CalendarDate) -> Result<Outcome> {
    let mut session = Session::new(today, options.any);
    let mut last = None;
    for file in source::pictures_in(dir)? {
        let picture = Picture::open(&file)?;
        session.look(&picture)?;
        last = Some(picture);
        if session.is_done() {
            break;
        }
    }
    finish(&session, dir.display().to_string(), last.as_ref(), options)
}

/// Live, until a card is read or the user stops the command.
#[cfg(feature = "camera")]
fn live(index: u32, options: &Options, today: CalendarDate) -> Result<Outcome> {
    let mut camera = camera::open(index)?;
    let mut session = Session::new(today, options.any);
    let mut hint = None;
    loop {
        let picture = camera.frame()?;
        session.look(&picture)?;
        if session.is_done() {
            return finish(&session, format!("camera {index}"), Some(&picture), options);
        }
        if session.hint() != hint {
            hint = session.hint();
            if let Some(hint) = &hint {
                eprintln!("{}", report::hint_text(hint));
            }
        }
    }
}

#[cfg(not(feature = "camera"))]
fn live(_: u32, _: &Options, _: CalendarDate) -> Result<Outcome> {
    anyhow::bail!("this build has no camera: build with the feature `camera`")
}

fn finish(session: &Session, name: String, last: Option<&Picture>, options: &Options) -> Result<Outcome> {
    let report = session.report(name, Some(session.frames()));
    print(&report, options.json)?;
    if let (Some(out), Some(picture)) = (&options.overlay, last) {
        overlay::save(picture, &report, out)?;
    }
    Ok(if report.is_read() { Outcome::Done } else { Outcome::Nothing })
}

fn print(report: &Report, json: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        serde_json::to_writer(&mut out, report)?;
        writeln!(out)?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(())
}

/// One line on a terminal's standard error, rewritten in place; a summary at the end.
struct Progress {
    total: usize,
    done: usize,
    live: bool,
    summary: bool,
}

impl Progress {
    fn new(total: usize, folder: bool) -> Self {
        Self { total, done: 0, live: folder && std::io::stderr().is_terminal(), summary: folder }
    }

    fn step(&mut self, read: usize) {
        if self.live {
            eprint!("\r{} / {}, {read} read", self.done, self.total);
        }
        self.done += 1;
    }

    fn clear(&self) {
        if self.live {
            eprint!("\r\x1b[K");
        }
    }

    fn finish(&self, read: usize, unusable: usize) {
        if self.summary {
            eprintln!("{read} of {} pictures read, {unusable} unusable", self.total);
        }
    }
}
