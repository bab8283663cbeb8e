//! What happens to the card.

use citizen_card::{CardField, parse};
use citizen_protocol::wire::{CardSource, WireField};

use super::entry::{Entry, SEXES, card_field, details};
use super::page::hint_text;
use super::state::{Card, State};
use crate::effect::Request;
use crate::event::CameraFault;
use crate::ids::{Act, FieldId};
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

/// From this stage of the scanner on typing is the first way (20 seconds without a card).
const LONG: u8 = 1;

pub(crate) fn begin() -> State {
    scan(Entry::default())
}

/// With what is known already, for who would rather type.
pub(crate) fn scan(entry: Entry) -> State {
    State::Scanning { hint: None, is_long: false, fault: None, entry }
}

/// Again, because the service found fields wrong.
pub(crate) fn correct(card: Card, wrong: Vec<WireField>) -> State {
    State::Typing { entry: card.entry, tried: false, wrong }
}

pub(crate) fn told(state: State, told: &Told, world: &mut World) -> Result<Turn<State, Card>, Unfit> {
    match (state, told) {
        (state, Told::Tick | Told::Online | Told::Resumed) => Ok(Turn::To(state)),
        (_, Told::Reply(..)) => Err(Unfit::Stale),
        (State::Scanning { hint, is_long, fault, entry }, told) => scanning(hint, is_long, fault, entry, told, world),
        (State::Review { entry, source }, Told::Act(Act::Continue)) => Ok(reviewed(entry, source, world)),
        (State::Review { entry, .. }, Told::Act(Act::Correct))
        | (State::Review { entry, source: CardSource::Typed }, Told::Back) => {
            Ok(Turn::To(State::Typing { entry, tried: false, wrong: Vec::new() }))
        }
        (State::Typing { entry, .. } | State::Review { entry, .. }, Told::Act(Act::ScanCard) | Told::Back) => {
            Ok(Turn::To(scan(entry)))
        }
        (State::Typing { entry, tried, wrong }, told) => typing(entry, tried, wrong, told, world),
        _ => Err(Unfit::Here),
    }
}

fn scanning(
    hint: Option<String>,
    is_long: bool,
    fault: Option<CameraFault>,
    entry: Entry,
    told: &Told,
    world: &mut World,
) -> Result<Turn<State, Card>, Unfit> {
    Ok(match told {
        // Checked again: a shell could hand over anything.
        Told::Card(payload) => {
            let reading = parse(payload, world.now.today()).map_err(|_| Unfit::Here)?;
            world.request(Request::Success);
            Turn::To(State::Review { entry: Entry::of(&reading.card), source: CardSource::Scanned })
        }
        Told::CameraHint { hint, stage } if hint_text(hint).is_some() => {
            let is_long = is_long || *stage >= LONG;
            Turn::To(State::Scanning { hint: Some(hint.clone()), is_long, fault: None, entry })
        }
        Told::CameraFault(fault) => Turn::To(State::Scanning { hint: None, is_long, fault: Some(*fault), entry }),
        Told::Act(Act::TypeByHand) => Turn::To(State::Typing { entry, tried: false, wrong: Vec::new() }),
        Told::Act(Act::TryAgain) if fault.is_some() => Turn::To(State::Scanning { hint, is_long, fault: None, entry }),
        // Back from there, the camera is tried again.
        Told::Act(Act::OpenSettings) if fault.is_some() => {
            world.request(Request::OpenSettings);
            Turn::To(State::Scanning { hint, is_long, fault: None, entry })
        }
        Told::Back => Turn::Back,
        _ => return Err(Unfit::Here),
    })
}

fn typing(
    mut entry: Entry,
    tried: bool,
    mut wrong: Vec<WireField>,
    told: &Told,
    world: &mut World,
) -> Result<Turn<State, Card>, Unfit> {
    let field = match told {
        Told::Field(id, text) => {
            let field = card_field(*id).ok_or(Unfit::Here)?;
            entry.put(field, text.clone());
            Some(field)
        }
        Told::Choose { choice, option, chosen: true } if choice == FieldId::Sex.id() => {
            let (sex, _) = SEXES.into_iter().find(|(_, id)| id == option).ok_or(Unfit::Here)?;
            entry.put(CardField::Sex, sex.to_string());
            Some(CardField::Sex)
        }
        Told::Act(Act::Continue) => None,
        _ => return Err(Unfit::Here),
    };
    if let Some(field) = field {
        wrong.retain(|one| *one != wire_field(field));
        return Ok(Turn::To(State::Typing { entry, tried, wrong }));
    }
    Ok(Turn::To(if entry.card(world.now.today()).is_some() {
        State::Review { entry, source: CardSource::Typed }
    } else {
        world.request(Request::Warning);
        State::Typing { entry, tried: true, wrong }
    }))
}

fn reviewed(entry: Entry, source: CardSource, world: &World) -> Turn<State, Card> {
    match entry.card(world.now.today()) {
        Some(reading) => {
            let details = details(&reading.card, source);
            Turn::Done(Card { entry, details })
        }
        // A clock that went back: the card is of tomorrow now.
        None => Turn::To(State::Typing { entry, tried: true, wrong: Vec::new() }),
    }
}

pub(super) fn wire_field(field: CardField) -> WireField {
    match field {
        CardField::Number => WireField::IdNumber,
        CardField::OldNumber => WireField::OldIdNumber,
        CardField::Name => WireField::Name,
        CardField::BirthDate => WireField::BirthDate,
        CardField::Sex => WireField::Sex,
        CardField::Address => WireField::Address,
        CardField::IssueDate => WireField::IssueDate,
    }
}
