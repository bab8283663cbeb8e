//! Wrong tries, counted for whom and what for. Only a success sets a counter back; asking for another code does not.

use citizen_protocol::wire::{Code, Problem, UnixTime};
use rusqlite::params;

use super::refusals::locked_tries;
use super::sql::{at, time};
use crate::work::{Refusal, Ruling, Work};

/// Wrong tries until a lock.
pub(super) const LIMIT: u8 = 5;
/// How long each lock is, in seconds; the last one from then on.
const LOCKS_S: [u64; 3] = [15 * 60, 60 * 60, 24 * 60 * 60];

/// Whom codes, waits, tries and messages of an account are counted for: its own phone, or everybody else together. Who only knows the
/// number can so use up what strangers have, and nothing of the holder's own phone.
///
/// What section 3 leaves: whoever is not the account's phone shares one counter, and whoever proves an address shares that address's,
/// or fresh keys would be fresh tries. So somebody can make a holder wait who registers, or who has lost the phone; the desk helps.
pub(super) fn of_account(number: &str, is_own_phone: bool) -> String {
    format!("account {number}{}", if is_own_phone { OWN_PHONE } else { "" })
}

/// No number and no address ends like this.
const OWN_PHONE: &str = " (own phone)";

/// Whom messages to an address are counted for: the phones of accounts that have it have an allowance of their own.
pub(super) fn of_address(address: &str, subject: &str) -> String {
    format!("address {address}{}", if subject.ends_with(OWN_PHONE) { OWN_PHONE } else { "" })
}

/// The number of an account that something was counted for.
pub(super) fn number_in(subject: &str) -> Option<&str> {
    subject.strip_prefix("account ").map(|rest| rest.strip_suffix(OWN_PHONE).unwrap_or(rest))
}

/// A counter.
pub(super) struct Tries<'a> {
    pub(super) subject: &'a str,
    pub(super) purpose: &'a str,
}

#[derive(Default)]
struct Count {
    failures: u8,
    locks: u32,
    locked_until: Option<UnixTime>,
}

impl Tries<'_> {
    /// Refuses while it is locked; else says how many tries are left.
    pub(super) fn left(&self, work: &Work) -> Ruling<u8> {
        let count = self.count(work)?;
        match count.locked_until {
            Some(until) if until > work.now => Err(locked_tries(work.now, until)),
            _ => Ok(LIMIT.saturating_sub(count.failures)),
        }
    }

    /// Counts a wrong try. What to answer: `code` with the tries left, or the lock that this one brought.
    pub(super) fn failed(&self, work: &Work, code: Code) -> Ruling<Refusal> {
        let count = self.count(work)?;
        let failures = count.failures + 1;
        if failures < LIMIT {
            self.write(work, &Count { failures, ..count })?;
            let problem = Problem { attempts_left: Some(LIMIT - failures), ..code.into() };
            return Ok(Refusal { problem, keep: true });
        }
        let length = LOCKS_S.get(count.locks as usize).or(LOCKS_S.last()).copied().unwrap_or_default();
        let until = work.now.plus(length);
        self.write(work, &Count { failures: 0, locks: count.locks.saturating_add(1), locked_until: Some(until) })?;
        Ok(Refusal { keep: true, ..locked_tries(work.now, until) })
    }

    /// Sets it back.
    pub(super) fn succeeded(&self, work: &Work) -> Ruling<()> {
        let key = params![self.subject, self.purpose];
        work.change("DELETE FROM tries WHERE subject = ?1 AND purpose = ?2", key).map(drop)
    }

    fn count(&self, work: &Work) -> Ruling<Count> {
        let found = work.row(
            "SELECT failures, locks, locked_until FROM tries WHERE subject = ?1 AND purpose = ?2",
            params![self.subject, self.purpose],
            |row| {
                Ok(Count { failures: row.get(0)?, locks: row.get(1)?, locked_until: Some(time(row, "locked_until")?) })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    fn write(&self, work: &Work, count: &Count) -> Ruling<()> {
        work.change(
            "INSERT OR REPLACE INTO tries (subject, purpose, failures, locks, locked_until) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![self.subject, self.purpose, count.failures, count.locks, count.locked_until.map_or(0, at)],
        )
        .map(drop)
    }
}
