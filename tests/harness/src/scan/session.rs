//! One scanner over one or more frames.

use std::time::Duration;

use anyhow::Result;
use citizen_card::CalendarDate;
use citizen_vision::{CardScanner, Look, Scan, ScanHint};

use super::picture::Picture;
use super::report::Report;
use crate::cpu;

pub(super) struct Session {
    scanner: CardScanner,
    any: bool,
    frames: u32,
    spent: Duration,
    last: Option<Look>,
}

impl Session {
    /// `any`: a QR of any kind will do.
    pub(super) fn new(today: CalendarDate, any: bool) -> Self {
        Self { scanner: CardScanner::on(today), any, frames: 0, spent: Duration::ZERO, last: None }
    }

    pub(super) fn look(&mut self, picture: &Picture) -> Result<()> {
        let frame = picture.frame()?;
        let (look, spent) = cpu::timed(|| self.scanner.look(&frame));
        self.frames += 1;
        self.spent += spent;
        self.last = Some(look);
        Ok(())
    }

    /// The last frame gave what was asked for.
    pub(super) fn is_done(&self) -> bool {
        self.last.as_ref().is_some_and(|look| match look.scan {
            Scan::Card { .. } => true,
            Scan::Hint { .. } => self.any && !look.codes.is_empty(),
        })
    }

    pub(super) fn frames(&self) -> u32 {
        self.frames
    }

    /// The last frame's hint.
    #[cfg(feature = "camera")]
    pub(super) fn hint(&self) -> Option<ScanHint> {
        match &self.last.as_ref()?.scan {
            Scan::Hint { hint } => Some(hint.clone()),
            Scan::Card { .. } => None,
        }
    }

    pub(super) fn report(&self, file: String, frames_used: Option<u32>) -> Report {
        Report::new(file, self.last.as_ref(), self.is_done(), self.spent, frames_used)
    }
}
