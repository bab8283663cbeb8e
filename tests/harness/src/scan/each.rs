//! Pictures, each by itself.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use citizen_card::CalendarDate;

use super::session::Session;
use super::{Options, print};
use crate::console::tell;
use crate::picture::Picture;
use crate::progress::Progress;
use crate::{Outcome, outputs, source};

/// One that can't be used is named, and the others still count.
pub(super) fn each(files: &[PathBuf], options: &Options, today: CalendarDate) -> Result<Outcome> {
    let dir = options.source.dir.as_deref();
    let outputs = match &options.overlay {
        None => Vec::new(),
        Some(out) if dir.is_some() || files.len() > 1 => outputs::folder(out, files)?,
        Some(out) => vec![outputs::file(out, files)?],
    };
    let mut progress = Progress::new(files.len(), dir.is_some(), "read");
    for (number, file) in files.iter().enumerate() {
        progress.show();
        let scanned = scan(file, Session::new(options, today));
        progress.clear();
        let used = match scanned {
            Ok(session) => {
                let report = session.report(source::name(file, dir));
                print(&report, options.json)?;
                outputs.get(number).map_or(Ok(()), |out| session.draw(&report, out)).map(|()| report.is_read())
            }
            Err(error) => Err(error),
        };
        match used {
            Ok(is_read) => progress.count(is_read),
            Err(error) => {
                tell(format_args!("citizen: {}: {error:#}", file.display()));
                progress.count_unusable();
            }
        }
    }
    Ok(progress.finish())
}

fn scan(file: &Path, mut session: Session) -> Result<Session> {
    session.look_still(Picture::open(file)?).context("this picture can't be scanned")?;
    Ok(session)
}
