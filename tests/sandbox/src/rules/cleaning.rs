//! What ends by itself: due decisions, and rows that nothing can use any more. A few at a time, so that no request waits long.

use citizen_protocol::wire::{ApplicationState, Id, UnixTime};
use rusqlite::params;

use super::sql::at;
use super::{activations, applications, deletions, lost_phones, portraits, recoveries, transfers};
use crate::work::{Ruling, Work};

/// Rows of each table in one step.
const MOST: u32 = 200;
/// Portraits in one step, and accounts that are deleted with theirs: each can be 2 MiB.
const MOST_PORTRAITS: u32 = 10;
const HOUR_S: u64 = 3_600;
const DAY_S: u64 = 24 * HOUR_S;
/// A rejected application that nobody amends is stopped, and what it holds erased.
const AMEND_WITHIN_S: u64 = 30 * DAY_S;
/// How long the end of an application, a recovery or an activation can be asked for, and an office's request is told to have expired.
const KEPT_S: u64 = 90 * DAY_S;
/// How long the desk can read a message.
const MESSAGES_KEPT_S: u64 = 30 * DAY_S;

/// Rows that end at a time of their own: statement, and how long after it they go.
const ENDED: [(&str, u64); 15] = [
    (
        "DELETE FROM enrol_challenges WHERE challenge IN \
         (SELECT challenge FROM enrol_challenges WHERE expires_at <= ?1 LIMIT ?2)",
        0,
    ),
    ("DELETE FROM sessions WHERE token IN (SELECT token FROM sessions WHERE expires_at <= ?1 LIMIT ?2)", 0),
    ("DELETE FROM passwords WHERE id IN (SELECT id FROM passwords WHERE expires_at <= ?1 LIMIT ?2)", 0),
    // The wait for the next code counts the ones before, for an hour.
    (
        "DELETE FROM otp_challenges WHERE id IN (SELECT id FROM otp_challenges WHERE expires_at <= ?1 LIMIT ?2)",
        2 * HOUR_S,
    ),
    ("DELETE FROM otp_sends WHERE rowid IN (SELECT rowid FROM otp_sends WHERE at <= ?1 LIMIT ?2)", HOUR_S),
    (
        "DELETE FROM messages WHERE seq IN (SELECT seq FROM messages ORDER BY seq LIMIT ?2) AND at <= ?1",
        MESSAGES_KEPT_S,
    ),
    (
        "DELETE FROM applications WHERE id IN \
         (SELECT id FROM applications WHERE state IN ('approved', 'stopped') AND decided_at <= ?1 LIMIT ?2)",
        KEPT_S,
    ),
    (
        "DELETE FROM recoveries WHERE id IN \
         (SELECT id FROM recoveries WHERE state IN ('done', 'refused') AND since <= ?1 LIMIT ?2)",
        KEPT_S,
    ),
    (
        "DELETE FROM activations WHERE id IN \
         (SELECT id FROM activations WHERE state IN ('done', 'refused') AND since <= ?1 LIMIT ?2)",
        KEPT_S,
    ),
    (
        "DELETE FROM identifications WHERE number IN \
         (SELECT number FROM identifications WHERE expires_at <= ?1 LIMIT ?2)",
        KEPT_S,
    ),
    // One that is done stays: its old phone may ask for the receipt at any time.
    (
        "DELETE FROM transfers WHERE id IN \
         (SELECT id FROM transfers WHERE stage = 'ended' AND since <= ?1 LIMIT ?2)",
        KEPT_S,
    ),
    (
        "DELETE FROM device_recoveries WHERE id IN \
         (SELECT id FROM device_recoveries WHERE state NOT IN ('comparing', 'held') AND since <= ?1 LIMIT ?2)",
        KEPT_S,
    ),
    ("DELETE FROM office_codes WHERE account IN (SELECT account FROM office_codes WHERE expires_at <= ?1 LIMIT ?2)", 0),
    (
        "DELETE FROM notice_links WHERE token IN \
         (SELECT token FROM notice_links WHERE expires_at <= ?1 LIMIT ?2)",
        0,
    ),
    (
        "DELETE FROM former_addresses WHERE (account, channel, address) IN \
         (SELECT account, channel, address FROM former_addresses WHERE until <= ?1 LIMIT ?2)",
        0,
    ),
];

/// One step of it.
pub(crate) fn clean(work: &Work) -> Ruling<()> {
    applications::decide_due(work, MOST)?;
    recoveries::decide_due(work, MOST)?;
    activations::decide_due(work, MOST)?;
    transfers::settle_due(work, MOST)?;
    lost_phones::decide_due(work, MOST)?;
    deletions::carry_out_due(work, MOST_PORTRAITS)?;
    for (delete, after_s) in ENDED {
        work.change(delete, params![at(ago(work, after_s)), MOST])?;
    }
    drop_portraits(work)?;
    stop_unamended(work)
}

fn ago(work: &Work, seconds: u64) -> UnixTime {
    UnixTime(work.now.0.saturating_sub(seconds))
}

fn drop_portraits(work: &Work) -> Ruling<()> {
    let ended = work.rows(
        "SELECT id FROM portraits WHERE is_cited = 0 AND expires_at <= ?1 LIMIT ?2",
        params![at(work.now), MOST_PORTRAITS],
        |row| row.get(0).map(Id),
    )?;
    ended.into_iter().try_for_each(|portrait| portraits::delete(work, portrait))
}

fn stop_unamended(work: &Work) -> Ruling<()> {
    let ended = work.rows(
        "SELECT * FROM applications WHERE state = 'rejected' AND decided_at <= ?1 LIMIT ?2",
        params![at(ago(work, AMEND_WITHIN_S)), MOST],
        applications::Stored::read,
    )?;
    ended.into_iter().try_for_each(|mut stored| {
        stored.state = ApplicationState::Stopped;
        stored.update(work)
    })
}
