//! What happens while level 2 is activated.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{
    Activation, ActivationRequest, ActivationState, OtpPurpose, OtpSubject, Secret, UnixTime,
};

use super::state::{Again, Bar, Form, State};
use crate::effect::{Do, Request};
use crate::event::Journey;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::place::Go;
use crate::risk::Guarded;
use crate::shared::contact::Contact;
use crate::shared::gather::{self, Sent};
use crate::shared::otp::Ask;
use crate::shared::sending::{self, Refusal};
use crate::shared::waiting;
use crate::turn::{Turn, Unfit};
use crate::world::{Shared, Told, World};

type Moved = Result<Turn<State, Go>, Unfit>;

/// Its row of the table is nowhere easier than that of entering a code, so it stands for the code as well.
const GUARDED: Guarded = Guarded::Activation;

pub(crate) fn begin(world: &mut World) -> State {
    form(world, None)
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Moved {
    match state {
        State::Form(form) => in_form(form, told, world),
        State::Gathering { number, ask, gather } => {
            Ok(Turn::To(match gather::told(*gather, told, world, &personal(&number, &ask))? {
                Turn::To(gather) => gathers(number, ask, gather),
                Turn::Done(sent) => send(number, ask, sent, world),
                Turn::Back => State::Form(Form { number, contact: contact(ask), ..Form::default() }),
            }))
        }
        State::Sending { number, ask, sending } => {
            let request = submit(&number, world.shared);
            let turn = sending::told::<Activation>(sending, told, world, request)?;
            Ok(sent(number, ask, turn, world))
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
pub(super) fn personal(number: &str, ask: &Ask) -> Vec<Secret> {
    let words = [Some(number.to_owned()), address(ask).map(str::to_owned)];
    words.into_iter().flatten().map(Secret::new).collect()
}

fn address(ask: &Ask) -> Option<&str> {
    if let OtpSubject::Address { address } = &ask.subject { Some(address) } else { None }
}

fn contact(ask: Ask) -> Contact {
    match ask.subject {
        OtpSubject::Address { address } => Contact::of(ask.channel, address),
        OtpSubject::Account { .. } => Contact::default(),
    }
}

/// From the start.
fn form(world: &World, again: Option<Again>) -> State {
    let number = world.shared.number.clone().unwrap_or_default();
    State::Form(Form { number, again, ..Form::default() })
}

fn wipe(world: &mut World) {
    world.held.drop(&[Slot::Code, Slot::Password, Slot::PasswordAgain]);
    world.held.drop_portrait();
}

fn in_form(form: Form, told: &Told, world: &mut World) -> Moved {
    Ok(Turn::To(State::Form(match told {
        Told::Field(FieldId::IdNumber, text) => Form { number: text.clone(), again: None, ..form },
        Told::Field(..) | Told::Choose { .. } => Form { contact: form.contact.clone().told(told)?, ..form },
        Told::Act(Act::Continue) => match (PersonalNumber::parse(&form.number), form.contact.address()) {
            (Some(number), Ok(address)) => {
                let subject = OtpSubject::Address { address };
                let ask = Ask { purpose: OtpPurpose::Activate, channel: form.contact.channel, subject };
                let gather = gather::begin(world, ask.clone());
                return Ok(Turn::To(gathers(number.to_string(), ask, gather)));
            }
            _ => Form { tried: true, ..form },
        },
        Told::Tick | Told::Online | Told::Resumed => form,
        Told::Back => return Ok(Turn::Back),
        Told::Reply(..) => return Err(Unfit::Stale),
        _ => return Err(Unfit::Here),
    })))
}

fn gathers(number: String, ask: Ask, gather: gather::State) -> State {
    State::Gathering { number, ask, gather: Box::new(gather) }
}

/// Everything is with the service; if the phone is not safe any more, the holder looks at it again.
fn send(number: String, ask: Ask, sent: Sent, world: &mut World) -> State {
    if !world.is_open(GUARDED) {
        return gathers(number, ask.clone(), gather::all(ask, sent));
    }
    let sending = sending::begin(world, sent, submit(&number, world.shared));
    State::Sending { number, ask, sending }
}

fn submit(number: &str, shared: &Shared) -> impl FnOnce(Sent) -> Do + use<> {
    let (id_number, consents) = (number.to_owned(), shared.consents.clone());
    move |Sent { code, portrait, password }| {
        let (otp_challenge, password) = (code.challenge, password.id);
        Do::Activate(Box::new(ActivationRequest { id_number, otp_challenge, password, portrait, consents }))
    }
}

fn sent(
    number: String,
    ask: Ask,
    turn: Turn<sending::State, sending::Came<Activation>>,
    world: &mut World,
) -> Turn<State, Go> {
    let came = match turn {
        Turn::To(sending) => return Turn::To(State::Sending { number, ask, sending }),
        Turn::Back => return Turn::Back,
        Turn::Done(came) => came,
    };
    Turn::To(match came {
        sending::Came::Arrived(activation) => {
            wipe(world);
            world.shared.number = Some(number);
            waited(waiting::begin(world, activation), world)
        }
        sending::Came::NotSent(sent) => gathers(number, ask.clone(), gather::all(ask, sent)),
        sending::Came::Refused(sent, refusal) => match refusal {
            Refusal::Again(missing) => {
                let gather = gather::again(world, ask.clone(), sent, missing);
                gathers(number, ask, gather)
            }
            Refusal::Password => {
                let gather = gather::other_password(world, ask.clone(), sent);
                gathers(number, ask, gather)
            }
            Refusal::Number => {
                wipe(world);
                let contact = contact(ask);
                State::Form(Form { number, contact, tried: true, again: Some(Again::Number) })
            }
            Refusal::Consent => return Turn::Done(Go::anew(Journey::Activate, world)),
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

fn waited(turn: Turn<waiting::State<Activation>, waiting::Came<Activation>>, world: &mut World) -> State {
    match turn {
        Turn::To(waiting) => State::Waiting { waiting },
        Turn::Done(waiting::Came::Decided(activation)) if activation.state == ActivationState::Done => {
            // It has another level now, and its sessions ended: it is fetched anew.
            world.shared.account = None;
            world.request(Request::Success);
            State::Done
        }
        Turn::Done(waiting::Came::Decided(activation)) => {
            world.request(Request::Warning);
            State::Refused { activation }
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
        (State::Refused { .. } | State::Barred { .. }, Told::Act(Act::FixEntry | Act::FixPortrait | Act::TryAgain)) => {
            Ok(Turn::To(form(world, None)))
        }
        _ => Err(Unfit::Here),
    }
}
