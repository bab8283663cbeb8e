//! Who a code is for.

use citizen_card::PersonalNumber;
use citizen_protocol::wire::{Code, Id, OtpChallengeRequest, OtpChannel, OtpPurpose, OtpSubject, WireField};

use super::address::{email, mobile};
use super::mask::{hidden, masked};
use crate::rules::accounts::Account;
use crate::rules::refusals::fields;
use crate::rules::tries::of_account as counted_for;
use crate::work::{Ruling, Work};

pub(super) struct Subject {
    pub(super) name: String,
    pub(super) address: Option<String>,
    pub(super) masked: String,
}

/// An address that is to be proven goes with registering and activating, an account with everything else.
pub(super) fn resolve(work: &Work, phone: Id, request: &OtpChallengeRequest) -> Ruling<Subject> {
    match (&request.subject, request.purpose) {
        (OtpSubject::Address { address }, OtpPurpose::Register | OtpPurpose::Activate) => {
            of_address(request.channel, address)
        }
        (
            OtpSubject::Account { id_number },
            OtpPurpose::SignIn | OtpPurpose::Recover | OtpPurpose::RecoverDevice | OtpPurpose::Rekey,
        ) => of_account(work, phone, request, id_number),
        (OtpSubject::Address { .. }, _) => Err(fields(&[WireField::IdNumber])),
        (OtpSubject::Account { .. }, OtpPurpose::Register | OtpPurpose::Activate | OtpPurpose::Transfer) => {
            Err(fields(&[WireField::Contact]))
        }
    }
}

fn of_address(channel: OtpChannel, text: &str) -> Ruling<Subject> {
    let (right, other) = match channel {
        OtpChannel::Sms => (mobile(text), email(text)),
        OtpChannel::Email => (email(text), mobile(text)),
    };
    match (right, other) {
        (Some(address), _) => {
            let masked = masked(channel, &address);
            Ok(Subject { name: format!("address {address}"), masked, address: Some(address) })
        }
        (None, Some(_)) => Err(Code::ChannelUnavailable.into()),
        (None, None) => Err(fields(&[WireField::Contact])),
    }
}

/// Only the account's own phone is told which address it is, that there is no such address, or that a phone is not the account's;
/// anybody else gets one answer for every number.
fn of_account(work: &Work, phone: Id, request: &OtpChallengeRequest, number: &str) -> Ruling<Subject> {
    let number = PersonalNumber::parse(number).ok_or_else(|| fields(&[WireField::IdNumber]))?.to_string();
    let account = Account::by_number(work, &number)?;
    let is_own = account.as_ref().is_some_and(|account| account.phone == Some(phone));
    let address = account.as_ref().and_then(|account| account.address(request.channel)).map(str::to_owned);
    if request.purpose == OtpPurpose::Rekey && !is_own {
        return Err(Code::NotTheDevice.into());
    }
    let masked = match &address {
        Some(address) if is_own => masked(request.channel, address),
        None if is_own => return Err(Code::ChannelUnavailable.into()),
        _ => hidden(request.channel),
    };
    Ok(Subject { name: counted_for(&number, is_own), address, masked })
}
