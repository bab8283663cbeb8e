//! `citizen demo`: a citizen of the invented population gets an account on a simulated phone, from the printed card to the signed-in app.
//!
//! ```text
//! shell     the app on the desktop: pages into a queue, quiet signals, keys in files
//! cameras   a drawn card in a hand, a face; the core's scanner and guide look at them
//! walk      from page to page, until the holder puts the phone away
//! citizen   the holder of a run that nobody drives     hand   a person at the terminal
//! desk      the officer
//! print     a page in a terminal                       report the pages in a browser, with what happened beside them
//! ending    what the service and the phone's storage say at the end
//! ```

mod cameras;
mod citizen;
mod deeds;
mod desk;
mod ending;
mod hand;
mod log;
mod print;
mod report;
mod shell;
mod walk;
mod words;

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use citizen_sandbox::{Config, Kind, Population, Sandbox};
use clap::Args;

use crate::console::tell;
use crate::{Outcome, scan};
use cameras::{Cameras, CardCamera, FaceCamera, Faces};
use citizen::Script;
use desk::Desk;
use ending::Ending;
use hand::Hand;
use log::Log;
use print::Printer;
use shell::Screen;
use walk::Walk;
use words::Language;

/// How long a walk may take that nobody drives.
const LIMIT: Duration = Duration::from_mins(5);

#[derive(Args)]
pub(crate) struct Options {
    /// The app's language.
    #[arg(long, value_enum, default_value_t = Language::Vi)]
    lang: Language,
    /// Drive it yourself.
    #[arg(long)]
    step: bool,
    /// Which citizen, of those whose portrait an officer looks at: a number from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    citizen: u32,
    /// Leave `report.html` and its pictures there.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The portrait to send, instead of a face before the camera.
    #[arg(long, value_name = "FILE", conflicts_with = "selfies")]
    portrait: Option<PathBuf>,
    /// Frames of the face before the camera, as `citizen selfies --session` leaves them.
    #[arg(long, value_name = "DIR")]
    selfies: Option<PathBuf>,
    /// Let the officer take the portrait for somebody else's: see what the citizen is told.
    #[arg(long)]
    rejected: bool,
}

pub(crate) fn run(options: &Options) -> Result<Outcome> {
    let language = options.lang;
    let citizen = Population::default().of(Kind::NeedsDesk, options.citizen);
    let faces = Faces::new(options.portrait.as_deref(), options.selfies.as_deref())?;
    tell(language.of("Đang khởi động dịch vụ và in thẻ mẫu...", "Starting the service, printing a specimen card..."));
    let folder = tempfile::tempdir()?;
    let config = Config { citizens: citizen.index + 1, ..Config::new(folder.path().join("service")) };
    let sandbox = Sandbox::start(&config).context("sandbox")?;
    let card = CardCamera::new(&citizen.payload(), scan::today()?, u64::from(citizen.index) + 1)?;
    let face = cameras::jpeg(&image::DynamicImage::from(card.face()).into_rgba8())?;
    let phone = folder.path().join("phone");
    let mut walk = Walk {
        screen: Screen::open(&phone, sandbox.identity(), language)?,
        sandbox: &sandbox,
        desk: Desk { sandbox: &sandbox, rejects: options.rejected },
        cameras: Cameras { card, face: FaceCamera::new(faces) },
        language,
        printer: Printer::new(language),
        log: Log::default(),
        messages: Vec::new(),
        addresses: [citizen.phone.clone(), citizen.email.clone()],
        read: sandbox.newest_message(),
        page: None,
    };
    let walked = if options.step {
        walk.go(&mut Hand::new(language), None)
    } else {
        walk.go(&mut Script::new(&citizen), Some(LIMIT))
    };
    let Walk { screen, log, page, .. } = walk;
    screen.close();
    let is_signed_in = page.is_some_and(|(page, _)| page.id == citizen::ACCOUNT);
    let ending = Ending::of(&sandbox, &citizen, &phone, is_signed_in)?;
    if let Some(out) = &options.out {
        let subject = report::Subject { language, card: &face, name: &citizen.name, ending: &ending };
        // Also of a walk that broke off: it shows where.
        report::save(&log, &subject, out)?;
    }
    walked?;
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout)?;
    for (label, value) in ending.rows(language) {
        writeln!(stdout, "{label}: {value}")?;
    }
    Ok(if ending.is_whole() { Outcome::Done } else { Outcome::Nothing })
}
