//! The core's scanner: stills one by one, and a stream with one scanner for each session.

use std::time::Duration;

use anyhow::{Context, Result};
use citizen_card::CalendarDate;
use citizen_vision::{CardScanner, Frame, FrameLayout, Look};

use crate::decoder::Decoder;
use crate::luma::Luma;

/// The day of the scenarios; it bounds dates on a card, which is not compared here.
const TODAY: &str = "2026-11-22";

/// Each picture by itself, with all that a still may cost.
pub(crate) struct Still;

impl Decoder for Still {
    fn look(&mut self, luma: &Luma, _begins: bool) -> Result<Vec<Vec<u8>>> {
        Ok(bytes(scanner()?.look_still(&frame(luma)?)))
    }
}

/// Frames of a camera.
#[derive(Default)]
pub(crate) struct Stream {
    session: Option<CardScanner>,
    /// When the frame was taken.
    now: Duration,
}

/// A camera of ten frames a second.
const FRAME: Duration = Duration::from_millis(100);

impl Decoder for Stream {
    fn look(&mut self, luma: &Luma, begins: bool) -> Result<Vec<Vec<u8>>> {
        let session = match self.session.take().filter(|_| !begins) {
            Some(session) => session,
            None => {
                self.now = Duration::ZERO;
                scanner()?
            }
        };
        self.now += FRAME;
        let look = self.session.insert(session).look_at(&frame(luma)?, self.now);
        Ok(bytes(look))
    }
}

fn scanner() -> Result<CardScanner> {
    Ok(CardScanner::on(CalendarDate::from_iso(TODAY).context("not a day")?))
}

fn frame(luma: &Luma) -> Result<Frame<'_>> {
    Ok(Frame::from_luma(&luma.bytes, &FrameLayout::tight(luma.width, luma.height))?)
}

fn bytes(look: Look) -> Vec<Vec<u8>> {
    look.codes.into_iter().map(|code| code.bytes).collect()
}
