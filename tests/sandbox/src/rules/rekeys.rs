//! New keys for the account's phone: `K_dev` rotates, `K_auth` died with a change of the phone's biometrics, or went with its lock
//! screen.

use citizen_protocol::enrol::rekey_proof;
use citizen_protocol::key::PublicKey;
use citizen_protocol::ledger::Kind;
use citizen_protocol::wire::{
    ApprovalChange, Blob, Code, Id, KeyEvidence, NewDeviceKey, OtpPurpose, RekeyRequest, Rekeyed, TransferEnd,
};
use rusqlite::params;

use super::accounts::Account;
use super::crypto::sha256;
use super::devices::{PhoneKeys, PhoneTexts, add, checked_key, keys_of};
use super::outbox::{Notice, tell_holder};
use super::refusals::phone;
use super::sign_in::COOL_DOWN_S;
use super::sql::{at, json, parsed};
use super::{enrol, ledger, lost_phones, otp, passwords, transfers};
use crate::work::{Caller, Ruling, Work};

/// Replaces keys. The old `K_dev` is out of force with this, and every token dead.
pub(crate) fn rekey(work: &Work, caller: &Caller, request: RekeyRequest) -> Ruling<Rekeyed> {
    let phone = phone(caller)?;
    let account = Account::of_session(work, caller)?;
    if account.phone != Some(phone) {
        return Err(Code::NotTheDevice.into());
    }
    account.ensure_open()?;
    let RekeyRequest { challenge, dev, auth, password, otp_challenge } = request;
    let new = NewKeys::checked(work, &account, phone, &challenge, dev, auth)?;
    enrol::take(work, &challenge)?;
    passwords::take_existing(work, phone, password, account.id)?;
    let proven = otp::take(work, phone, otp_challenge, OtpPurpose::Rekey)?;
    if !proven.is_for(&account.number) {
        return Err(Code::OtpGone.into());
    }
    let phone = new.put_in_force(work, phone)?;
    let cool_down_until = account.cools_down(work.now, COOL_DOWN_S);
    work.change(
        "UPDATE accounts SET phone = ?2, cool_down_until = ?3 WHERE id = ?1",
        params![account.id.0, phone.0, at(cool_down_until)],
    )?;
    account.end_sessions(work)?;
    transfers::end_open(work, account.id, TransferEnd::Superseded)?;
    lost_phones::end_open(work, account.id)?;
    let keys = ledger::keys_hash_of(work, phone)?;
    let entry = ledger::append(work, account.id, Kind::Rekey, Some(keys), sha256(&otp_challenge.0))?;
    tell_holder(work, &account, Notice::KeysReplaced)?;
    Ok(Rekeyed { entry, cool_down_until })
}

/// Keys that hold, before anything is used up for them.
struct NewKeys {
    dev: Option<NewKey>,
    auth: Approval,
}

type NewKey = (PublicKey, KeyEvidence);

/// What becomes of `K_auth`.
enum Approval {
    Kept,
    Gone,
    New(NewKey),
}

impl NewKeys {
    /// Something changes, each key is new, the two differ, and a new `K_dev` proves that the phone has it.
    fn checked(
        work: &Work,
        account: &Account,
        phone: Id,
        challenge: &Blob,
        dev: Option<NewDeviceKey>,
        auth: ApprovalChange,
    ) -> Ruling<Self> {
        let (old_dev, old_auth) = keys_of(work, phone)?;
        let with_key = |evidence: KeyEvidence| checked_key(&evidence).map(|key| (key, evidence));
        let auth = match auth {
            ApprovalChange::Kept => Approval::Kept,
            ApprovalChange::Gone => Approval::Gone,
            ApprovalChange::New { evidence } => Approval::New(with_key(evidence)?),
        };
        let auth_stays = matches!(auth, Approval::Kept) || matches!(auth, Approval::Gone) && old_auth.is_none();
        if dev.is_none() && auth_stays {
            return Err(Code::BadRequest.into());
        }
        let dev = match dev {
            None => None,
            Some(NewDeviceKey { evidence, proof }) => {
                let new = with_key(evidence)?;
                let challenge: &[u8; 32] = challenge.0.as_slice().try_into().map_err(|_| Code::ChallengeGone)?;
                let proven = rekey_proof(challenge, account.id, new.0.spki(), old_dev.spki());
                let signature: &[u8; 64] = proof.0.as_slice().try_into().map_err(|_| Code::EvidenceRefused)?;
                new.0.verify(&proven, signature).then_some(new).ok_or(Code::EvidenceRefused)?.into()
            }
        };
        let new_dev = dev.as_ref().map(|(key, _)| *key);
        let (new_auth, auth_in_force) = match &auth {
            Approval::Kept => (None, old_auth),
            Approval::Gone => (None, None),
            Approval::New((key, _)) => (Some(*key), Some(*key)),
        };
        let is_new = new_dev != Some(old_dev) && (new_auth.is_none() || new_auth != old_auth);
        let differ = auth_in_force != Some(new_dev.unwrap_or(old_dev)) && new_auth != Some(old_dev);
        if is_new && differ { Ok(Self { dev, auth }) } else { Err(Code::EvidenceRefused.into()) }
    }

    /// The phone with its new keys. With a new `K_dev` it has a new name, and the row of the old one stays for its last answer.
    fn put_in_force(self, work: &Work, phone: Id) -> Ruling<Id> {
        let Some((dev, dev_evidence)) = self.dev else {
            match &self.auth {
                Approval::Kept => (),
                Approval::Gone => write_auth(work, phone, None)?,
                Approval::New(auth) => write_auth(work, phone, Some(auth))?,
            }
            return Ok(phone);
        };
        let old = work.row(
            "SELECT auth_evidence, model, os, app_version, generation FROM phones WHERE id = ?1",
            [phone.0],
            |row| {
                let texts = PhoneTexts { model: row.get(1)?, os: row.get(2)?, app_version: row.get(3)? };
                let auth: Option<String> = row.get(0)?;
                let auth: Option<KeyEvidence> = if auth.is_some() { Some(parsed(row, "auth_evidence")?) } else { None };
                Ok((auth, texts, row.get::<_, i64>(4)?))
            },
        )?;
        let (old_auth, texts, generation) = old.ok_or(Code::Internal)?;
        let auth = match (self.auth, old_auth) {
            (Approval::New(new), _) => Some(new),
            (Approval::Kept, Some(old)) => Some((checked_key(&old)?, old)),
            (Approval::Kept, None) | (Approval::Gone, _) => None,
        };
        let keys = PhoneKeys {
            dev,
            dev_evidence: &dev_evidence,
            auth: auth.as_ref().map(|(key, _)| *key),
            auth_evidence: auth.as_ref().map(|(_, evidence)| evidence),
        };
        let new = add(work, &keys, &texts, generation)?;
        work.change("UPDATE phones SET is_in_force = 0 WHERE id = ?1", [phone.0])?;
        Ok(new.device)
    }
}

fn write_auth(work: &Work, phone: Id, auth: Option<&NewKey>) -> Ruling<()> {
    let spki = auth.map(|(key, _)| *key.spki());
    let evidence = auth.map(|(_, evidence)| json(evidence)).transpose()?;
    work.change("UPDATE phones SET auth_spki = ?2, auth_evidence = ?3 WHERE id = ?1", params![phone.0, spki, evidence])
        .map(drop)
}
