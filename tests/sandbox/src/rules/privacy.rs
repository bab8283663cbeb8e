//! What the holder may see and be given of what the service keeps (row R24).

use citizen_protocol::wire::{Export, ExportRequest, Id, OtpChannel, PrivacyStatus, PrivacyStatusRequest, UnixTime};
use rusqlite::params;

use super::accounts::Account;
use super::policy::Policy;
use super::sql::{at, id, time};
use super::{consents, deletions, outbox};
use crate::work::{Caller, Ruling, Work};

/// So soon after one there is no other export.
const AGAIN_S: u64 = 24 * 3_600;

/// Consents in force, and what was asked for before.
pub(crate) fn status(work: &Work, caller: &Caller, _request: PrivacyStatusRequest) -> Ruling<PrivacyStatus> {
    let account = Account::of_session(work, caller)?.id;
    let (export, deletion) = (newest(work, account)?, deletions::of(work, account)?);
    Ok(PrivacyStatus { consents: consents::in_force(work, account)?, export, deletion })
}

/// Sends what is kept to the account's address: here what kinds of data, and how much of each; no value.
pub(crate) fn export(work: &Work, caller: &Caller, _request: ExportRequest) -> Ruling<Export> {
    let account = Account::of_session(work, caller)?;
    let before = newest(work, account.id)?;
    if let Some(export) = before.filter(|export| export.requested_at.plus(AGAIN_S) > work.now) {
        return Ok(export);
    }
    let expected_by = work.now.plus(Policy::ExportWithin.value(work)?);
    let export = Export { id: work.new_id()?, requested_at: work.now, expected_by };
    work.change(
        "INSERT INTO exports (id, account, requested_at, expected_by) VALUES (?1, ?2, ?3, ?4)",
        params![export.id.0, account.id.0, at(export.requested_at), at(export.expected_by)],
    )?;
    // An email has room for a list; the text message is for who has no other address.
    let channel = if account.email.is_some() { OtpChannel::Email } else { OtpChannel::Sms };
    outbox::send(work, channel, account.address(channel), &letter(work, &account, export.id)?)?;
    Ok(export)
}

fn newest(work: &Work, account: Id) -> Ruling<Option<Export>> {
    let sql = "SELECT * FROM exports WHERE account = ?1 ORDER BY requested_at DESC LIMIT 1";
    work.row(sql, [account.0], |row| {
        let (requested_at, expected_by): (UnixTime, _) = (time(row, "requested_at")?, time(row, "expected_by")?);
        Ok(Export { id: id(row, "id")?, requested_at, expected_by })
    })
}

/// Kinds in Vietnamese without accents and in English, with how much of it an account (?1) of a number (?2) has.
const KINDS: [(&str, &str, &str); 9] = [
    ("tai khoan", "account", "SELECT COUNT(*) FROM accounts WHERE id = ?1 AND number = ?2"),
    ("may", "phones", "SELECT COUNT(*) FROM account_phones WHERE account = ?1 AND ?2 = ?2"),
    ("nhat ky may", "entries of the list of devices", "SELECT COUNT(*) FROM ledger WHERE account = ?1 AND ?2 = ?2"),
    ("dong y", "consents", "SELECT COUNT(*) FROM consents WHERE holder = ?1 AND ?2 = ?2"),
    ("ho so dang ky", "registrations", "SELECT COUNT(*) FROM applications WHERE account = ?1 AND ?2 = ?2"),
    ("dat lai mat khau", "password resets", "SELECT COUNT(*) FROM recoveries WHERE account = ?1 AND ?2 = ?2"),
    ("kich hoat", "activations", "SELECT COUNT(*) FROM activations WHERE account = ?1 AND number = ?2"),
    ("chuyen may", "moves to another phone", "SELECT COUNT(*) FROM transfers WHERE account = ?1 AND ?2 = ?2"),
    ("khoi phuc may", "recoveries of a phone", "SELECT COUNT(*) FROM device_recoveries WHERE account = ?1 AND ?2 = ?2"),
];

fn letter(work: &Work, account: &Account, export: Id) -> Ruling<String> {
    let mut lists = [Vec::new(), Vec::new()];
    for (vietnamese, english, sql) in KINDS {
        let given = params![account.id.0, account.number];
        let count = work.row(sql, given, |row| row.get::<_, u32>(0))?.unwrap_or_default();
        for (list, name) in lists.iter_mut().zip([vietnamese, english]) {
            list.push(format!("{name} {count}"));
        }
    }
    let [vietnamese, english] = lists.map(|list| list.join(", "));
    Ok(format!(
        "Du lieu chung toi giu ve ban, yeu cau {export}: {vietnamese}.\n\
         What the service keeps of you, request {export}: {english}."
    ))
}
