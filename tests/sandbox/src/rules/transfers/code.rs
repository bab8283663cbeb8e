//! The one-time code that accepting takes: to the account's own address, for this endorsement and this phone.

use citizen_protocol::wire::{Code, OtpChallenge, TransferOtpRequest};
use rusqlite::params;

use super::stage::Stage;
use super::store::{Role, Stored};
use crate::rules::otp;
use crate::work::{Caller, Ruling, Work};

/// Asks for it. The message names the phone that asks.
pub(crate) fn code(work: &Work, caller: &Caller, request: TransferOtpRequest) -> Ruling<OtpChallenge> {
    let stored = Stored::of_role(work, caller, request.transfer, Role::New)?;
    stored.expect(Stage::Endorsed)?;
    if stored.endorsed()?.hash() != request.endorsement.0 {
        return Err(Code::EndorsementRefused.into());
    }
    let account = stored.open_account(work)?;
    work.change("UPDATE transfers SET model = ?2 WHERE id = ?1", params![stored.id.0, request.model])?;
    otp::for_transfer(work, stored.joined()?.device, &account, request)
}
