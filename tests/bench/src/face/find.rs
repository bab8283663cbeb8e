//! All detectors over all pictures, in turn on each picture: what slows the machine for a while slows all alike.

use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use citizen_vision::{FaceBox, Frame, SelfieGuide, SelfieHint, SelfieProfile};
use serde::Serialize;

use crate::cpu;
use crate::peers::{Found, NAMES, Peers};
use crate::picture::Picture;

/// A line of the output.
#[derive(Serialize)]
struct Row<'a> {
    /// The picture's place among those asked for.
    picture: usize,
    detector: &'a str,
    #[serde(flatten)]
    found: Found,
    /// What the user would be told: ours alone.
    hint: Option<&'static str>,
}

pub(crate) fn all(list: &Path, mut peers: Peers) -> Result<()> {
    let list = std::fs::read_to_string(list).with_context(|| list.display().to_string())?;
    let mut out = std::io::stdout().lock();
    for (number, line) in list.lines().enumerate() {
        let opened = Picture::open(Path::new(line)).with_context(|| line.to_owned())?;
        let frame = opened.frame()?;
        let mut rows = vec![still(number, &frame), first_frame(number, &frame)];
        for detector in NAMES {
            let found = peers.ask(detector, Path::new(line))?;
            rows.push(Row { picture: number, detector, found, hint: None });
        }
        rows.iter().try_for_each(|row| Ok::<_, anyhow::Error>(writeln!(out, "{}", serde_json::to_string(row)?)?))?;
    }
    Ok(())
}

/// A picture by itself: all searches, then all measures.
fn still(picture: usize, frame: &Frame<'_>) -> Row<'static> {
    let guide = SelfieGuide::new(SelfieProfile::Normal, false);
    let ((face, _, hint), spent) = cpu::timed(|| guide.look_still(frame));
    row(picture, "citizen still", face, hint, spent)
}

/// The first frame of a stream: the whole frame is searched once.
fn first_frame(picture: usize, frame: &Frame<'_>) -> Row<'static> {
    let guide = SelfieGuide::new(SelfieProfile::Normal, false);
    let (look, spent) = cpu::timed(|| guide.look_at(frame, None, Duration::ZERO));
    row(picture, "citizen first frame", look.face, look.due, spent)
}

fn row(
    picture: usize,
    detector: &'static str,
    face: Option<FaceBox>,
    hint: SelfieHint,
    spent: Duration,
) -> Row<'static> {
    let boxes = face.iter().map(|face| [face.x, face.y, face.width, face.height].map(f64::from)).collect();
    Row { picture, detector, found: Found { ms: spent.as_secs_f64() * 1e3, boxes }, hint: Some(hint.id()) }
}
