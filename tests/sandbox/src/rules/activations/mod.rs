//! Activation for level 2 (rows R4, R11): of somebody whom an office identified, with the address that was given there.

mod against;
mod decide;
mod store;

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{
    Activation, ActivationRequest, ActivationState, ActivationStatusRequest, Code, CurrentActivationRequest,
    OtpPurpose, WireField,
};

pub(super) use decide::decide_due;
pub(super) use store::Stored;

use super::accounts::Account;
use super::policy::Policy;
use super::refusals::{fields, phone};
use super::{consents, otp, passwords, portraits};
use crate::work::{Caller, Ruling, Work};

/// Activates. Code, password and portrait are used up by it, all or none.
pub(crate) fn activate(work: &Work, caller: &Caller, request: ActivationRequest) -> Ruling<Activation> {
    let phone = phone(caller)?;
    let ActivationRequest { id_number, otp_challenge, password, portrait, consents: given } = request;
    let number = PersonalNumber::parse(&id_number).ok_or_else(|| fields(&[WireField::IdNumber]))?.to_string();
    let open = Stored::open_for(work, &number)?;
    if let Some(own) = open.as_ref().filter(|open| open.phone == phone) {
        return Ok(own.view());
    }
    // The key of a phone serves one account.
    if Account::of_phone(work, phone)?.is_some_and(|account| account.number != number) {
        return Err(Code::KeyInUse.into());
    }
    consents::check(work, &given)?;
    let proven = otp::take(work, phone, otp_challenge, OtpPurpose::Activate)?;
    let password = passwords::take_new(work, phone, password)?;
    portraits::cite(work, phone, portrait)?;
    let wait = Policy::AutomaticReview.value(work)?;
    let mut stored = Stored {
        id: work.new_id()?,
        phone,
        number,
        channel: proven.channel,
        address: proven.address.ok_or(Code::Internal)?,
        state: ActivationState::Comparing,
        password: Some(password),
        portrait: Some(portrait),
        reasons: Vec::new(),
        account: None,
        since: work.now,
        expected_by: Some(work.now.plus(wait)),
        is_for_officer: false,
    };
    if let Some(reason) = stored.against(work)? {
        stored.state = ActivationState::Refused;
        stored.insert(work)?;
        stored.end(work, ActivationState::Refused, vec![reason])?;
        return Ok(stored.view());
    }
    // Said only to who has the address: another phone's is none of a stranger's business.
    Account::by_number(work, &stored.number)?.map_or(Ok(()), |account| account.ensure_open())?;
    if open.is_some() {
        return Err(Code::ApplicationOpen.into());
    }
    stored.insert(work)?;
    consents::keep(work, stored.id, &given)?;
    if wait == 0 {
        stored.automatic(work)?;
    }
    Ok(stored.view())
}

/// How far one is: for the phone that asked, and the account's once there is one.
pub(crate) fn status(work: &Work, caller: &Caller, request: ActivationStatusRequest) -> Ruling<Activation> {
    let phone = phone(caller)?;
    let stored = Stored::by_id(work, request.activation)?.ok_or(Code::NotFound)?;
    let own = Account::of_phone(work, phone)?.map(|account| account.id);
    let is_theirs = stored.phone == phone || own.is_some() && own == stored.account;
    if is_theirs { Ok(stored.view()) } else { Err(Code::NotFound.into()) }
}

/// The one that this phone has under way; else its newest.
pub(crate) fn current(work: &Work, caller: &Caller, _request: CurrentActivationRequest) -> Ruling<Activation> {
    let stored = Stored::current(work, phone(caller)?)?.ok_or(Code::NotFound)?;
    Ok(stored.view())
}
