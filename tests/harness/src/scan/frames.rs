//! Many frames, one session: a burst, or a camera.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use citizen_card::CalendarDate;

use super::session::Session;
#[cfg(feature = "camera")]
use super::words;
use super::{Options, print};
#[cfg(feature = "camera")]
use crate::camera::{self, Wanted};
use crate::console::tell;
use crate::picture::Picture;
use crate::{Outcome, outputs, source};

/// From one frame of a burst to the next: a slow camera's.
const INTERVAL: Duration = Duration::from_millis(100);

/// The pictures in a folder, until a card is read. A frame that can't be used is named, and the others still count.
pub(super) fn burst(dir: &Path, options: &Options, today: CalendarDate) -> Result<Outcome> {
    let files = source::pictures_in(dir)?;
    if let Some(out) = &options.overlay {
        outputs::file(out, &files)?;
    }
    let mut session = Session::new(options, today);
    let mut unusable = false;
    for (file, number) in files.iter().zip(0..) {
        let looked = Picture::open(file)
            .and_then(|picture| session.look_at(picture, INTERVAL * number).context("this picture can't be scanned"));
        if let Err(error) = looked {
            tell(format_args!("citizen: {}: {error:#}", file.display()));
            unusable = true;
        }
        if session.is_done() {
            break;
        }
    }
    let outcome = finish(session, dir.display().to_string(), options)?;
    Ok(if unusable { Outcome::Unusable } else { outcome })
}

/// Live, until a card is read or the user stops the command.
#[cfg(feature = "camera")]
pub(super) fn live(index: u32, options: &Options, today: CalendarDate) -> Result<Outcome> {
    let mut camera = camera::open(index, Wanted::Luma)?;
    let mut session = Session::new(options, today);
    let mut told = None;
    loop {
        let words = session.look_now(camera.frame()?)?.map(|advice| words::advice(&advice));
        if session.is_done() {
            return finish(session, format!("camera {index}"), options);
        }
        if words != told {
            if let Some(words) = &words {
                tell(words);
            }
            told = words;
        }
    }
}

#[cfg(not(feature = "camera"))]
pub(super) fn live(_: u32, _: &Options, _: CalendarDate) -> Result<Outcome> {
    anyhow::bail!("this build has no camera: build with the feature `camera`")
}

fn finish(session: Session, name: String, options: &Options) -> Result<Outcome> {
    let report = session.report_frames(name);
    print(&report, options.json)?;
    if let Some(out) = &options.overlay {
        session.draw(&report, out)?;
    }
    Ok(if report.is_read() { Outcome::Done } else { Outcome::Nothing })
}
