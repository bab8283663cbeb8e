//! The holder's rights over what the service keeps: to see, to be given, to have it deleted (row R24).

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Consent, Id, UnixTime};

/// Asks for consents in force, and for what was asked for before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacyStatusRequest {}

call!(PrivacyStatusRequest => PrivacyStatus, Get |_| "/v1/privacy".into(), Session);

/// Where the holder's rights stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrivacyStatus {
    /// Consents in force.
    pub consents: Vec<Consent>,
    /// The newest export.
    pub export: Option<Export>,
    /// The deletion, if one was asked for.
    pub deletion: Option<Deletion>,
}

/// Asks for a copy of what the service keeps; it goes to the account's address, never into an answer. Asked again within a day, it is
/// the same export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExportRequest {}

call!(ExportRequest => Export, Post |_| "/v1/exports".into(), Session; Outbox);

/// An export that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Export {
    /// Names it; its notice repeats it.
    pub id: Id,
    /// When it was asked for.
    pub requested_at: UnixTime,
    /// When it has been sent.
    pub expected_by: UnixTime,
}

/// Asks for the account's deletion, with the phone's binding, the application and the portrait. Asked again, it is the same deletion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeletionRequest {}

call!(DeletionRequest => Deletion, Post |_| "/v1/deletions".into(), Session; Outbox);

/// A deletion that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deletion {
    /// When it was asked for.
    pub requested_at: UnixTime,
    /// When it is done.
    pub effective_at: UnixTime,
}
