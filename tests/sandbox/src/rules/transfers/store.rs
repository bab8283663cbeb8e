//! A transfer's row, and who takes part in it.

use citizen_protocol::enrol::device_id;
use citizen_protocol::key::PublicKey;
use citizen_protocol::transfer::SignedEndorsement;
use citizen_protocol::wire::{Code, Id, KeyEvidence, SignedBytes, TransferEnd, UnixTime};
use rusqlite::{Row, params};

use super::stage::Stage;
use crate::rules::accounts::Account;
use crate::rules::sql::{at, id, name, named, parsed, time, time_if_any};
use crate::work::{Caller, Ruling, Work};

/// A transfer as it is kept.
pub(super) struct Stored {
    pub(super) id: Id,
    pub(super) account: Id,
    pub(super) old_phone: Id,
    pub(super) server_nonce: [u8; 32],
    pub(super) stage: Stage,
    /// Why it ended.
    pub(super) reason: Option<TransferEnd>,
    pub(super) since: UnixTime,
    /// When the stage ends by itself; none: it is the last one.
    pub(super) due: Option<UnixTime>,
    pub(super) joins: u32,
    pub(super) joined: Option<JoinedPhone>,
    pub(super) endorsement: Option<SignedEndorsement>,
    /// What the new phone calls itself.
    pub(super) model: Option<String>,
    /// What the new phone has to say for its keys.
    pub(super) evidence: Option<Evidence>,
    pub(super) shipment: Option<Announced>,
    pub(super) receipt: Option<SignedBytes>,
}

/// The phone that joined.
#[derive(Clone, Copy)]
pub(super) struct JoinedPhone {
    pub(super) device: Id,
    pub(super) key: PublicKey,
    /// `c_N`.
    pub(super) challenge: [u8; 32],
    pub(super) flags: u8,
    pub(super) qr_a: [u8; 32],
    pub(super) at: UnixTime,
}

/// Of the new phone's keys.
pub(super) struct Evidence {
    pub(super) dev: KeyEvidence,
    pub(super) auth: Option<KeyEvidence>,
}

/// The vault's export, as the old phone announced it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Announced {
    pub(super) manifest: [u8; 32],
    pub(super) total: u32,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Old,
    New,
}

impl Stored {
    /// As it is now: what was due has happened.
    pub(super) fn by_id(work: &Work, transfer: Id) -> Ruling<Self> {
        let found = work.row("SELECT * FROM transfers WHERE id = ?1", [transfer.0], Self::read)?;
        let mut stored = found.ok_or(Code::TransferGone)?;
        stored.settle(work)?;
        Ok(stored)
    }

    /// The one that an account has under way.
    pub(super) fn open_for(work: &Work, account: Id) -> Ruling<Option<Self>> {
        let sql = "SELECT * FROM transfers WHERE account = ?1 AND stage NOT IN ('done', 'ended')";
        let Some(mut stored) = work.row(sql, [account.0], Self::read)? else { return Ok(None) };
        stored.settle(work)?;
        Ok(Some(stored).filter(|stored| !stored.stage.is_last()))
    }

    /// One that the caller takes part in. To anybody else there is none.
    pub(super) fn of(work: &Work, caller: &Caller, transfer: Id) -> Ruling<(Self, Role)> {
        let (stored, asker) = (Self::by_id(work, transfer)?, device_id(caller.key.spki()));
        let role = match stored.joined {
            _ if stored.old_phone == asker => Role::Old,
            Some(joined) if joined.device == asker => Role::New,
            _ => return Err(Code::TransferGone.into()),
        };
        Ok((stored, role))
    }

    /// One that this role goes on with.
    pub(super) fn of_role(work: &Work, caller: &Caller, transfer: Id, role: Role) -> Ruling<Self> {
        let (stored, is) = Self::of(work, caller, transfer)?;
        if is == role { Ok(stored) } else { Err(Code::TransferState.into()) }
    }

    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: id(row, "id")?,
            account: id(row, "account")?,
            old_phone: id(row, "old_phone")?,
            server_nonce: row.get("server_nonce")?,
            stage: named(row, "stage")?,
            reason: if is_there(row, "reason")? { Some(named(row, "reason")?) } else { None },
            since: time(row, "since")?,
            due: time_if_any(row, "due")?,
            joins: row.get("joins")?,
            joined: if is_there(row, "new_phone")? { Some(JoinedPhone::read(row)?) } else { None },
            endorsement: endorsement(row)?,
            model: row.get("model")?,
            evidence: if is_there(row, "dev_evidence")? { Some(Evidence::read(row)?) } else { None },
            shipment: if is_there(row, "manifest")? { Some(Announced::read(row)?) } else { None },
            receipt: if is_there(row, "receipt")? { Some(parsed(row, "receipt")?) } else { None },
        })
    }

    pub(super) fn insert(&self, work: &Work) -> Ruling<()> {
        work.change(
            "INSERT INTO transfers (id, account, old_phone, server_nonce, stage, made_at, since, due) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
            params![
                self.id.0,
                self.account.0,
                self.old_phone.0,
                self.server_nonce,
                name(&self.stage)?,
                at(self.since),
                self.due.map(at),
            ],
        )
        .map(drop)
    }

    /// Writes how far it is.
    pub(super) fn enter(&mut self, work: &Work, stage: Stage, since: UnixTime, due: Option<UnixTime>) -> Ruling<()> {
        (self.stage, self.since, self.due) = (stage, since, due);
        let given = params![self.id.0, name(&stage)?, at(since), due.map(at)];
        work.change("UPDATE transfers SET stage = ?2, since = ?3, due = ?4 WHERE id = ?1", given).map(drop)
    }

    /// The account, while it is open and the old phone is its phone.
    pub(super) fn open_account(&self, work: &Work) -> Ruling<Account> {
        let account = Account::by_id(work, self.account)?.ok_or(Code::TransferGone)?;
        account.ensure_open()?;
        if account.phone == Some(self.old_phone) { Ok(account) } else { Err(Code::TransferGone.into()) }
    }

    /// What it was endorsed with.
    pub(super) fn endorsed(&self) -> Ruling<SignedEndorsement> {
        self.endorsement.ok_or_else(|| Code::TransferState.into())
    }

    pub(super) fn joined(&self) -> Ruling<JoinedPhone> {
        self.joined.ok_or_else(|| Code::TransferState.into())
    }
}

impl JoinedPhone {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let spki: Vec<u8> = row.get("new_spki")?;
        Ok(Self {
            device: id(row, "new_phone")?,
            key: PublicKey::from_spki(&spki).ok_or(rusqlite::Error::InvalidQuery)?,
            challenge: row.get("challenge")?,
            flags: row.get("flags")?,
            qr_a: row.get("qr_a")?,
            at: time(row, "joined_at")?,
        })
    }
}

impl Evidence {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let auth = if is_there(row, "auth_evidence")? { Some(parsed(row, "auth_evidence")?) } else { None };
        Ok(Self { dev: parsed(row, "dev_evidence")?, auth })
    }
}

impl Announced {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { manifest: row.get("manifest")?, total: row.get("total")? })
    }
}

fn endorsement(row: &Row<'_>) -> rusqlite::Result<Option<SignedEndorsement>> {
    let bytes: Option<Vec<u8>> = row.get("endorsement")?;
    let decode = |bytes: Vec<u8>| SignedEndorsement::decode(&bytes).map_err(|_| rusqlite::Error::InvalidQuery);
    bytes.map(decode).transpose()
}

fn is_there(row: &Row<'_>, column: &str) -> rusqlite::Result<bool> {
    Ok(row.get_ref(column)? != rusqlite::types::ValueRef::Null)
}
