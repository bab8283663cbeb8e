//! Pictures, each by itself.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use citizen_vision::{FaceBox, SelfieHint};

use super::report::Report;
use super::{Options, overlay};
use crate::console::tell;
use crate::picture::Picture;
use crate::progress::Progress;
use crate::{Outcome, cpu, outputs, source};

/// One that can't be used is named, and the others still count.
pub(super) fn each(files: &[PathBuf], options: &Options) -> Result<Outcome> {
    let dir = options.source.dir.as_deref();
    let outputs = match &options.overlay {
        None => Vec::new(),
        Some(out) if dir.is_some() || files.len() > 1 => outputs::folder(out, files)?,
        Some(out) => vec![outputs::file(out, files)?],
    };
    let mut progress = Progress::new(files.len(), dir.is_some(), "good");
    for (number, file) in files.iter().enumerate() {
        progress.show();
        let looked = look(file, options, source::name(file, dir));
        progress.clear();
        let used = looked.and_then(|(picture, report, face)| {
            print(&report, options.json)?;
            outputs.get(number).map_or(Ok(()), |out| overlay::save(&picture, face, None, &[report.line()], out))?;
            Ok(report.told == SelfieHint::Good)
        });
        match used {
            Ok(is_good) => progress.count(is_good),
            Err(error) if crate::console::reader_left(&error) => return Err(error),
            Err(error) => {
                tell(format_args!("citizen: {}: {error:#}", file.display()));
                progress.count_unusable();
            }
        }
    }
    Ok(progress.finish())
}

fn look(file: &Path, options: &Options, name: String) -> Result<(Picture, Report, Option<FaceBox>)> {
    let picture = Picture::open(file)?;
    let guide = options.guide();
    let frame = picture.frame().context("this picture can't be used")?;
    // Without the conversion from RGB: cameras of phones deliver the planes.
    let (looked, spent) = cpu::timed(|| guide.look_still(&frame));
    Ok((picture, Report::still(name, looked, spent), looked.0))
}

/// Fails only where standard output does.
fn print(report: &Report, json: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string(report)?)?;
    } else {
        writeln!(out, "{report}")?;
    }
    Ok(())
}
