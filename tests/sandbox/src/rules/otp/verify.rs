//! Trying a code, and citing one that was right.

use citizen_protocol::wire::{Code, Id, OtpChannel, OtpPurpose, OtpVerified, OtpVerifyRequest, UnixTime};
use rusqlite::params;

use super::Challenge;
use crate::rules::refusals::phone;
use crate::rules::sql::{at, name, named, time};
use crate::rules::tries::{Tries, number_in};
use crate::work::{Caller, Refusal, Ruling, Work};

/// How long a code that was right can be cited: registering and activating take a portrait and a password.
fn citable_s(purpose: OtpPurpose, channel: OtpChannel) -> u64 {
    match (purpose, channel) {
        (OtpPurpose::Register | OtpPurpose::Activate, _) => 3_600,
        // NIST SP 800-63B-4, 4.2.1.2: who has lost the phone reads mail elsewhere.
        (OtpPurpose::RecoverDevice, OtpChannel::Email) => 86_400,
        _ => 600,
    }
}

/// Tries a code. The same code again is right again until it ends or was cited: a phone may have died before it heard so.
pub(crate) fn verify(work: &Work, caller: &Caller, request: &OtpVerifyRequest) -> Ruling<OtpVerified> {
    let found = work.row(
        "SELECT * FROM otp_challenges WHERE id = ?1 AND phone = ?2 AND state IN ('open', 'verified')",
        params![request.challenge.0, phone(caller)?.0],
        |row| Ok((Challenge::read(row)?, Kept::read(row)?)),
    )?;
    let (challenge, kept) = found.ok_or(Code::OtpGone)?;
    let purpose = name(&challenge.purpose)?;
    let tries = Tries { subject: &challenge.subject, purpose: &purpose };
    tries.left(work)?;
    if kept.code_until <= work.now {
        return Err(Code::OtpGone.into());
    }
    if !challenge.bound(work, request.code.reveal())?.holds(&kept.mac) {
        return Err(tries.failed(work, Code::OtpWrong)?);
    }
    if let Some(valid_until) = kept.valid_until {
        return Ok(OtpVerified { challenge: challenge.id, valid_until });
    }
    tries.succeeded(work)?;
    let valid_until = work.now.plus(citable_s(challenge.purpose, challenge.channel));
    work.change(
        "UPDATE otp_challenges SET state = 'verified', expires_at = ?2 WHERE id = ?1",
        params![challenge.id.0, at(valid_until)],
    )?;
    Ok(OtpVerified { challenge: challenge.id, valid_until })
}

/// Tries a code and uses it up, in one transaction with what it approves.
pub(super) fn at_once(
    work: &Work,
    phone: Id,
    challenge: Id,
    purpose: OtpPurpose,
    bound_to: &[u8; 32],
    code: &str,
) -> Ruling<()> {
    let purpose = name(&purpose)?;
    let found = work.row(
        "SELECT * FROM otp_challenges WHERE id = ?1 AND phone = ?2 AND purpose = ?3 AND bound_to = ?4 AND state = 'open'",
        params![challenge.0, phone.0, purpose, bound_to],
        |row| Ok((Challenge::read(row)?, Kept::read(row)?)),
    )?;
    let (challenge, kept) = found.ok_or(Code::OtpGone)?;
    let tries = Tries { subject: &challenge.subject, purpose: &purpose };
    tries.left(work)?;
    if kept.code_until <= work.now {
        return Err(Code::OtpGone.into());
    }
    if !challenge.bound(work, code)?.holds(&kept.mac) {
        return Err(tries.failed(work, Code::OtpWrong)?);
    }
    tries.succeeded(work)?;
    work.change("UPDATE otp_challenges SET state = 'used', mac = x'' WHERE id = ?1", [challenge.id.0]).map(drop)
}

/// What is kept of a code.
struct Kept {
    mac: Vec<u8>,
    code_until: UnixTime,
    /// Until when it can be cited, if it was right.
    valid_until: Option<UnixTime>,
}

impl Kept {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        let was_right = row.get::<_, String>("state")? == "verified";
        let valid_until = if was_right { Some(time(row, "expires_at")?) } else { None };
        Ok(Self { mac: row.get("mac")?, code_until: time(row, "code_until")?, valid_until })
    }
}

/// What a verified code proves.
pub(in crate::rules) struct Proven {
    subject: String,
    pub(in crate::rules) channel: OtpChannel,
    /// None for an account that does not exist.
    pub(in crate::rules) address: Option<String>,
}

impl Proven {
    /// Whether it was for that account, from whichever phone it was then.
    pub(in crate::rules) fn is_for(&self, number: &str) -> bool {
        number_in(&self.subject) == Some(number)
    }
}

/// Uses up a code of this phone that was right, for what it was asked for.
pub(in crate::rules) fn take(work: &Work, phone: Id, id: Id, purpose: OtpPurpose) -> Ruling<Proven> {
    let proven = proven(work, phone, id, purpose)?;
    work.change("UPDATE otp_challenges SET state = 'used', mac = x'' WHERE id = ?1", [id.0])?;
    Ok(proven)
}

/// What one proves that can be used up.
pub(in crate::rules) fn proven(work: &Work, phone: Id, id: Id, purpose: OtpPurpose) -> Ruling<Proven> {
    let found = work.row(
        "SELECT subject, channel, address, state, expires_at FROM otp_challenges WHERE id = ?1 AND phone = ?2 AND purpose = ?3",
        params![id.0, phone.0, name(&purpose)?],
        |row| {
            let proven = Proven { subject: row.get(0)?, channel: named(row, "channel")?, address: row.get(2)? };
            Ok((proven, row.get::<_, String>(3)?, time(row, "expires_at")?))
        },
    )?;
    let (proven, state, expires_at) = found.ok_or(Code::OtpGone)?;
    citable(&state, expires_at, work.now)?;
    Ok(proven)
}

fn citable(state: &str, expires_at: UnixTime, now: UnixTime) -> Result<(), Refusal> {
    match state {
        _ if expires_at <= now => Err(Code::OtpGone.into()),
        "verified" => Ok(()),
        "open" => Err(Code::OtpUnverified.into()),
        _ => Err(Code::OtpGone.into()),
    }
}
