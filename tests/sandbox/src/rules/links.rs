//! Notices with a link, for who did not do it: the link leads to a page whose buttons stop a move or freeze the account, and do
//! nothing else. Opening it does nothing: mail programs look at links before people do.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_protocol::wire::{Code, Id, OtpChannel};
use rusqlite::{Row, params};

use super::accounts::Account;
use super::crypto::sha256;
use super::outbox::{Notice, send};
use super::sql::{at, id, id_if_any, name, named};
use super::{freezes, transfers};
use crate::work::{Ruling, Work};

/// As long as the old phone may freeze, and through a hold before that.
const LIFE_S: u64 = transfers::FREEZE_S + 24 * 3_600;
/// How long notices go to an address that the account has no more, in seconds.
const FORMER_S: u64 = 72 * 3_600;

/// Tells every address that the account has, or had until lately; each gets a link of its own. `transfer`: what it can stop, too.
pub(super) fn warn(work: &Work, account: &Account, notice: Notice, transfer: Option<Id>) -> Ruling<()> {
    let mut addresses = former_addresses(work, account.id)?;
    for channel in [OtpChannel::Sms, OtpChannel::Email] {
        let own = account.address(channel).map(|address| (channel, address.to_owned()));
        addresses.extend(own.filter(|own| !addresses.contains(own)));
    }
    for (channel, address) in addresses {
        let link = issue(work, account.id, transfer)?;
        send(work, channel, address.as_str(), &notice.body_with(&link))?;
    }
    Ok(())
}

fn issue(work: &Work, account: Id, transfer: Option<Id>) -> Ruling<String> {
    let token = URL_SAFE_NO_PAD.encode(work.random_bytes::<16>()?);
    work.change(
        "INSERT INTO notice_links (token, account, transfer, expires_at) VALUES (?1, ?2, ?3, ?4)",
        params![sha256(token.as_bytes()), account.0, transfer.map(|transfer| transfer.0), at(work.now.plus(LIFE_S))],
    )?;
    Ok(format!("https://{}{PATH}{token}", work.host))
}

/// Where links lead.
pub(crate) const PATH: &str = "/notices/";

/// What a link offers at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offer {
    /// It was used, is too old, or never was one.
    Nothing,
    /// The account is frozen already.
    Frozen,
    /// Freezing.
    Freeze,
    /// That, or stopping the move only.
    FreezeOrStop,
}

/// What came of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Frozen,
    Stopped,
    /// There was nothing left to stop: it is over. The link still freezes.
    TooLate,
    /// The link was used, is too old, or never was one.
    Nothing,
}

/// A button of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Button {
    Freeze,
    Stop,
}

/// Looks at a link, and leaves it as it is.
pub(crate) fn look(work: &Work, token: &str) -> Ruling<Offer> {
    let Some(link) = Link::find(work, token)? else { return Ok(Offer::Nothing) };
    let account = Account::by_id(work, link.account)?.ok_or(Code::NotFound)?;
    Ok(match link.transfer {
        _ if account.frozen_at.is_some() => Offer::Frozen,
        Some(transfer) if transfers::is_stoppable(work, transfer)? => Offer::FreezeOrStop,
        _ => Offer::Freeze,
    })
}

/// Uses a link, once.
pub(crate) fn press(work: &Work, token: &str, button: Button) -> Ruling<Outcome> {
    let Some(link) = Link::find(work, token)? else { return Ok(Outcome::Nothing) };
    let outcome = match button {
        Button::Freeze => {
            let account = Account::by_id(work, link.account)?.ok_or(Code::NotFound)?;
            freezes::carry_out(work, &account, sha256(token.as_bytes()))?;
            Outcome::Frozen
        }
        Button::Stop => {
            let transfer = link.transfer.ok_or(Code::NotFound)?;
            if !transfers::by_link(work, transfer)? {
                return Ok(Outcome::TooLate);
            }
            Outcome::Stopped
        }
    };
    work.change("DELETE FROM notice_links WHERE token = ?1", [sha256(token.as_bytes())])?;
    Ok(outcome)
}

struct Link {
    account: Id,
    transfer: Option<Id>,
}

impl Link {
    fn find(work: &Work, token: &str) -> Ruling<Option<Self>> {
        work.row(
            "SELECT account, transfer FROM notice_links WHERE token = ?1 AND expires_at > ?2",
            params![sha256(token.as_bytes()), at(work.now)],
            |row| Ok(Self { account: id(row, "account")?, transfer: id_if_any(row, "transfer")? }),
        )
    }
}

/// An address that the account is about to lose: notices go there, too, for a while.
pub(super) fn keep_former_address(work: &Work, account: &Account, channel: OtpChannel) -> Ruling<()> {
    let Some(address) = account.address(channel) else { return Ok(()) };
    let given = params![account.id.0, name(&channel)?, address, at(work.now.plus(FORMER_S))];
    let sql = "INSERT OR REPLACE INTO former_addresses (account, channel, address, until) VALUES (?1, ?2, ?3, ?4)";
    work.change(sql, given).map(drop)
}

fn former_addresses(work: &Work, account: Id) -> Ruling<Vec<(OtpChannel, String)>> {
    let read = |row: &Row<'_>| Ok((named(row, "channel")?, row.get("address")?));
    let sql = "SELECT channel, address FROM former_addresses WHERE account = ?1 AND until > ?2";
    work.rows(sql, params![account.0, at(work.now)], read)
}
