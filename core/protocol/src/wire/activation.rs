//! Activation for level 2, of somebody whom an office has identified in person (rows R4, R11).

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Consent, Id, Remedy, UnixTime};

/// Activates. Everything it cites was given before, and is used up by it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ActivationRequest {
    /// 12 digits, or a foreigner's generated number.
    pub id_number: String,
    /// A verified code for [`super::OtpPurpose::Activate`]: to the phone number or email that was given at the office.
    pub otp_challenge: Id,
    /// The password: a new one.
    pub password: Id,
    /// A portrait, taken now, complete.
    pub portrait: Id,
    /// What the citizen agreed to, before the first field or picture (R24).
    pub consents: Vec<Consent>,
}

impl std::fmt::Debug for ActivationRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ActivationRequest")
    }
}

call!(ActivationRequest => Activation, Post |_| "/v1/activations".into(); Outbox);

/// Asks how far an activation is. Only the phone that sent it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationStatusRequest {
    /// Which.
    #[serde(skip)]
    pub activation: Id,
}

call!(ActivationStatusRequest => Activation, Get |call| format!("/v1/activations/{}", call.activation));

/// Asks how far the activation is that this phone asked for, if it never heard its id. The open one, else the newest; not found if
/// there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrentActivationRequest {}

call!(CurrentActivationRequest => Activation, Get |_| "/v1/activations/current".into());

/// How far an activation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activation {
    /// Names it.
    pub id: Id,
    /// Its state.
    pub state: ActivationState,
    /// Since when.
    pub since: UnixTime,
    /// When it should be decided, while it is not.
    pub expected_by: Option<UnixTime>,
    /// Why it was refused; empty else.
    pub reasons: Vec<ActivationReason>,
    /// When to ask again, in seconds.
    pub poll_after_s: u32,
}

/// An activation's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActivationState {
    /// The portrait is being compared.
    Comparing,
    /// The account has level 2, the new password and the proven address; this phone is its phone.
    Done,
    /// Nothing has changed.
    Refused,
}

/// Why an activation was refused. It is told only because the code proved the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActivationReason {
    /// What is wrong.
    pub code: ActivationReasonCode,
    /// What helps.
    pub remedy: Remedy,
}

/// What was wrong with an activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActivationReasonCode {
    /// Nobody has identified this number in person yet.
    NotIdentified,
    /// Another phone number or email was given at the office.
    AddressDiffers,
    /// The portrait shows somebody else, or so it seems.
    PortraitDiffers,
    /// The portrait can't be compared.
    PortraitUnusable,
    /// The account has level 2 already.
    AlreadyActive,
    /// The account is on another phone.
    OnAnotherPhone,
    /// The office's request has expired: it must send a new one.
    RequestExpired,
}
