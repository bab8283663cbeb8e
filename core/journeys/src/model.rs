//! The whole: where the holder is, and how it moves.

use std::collections::BTreeMap;

use citizen_protocol::wire::UnixTime;
use citizen_text::Language;
use serde::{Deserialize, Serialize};

use crate::effect::Effect;
use crate::event::{Event, Input, Journey};
use crate::gate_page;
use crate::held::Held;
use crate::ids::Act;
use crate::page::Page;
use crate::place::{Go, Place};
use crate::risk::{AFTER_CALL_S, Gate, Signal, gate};
use crate::see::See;
use crate::support::Stop;
use crate::turn::{Turn, Unfit};
use crate::world::{Now, Shared, Told, World};
use crate::{fits, help, lock, place};

/// What an input led to.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What is shown now.
    pub page: Page,
    /// What is to be done, in order, once the model is stored.
    pub effects: Vec<Effect>,
    /// When to send [`Event::Tick`], if nothing else comes first. A little later does no harm, earlier does nothing.
    pub wake: Option<UnixTime>,
}

/// Tells the model something. After an error nothing has changed.
///
/// # Errors
/// See [`Unfit`].
pub fn update(model: &mut Model, held: &mut Held, input: Input, now: &Now) -> Result<Step, Unfit> {
    let (mut next, mut kept) = (model.clone(), held.clone());
    let effects = next.turn(&mut kept, input, now)?;
    let step = Step { page: next.page(&kept, now), effects, wake: next.wake(now) };
    (*model, *held) = (next, kept);
    Ok(step)
}

/// Where the holder is, in all journeys. It serialises; it holds no secret.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    shared: Shared,
    lock: lock::State,
    place: Place,
    /// Journeys that were left for later.
    parked: BTreeMap<Journey, Place>,
    over: Option<help::Over>,
    /// Warnings that were read, for what is done now.
    understood: Vec<Stop>,
}

impl Model {
    /// Of an app that was never used.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            shared: Shared::new(language),
            lock: lock::State::default(),
            place: Place::default(),
            parked: BTreeMap::new(),
            over: None,
            understood: Vec::new(),
        }
    }

    /// The language of its pages.
    #[must_use]
    pub fn language(&self) -> Language {
        self.shared.language
    }

    /// The state that is shown, as it is stored.
    #[cfg(feature = "rehearsal")]
    pub(crate) fn shown_state(&self, now: &Now) -> serde_json::Value {
        let state = match &self.over {
            Some(over) => serde_json::to_value(over),
            None if self.lock.is_locked() => {
                serde_json::to_value(self.lock).map(|lock| serde_json::json!({ "over": "lock", "state": lock }))
            }
            None if self.gate(now).is_some() => Ok(serde_json::json!({ "over": "gate" })),
            None => serde_json::to_value(&self.place),
        };
        state.unwrap_or_default()
    }

    /// The same, in another language.
    #[cfg(feature = "rehearsal")]
    pub(crate) fn in_language(&self, language: Language) -> Self {
        let mut other = self.clone();
        other.shared.language = language;
        other
    }

    /// What is shown.
    #[must_use]
    pub fn page(&self, held: &Held, now: &Now) -> Page {
        let see = See { now, held, shared: &self.shared };
        match (&self.over, self.gate(now)) {
            _ if self.lock.is_locked() && self.over.is_none() => lock::page(&self.lock, see),
            (Some(over), _) => help::page(over, see),
            (None, Some(gate)) => gate_page::page(gate, see),
            (None, None) => self.place.page(see, self.parked.keys()),
        }
    }

    fn turn(&mut self, held: &mut Held, input: Input, now: &Now) -> Result<Vec<Effect>, Unfit> {
        let before = self.page(held, now);
        if now.risk.call == Signal::Yes {
            self.shared.call_seen = Some(now.time);
        }
        let Self { shared, .. } = &mut *self;
        // Taken out while machines work with it: they are in the model too.
        let mut shared_now = shared.clone();
        let mut world = World { now, held, shared: &mut shared_now, effects: Vec::new() };
        let done = match input {
            Input::Reply { effect, outcome } => self.reply(&Told::Reply(effect, *outcome), &mut world),
            Input::Resumed => {
                self.everywhere(&Told::Resumed, &mut world);
                Ok(())
            }
            Input::Shell(event) => self.shell(event, &before, &mut world),
        };
        let effects = world.effects;
        done?;
        self.shared = shared_now;
        if self.place.guarded().is_none() {
            self.understood.clear();
        }
        Ok(effects)
    }

    fn shell(&mut self, event: Event, page: &Page, world: &mut World) -> Result<(), Unfit> {
        match event {
            Event::Tick => {
                self.everywhere(&Told::Tick, world);
                Ok(())
            }
            Event::Network { online } => {
                world.shared.online = online;
                if online {
                    self.everywhere(&Told::Online, world);
                }
                Ok(())
            }
            Event::Visible { visible } => {
                lock::visible(&mut self.lock, visible, world);
                self.everywhere(&Told::Tick, world);
                Ok(())
            }
            Event::Start { journey } if self.is_free() => {
                self.start(journey, world);
                Ok(())
            }
            Event::Start { .. } => Err(Unfit::Here),
            Event::Cancel { .. } if event.page() == Some(&page.id) => self.cancel(),
            event => {
                let told = fits::told(event, page)?;
                self.on_page(told, page, world)
            }
        }
    }

    /// At home, with nothing in front of it.
    fn is_free(&self) -> bool {
        let in_dispute = self.shared.devices_changed;
        matches!(self.place, Place::Home(_)) && self.over.is_none() && !self.lock.is_locked() && !in_dispute
    }

    fn cancel(&mut self) -> Result<(), Unfit> {
        if matches!(self.place, Place::Home(_)) || self.lock.is_locked() || self.over.is_some() {
            return Err(Unfit::Here);
        }
        self.over = Some(help::Over::Leave);
        Ok(())
    }

    /// What happened on the page that is shown.
    fn on_page(&mut self, told: Told, page: &Page, world: &mut World) -> Result<(), Unfit> {
        match (&self.over, &told) {
            (Some(over), _) => {
                let left = help::told(over, &told, world)?;
                self.leave(left, world);
                return Ok(());
            }
            (None, Told::Act(Act::Help | Act::InPerson)) => {
                self.over = Some(help::open(page, told == Told::Act(Act::InPerson)));
                return Ok(());
            }
            _ => {}
        }
        if self.lock.is_locked() {
            return self.lock_told(&told, world);
        }
        if let Some(gate) = self.gate(world.now) {
            return self.at_gate(gate, &told, world);
        }
        match told {
            Told::Act(Act::Later) => {
                self.park(world);
                Ok(())
            }
            told => {
                self.place_told(&told, world)?;
                // Who changes the lock opens it first: an app that lies open is not made somebody else's.
                if told == Told::Act(Act::AppLock) {
                    lock::close(&mut self.lock, world);
                }
                Ok(())
            }
        }
    }

    fn at_gate(&mut self, gate: Gate, told: &Told, world: &mut World) -> Result<(), Unfit> {
        match told {
            Told::Act(Act::Understood) => self.understood.push(gate.stop),
            Told::Act(Act::LookAgain) => {}
            Told::Act(Act::Later) | Told::Back => self.park(world),
            _ => return Err(Unfit::Here),
        }
        Ok(())
    }

    fn leave(&mut self, left: help::Left, world: &mut World) {
        match left {
            help::Left::Open(over) => self.over = Some(over),
            help::Left::Closed => self.over = None,
            help::Left::Later => {
                self.over = None;
                self.park(world);
            }
            help::Left::Discarded => {
                self.over = None;
                world.held.drop_secrets();
                world.held.drop_portrait();
                self.go(Go::Home, world);
            }
        }
    }

    /// Home, with the journey kept as it is.
    fn park(&mut self, world: &mut World) {
        let place = std::mem::take(&mut self.place);
        if let Some(journey) = place.journey() {
            self.parked.insert(journey, place);
        }
        // What another journey finds in the same slots would not be its own.
        world.held.drop_secrets();
        self.go(Go::Home, world);
    }

    fn place_told(&mut self, told: &Told, world: &mut World) -> Result<(), Unfit> {
        let before = self.place.clone();
        match before.clone().told(told, world)? {
            Turn::To(place) => self.place = place,
            Turn::Done(Go::Leave(journey)) => {
                if let Some(left) = before.journey() {
                    self.parked.insert(left, before);
                }
                world.held.drop_secrets();
                self.start(journey, world);
            }
            Turn::Done(go) => self.go(go, world),
            Turn::Back => {
                self.place = before;
                self.park(world);
            }
        }
        Ok(())
    }

    fn go(&mut self, go: Go, world: &mut World) {
        match go {
            Go::Home => self.place = Place::home(world),
            Go::Journey(journey) | Go::Leave(journey) | Go::Consented(journey) => self.start(journey, world),
            Go::AppLock(change) => {
                lock::set_up(&mut self.lock, change, world);
                self.place = Place::home(world);
            }
            Go::SignedOut => {
                self.parked.clear();
                self.place = Place::home(world);
            }
        }
    }

    /// Starts a journey, or goes on with it where it was left; the consent comes first.
    fn start(&mut self, journey: Journey, world: &mut World) {
        if place::needs_consent(journey) && !world.shared.has_consent() {
            self.place = Place::consent(journey, world);
            return;
        }
        self.place = match self.parked.remove(&journey) {
            // It may have moved on meanwhile: what was under way is asked for anew.
            Some(parked) => match parked.clone().told(&Told::Resumed, world) {
                Ok(Turn::To(place)) => place,
                _ => parked,
            },
            None => Place::begin(journey, world),
        };
    }

    fn lock_told(&mut self, told: &Told, world: &mut World) -> Result<(), Unfit> {
        self.lock = lock::told(self.lock, told, world)?;
        // Whoever has not the PIN proves to be the holder by signing in: nothing of before is shown.
        if self.lock.has_ended() {
            lock::set_up(&mut self.lock, lock::Kind::Off, world);
            self.over = None;
            self.go(Go::SignedOut, world);
        }
        Ok(())
    }

    /// What concerns everything that is open. Whom it does not concern ignores it.
    fn everywhere(&mut self, told: &Told, world: &mut World) {
        let _ = self.lock_told(told, world);
        let _ = self.place_told(told, world);
    }

    /// A reply goes to the one who waits for it.
    fn reply(&mut self, told: &Told, world: &mut World) -> Result<(), Unfit> {
        if self.lock_told(told, world).is_ok() || self.place_told(told, world).is_ok() {
            return Ok(());
        }
        for place in self.parked.values_mut() {
            if let Ok(Turn::To(moved)) = place.clone().told(told, world) {
                *place = moved;
                return Ok(());
            }
        }
        Err(Unfit::Stale)
    }

    /// When a call ends that is, or was just now, in progress.
    fn call_ends(&self, now: &Now) -> Option<UnixTime> {
        let ends = self.shared.call_seen?.plus(AFTER_CALL_S);
        (now.risk.call == Signal::Yes || ends > now.time).then_some(ends)
    }

    fn gate(&self, now: &Now) -> Option<Gate> {
        let guarded = self.place.guarded()?;
        gate(guarded, now.risk, now.is_production, self.call_ends(now), &self.understood)
    }

    fn wake(&self, now: &Now) -> Option<UnixTime> {
        let gate = self.gate(now);
        let call = gate.and_then(|gate| gate.until);
        // A signal that is there goes away without a word: look again now and then.
        let look = gate.map(|_| now.time.plus(2));
        [self.lock.wake(), self.place.wake(now.time), call, look]
            .into_iter()
            .flatten()
            .filter(|time| *time > now.time)
            .min()
    }
}
