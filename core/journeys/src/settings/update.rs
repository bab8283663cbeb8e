//! What happens in the settings.

use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Deletion, PrivacyStatus, Purpose, UnixTime, Withdrawal};
use citizen_text::Language;

use super::pin::weakness;
use super::state::{Right, Said, State};
use crate::consent;
use crate::effect::{Do, Outcome, Request};
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::lock::Kind;
use crate::place::Go;
use crate::see::See;
use crate::shared::locking;
use crate::shared::work::{Heard, Work};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

type Moved = Result<Turn<State, Go>, Unfit>;

/// How pages name the choice of the language.
pub(super) const LANGUAGE: &str = "language";
const PIN_SLOTS: [Slot; 2] = [Slot::Pin, Slot::PinAgain];

pub(crate) fn begin(_world: &mut World) -> State {
    State::Menu
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Moved {
    match state {
        State::Menu => menu(told, world),
        State::Language => language(told, world),
        State::AppLock => app_lock(told, world),
        State::Pin { tried, entered } => pin(tried, entered, told, world),
        State::KeepingPin { work } => keeping_pin(work, told, world),
        State::Prompting { work } => prompting(work, told, world),
        State::NoScreenLock => no_screen_lock(told, world),
        State::AskingOpen => match told {
            // Nobody waits for it: a PIN that nothing asks for opens nothing.
            Told::Act(Act::Confirm) => {
                world.ask(Do::RemovePin);
                Ok(Turn::Done(Go::AppLock(Kind::Off)))
            }
            Told::Back => to(State::AppLock),
            told => keep(State::AskingOpen, told),
        },
        State::Loading { work } => loading(work, told, world),
        State::Privacy { status, said } => privacy(status, said, told),
        State::Asking { what, status } => match told {
            Told::Act(Act::Confirm) => to(State::Telling { what, status, work: Work::begin(world, what.call()) }),
            Told::Back => to(State::Privacy { status, said: None }),
            told => keep(State::Asking { what, status }, told),
        },
        State::Telling { what, status, work } => telling(what, status, work, told, world),
        State::Locking { locking } => match locking::told(locking, told, world)? {
            Turn::To(locking) => to(State::Locking { locking }),
            Turn::Done(()) => Ok(Turn::Done(Go::Home)),
            Turn::Back => to(State::Menu),
        },
        State::AskingSignOut => match told {
            // Here all is gone at once, whatever becomes of the call.
            Told::Act(Act::Confirm) => {
                world.shared.forget_holder();
                world.held.drop_secrets();
                world.held.drop_portrait();
                world.request(Request::Forget);
                to(State::SigningOut { work: Work::begin(world, Do::SignOut) })
            }
            Told::Back => to(State::Menu),
            told => keep(State::AskingSignOut, told),
        },
        State::SigningOut { work } => signing_out(work, told, world),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every arm answers with it, beside those that refuse")]
fn to(state: State) -> Moved {
    Ok(Turn::To(state))
}

fn keep(state: State, told: &Told) -> Moved {
    match told {
        Told::Tick | Told::Online | Told::Resumed => to(state),
        Told::Reply(..) => Err(Unfit::Stale),
        _ => Err(Unfit::Here),
    }
}

fn menu(told: &Told, world: &mut World) -> Moved {
    match told {
        Told::Act(Act::Language) => to(State::Language),
        Told::Act(Act::AppLock) => to(State::AppLock),
        Told::Act(Act::Privacy) => to(load(world)),
        Told::Act(Act::LockAccount) => to(State::Locking { locking: locking::State::Asking }),
        Told::Act(Act::SignOut) => to(State::AskingSignOut),
        Told::Back => Ok(Turn::Back),
        told => keep(State::Menu, told),
    }
}

fn language(told: &Told, world: &mut World) -> Moved {
    match told {
        Told::Choose { choice, option, chosen: true } if choice == LANGUAGE => {
            let language = Language::ALL.into_iter().find(|language| language.tag() == option);
            world.shared.language = language.ok_or(Unfit::Here)?;
            to(State::Language)
        }
        Told::Back => to(State::Menu),
        told => keep(State::Language, told),
    }
}

fn app_lock(told: &Told, world: &mut World) -> Moved {
    match told {
        Told::Act(Act::SetPin) => to(choose_pin(world)),
        Told::Act(Act::UseBiometric) => to(prompt(world)),
        Told::Act(Act::RemoveLock) => to(State::AskingOpen),
        Told::Back => to(State::Menu),
        told => keep(State::AppLock, told),
    }
}

fn choose_pin(world: &mut World) -> State {
    world.held.drop(&PIN_SLOTS);
    State::Pin { tried: false, entered: false }
}

fn pin(tried: bool, entered: bool, told: &Told, world: &mut World) -> Moved {
    match told {
        Told::Field(FieldId::Pin, text) => {
            world.keep(Slot::Pin, text.clone());
            to(State::Pin { tried: false, entered: true })
        }
        Told::Field(FieldId::PinAgain, text) => {
            world.keep(Slot::PinAgain, text.clone());
            to(State::Pin { tried: false, entered: true })
        }
        Told::Act(Act::Continue) if weakness(world.held).is_none() => {
            to(State::KeepingPin { work: Work::begin(world, Do::SetPin) })
        }
        Told::Act(Act::Continue) => to(State::Pin { tried: true, entered }),
        Told::Back => {
            world.held.drop(&PIN_SLOTS);
            to(State::AppLock)
        }
        told => keep(State::Pin { tried, entered }, told),
    }
}

fn keeping_pin(work: Work, told: &Told, world: &mut World) -> Moved {
    // The PIN is not kept over a start, and is never asked for by itself.
    if told == &Told::Back && is_stopped(work) || told == &Told::Resumed && world.held.is_empty(Slot::Pin) {
        world.held.drop(&PIN_SLOTS);
        return to(State::Pin { tried: false, entered: true });
    }
    match work.hear(told, world, || Do::SetPin)? {
        Heard::Goes(work) => to(State::KeepingPin { work }),
        Heard::Outcome(Outcome::Done) => {
            world.held.drop(&PIN_SLOTS);
            world.request(Request::Success);
            Ok(Turn::Done(Go::AppLock(Kind::Pin)))
        }
        Heard::Outcome(_) => Err(Unfit::Here),
        Heard::Failed(Failure::Gone) => to(State::Pin { tried: false, entered: true }),
        Heard::Failed(failure) => to(State::KeepingPin { work: Work::stopped(&failure, world.time()) }),
    }
}

fn prompt(world: &mut World) -> State {
    State::Prompting { work: Work::begin(world, ask_phone(world)) }
}

fn ask_phone(world: &World) -> Do {
    let see = See { now: world.now, held: world.held, shared: world.shared };
    Do::Authenticate { title: see.say("settings-prompt").text }
}

fn prompting(work: Work, told: &Told, world: &mut World) -> Moved {
    if told == &Told::Back {
        return to(State::AppLock);
    }
    let ask = ask_phone(world);
    match work.hear(told, world, || ask)? {
        Heard::Goes(work) => to(State::Prompting { work }),
        Heard::Outcome(Outcome::Done) => {
            world.request(Request::Success);
            Ok(Turn::Done(Go::AppLock(Kind::Biometric)))
        }
        Heard::Outcome(_) => Err(Unfit::Here),
        Heard::Failed(Failure::Keystore(KeystoreError::NotEnrolled)) => to(State::NoScreenLock),
        Heard::Failed(failure) => to(State::Prompting { work: Work::stopped(&failure, world.time()) }),
    }
}

fn no_screen_lock(told: &Told, world: &mut World) -> Moved {
    match told {
        Told::Act(Act::SetPin) => to(choose_pin(world)),
        Told::Act(Act::TryAgain) => to(prompt(world)),
        Told::Act(Act::OpenSettings) => {
            world.request(Request::OpenSettings);
            to(State::NoScreenLock)
        }
        Told::Back => to(State::AppLock),
        told => keep(State::NoScreenLock, told),
    }
}

/// The policy says which purposes the account can't do without, so it comes first.
fn load(world: &mut World) -> State {
    State::Loading { work: Work::begin(world, what_is_missing(world)) }
}

fn what_is_missing(world: &World) -> Do {
    if world.shared.policy.is_none() { Do::FetchPolicy } else { Do::FetchPrivacy }
}

fn loading(work: Work, told: &Told, world: &mut World) -> Moved {
    if told == &Told::Back {
        return to(State::Menu);
    }
    let missing = what_is_missing(world);
    match work.hear(told, world, || missing)? {
        Heard::Goes(work) => to(State::Loading { work }),
        Heard::Outcome(Outcome::Policy(policy)) => {
            world.shared.policy = Some(policy);
            to(load(world))
        }
        Heard::Outcome(Outcome::Privacy(status)) => to(State::Privacy { status, said: None }),
        Heard::Outcome(_) => Err(Unfit::Here),
        Heard::Failed(failure) => failed(&failure, world, |work| State::Loading { work }),
    }
}

/// A call for somebody who is signed in. Where the devices changed, home says what is left to do.
fn failed(failure: &Failure, world: &mut World, stopped: impl FnOnce(Work) -> State) -> Moved {
    if failure == &Failure::DevicesChanged {
        world.shared.devices_changed = true;
        return Ok(Turn::Done(Go::Home));
    }
    to(stopped(Work::stopped(failure, world.time())))
}

fn privacy(status: PrivacyStatus, said: Option<Said>, told: &Told) -> Moved {
    match told {
        Told::Choose { choice, chosen: false, .. } => {
            let consents = status.consents.iter().map(|consent| consent.purpose);
            let purpose = { consents }.find(|purpose| consent::id(*purpose) == choice).ok_or(Unfit::Here)?;
            to(State::Asking { what: Right::Withdraw { purpose }, status })
        }
        Told::Act(Act::Export) => to(State::Asking { what: Right::Export, status }),
        Told::Act(Act::Delete) => to(State::Asking { what: Right::Delete, status }),
        Told::Back => to(State::Menu),
        told => keep(State::Privacy { status, said }, told),
    }
}

impl Right {
    fn call(self) -> Do {
        match self {
            Self::Withdraw { purpose } => Do::Withdraw { purpose },
            Self::Export => Do::Export,
            Self::Delete => Do::Delete,
        }
    }
}

fn telling(what: Right, status: PrivacyStatus, work: Work, told: &Told, world: &mut World) -> Moved {
    if told == &Told::Back && is_stopped(work) {
        return to(State::Asking { what, status });
    }
    match work.hear(told, world, || what.call())? {
        Heard::Goes(work) => to(State::Telling { what, status, work }),
        Heard::Outcome(outcome) => used(what, status, outcome, world),
        Heard::Failed(failure) => failed(&failure, world, |work| State::Telling { what, status, work }),
    }
}

/// It was done: what the service said of it stands beside what it said before.
fn used(what: Right, status: PrivacyStatus, outcome: Outcome, world: &mut World) -> Moved {
    let (status, said) = match (what, outcome) {
        (Right::Withdraw { purpose }, Outcome::Withdrawn(ended)) if ended.purpose == purpose => {
            world.shared.consents.retain(|given| given.purpose != purpose);
            (without(status, purpose, &ended), Said::Withdrawn { ends_account_at: ended.ends_account_at })
        }
        (Right::Export, Outcome::Export(export)) => (PrivacyStatus { export: Some(export), ..status }, Said::Exported),
        (Right::Delete, Outcome::Deletion(deletion)) => {
            (PrivacyStatus { deletion: Some(deletion), ..status }, Said::Deleted)
        }
        _ => return Err(Unfit::Here),
    };
    to(State::Privacy { status, said: Some(said) })
}

fn without(mut status: PrivacyStatus, purpose: Purpose, ended: &Withdrawal) -> PrivacyStatus {
    status.consents.retain(|consent| consent.purpose != purpose);
    let deletion =
        ended.ends_account_at.map(|effective_at| Deletion { requested_at: ended.withdrawn_at, effective_at });
    PrivacyStatus { deletion: status.deletion.or(deletion), ..status }
}

fn signing_out(work: Work, told: &Told, world: &mut World) -> Moved {
    if told == &Told::Back && is_stopped(work) {
        return to(State::AskingSignOut);
    }
    match work.hear(told, world, || Do::SignOut)? {
        Heard::Goes(work) => to(State::SigningOut { work }),
        Heard::Outcome(Outcome::Done) => Ok(Turn::Done(Go::SignedOut)),
        Heard::Outcome(_) => Err(Unfit::Here),
        Heard::Failed(failure) => to(State::SigningOut { work: Work::stopped(&failure, world.time()) }),
    }
}

pub(super) fn is_stopped(work: Work) -> bool {
    matches!(work, Work::Stopped(_))
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, _now: UnixTime) -> Option<UnixTime> {
    match state {
        State::KeepingPin { work }
        | State::Prompting { work }
        | State::Loading { work }
        | State::Telling { work, .. }
        | State::SigningOut { work } => work.wake(),
        State::Locking { locking } => locking::wake(*locking),
        _ => None,
    }
}
