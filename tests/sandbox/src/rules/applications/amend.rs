//! What was wrong, again: an amendment of a rejected application.

use citizen_protocol::wire::{AmendRequest, Application, ApplicationState, CardDetails, Code, Remedy, WireField};

use super::store::Stored;
use super::{card, decide};
use crate::rules::day::day;
use crate::rules::portraits;
use crate::rules::records::Record;
use crate::rules::refusals::phone;
use crate::work::{Caller, Ruling, Work};

/// Takes an amendment: exactly what the reasons ask for, from the phone that applied.
pub(crate) fn amend(work: &Work, caller: &Caller, request: AmendRequest) -> Ruling<Application> {
    let phone = phone(caller)?;
    let AmendRequest { application, card, portrait } = request;
    let found = Stored::by_id(work, application)?.filter(|stored| stored.phone == phone);
    let mut stored = found.ok_or(Code::NotFound)?;
    let needs = |remedy| stored.reasons.iter().any(|reason| reason.remedy == remedy);
    let asked = (needs(Remedy::CorrectEntry), needs(Remedy::NewPortrait));
    if stored.state != ApplicationState::Rejected || asked != (card.is_some(), portrait.is_some()) {
        return Err(Code::NotAmendable.into());
    }
    if let Some(portrait) = portrait {
        portraits::cite(work, phone, portrait)?;
        stored.portrait = Some(portrait);
    }
    if let Some(details) = card {
        corrected(work, &mut stored, details)?;
    } else {
        held_by_nobody_else(work, &stored)?;
        decide::review(work, &mut stored)?;
    }
    Ok(stored.view())
}

/// A card whose entry was wrong is compared again. Another number is only taken where the number was the mistake.
fn corrected(work: &Work, stored: &mut Stored, details: CardDetails) -> Ruling<()> {
    let today = day(work.now)?;
    let read = card::read(&details, today)?;
    let number = read.number().to_string();
    let may_change = stored.reasons.iter().any(|reason| reason.field == Some(WireField::IdNumber));
    if number != stored.number && !may_change {
        return Err(Code::NotAmendable.into());
    }
    card::consistent(&read, Record::of(work, &number)?.as_ref())?;
    let before = stored.card.as_ref().and_then(|before| card::read(before, today).ok());
    stored.number = number;
    held_by_nobody_else(work, stored)?;
    let source = details.source;
    stored.card = Some(details);
    decide::compare(work, stored, (&read, source), before.as_ref())
}

/// Somebody else's application for the number may have come in between.
fn held_by_nobody_else(work: &Work, stored: &Stored) -> Ruling<()> {
    match Stored::in_review_for(work, &stored.number)? {
        Some(other) if other.id != stored.id => Err(Code::ApplicationOpen.into()),
        _ => Ok(()),
    }
}
