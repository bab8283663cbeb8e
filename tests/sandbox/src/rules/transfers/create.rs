//! A transfer begins, on the account's phone.

use citizen_protocol::transfer::DIGITS_HOLD_S;
use citizen_protocol::wire::{
    Bytes32, Code, CreateTransferRequest, Id, NewTransfer, Problem, TransferEnd, TransferPolicy, UnixTime,
};
use rusqlite::params;

use super::stage::Stage;
use super::store::Stored;
use crate::rules::accounts::Account;
use crate::rules::refusals::{phone, wait};
use crate::rules::sql::{at, time};
use crate::work::{Caller, Ruling, Work};

/// How long it waits for the endorsement, in seconds.
const ENDORSE_S: u64 = 300;
/// How many an account may begin: so many in so many seconds.
const LIMITS: [(u32, u64); 2] = [(3, 3_600), (10, 86_400)];

/// Begins one. One that was under way and is not held gives way: its phone has forgotten it.
pub(crate) fn create(work: &Work, caller: &Caller, _request: CreateTransferRequest) -> Ruling<NewTransfer> {
    let (phone, account) = (phone(caller)?, Account::of_session(work, caller)?);
    if account.phone != Some(phone) {
        return Err(Code::NotTheDevice.into());
    }
    account.ensure_open()?;
    if let Some(until) = account.cool_down_until.filter(|until| *until > work.now) {
        return Err(Problem { locked_until: Some(until), ..Code::CoolingDown.into() }.into());
    }
    for (most, within_s) in LIMITS {
        limit(work, account.id, most, within_s)?;
    }
    match Stored::open_for(work, account.id)? {
        Some(open) if open.stage == Stage::Held => return Err(open.held()),
        Some(mut open) => open.end(work, TransferEnd::Cancelled)?,
        None => (),
    }
    let (server_nonce, expires_at) = (work.random_bytes()?, work.now.plus(ENDORSE_S));
    let stored = Stored {
        id: work.new_id()?,
        account: account.id,
        old_phone: phone,
        server_nonce,
        stage: Stage::Open,
        reason: None,
        since: work.now,
        due: Some(expires_at),
        joins: 0,
        joined: None,
        endorsement: None,
        model: None,
        evidence: None,
        shipment: None,
        receipt: None,
    };
    stored.insert(work)?;
    let policy = TransferPolicy { digits_hold_s: u32::try_from(DIGITS_HOLD_S).ok() };
    Ok(NewTransfer { transfer: stored.id, expires_at, server_nonce: Bytes32(server_nonce), policy })
}

fn limit(work: &Work, account: Id, most: u32, within_s: u64) -> Ruling<()> {
    let from = UnixTime(work.now.0.saturating_sub(within_s));
    // The newest `most`-th of them: with it gone there is room for one more.
    let oldest = work.row(
        "SELECT made_at FROM transfers WHERE account = ?1 AND made_at > ?2 ORDER BY made_at DESC LIMIT 1 OFFSET ?3",
        params![account.0, at(from), most - 1],
        |row| time(row, "made_at"),
    )?;
    oldest.map_or(Ok(()), |oldest| Err(wait(Code::RateLimited, work.now, oldest.plus(within_s))))
}
