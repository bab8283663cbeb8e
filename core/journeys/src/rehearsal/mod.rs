//! A stage for the machine, without a phone and without a service: what tests of all languages play their scenarios on, and what walks
//! through every state. Not in the library that ships.

mod name;
mod outcome;
mod samples;
mod stage;

use std::sync::{Mutex, PoisonError};

use citizen_protocol::wire::UnixTime;
use citizen_text::Language;

use crate::effect::{EffectId, Outcome};
use crate::event::{Event, Input};
use crate::page::Page;
use crate::risk::RiskReading;

pub(crate) use name::name;
pub use outcome::MalformedOutcome;
pub use samples::sample_names;
pub use stage::Stage;

/// What is shown after something happened.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Shown {
    /// The page.
    pub page: Page,
    /// Names of the effects that it led to, in order.
    pub effects: Vec<String>,
    /// It did not fit, and nothing changed.
    pub refused: bool,
}

/// Why a step can't be played.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum RehearsalError {
    /// Nobody waits for a reply to such an effect.
    #[error("no effect {effect} waits for a reply")]
    NoEffect {
        /// Its name.
        effect: String,
    },
    /// The outcome can't be read.
    #[error("{why}")]
    Outcome {
        /// What is wrong with it.
        why: String,
    },
}

/// An outcome as scenarios write it.
///
/// # Errors
/// What can't be read of it.
pub fn sample(outcome: &serde_json::Value, now: UnixTime) -> Result<Outcome, MalformedOutcome> {
    outcome::read(&outcome.to_string(), now)
}

/// A rehearsal, step by step.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Rehearsal {
    stage: Mutex<Stage>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Rehearsal {
    /// An app that was never used, `vi` or `en`.
    #[must_use]
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn new(language: &str) -> Self {
        Self { stage: Mutex::new(Stage::new(Language::from_tag(language).unwrap_or_default())) }
    }

    /// The shell reports something.
    #[must_use]
    pub fn event(&self, event: Event) -> Shown {
        self.with(|stage| stage.shown(Input::Shell(event)))
    }

    /// The newest effect of that name ends: with an outcome as JSON, whose fields stand over a sample's (`"+60"` is in a minute).
    ///
    /// # Errors
    /// See [`RehearsalError`].
    pub fn reply(&self, effect: &str, outcome: &str) -> Result<Shown, RehearsalError> {
        self.with(|stage| {
            let id = stage.newest(effect).ok_or_else(|| RehearsalError::NoEffect { effect: effect.to_owned() })?;
            let outcome =
                outcome::read(outcome, stage.now().time).map_err(|why| RehearsalError::Outcome { why: why.0 })?;
            Ok(stage.shown(Input::Reply { effect: id, outcome: Box::new(outcome) }))
        })
    }

    /// Time passes, then the machine looks at the clock.
    #[must_use]
    pub fn advance(&self, seconds: u64) -> Shown {
        self.with(|stage| {
            stage.advance(seconds);
            stage.shown(Input::Shell(Event::Tick))
        })
    }

    /// The phone's risk signals change.
    #[must_use]
    pub fn risk(&self, reading: RiskReading) -> Shown {
        self.with(|stage| {
            stage.set_risk(reading);
            stage.shown(Input::Shell(Event::Tick))
        })
    }

    /// The app is killed and started again: the model as it was stored, no secret.
    #[must_use]
    pub fn kill(&self) -> Shown {
        self.with(|stage| {
            stage.kill();
            stage.shown(Input::Resumed)
        })
    }
}

impl Rehearsal {
    /// What the state is called that is shown.
    #[must_use]
    pub fn state_name(&self) -> String {
        self.with(|stage| stage.state_names().swap_remove(0))
    }

    fn with<T>(&self, play: impl FnOnce(&mut Stage) -> T) -> T {
        play(&mut self.stage.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Stage {
    fn shown(&mut self, input: Input) -> Shown {
        match self.tell(input) {
            Ok(step) => {
                let effects = step.effects.iter().map(|effect| effect.what.name().to_owned()).collect();
                Shown { page: step.page, effects, refused: false }
            }
            Err(_) => Shown { page: self.page(), effects: Vec::new(), refused: true },
        }
    }

    /// The newest effect of a name that waits for a reply.
    #[must_use]
    pub fn newest(&self, name: &str) -> Option<EffectId> {
        self.waiting().filter(|(_, what)| what.name() == name).map(|(id, _)| id).max()
    }
}
