//! One scanner over one or more frames.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use citizen_card::CalendarDate;
use citizen_vision::{CardScanner, Frame, FrameError, Look, Scan};

use super::found::{Advice, Found};
use super::report::Report;
use super::{Options, overlay};
use crate::cpu;
use crate::picture::Picture;

pub(super) struct Session {
    scanner: CardScanner,
    any: bool,
    draws: bool,
    frames: u32,
    spent: Duration,
    found: Found,
    /// The frame that is drawn on; no other is kept.
    shown: Option<Picture>,
}

impl Session {
    pub(super) fn new(options: &Options, today: CalendarDate) -> Self {
        Self {
            scanner: CardScanner::on(today),
            any: options.any,
            draws: options.overlay.is_some(),
            frames: 0,
            spent: Duration::ZERO,
            found: Found::default(),
            shown: None,
        }
    }

    /// Looks at a picture by itself.
    pub(super) fn look_still(&mut self, picture: Picture) -> Result<(), FrameError> {
        self.look(picture, CardScanner::look_still).map(drop)
    }

    /// Looks at the next frame of a stream, taken at `now`.
    pub(super) fn look_at(&mut self, picture: Picture, now: Duration) -> Result<(), FrameError> {
        self.look(picture, |scanner, frame| scanner.look_at(frame, now)).map(drop)
    }

    /// Looks at the next frame of a stream, taken now; returns what to change, where it has no card.
    #[cfg(feature = "camera")]
    pub(super) fn look_now(&mut self, picture: Picture) -> Result<Option<Advice>, FrameError> {
        self.look(picture, CardScanner::look)
    }

    fn look(
        &mut self,
        picture: Picture,
        look: impl FnOnce(&CardScanner, &Frame<'_>) -> Look,
    ) -> Result<Option<Advice>, FrameError> {
        // With the frame's conversion, which a phone pays too where its camera delivers packed colour.
        let (look, spent) = cpu::timed(|| picture.frame().map(|frame| look(&self.scanner, &frame)));
        let look = look?;
        self.frames += 1;
        self.spent += spent;
        let advice = match &look.scan {
            Scan::Hint { hint, suggestions, .. } => Some(Advice { hint: hint.clone(), suggestions: *suggestions }),
            Scan::Card { .. } => None,
        };
        if self.found.add(look) && self.draws {
            self.shown = Some(picture);
        }
        Ok(advice)
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

    /// Draws the report on the frame that shows what it tells. The scanner's memory is free by then.
    pub(super) fn draw(self, report: &Report, out: &Path) -> Result<()> {
        drop(self.scanner);
        let picture = self.shown.context("--overlay: there is no picture to draw on")?;
        overlay::save(&picture, self.found.symbol.as_ref(), report, out)
    }
}
