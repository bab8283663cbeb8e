//! The new phone accepts: with its keys' evidence, and a code that reached it.

use citizen_protocol::transfer::{Accept, Check, DIGITS_HOLD_S, DeviceKeys, SignedEndorsement, attestation_hash};
use citizen_protocol::wire::{AcceptRequest, Code, TransferStatus};
use rusqlite::params;

use super::deadlines::COMMIT_S;
use super::stage::Stage;
use super::store::{Role, Stored};
use crate::rules::devices::checked_key;
use crate::rules::outbox::Notice;
use crate::rules::sql::json;
use crate::rules::{links, otp};
use crate::work::{Caller, Ruling, Work};

/// Accepts. The code is looked at last: what does not fit costs no try.
pub(crate) fn accept(work: &Work, caller: &Caller, request: &AcceptRequest) -> Ruling<TransferStatus> {
    let mut stored = Stored::of_role(work, caller, request.transfer, Role::New)?;
    if stored.stage == Stage::Ended {
        return Err(Code::TransferGone.into());
    }
    let signed = stored.endorsed()?;
    if signed.hash() != request.endorsement.0 {
        return Err(Code::EndorsementRefused.into());
    }
    if matches!(stored.stage, Stage::Held | Stage::Accepted | Stage::Done) {
        return stored.view(work);
    }
    stored.expect(Stage::Endorsed)?;
    let account = stored.open_account(work)?;
    ensure_fits(&stored, &signed, request)?;
    let phone = stored.joined()?.device;
    otp::take_for_transfer(work, phone, request.otp_challenge, &signed.hash(), request.code.reveal())?;
    let auth = request.auth.as_ref().map(json).transpose()?;
    work.change(
        "UPDATE transfers SET dev_evidence = ?2, auth_evidence = ?3 WHERE id = ?1",
        params![stored.id.0, json(&request.dev)?, auth],
    )?;
    let (stage, lasts_s, notice) = match signed.endorsement.check {
        Check::Scanned => (Stage::Accepted, COMMIT_S, Notice::MoveAccepted),
        Check::Digits => (Stage::Held, DIGITS_HOLD_S, Notice::MoveHeld),
    };
    stored.enter(work, stage, work.now, Some(work.now.plus(lasts_s)))?;
    links::warn(work, &account, notice, Some(stored.id))?;
    stored.view(work)
}

/// The keys, their evidence and the signature are those that the endorsement is about.
fn ensure_fits(stored: &Stored, signed: &SignedEndorsement, request: &AcceptRequest) -> Ruling<()> {
    let (joined, endorsement) = (stored.joined()?, &signed.endorsement);
    let keys =
        DeviceKeys { dev: checked_key(&request.dev)?, auth: request.auth.as_ref().map(checked_key).transpose()? };
    let attestation = request.auth.as_ref().map(|auth| auth.attestation.0.as_slice());
    let accept = Accept {
        transfer: stored.id,
        endorsement: signed.hash(),
        handshake: endorsement.handshake,
        challenge: joined.challenge,
    };
    let fits = keys.dev == joined.key
        && keys == endorsement.new_keys
        && attestation_hash(&request.dev.attestation.0, attestation) == endorsement.attest_hash
        && accept.is_by(&keys, &request.signature.0);
    if fits { Ok(()) } else { Err(Code::EndorsementRefused.into()) }
}
