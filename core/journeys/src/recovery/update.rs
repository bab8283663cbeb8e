//! What happens while a password is recovered.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{
    OtpChannel, OtpPurpose, OtpSubject, Reason, Recovery, RecoveryRequest, RecoveryState, Remedy, Secret, UnixTime,
};

use super::state::{Again, Bar, Form, State};
use crate::effect::{Do, Request};
use crate::event::Journey;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::place::Go;
use crate::risk::Guarded;
use crate::shared::gather::{self, Sent};
use crate::shared::otp::{self, Ask};
use crate::shared::sending::{self, Refusal};
use crate::shared::{contact, waiting};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

type Moved = Result<Turn<State, Go>, Unfit>;

/// The new password takes over an account as a new phone does.
const GUARDED: Guarded = Guarded::Transfer;

pub(crate) fn begin(world: &mut World) -> State {
    form(world, None)
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Moved {
    match state {
        State::Form(form) => in_form(form, told, world),
        State::Gathering { number, channel, gather } => gathering(number, channel, *gather, told, world),
        State::Sending { number, channel, sending } => {
            let request = submit(&number);
            let turn = sending::told::<Recovery>(sending, told, world, request)?;
            Ok(sent(number, channel, turn, world))
        }
        State::Waiting { waiting } => {
            let turn = waiting::told(waiting, told, world)?;
            Ok(Turn::To(waited(turn, world)))
        }
        State::Done | State::Refused { .. } | State::Barred { .. } => ended(state, told, world),
    }
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, now: UnixTime) -> Option<UnixTime> {
    match state {
        State::Gathering { gather, .. } => gather::wake(gather, now),
        State::Sending { sending, .. } => sending::wake(sending),
        State::Waiting { waiting } => waiting::wake(waiting),
        State::Form(_) | State::Done | State::Refused { .. } | State::Barred { .. } => None,
    }
}

/// What the holder is about to do, for the risk signals.
pub(crate) fn guarded(state: &State) -> Option<Guarded> {
    match state {
        State::Gathering { gather, .. } => gather::guarded(gather, GUARDED).map(|_| GUARDED),
        State::Sending { .. } => Some(GUARDED),
        _ => None,
    }
}

/// Words that the new password must not be made of.
pub(super) fn personal(number: &str) -> [Secret; 1] {
    [Secret::new(number.to_owned())]
}

/// From the start.
fn form(world: &World, again: Option<Again>) -> State {
    let number = world.shared.number.clone().unwrap_or_default();
    State::Form(Form { number, channel: OtpChannel::Sms, tried: false, again })
}

fn wipe(world: &mut World) {
    world.held.drop(&[Slot::Code, Slot::Password, Slot::PasswordAgain]);
    world.held.drop_portrait();
}

fn in_form(form: Form, told: &Told, world: &mut World) -> Moved {
    Ok(Turn::To(State::Form(match told {
        Told::Field(FieldId::IdNumber, text) => Form { number: text.clone(), again: None, ..form },
        Told::Choose { choice, option, chosen: true } if choice == contact::CHANNEL => {
            Form { channel: contact::channel(option).ok_or(Unfit::Here)?, ..form }
        }
        Told::Act(Act::Continue) => match PersonalNumber::parse(&form.number) {
            Some(number) => {
                let number = number.to_string();
                let gather = gather::begin(world, ask(&number, form.channel));
                return Ok(Turn::To(gathers(number, form.channel, gather)));
            }
            None => Form { tried: true, ..form },
        },
        Told::Tick | Told::Online | Told::Resumed => form,
        Told::Back => return Ok(Turn::Back),
        Told::Reply(..) => return Err(Unfit::Stale),
        _ => return Err(Unfit::Here),
    })))
}

fn ask(number: &str, channel: OtpChannel) -> Ask {
    let subject = OtpSubject::Account { id_number: number.to_owned() };
    Ask { purpose: OtpPurpose::Recover, channel, subject }
}

fn gathers(number: String, channel: OtpChannel, gather: gather::State) -> State {
    State::Gathering { number, channel, gather: Box::new(gather) }
}

fn gathering(number: String, channel: OtpChannel, gather: gather::State, told: &Told, world: &mut World) -> Moved {
    let other = match told {
        Told::Act(Act::ByEmail) => Some(OtpChannel::Email),
        Told::Act(Act::BySms) => Some(OtpChannel::Sms),
        _ => None,
    };
    match (gather, other) {
        (gather::State::Code { given, .. }, Some(channel)) => {
            let ask = ask(&number, channel);
            let gather = gather::State::Code { given, code: otp::begin(world, ask.clone()), ask };
            Ok(Turn::To(gathers(number, channel, gather)))
        }
        (gather, _) => match gather::told(gather, told, world, &personal(&number))? {
            Turn::To(gather) => Ok(Turn::To(gathers(number, channel, gather))),
            Turn::Done(sent) => Ok(Turn::To(send(number, channel, sent, world))),
            Turn::Back => Ok(Turn::To(State::Form(Form { number, channel, tried: false, again: None }))),
        },
    }
}

/// Everything is with the service; if the phone is not safe any more, the holder looks at it again.
fn send(number: String, channel: OtpChannel, sent: Sent, world: &mut World) -> State {
    if !world.is_open(GUARDED) {
        return ready(number, channel, sent);
    }
    let sending = sending::begin(world, sent, submit(&number));
    State::Sending { number, channel, sending }
}

fn submit(number: &str) -> impl FnOnce(Sent) -> Do + use<> {
    let id_number = number.to_owned();
    move |Sent { code, portrait, password }| {
        let request = RecoveryRequest { id_number, otp_challenge: code.challenge, portrait, password: password.id };
        Do::Recover(Box::new(request))
    }
}

fn ready(number: String, channel: OtpChannel, sent: Sent) -> State {
    let gather = gather::all(ask(&number, channel), sent);
    gathers(number, channel, gather)
}

fn sent(
    number: String,
    channel: OtpChannel,
    turn: Turn<sending::State, sending::Came<Recovery>>,
    world: &mut World,
) -> Turn<State, Go> {
    let came = match turn {
        Turn::To(sending) => return Turn::To(State::Sending { number, channel, sending }),
        Turn::Back => return Turn::Back,
        Turn::Done(came) => came,
    };
    Turn::To(match came {
        sending::Came::Arrived(recovery) => {
            wipe(world);
            world.shared.number = Some(number);
            waited(waiting::begin(world, recovery), world)
        }
        sending::Came::NotSent(sent) => ready(number, channel, sent),
        sending::Came::Refused(sent, refusal) => match refusal {
            Refusal::Again(missing) => {
                let gather = gather::again(world, ask(&number, channel), sent, missing);
                gathers(number, channel, gather)
            }
            Refusal::Password => {
                let gather = gather::other_password(world, ask(&number, channel), sent);
                gathers(number, channel, gather)
            }
            Refusal::Number => {
                wipe(world);
                State::Form(Form { number, channel, tried: true, again: Some(Again::Number) })
            }
            Refusal::Consent => return Turn::Done(Go::anew(Journey::Recover, world)),
            Refusal::Open => barred(world, Bar::Open),
            Refusal::Locked(lock) => barred(world, Bar::Lock { lock }),
            Refusal::PhoneTaken => barred(world, Bar::PhoneTaken),
        },
    })
}

fn barred(world: &mut World, bar: Bar) -> State {
    wipe(world);
    world.request(Request::Warning);
    State::Barred { bar }
}

fn waited(turn: Turn<waiting::State<Recovery>, waiting::Came<Recovery>>, world: &mut World) -> State {
    match turn {
        Turn::To(waiting) => State::Waiting { waiting },
        Turn::Done(waiting::Came::Decided(recovery)) if recovery.state == RecoveryState::Done => {
            // Every session ended, this phone's too.
            world.shared.account = None;
            world.request(Request::Success);
            State::Done
        }
        Turn::Done(waiting::Came::Decided(recovery)) => {
            world.request(Request::Warning);
            State::Refused { recovery }
        }
        Turn::Done(waiting::Came::Lost) | Turn::Back => form(world, Some(Again::Lost)),
    }
}

fn ended(state: State, told: &Told, world: &mut World) -> Moved {
    match (&state, told) {
        (_, Told::Tick | Told::Online | Told::Resumed) => Ok(Turn::To(state)),
        (_, Told::Act(Act::Home)) => Ok(Turn::Done(Go::Home)),
        (_, Told::Reply(..)) => Err(Unfit::Stale),
        (State::Done | State::Refused { .. }, Told::Act(Act::SignIn)) => Ok(Turn::Done(Go::Journey(Journey::SignIn))),
        (State::Refused { .. } | State::Barred { .. }, Told::Act(Act::FixPortrait | Act::TryAgain)) => {
            Ok(Turn::To(form(world, None)))
        }
        _ => Err(Unfit::Here),
    }
}

/// Whether another portrait helps, the same way once more.
pub(super) fn needs_portrait(reasons: &[Reason]) -> bool {
    reasons.iter().any(|reason| reason.remedy == Remedy::NewPortrait)
}
