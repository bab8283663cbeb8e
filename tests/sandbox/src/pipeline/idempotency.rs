//! Answers kept for a day, so that a repeated request has one effect.
//!
//! They are looked up and stored by the one thread that runs rules, in the same transaction as the rule: a second request with the
//! same key waits in the queue until the first is answered, and a crash keeps both, effect and answer, or neither.
//!
//! The table holds no secret: of what was sent only a MAC, and of operations that answer with a token only refusals (see [`Keeps`]).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_encoding::Writer;
use citizen_protocol::signature::IdempotencyKey;
use citizen_protocol::wire::{Code, UnixTime};
use ring::digest::{SHA256, digest};
use ring::hmac;
use rusqlite::{OptionalExtension, Transaction};

use super::answer::Answer;

const KEPT_S: u64 = 86_400;

/// Which answers of an operation are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// Every final one.
    Answers,
    /// Refusals, so that a wrong password counts once. A success carries a secret and is decided again when the request comes again.
    Refusals,
}

pub(crate) const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS idempotent_answer (
        name BLOB NOT NULL PRIMARY KEY, content TEXT NOT NULL,
        status INTEGER NOT NULL, retry_after_s INTEGER, body BLOB NOT NULL, until INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS idempotent_answer_until ON idempotent_answer (until);
";

/// One effect: who asks for it, where, under which key; and what was sent, as a MAC of its digest. The digest alone would tell a short
/// code or a weak password to whoever reads the table and tries them all; the MAC's key is not in the database.
pub(crate) struct Effect {
    name: [u8; 32],
    content: String,
}

impl Effect {
    pub(crate) fn new(
        mac: &hmac::Key,
        (keyid, method, target): (&str, &str, &str),
        key: IdempotencyKey,
        content_digest: &str,
    ) -> Self {
        let fields =
            [keyid, method, target].into_iter().fold(Writer::default(), |name, field| name.lp(field.as_bytes()));
        let mut name = [0; 32];
        name.copy_from_slice(digest(&SHA256, &fields.raw(&key.0.0).done()).as_ref());
        // The name is in it, so that the same content of two requests does not show.
        let content = Writer::default().lp(b"EID-CONTENT/1").lp(&name).lp(content_digest.as_bytes()).done();
        Self { name, content: URL_SAFE_NO_PAD.encode(hmac::sign(mac, &content)) }
    }

    /// The answer of an earlier request; a refusal if that one said something else.
    pub(crate) fn earlier(&self, db: &Transaction, now: UnixTime) -> rusqlite::Result<Option<Answer>> {
        let sql = "SELECT content, status, retry_after_s, body FROM idempotent_answer WHERE name = ? AND until > ?";
        let found = db
            .prepare_cached(sql)?
            .query_row((self.name, now.0.cast_signed()), |row| {
                Ok((row.get::<_, String>(0)?, Answer::kept(row.get(1)?, row.get(2)?, row.get(3)?)))
            })
            .optional()?;
        Ok(found.map(
            |(content, answer)| {
                if content == self.content { answer } else { Code::IdempotencyMismatch.into() }
            },
        ))
    }

    /// Keeps an answer, if it is final and of a kind that is kept.
    pub(crate) fn keep(&self, db: &Transaction, keeps: Keeps, answer: &Answer, now: UnixTime) -> rusqlite::Result<()> {
        if !answer.is_final() || keeps == Keeps::Refusals && answer.is_success() {
            return Ok(());
        }
        let sql = "INSERT OR REPLACE INTO idempotent_answer (name, content, status, retry_after_s, body, until)
                   VALUES (?, ?, ?, ?, ?, ?)";
        let until = now.plus(KEPT_S).0.cast_signed();
        db.prepare_cached(sql)?
            .execute((self.name, &self.content, answer.status, answer.retry_after_s, &answer.body, until))
            .map(drop)
    }
}

/// Forgets what is older than a day.
pub(crate) fn forget(db: &Transaction, now: UnixTime) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM idempotent_answer WHERE until <= ?")?.execute([now.0.cast_signed()]).map(drop)
}
