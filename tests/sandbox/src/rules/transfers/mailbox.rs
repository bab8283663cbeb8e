//! What the phones say to each other: sealed messages in slots, each written once, by one and read by the other.

use citizen_protocol::wire::{Blob, BoxContent, BoxGetRequest, BoxPutRequest, BoxSide, Code, Empty};
use rusqlite::params;

use super::stage::Stage;
use super::store::{Role, Stored};
use crate::work::{Caller, Ruling, Work};

/// Writes a slot. The same again is fine, another content is not.
pub(crate) fn put(work: &Work, caller: &Caller, request: &BoxPutRequest) -> Ruling<Empty> {
    let BoxPutRequest { transfer, side, slot, bytes } = request;
    let stored = Stored::of_role(work, caller, *transfer, writer(*side))?;
    stored.ensure_met()?;
    ensure_slot(*slot)?;
    if bytes.is_empty() {
        return Err(Code::BadBody.into());
    }
    let key = params![transfer.0, side.as_str(), slot, bytes];
    let sql = "INSERT OR IGNORE INTO transfer_box (transfer, side, slot, bytes) VALUES (?1, ?2, ?3, ?4)";
    if work.change(sql, key)? == 1 || read(work, request.transfer, *side, *slot)?.as_ref() == Some(bytes) {
        Ok(Empty {})
    } else {
        Err(Code::SlotTaken.into())
    }
}

/// Reads a slot, if there is something in it.
pub(crate) fn get(work: &Work, caller: &Caller, request: BoxGetRequest) -> Ruling<BoxContent> {
    let BoxGetRequest { transfer, side, slot } = request;
    let reader = if writer(side) == Role::Old { Role::New } else { Role::Old };
    let stored = Stored::of_role(work, caller, transfer, reader)?;
    stored.ensure_met()?;
    ensure_slot(slot)?;
    Ok(BoxContent { bytes: read(work, transfer, side, slot)?.map(Blob) })
}

fn writer(side: BoxSide) -> Role {
    match side {
        BoxSide::O2n => Role::Old,
        BoxSide::N2o => Role::New,
    }
}

fn ensure_slot(slot: u32) -> Ruling<()> {
    if slot < BoxPutRequest::MAX_SLOTS { Ok(()) } else { Err(Code::NotFound.into()) }
}

fn read(work: &Work, transfer: citizen_protocol::wire::Id, side: BoxSide, slot: u32) -> Ruling<Option<Vec<u8>>> {
    let key = params![transfer.0, side.as_str(), slot];
    work.row("SELECT bytes FROM transfer_box WHERE transfer = ?1 AND side = ?2 AND slot = ?3", key, |row| row.get(0))
}

impl Stored {
    /// There is another phone to talk to, and something left to say.
    fn ensure_met(&self) -> Ruling<()> {
        match self.stage {
            Stage::Joined | Stage::Endorsed | Stage::Held | Stage::Accepted => Ok(()),
            Stage::Ended => Err(Code::TransferGone.into()),
            Stage::Open | Stage::Done => Err(Code::TransferState.into()),
        }
    }
}
