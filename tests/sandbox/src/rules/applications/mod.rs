//! Registration for level 1 (rows R3, R10, R15): applied for, compared, reviewed, amended.

mod amend;
mod card;
mod compare;
mod decide;
mod slips;
mod store;
mod view;

use citizen_protocol::wire::{
    Application, ApplicationRequest, ApplicationState, ApplicationStatusRequest, Code, CurrentApplicationRequest, Id,
    OtpChannel, OtpPurpose, WireField,
};

pub(crate) use amend::amend;
pub(super) use decide::{approve, decide_due, refuse};
pub(super) use store::Stored;

use super::accounts::Account;
use super::day::day;
use super::records::Record;
use super::refusals::{fields, phone};
use super::{consents, otp, passwords, portraits};
use crate::work::{Caller, Ruling, Work};

/// Applies. Codes, password and portrait are used up by it, all or none.
pub(crate) fn apply(work: &Work, caller: &Caller, request: ApplicationRequest) -> Ruling<Application> {
    let phone = phone(caller)?;
    let ApplicationRequest { card: details, otp_challenges, password, portrait, consents: given } = request;
    let card = card::read(&details, day(work.now)?)?;
    let number = card.number().to_string();
    card::consistent(&card, Record::of(work, &number)?.as_ref())?;
    if let Some(open) = under_way(work, phone, &number)? {
        return Ok(open.view());
    }
    consents::check(work, &given)?;
    let contacts = Contacts::take(work, phone, &otp_challenges)?;
    let password = passwords::take_new(work, phone, password)?;
    portraits::cite(work, phone, portrait)?;
    let source = details.source;
    let mut stored = Stored {
        id: work.new_id()?,
        phone,
        number,
        state: ApplicationState::InReview,
        card: Some(details),
        sms: contacts.sms,
        email: contacts.email,
        password: Some(password),
        portrait: Some(portrait),
        reasons: Vec::new(),
        failed_step: None,
        account: None,
        received_at: work.now,
        decided_at: None,
        expected_by: None,
        is_for_officer: false,
    };
    stored.insert(work)?;
    consents::keep(work, stored.id, &given)?;
    decide::compare(work, &mut stored, (&card, source), None)?;
    Ok(stored.view())
}

/// How far one is: for the phone that sent it, or the account's.
pub(crate) fn status(work: &Work, caller: &Caller, request: ApplicationStatusRequest) -> Ruling<Application> {
    let phone = phone(caller)?;
    let stored = Stored::by_id(work, request.application)?.ok_or(Code::NotFound)?;
    let of_account = match stored.account {
        Some(account) => Account::by_id(work, account)?.and_then(|account| account.phone),
        None => None,
    };
    let is_theirs = stored.phone == phone || of_account == Some(phone);
    if is_theirs { Ok(stored.view()) } else { Err(Code::NotFound.into()) }
}

/// The one that this phone, or the account it is bound to, has under way; else the newest.
pub(crate) fn current(work: &Work, caller: &Caller, _request: CurrentApplicationRequest) -> Ruling<Application> {
    let stored = Stored::current(work, phone(caller)?)?.ok_or(Code::NotFound)?;
    Ok(stored.view())
}

/// What this phone or this number has under way. The same again from the same phone is answered with what is there; a rejected one
/// gives way to a new one.
fn under_way(work: &Work, phone: Id, number: &str) -> Ruling<Option<Stored>> {
    if let Some(other) = Stored::in_review_for(work, number)? {
        return if other.phone == phone { Ok(Some(other)) } else { Err(Code::ApplicationOpen.into()) };
    }
    // The key of a phone serves one account. Its own application again, whose answer was lost, is answered with what became of it.
    if let Some(account) = Account::of_phone(work, phone)? {
        let own = if account.number == number { Stored::of_account(work, account.id)? } else { None };
        return own.map(Some).ok_or_else(|| Code::KeyInUse.into());
    }
    match Stored::open_of(work, phone)? {
        Some(open) if open.state == ApplicationState::Rejected => open.withdraw(work).map(|()| None),
        Some(_) => Err(Code::KeyInUse.into()),
        None => Ok(None),
    }
}

/// Addresses that codes have proven.
#[derive(Default)]
struct Contacts {
    sms: Option<String>,
    email: Option<String>,
}

impl Contacts {
    /// One or two, each on its own channel.
    fn take(work: &Work, phone: Id, challenges: &[Id]) -> Ruling<Self> {
        let mut contacts = Self::default();
        if challenges.is_empty() {
            return Err(fields(&[WireField::Contact]));
        }
        for challenge in challenges {
            let proven = otp::take(work, phone, *challenge, OtpPurpose::Register)?;
            let place = match proven.channel {
                OtpChannel::Sms => &mut contacts.sms,
                OtpChannel::Email => &mut contacts.email,
            };
            if std::mem::replace(place, proven.address).is_some() {
                return Err(fields(&[WireField::Contact]));
            }
        }
        Ok(contacts)
    }
}
