//! A signed request up to the point where it may queue: signature, clock, the service's part of the nonce.

use citizen_protocol::digest;
use citizen_protocol::key::PublicKey;
use citizen_protocol::signature::{Covered, Headers, IdempotencyKey, Parameters, SignedRequest, target_uri};
use citizen_protocol::wire::{Code, Method, UnixTime};
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName};
use ring::hmac;

use super::idempotency::Effect;
use super::nonce;

/// A request as it came, read to its end.
pub(crate) struct Raw<'a> {
    pub(crate) method: Method,
    /// Path and query.
    pub(crate) target: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Who signed, and what it is about.
pub(crate) struct Signed {
    pub(crate) parameters: Parameters,
    pub(crate) key: PublicKey,
    /// None for GET: reading again has no effect.
    pub(crate) effect: Option<Effect>,
    /// What stands behind `Bearer `.
    pub(crate) token: Option<String>,
}

impl Signed {
    /// The same, for another look: that has no effect.
    pub(crate) fn again(&self) -> Self {
        Self { parameters: self.parameters.clone(), key: self.key, effect: None, token: self.token.clone() }
    }
}

/// What the request is measured by.
pub(crate) struct Measure<'a> {
    /// The host in the target URI, from configuration.
    pub(crate) host: &'a str,
    pub(crate) now: UnixTime,
    pub(crate) mac: &'a hmac::Key,
}

const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Checks a request; `key_of` finds the key of its name.
pub(crate) fn check(
    raw: &Raw<'_>,
    measure: &Measure<'_>,
    key_of: impl FnOnce(&str) -> Result<PublicKey, Code>,
) -> Result<Signed, Code> {
    let idempotency_key = if raw.method == Method::Get { None } else { Some(idempotency_key(raw.headers)?) };
    let header = idempotency_key.map(IdempotencyKey::header);
    let authorization = one(raw.headers, AUTHORIZATION)?;
    let covered = Covered {
        method: raw.method.as_str(),
        target_uri: &target_uri(measure.host, raw.target),
        content_digest: one(raw.headers, CONTENT_DIGEST)?.ok_or(Code::Unsigned)?,
        idempotency_key: header.as_deref(),
        authorization,
    };
    let headers = Headers {
        signature_input: one(raw.headers, SIGNATURE_INPUT)?.ok_or(Code::Unsigned)?.to_owned(),
        signature: one(raw.headers, SIGNATURE)?.ok_or(Code::Unsigned)?.to_owned(),
    };
    let request = SignedRequest::read(&covered, &headers).map_err(|_| Code::Unsigned)?;
    let parameters = request.parameters().clone();
    let key = key_of(&parameters.keyid)?;
    if !request.is_by(&key) || !digest::matches(covered.content_digest, raw.body) {
        return Err(Code::BadSignature);
    }
    if !parameters.is_timely(measure.now) {
        return Err(Code::ClockSkew);
    }
    if !nonce::is_ours(measure.mac, parameters.nonce.server_part(), measure.now) {
        return Err(Code::UseNonce);
    }
    let effect = idempotency_key.map(|key| {
        Effect::new(measure.mac, (&parameters.keyid, covered.method, raw.target), key, covered.content_digest)
    });
    let token = authorization.map(bearer).transpose()?.map(str::to_owned);
    Ok(Signed { parameters, key, effect, token })
}

fn idempotency_key(headers: &HeaderMap) -> Result<IdempotencyKey, Code> {
    let header = one(headers, IDEMPOTENCY_KEY)?;
    header.and_then(IdempotencyKey::parse).ok_or(Code::IdempotencyKeyNeeded)
}

/// What stands behind `Bearer `.
pub(crate) fn bearer(authorization: &str) -> Result<&str, Code> {
    authorization.strip_prefix("Bearer ").ok_or(Code::TokenNeeded)
}

/// A header that may come once, as text.
pub(crate) fn one(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, Code> {
    let mut values = headers.get_all(name).iter();
    let first = values.next().map(|value| value.to_str().map_err(|_| Code::BadRequest)).transpose()?;
    if values.next().is_some() { Err(Code::BadRequest) } else { Ok(first) }
}
