//! What happens while it is asked how far a registration is.

use citizen_protocol::wire::{Application, ApplicationState, Code, Remedy, UnixTime};

use super::amending;
use super::reasons::{asked, helps};
use super::state::State;
use crate::effect::{Do, Request};
use crate::event::Journey;
use crate::failure::Failure;
use crate::ids::Act;
use crate::place::Go;
use crate::shared::case::Case;
use crate::shared::waiting;
use crate::shared::work::{Heard, Work};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

type Moved = Result<Turn<State, Go>, Unfit>;

pub(crate) fn begin(world: &mut World) -> State {
    State::Asking { work: Work::begin(world, ask()) }
}

fn ask() -> Do {
    Application::ask(None)
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Moved {
    match state {
        State::Asking { work } => asking(work, told, world),
        State::Waiting { .. } if told == &Told::Back => Ok(Turn::Back),
        State::Waiting { waiting } => {
            let turn = waiting::told(waiting, told, world)?;
            Ok(Turn::To(waited(turn, world)))
        }
        State::Rejected { application } => match told {
            Told::Act(Act::FixEntry) if asked(&application).entry => Ok(Turn::To(amending::card(application, world))),
            Told::Act(Act::FixPortrait) if asked(&application).portrait && !asked(&application).entry => {
                Ok(Turn::To(amending::portrait(application, None)))
            }
            told => ended(State::Rejected { application }, told),
        },
        state @ (State::Stopped { .. } | State::Approved | State::Nothing) => ended(state, told),
        State::FixingCard { application, card } => amending::fixing_card(application, card, told, world),
        State::FixingPortrait { application, card, selfie } => {
            amending::fixing_portrait(application, card, selfie, told, world)
        }
        State::SendingPortrait { application, card, work } => {
            amending::sending_portrait(application, card, work, told, world)
        }
        State::Amending { application, card, portrait, work } => {
            amending::amending(application, (card, portrait), work, told, world)
        }
    }
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, _now: UnixTime) -> Option<UnixTime> {
    match state {
        State::Waiting { waiting } => waiting::wake(waiting),
        State::Asking { work } | State::SendingPortrait { work, .. } | State::Amending { work, .. } => work.wake(),
        _ => None,
    }
}

fn asking(work: Work, told: &Told, world: &mut World) -> Moved {
    if told == &Told::Back {
        return Ok(Turn::Back);
    }
    Ok(Turn::To(match work.hear(told, world, ask)? {
        Heard::Goes(work) => State::Asking { work },
        Heard::Outcome(outcome) => heard(Application::of(outcome).ok_or(Unfit::Here)?, world),
        Heard::Failed(Failure::Server(problem)) if problem.code == Code::NotFound => nothing(world),
        // A phone that the service never met has nothing there.
        Heard::Failed(Failure::UnknownPhone) if !world.shared.has_applied => nothing(world),
        Heard::Failed(failure) => State::Asking { work: Work::stopped(&failure, world.time()) },
    }))
}

/// What the service says of it.
pub(super) fn heard(application: Application, world: &mut World) -> State {
    world.shared.has_applied = true;
    waited(waiting::begin(world, application), world)
}

fn waited(turn: Turn<waiting::State<Application>, waiting::Came<Application>>, world: &mut World) -> State {
    match turn {
        Turn::To(waiting) => State::Waiting { waiting },
        Turn::Done(waiting::Came::Decided(application)) => decided(application, world),
        Turn::Done(waiting::Came::Lost) | Turn::Back => nothing(world),
    }
}

fn decided(application: Application, world: &mut World) -> State {
    let fixes = asked(&application);
    match application.state {
        ApplicationState::Approved => {
            world.shared.entry = None;
            world.request(Request::Success);
            State::Approved
        }
        ApplicationState::Rejected if fixes.entry || fixes.portrait => {
            world.request(Request::Warning);
            State::Rejected { application }
        }
        // A rejection that the app can't put right ends it as well.
        ApplicationState::Rejected | ApplicationState::Stopped | ApplicationState::InReview => {
            world.shared.entry = None;
            if world.shared.account.is_none() && !helps(&application, Remedy::SignIn) {
                world.shared.number = None;
            }
            world.request(Request::Warning);
            State::Stopped { application }
        }
    }
}

fn nothing(world: &mut World) -> State {
    (world.shared.entry, world.shared.has_applied) = (None, false);
    State::Nothing
}

fn ended(state: State, told: &Told) -> Moved {
    let go = |journey| Ok(Turn::Done(Go::Journey(journey)));
    match (&state, told) {
        (_, Told::Tick | Told::Online | Told::Resumed) => Ok(Turn::To(state)),
        (_, Told::Reply(..)) => Err(Unfit::Stale),
        (_, Told::Back) => Ok(Turn::Back),
        (_, Told::Act(Act::Home)) => Ok(Turn::Done(Go::Home)),
        (State::Stopped { .. } | State::Nothing, Told::Act(Act::Enrol)) => go(Journey::Enrol),
        (State::Stopped { .. } | State::Approved, Told::Act(Act::SignIn)) => go(Journey::SignIn),
        (State::Stopped { .. }, Told::Act(Act::Recover)) => go(Journey::Recover),
        _ => Err(Unfit::Here),
    }
}
