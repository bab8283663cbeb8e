//! The old phone names the new one.

use citizen_protocol::transfer::{DeviceKeys, KnownToService, SignedEndorsement};
use citizen_protocol::wire::{Code, EndorseRequest, TransferStatus};
use rusqlite::params;

use super::stage::Stage;
use super::store::{Role, Stored};
use crate::rules::devices::keys_of;
use crate::rules::{ledger, lost_phones, recoveries};
use crate::work::{Caller, Ruling, Work};

/// Endorses. The first endorsement counts: the same again is answered, another is not taken.
pub(crate) fn endorse(work: &Work, caller: &Caller, request: &EndorseRequest) -> Ruling<TransferStatus> {
    let mut stored = Stored::of_role(work, caller, request.transfer, Role::Old)?;
    let signed = SignedEndorsement::read(&request.endorsement.0, &request.signature.0);
    if stored.stage == Stage::Ended {
        return Err(Code::TransferGone.into());
    }
    if let Some(first) = stored.endorsement {
        return if signed == Ok(first) { stored.view(work) } else { Err(Code::EndorsementTaken.into()) };
    }
    stored.expect(Stage::Joined)?;
    let account = stored.open_account(work)?;
    // Either would give the account to somebody: what was begun first goes first.
    if recoveries::is_open(work, account.id)? || lost_phones::is_open(work, account.id)? {
        return Err(Code::TransferState.into());
    }
    let signed = signed.map_err(|_| Code::EndorsementRefused)?;
    let (dev, auth) = keys_of(work, stored.old_phone)?;
    let known = KnownToService {
        account: account.id,
        transfer: stored.id,
        old_keys: DeviceKeys { dev, auth },
        joined: stored.joined()?.key,
        server_nonce: stored.server_nonce,
        head: ledger::last(work, account.id)?.ok_or(Code::Internal)?,
    };
    signed.endorsement.fits_service(&known, work.now).map_err(|_| Code::EndorsementRefused)?;
    if !signed.is_by(&known.old_keys) {
        return Err(Code::EndorsementRefused.into());
    }
    work.change("UPDATE transfers SET endorsement = ?2 WHERE id = ?1", params![stored.id.0, signed.encode()])?;
    stored.endorsement = Some(signed);
    stored.enter(work, Stage::Endorsed, work.now, Some(signed.endorsement.expires()))?;
    stored.view(work)
}
