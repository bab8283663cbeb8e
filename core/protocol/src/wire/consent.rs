//! Consents: one for each purpose, and their end (row R24).

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Purpose, UnixTime};

/// A choice that the holder made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// To what.
    pub purpose: Purpose,
    /// Version of the texts that it was given to: [`super::Policy::terms`].
    pub terms: u32,
    /// When, by the phone.
    pub given_at: UnixTime,
}

/// Withdraws a consent. Without a required one there can be no account: withdrawing it asks for the account's deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawConsentRequest {
    /// Which.
    pub purpose: Purpose,
}

call!(WithdrawConsentRequest => Withdrawal, Post |_| "/v1/consents/withdrawals".into(), Session; Outbox);

/// A consent has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Withdrawal {
    /// Which.
    pub purpose: Purpose,
    /// When.
    pub withdrawn_at: UnixTime,
    /// When the account is deleted, if it can't be kept without.
    pub ends_account_at: Option<UnixTime>,
}
