//! A forgotten password: a code, then the portrait compared again (row R5).

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Id, Reason, UnixTime};

/// Asks for another password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecoveryRequest {
    /// Whose.
    pub id_number: String,
    /// A verified code for [`super::OtpPurpose::Recover`].
    pub otp_challenge: Id,
    /// A portrait, taken now, complete.
    pub portrait: Id,
    /// The new password.
    pub password: Id,
}

impl std::fmt::Debug for RecoveryRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("RecoveryRequest")
    }
}

call!(RecoveryRequest => Recovery, Post |_| "/v1/recoveries".into(); Outbox);

/// Asks how far a recovery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoveryStatusRequest {
    /// Which.
    #[serde(skip)]
    pub recovery: Id,
}

call!(RecoveryStatusRequest => Recovery, Get |call| format!("/v1/recoveries/{}", call.recovery));

/// Asks how far the recovery is that this phone asked for, if it never heard its id. The open one, else the newest; not found if there
/// is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrentRecoveryRequest {}

call!(CurrentRecoveryRequest => Recovery, Get |_| "/v1/recoveries/current".into());

/// How far a recovery is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recovery {
    /// Names it.
    pub id: Id,
    /// Its state.
    pub state: RecoveryState,
    /// Since when.
    pub since: UnixTime,
    /// When it should be decided, while it is not.
    pub expected_by: Option<UnixTime>,
    /// Why it was refused; empty else.
    pub reasons: Vec<Reason>,
    /// When to ask again, in seconds.
    pub poll_after_s: u32,
}

/// A recovery's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecoveryState {
    /// The portrait is being compared.
    Comparing,
    /// The new password is in force; every session ended.
    Done,
    /// The old password stays.
    Refused,
}
