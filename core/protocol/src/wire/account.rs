//! The account as its holder sees it.

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Id, OtpChannel, UnixTime};

/// Asks for the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRequest {}

call!(AccountRequest => AccountSummary, Get |_| "/v1/account".into(), Session);

/// Assurance level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountLevel {
    /// Registered in the app.
    Level1,
    /// Identified in person.
    Level2,
}

/// Who locked an account: unlocking happens there (row R16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LockedBy {
    /// The holder, in the app.
    Holder,
    /// An officer, in person.
    Office,
    /// The hotline.
    Hotline,
    /// An authority, in writing.
    Authority,
    /// The service: the card expired 30 days ago.
    Expiry,
}

/// A lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountLock {
    /// Whose.
    pub by: LockedBy,
    /// Since when.
    pub since: UnixTime,
}

/// The account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountSummary {
    /// Names it.
    pub account: Id,
    /// Its level: an expired card leaves level 1 of level 2 (row R17).
    pub level: AccountLevel,
    /// The last day of its card, `yyyy-mm-dd`, if it ends.
    pub card_expires: Option<String>,
    /// The phone that is bound to it.
    pub device: Option<Id>,
    /// Its lock, if it is locked.
    pub lock: Option<AccountLock>,
    /// Channels that a code can take.
    pub channels: Vec<OtpChannel>,
    /// Until then no contact change and no transfer.
    pub cool_down_until: Option<UnixTime>,
}

/// Locks the account, at once. Never hindered; undone in person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LockRequest {}

call!(LockRequest => AccountSummary, Post |_| "/v1/account/lock".into(); Outbox);
