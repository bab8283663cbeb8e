//! What happens while somebody signs in.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{
    AccountSummary, Code, OtpChannel, OtpPurpose, OtpSubject, OtpVerified, Problem, UnixTime,
};

use super::state::{Bar, Form, State, Wrong};
use crate::effect::{Do, Outcome, Request};
use crate::event::Journey;
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::place::Go;
use crate::risk::Guarded;
use crate::shared::otp::{self, Ask};
use crate::shared::work::{Heard, Work};
use crate::shared::{contact, locking};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

/// The first lock of the service, where it does not say how long.
const LOCK_S: u64 = 15 * 60;

type Moved = Result<Turn<State, Go>, Unfit>;

pub(crate) fn begin(world: &mut World) -> State {
    wipe(world);
    form(world.shared.number.clone().unwrap_or_default())
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Moved {
    match state {
        State::Form(form) => in_form(form, told, world),
        State::SigningIn { number, code, work } => signing_in(number, code, work, told, world),
        State::Channel { number, channels, chosen } => in_channel(number, channels, chosen, told, world),
        State::Code { number, channels, code } => in_code(number, channels, code, told, world),
        State::Locked { number, until } => match told {
            Told::Act(Act::TryAgain) if until <= world.time() => Ok(Turn::To(form(number))),
            Told::Act(Act::Recover) => Ok(recover(&number, world)),
            Told::Tick | Told::Online | Told::Resumed => Ok(Turn::To(State::Locked { number, until })),
            Told::Reply(..) => Err(Unfit::Stale),
            Told::Back => Ok(Turn::To(form(number))),
            _ => Err(Unfit::Here),
        },
        State::Barred { bar } => barred(bar, told, world),
        State::Locking { locking } => in_locking(locking, told, world),
    }
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, now: UnixTime) -> Option<UnixTime> {
    match state {
        State::SigningIn { work, .. } => work.wake(),
        State::Locking { locking } => locking::wake(*locking),
        State::Code { code, .. } => otp::wake(code, now),
        State::Locked { until, .. } => Some(*until),
        State::Form(Form { code: Some(code), .. }) => Some(code.valid_until),
        State::Form(_) | State::Channel { .. } | State::Barred { .. } => None,
    }
}

/// Signing in on a phone that is not the account's yet counts as a transfer.
pub(crate) fn guarded(state: &State) -> Option<Guarded> {
    match state {
        State::Channel { .. }
        | State::Code { .. }
        | State::Form(Form { code: Some(_), .. })
        | State::SigningIn { code: Some(_), .. } => Some(Guarded::Transfer),
        State::Form(_)
        | State::SigningIn { .. }
        | State::Locked { .. }
        | State::Barred { .. }
        | State::Locking { .. } => None,
    }
}

fn form(number: String) -> State {
    State::Form(Form { number, ..Form::default() })
}

fn wipe(world: &mut World) {
    world.held.drop(&[Slot::Password, Slot::Code]);
}

fn in_form(form: Form, told: &Told, world: &mut World) -> Moved {
    Ok(Turn::To(State::Form(match told {
        // A code that was right is this number's.
        Told::Field(FieldId::IdNumber, text) => Form { number: text.clone(), code: None, wrong: None, ..form },
        Told::Field(FieldId::Password, entered) => {
            world.keep(Slot::Password, entered.clone());
            Form { entered: true, wrong: None, ..form }
        }
        Told::Act(Act::SignIn) => match PersonalNumber::parse(&form.number) {
            Some(number) if !world.held.is_empty(Slot::Password) => {
                let code = form.code.filter(|code| code.valid_until > world.time());
                return Ok(Turn::To(sign_in(number.to_string(), code, world)));
            }
            _ => Form { tried: true, ..form },
        },
        Told::Act(Act::Recover) => return Ok(recover(&form.number, world)),
        Told::Resumed if form.entered && world.held.is_empty(Slot::Password) => {
            Form { wrong: Some(Wrong::Emptied), entered: false, tried: false, ..form }
        }
        Told::Tick | Told::Online | Told::Resumed => {
            let code = form.code.filter(|code| code.valid_until > world.time());
            Form { code, ..form }
        }
        Told::Back => {
            wipe(world);
            return Ok(Turn::Back);
        }
        Told::Reply(..) => return Err(Unfit::Stale),
        _ => return Err(Unfit::Here),
    })))
}

/// The number that stands there is the one whose password is forgotten.
fn recover(number: &str, world: &mut World) -> Turn<State, Go> {
    wipe(world);
    if let Some(number) = PersonalNumber::parse(number) {
        world.shared.number = Some(number.to_string());
    }
    Turn::Done(Go::Journey(Journey::Recover))
}

fn effect(number: &str, code: Option<OtpVerified>) -> Do {
    Do::SignIn { id_number: number.to_owned(), otp_challenge: code.map(|code| code.challenge) }
}

fn sign_in(number: String, code: Option<OtpVerified>, world: &mut World) -> State {
    let work = Work::begin(world, effect(&number, code));
    State::SigningIn { number, code, work }
}

/// Only the password is missing: it was not kept.
fn emptied(number: String, code: Option<OtpVerified>, world: &World) -> State {
    let code = code.filter(|code| code.valid_until > world.time());
    State::Form(Form { number, code, wrong: Some(Wrong::Emptied), ..Form::default() })
}

fn signing_in(number: String, code: Option<OtpVerified>, work: Work, told: &Told, world: &mut World) -> Moved {
    let begins_anew = matches!(told, Told::Resumed | Told::Act(Act::TryAgain) | Told::Online);
    if begins_anew && world.held.is_empty(Slot::Password) {
        return Ok(Turn::To(emptied(number, code, world)));
    }
    if told == &Told::Back && matches!(work, Work::Stopped(_)) {
        wipe(world);
        return Ok(Turn::To(State::Form(Form { number, code, ..Form::default() })));
    }
    Ok(match work.hear(told, world, || effect(&number, code))? {
        Heard::Goes(work) => Turn::To(State::SigningIn { number, code, work }),
        Heard::Outcome(Outcome::SignedIn(account)) => signed_in(number, account, world),
        Heard::Outcome(Outcome::CodeNeeded(channels)) => Turn::To(code_needed(number, channels, world)),
        Heard::Outcome(_) => return Err(Unfit::Here),
        Heard::Failed(Failure::Gone) => Turn::To(emptied(number, code, world)),
        Heard::Failed(Failure::DevicesChanged) => Turn::To(bar(Bar::DevicesChanged, world)),
        Heard::Failed(Failure::Server(problem)) => Turn::To(refused(number, code, &problem, world)),
        Heard::Failed(failure) => Turn::To(stopped(number, code, &failure, world)),
    })
}

fn signed_in(number: String, account: AccountSummary, world: &mut World) -> Turn<State, Go> {
    wipe(world);
    world.shared.account = Some(account);
    world.shared.number = Some(number);
    world.request(Request::Success);
    Turn::Done(Go::Home)
}

/// A code makes this phone the account's.
fn code_needed(number: String, channels: Vec<OtpChannel>, world: &mut World) -> State {
    match *channels {
        [] => bar(Bar::NoAddress, world),
        [channel] => ask_code(number, channels, channel, world),
        [chosen, ..] => State::Channel { number, channels, chosen },
    }
}

fn ask_code(number: String, channels: Vec<OtpChannel>, channel: OtpChannel, world: &mut World) -> State {
    let subject = OtpSubject::Account { id_number: number.clone() };
    let code = otp::begin(world, Ask { purpose: OtpPurpose::SignIn, channel, subject });
    State::Code { number, channels, code }
}

fn refused(number: String, code: Option<OtpVerified>, problem: &Problem, world: &mut World) -> State {
    let Problem { code: refusal, attempts_left: left, lock, .. } = *problem;
    let again = |wrong| State::Form(Form { number: number.clone(), code, wrong: Some(wrong), ..Form::default() });
    match refusal {
        Code::WrongCredentials => {
            refuse(world);
            again(Wrong::Credentials { left })
        }
        Code::FieldsWrong => {
            refuse(world);
            again(Wrong::Number)
        }
        Code::TriesLocked => {
            refuse(world);
            let asked = problem.retry_after_s.map_or(LOCK_S, u64::from);
            let until = problem.locked_until.unwrap_or(world.time().plus(asked));
            State::Locked { number, until }
        }
        Code::AccountLocked => bar(Bar::Lock { lock }, world),
        Code::OnAnotherPhone | Code::NotTheDevice => bar(Bar::OtherPhone, world),
        Code::KeyInUse => bar(Bar::PhoneTaken, world),
        Code::ChannelUnavailable => bar(Bar::NoAddress, world),
        // The service says again whether a code is needed, and which way it can take.
        Code::OtpGone | Code::OtpUnverified if code.is_some() => sign_in(number, None, world),
        _ => stopped(number, code, &Failure::Server(Box::new(problem.clone())), world),
    }
}

/// What was entered is wrong: it is emptied, and felt.
fn refuse(world: &mut World) {
    wipe(world);
    world.request(Request::Warning);
}

fn bar(bar: Bar, world: &mut World) -> State {
    refuse(world);
    State::Barred { bar }
}

fn stopped(number: String, code: Option<OtpVerified>, failure: &Failure, world: &World) -> State {
    State::SigningIn { number, code, work: Work::stopped(failure, world.time()) }
}

fn in_channel(number: String, channels: Vec<OtpChannel>, chosen: OtpChannel, told: &Told, world: &mut World) -> Moved {
    Ok(Turn::To(match told {
        Told::Choose { choice, option, chosen: true } if choice == contact::CHANNEL => {
            let chosen = contact::channel(option).filter(|channel| channels.contains(channel)).ok_or(Unfit::Here)?;
            State::Channel { number, channels, chosen }
        }
        Told::Act(Act::Continue) => ask_code(number, channels, chosen, world),
        Told::Tick | Told::Online | Told::Resumed => State::Channel { number, channels, chosen },
        Told::Reply(..) => return Err(Unfit::Stale),
        Told::Back => {
            wipe(world);
            form(number)
        }
        _ => return Err(Unfit::Here),
    }))
}

fn in_code(number: String, channels: Vec<OtpChannel>, code: otp::State, told: &Told, world: &mut World) -> Moved {
    match told {
        Told::Act(Act::ByEmail) => return Ok(Turn::To(ask_code(number, channels, OtpChannel::Email, world))),
        Told::Act(Act::BySms) => return Ok(Turn::To(ask_code(number, channels, OtpChannel::Sms, world))),
        _ => {}
    }
    Ok(Turn::To(match otp::told(code, told, world)? {
        Turn::To(code) => State::Code { number, channels, code },
        Turn::Done(verified) => after_code(number, verified, world),
        Turn::Back => {
            wipe(world);
            form(number)
        }
    }))
}

/// On with the password that is held; unless it is gone, or the phone is not safe any more: then the holder looks at it again.
fn after_code(number: String, verified: OtpVerified, world: &mut World) -> State {
    if world.is_open(Guarded::Transfer) && !world.held.is_empty(Slot::Password) {
        return sign_in(number, Some(verified), world);
    }
    wipe(world);
    emptied(number, Some(verified), world)
}

fn barred(bar: Bar, told: &Told, world: &mut World) -> Moved {
    Ok(match (bar, told) {
        (Bar::DevicesChanged, Told::Act(Act::LockAccount)) => {
            Turn::To(State::Locking { locking: locking::State::Asking })
        }
        (_, Told::Act(Act::Home)) => Turn::Done(Go::Home),
        (_, Told::Tick | Told::Online | Told::Resumed) => Turn::To(State::Barred { bar }),
        (_, Told::Reply(..)) => return Err(Unfit::Stale),
        (_, Told::Back) => Turn::To(form(world.shared.number.clone().unwrap_or_default())),
        _ => return Err(Unfit::Here),
    })
}

fn in_locking(locking: locking::State, told: &Told, world: &mut World) -> Moved {
    let turn = locking::told(locking, told, world)?;
    // Nobody is signed in, whatever is known of the account now.
    world.shared.account = None;
    Ok(match turn {
        Turn::To(locking) => Turn::To(State::Locking { locking }),
        Turn::Done(()) => Turn::Done(Go::Home),
        Turn::Back => Turn::To(State::Barred { bar: Bar::DevicesChanged }),
    })
}
