//! The new phone takes over: one transaction, after which it is the account's phone and the old one is none.

use citizen_protocol::ledger::Kind;
use citizen_protocol::transfer::{Commit, Receipt, SignedEndorsement};
use citizen_protocol::wire::{Code, CommitRequest, Id, SignedBytes, TransferStatus};
use rusqlite::params;

use super::FREEZE_S;
use super::stage::Stage;
use super::store::{Evidence, Role, Stored};
use crate::rules::accounts::Account;
use crate::rules::devices::{PhoneKeys, PhoneTexts, add, checked_key};
use crate::rules::outbox::Notice;
use crate::rules::sign_in::COOL_DOWN_S;
use crate::rules::sql::{at, json};
use crate::rules::{ledger, links, lost_phones, recoveries};
use crate::work::{Caller, Ruling, Work};

/// Commits. Repeated, it gives the same receipt.
pub(crate) fn commit(work: &Work, caller: &Caller, request: CommitRequest) -> Ruling<TransferStatus> {
    let mut stored = Stored::of_role(work, caller, request.transfer, Role::New)?;
    let announced = stored.shipment;
    if stored.stage == Stage::Done {
        let is_same = announced.is_some_and(|announced| announced.manifest == request.manifest.0);
        return if is_same { stored.view(work) } else { Err(Code::DigestMismatch.into()) };
    }
    stored.expect(Stage::Accepted)?;
    let account = stored.open_account(work)?;
    let signed = stored.endorsed()?;
    if announced.ok_or(Code::TransferState)?.manifest != request.manifest.0 {
        return Err(Code::DigestMismatch.into());
    }
    let commit = Commit {
        transfer: stored.id,
        endorsement: signed.hash(),
        manifest: request.manifest.0,
        handshake: signed.endorsement.handshake,
    };
    if !commit.is_by(&signed.endorsement.new_keys, &request.signature.0) {
        return Err(Code::EndorsementRefused.into());
    }
    // Whatever appended to the ledger ended this transfer with it.
    if ledger::last(work, account.id)? != Some(signed.endorsement.head) {
        return Err(Code::TransferGone.into());
    }
    let phone = stored.register_new_phone(work)?;
    move_to(work, &account, phone)?;
    let receipt = receipt(work, &account, &signed)?;
    work.change("UPDATE transfers SET receipt = ?2 WHERE id = ?1", params![stored.id.0, json(&receipt)?])?;
    stored.receipt = Some(receipt);
    stored.enter(work, Stage::Done, work.now, None)?;
    stored.erase(work)?;
    recoveries::overtaken(work, account.id)?;
    lost_phones::end_open(work, account.id)?;
    links::warn(work, &account, Notice::MoveDone, None)?;
    stored.view(work)
}

impl Stored {
    /// From now on it is a phone like any other. Of its system and version it said something to the old phone only.
    fn register_new_phone(&self, work: &Work) -> Ruling<Id> {
        let Evidence { dev, auth } = self.evidence.as_ref().ok_or(Code::Internal)?;
        let keys = PhoneKeys {
            dev: checked_key(dev)?,
            dev_evidence: dev,
            auth: auth.as_ref().map(checked_key).transpose()?,
            auth_evidence: auth.as_ref(),
        };
        let model = self.model.clone().unwrap_or_default();
        let texts = PhoneTexts { model, os: String::new(), app_version: String::new() };
        add(work, &keys, &texts, 0).map(|device| device.device)
    }
}

/// The new phone is the account's, every token dead; the old one is out of force, and may ask for the receipt and freeze.
fn move_to(work: &Work, account: &Account, phone: Id) -> Ruling<()> {
    let old = account.phone.ok_or(Code::Internal)?;
    work.change(
        "UPDATE accounts SET phone = ?2, cool_down_until = ?3 WHERE id = ?1",
        params![account.id.0, phone.0, at(work.now.plus(COOL_DOWN_S))],
    )?;
    retire(work, account.id, old)?;
    work.change("DELETE FROM passwords WHERE account = ?1", [account.id.0])?;
    account.end_sessions(work)
}

/// The account has left this phone: it is out of force, and may freeze for a while.
pub(in crate::rules) fn retire(work: &Work, account: Id, old: Id) -> Ruling<()> {
    work.change("UPDATE phones SET is_in_force = 0 WHERE id = ?1", [old.0])?;
    work.change(
        "INSERT OR REPLACE INTO former_phones (phone, account, freezes_until) VALUES (?1, ?2, ?3)",
        params![old.0, account.0, at(work.now.plus(FREEZE_S))],
    )
    .map(drop)
}

/// The ledger's entry, and R. Both phones work the entry out by themselves: it must be the one that follows.
fn receipt(work: &Work, account: &Account, signed: &SignedEndorsement) -> Ruling<SignedBytes> {
    let new_keys = signed.endorsement.new_keys.hash();
    let entry = ledger::append(work, account.id, Kind::Transfer, Some(new_keys), signed.hash())?;
    if entry.bytes.0 != citizen_protocol::transfer::entry(signed, work.now).encode() {
        return Err(Code::Internal.into());
    }
    Ok(work.keys.statement(Receipt::new(signed, work.now).encode())?)
}
