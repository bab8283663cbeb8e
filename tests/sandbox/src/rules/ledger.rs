//! Each account's list of phones: signed entries, each after the one before.

use citizen_protocol::enrol::keys_hash;
use citizen_protocol::ledger::{Entry, Hash, Head, HeadStatement, Kind, Ledger, MAX_PAGE};
use citizen_protocol::wire::{Blob, Code, Id, LedgerPage, LedgerRequest, SignedBytes};
use rusqlite::{Row, params};

use super::accounts::Account;
use super::devices::keys_of;
use crate::work::{Caller, Ruling, Work};

/// Entries of the caller's account.
pub(crate) fn page(work: &Work, caller: &Caller, request: LedgerRequest) -> Ruling<LedgerPage> {
    let account = Account::of_session(work, caller)?;
    let from = i64::try_from(request.from).map_err(|_| Code::BadRequest)?;
    let entries = work.rows(
        "SELECT bytes, signature, kid FROM ledger WHERE account = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3",
        params![account.id.0, from, MAX_PAGE as u32],
        signed,
    )?;
    Ok(LedgerPage { entries })
}

/// What led to a change of phones: the entry holds its SHA-256.
pub(super) type Evidence = Hash;

/// SHA-256 of a phone's keys, as the ledger names it.
pub(super) fn keys_hash_of(work: &Work, phone: Id) -> Ruling<Hash> {
    let (dev, auth) = keys_of(work, phone)?;
    Ok(keys_hash(dev.spki(), auth.as_ref().map(|key| key.spki().as_slice())))
}

/// Signs the next entry and appends it. `keys`: those that are bound from now on.
pub(super) fn append(
    work: &Work,
    account: Id,
    kind: Kind,
    keys: Option<Hash>,
    evidence: Evidence,
) -> Ruling<SignedBytes> {
    let entry = whole(work, account)?.next(kind, keys, evidence, work.now).map_err(|_| Code::Internal)?;
    let signed = work.keys.statement(entry.encode())?;
    work.change(
        "INSERT INTO ledger (account, seq, bytes, signature, kid) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            account.0,
            i64::try_from(entry.seq).map_err(|_| Code::Internal)?,
            signed.bytes.0,
            signed.signature.0,
            signed.kid
        ],
    )?;
    Ok(signed)
}

/// Where it ends now, signed: what comes with each token.
pub(super) fn head(work: &Work, account: Id) -> Ruling<SignedBytes> {
    let head = last(work, account)?.ok_or(Code::Internal)?;
    Ok(work.keys.statement(HeadStatement { account, head, time: work.now }.encode())?)
}

/// Where it ends now.
pub(super) fn last(work: &Work, account: Id) -> Ruling<Option<Head>> {
    let Some(signed) = last_signed(work, account)? else { return Ok(None) };
    let entry = Entry::decode(&signed.bytes.0).ok_or(Code::Internal)?;
    Ok(Some(Head { seq: entry.seq, hash: entry.head() }))
}

/// The last entry.
pub(super) fn last_signed(work: &Work, account: Id) -> Ruling<Option<SignedBytes>> {
    let sql = "SELECT bytes, signature, kid FROM ledger WHERE account = ?1 ORDER BY seq DESC LIMIT 1";
    work.row(sql, [account.0], signed)
}

/// All entries, one after another: it is never long, and a chain that breaks is not continued.
fn whole(work: &Work, account: Id) -> Ruling<Ledger> {
    let entries = work.rows("SELECT bytes FROM ledger WHERE account = ?1 ORDER BY seq", [account.0], |row| {
        row.get::<_, Vec<u8>>(0)
    })?;
    let next = |ledger: Ledger, bytes: Vec<u8>| {
        let entry = Entry::decode(&bytes).ok_or(Code::Internal)?;
        ledger.append(&entry).map_err(|_| Code::Internal)
    };
    Ok(entries.into_iter().try_fold(Ledger::new(account), next)?)
}

fn signed(row: &Row<'_>) -> rusqlite::Result<SignedBytes> {
    Ok(SignedBytes { bytes: Blob(row.get(0)?), signature: Blob(row.get(1)?), kid: row.get(2)? })
}
