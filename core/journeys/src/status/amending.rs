//! What was wrong, again, and only that: the card with what was entered, another portrait, or both; then one call.

use citizen_protocol::wire::{AmendRequest, Application, CardDetails, Code, Id, Problem, WireField};

use super::reasons::{asked, wrong};
use super::state::State;
use super::update::{begin, heard};
use crate::effect::{Do, Outcome, Request};
use crate::failure::Failure;
use crate::place::Go;
use crate::shared::case::Case;
use crate::shared::work::{Heard, Work};
use crate::shared::{card, selfie};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

type Moved = Result<Turn<State, Go>, Unfit>;

/// The card as it was entered, with what is wrong marked.
pub(super) fn card(application: Application, world: &World) -> State {
    let wrong = wrong(&application);
    corrected(application, wrong, world)
}

fn corrected(application: Application, wrong: Vec<WireField>, world: &World) -> State {
    let typing = |entry| card::State::Typing { entry, tried: false, wrong };
    let card = world.shared.entry.clone().map_or_else(card::begin, typing);
    State::FixingCard { application, card }
}

/// Another portrait; the card, where it was corrected before.
pub(super) fn portrait(application: Application, card: Option<CardDetails>) -> State {
    State::FixingPortrait { application, card, selfie: selfie::begin(false) }
}

pub(super) fn fixing_card(application: Application, card: card::State, told: &Told, world: &mut World) -> Moved {
    if told == &Told::Back && matches!(card, card::State::Typing { .. }) {
        return Ok(Turn::To(State::Rejected { application }));
    }
    Ok(Turn::To(match card::told(card, told, world)? {
        Turn::To(card) => {
            // Status is not parked: what is typed is kept beside it.
            if let card::State::Typing { entry, .. } | card::State::Review { entry, .. } = &card {
                world.shared.entry = Some(entry.clone());
            }
            State::FixingCard { application, card }
        }
        Turn::Done(card) => {
            world.shared.entry = Some(card.entry);
            if asked(&application).portrait {
                portrait(application, Some(card.details))
            } else {
                amend(application, (Some(card.details), None), world)
            }
        }
        Turn::Back => State::Rejected { application },
    }))
}

pub(super) fn fixing_portrait(
    application: Application,
    card: Option<CardDetails>,
    selfie: selfie::State,
    told: &Told,
    world: &mut World,
) -> Moved {
    Ok(Turn::To(match selfie::told(selfie, told, world)? {
        Turn::To(selfie) => State::FixingPortrait { application, card, selfie },
        Turn::Done(()) => State::SendingPortrait { application, card, work: Work::begin(world, Do::SendPortrait) },
        Turn::Back => State::Rejected { application },
    }))
}

pub(super) fn sending_portrait(
    application: Application,
    card: Option<CardDetails>,
    work: Work,
    told: &Told,
    world: &mut World,
) -> Moved {
    if told == &Told::Back && matches!(work, Work::Stopped(_)) {
        return Ok(Turn::To(State::Rejected { application }));
    }
    Ok(Turn::To(match work.hear(told, world, || Do::SendPortrait)? {
        Heard::Goes(work) => State::SendingPortrait { application, card, work },
        Heard::Outcome(Outcome::PortraitSent(id)) => amend(application, (card, Some(id)), world),
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(Failure::Gone) => portrait(application, card),
        Heard::Failed(failure) => {
            State::SendingPortrait { application, card, work: Work::stopped(&failure, world.time()) }
        }
    }))
}

/// The card and the portrait that are given again, as far as the reasons ask for them.
type Fixed = (Option<CardDetails>, Option<Id>);

fn amend(application: Application, (card, portrait): Fixed, world: &mut World) -> State {
    let work = Work::begin(world, request(&application, &(card.clone(), portrait)));
    State::Amending { application, card, portrait, work }
}

fn request(application: &Application, (card, portrait): &Fixed) -> Do {
    let request = AmendRequest { application: application.id, card: card.clone(), portrait: *portrait };
    Do::Amend(Box::new(request))
}

pub(super) fn amending(application: Application, fixed: Fixed, work: Work, told: &Told, world: &mut World) -> Moved {
    if told == &Told::Back && matches!(work, Work::Stopped(_)) {
        return Ok(Turn::To(State::Rejected { application }));
    }
    let heard_of = work.hear(told, world, || request(&application, &fixed))?;
    let (card, portrait) = fixed;
    let state = |work| State::Amending { application: application.clone(), card: card.clone(), portrait, work };
    Ok(Turn::To(match heard_of {
        Heard::Goes(work) => state(work),
        Heard::Outcome(outcome) => {
            let application = Application::of(outcome).ok_or(Unfit::Here)?;
            received(card, portrait, world);
            heard(application, world)
        }
        // It may have arrived, or something else has: what the service says now counts.
        Heard::Failed(failure) if is_unclear(&failure) => begin(world),
        Heard::Failed(failure) => match refusal(&failure) {
            // The same one again, once the holder says so.
            Some(Refusal::Portrait) if portrait.is_some() => {
                State::SendingPortrait { application, card, work: Work::stopped(&failure, world.time()) }
            }
            Some(Refusal::Fields(fields)) if card.is_some() => corrected(application, fields, world),
            _ => state(Work::stopped(&failure, world.time())),
        },
    }))
}

/// The service has what was wrong.
fn received(card: Option<CardDetails>, portrait: Option<Id>, world: &mut World) {
    if portrait.is_some() {
        world.held.drop_portrait();
    }
    if let Some(card) = card {
        world.shared.number = Some(card.id_number);
    }
    world.request(Request::Success);
}

fn is_unclear(failure: &Failure) -> bool {
    match failure {
        Failure::AskStatus => true,
        Failure::Server(problem) => {
            matches!(problem.code, Code::NotAmendable | Code::NotFound | Code::Conflict | Code::IdempotencyMismatch)
        }
        _ => false,
    }
}

/// Why the service did not take it, where something is to be given again.
enum Refusal {
    Portrait,
    Fields(Vec<WireField>),
}

fn refusal(failure: &Failure) -> Option<Refusal> {
    let Failure::Server(problem) = failure else { return None };
    let Problem { code, fields, .. } = &**problem;
    match code {
        Code::PortraitGone | Code::PortraitIncomplete | Code::PortraitOffset | Code::DigestMismatch => {
            Some(Refusal::Portrait)
        }
        Code::FieldsWrong => Some(Refusal::Fields(fields.iter().map(|one| one.field).collect())),
        _ => None,
    }
}
