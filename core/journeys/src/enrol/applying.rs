//! The last call of a registration: everything that it cites is with the service. Whatever comes of it, nothing is sent twice: where it may
//! have arrived, the service is asked.

use citizen_protocol::wire::{Application, Code, Problem, UnixTime, WireField};
use serde::{Deserialize, Serialize};

use super::state::Bar;
use crate::effect::Do;
use crate::failure::Failure;
use crate::shared::case::Case;
use crate::shared::gather::Missing;
use crate::shared::work::{Heard, Work};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

/// The phone's clock and the service's may differ so much.
const CLOCK_WINDOW_S: u64 = 300;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    /// When it was sent first: an answer about an older one is no answer.
    since: UnixTime,
    /// It may have arrived: the call asks whether it did.
    pub(super) is_unclear: bool,
    pub(super) work: Work,
}

/// What came of it.
#[derive(Debug, PartialEq)]
pub(super) enum Came {
    /// The service has it.
    Arrived(Application),
    /// It did not arrive, or the holder wants to look at it again.
    NotSent,
    /// Something that it cites is gone, or was not good enough.
    Again(Missing),
    /// The portrait is gone; nothing is wrong with it.
    SamePortrait,
    /// The password was not good enough.
    Password,
    /// These fields are wrong.
    Fields(Vec<WireField>),
    /// A required consent is missing, or was given to older texts.
    Consent,
    /// It does not go on here.
    Barred(Bar),
}

/// Sends it.
pub(super) fn begin(world: &mut World, apply: Do) -> State {
    State { since: world.time(), is_unclear: false, work: Work::begin(world, apply) }
}

pub(super) fn told(
    state: State,
    told: &Told,
    world: &mut World,
    apply: impl FnOnce(&World) -> Do,
) -> Result<Turn<State, Came>, Unfit> {
    let State { since, is_unclear, work } = state;
    if told == &Told::Back && is_stopped(&state) {
        return Ok(Turn::Done(Came::NotSent));
    }
    let same = if is_unclear { Application::ask(None) } else { apply(world) };
    Ok(match work.hear(told, world, || same)? {
        Heard::Goes(work) => Turn::To(State { work, ..state }),
        Heard::Outcome(outcome) => {
            let application = Application::of(outcome).ok_or(Unfit::Here)?;
            let is_older = is_unclear && application.since().plus(CLOCK_WINDOW_S) < since;
            Turn::Done(if is_older { Came::NotSent } else { Came::Arrived(application) })
        }
        Heard::Failed(Failure::Server(problem)) if is_unclear && problem.code == Code::NotFound => {
            Turn::Done(Came::NotSent)
        }
        Heard::Failed(failure) if !is_unclear && may_have_arrived(&failure) => {
            Turn::To(State { is_unclear: true, work: Work::begin(world, Application::ask(None)), ..state })
        }
        Heard::Failed(Failure::Gone) => Turn::Done(Came::NotSent),
        Heard::Failed(failure) => match refusal(&failure) {
            Some(came) if !is_unclear => Turn::Done(came),
            _ => Turn::To(State { work: Work::stopped(&failure, world.time()), ..state }),
        },
    })
}

fn may_have_arrived(failure: &Failure) -> bool {
    match failure {
        Failure::AskStatus => true,
        Failure::Server(problem) => {
            matches!(problem.code, Code::IdempotencyMismatch | Code::Conflict | Code::NotFound | Code::NotAmendable)
        }
        _ => false,
    }
}

/// Why the service did not take it, where it goes on in another way than the same again.
fn refusal(failure: &Failure) -> Option<Came> {
    let Failure::Server(problem) = failure else { return None };
    let Problem { code, fields, .. } = &**problem;
    Some(match code {
        Code::OtpGone | Code::OtpUnverified | Code::OtpWrong => Came::Again(Missing::Code),
        Code::PasswordGone => Came::Again(Missing::Password),
        Code::PasswordRefused => Came::Password,
        Code::PortraitGone | Code::PortraitIncomplete | Code::PortraitOffset | Code::DigestMismatch => {
            Came::SamePortrait
        }
        Code::FieldsWrong => return wrong(fields.iter().map(|one| one.field).collect()),
        Code::ConsentNeeded => Came::Consent,
        Code::ApplicationOpen => Came::Barred(Bar::Open),
        Code::KeyInUse | Code::OnAnotherPhone | Code::NotTheDevice => Came::Barred(Bar::PhoneTaken),
        _ => return None,
    })
}

/// The card's fields come first; nothing at all is no answer.
fn wrong(fields: Vec<WireField>) -> Option<Came> {
    let has = |field| fields.contains(&field);
    if fields.iter().any(|field| is_of_card(*field)) || has(WireField::Contact) {
        Some(Came::Fields(fields))
    } else if has(WireField::Password) {
        Some(Came::Password)
    } else {
        has(WireField::Portrait).then_some(Came::Again(Missing::Portrait))
    }
}

/// Whether it stands on the card.
pub(super) fn is_of_card(field: WireField) -> bool {
    !matches!(field, WireField::Portrait | WireField::Contact | WireField::Password)
}

/// Whether the holder can have it sent again from here.
pub(super) fn is_stopped(state: &State) -> bool {
    matches!(state.work, Work::Stopped(_))
}
