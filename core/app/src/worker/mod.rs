//! The thread that owns the model. One input at a time: what follows from it is committed, then drawn, then done.
//!
//! If the commit fails, the model stays as it was and nothing is done. What the shell reported is dropped, and the page that is still in
//! force says so: the holder presses again. A reply is not dropped, since nobody would ask for it again: it is told once more with each
//! following input, and a few seconds later.

mod alarm;
mod kept;
mod shell;
#[cfg(test)]
mod tests;
mod unkept;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};

use alarm::Alarm;
use citizen_journeys::{Do, Effect, EffectId, Event, Held, Input, Model, Now, Outcome, Page, Step, update};
use citizen_protocol::wire::UnixTime;
use citizen_text::Language;
use citizen_vault::StoreError;

use crate::AppConfig;
use crate::effects::Then;
use crate::trace::Trace;
use kept::Unkept;
pub(crate) use kept::{Begun, Kept};
pub(crate) use shell::Shell;

/// What the worker hears.
pub(crate) enum Message {
    /// Something happened.
    Shell(Event),
    /// Something came of an effect.
    Reply(Reply),
    /// The clock may have moved.
    Look,
    /// It is over.
    End,
}

/// What came of an effect.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(crate) effect: EffectId,
    pub(crate) outcome: Outcome,
    /// What is committed together with the model that heard of it.
    pub(crate) then: Then,
}

/// Where effects happen.
pub(crate) trait Outside: Send {
    /// The service's time as far as it is known.
    fn now(&self) -> UnixTime;

    /// Seconds since the phone started.
    fn uptime_s(&self) -> u64;

    /// Starts an effect; what comes of it goes to the worker's queue.
    fn start(&self, effect: Effect, held: &Held, language: Language);

    /// Gives up whatever is under way.
    fn stop(self: Box<Self>);
}

/// What the journeys know of the build.
pub(crate) struct Facts {
    host: String,
    token: Option<String>,
    is_production: bool,
}

impl Facts {
    pub(crate) fn of(config: &AppConfig) -> Self {
        let AppConfig { sms_token, production, service, .. } = config;
        // Messages name the host without its port.
        let host = service.host.split(':').next().unwrap_or_default().to_owned();
        Self { host, token: sms_token.clone(), is_production: *production }
    }
}

/// The state, and all that hangs on it.
pub(crate) struct Worker {
    model: Model,
    held: Held,
    kept: Kept,
    facts: Facts,
    shell: Shell,
    outside: Box<dyn Outside>,
    alarm: Alarm,
    trace: Trace,
    /// What the shell shows, if it does.
    shown: Option<Page>,
    /// Replies whose commit failed.
    unheard: VecDeque<Reply>,
}

/// The process died: nothing more is done.
struct Dead;

impl Worker {
    pub(crate) fn new(begun: Begun, facts: Facts, shell: Shell, outside: Box<dyn Outside>, trace: Trace) -> Self {
        let Begun { model, held, kept, .. } = begun;
        let (alarm, shown, unheard) = (Alarm::default(), None, VecDeque::new());
        Self { model, held, kept, facts, shell, outside, alarm, trace, shown, unheard }
    }

    /// Until the end.
    pub(crate) fn run(mut self, messages: &Receiver<Message>) {
        self.trace.note("start", "resumed");
        let mut lives = self.turn(Input::Resumed).is_ok();
        while lives && let Some(message) = self.next(messages) {
            lives = self.hear(message).is_ok();
        }
        let Self { kept, outside, .. } = self;
        outside.stop();
        kept.close();
    }

    /// The next message, or what is due by the clock; none at the end.
    fn next(&mut self, messages: &Receiver<Message>) -> Option<Message> {
        loop {
            if self.shell.is_closed() {
                return None;
            }
            let now = self.outside.now();
            if self.alarm.is_due(now) {
                return Some(Message::Shell(Event::Tick));
            }
            let message = match self.alarm.wait(now) {
                None => messages.recv().ok()?,
                Some(wait) => match messages.recv_timeout(wait) {
                    Ok(message) => message,
                    Err(RecvTimeoutError::Timeout) => continue,
                    Err(RecvTimeoutError::Disconnected) => return None,
                },
            };
            match message {
                Message::End => return None,
                Message::Look => {}
                message => return Some(message),
            }
        }
    }

    fn hear(&mut self, message: Message) -> Result<(), Dead> {
        for reply in std::mem::take(&mut self.unheard) {
            self.reply(reply)?;
        }
        match message {
            Message::Shell(event) => {
                self.trace.note("event", event.name());
                self.turn(Input::Shell(event))
            }
            Message::Reply(reply) => {
                self.trace.note("reply", reply.outcome.name());
                self.reply(reply)
            }
            Message::Look | Message::End => Ok(()),
        }
    }

    fn reply(&mut self, reply: Reply) -> Result<(), Dead> {
        let Reply { effect, outcome, then } = reply.clone();
        let is_last = !matches!(outcome, Outcome::Progress(_));
        let told = self.tell(Input::Reply { effect, outcome: Box::new(outcome) }, &then)?;
        if !told && is_last {
            self.unheard.push_back(reply);
        }
        Ok(())
    }

    fn turn(&mut self, input: Input) -> Result<(), Dead> {
        self.tell(input, &Then::Nothing).map(drop)
    }

    /// Tells the journeys something. Whether what follows from it was kept, if anything does.
    fn tell(&mut self, input: Input, then: &Then) -> Result<bool, Dead> {
        let now = self.now();
        let (mut model, mut held) = (self.model.clone(), self.held.clone());
        // A fault in there costs one input, not the app.
        let step = catch_unwind(AssertUnwindSafe(|| update(&mut model, &mut held, input, &now)));
        let Ok(Ok(step)) = step else {
            self.trace.note("input", if step.is_ok() { "unfit" } else { "broken" });
            return self.settle(then);
        };
        match self.kept.commit(&model, &held, then) {
            Ok(()) => {}
            Err(Unkept::Dead) => return Err(Dead),
            Err(Unkept::Store(error)) => {
                self.unkept(error, &now);
                return Ok(false);
            }
        }
        (self.model, self.held) = (model, held);
        self.take(step, &now);
        Ok(true)
    }

    fn take(&mut self, step: Step, now: &Now) {
        let Step { page, effects, wake } = step;
        self.alarm.set(wake, now.time);
        self.show(page);
        for effect in effects {
            self.trace.note("effect", effect.what.name());
            match effect.what {
                Do::Ask(request) => self.shell.perform(request),
                _ => self.outside.start(effect, &self.held, self.model.language()),
            }
        }
    }

    /// A reply that nobody waits for: what it did in the service is done all the same.
    fn settle(&mut self, then: &Then) -> Result<bool, Dead> {
        match self.kept.settle(then) {
            Ok(()) => Ok(true),
            Err(Unkept::Dead) => Err(Dead),
            Err(Unkept::Store(_)) => Ok(false),
        }
    }

    fn unkept(&mut self, error: StoreError, now: &Now) {
        self.trace.note("input", "unkept");
        let page = self.model.page(&self.held, now);
        self.show(unkept::said(page, error, self.model.language()));
        self.alarm.again(now.time);
    }

    fn show(&mut self, page: Page) {
        if self.shown.as_ref() != Some(&page) {
            self.shown = self.shell.render(page.clone()).then_some(page);
        }
    }

    fn now(&self) -> Now {
        let Facts { host, token, is_production } = &self.facts;
        Now {
            time: self.outside.now(),
            uptime_s: self.outside.uptime_s(),
            risk: self.shell.risk(),
            host: host.clone(),
            token: token.clone(),
            is_production: *is_production,
        }
    }
}
