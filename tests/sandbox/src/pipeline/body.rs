//! Reading a body, up to its limit and not for ever.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::Body;
use citizen_protocol::json;
use citizen_protocol::wire::Code;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use hyper::body::Body as _;
use serde::de::DeserializeOwned;

/// How long a body may take.
const READ_TIMEOUT: Duration = Duration::from_secs(15);

/// All of it; an announced length over the limit is refused before a byte is read.
pub(crate) async fn read(headers: &HeaderMap, body: Body, limit: usize) -> Result<Vec<u8>, Code> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > limit as u64) {
        return Err(Code::TooLarge);
    }
    tokio::time::timeout(READ_TIMEOUT, collect(body, limit)).await.unwrap_or(Err(Code::Unavailable))
}

/// A JSON object as what a call carries. serde would take an array of its fields too; the contract does not.
pub(crate) fn object<T: DeserializeOwned>(body: &[u8]) -> Result<T, Code> {
    let is_object = body.trim_ascii_start().starts_with(b"{");
    json::read(body).ok().filter(|_| is_object).ok_or(Code::BadBody)
}

async fn collect(mut body: Body, limit: usize) -> Result<Vec<u8>, Code> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| Code::BadBody)?;
        if let Some(data) = frame.data_ref() {
            if bytes.len() + data.len() > limit {
                return Err(Code::TooLarge);
            }
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}
