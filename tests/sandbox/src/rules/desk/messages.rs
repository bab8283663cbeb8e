//! The outbox, word for word: here a tester reads what a phone would have received.

use citizen_protocol::wire::{Code, OtpChannel, UnixTime};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rules::otp::{email, mobile};
use crate::rules::sql::{named, time};
use crate::work::{Ruling, Work};

/// Messages in one answer.
const MOST: u32 = 100;

/// Asks for messages.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessagesRequest {
    /// To this address only.
    pub(crate) address: Option<String>,
    /// Those after this one, oldest first; none: the newest.
    pub(crate) after: Option<u64>,
}

/// Messages in the order in which they went out; at most 100.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct Messages {
    /// The messages.
    pub(crate) messages: Vec<Message>,
}

/// A message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Message {
    /// Its number, for `after`.
    pub(crate) seq: u64,
    /// When it went out.
    pub(crate) at: UnixTime,
    /// How.
    pub(crate) channel: OtpChannel,
    /// Where to.
    pub(crate) address: String,
    /// Its exact text.
    pub(crate) body: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Message {}", self.seq)
    }
}

/// Messages to one address or to all, the newest or those after a number.
pub(crate) fn messages(work: &Work, request: MessagesRequest) -> Ruling<Messages> {
    let MessagesRequest { address, after } = request;
    let address = address.map(|address| mobile(&address).or_else(|| email(&address)).unwrap_or(address));
    let from = after.map(i64::try_from).transpose().map_err(|_| Code::BadRequest)?;
    let sql = match (&address, from) {
        (None, None) => "SELECT * FROM messages WHERE ?1 IS NULL AND ?2 IS NULL ORDER BY seq DESC LIMIT ?3",
        (None, Some(_)) => "SELECT * FROM messages WHERE ?1 IS NULL AND seq > ?2 ORDER BY seq LIMIT ?3",
        (Some(_), None) => "SELECT * FROM messages WHERE address = ?1 AND ?2 IS NULL ORDER BY seq DESC LIMIT ?3",
        (Some(_), Some(_)) => "SELECT * FROM messages WHERE address = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    };
    let mut messages = work.rows(sql, params![address, from, MOST], |row| {
        Ok(Message {
            seq: row.get::<_, i64>("seq")?.unsigned_abs(),
            at: time(row, "at")?,
            channel: named(row, "channel")?,
            address: row.get("address")?,
            body: row.get("body")?,
        })
    })?;
    messages.sort_by_key(|message| message.seq);
    Ok(Messages { messages })
}
