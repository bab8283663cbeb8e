//! Phones, each by the key that signs its requests.

use citizen_keystore::AttestationFormat;
use citizen_protocol::enrol::device_id;
use citizen_protocol::key::PublicKey;
use citizen_protocol::wire::{Code, Device, DeviceRequest, Id, KeyEvidence};
use rusqlite::{Connection, OptionalExtension, params};

use super::enrol;
use super::refusals::line;
use super::sql::{at, json};
use crate::work::{Caller, Ruling, Work};

/// The longest evidence for a key, in bytes.
const MAX_ATTESTATION: usize = 32 << 10;
/// The longest name of a model, a system or a version, in characters.
const MAX_TEXT: usize = 64;

/// Registers the phone whose new key signed this.
pub(crate) fn register(work: &Work, caller: &Caller, request: DeviceRequest) -> Ruling<Device> {
    let DeviceRequest { challenge, dev: dev_evidence, auth: auth_evidence, model, os, app_version } = request;
    for text in [&model, &os, &app_version] {
        line(text, MAX_TEXT)?;
    }
    let dev = checked_key(&dev_evidence)?;
    let auth = auth_evidence.as_ref().map(checked_key).transpose()?;
    if dev != caller.key || auth == Some(dev) {
        return Err(Code::EvidenceRefused.into());
    }
    let keys = PhoneKeys { dev, dev_evidence: &dev_evidence, auth, auth_evidence: auth_evidence.as_ref() };
    enrol::take(work, &challenge)?;
    add(work, &keys, &PhoneTexts { model, os, app_version }, 0)
}

/// A phone's keys with what the phone says for them.
pub(super) struct PhoneKeys<'a> {
    pub(super) dev: PublicKey,
    pub(super) dev_evidence: &'a KeyEvidence,
    pub(super) auth: Option<PublicKey>,
    pub(super) auth_evidence: Option<&'a KeyEvidence>,
}

/// What a phone says of itself.
pub(super) struct PhoneTexts {
    pub(super) model: String,
    pub(super) os: String,
    pub(super) app_version: String,
}

/// Writes a phone down; a key serves one phone, once, even if it is out of force by now.
pub(super) fn add(work: &Work, keys: &PhoneKeys, texts: &PhoneTexts, generation: i64) -> Ruling<Device> {
    let device = device_id(keys.dev.spki());
    let added = work.change(
        "INSERT OR IGNORE INTO phones (id, keyid, spki, evidence, auth_spki, auth_evidence, model, os, app_version, \
         registered_at, generation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            device.0,
            keys.dev.thumbprint(),
            keys.dev.spki(),
            json(keys.dev_evidence)?,
            keys.auth.as_ref().map(PublicKey::spki),
            keys.auth_evidence.map(json).transpose()?,
            texts.model,
            texts.os,
            texts.app_version,
            at(work.now),
            generation,
        ],
    )?;
    if added == 1 { Ok(Device { device, registered_at: work.now }) } else { Err(Code::KeyInUse.into()) }
}

/// A key with its evidence: the right form, not too long, and evidence where the format promises one.
pub(super) fn checked_key(evidence: &KeyEvidence) -> Ruling<PublicKey> {
    let attestation = &evidence.attestation.0;
    if attestation.len() > MAX_ATTESTATION {
        return Err(Code::TooLarge.into());
    }
    let key = PublicKey::from_spki(&evidence.spki.0).ok_or(Code::EvidenceRefused)?;
    let fits = (evidence.format == AttestationFormat::Unattested) == attestation.is_empty();
    if fits { Ok(key) } else { Err(Code::EvidenceRefused.into()) }
}

/// A key that the service has seen.
pub(crate) struct KnownKey {
    pub(crate) key: PublicKey,
    pub(crate) device: Id,
    pub(crate) standing: Standing,
}

/// What a key is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Everything.
    InForce,
    /// It was replaced by `POST /v1/rekeys`: it may hear again the answers that it got, and nothing else.
    Replaced,
    /// The account moved away from its phone: it may ask for that, and freeze.
    Former,
    /// It has joined a transfer, and is no account's: it may go on with that.
    Joined,
}

/// The key of that name (RFC 7638).
pub(crate) fn known_key(db: &Connection, keyid: &str) -> rusqlite::Result<Option<KnownKey>> {
    let mut query = db.prepare_cached(
        "SELECT id, spki, is_in_force, EXISTS (SELECT 1 FROM former_phones WHERE phone = id) FROM phones WHERE keyid = ?1",
    )?;
    let registered = query.query_row([keyid], |row| {
        let standing = match (row.get(2)?, row.get(3)?) {
            (true, _) => Standing::InForce,
            (false, true) => Standing::Former,
            (false, false) => Standing::Replaced,
        };
        Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, Vec<u8>>(1)?, standing))
    });
    let found = match registered.optional()? {
        Some(found) => Some(found),
        None => joined(db, keyid)?,
    };
    Ok(found.and_then(|(device, spki, standing)| {
        Some(KnownKey { key: PublicKey::from_spki(&spki)?, device: Id(device), standing })
    }))
}

/// A phone's name, its key's SPKI, and what it is served.
type Found = ([u8; 16], Vec<u8>, Standing);

fn joined(db: &Connection, keyid: &str) -> rusqlite::Result<Option<Found>> {
    let mut query = db.prepare_cached("SELECT new_phone, new_spki FROM transfers WHERE new_keyid = ?1 LIMIT 1")?;
    query.query_row([keyid], |row| Ok((row.get(0)?, row.get(1)?, Standing::Joined))).optional()
}

/// The keys of a phone, as the ledger hashes them.
pub(super) fn keys_of(work: &Work, device: Id) -> Ruling<(PublicKey, Option<PublicKey>)> {
    let found = work.row("SELECT spki, auth_spki FROM phones WHERE id = ?1", [device.0], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<Vec<u8>>>(1)?))
    })?;
    let (dev, auth) = found.ok_or(Code::Internal)?;
    let dev = PublicKey::from_spki(&dev).ok_or(Code::Internal)?;
    Ok((dev, auth.as_deref().and_then(PublicKey::from_spki)))
}
