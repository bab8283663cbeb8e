//! What closes the lock, and what opens it.

use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Secret, UnixTime};

use super::state::{At, Kind, PinSaid, State};
use crate::effect::{Do, Outcome, Request};
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::see::See;
use crate::shared::work::{Heard, Work};
use crate::trouble::Trouble;
use crate::turn::Unfit;
use crate::world::{Told, World};

/// Out of sight for so long, it closes. Long enough to read a code in another app.
pub(super) const AWAY_S: u64 = 60;

/// Another kind of lock, chosen in the settings; it is open.
pub(crate) fn set_up(state: &mut State, kind: Kind, world: &mut World) {
    world.shared.app_lock = kind;
    let has_pin = match kind {
        Kind::Off => false,
        Kind::Pin => true,
        // The PIN of before goes on helping.
        Kind::Biometric => state.has_pin,
    };
    *state = State { has_pin, ..State::default() };
}

/// Closes it, if there is one.
pub(crate) fn close(state: &mut State, world: &mut World) {
    state.at = closed(state, world);
}

/// The app came to the front, or left it.
pub(crate) fn visible(state: &mut State, visible: bool, world: &mut World) {
    state.is_hidden = !visible;
    state.at = match state.at {
        At::Open if !visible && world.shared.app_lock != Kind::Off => At::Away { since: world.time() },
        At::Away { since } if is_long(since, world.time()) => closed(state, world),
        At::Away { .. } if visible => At::Open,
        at => at,
    };
}

/// A clock that went back counts as long.
fn is_long(since: UnixTime, now: UnixTime) -> bool {
    now < since || now.since(since) >= AWAY_S
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Result<State, Unfit> {
    // An app that starts is in front.
    let state = State { is_hidden: state.is_hidden && *told != Told::Resumed, ..state }.capped(world.now);
    let to = |at| Ok(State { at, ..state });
    match (state.at, told) {
        (At::Open | At::Away { .. }, Told::Resumed) if world.shared.app_lock != Kind::Off => to(closed(&state, world)),
        (At::Away { since }, Told::Tick) if is_long(since, world.time()) => to(closed(&state, world)),
        (At::Pin { .. }, told) => pin(state, told, world),
        (At::Checking { work }, told) => checking(state, work, told, world),
        (At::Waiting, told) => waiting(state, told, world),
        (At::Biometric { .. } | At::NoScreenLock, told) => biometric(state, told, world),
        (At::Prompting { work }, told) => prompting(state, work, told, world),
        (At::Forgot, Told::Act(Act::Confirm)) => to(At::SigningOut { work: Work::begin(world, Do::SignOut) }),
        (At::Forgot, Told::Back) => to(closed(&state, world)),
        (At::SigningOut { work }, told) => signing_out(state, work, told, world),
        (At::Open | At::Away { .. } | At::Forgot | At::Ended, told) => keep(state, told),
    }
}

fn keep(state: State, told: &Told) -> Result<State, Unfit> {
    match told {
        Told::Tick | Told::Online | Told::Resumed => Ok(state),
        Told::Reply(..) => Err(Unfit::Stale),
        _ => Err(Unfit::Here),
    }
}

/// The page that it closes with.
fn closed(state: &State, world: &mut World) -> At {
    world.held.drop(&[Slot::Pin, Slot::PinAgain]);
    match world.shared.app_lock {
        Kind::Off => At::Open,
        Kind::Biometric => At::Biometric { said: None },
        Kind::Pin => pin_page(state, None, world),
    }
}

/// Where a PIN is entered, or waited for after too many.
fn pin_page(state: &State, said: Option<PinSaid>, world: &World) -> At {
    if state.waits_s(world.now).is_some() { At::Waiting } else { At::Pin { said } }
}

fn pin(state: State, told: &Told, world: &mut World) -> Result<State, Unfit> {
    let at = match told {
        Told::Field(FieldId::Pin, entered) => {
            world.keep(Slot::Pin, entered.clone());
            At::Pin { said: None }
        }
        Told::Act(Act::Unlock) if !is_whole(world) => At::Pin { said: Some(PinSaid::Short) },
        Told::Act(Act::Unlock) => {
            let work = Work::begin(world, Do::CheckPin);
            return Ok(State { at: At::Checking { work }, ..state.tried(world.now) });
        }
        Told::Act(Act::UseBiometric) => At::Biometric { said: None },
        Told::Act(Act::ForgotPin) => At::Forgot,
        Told::Resumed => closed(&state, world),
        told => return keep(state, told),
    };
    Ok(State { at, ..state })
}

/// Digits of a PIN.
pub(crate) const PIN_DIGITS: usize = 6;

fn is_whole(world: &World) -> bool {
    world.held.get(Slot::Pin).map_or("", Secret::reveal).len() == PIN_DIGITS
}

fn checking(state: State, work: Work, told: &Told, world: &mut World) -> Result<State, Unfit> {
    let heard = match told {
        // The PIN is not kept; the try counts.
        Told::Resumed => {
            world.held.drop(&[Slot::Pin]);
            return Ok(State { at: pin_page(&state, Some(PinSaid::Gone), world), ..state });
        }
        told => work.hear(told, world, || Do::CheckPin)?,
    };
    let next = match heard {
        Heard::Goes(work) => return Ok(State { at: At::Checking { work }, ..state }),
        Heard::Outcome(Outcome::Pin { right: true }) => state.opened(world.now),
        Heard::Outcome(Outcome::Pin { right: false }) => {
            world.request(Request::Warning);
            State { at: pin_page(&state, Some(PinSaid::Wrong), world), ..state }
        }
        Heard::Outcome(_) => return Err(Unfit::Here),
        // Nothing was compared: that is no try.
        Heard::Failed(_) => State {
            at: At::Pin { said: Some(PinSaid::Gone) },
            tries: state.tries.saturating_sub(1),
            until_s: None,
            ..state
        },
    };
    world.held.drop(&[Slot::Pin]);
    Ok(next)
}

fn waiting(state: State, told: &Told, world: &mut World) -> Result<State, Unfit> {
    let at = match told {
        Told::Act(Act::UseBiometric) => At::Biometric { said: None },
        Told::Act(Act::ForgotPin) => At::Forgot,
        Told::Tick | Told::Online | Told::Resumed => {
            return Ok(State { at: pin_page(&state, None, world), ..state });
        }
        told => return keep(state, told),
    };
    Ok(State { at, ..state })
}

fn biometric(state: State, told: &Told, world: &mut World) -> Result<State, Unfit> {
    let at = match told {
        Told::Act(Act::UseBiometric | Act::TryAgain) => prompt(world),
        Told::Act(Act::UsePin) if state.has_pin => pin_page(&state, None, world),
        Told::Act(Act::SignIn) => At::Forgot,
        Told::Act(Act::OpenSettings) => {
            world.request(Request::OpenSettings);
            state.at
        }
        told => return keep(state, told),
    };
    Ok(State { at, ..state })
}

fn prompt(world: &mut World) -> At {
    let title = See { now: world.now, held: world.held, shared: world.shared }.say("lock-prompt").text;
    At::Prompting { work: Work::begin(world, Do::Authenticate { title }) }
}

fn prompting(state: State, work: Work, told: &Told, world: &mut World) -> Result<State, Unfit> {
    let at = match told {
        // The prompt went with the app.
        Told::Resumed => closed(&state, world),
        // A prompt that does not come back leaves the other ways.
        Told::Act(Act::UsePin) if state.has_pin => pin_page(&state, None, world),
        Told::Act(Act::SignIn) => At::Forgot,
        told => match work.hear(told, world, || Do::Authenticate { title: String::new() })? {
            Heard::Goes(work) => At::Prompting { work },
            Heard::Outcome(Outcome::Done) => {
                world.held.drop(&[Slot::Pin]);
                return Ok(state.opened(world.now));
            }
            Heard::Outcome(_) => return Err(Unfit::Here),
            Heard::Failed(Failure::Keystore(KeystoreError::NotEnrolled)) => At::NoScreenLock,
            Heard::Failed(failure) => At::Biometric { said: Some(Trouble::of(&failure, world.time())) },
        },
    };
    Ok(State { at, ..state })
}

fn signing_out(state: State, work: Work, told: &Told, world: &mut World) -> Result<State, Unfit> {
    if told == &Told::Back && matches!(work, Work::Stopped(_)) {
        return Ok(State { at: At::Forgot, ..state });
    }
    let at = match work.hear(told, world, || Do::SignOut)? {
        Heard::Goes(work) => At::SigningOut { work },
        Heard::Outcome(Outcome::Done) => {
            world.shared.forget_holder();
            world.held.drop_secrets();
            world.held.drop_portrait();
            At::Ended
        }
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(failure) => At::SigningOut { work: Work::stopped(&failure, world.time()) },
    };
    Ok(State { at, ..state })
}
