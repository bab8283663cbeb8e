//! Portraits come in parts, and are deleted once what cites them is decided. Nobody but the desk sees one.

use citizen_protocol::wire::{
    Code, Id, PortraitPartRequest, PortraitProgress, PortraitRequest, PortraitStatusRequest, UnixTime, WireField,
};
use rusqlite::params;

use super::crypto::sha256;
use super::refusals::{fields, phone};
use super::sql::{at, time};
use crate::work::{Caller, Refusal, Ruling, Work};

/// The largest portrait, in bytes.
const MAX_BYTES: u32 = 2 << 20;
const LIFE_S: u64 = 24 * 3_600;
/// Portraits of one phone that nothing cites yet; the oldest gives way.
const MAX_WAITING: u32 = 3;

/// Begins one.
pub(crate) fn announce(work: &Work, caller: &Caller, request: &PortraitRequest) -> Ruling<PortraitProgress> {
    let phone = phone(caller)?;
    if request.size > MAX_BYTES {
        return Err(Code::TooLarge.into());
    }
    if request.size == 0 || request.sha256.0.len() != 32 {
        return Err(fields(&[WireField::Portrait]));
    }
    make_room(work, phone)?;
    let (id, valid_until) = (work.new_id()?, work.now.plus(LIFE_S));
    work.change(
        "INSERT INTO portraits (id, phone, size, sha256, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id.0, phone.0, request.size, request.sha256.0, at(valid_until)],
    )?;
    Ok(PortraitProgress { id, received: 0, size: request.size, valid_until })
}

fn make_room(work: &Work, phone: Id) -> Ruling<()> {
    let too_many = work.rows(
        "SELECT id FROM portraits WHERE phone = ?1 AND is_cited = 0 ORDER BY expires_at DESC LIMIT -1 OFFSET ?2",
        params![phone.0, MAX_WAITING - 1],
        |row| row.get(0).map(Id),
    )?;
    too_many.into_iter().try_for_each(|portrait| delete(work, portrait))
}

/// Takes the next part. The last one completes it, if its bytes are those announced.
pub(crate) fn part(work: &Work, caller: &Caller, request: &PortraitPartRequest) -> Ruling<PortraitProgress> {
    let portrait = Portrait::waiting(work, phone(caller)?, request.portrait)?;
    if request.bytes.len() > PortraitPartRequest::MAX_BYTES {
        return Err(Code::TooLarge.into());
    }
    if request.bytes.is_empty() {
        return Err(Code::BadBody.into());
    }
    if request.offset != portrait.received {
        return again(work, &portrait, request);
    }
    let received = portrait.received + request.bytes.len() as u32;
    if received > portrait.size {
        return Err(Code::TooLarge.into());
    }
    work.change(
        "INSERT INTO portrait_parts (portrait, start, bytes) VALUES (?1, ?2, ?3)",
        params![portrait.id.0, request.offset, request.bytes],
    )?;
    if received == portrait.size && sha256(&bytes(work, portrait.id)?) != portrait.sha256 {
        delete(work, portrait.id)?;
        return Err(Refusal { problem: Code::DigestMismatch.into(), keep: true });
    }
    work.change("UPDATE portraits SET received = ?2 WHERE id = ?1", params![portrait.id.0, received])?;
    Ok(Portrait { received, ..portrait }.progress())
}

/// A part that is there already, sent again because its answer was lost, changes nothing.
fn again(work: &Work, portrait: &Portrait, request: &PortraitPartRequest) -> Ruling<PortraitProgress> {
    let kept = work.row(
        "SELECT 1 FROM portrait_parts WHERE portrait = ?1 AND start = ?2 AND bytes = ?3",
        params![portrait.id.0, request.offset, request.bytes],
        |_| Ok(()),
    )?;
    kept.map(|()| portrait.progress()).ok_or_else(|| Code::PortraitOffset.into())
}

/// How far one is.
pub(crate) fn status(work: &Work, caller: &Caller, request: PortraitStatusRequest) -> Ruling<PortraitProgress> {
    Portrait::waiting(work, phone(caller)?, request.portrait).map(|portrait| portrait.progress())
}

/// Uses one up: it stays until what cites it is decided.
pub(super) fn cite(work: &Work, phone: Id, id: Id) -> Ruling<()> {
    let portrait = Portrait::waiting(work, phone, id)?;
    if portrait.received < portrait.size {
        return Err(Code::PortraitIncomplete.into());
    }
    work.change("UPDATE portraits SET is_cited = 1 WHERE id = ?1", [id.0]).map(drop)
}

/// Deletes one, all of it.
pub(super) fn delete(work: &Work, id: Id) -> Ruling<()> {
    work.change("DELETE FROM portrait_parts WHERE portrait = ?1", [id.0])?;
    work.change("DELETE FROM portraits WHERE id = ?1", [id.0]).map(drop)
}

/// All bytes that are there, in order.
pub(super) fn bytes(work: &Work, id: Id) -> Ruling<Vec<u8>> {
    let parts = work.rows("SELECT bytes FROM portrait_parts WHERE portrait = ?1 ORDER BY start", [id.0], |row| {
        row.get::<_, Vec<u8>>(0)
    })?;
    Ok(parts.concat())
}

struct Portrait {
    id: Id,
    size: u32,
    sha256: [u8; 32],
    received: u32,
    valid_until: UnixTime,
}

impl Portrait {
    /// One of this phone that nothing has cited.
    fn waiting(work: &Work, phone: Id, id: Id) -> Ruling<Self> {
        let found = work.row(
            "SELECT size, sha256, received, expires_at FROM portraits \
             WHERE id = ?1 AND phone = ?2 AND is_cited = 0 AND expires_at > ?3",
            params![id.0, phone.0, at(work.now)],
            |row| {
                let valid_until = time(row, "expires_at")?;
                Ok(Self { id, size: row.get(0)?, sha256: row.get(1)?, received: row.get(2)?, valid_until })
            },
        )?;
        found.ok_or_else(|| Code::PortraitGone.into())
    }

    fn progress(&self) -> PortraitProgress {
        let Self { id, received, size, valid_until, .. } = *self;
        PortraitProgress { id, received, size, valid_until }
    }
}
