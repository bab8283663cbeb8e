//! Many frames, one session: a burst, or a camera.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use citizen_vision::{Portrait, Selfie, SelfieGuide, SelfieHint, SelfieLook};

use super::html::Page;
use super::report::Report;
use super::{Options, html, overlay, words};
#[cfg(feature = "camera")]
use crate::camera::{self, Wanted};
use crate::console::tell;
use crate::picture::Picture;
use crate::{Outcome, cpu, outputs, source};

/// The pictures in a folder, until the picture takes itself. A frame that can't be used is named, and the others still count.
pub(super) fn burst(dir: &Path, options: &Options) -> Result<Outcome> {
    let files = source::pictures_in(dir)?;
    let outputs: Vec<_> =
        [&options.overlay, &options.report, &options.portrait].into_iter().flatten().cloned().collect();
    outputs::files(&outputs, &files)?;
    let mut session = Session::new(options);
    let mut page = Page::default();
    let mut unusable = false;
    for (number, file) in (0_u32..).zip(&files) {
        let at = Duration::from_secs(1) * number / options.fps;
        let name = source::name(file, Some(dir));
        match Picture::open(file).and_then(|picture| session.look(picture, at).context("this picture can't be used")) {
            Ok((look, spent)) => {
                page.add(at, &look);
                session.print(name, &look, at, spent)?;
            }
            Err(error) => {
                tell(format_args!("citizen: {}: {error:#}", file.display()));
                unusable = true;
            }
        }
        if session.portrait.is_some() {
            break;
        }
    }
    if let Some(out) = &options.report {
        html::save(&page, session.portrait.as_ref(), options.profile.into(), &dir.display().to_string(), out)?;
    }
    let outcome = session.finish()?;
    Ok(if unusable { Outcome::Unusable } else { outcome })
}

/// Live, until the picture takes itself or the user stops the command.
#[cfg(feature = "camera")]
pub(super) fn live(index: u32, options: &Options) -> Result<Outcome> {
    let mut camera = camera::open(index, Wanted::Colour)?;
    let mut session = Session::new(options);
    let start = std::time::Instant::now();
    while session.portrait.is_none() {
        let at = start.elapsed();
        let (look, spent) = session.look(camera.frame()?, at)?;
        session.print(format!("camera {index}"), &look, at, spent)?;
    }
    session.finish()
}

#[cfg(not(feature = "camera"))]
pub(super) fn live(_: u32, _: &Options) -> Result<Outcome> {
    anyhow::bail!("this build has no camera: build with the feature `camera`")
}

/// What the user is told: the hint, and what else there is to do.
fn spoken(selfie: &Selfie) -> String {
    let Selfie::Guide { guidance } = selfie else { return "Đã chụp / Taken".to_owned() };
    let mut told = words::hint(guidance.hint).join(" / ");
    if let Some(failing) = guidance.failing {
        // The check, not its value, which changes with each frame.
        let _ = write!(told, " ({})", failing.compared.id());
    }
    if let Some(ways) = words::ways_on(guidance.ways_on).filter(|_| guidance.hint != SelfieHint::Good) {
        let _ = write!(told, ". {ways}");
    }
    told
}

struct Session<'a> {
    options: &'a Options,
    guide: SelfieGuide,
    portrait: Option<Portrait>,
    /// What the user was told last.
    told: String,
    /// The last frame and what was said about it, while one is to be drawn on.
    shown: Option<(Picture, SelfieLook)>,
}

impl<'a> Session<'a> {
    fn new(options: &'a Options) -> Self {
        Self { options, guide: options.guide(), portrait: None, told: String::new(), shown: None }
    }

    fn look(&mut self, picture: Picture, at: Duration) -> Result<(SelfieLook, Duration)> {
        let frame = picture.frame()?;
        // Without the conversion from RGB: cameras of phones deliver the planes.
        let (look, spent) = cpu::timed(|| self.guide.look_at(&frame, None, at));
        if let Selfie::Captured { portrait } = &look.selfie {
            self.portrait = Some(portrait.clone());
        }
        if self.options.overlay.is_some() {
            self.shown = Some((picture, look.clone()));
        }
        Ok((look, spent))
    }

    /// Each frame for programs; for people, what they are told when it changes.
    fn print(&mut self, name: String, look: &SelfieLook, at: Duration, spent: Duration) -> Result<()> {
        let mut out = std::io::stdout().lock();
        if self.options.json {
            writeln!(out, "{}", serde_json::to_string(&Report::frame(name, look, at, spent))?)?;
            return Ok(());
        }
        let words = spoken(&look.selfie);
        if words != self.told {
            writeln!(out, "{:5.1} s  {words}", at.as_secs_f32())?;
            self.told = words;
        }
        Ok(())
    }

    fn finish(self) -> Result<Outcome> {
        if let (Some(out), Some(portrait)) = (&self.options.portrait, &self.portrait) {
            std::fs::write(out, &portrait.jpeg)
                .with_context(|| format!("--portrait: can't write {}", out.display()))?;
        }
        if let (Some(out), Some((picture, look))) = (&self.options.overlay, &self.shown) {
            let oval = match &look.selfie {
                Selfie::Guide { guidance } => Some(guidance.oval),
                Selfie::Captured { .. } => None,
            };
            overlay::save(picture, look.face, oval, &[spoken(&look.selfie)], out)?;
        }
        Ok(if self.portrait.is_some() { Outcome::Done } else { Outcome::Nothing })
    }
}
