//! One scanner over one or more frames.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use citizen_card::CalendarDate;
use citizen_vision::{CardScanner, FrameError, Scan, ScanHint};

use super::found::Found;
use super::overlay;
use super::picture::Picture;
use super::report::Report;
use crate::cpu;

pub(super) struct Session {
    scanner: CardScanner,
    any: bool,
    frames: u32,
    spent: Duration,
    found: Found,
    /// The frame that `found.corners` lie on; the last one where there are none.
    shown: Option<Picture>,
}

impl Session {
    /// `any`: a QR of any kind will do.
    pub(super) fn new(today: CalendarDate, any: bool) -> Self {
        let scanner = CardScanner::on(today);
        Self { scanner, any, frames: 0, spent: Duration::ZERO, found: Found::default(), shown: None }
    }

    /// Looks at the next frame; returns that frame's own hint, where it has no card.
    pub(super) fn look(&mut self, picture: Picture) -> Result<Option<ScanHint>, FrameError> {
        // With the frame's conversion, which a phone pays too where its camera delivers packed colour.
        let (look, spent) = cpu::timed(|| picture.frame().map(|frame| self.scanner.look(&frame)));
        let look = look?;
        self.frames += 1;
        self.spent += spent;
        if !look.codes.is_empty() || self.found.corners.is_none() {
            self.shown = Some(picture);
        }
        let hint = match &look.scan {
            Scan::Hint { hint } => Some(hint.clone()),
            Scan::Card { .. } => None,
        };
        self.found.add(look);
        Ok(hint)
    }

    /// What was asked for was read.
    pub(super) fn is_done(&self) -> bool {
        self.found.card.is_some() || self.any && !self.found.texts.is_empty()
    }

    /// `file`: what the frames came from.
    pub(super) fn report(&self, file: String) -> Report {
        Report::new(file, &self.found, self.is_done(), self.spent)
    }

    /// [`Self::report`] for a session of several frames, with their number.
    pub(super) fn report_frames(&self, file: String) -> Report {
        self.report(file).over(self.frames)
    }

    /// Draws the report on the frame that shows what it tells.
    pub(super) fn draw(&self, report: &Report, out: &Path) -> Result<()> {
        let picture = self.shown.as_ref().context("--overlay: there is no picture to draw on")?;
        overlay::save(picture, report, out)
    }
}
