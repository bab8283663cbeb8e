//! What happens at home.

use citizen_protocol::wire::UnixTime;

use super::state::State;
use crate::effect::{Do, Outcome};
use crate::event::Journey;
use crate::failure::Failure;
use crate::help;
use crate::ids::Act;
use crate::place::Go;
use crate::shared::locking;
use crate::shared::work::{Heard, Work};
use crate::support::Stop;
use crate::trouble::Trouble;
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

pub(crate) fn begin(world: &mut World) -> State {
    State::Home { work: fetch(world), ended: None }
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Result<Turn<State, Go>, Unfit> {
    match state {
        State::Home { work, ended } => home(work, ended, told, world),
        State::Locking { locking } => Ok(Turn::To(match locking::told(locking, told, world)? {
            Turn::To(locking) => State::Locking { locking },
            Turn::Done(()) | Turn::Back => begin(world),
        })),
    }
}

fn home(work: Option<Work>, ended: Option<Stop>, told: &Told, world: &mut World) -> Result<Turn<State, Go>, Unfit> {
    let is_waiting = matches!(work, Some(Work::Waiting { .. }));
    Ok(Turn::To(match told {
        Told::Act(Act::LockAccount) => State::Locking { locking: locking::State::Asking },
        Told::Act(Act::Call) => {
            help::call(world);
            State::Home { work, ended }
        }
        Told::Act(act) if let Some(journey) = journey(*act).filter(|_| !world.shared.devices_changed) => {
            return Ok(Turn::Done(Go::Journey(journey)));
        }
        // What was last heard may be old.
        Told::Online if !is_waiting && world.shared.account.is_some() => begin(world),
        told => match work {
            Some(work) => fetching(work, told, world)?,
            None => match told {
                Told::Resumed => State::Home { work: fetch(world), ended },
                Told::Tick | Told::Online => State::Home { work, ended },
                Told::Reply(..) => return Err(Unfit::Stale),
                _ => return Err(Unfit::Here),
            },
        },
    }))
}

/// The account as it is now, while somebody is signed in.
fn fetch(world: &mut World) -> Option<Work> {
    world.shared.account.is_some().then(|| Work::begin(world, Do::FetchAccount))
}

/// Where an action leads.
fn journey(act: Act) -> Option<Journey> {
    Some(match act {
        Act::Enrol | Act::Resume => Journey::Enrol,
        Act::Status => Journey::Status,
        Act::SignIn => Journey::SignIn,
        Act::Recover => Journey::Recover,
        Act::Activate => Journey::Activate,
        Act::Settings => Journey::Settings,
        _ => return None,
    })
}

fn fetching(work: Work, told: &Told, world: &mut World) -> Result<State, Unfit> {
    let work = match work.hear(told, world, || Do::FetchAccount)? {
        Heard::Goes(work) => Some(work),
        Heard::Outcome(Outcome::Account(account)) => {
            world.shared.account = Some(account);
            world.shared.devices_changed = false;
            None
        }
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(Failure::DevicesChanged) => {
            world.shared.devices_changed = true;
            None
        }
        Heard::Failed(failure) => {
            let trouble = Trouble::of(&failure, world.time());
            if let Stop::NotSignedIn | Stop::UnknownPhone | Stop::OtherPhone = trouble.stop {
                world.shared.account = None;
                return Ok(State::Home { work: None, ended: Some(trouble.stop) });
            }
            Some(Work::Stopped(trouble))
        }
    };
    Ok(State::Home { work, ended: None })
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, _now: UnixTime) -> Option<UnixTime> {
    match state {
        State::Home { work, .. } => work.and_then(Work::wake),
        State::Locking { locking } => locking::wake(*locking),
    }
}
