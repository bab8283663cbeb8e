//! The machine with everything around it held in the hand: clock, risk signals, effects that wait.

use std::collections::BTreeMap;

use citizen_protocol::wire::UnixTime;
use citizen_text::Language;

use crate::effect::{Do, EffectId, Outcome};
use crate::event::Input;
use crate::held::Held;
use crate::model::{Model, Step, update};
use crate::page::Page;
use crate::risk::RiskReading;
use crate::turn::Unfit;
use crate::world::Now;

/// Where rehearsals begin: 2026-11-25, 08:00 in Vietnam.
const START: UnixTime = UnixTime(1_795_568_400);

/// A stage. A copy of it is another way that things may go.
#[derive(Clone)]
pub struct Stage {
    model: Model,
    held: Held,
    now: Now,
    waiting: BTreeMap<EffectId, Do>,
}

impl Stage {
    /// An app that was never used.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let now = Now {
            time: START,
            uptime_s: 0,
            risk: RiskReading::default(),
            host: "localhost".into(),
            token: None,
            is_production: false,
        };
        Self { model: Model::new(language), held: Held::default(), now, waiting: BTreeMap::new() }
    }

    /// Tells the machine something.
    ///
    /// # Errors
    /// It does not fit; nothing changed.
    pub fn tell(&mut self, input: Input) -> Result<Step, Unfit> {
        let answered = match &input {
            Input::Reply { effect, outcome } if !matches!(**outcome, Outcome::Progress(_)) => Some(*effect),
            _ => None,
        };
        let step = update(&mut self.model, &mut self.held, input, &self.now);
        if let Some(effect) = answered {
            self.waiting.remove(&effect);
        }
        let step = step?;
        let asked = step.effects.iter().filter(|effect| !matches!(effect.what, Do::Ask(_)));
        self.waiting.extend(asked.map(|effect| (effect.id, effect.what.clone())));
        Ok(step)
    }

    /// What is shown.
    #[must_use]
    pub fn page(&self) -> Page {
        self.model.page(&self.held, &self.now)
    }

    /// The same in a language.
    #[must_use]
    pub fn page_in(&self, language: Language) -> Page {
        self.model.in_language(language).page(&self.held, &self.now)
    }

    /// Effects whose reply has not come.
    pub fn waiting(&self) -> impl Iterator<Item = (EffectId, &Do)> {
        self.waiting.iter().map(|(id, what)| (*id, what))
    }

    /// The model as it would be stored.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What the states are called: the one that is shown, then those behind it.
    #[must_use]
    pub fn state_names(&self) -> Vec<String> {
        self.model.layers(&self.now)
    }

    /// What locks the app, and how many wrong PINs there were.
    #[must_use]
    pub fn app_lock(&self) -> (String, u32) {
        self.model.app_lock()
    }

    /// What is held.
    #[must_use]
    pub fn held(&self) -> &Held {
        &self.held
    }

    /// The moment.
    #[must_use]
    pub fn now(&self) -> &Now {
        &self.now
    }

    /// Sets the clock, back as well: no time passes.
    pub fn set_time(&mut self, time: UnixTime) {
        self.now.time = time;
    }

    /// Time passes.
    pub fn advance(&mut self, seconds: u64) {
        self.now.pass(seconds);
    }

    /// Changes the risk signals.
    pub fn set_risk(&mut self, reading: RiskReading) {
        self.now.risk = reading;
    }

    /// Kills the app: what is stored stays, secrets and effects go. The portrait is stored beside the model.
    pub fn kill(&mut self) {
        let portrait = self.held.portrait().map(|jpeg| jpeg.to_vec());
        self.held = Held::default();
        if let Some(jpeg) = portrait {
            self.held.put_portrait(jpeg);
        }
        self.waiting.clear();
        // As it is written and read: what does not come back equal is not stored.
        if let Ok(stored) = serde_json::to_vec(&self.model)
            && let Ok(model) = serde_json::from_slice(&stored)
        {
            self.model = model;
        }
    }
}
