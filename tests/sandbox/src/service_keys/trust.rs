//! Pin set and statement-key set, signed by the root.

use citizen_protocol::trust::{Env, Period, Pin, PinRole, ROOT, Row, Set, StatementKey};
use citizen_protocol::wire::{Blob, SignedBytes, TrustDocuments, UnixTime};

use super::{KeysError, Pins, Signer};
use crate::data::Folder;

/// The statement key's name in its set.
pub(super) const STATEMENT_KID: &str = "statement-1";
/// The first and, as no key has been replaced yet, only version.
const VERSION: u64 = 1;
/// A phone's clock may be behind.
const DAY_S: u64 = 86_400;
/// As long as the CA's certificate or longer: no test outlives it.
const VALID_S: u64 = 75 * 366 * DAY_S;

/// Both sets, signed at the first start: a root is offline, and signs a version once.
pub(super) fn kept(
    folder: &Folder,
    root: &Signer,
    statement: &Signer,
    pins: &Pins,
    now: UnixTime,
) -> Result<TrustDocuments, KeysError> {
    let json = folder.kept("keys/trust.json", || {
        let documents = documents(root, statement, pins, now)?;
        serde_json::to_vec(&documents).map_err(|_| KeysError::Damaged("trust.json"))
    })?;
    serde_json::from_slice(&json).map_err(|_| KeysError::Damaged("trust.json"))
}

fn documents(root: &Signer, statement: &Signer, pins: &Pins, now: UnixTime) -> Result<TrustDocuments, KeysError> {
    let period = Period { from: UnixTime(now.0.saturating_sub(DAY_S)), to: now.plus(VALID_S) };
    let pin = |spki_sha256, role| Pin { spki_sha256, role, period };
    let pins = [(pins.current, PinRole::Current), (pins.next, PinRole::Next), (pins.backup, PinRole::Backup)];
    let pins = pins.map(|(spki_sha256, role)| pin(spki_sha256, role)).to_vec();
    let statement = StatementKey { kid: STATEMENT_KID.to_owned(), key: *statement.public(), period };
    Ok(TrustDocuments { pins: signed(root, pins)?, statement_keys: signed(root, vec![statement])? })
}

fn signed<R: Row>(root: &Signer, rows: Vec<R>) -> Result<SignedBytes, KeysError> {
    let bytes = Set { env: Env::Test, version: VERSION, rows }.encode();
    let signature = Blob(root.sign(&bytes)?.to_vec());
    Ok(SignedBytes { bytes: Blob(bytes), signature, kid: ROOT.to_owned() })
}
