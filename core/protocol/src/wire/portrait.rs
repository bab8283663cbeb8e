//! Portraits go up in parts, so that a weak network loses only the last one.

use serde::{Deserialize, Serialize};

use super::call::call;
use super::{Blob, Call, Id, Method, RawBody, UnixTime};

/// Announces a portrait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PortraitRequest {
    /// Bytes in all: 1 to 2 MiB (2,097,152).
    pub size: u32,
    /// SHA-256 of all of them.
    pub sha256: Blob,
}

call!(PortraitRequest => PortraitProgress, Post |_| "/v1/portraits".into(); Outbox);

/// How far a portrait is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PortraitProgress {
    /// Names it.
    pub id: Id,
    /// Bytes that the service has: the next part starts there.
    pub received: u32,
    /// Bytes in all.
    pub size: u32,
    /// Until then it can be finished and cited.
    pub valid_until: UnixTime,
}

/// One part: at most 64 KiB, raw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PortraitPartRequest {
    /// Which portrait.
    #[serde(skip)]
    pub portrait: Id,
    /// Where the part starts.
    #[serde(skip)]
    pub offset: u32,
    /// The part.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

impl PortraitPartRequest {
    /// The longest part, in bytes.
    pub const MAX_BYTES: usize = 64 << 10;
}

impl Call for PortraitPartRequest {
    type Answer = PortraitProgress;
    const METHOD: Method = Method::Put;

    fn path(&self) -> String {
        format!("/v1/portraits/{}/parts/{}", self.portrait, self.offset)
    }

    fn raw(&self) -> Option<RawBody> {
        Some(self.bytes.clone())
    }
}

/// Asks how far a portrait is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortraitStatusRequest {
    /// Which.
    #[serde(skip)]
    pub portrait: Id,
}

call!(PortraitStatusRequest => PortraitProgress, Get |call| format!("/v1/portraits/{}", call.portrait));
