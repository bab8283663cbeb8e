//! The new phone joins, with the key that signs this and everything after.

use citizen_protocol::enrol::device_id;
use citizen_protocol::wire::{Blob, Code, JoinRequest, TransferEnd, TransferStatus};
use rusqlite::params;

use super::stage::Stage;
use super::store::{JoinedPhone, Stored};
use crate::rules::accounts::Account;
use crate::rules::outbox::Notice;
use crate::rules::sql::at;
use crate::rules::{enrol, links};
use crate::work::{Caller, Refusal, Ruling, Work};

/// Joins of one transfer that are looked at.
const MOST: u32 = 5;

/// Joins. A second phone, or the same one with another request, aborts the transfer: only one of them is in the holder's hand. A
/// repetition never comes here, for its answer was kept.
pub(crate) fn join(work: &Work, caller: &Caller, request: &JoinRequest) -> Ruling<TransferStatus> {
    let mut stored = Stored::by_id(work, request.transfer)?;
    if stored.stage.is_last() || stored.joins >= MOST {
        return Err(Code::TransferGone.into());
    }
    if stored.joined.is_some() {
        return Err(contest(work, &mut stored)?);
    }
    stored.joins += 1;
    work.change("UPDATE transfers SET joins = ?2 WHERE id = ?1", params![stored.id.0, stored.joins])?;
    // Looked at: it counts, also where it is refused.
    take(work, caller, &mut stored, request).map_err(|refusal| Refusal { keep: true, ..refusal })?;
    stored.view(work)
}

/// Aborted, and the holder hears of it.
fn contest(work: &Work, stored: &mut Stored) -> Ruling<Refusal> {
    stored.end(work, TransferEnd::Contested)?;
    let account = Account::by_id(work, stored.account)?.ok_or(Code::TransferGone)?;
    links::warn(work, &account, Notice::MoveContested, None)?;
    Ok(Refusal { problem: Code::TransferContested.into(), keep: true })
}

fn take(work: &Work, caller: &Caller, stored: &mut Stored, request: &JoinRequest) -> Ruling<()> {
    let (key, device) = (caller.key, device_id(caller.key.spki()));
    if request.dev.0 != *key.spki() {
        return Err(Code::EvidenceRefused.into());
    }
    // A key serves one phone, once: also the old phone's own would be refused here.
    let is_known = work.row("SELECT 1 FROM phones WHERE id = ?1", [device.0], |_| Ok(()))?.is_some();
    if is_known {
        return Err(Code::KeyInUse.into());
    }
    stored.open_account(work)?;
    enrol::take(work, &Blob(request.challenge.0.into()))?;
    let joined = JoinedPhone {
        device,
        key,
        challenge: request.challenge.0,
        flags: request.flags,
        qr_a: request.qr_a.0,
        at: work.now,
    };
    work.change(
        "UPDATE transfers SET new_phone = ?2, new_keyid = ?3, new_spki = ?4, challenge = ?5, flags = ?6, qr_a = ?7, \
         joined_at = ?8 WHERE id = ?1",
        params![
            stored.id.0,
            device.0,
            key.thumbprint(),
            key.spki(),
            joined.challenge,
            joined.flags,
            joined.qr_a,
            at(work.now)
        ],
    )?;
    stored.joined = Some(joined);
    stored.enter(work, Stage::Joined, work.now, stored.due)
}
