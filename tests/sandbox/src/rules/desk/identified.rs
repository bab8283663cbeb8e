//! Identified in person (row R11): the citizen activates the account in the app, with the address that was given here.

use citizen_protocol::wire::{Code, OtpChannel, UnixTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::citizens::number;
use crate::rules::day::day;
use crate::rules::identifications::Identification;
use crate::rules::policy::Policy;
use crate::rules::records::Record;
use crate::rules::{otp, outbox};
use crate::work::{Ruling, Work};

/// Says that an officer has identified somebody in person. A phone number, an email address, or both.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentifiedInPerson {
    /// The citizen's number, or the foreigner's generated one.
    pub(crate) id_number: String,
    /// Mobile number that the activation goes by.
    pub(crate) phone: Option<String>,
    /// Email address that the activation goes by.
    pub(crate) email: Option<String>,
}

/// Identified. The request to activate went out as a message.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub(crate) struct Identified {
    /// Until then it can be activated.
    pub(crate) expires_at: UnixTime,
}

/// Writes it down, in place of an earlier one, and asks the citizen to activate.
pub(crate) fn identified(work: &Work, request: IdentifiedInPerson) -> Ruling<Identified> {
    let IdentifiedInPerson { id_number, phone, email } = request;
    let number = number(&id_number)?;
    Record::of(work, &number)?.filter(|record| !record.is_deceased).ok_or(Code::NotFound)?;
    let sms = phone.map(|text| otp::mobile(&text).ok_or(Code::BadRequest)).transpose()?;
    let email = email.map(|text| otp::email(&text).ok_or(Code::BadRequest)).transpose()?;
    if sms.is_none() && email.is_none() {
        return Err(Code::BadRequest.into());
    }
    let expires_at = work.now.plus(Policy::IdentificationValid.value(work)?);
    let identification = Identification { sms, email, expires_at };
    identification.write(work, &number)?;
    let letter = letter(expires_at)?;
    for channel in [OtpChannel::Sms, OtpChannel::Email] {
        outbox::send(work, channel, identification.address(channel), &letter)?;
    }
    Ok(Identified { expires_at })
}

/// Without the number: whoever reads along learns nothing of whom it is for.
fn letter(until: UnixTime) -> Ruling<String> {
    let day = day(until)?;
    Ok(format!(
        "Ban da duoc xac minh tai co quan. Mo ung dung, chon Kich hoat truoc ngay {day}, dung chinh dia chi nay.\n\
         You were identified in person: open the app and activate before {day}, with this very address."
    ))
}
