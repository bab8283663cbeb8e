//! A call under way: it waits, or it says what stopped it and tries again.

use citizen_protocol::wire::UnixTime;
use serde::{Deserialize, Serialize};

use crate::effect::{Do, EffectId, Outcome};
use crate::failure::Failure;
use crate::ids::Act;
use crate::support::Stop;
use crate::trouble::Trouble;
use crate::turn::Unfit;
use crate::world::{Told, World};

#[cfg(test)]
mod tests;

/// How far a call is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Work {
    /// Its reply is waited for.
    Waiting { effect: EffectId, percent: Option<u8> },
    /// It failed.
    Stopped(Trouble),
}

/// What a call was told.
pub(crate) enum Heard {
    /// It worked.
    Outcome(Outcome),
    /// It did not.
    Failed(Failure),
    /// It goes on, or began again.
    Goes(Work),
}

impl Work {
    pub(crate) fn begin(world: &mut World, what: Do) -> Self {
        Self::Waiting { effect: world.ask(what), percent: None }
    }

    pub(crate) fn stopped(failure: &Failure, now: UnixTime) -> Self {
        Self::Stopped(Trouble::of(failure, now))
    }

    /// What an input means to the call; `what` does it again, after a start, a failure, or when the network is back.
    pub(crate) fn hear(self, told: &Told, world: &mut World, what: impl FnOnce() -> Do) -> Result<Heard, Unfit> {
        match (self, told) {
            (Self::Waiting { effect, .. }, Told::Reply(replied, outcome)) if effect == *replied => Ok(match outcome {
                Outcome::Failed(failure) => Heard::Failed(failure.clone()),
                Outcome::Progress(percent) => Heard::Goes(Self::Waiting { effect, percent: Some((*percent).min(100)) }),
                other => Heard::Outcome(other.clone()),
            }),
            (_, Told::Reply(..)) => Err(Unfit::Stale),
            (Self::Waiting { .. }, Told::Resumed) => Ok(Heard::Goes(Self::begin(world, what()))),
            // Where no button does: the app may be updated, or in another network.
            (Self::Stopped(trouble), Told::Resumed) if !trouble.can_try_again() && trouble.is_over(world.time()) => {
                Ok(Heard::Goes(Self::begin(world, what())))
            }
            (Self::Stopped(trouble), Told::Act(Act::TryAgain)) if trouble.is_over(world.time()) => {
                Ok(Heard::Goes(Self::begin(world, what())))
            }
            (Self::Stopped(Trouble { stop: Stop::Offline, .. }), Told::Online) => {
                Ok(Heard::Goes(Self::begin(world, what())))
            }
            (work, Told::Tick | Told::Resumed | Told::Online) => Ok(Heard::Goes(work)),
            _ => Err(Unfit::Here),
        }
    }

    /// When the page changes by itself.
    pub(crate) fn wake(self) -> Option<UnixTime> {
        match self {
            Self::Waiting { .. } => None,
            Self::Stopped(trouble) => trouble.until,
        }
    }
}
