//! The last call of an activation or a recovery: everything that it cites is with the service. Whatever comes of it, nothing is sent
//! twice: where it may have arrived, the service is asked.

use citizen_protocol::wire::{AccountLock, Code, Problem, UnixTime};
use serde::{Deserialize, Serialize};

use crate::effect::Do;
use crate::failure::Failure;
use crate::ids::Act;
use crate::page::Page;
use crate::see::See;
use crate::shared::case::Case;
use crate::shared::gather::{Missing, Sent};
use crate::shared::otp::Titles;
use crate::shared::work::{Heard, Work};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

/// The phone's clock and the service's may differ so much.
const CLOCK_WINDOW_S: u64 = 300;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    sent: Sent,
    /// When it was sent first: an answer about an older one is no answer.
    since: UnixTime,
    /// It may have arrived: the call asks whether it did.
    is_unclear: bool,
    work: Work,
}

/// What came of it.
pub(crate) enum Came<C> {
    /// The service has it.
    Arrived(C),
    /// It did not arrive, or the holder wants to look at it again.
    NotSent(Sent),
    /// The service did not take it.
    Refused(Sent, Refusal),
}

/// Why the service did not take it, where the journey goes on in another way than the same again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Something that it cites is gone, or was not good enough.
    Again(Missing),
    /// The password was not good enough.
    Password,
    /// The number.
    Number,
    /// A required consent is missing, or was given to older texts.
    Consent,
    /// Somebody's, from another phone, is under way.
    Open,
    /// The account is locked.
    Locked(Option<AccountLock>),
    /// This phone is the phone of another account.
    PhoneTaken,
}

/// Sends it.
pub(crate) fn begin(world: &mut World, sent: Sent, submit: impl FnOnce(Sent) -> Do) -> State {
    let work = Work::begin(world, submit(sent));
    State { sent, since: world.time(), is_unclear: false, work }
}

pub(crate) fn told<C: Case>(
    state: State,
    told: &Told,
    world: &mut World,
    submit: impl FnOnce(Sent) -> Do,
) -> Result<Turn<State, Came<C>>, Unfit> {
    let State { sent, since, is_unclear, work } = state;
    if told == &Told::Back && matches!(work, Work::Stopped(_)) {
        return Ok(Turn::Done(Came::NotSent(sent)));
    }
    let same = move || if is_unclear { C::ask(None) } else { submit(sent) };
    Ok(match work.hear(told, world, same)? {
        Heard::Goes(work) => Turn::To(State { work, ..state }),
        Heard::Outcome(outcome) => {
            let case = C::of(outcome).ok_or(Unfit::Here)?;
            let is_older = is_unclear && case.since().plus(CLOCK_WINDOW_S) < since;
            Turn::Done(if is_older { Came::NotSent(sent) } else { Came::Arrived(case) })
        }
        Heard::Failed(Failure::Server(problem)) if is_unclear && problem.code == Code::NotFound => {
            Turn::Done(Came::NotSent(sent))
        }
        Heard::Failed(failure) if !is_unclear && may_have_arrived(&failure) => {
            Turn::To(State { is_unclear: true, work: Work::begin(world, C::ask(None)), ..state })
        }
        Heard::Failed(Failure::Gone) => Turn::Done(Came::NotSent(sent)),
        Heard::Failed(failure) => match refusal(&failure) {
            Some(refusal) if !is_unclear => Turn::Done(Came::Refused(sent, refusal)),
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

fn refusal(failure: &Failure) -> Option<Refusal> {
    let Failure::Server(problem) = failure else { return None };
    let Problem { code, lock, .. } = **problem;
    Some(match code {
        Code::OtpGone | Code::OtpUnverified | Code::OtpWrong => Refusal::Again(Missing::Code),
        Code::PasswordGone => Refusal::Again(Missing::Password),
        Code::PasswordRefused => Refusal::Password,
        Code::PortraitGone | Code::PortraitIncomplete | Code::PortraitOffset | Code::DigestMismatch => {
            Refusal::Again(Missing::Portrait)
        }
        Code::FieldsWrong => Refusal::Number,
        Code::ConsentNeeded => Refusal::Consent,
        Code::ApplicationOpen => Refusal::Open,
        Code::AccountLocked => Refusal::Locked(lock),
        Code::KeyInUse | Code::OnAnotherPhone | Code::NotTheDevice => Refusal::PhoneTaken,
        _ => return None,
    })
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State) -> Option<UnixTime> {
    state.work.wake()
}

/// Whether the holder can have it sent again from here.
pub(crate) fn is_stopped(state: &State) -> bool {
    matches!(state.work, Work::Stopped(_))
}

pub(crate) fn page(state: &State, see: See, titles: Titles) -> Page {
    let progress = if state.is_unclear { "sending-unclear-progress" } else { "sending-progress" };
    let draft = see.page(titles.page, titles.title).work(&state.work, progress);
    let draft = if is_stopped(state) { draft.back() } else { draft };
    draft.cancel(Act::Later).done()
}
