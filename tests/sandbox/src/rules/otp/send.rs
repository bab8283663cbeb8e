//! Sending a code: how often, to whom, and what the database keeps of it.

use citizen_protocol::otp::message::{MessageText, body};
use citizen_protocol::otp::read::typed;
use citizen_protocol::otp::{Digits, Reference};
use citizen_protocol::wire::{Code, OtpChallenge, OtpChannel, UnixTime};
use rusqlite::params;

use super::{Challenge, SentCode};
use crate::identity::HOST;
use crate::rules::crypto::number_below;
use crate::rules::outbox;
use crate::rules::refusals::wait;
use crate::rules::sql::{at, json, name, time};
use crate::rules::tries::{Tries, of_address};
use crate::work::{Ruling, Work};

/// Seconds until another code may be asked for: after the first, the second, each later one.
const RESEND_S: [u64; 3] = [60, 120, 300];
const HOUR_S: u64 = 3_600;
const MESSAGES_AN_HOUR: i64 = 5;

fn life_s(channel: OtpChannel) -> u64 {
    match channel {
        OtpChannel::Sms => 180,
        OtpChannel::Email => 600,
    }
}

/// The first code of a challenge. Asked again for the same before another code may be sent, the phone gets the challenge that it has: it
/// may have died before it heard of it, and the holder has the message. Anything else waits as long as a resend does.
pub(super) fn first(work: &Work, challenge: &Challenge) -> Ruling<OtpChallenge> {
    if let Some(sent) = still_waits(work, challenge)? {
        return Ok(sent);
    }
    let sends = may_send(work, challenge)?;
    work.change(
        "INSERT INTO otp_challenges (id, phone, purpose, channel, subject, address, masked, platform, context, bound_to, \
         reference, mac, sends, state, code_until, expires_at, resend_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '', x'', 0, 'open', 0, 0, 0)",
        params![
            challenge.id.0,
            challenge.phone.0,
            name(&challenge.purpose)?,
            name(&challenge.channel)?,
            challenge.subject,
            challenge.address,
            challenge.masked,
            json(&challenge.platform)?,
            json(&challenge.context)?,
            challenge.bound_to,
        ],
    )?;
    send(work, challenge, sends)
}

/// What the same phone was answered when it asked for the same, while it has to wait for another code.
fn still_waits(work: &Work, challenge: &Challenge) -> Ruling<Option<OtpChallenge>> {
    let found = work.row(
        "SELECT * FROM otp_challenges WHERE phone = ?1 AND subject = ?2 AND purpose = ?3 AND channel = ?4 AND state = 'open' \
         AND platform = ?5 AND context = ?6 AND resend_at > ?7 AND code_until > ?7 AND bound_to IS ?8",
        params![
            challenge.phone.0,
            challenge.subject,
            name(&challenge.purpose)?,
            name(&challenge.channel)?,
            json(&challenge.platform)?,
            json(&challenge.context)?,
            at(work.now),
            challenge.bound_to,
        ],
        |row| Ok((Challenge::read(row)?, SentCode::read(row)?)),
    )?;
    found.map(|(challenge, code)| challenge.answer(work, &code)).transpose()
}

/// A code in place of the one before.
pub(super) fn again(work: &Work, challenge: &Challenge) -> Ruling<OtpChallenge> {
    let sends = may_send(work, challenge)?;
    send(work, challenge, sends)
}

/// Refuses while tries are locked, too soon, or after five in an hour; else says how many went out before this one, in this row of
/// codes that nobody has given yet.
fn may_send(work: &Work, challenge: &Challenge) -> Ruling<u16> {
    let purpose = name(&challenge.purpose)?;
    Tries { subject: &challenge.subject, purpose: &purpose }.left(work)?;
    let before = work.row(
        "SELECT sends, resend_at FROM otp_challenges WHERE subject = ?1 AND purpose = ?2 AND state IN ('open', 'void') \
         ORDER BY resend_at DESC LIMIT 1",
        params![challenge.subject, purpose],
        |row| Ok((row.get::<_, u16>("sends")?, time(row, "resend_at")?)),
    )?;
    if let Some((_, resend_at)) = before
        && resend_at > work.now
    {
        return Err(wait(Code::OtpTooSoon, work.now, resend_at));
    }
    hourly(work, &challenge.subject)?;
    let row = before.filter(|(_, resend_at)| resend_at.plus(HOUR_S) > work.now);
    Ok(row.map_or(0, |(sends, _)| sends))
}

/// At most five an hour.
fn hourly(work: &Work, subject: &str) -> Ruling<()> {
    let hour_ago = UnixTime(work.now.0.saturating_sub(HOUR_S));
    let found = work.row(
        "SELECT COUNT(*), MIN(at) AS at FROM otp_sends WHERE subject = ?1 AND at > ?2",
        params![subject, at(hour_ago)],
        |row| {
            let count = row.get::<_, i64>(0)?;
            Ok((count, if count > 0 { time(row, "at")? } else { UnixTime(0) }))
        },
    )?;
    match found {
        Some((count, first)) if count >= MESSAGES_AN_HOUR => Err(wait(Code::RateLimited, work.now, first.plus(HOUR_S))),
        _ => Ok(()),
    }
}

fn send(work: &Work, challenge: &Challenge, sends: u16) -> Ruling<OtpChallenge> {
    let digits = format!("{:06}", number_below(work, 1_000_000)?);
    let reference = Reference::from_random(work.random_bytes()?);
    let wait_s = RESEND_S.get(usize::from(sends)).or(RESEND_S.last()).copied().unwrap_or(HOUR_S);
    let life_s = life_s(challenge.channel);
    let code = SentCode {
        expires_at: work.now.plus(life_s),
        resend_at: work.now.plus(wait_s),
        reference: reference.to_string(),
    };
    let purpose = name(&challenge.purpose)?;
    work.change(
        "UPDATE otp_challenges SET state = 'void' WHERE subject = ?1 AND purpose = ?2 AND state = 'open' AND id <> ?3",
        params![challenge.subject, purpose, challenge.id.0],
    )?;
    work.change(
        "UPDATE otp_challenges SET mac = ?2, reference = ?3, sends = ?4, code_until = ?5, expires_at = ?5, \
         resend_at = ?6 WHERE id = ?1",
        params![
            challenge.id.0,
            challenge.bound(work, &digits)?.mac(),
            code.reference,
            sends.saturating_add(1),
            at(code.expires_at),
            at(code.resend_at),
        ],
    )?;
    count(work, &challenge.subject, true)?;
    let typed = typed(&digits, Digits::SIX).map_err(|_| Code::Internal)?;
    let text = MessageText {
        purpose: challenge.purpose,
        code: &typed,
        reference,
        context: &challenge.context,
        minutes: (life_s / 60) as u8,
    };
    let body = body(&text, &challenge.platform, HOST).map_err(|_| Code::BadRequest)?;
    deliver(work, challenge, &body)?;
    challenge.answer(work, &code)
}

/// Writes the message, unless there is nobody to write to. An account's address that had five messages in an hour, for whatever,
/// gets no sixth; that is not said, for it would tell that this account has that address.
fn deliver(work: &Work, challenge: &Challenge, body: &str) -> Ruling<()> {
    // An account that does not exist counts for an address that does not, and what does not go out is not counted by the same statement:
    // all of it takes as long.
    let by_address = match &challenge.address {
        Some(address) => of_address(address, &challenge.subject),
        None => format!("no address of {}", challenge.subject),
    };
    let goes_out = challenge.subject == by_address || hourly(work, &by_address).is_ok();
    count(work, &by_address, goes_out && challenge.subject != by_address)?;
    let to = challenge.address.as_deref().filter(|_| goes_out);
    outbox::send(work, challenge.channel, to, body)
}

fn count(work: &Work, subject: &str, goes_out: bool) -> Ruling<()> {
    let given = params![subject, at(work.now), goes_out];
    work.change("INSERT INTO otp_sends (subject, at) SELECT ?1, ?2 WHERE ?3", given).map(drop)
}
