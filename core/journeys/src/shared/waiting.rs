//! While the service compares: asked at its own pace, and whenever the holder wants to know.

use citizen_protocol::wire::{Code, UnixTime};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::ids::Act;
use crate::page::Role;
use crate::see::Draft;
use crate::shared::case::Case;
use crate::shared::work::{Heard, Work};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

/// The service's pace, held within bounds: an answer can't make the phone ask all the time, or never again.
const PACE_S: std::ops::RangeInclusive<u32> = 5..=3_600;
/// The holder may ask by hand so often.
const BY_HAND_S: u64 = 5;

/// What is waited for.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct State<C> {
    pub(crate) case: C,
    /// When it was last heard of.
    heard: UnixTime,
    /// When to ask again.
    next: UnixTime,
    /// The call that asks, if it is under way or failed.
    work: Option<Work>,
}

/// What came of it.
pub(crate) enum Came<C> {
    /// It is decided.
    Decided(C),
    /// The service knows nothing of it.
    Lost,
}

/// Waits; what is decided already is done.
pub(crate) fn begin<C: Case>(world: &World, case: C) -> Turn<State<C>, Came<C>> {
    if !case.is_open() {
        return Turn::Done(Came::Decided(case));
    }
    let heard = world.time();
    Turn::To(State { next: heard.plus(pace(&case)), heard, case, work: None })
}

/// Seconds until it is asked again: up to a tenth more than the service says, by the case's random id, so that phones which began
/// together do not ask together.
fn pace<C: Case>(case: &C) -> u64 {
    let pace = u64::from(case.poll_after_s().clamp(*PACE_S.start(), *PACE_S.end()));
    let share = case.id().0.first().copied().map_or(0, u64::from);
    (pace + pace * share / (10 * u64::from(u8::MAX))).min((*PACE_S.end()).into())
}

pub(crate) fn told<C: Case>(state: State<C>, told: &Told, world: &mut World) -> Result<Turn<State<C>, Came<C>>, Unfit> {
    let which = Some(state.case.id());
    let heard = match (state.work, told) {
        (None, Told::Reply(..)) => return Err(Unfit::Stale),
        (None | Some(Work::Stopped(_)), Told::Tick) if is_due(&state, world) => {
            Heard::Goes(Work::begin(world, C::ask(which)))
        }
        (None, Told::Resumed | Told::Act(Act::Refresh)) => Heard::Goes(Work::begin(world, C::ask(which))),
        (None, Told::Tick | Told::Online) => return Ok(Turn::To(state)),
        (None, _) => return Err(Unfit::Here),
        (Some(work), told) => work.hear(told, world, || C::ask(which))?,
    };
    Ok(match heard {
        Heard::Goes(work) => Turn::To(State { work: Some(work), ..state }),
        Heard::Outcome(outcome) => begin(world, C::of(outcome).ok_or(Unfit::Here)?),
        Heard::Failed(Failure::Server(problem)) if problem.code == Code::NotFound => Turn::Done(Came::Lost),
        Heard::Failed(failure) => {
            let next = world.time().plus(pace(&state.case));
            Turn::To(State { next, work: Some(Work::stopped(&failure, world.time())), ..state })
        }
    })
}

fn is_due<C>(state: &State<C>, world: &World) -> bool {
    let is_over = match state.work {
        Some(Work::Stopped(trouble)) => trouble.can_try_again() && trouble.is_over(world.time()),
        _ => true,
    };
    is_over && state.next <= world.time()
}

/// When to ask again.
pub(crate) fn wake<C>(state: &State<C>) -> Option<UnixTime> {
    match state.work {
        Some(work @ Work::Waiting { .. }) => work.wake(),
        Some(Work::Stopped(trouble)) if !trouble.can_try_again() => None,
        Some(Work::Stopped(trouble)) => Some(trouble.until.map_or(state.next, |until| until.max(state.next))),
        None => Some(state.next),
    }
}

/// What stopped the asking, or the way to ask now.
pub(crate) fn actions<'a, C>(state: &State<C>, draft: Draft<'a>) -> Draft<'a> {
    match state.work {
        Some(Work::Stopped(trouble)) => draft.trouble(trouble),
        Some(Work::Waiting { .. }) => draft.primary_if(false, Act::Refresh).secondary(Act::Help),
        None => draft.action_from(state.heard.plus(BY_HAND_S), Act::Refresh, Role::Primary).secondary(Act::Help),
    }
}
