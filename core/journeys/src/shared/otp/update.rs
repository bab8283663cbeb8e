//! What happens to a one-time code.

use citizen_protocol::otp::read::{self, Expected, ReadError};
use citizen_protocol::otp::{Digits, OtpCode};
use citizen_protocol::wire::{Code, OtpChallenge, OtpVerified, UnixTime};

use super::state::{Ask, State, Wrong};
use crate::effect::{Do, Outcome, Request};
use crate::event::CodeSource;
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::Act;
use crate::shared::work::{Heard, Work};
use crate::turn::{Turn, Unfit};
use crate::world::{Now, Told, World};

/// More than a code with spaces; a message is pasted, not typed.
const MAX_TYPED_CHARS: usize = 32;
/// Until another code may be asked for, in seconds, where the service does not say.
const RESEND_S: u32 = 60;

/// Asks for a code.
pub(crate) fn begin(world: &mut World, ask: Ask) -> State {
    world.held.drop(&[Slot::Code]);
    let work = Work::begin(world, ask.effect(None));
    State::Asking { ask, again: None, work }
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Result<Turn<State, OtpVerified>, Unfit> {
    match (state, told) {
        (_, Told::Back) => {
            world.held.drop(&[Slot::Code]);
            Ok(Turn::Back)
        }
        (State::Asking { ask, again, work }, told) => asking(ask, again, work, told, world),
        (State::Entering { ask, sent, .. }, Told::Code { text, source }) => {
            Ok(Turn::To(entered(ask, sent, text, *source, world)))
        }
        (State::Entering { ask, sent, .. }, Told::Act(Act::Continue)) if is_ready(&sent, world) => {
            let work = Work::begin(world, Do::VerifyCode { challenge: sent.id });
            Ok(Turn::To(State::Checking { ask, sent, work }))
        }
        (State::Entering { ask, sent, .. }, Told::Act(Act::Resend)) if sent.resend_at <= world.time() => {
            Ok(Turn::To(resend(ask, Some(sent), world)))
        }
        (State::Entering { ask, sent, wrong }, Told::Resumed) => {
            let emptied = if world.held.is_empty(Slot::Code) { Some(Wrong::Emptied) } else { None };
            Ok(Turn::To(State::Entering { ask, sent, wrong: wrong.or(emptied) }))
        }
        (State::Checking { ask, sent, work }, told) => checking(ask, sent, work, told, world),
        (State::Locked { ask, until }, Told::Act(Act::Resend)) if until <= world.time() => {
            Ok(Turn::To(begin(world, ask)))
        }
        (
            state @ (State::Entering { .. } | State::Locked { .. } | State::NoChannel { .. }),
            Told::Tick | Told::Resumed | Told::Online,
        ) => Ok(Turn::To(state)),
        (_, Told::Reply(..)) => Err(Unfit::Stale),
        _ => Err(Unfit::Here),
    }
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, now: UnixTime) -> Option<UnixTime> {
    match state {
        State::Asking { work, .. } | State::Checking { work, .. } => work.wake(),
        State::Entering { sent, .. } => [sent.resend_at, sent.expires_at].into_iter().filter(|time| *time > now).min(),
        State::Locked { until, .. } => Some(*until),
        State::NoChannel { .. } => None,
    }
}

/// Whether a whole code waits for the tap, in time.
pub(super) fn is_ready(sent: &OtpChallenge, world: &World) -> bool {
    sent.expires_at > world.time() && !world.held.is_empty(Slot::Code)
}

fn resend(ask: Ask, again: Option<OtpChallenge>, world: &mut World) -> State {
    world.held.drop(&[Slot::Code]);
    let work = Work::begin(world, ask.effect(again.as_ref()));
    State::Asking { ask, again, work }
}

fn asking(
    ask: Ask,
    again: Option<OtpChallenge>,
    work: Work,
    told: &Told,
    world: &mut World,
) -> Result<Turn<State, OtpVerified>, Unfit> {
    let state = match work.hear(told, world, || ask.effect(again.as_ref()))? {
        Heard::Goes(work) => State::Asking { ask, again, work },
        Heard::Outcome(Outcome::CodeSent(sent)) => match sent.locked_until {
            Some(until) if until > world.time() => State::Locked { ask, until },
            _ => State::Entering { ask, sent, wrong: None },
        },
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(Failure::Server(problem)) => match (problem.code, problem.locked_until, again) {
            (Code::TriesLocked, Some(until), _) => State::Locked { ask, until },
            (Code::ChannelUnavailable, ..) => State::NoChannel { ask },
            // The one to be replaced is gone: a new one.
            (Code::OtpGone | Code::NotFound, _, Some(_)) => resend(ask, None, world),
            // The earlier one still holds, and its message may only be late.
            (Code::OtpTooSoon | Code::RateLimited, _, Some(sent)) => {
                let wait = problem.retry_after_s.unwrap_or(RESEND_S).into();
                State::Entering { ask, sent: OtpChallenge { resend_at: world.time().plus(wait), ..sent }, wrong: None }
            }
            (_, _, again) => stopped(ask, again, &Failure::Server(problem), world.time()),
        },
        Heard::Failed(failure) => stopped(ask, again, &failure, world.time()),
    };
    Ok(Turn::To(state))
}

fn stopped(ask: Ask, again: Option<OtpChallenge>, failure: &Failure, now: UnixTime) -> State {
    State::Asking { ask, again, work: Work::stopped(failure, now) }
}

/// Reads what was entered: a whole code is held until the tap, anything else is said.
fn entered(ask: Ask, sent: OtpChallenge, text: &str, source: CodeSource, world: &mut World) -> State {
    world.held.drop(&[Slot::Code]);
    let wrong = match read(text, source, &sent, world.now) {
        Ok(code) => {
            world.held.put(Slot::Code, code.into_secret());
            None
        }
        // While somebody types, a code that is not whole yet is no mistake.
        Err(ReadError::Empty) => None,
        Err(ReadError::Length { given, wanted }) if source == CodeSource::Typed && given < wanted => None,
        Err(ReadError::Length { .. } | ReadError::TooLong) => Some(Wrong::Length),
        Err(ReadError::NotDigits) => Some(Wrong::NotDigits),
        Err(ReadError::OtherHost) => Some(Wrong::OtherHost),
        Err(ReadError::NoCode | ReadError::Ambiguous) => Some(Wrong::NoCode),
    };
    State::Entering { ask, sent, wrong }
}

fn read(text: &str, source: CodeSource, sent: &OtpChallenge, now: &Now) -> Result<OtpCode, ReadError> {
    let digits = Digits::new(sent.digits).ok_or(ReadError::NoCode)?;
    let expected = Expected { host: &now.host, token: now.token.as_deref(), digits };
    match source {
        CodeSource::Typed if text.chars().count() > MAX_TYPED_CHARS => Err(ReadError::TooLong),
        CodeSource::Typed => read::typed(text, digits),
        // What the system read is either the code that it found or the whole message.
        CodeSource::Pasted | CodeSource::Message => read::pasted(text, &expected),
    }
}

fn checking(
    ask: Ask,
    sent: OtpChallenge,
    work: Work,
    told: &Told,
    world: &mut World,
) -> Result<Turn<State, OtpVerified>, Unfit> {
    // A code is never sent by itself, however late the network comes back.
    if *told == Told::Online {
        return Ok(Turn::To(State::Checking { ask, sent, work }));
    }
    // After a kill there is no code to be checked: it is asked of the holder, not of the service.
    if matches!(told, Told::Resumed | Told::Act(Act::TryAgain)) && world.held.is_empty(Slot::Code) {
        return Ok(Turn::To(State::Entering { ask, sent, wrong: Some(Wrong::Emptied) }));
    }
    let challenge = sent.id;
    let wrong = match work.hear(told, world, || Do::VerifyCode { challenge })? {
        Heard::Goes(work) => return Ok(Turn::To(State::Checking { ask, sent, work })),
        Heard::Outcome(Outcome::CodeRight(verified)) => {
            world.held.drop(&[Slot::Code]);
            world.request(Request::Success);
            return Ok(Turn::Done(verified));
        }
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(Failure::Gone) => Wrong::Emptied,
        Heard::Failed(Failure::Server(problem)) => match (problem.code, problem.locked_until) {
            (Code::OtpWrong, _) => Wrong::Code { left: problem.attempts_left },
            (Code::OtpGone | Code::OtpUnverified, _) => Wrong::Void,
            (Code::TriesLocked, Some(until)) => {
                world.held.drop(&[Slot::Code]);
                return Ok(Turn::To(State::Locked { ask, until }));
            }
            _ => return Ok(Turn::To(unchecked(ask, sent, &Failure::Server(problem), world.time()))),
        },
        Heard::Failed(failure) => return Ok(Turn::To(unchecked(ask, sent, &failure, world.time()))),
    };
    world.held.drop(&[Slot::Code]);
    world.request(Request::Warning);
    let left = if let Wrong::Code { left } = wrong { left } else { None };
    // A void code is not waited for any more.
    let resend_at = if wrong == Wrong::Void { world.time().min(sent.resend_at) } else { sent.resend_at };
    let sent = OtpChallenge { attempts_left: left.unwrap_or(sent.attempts_left), resend_at, ..sent };
    Ok(Turn::To(State::Entering { ask, sent, wrong: Some(wrong) }))
}

fn unchecked(ask: Ask, sent: OtpChallenge, failure: &Failure, now: UnixTime) -> State {
    State::Checking { ask, sent, work: Work::stopped(failure, now) }
}
