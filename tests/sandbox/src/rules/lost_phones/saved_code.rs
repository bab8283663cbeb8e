//! The code on paper: made for who knows the password, kept as a hash, used once.

use citizen_protocol::recovery_code::RecoveryCode;
use citizen_protocol::wire::{Code, RecoveryCodeRequest, SavedRecoveryCode};
use rusqlite::params;

use crate::rules::accounts::Account;
use crate::rules::crypto::sha256;
use crate::rules::passwords;
use crate::rules::refusals::phone;
use crate::rules::tries::{Tries, of_account};
use crate::work::{Caller, Ruling, Work};

/// Makes one; the one before is void.
pub(crate) fn save(work: &Work, caller: &Caller, request: RecoveryCodeRequest) -> Ruling<SavedRecoveryCode> {
    let (phone, account) = (phone(caller)?, Account::of_session(work, caller)?);
    account.ensure_open()?;
    passwords::take_existing(work, phone, request.password, account.id)?;
    let code = RecoveryCode::from_random(work.random_bytes()?);
    work.change(
        "INSERT OR REPLACE INTO recovery_codes (account, hash) VALUES (?1, ?2)",
        params![account.id.0, sha256(code.bytes())],
    )?;
    Ok(SavedRecoveryCode { code: code.written(), made_at: work.now })
}

/// Uses it up. A wrong one counts; what can't be one costs nothing.
pub(super) fn take(work: &Work, account: &Account, typed: &str) -> Ruling<()> {
    let tries = Tries { subject: &of_account(&account.number, false), purpose: "recovery_code" };
    tries.left(work)?;
    let code = RecoveryCode::parse(typed).map_err(|_| Code::OtpWrong)?;
    let used = work.change(
        "DELETE FROM recovery_codes WHERE account = ?1 AND hash = ?2",
        params![account.id.0, sha256(code.bytes())],
    )?;
    if used == 1 { tries.succeeded(work) } else { Err(tries.failed(work, Code::OtpWrong)?) }
}
