//! The service's policy, in public: ages, periods and purposes are its own, never the app's (row R24).

use serde::{Deserialize, Serialize};

use super::call::call;

/// Asks for the policy, before anything is known of the one who asks: not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRequest {}

call!(PolicyRequest => Policy, Get |_| "/v1/policy".into(), Nobody);

/// What the first page says before a camera or a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Policy {
    /// Years of age from which an account of one's own is given.
    pub minimum_age: u8,
    /// Version of the texts that a consent is given to.
    pub terms: u32,
    /// Every purpose, required ones first; a choice for each.
    pub purposes: Vec<PurposePolicy>,
}

/// What personal data is processed for: one choice for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The card's details and the contact, compared with the population database.
    Identity,
    /// The portrait, compared with the one on record.
    Portrait,
    /// Counts of errors that name nobody.
    Diagnostics,
}

/// Who sees the data of a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// The national population database.
    PopulationDatabase,
    /// The identity service itself.
    IdentityService,
    /// Officers of the police office that decides.
    PoliceOffice,
}

/// A purpose, as the service handles it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PurposePolicy {
    /// Which.
    pub purpose: Purpose,
    /// Whether there is no account without it.
    pub is_required: bool,
    /// Days that its data is kept; as long as the account, if none are named.
    pub kept_days: Option<u32>,
    /// Who sees it.
    pub recipients: Vec<Recipient>,
}
