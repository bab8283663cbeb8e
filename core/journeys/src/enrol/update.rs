//! What happens while somebody registers.

use citizen_card::CalendarDate;
use citizen_protocol::wire::{
    Application, ApplicationRequest, ApplicationState, OtpPurpose, OtpSubject, Secret, UnixTime, WireField,
};

use super::applying::{self, Came, is_of_card};
use super::state::{Bar, Form, Kept, Receipt, State, Then};
use crate::effect::{Do, Request};
use crate::event::Journey;
use crate::ids::Act;
use crate::place::Go;
use crate::risk::Guarded;
use crate::shared::card::{self, Card};
use crate::shared::case::Case;
use crate::shared::contact::Contact;
use crate::shared::gather::{self, Given, Sent};
use crate::shared::otp::Ask;
use crate::status::expected;
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

type Moved = Result<Turn<State, Go>, Unfit>;

/// Registering has no row of its own in the table: what it takes is a code, and that is what others are after.
const GUARDED: Guarded = Guarded::OtpEntry;

pub(crate) fn begin(world: &mut World) -> State {
    let card = world.shared.entry.clone().map_or_else(card::begin, card::scan);
    State::Who { card, then: Then::Contact(Form::default()) }
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Moved {
    match state {
        State::Who { card, then } => match told {
            Told::Act(Act::Continue) => Ok(Turn::To(State::Card { card, then })),
            Told::Back => Ok(Turn::Back),
            told => still(State::Who { card, then }, told),
        },
        State::Card { card, then } => in_card(card, then, told, world),
        State::Young { card, then, years } => match told {
            Told::Act(Act::Correct) | Told::Back => Ok(Turn::To(correct(card, then, Vec::new()))),
            told => still(State::Young { card, then, years }, told),
        },
        State::Contact { card, form } => contact(card, form, told, world),
        State::Gathering { card, ask, taken, gather } => gathering(card, ask, taken, gather, told, world),
        State::Applying { card, kept, applying } => {
            let apply = |world: &World| apply(&card, kept.sent, world);
            let turn = applying::told(applying, told, world, apply)?;
            Ok(applied(card, kept, turn, world))
        }
        State::Barred { card, kept, bar } => match told {
            Told::Act(Act::TryAgain) => Ok(Turn::To(submit(card, kept, world))),
            Told::Act(Act::Status) if bar == Bar::PhoneTaken => Ok(Turn::Done(Go::Leave(Journey::Status))),
            Told::Act(Act::Correct) | Told::Back => Ok(Turn::To(correct(card, Then::Apply(kept), Vec::new()))),
            told => still(State::Barred { card, kept, bar }, told),
        },
        State::Received { receipt } => match told {
            Told::Act(Act::Status) => Ok(Turn::Done(Go::Journey(Journey::Status))),
            Told::Act(Act::Home) => Ok(Turn::Done(Go::Home)),
            told => still(State::Received { receipt }, told),
        },
    }
}

/// A page that nothing but its buttons moves.
fn still(state: State, told: &Told) -> Moved {
    match told {
        Told::Tick | Told::Online | Told::Resumed => Ok(Turn::To(state)),
        Told::Reply(..) => Err(Unfit::Stale),
        _ => Err(Unfit::Here),
    }
}

/// When the page changes by itself.
pub(crate) fn wake(state: &State, now: UnixTime) -> Option<UnixTime> {
    match state {
        State::Gathering { gather, .. } => gather::wake(gather, now),
        State::Applying { applying, .. } => applying.work.wake(),
        _ => None,
    }
}

/// What the holder is about to do, for the risk signals.
pub(crate) fn guarded(state: &State) -> Option<Guarded> {
    match state {
        State::Gathering { gather, .. } => gather::guarded(gather, GUARDED),
        // From the review of a card that was corrected the last call goes out at once.
        State::Applying { .. } | State::Card { card: card::State::Review { .. }, then: Then::Apply(_) } => {
            Some(GUARDED)
        }
        _ => None,
    }
}

/// Words that the password must not be made of.
pub(super) fn personal(card: &Card, ask: &Ask) -> Vec<Secret> {
    let details = &card.details;
    let address = if let OtpSubject::Address { address } = &ask.subject { Some(address) } else { None };
    let on_card = [&details.name, &details.id_number, &details.birth_date, &details.address];
    let words = on_card.into_iter().chain(&details.old_id_number).chain(address);
    words.cloned().map(Secret::new).collect()
}

fn correct(card: Box<Card>, then: Then, wrong: Vec<WireField>) -> State {
    State::Card { card: card::correct(*card, wrong), then }
}

fn in_card(card: card::State, then: Then, told: &Told, world: &mut World) -> Moved {
    let before = card.clone();
    Ok(match card::told(card, told, world)? {
        Turn::To(card) => Turn::To(State::Card { card, then }),
        Turn::Done(card) => {
            let (years, card) = (too_young(&card, world), Box::new(card));
            Turn::To(match (years, then) {
                (Some(years), then) => State::Young { card, then, years },
                (None, Then::Contact(form)) => State::Contact { card, form },
                (None, Then::Apply(kept)) => submit(card, kept, world),
            })
        }
        Turn::Back => match then {
            // What was given before must not be lost for one swipe.
            Then::Apply(_) => Turn::Back,
            then @ Then::Contact(_) => Turn::To(State::Who { card: before, then }),
        },
    })
}

/// The age that the service asks for, where the card's holder is younger. The service decides; it spares the way there.
fn too_young(card: &Card, world: &World) -> Option<u8> {
    let years = world.shared.policy.as_ref()?.minimum_age;
    let age = CalendarDate::from_iso(&card.details.birth_date)?.age_on(world.now.today())?;
    (age < years.into()).then_some(years)
}

fn contact(card: Box<Card>, form: Form, told: &Told, world: &mut World) -> Moved {
    Ok(Turn::To(match told {
        Told::Field(..) | Told::Choose { .. } => {
            let contact = form.contact.clone().told(told)?;
            State::Contact { card, form: Form { contact, refused: false, ..form } }
        }
        Told::Act(Act::Continue) => match form.contact.address() {
            Ok(address) if !form.refused => {
                let subject = OtpSubject::Address { address };
                let ask = Ask { purpose: OtpPurpose::Register, channel: form.contact.channel, subject };
                let gather = gather::begin_with(world, ask.clone(), form.given);
                State::Gathering { card, ask, taken: form.given.taken, gather }
            }
            _ => State::Contact { card, form: Form { tried: true, ..form } },
        },
        Told::Back => {
            let card = card::State::Review { source: card.details.source, entry: card.entry };
            State::Card { card, then: Then::Contact(form) }
        }
        told => return still(State::Contact { card, form }, told),
    }))
}

fn gathering(
    card: Box<Card>,
    ask: Ask,
    taken: Option<u64>,
    gather: gather::State,
    told: &Told,
    world: &mut World,
) -> Moved {
    let given = gather.given();
    Ok(Turn::To(match gather::told(gather, told, world, &personal(&card, &ask))? {
        Turn::To(gather) => State::Gathering { card, ask, taken: gather.given().taken.or(taken), gather },
        Turn::Done(sent) => submit(card, Kept { ask, sent, taken }, world),
        Turn::Back => State::Contact { card, form: Form { contact: entered(ask), given, ..Form::default() } },
    }))
}

fn entered(ask: Ask) -> Contact {
    match ask.subject {
        OtpSubject::Address { address } => Contact::of(ask.channel, address),
        OtpSubject::Account { .. } => Contact::default(),
    }
}

/// Everything is with the service; if the phone is not safe any more, the holder looks at it again.
fn submit(card: Box<Card>, kept: Kept, world: &mut World) -> State {
    if !world.is_open(GUARDED) {
        return look_again(card, kept);
    }
    let apply = apply(&card, kept.sent, world);
    State::Applying { applying: applying::begin(world, apply), card, kept }
}

fn apply(card: &Card, Sent { code, portrait, password }: Sent, world: &World) -> Do {
    Do::Apply(Box::new(ApplicationRequest {
        card: card.details.clone(),
        otp_challenges: vec![code.challenge],
        password: password.id,
        portrait,
        consents: world.shared.consents.clone(),
    }))
}

/// The page that sends it.
fn look_again(card: Box<Card>, kept: Kept) -> State {
    let Kept { ask, sent, taken } = kept;
    State::Gathering { card, gather: gather::all(ask.clone(), sent), ask, taken }
}

fn applied(card: Box<Card>, kept: Kept, turn: Turn<applying::State, Came>, world: &mut World) -> Turn<State, Go> {
    let came = match turn {
        Turn::To(applying) => return Turn::To(State::Applying { card, kept, applying }),
        Turn::Back => return Turn::Back,
        Turn::Done(came) => came,
    };
    let Kept { ask, sent, taken } = kept.clone();
    let gather = match came {
        Came::Arrived(application) => return Turn::To(received(*card, taken, &application, world)),
        Came::NotSent => gather::all(ask.clone(), sent),
        Came::Again(missing) => gather::again(world, ask.clone(), sent, missing),
        Came::SamePortrait => gather::same_portrait(world, ask.clone(), sent, taken),
        Came::Password => gather::other_password(world, ask.clone(), sent),
        Came::Fields(fields) => return Turn::To(wrong(card, kept, fields)),
        Came::Consent => return Turn::Done(Go::anew(Journey::Enrol, world)),
        Came::Barred(bar) => {
            world.request(Request::Warning);
            return Turn::To(State::Barred { card, kept, bar });
        }
    };
    Turn::To(State::Gathering { card, ask, taken, gather })
}

fn wrong(card: Box<Card>, kept: Kept, fields: Vec<WireField>) -> State {
    if fields.iter().any(|field| is_of_card(*field)) {
        return correct(card, Then::Apply(kept), fields);
    }
    let Kept { ask, sent: Sent { portrait, password, .. }, taken } = kept;
    let given = Given { code: None, portrait: Some(portrait), password: Some(password), taken };
    State::Contact { card, form: Form { contact: entered(ask), tried: true, refused: true, given } }
}

/// The service has it: what was gathered goes, but for the card, which may have to be corrected.
fn received(card: Card, taken: Option<u64>, application: &Application, world: &mut World) -> State {
    // Another way that was begun meanwhile may have taken the one that is held.
    if taken.is_none_or(|taken| taken == world.shared.portraits) {
        world.held.drop_portrait();
    }
    let is_ended = matches!(application.state, ApplicationState::Approved | ApplicationState::Stopped);
    world.shared.number = Some(card.details.id_number);
    world.shared.entry = (!is_ended).then_some(card.entry);
    world.shared.has_applied = true;
    world.request(Request::Success);
    let (sent_at, is_decided) = (world.time(), !application.is_open());
    State::Received { receipt: Receipt { sent_at, expected_by: expected(application, sent_at), is_decided } }
}
