//! What all scanners share: one session of frames, its hints, its buffers and its clock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::deadline::Deadline;
use super::found::Code;
use super::hint::{Advice, Guide, ScanHint};
use super::session::Session;
use super::still;
use crate::Frame;
use crate::scratch::Shelf;

/// What a scanner looks for.
pub(super) trait Wanted {
    type Found;

    /// What a code is, or why it is not looked for.
    fn judge(&self, code: &Code) -> Result<Self::Found, ScanHint>;

    /// The first that is looked for; else why the first code is not; `None` without a code.
    fn among(&self, codes: &[Code]) -> Option<Result<Self::Found, ScanHint>> {
        let mut refusal = None;
        for code in codes {
            match self.judge(code) {
                Ok(found) => return Some(Ok(found)),
                Err(why) => refusal = refusal.or(Some(Err(why))),
            }
        }
        refusal
    }
}

/// Every code that was read, and what was looked for or what to change.
pub(super) type Outcome<F> = (Vec<Code>, Result<F, Advice>);

#[derive(Debug)]
pub(super) struct Engine {
    clock: Clock,
    stream: Mutex<Stream>,
}

/// What is kept from frame to frame.
#[derive(Debug, Default)]
struct Stream {
    session: Session,
    guide: Guide,
    shelf: Shelf,
}

/// Time since any moment; never goes back.
#[derive(Clone)]
struct Clock(Arc<dyn Fn() -> Duration + Send + Sync>);

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// What a frame of a stream may take: a phone ten times as slow as a desktop still finishes most, and drops frames rather than lag
/// behind the hand.
const FRAME: Duration = Duration::from_millis(250);
/// What a picture by itself may take.
const STILL: Duration = Duration::from_millis(1500);

impl Default for Engine {
    fn default() -> Self {
        let start = Instant::now();
        Self::with_clock(move || start.elapsed())
    }
}

impl Engine {
    pub(super) fn with_clock(clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self { clock: Clock(Arc::new(clock)), stream: Mutex::default() }
    }

    /// Looks at the next frame of a stream.
    pub(super) fn look<W: Wanted>(&self, frame: &Frame<'_>, wanted: &W) -> Outcome<W::Found> {
        let mut stream = self.stream();
        // Under the lock: frames of two threads come in the order of their times.
        let now = (self.clock.0)();
        self.look_in(&mut stream, frame, now, wanted)
    }

    /// The same for a frame that was taken at `now`.
    pub(super) fn look_at<W: Wanted>(&self, frame: &Frame<'_>, now: Duration, wanted: &W) -> Outcome<W::Found> {
        self.look_in(&mut self.stream(), frame, now, wanted)
    }

    fn stream(&self) -> MutexGuard<'_, Stream> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn look_in<W: Wanted>(
        &self,
        Stream { session, guide, shelf }: &mut Stream,
        frame: &Frame<'_>,
        now: Duration,
        wanted: &W,
    ) -> Outcome<W::Found> {
        let deadline = Deadline::after(&*self.clock.0, FRAME);
        shelf.during(frame.luma().pixels(), || {
            let (codes, sight) = session.look(frame.luma(), &|code| wanted.judge(code).is_ok(), &deadline);
            let codes = upright(&codes, frame);
            let advice = match wanted.among(&codes) {
                Some(Ok(found)) => {
                    guide.reset();
                    return (codes, Ok(found));
                }
                Some(Err(hint)) => guide.refuse(hint, now),
                None => guide.observe(frame.luma(), sight, now),
            };
            (codes, Err(advice.upright(frame)))
        })
    }

    /// Looks at a picture by itself, with all strategies.
    pub(super) fn look_still<W: Wanted>(&self, frame: &Frame<'_>, wanted: &W) -> Outcome<W::Found> {
        let deadline = Deadline::after(&*self.clock.0, STILL);
        Shelf::default().during(frame.luma().pixels(), || {
            let (codes, sight) = still::look(frame.luma(), &deadline);
            let codes = upright(&codes, frame);
            let advice = match wanted.among(&codes) {
                Some(Ok(found)) => return (codes, Ok(found)),
                Some(Err(hint)) => Advice::about_code(hint),
                None => Advice::still(frame.luma(), &sight),
            };
            (codes, Err(advice.upright(frame)))
        })
    }
}

fn upright(codes: &[Code], frame: &Frame<'_>) -> Vec<Code> {
    codes.iter().map(|code| Code { corners: code.corners.upright_in(frame), ..code.clone() }).collect()
}
