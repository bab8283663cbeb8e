//! Answers that say more than a code.

use citizen_protocol::wire::{AccountLock, Code, FieldProblem, Id, Problem, UnixTime, WireField};

use crate::work::{Caller, Refusal, Ruling};

/// Fields that are wrong.
pub(super) fn fields(wrong: &[WireField]) -> Refusal {
    let fields = wrong.iter().map(|&field| FieldProblem { field }).collect();
    Problem { fields, ..Code::FieldsWrong.into() }.into()
}

/// Not before `until`.
pub(super) fn wait(code: Code, now: UnixTime, until: UnixTime) -> Refusal {
    Problem { retry_after_s: Some(seconds(until.since(now))), ..code.into() }.into()
}

/// Too many wrong tries: none counts before `until`.
pub(super) fn locked_tries(now: UnixTime, until: UnixTime) -> Refusal {
    let problem: Problem = Code::TriesLocked.into();
    Problem { retry_after_s: Some(seconds(until.since(now))), locked_until: Some(until), ..problem }.into()
}

/// The account is locked.
pub(super) fn locked_account(lock: AccountLock) -> Refusal {
    Problem { lock: Some(lock), ..Code::AccountLocked.into() }.into()
}

/// The caller's phone. Only `POST /v1/devices` comes from one that is not registered.
pub(super) fn phone(caller: &Caller) -> Ruling<Id> {
    caller.device.ok_or_else(|| Code::UnknownKey.into())
}

/// One line to show: at most `most` characters, none of which hides or ends it.
pub(super) fn line(text: &str, most: usize) -> Ruling<()> {
    let fits = text.chars().count() <= most && !text.contains(char::is_control);
    if fits { Ok(()) } else { Err(Code::BadRequest.into()) }
}

fn seconds(wait: u64) -> u32 {
    u32::try_from(wait).unwrap_or(u32::MAX).max(1)
}
