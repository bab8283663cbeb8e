//! Locking one's own account (row R16): asked once more, done at once, never hindered. It is undone in person only.

use citizen_protocol::wire::{Code, UnixTime};
use serde::{Deserialize, Serialize};

use crate::effect::{Do, Outcome};
use crate::failure::Failure;
use crate::help;
use crate::ids::Act;
use crate::page::{Page, Tone};
use crate::see::See;
use crate::shared::work::{Heard, Work};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Really?
    Asking,
    /// The service is told.
    Telling { work: Work },
    /// It is locked.
    Locked,
}

/// The pages' ids within a journey.
#[derive(Clone, Copy)]
pub(crate) struct Pages {
    pub(crate) ask: &'static str,
    pub(crate) telling: &'static str,
    pub(crate) locked: &'static str,
}

/// Done: the holder read that it is locked.
pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Result<Turn<State, ()>, Unfit> {
    Ok(Turn::To(match (state, told) {
        (State::Asking, Told::Act(Act::Confirm)) => State::Telling { work: Work::begin(world, Do::LockAccount) },
        (State::Asking, Told::Back) => return Ok(Turn::Back),
        (State::Telling { work: Work::Stopped(_) }, Told::Back) => State::Asking,
        (state @ State::Telling { work: Work::Stopped(_) }, Told::Act(Act::Call)) => {
            help::call(world);
            state
        }
        (State::Telling { work }, told) => telling(work, told, world)?,
        (State::Locked, Told::Act(Act::Home)) => return Ok(Turn::Done(())),
        (state, Told::Tick | Told::Online | Told::Resumed) => state,
        (_, Told::Reply(..)) => return Err(Unfit::Stale),
        _ => return Err(Unfit::Here),
    }))
}

fn telling(work: Work, told: &Told, world: &mut World) -> Result<State, Unfit> {
    Ok(match work.hear(told, world, || Do::LockAccount)? {
        Heard::Goes(work) => State::Telling { work },
        Heard::Outcome(Outcome::Account(account)) => {
            world.shared.account = Some(account);
            State::Locked
        }
        Heard::Outcome(_) => return Err(Unfit::Here),
        // Somebody was faster.
        Heard::Failed(Failure::Server(problem)) if problem.code == Code::AccountLocked => {
            if let Some(account) = &mut world.shared.account {
                account.lock = problem.lock.or(account.lock);
            }
            State::Locked
        }
        Heard::Failed(failure) => State::Telling { work: Work::stopped(&failure, world.time()) },
    })
}

/// When the page changes by itself.
pub(crate) fn wake(state: State) -> Option<UnixTime> {
    match state {
        State::Telling { work } => work.wake(),
        State::Asking | State::Locked => None,
    }
}

pub(crate) fn page(state: State, see: See, pages: Pages) -> Page {
    match state {
        State::Asking => {
            let draft = see.page(pages.ask, "settings-lock-title").back().text("settings-lock-text");
            draft.text("settings-lock-undo-text").destructive(Act::Confirm).secondary(Act::Help).done()
        }
        State::Telling { work } => {
            let draft = see.page(pages.telling, "settings-lock-title").work(&work, "settings-locking-progress");
            // The hotline locks it as well.
            let draft = if matches!(work, Work::Stopped(_)) { draft.back().secondary(Act::Call) } else { draft };
            draft.cancel(Act::Later).done()
        }
        State::Locked => {
            let draft = see.page(pages.locked, "settings-locked-title");
            let draft = draft.announced(Tone::Success, see.say("settings-locked-text")).text("settings-lock-undo-text");
            draft.primary(Act::Home).secondary(Act::InPerson).secondary(Act::Help).done()
        }
    }
}
