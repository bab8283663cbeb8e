//! The walk from page to page: what the app shows is printed and kept for the report, what the holder does goes back to the app.

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use citizen_journeys::{CameraKind, Event, Page, Part};
use citizen_sandbox::{Sandbox, SentMessage};

use super::cameras::{Cameras, Seen, What};
use super::deeds;
use super::desk::Desk;
use super::log::{Happened, Log};
use super::print::{Printer, aside};
use super::shell::{Screen, Shown, aged};
use super::words::Language;

/// Longer than the app or the service take for anything; a status page asks every half minute.
const PATIENCE: Duration = Duration::from_secs(90);
/// What follows a page so soon belongs to it.
const TOGETHER: Duration = Duration::from_millis(30);
/// Longer than a new hint takes to be drawn.
const HINT: Duration = Duration::from_millis(500);
/// So often a card or a face comes before a camera.
const TRIES: u32 = 3;

/// Who holds the phone.
pub(super) trait Holder {
    /// What is done on a page, with the messages that arrived so far.
    fn on(&mut self, page: &Page, messages: &[SentMessage]) -> Result<Deed>;
}

/// What a holder does.
pub(super) enum Deed {
    /// Waits for something new, for so long at most; without a limit it must come.
    Waits(Option<Duration>),
    /// Something on the page.
    Does(Vec<Event>),
    /// Puts the phone away.
    Ends,
}

/// Everything that a walk goes through.
pub(super) struct Walk<'a> {
    pub(super) screen: Screen,
    pub(super) sandbox: &'a Sandbox,
    pub(super) desk: Desk<'a>,
    pub(super) cameras: Cameras,
    pub(super) language: Language,
    pub(super) printer: Printer,
    pub(super) log: Log,
    /// Of the citizen, in order.
    pub(super) messages: Vec<SentMessage>,
    /// Where messages of the citizen go.
    pub(super) addresses: [String; 2],
    pub(super) read: u64,
    /// What is shown, and since when.
    pub(super) page: Option<(Page, Instant)>,
}

impl Walk<'_> {
    /// Until the holder puts the phone away, or too much time went by.
    pub(super) fn go(&mut self, holder: &mut dyn Holder, limit: Option<Duration>) -> Result<()> {
        let began = Instant::now();
        self.wait(None)?;
        let mut looks = 0;
        loop {
            let Some((page, since)) = &self.page else { bail!("the app shows nothing") };
            let page = aged(page, since.elapsed());
            ensure!(limit.is_none_or(|limit| began.elapsed() < limit), "too long; still at “{}”", page.title.text);
            if let Some(camera) = camera_on(&page) {
                ensure!(looks < TRIES, "nothing was read before the camera in {TRIES} tries");
                looks += 1;
                self.look(camera, &page.id)?;
                continue;
            }
            looks = 0;
            // A button may have opened by itself.
            self.printer.page(&page, self.screen.typed())?;
            self.log.page(&page, self.screen.typed());
            match holder.on(&page, &self.messages)? {
                Deed::Waits(limit) => self.wait(limit)?,
                Deed::Does(events) => {
                    for event in events {
                        self.does(event, &page)?;
                    }
                }
                Deed::Ends => return Ok(()),
            }
        }
    }

    fn does(&mut self, event: Event, page: &Page) -> Result<()> {
        if let Some(words) = deeds::words(&event, page, self.language) {
            aside(&words)?;
            self.log.add(Happened::Did(words));
        }
        self.screen.dispatch(event);
        self.log.typed(self.screen.typed());
        Ok(())
    }

    /// The next thing that the app shows, and what comes with it.
    fn wait(&mut self, limit: Option<Duration>) -> Result<()> {
        match self.screen.next(limit.unwrap_or(PATIENCE))? {
            Some(shown) => self.take(shown)?,
            None if limit.is_some() => {}
            None => bail!("the app did not go on; its last steps: {}", self.screen.trace().join(", ")),
        }
        self.catch_up()
    }

    /// Whatever comes at once.
    fn catch_up(&mut self) -> Result<()> {
        while let Some(shown) = self.screen.next(TOGETHER)? {
            self.take(shown)?;
        }
        Ok(())
    }

    fn take(&mut self, shown: Shown) -> Result<()> {
        match shown {
            Shown::Page(page) => {
                self.printer.page(&page, self.screen.typed())?;
                self.log.page(&page, self.screen.typed());
                let has_timeline = page.parts.iter().any(|part| matches!(part, Part::Timeline { .. }));
                self.page = Some((page, Instant::now()));
                self.receive()?;
                if has_timeline && let Some(words) = self.desk.decide(self.language)? {
                    self.hear(words)?;
                    self.receive()?;
                }
            }
            Shown::Request(request) => {
                if let Some(seen) = self.cameras.perform(&request) {
                    self.see(seen)?;
                }
                if let Some(words) = self.language.request(&request) {
                    self.hear(words)?;
                }
            }
        }
        Ok(())
    }

    fn hear(&mut self, words: String) -> Result<()> {
        aside(&words)?;
        self.log.add(Happened::Heard(words));
        Ok(())
    }

    /// Messages that arrived meanwhile, as the phone shows them.
    fn receive(&mut self) -> Result<()> {
        for message in self.sandbox.messages_after(self.read) {
            self.read = message.seq;
            if !self.addresses.contains(&message.address) {
                continue;
            }
            let SentMessage { address, body, .. } = &message;
            aside(&self.language.of(format!("Tin nhắn đến {address}:"), format!("A message to {address}:")))?;
            aside(body)?;
            self.log.add(Happened::Got { to: address.clone(), body: body.clone() });
            self.messages.push(message);
        }
        Ok(())
    }

    fn shown(&self) -> Option<&Page> {
        self.page.as_ref().map(|(page, _)| page)
    }

    /// Holds the card or the face before the camera until the page with the camera is gone.
    fn look(&mut self, camera: CameraKind, page: &str) -> Result<()> {
        while let Some(seen) = self.cameras.look(camera)? {
            let is_hit = !matches!(seen.what, What::Hint { .. });
            self.see(seen)?;
            // A hit is followed by another page, or by why it was not taken.
            self.settle(if is_hit { PATIENCE } else { HINT }, page)?;
            if self.shown().is_none_or(|shown| shown.id != page || camera_on(shown) != Some(camera)) {
                break;
            }
        }
        // What comes before it later comes anew.
        self.cameras.restart(camera);
        Ok(())
    }

    fn see(&mut self, seen: Seen) -> Result<()> {
        let Some(page) = self.shown().cloned() else { return Ok(()) };
        let event = seen.what.event(&page.id);
        let words = deeds::words(&event, &page, self.language);
        self.screen.dispatch(event);
        if let Some(words) = &words {
            aside(words)?;
        }
        if words.is_none() {
            self.settle(HINT, &page.id)?;
        }
        let caption = words.or_else(|| self.shown().and_then(hint_on)).unwrap_or_default();
        let camera = camera_on(&page).unwrap_or(CameraKind::Selfie);
        self.log.add(Happened::Saw { camera, jpeg: seen.picture, caption });
        Ok(())
    }

    /// All that the app shows by then: at least one thing, or nothing within the time.
    fn settle(&mut self, limit: Duration, page: &str) -> Result<()> {
        let until = Instant::now() + limit;
        while self.shown().is_some_and(|shown| shown.id == page) {
            let left = until.saturating_duration_since(Instant::now());
            match self.screen.next(left)? {
                Some(shown) => {
                    let is_page = matches!(shown, Shown::Page(_));
                    self.take(shown)?;
                    if is_page {
                        return self.catch_up();
                    }
                }
                None => return Ok(()),
            }
        }
        Ok(())
    }
}

fn camera_on(page: &Page) -> Option<CameraKind> {
    page.parts.iter().find_map(|part| match part {
        Part::Camera { camera, .. } => Some(*camera),
        _ => None,
    })
}

/// What the page says about the camera's picture.
fn hint_on(page: &Page) -> Option<String> {
    page.parts.iter().find_map(|part| match part {
        Part::Camera { hint: Some(hint), .. } => Some(hint.text.clone()),
        _ => None,
    })
}
