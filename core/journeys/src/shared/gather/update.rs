//! What happens while things are gathered.

use citizen_protocol::wire::{Code, Secret, UnixTime};

use super::state::{Given, Missing, Sent, State};
use crate::effect::{Do, Outcome};
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::Act;
use crate::risk::Guarded;
use crate::shared::otp::{self, Ask};
use crate::shared::work::{Heard, Work};
use crate::shared::{password, selfie};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

type Moved = Result<Turn<State, Sent>, Unfit>;

const PASSWORDS: [Slot; 2] = [Slot::Password, Slot::PasswordAgain];

/// From the start. A password that was entered elsewhere, to sign in, is not a new one.
pub(crate) fn begin(world: &mut World, ask: Ask) -> State {
    world.held.drop(&PASSWORDS);
    State::Code { given: Given::default(), code: otp::begin(world, ask.clone()), ask }
}

/// With another address, after some was given.
pub(crate) fn begin_with(world: &mut World, ask: Ask, given: Given) -> State {
    if given == Given::default() { begin(world, ask) } else { next(world, ask, Given { code: None, ..given }) }
}

/// Only what is missing, again.
pub(crate) fn again(world: &mut World, ask: Ask, sent: Sent, missing: Missing) -> State {
    let given = Given::of(sent);
    match missing {
        Missing::Code => next(world, ask, Given { code: None, ..given }),
        Missing::Portrait => portrait(world, ask, Given { portrait: None, ..given }, true),
        Missing::Password => next(world, ask, Given { password: None, ..given }),
    }
}

/// Everything, but the service has the portrait no more: the same one, where the one that is held is the one that was `taken` here.
pub(crate) fn same_portrait(world: &mut World, ask: Ask, sent: Sent, taken: Option<u64>) -> State {
    next(world, ask, Given { portrait: None, taken, ..Given::of(sent) })
}

/// Everything, but another password: the service did not take it.
pub(crate) fn other_password(world: &mut World, ask: Ask, sent: Sent) -> State {
    let given = Given { password: None, ..Given::of(sent) };
    State::Password { given, ask, password: password::begin(world, true) }
}

/// Everything is there: the holder says again that it is sent.
pub(crate) fn all(ask: Ask, sent: Sent) -> State {
    State::Ready { given: Given::of(sent), ask }
}

/// `personal`: words that the password must not be made of.
pub(crate) fn told(state: State, told: &Told, world: &mut World, personal: &[Secret]) -> Moved {
    match state {
        State::Code { given, ask, code } => match otp::told(code, told, world)? {
            Turn::To(code) => Ok(Turn::To(State::Code { given, ask, code })),
            Turn::Done(verified) => Ok(Turn::To(next(world, ask, Given { code: Some(verified), ..given }))),
            Turn::Back => Ok(Turn::Back),
        },
        State::Portrait { given, ask, selfie } => match selfie::told(selfie, told, world)? {
            Turn::To(selfie) => Ok(Turn::To(State::Portrait { given, ask, selfie })),
            Turn::Done(()) => {
                let taken = Some(world.shared.portraits);
                Ok(Turn::To(next(world, ask, Given { portrait: None, taken, ..given })))
            }
            Turn::Back => Err(Unfit::Here),
        },
        // A portrait is not given up for one swipe.
        State::Password { .. } if *told == Told::Back => Err(Unfit::Here),
        State::Password { given, ask, password } => match password::told(password, told, world, personal)? {
            Turn::To(password) => Ok(Turn::To(State::Password { given, ask, password })),
            // The one that the service has is another one.
            Turn::Done(()) => Ok(Turn::To(next(world, ask, Given { password: None, ..given }))),
            Turn::Back => Err(Unfit::Here),
        },
        State::Ready { given, ask } => ready(given, ask, told, world, personal),
        State::SendingPortrait { given, ask, work } => sending_portrait(given, ask, work, told, world, personal),
        State::SendingPassword { given, ask, work } => sending_password(given, ask, work, told, world, personal),
    }
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, now: UnixTime) -> Option<UnixTime> {
    match state {
        State::Code { code, .. } => otp::wake(code, now),
        State::SendingPortrait { work, .. } | State::SendingPassword { work, .. } => work.wake(),
        State::Portrait { .. } | State::Password { .. } | State::Ready { .. } => None,
    }
}

/// What the holder is about to do, for the risk signals.
pub(crate) fn guarded(state: &State, submitting: Guarded) -> Option<Guarded> {
    match state {
        State::Code { .. } => Some(Guarded::OtpEntry),
        State::Ready { .. } => Some(submitting),
        _ => None,
    }
}

/// The first thing that is not there yet.
fn next(world: &mut World, ask: Ask, given: Given) -> State {
    let has_code = given.code.is_some_and(|code| code.valid_until > world.time());
    let has_password = has_password(given, world);
    if !has_code {
        State::Code { given: Given { code: None, ..given }, code: otp::begin(world, ask.clone()), ask }
    } else if !has_portrait(given, world) {
        portrait(world, ask, given, false)
    } else if has_password {
        State::Ready { given, ask }
    } else {
        let given = Given { password: None, ..given };
        State::Password { given, ask, password: password::begin(world, false) }
    }
}

/// With the service; or held, and taken here: another way that was left for later may have taken the one that is held.
fn has_portrait(given: Given, world: &World) -> bool {
    let is_held = given.taken == Some(world.shared.portraits) && world.held.portrait().is_some();
    given.portrait.is_some() || is_held
}

/// With the service, in time; or held.
fn has_password(given: Given, world: &World) -> bool {
    given.password.is_some_and(|password| password.valid_until > world.time()) || !world.held.is_empty(Slot::Password)
}

/// Looks for another one. One that was not taken here is not dropped: it may be another way's that was left for later.
fn portrait(world: &mut World, ask: Ask, given: Given, refused: bool) -> State {
    if refused || given.taken == Some(world.shared.portraits) {
        world.held.drop_portrait();
    }
    State::Portrait { given: Given { taken: None, ..given }, ask, selfie: selfie::begin(refused) }
}

fn ready(given: Given, ask: Ask, told: &Told, world: &mut World, personal: &[Secret]) -> Moved {
    Ok(Turn::To(match told {
        // What ran out or was lost while the page stood there comes first.
        Told::Act(Act::Submit) => match lost(world, ask, given) {
            State::Ready { given, ask } => return Ok(send(world, ask, given, personal)),
            other => other,
        },
        Told::Act(Act::Retake) => portrait(world, ask, Given { portrait: None, ..given }, false),
        Told::Resumed => lost(world, ask, given),
        Told::Back => State::Password { given, ask, password: password::begin(world, false) },
        Told::Tick | Told::Online => State::Ready { given, ask },
        Told::Reply(..) => return Err(Unfit::Stale),
        _ => return Err(Unfit::Here),
    }))
}

/// What is missing though all was there: of a password the page says so.
fn lost(world: &mut World, ask: Ask, given: Given) -> State {
    match next(world, ask, given) {
        State::Password { given, ask, .. } => State::Password { given, ask, password: password::emptied() },
        other => other,
    }
}

/// What the service does not have yet goes to it: the portrait, then the password.
fn send(world: &mut World, ask: Ask, given: Given, personal: &[Secret]) -> Turn<State, Sent> {
    let password = given.password.filter(|password| password.valid_until > world.time());
    match (given.code, given.portrait, password) {
        (Some(code), Some(portrait), Some(password)) => Turn::Done(Sent { code, portrait, password }),
        (_, Some(_), _) => {
            let work = Work::begin(world, Do::GivePassword { personal: personal.to_vec() });
            Turn::To(State::SendingPassword { given, ask, work })
        }
        (_, None, _) => Turn::To(State::SendingPortrait { given, ask, work: Work::begin(world, Do::SendPortrait) }),
    }
}

fn sending_portrait(given: Given, ask: Ask, work: Work, told: &Told, world: &mut World, personal: &[Secret]) -> Moved {
    if *told == Told::Back && matches!(work, Work::Stopped(_)) {
        return Ok(Turn::To(State::Ready { given, ask }));
    }
    let again = matches!(told, Told::Resumed | Told::Online | Told::Act(Act::TryAgain));
    if again && !has_portrait(given, world) {
        return Ok(Turn::To(portrait(world, ask, given, false)));
    }
    Ok(Turn::To(match work.hear(told, world, || Do::SendPortrait)? {
        Heard::Goes(work) => State::SendingPortrait { given, ask, work },
        Heard::Outcome(Outcome::PortraitSent(id)) => {
            return Ok(send(world, ask, Given { portrait: Some(id), ..given }, personal));
        }
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(Failure::Gone) => portrait(world, ask, given, false),
        Heard::Failed(failure) => State::SendingPortrait { given, ask, work: Work::stopped(&failure, world.time()) },
    }))
}

fn sending_password(given: Given, ask: Ask, work: Work, told: &Told, world: &mut World, personal: &[Secret]) -> Moved {
    if *told == Told::Back && matches!(work, Work::Stopped(_)) {
        return Ok(Turn::To(State::Ready { given, ask }));
    }
    let heard = work.hear(told, world, || Do::GivePassword { personal: personal.to_vec() })?;
    Ok(Turn::To(match heard {
        Heard::Goes(work) => State::SendingPassword { given, ask, work },
        Heard::Outcome(Outcome::PasswordGiven(password)) => {
            world.held.drop(&PASSWORDS);
            match (given.code, given.portrait) {
                (Some(code), Some(portrait)) => return Ok(Turn::Done(Sent { code, portrait, password })),
                _ => next(world, ask, Given { password: Some(password), ..given }),
            }
        }
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(Failure::Server(problem)) if problem.code == Code::PasswordRefused => {
            State::Password { given, ask, password: password::begin(world, true) }
        }
        Heard::Failed(Failure::Gone) => State::Password { given, ask, password: password::emptied() },
        Heard::Failed(failure) => State::SendingPassword { given, ask, work: Work::stopped(&failure, world.time()) },
    }))
}
