//! The vault's export on its way: announced once, then in chunks, sealed for the new phone.

use citizen_protocol::wire::{
    Blob, Bytes32, Code, Id, VaultChunk, VaultChunkGetRequest, VaultChunkPutRequest, VaultProgress, VaultRequest,
};
use rusqlite::params;

use super::stage::Stage;
use super::store::{Announced, Role, Stored};
use crate::work::{Caller, Ruling, Work};

/// The shortest sealed chunk: one byte and its tag.
const MIN_BYTES: usize = 17;

/// Announces it. The same again is fine; what was announced never changes.
pub(crate) fn announce(work: &Work, caller: &Caller, request: VaultRequest) -> Ruling<VaultProgress> {
    let VaultRequest { transfer, manifest: Bytes32(manifest), total } = request;
    let stored = Stored::of_role(work, caller, transfer, Role::Old)?;
    stored.expect(Stage::Accepted)?;
    stored.open_account(work)?;
    if !(1..=VaultChunkPutRequest::MAX_CHUNKS).contains(&total) {
        return Err(Code::BadRequest.into());
    }
    let announced = Announced { manifest, total };
    match stored.shipment {
        Some(first) if first != announced => return Err(Code::SlotTaken.into()),
        Some(_) => (),
        None => {
            let given = params![transfer.0, manifest, total];
            work.change("UPDATE transfers SET manifest = ?2, total = ?3 WHERE id = ?1", given)?;
        }
    }
    progress(work, transfer, announced)
}

/// Takes a chunk. The same again is fine, another is not.
pub(crate) fn put_chunk(work: &Work, caller: &Caller, request: &VaultChunkPutRequest) -> Ruling<VaultProgress> {
    let VaultChunkPutRequest { transfer, index, bytes } = request;
    let stored = Stored::of_role(work, caller, *transfer, Role::Old)?;
    stored.expect(Stage::Accepted)?;
    stored.open_account(work)?;
    let announced = stored.shipment.ok_or(Code::TransferState)?;
    if *index >= announced.total {
        return Err(Code::NotFound.into());
    }
    if bytes.len() < MIN_BYTES {
        return Err(Code::BadBody.into());
    }
    let sql = "INSERT OR IGNORE INTO transfer_chunks (transfer, number, bytes) VALUES (?1, ?2, ?3)";
    let is_new = work.change(sql, params![transfer.0, index, bytes])? == 1;
    if !is_new && read(work, *transfer, *index)?.as_ref() != Some(bytes) {
        return Err(Code::SlotTaken.into());
    }
    progress(work, *transfer, announced)
}

/// Gives a chunk to the new phone.
pub(crate) fn chunk(work: &Work, caller: &Caller, request: VaultChunkGetRequest) -> Ruling<VaultChunk> {
    let VaultChunkGetRequest { transfer, index } = request;
    let stored = Stored::of_role(work, caller, transfer, Role::New)?;
    stored.expect(Stage::Accepted)?;
    let bytes = read(work, transfer, index)?.ok_or(Code::NotFound)?;
    Ok(VaultChunk { bytes: Blob(bytes) })
}

/// How far it is.
pub(super) fn progress(work: &Work, transfer: Id, announced: Announced) -> Ruling<VaultProgress> {
    let sql = "SELECT number FROM transfer_chunks WHERE transfer = ?1 ORDER BY number";
    let received = work.rows(sql, [transfer.0], |row| row.get(0))?;
    Ok(VaultProgress { manifest: Bytes32(announced.manifest), total: announced.total, received })
}

fn read(work: &Work, transfer: Id, index: u32) -> Ruling<Option<Vec<u8>>> {
    let key = params![transfer.0, index];
    work.row("SELECT bytes FROM transfer_chunks WHERE transfer = ?1 AND number = ?2", key, |row| row.get(0))
}
