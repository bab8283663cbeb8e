//! Signed documents as they cross: bytes with the name of the key that signed them.

use serde::{Deserialize, Serialize};

use super::Blob;
use super::call::call;

/// Bytes and their signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedBytes {
    /// The bytes, in the project's LP encoding.
    pub bytes: Blob,
    /// r||s, 64 bytes.
    pub signature: Blob,
    /// The key: its id in the statement-key set, or `root`.
    pub kid: String,
}

/// Asks for the newest pin set and statement-key set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustRequest {}

call!(TrustRequest => TrustDocuments, Get |_| "/v1/trust".into());

/// Both sets, each signed by the offline root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrustDocuments {
    /// [`crate::trust::PinSet`].
    pub pins: SignedBytes,
    /// [`crate::trust::StatementKeys`].
    pub statement_keys: SignedBytes,
}

/// Asks for entries of the account's ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerRequest {
    /// The first entry wanted.
    #[serde(skip)]
    pub from: u64,
}

call!(LedgerRequest => LedgerPage, Get |call| format!("/v1/ledger?from={}", call.from), Session);

/// Entries in order; at most 100. An empty page: no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerPage {
    /// [`crate::ledger::Entry`], each signed by a statement key.
    pub entries: Vec<SignedBytes>,
}
