//! One-time codes: asked for, sent again, tried, cited. After security.md, section 3.
//!
//! A code is bound to its challenge, purpose, subject, phone and context by a MAC, which is all that is kept of it. Whether an
//! account exists shows in no answer: for one that does not, everything is done but the message.

mod address;
mod mask;
mod send;
mod subject;
mod transfer;
mod verify;

use citizen_protocol::otp::Digits;
use citizen_protocol::otp::message::is_token;
use citizen_protocol::wire::{
    Code, Id, MessagePlatform, OtpChallenge, OtpChallengeRequest, OtpChannel, OtpContext, OtpPurpose, OtpResendRequest,
    UnixTime,
};
use rusqlite::params;

pub(super) use address::{email, mobile};
pub(super) use transfer::{for_transfer, take_for_transfer};
pub(crate) use verify::verify;
pub(super) use verify::{proven, take};

use super::refusals::{line, phone};
use super::sql::{id, json, name, named, parsed, time};
use super::tries::Tries;
use crate::work::{Caller, Ruling, Work};

/// The longest model or place, in characters.
const MAX_CONTEXT: usize = 64;

/// Asks for a code.
pub(crate) fn challenge(work: &Work, caller: &Caller, request: OtpChallengeRequest) -> Ruling<OtpChallenge> {
    let phone = phone(caller)?;
    ensure_readable(&request.context, &request.platform)?;
    let subject = subject::resolve(work, phone, &request)?;
    let fresh = Challenge {
        id: work.new_id()?,
        phone,
        purpose: request.purpose,
        channel: request.channel,
        subject: subject.name,
        address: subject.address,
        masked: subject.masked,
        platform: request.platform,
        context: request.context,
        bound_to: None,
    };
    send::first(work, &fresh)
}

/// What goes into a message fits there.
fn ensure_readable(context: &OtpContext, platform: &MessagePlatform) -> Ruling<()> {
    line(&context.device, MAX_CONTEXT)?;
    line(context.place.as_deref().unwrap_or_default(), MAX_CONTEXT)?;
    match platform {
        MessagePlatform::Android { token } if !is_token(token) => Err(Code::BadRequest.into()),
        _ => Ok(()),
    }
}

/// Asks for the code's successor.
pub(crate) fn resend(work: &Work, caller: &Caller, request: OtpResendRequest) -> Ruling<OtpChallenge> {
    let phone = phone(caller)?;
    let found = work.row(
        "SELECT * FROM otp_challenges WHERE id = ?1 AND phone = ?2 AND state = 'open'",
        params![request.challenge.0, phone.0],
        Challenge::read,
    )?;
    send::again(work, &found.ok_or(Code::OtpGone)?)
}

/// What stays the same from one code to the next.
struct Challenge {
    id: Id,
    phone: Id,
    purpose: OtpPurpose,
    channel: OtpChannel,
    /// `account <number>`, `account <number> (own phone)` or `address <address>`.
    subject: String,
    /// None: no such account, and no message.
    address: Option<String>,
    masked: String,
    platform: MessagePlatform,
    context: OtpContext,
    /// What else it approves: a transfer's endorsement.
    bound_to: Option<[u8; 32]>,
}

impl Challenge {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: id(row, "id")?,
            phone: id(row, "phone")?,
            purpose: named(row, "purpose")?,
            channel: named(row, "channel")?,
            subject: row.get("subject")?,
            address: row.get("address")?,
            masked: row.get("masked")?,
            platform: parsed(row, "platform")?,
            context: parsed(row, "context")?,
            bound_to: row.get("bound_to")?,
        })
    }

    /// Everything that a code is bound to, and the code.
    fn bound(&self, work: &Work, code: &str) -> Ruling<Bound> {
        let parts = vec![
            self.id.0.to_vec(),
            self.phone.0.to_vec(),
            name(&self.purpose)?.into(),
            self.subject.clone().into(),
            json(&self.context)?.into(),
            self.bound_to.map(Vec::from).unwrap_or_default(),
            code.into(),
        ];
        Ok(Bound { key: super::crypto::mac_key(work, super::crypto::Mac::Otp)?, parts })
    }

    fn answer(&self, work: &Work, code: &SentCode) -> Ruling<OtpChallenge> {
        let purpose = name(&self.purpose)?;
        Ok(OtpChallenge {
            id: self.id,
            purpose: self.purpose,
            channel: self.channel,
            masked_address: self.masked.clone(),
            digits: Digits::SIX.count() as u8,
            expires_at: code.expires_at,
            resend_at: code.resend_at,
            attempts_left: Tries { subject: &self.subject, purpose: &purpose }.left(work)?,
            locked_until: None,
            reference: code.reference.clone(),
            context: self.context.clone(),
        })
    }
}

/// The times and the reference of a code that went out.
struct SentCode {
    expires_at: UnixTime,
    resend_at: UnixTime,
    reference: String,
}

impl SentCode {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let (expires_at, resend_at) = (time(row, "code_until")?, time(row, "resend_at")?);
        Ok(Self { expires_at, resend_at, reference: row.get("reference")? })
    }
}

/// What a code's MAC covers.
struct Bound {
    key: ring::hmac::Key,
    parts: Vec<Vec<u8>>,
}

impl Bound {
    fn slices(&self) -> Vec<&[u8]> {
        self.parts.iter().map(Vec::as_slice).collect()
    }

    fn mac(&self) -> [u8; 32] {
        super::crypto::mac(&self.key, &self.slices())
    }

    fn holds(&self, tag: &[u8]) -> bool {
        super::crypto::mac_holds(&self.key, &self.slices(), tag)
    }
}
