//! The whole: where the holder is, and how it moves.

use std::collections::BTreeMap;

use citizen_protocol::wire::UnixTime;
use citizen_text::Language;
use serde::{Deserialize, Serialize};

use crate::effect::{Do, Effect};
use crate::event::{Event, Input, Journey};
use crate::gate_page;
use crate::held::Held;
use crate::ids::Act;
use crate::page::Page;
use crate::place::{Go, Place};
#[cfg(feature = "rehearsal")]
use crate::rehearsal::name;
use crate::risk::{Gate, gate};
use crate::see::See;
use crate::support::Stop;
use crate::turn::{Turn, Unfit};
use crate::world::{Now, Shared, Told, World};
use crate::{fits, help, home, lock, place};

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

/// What was left for later hears its reply, but touches nothing that is entered meanwhile, and does nothing: what would follow is asked
/// for once it is gone on with.
fn aside(place: &mut Place, told: &Told, world: &mut World) -> bool {
    let (mut nothing, mut shared) = (Held::default(), world.shared.clone());
    let mut own = World { now: world.now, held: &mut nothing, shared: &mut shared, effects: Vec::new() };
    let Ok(Turn::To(moved)) = place.clone().told(told, &mut own) else { return false };
    if own.effects.iter().any(|effect| !matches!(effect.what, Do::Ask(_))) {
        return false;
    }
    let portrait = place.taken().filter(|taken| *taken == shared.portraits);
    if portrait.is_some() && moved.taken().is_none() {
        world.held.drop_portrait();
    }
    (*place, *world.shared) = (moved, shared);
    true
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
    /// What goes on once nothing stands before it.
    held_up: Option<HeldUp>,
}

/// What a place was not told, because a warning stood before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum HeldUp {
    /// The network is back.
    Online,
    /// It is gone on with: what was under way is asked for anew.
    Resumed,
}

impl HeldUp {
    fn of(told: &Told) -> Option<Self> {
        match told {
            Told::Online => Some(Self::Online),
            Told::Resumed => Some(Self::Resumed),
            _ => None,
        }
    }

    fn told(self) -> Told {
        match self {
            Self::Online => Told::Online,
            Self::Resumed => Told::Resumed,
        }
    }
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
            held_up: None,
        }
    }

    /// Of somebody who is signed in.
    #[cfg(test)]
    pub(crate) fn signed_in(account: citizen_protocol::wire::AccountSummary) -> Self {
        let mut model = Self::new(Language::Vi);
        model.shared.account = Some(account);
        model
    }

    /// The language of its pages.
    #[must_use]
    pub fn language(&self) -> Language {
        self.shared.language
    }

    /// What the states are called that are shown and that lie behind: what lies over the page, the lock, the gate, the place.
    #[cfg(feature = "rehearsal")]
    pub(crate) fn layers(&self, now: &Now) -> Vec<String> {
        let over = self.over.as_ref().map(name);
        let lock = self.lock.is_locked().then(|| format!("lock {}", name(&self.lock)));
        let gate = self.gate(now).map(|_| "gate".to_owned());
        over.into_iter().chain(lock).chain(gate).chain([name(&self.place)]).collect()
    }

    /// What locks the app, whether there is a PIN beside it, and how many wrong ones there were.
    #[cfg(feature = "rehearsal")]
    pub(crate) fn app_lock(&self) -> (String, u32) {
        let (has_pin, tries) = self.lock.pin();
        (serde_json::json!([self.shared.app_lock, has_pin]).to_string(), tries)
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
            (None, None) => self.place.page(see, &self.left()),
        }
    }

    /// What was left for later.
    fn left(&self) -> Vec<home::Parked> {
        let left = self.parked.iter();
        left.map(|(journey, place)| home::Parked { journey: *journey, is_with_service: place.is_with_service() })
            .collect()
    }

    fn turn(&mut self, held: &mut Held, input: Input, now: &Now) -> Result<Vec<Effect>, Unfit> {
        let before = self.page(held, now);
        self.shared.see_call(now);
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
        done?;
        self.go_on(&mut world);
        let effects = world.effects;
        self.shared = shared_now;
        if self.place.is_signing_out() {
            self.parked.clear();
        }
        if self.place.guarded().is_none() {
            self.understood.clear();
        }
        // Whoever holds a locked phone leaves nothing of its holder's.
        if self.lock.is_locked() && self.over == Some(help::Over::Leave) {
            self.over = None;
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
                // It may be that of another way that was left for later.
                let is_anothers = self.parked.values().any(|place| place.taken() == Some(world.shared.portraits));
                if !is_anothers {
                    world.held.drop_portrait();
                }
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
                // It protected what is gone now.
                if world.shared.app_lock != lock::Kind::Off {
                    world.ask(Do::RemovePin);
                    lock::set_up(&mut self.lock, lock::Kind::Off, world);
                }
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
        match self.parked.remove(&journey) {
            // What was under way is asked for anew.
            Some(parked) => (self.place, self.held_up) = (parked, Some(HeldUp::Resumed)),
            None => self.place = Place::begin(journey, world),
        }
    }

    fn lock_told(&mut self, told: &Told, world: &mut World) -> Result<(), Unfit> {
        self.lock = lock::told(self.lock, told, world)?;
        // Whoever has not the PIN proves to be the holder by signing in: nothing of before is shown.
        if self.lock.has_ended() {
            self.over = None;
            self.go(Go::SignedOut, world);
        }
        Ok(())
    }

    /// What concerns everything that is open. Whom it does not concern ignores it.
    fn everywhere(&mut self, told: &Told, world: &mut World) {
        let _ = self.lock_told(told, world);
        match HeldUp::of(told) {
            // Nothing is sent again behind a warning.
            Some(held_up) if self.gate_now(world).is_some() => self.held_up = self.held_up.max(Some(held_up)),
            _ => {
                let _ = self.place_told(told, world);
            }
        }
    }

    /// What was held up goes on.
    fn go_on(&mut self, world: &mut World) {
        if self.gate_now(world).is_none()
            && let Some(held_up) = self.held_up.take()
        {
            let _ = self.place_told(&held_up.told(), world);
        }
    }

    /// A reply goes to the one who waits for it.
    fn reply(&mut self, told: &Told, world: &mut World) -> Result<(), Unfit> {
        if self.lock_told(told, world).is_ok() || self.place_told(told, world).is_ok() {
            return Ok(());
        }
        let heard = self.parked.values_mut().any(|place| aside(place, told, world));
        if heard { Ok(()) } else { Err(Unfit::Stale) }
    }

    fn gate(&self, now: &Now) -> Option<Gate> {
        self.gate_of(&self.shared, now)
    }

    /// While something is told: what is shared is out of the model.
    fn gate_now(&self, world: &World) -> Option<Gate> {
        self.gate_of(world.shared, world.now)
    }

    fn gate_of(&self, shared: &Shared, now: &Now) -> Option<Gate> {
        let guarded = self.place.guarded()?;
        gate(guarded, now.risk, now.is_production, shared.call_ends(now), &self.understood)
    }

    fn wake(&self, now: &Now) -> Option<UnixTime> {
        let gate = self.gate(now);
        let call = gate.and_then(|gate| gate.until);
        // A signal that is there goes away without a word: look again now and then.
        let look = gate.map(|_| now.time.plus(2));
        [self.lock.wake(now), self.place.wake(now.time), call, look]
            .into_iter()
            .flatten()
            .filter(|time| *time > now.time)
            .min()
    }
}
