//! What happens while the holder is asked.

use citizen_protocol::wire::{Consent, Policy, Purpose, UnixTime};

use super::id;
use super::state::{At, State};
use crate::effect::{Do, Outcome};
use crate::event::Journey;
use crate::ids::Act;
use crate::place::Go;
use crate::shared::work::{Heard, Work};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

pub(crate) fn begin(then: Journey, world: &mut World) -> State {
    State { then, at: choosing(world) }
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Result<Turn<State, Go>, Unfit> {
    let State { then, at } = state;
    let to = |at| Ok(Turn::To(State { then, at }));
    match at {
        At::Loading { work } => loading(then, work, told, world),
        At::Choosing { terms, chosen } => match world.shared.policy.clone() {
            // What was chosen counts for the texts that were read.
            Some(policy) if policy.terms == terms => choose(then, &policy, chosen, told, world),
            _ if matches!(told, Told::Reply(..)) => Err(Unfit::Stale),
            _ => to(choosing(world)),
        },
        At::Refused => match told {
            Told::Act(Act::Resume) | Told::Back => to(choosing(world)),
            Told::Act(Act::Home) => Ok(Turn::Done(Go::Home)),
            Told::Tick | Told::Online | Told::Resumed => to(At::Refused),
            Told::Reply(..) => Err(Unfit::Stale),
            _ => Err(Unfit::Here),
        },
    }
}

/// With nothing chosen.
fn choosing(world: &mut World) -> At {
    match &world.shared.policy {
        Some(policy) => At::Choosing { terms: policy.terms, chosen: Vec::new() },
        None => At::Loading { work: Work::begin(world, Do::FetchPolicy) },
    }
}

fn loading(then: Journey, work: Work, told: &Told, world: &mut World) -> Result<Turn<State, Go>, Unfit> {
    if told == &Told::Back {
        return Ok(Turn::Back);
    }
    let at = match work.hear(told, world, || Do::FetchPolicy)? {
        Heard::Goes(work) => At::Loading { work },
        Heard::Outcome(Outcome::Policy(policy)) => {
            world.shared.policy = Some(policy);
            choosing(world)
        }
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(failure) => At::Loading { work: Work::stopped(&failure, world.time()) },
    };
    Ok(Turn::To(State { then, at }))
}

fn choose(
    then: Journey,
    policy: &Policy,
    mut chosen: Vec<Purpose>,
    told: &Told,
    world: &mut World,
) -> Result<Turn<State, Go>, Unfit> {
    match told {
        Told::Choose { choice, chosen: is_chosen, .. } => {
            let purpose = policy.purposes.iter().map(|one| one.purpose).find(|purpose| id(*purpose) == choice);
            let purpose = purpose.ok_or(Unfit::Here)?;
            chosen.retain(|one| *one != purpose);
            if *is_chosen {
                chosen.push(purpose);
            }
        }
        Told::Act(Act::Continue) if is_enough(policy, &chosen) => {
            let given = |purpose| Consent { purpose, terms: policy.terms, given_at: world.now.time };
            world.shared.consents = chosen.into_iter().map(given).collect();
            return Ok(Turn::Done(Go::Consented(then)));
        }
        Told::Act(Act::Refuse) => return Ok(Turn::To(State { then, at: At::Refused })),
        Told::Back => return Ok(Turn::Back),
        Told::Tick | Told::Online | Told::Resumed => {}
        Told::Reply(..) => return Err(Unfit::Stale),
        _ => return Err(Unfit::Here),
    }
    Ok(Turn::To(State { then, at: At::Choosing { terms: policy.terms, chosen } }))
}

/// Whether everything is chosen that the service can't do without.
pub(super) fn is_enough(policy: &Policy, chosen: &[Purpose]) -> bool {
    policy.purposes.iter().filter(|one| one.is_required).all(|one| chosen.contains(&one.purpose))
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, _now: UnixTime) -> Option<UnixTime> {
    match state.at {
        At::Loading { work } => work.wake(),
        At::Choosing { .. } | At::Refused => None,
    }
}
