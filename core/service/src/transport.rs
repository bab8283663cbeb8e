//! One request, one answer: limits, the service's time and nonce, and what went wrong.

use std::sync::{Arc, Mutex, PoisonError};

use citizen_protocol::json;
use citizen_protocol::signature::Headers;
use citizen_protocol::wire::{Code, Method, Problem};
use http::header::{AUTHORIZATION, CONTENT_TYPE, DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};
use reqwest::{Client, RequestBuilder, Response};

use crate::cause;
use crate::clock::ServerTime;
use crate::config::{Config, ConfigError};
use crate::error::{BodyFault, ServiceError};
use crate::trust::Pins;

const NONCE: HeaderName = HeaderName::from_static("eid-nonce");
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const SIGNATURE_INPUT: HeaderName = HeaderName::from_static("signature-input");
const SIGNATURE: HeaderName = HeaderName::from_static("signature");
/// The longest answer.
const MAX_BYTES: usize = 1 << 20;

/// A request as it goes out.
pub(crate) struct Outgoing<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) media: Option<&'static str>,
    pub(crate) body: Vec<u8>,
    pub(crate) digest: &'a str,
    pub(crate) idempotency_key: Option<&'a str>,
    pub(crate) authorization: Option<&'a str>,
    pub(crate) signature: Option<&'a Headers>,
}

pub(crate) struct Transport {
    client: Client,
    pub(crate) host: String,
    pub(crate) time: Arc<ServerTime>,
    nonce: Mutex<Option<String>>,
}

impl Transport {
    pub(crate) fn new(config: &Config, pins: Arc<Pins>, time: Arc<ServerTime>) -> Result<Self, ConfigError> {
        let is_authority = config.host.parse::<http::uri::Authority>().is_ok() && !config.host.contains('@');
        is_authority.then_some(()).ok_or(ConfigError::Host)?;
        let roots: Vec<_> = config.roots.iter().cloned().map(Into::into).collect();
        let tls = crate::tls::client_config(&roots, pins, Arc::clone(&time))?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(config.limits.connect)
            .read_timeout(config.limits.read)
            .timeout(config.limits.call)
            .build()
            .map_err(|_| ConfigError::Root)?;
        Ok(Self { client, host: config.host.clone(), time, nonce: Mutex::new(None) })
    }

    /// The newest nonce of the service; before its first answer one that it will refuse, with a good one.
    pub(crate) fn nonce(&self) -> String {
        let nonce = self.nonce.lock().unwrap_or_else(PoisonError::into_inner);
        nonce.clone().unwrap_or_else(|| "none".to_owned())
    }

    /// The body of a success.
    pub(crate) async fn exchange(&self, outgoing: Outgoing<'_>) -> Result<Vec<u8>, ServiceError> {
        let sent = self.request(outgoing).send().await;
        let response = sent.map_err(|error| cause::of(&error, false))?;
        self.heard(response.headers());
        let (status, media) = (response.status(), media(response.headers()));
        let retry_after = header(response.headers(), &RETRY_AFTER).and_then(|text| self.retry_after(text));
        let body = read(response).await?;
        match (status, media.as_deref()) {
            (StatusCode::OK | StatusCode::CREATED, Some("application/json")) => Ok(body),
            (status, Some("application/problem+json")) if status.is_client_error() || status.is_server_error() => {
                let problem: Problem =
                    json::read(&body).map_err(|_| ServiceError::BadBody(BodyFault::Status(status.as_u16())))?;
                let retry_after_s = problem.retry_after_s.or(retry_after);
                Err(ServiceError::Server(Box::new(Problem { status: status.as_u16(), retry_after_s, ..problem })))
            }
            // Of whatever stands before the service: it says at least when to come back.
            (StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS, _) => {
                let code = if status.is_server_error() { Code::Unavailable } else { Code::RateLimited };
                Err(ServiceError::Server(Box::new(Problem { retry_after_s: retry_after, ..code.into() })))
            }
            (StatusCode::OK | StatusCode::CREATED, _) => Err(ServiceError::BadBody(BodyFault::MediaType)),
            (status, _) => Err(ServiceError::BadBody(BodyFault::Status(status.as_u16()))),
        }
    }

    fn request(&self, outgoing: Outgoing<'_>) -> RequestBuilder {
        let url = citizen_protocol::signature::target_uri(&self.host, outgoing.path);
        let method = match outgoing.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
            Method::Put => http::Method::PUT,
            Method::Delete => http::Method::DELETE,
        };
        let headers = [
            (CONTENT_TYPE, outgoing.media),
            (CONTENT_DIGEST, Some(outgoing.digest)),
            (IDEMPOTENCY_KEY, outgoing.idempotency_key),
            (AUTHORIZATION, outgoing.authorization),
            (SIGNATURE_INPUT, outgoing.signature.map(|signature| &*signature.signature_input)),
            (SIGNATURE, outgoing.signature.map(|signature| &*signature.signature)),
        ];
        let request = self.client.request(method, url).body(outgoing.body);
        headers.into_iter().filter_map(|(name, value)| Some((name, value?))).fold(request, |request, (name, value)| {
            let sensitive = name == AUTHORIZATION;
            let value = http::HeaderValue::from_str(value).map(|mut value| {
                value.set_sensitive(sensitive);
                value
            });
            // A value that can't be one makes the request fail as `Unsendable`.
            match value {
                Ok(value) => request.header(name, value),
                Err(_) => request.header(name, "\n"),
            }
        })
    }

    /// Seconds of a Retry-After in either form (RFC 9110, 10.2.3).
    fn retry_after(&self, text: &str) -> Option<u32> {
        let until = |date: std::time::SystemTime| date.duration_since(std::time::SystemTime::UNIX_EPOCH).ok();
        let date = || Some(until(httpdate::parse_http_date(text).ok()?)?.as_secs().saturating_sub(self.time.now().0));
        text.parse().ok().or_else(|| u32::try_from(date()?).ok())
    }

    /// The service's time and nonce; TLS has shown that they are its own.
    fn heard(&self, headers: &HeaderMap) {
        if let Some(time) = header(headers, &DATE).and_then(|text| httpdate::parse_http_date(text).ok()) {
            let since = time.duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap_or_default();
            self.time.heard(citizen_protocol::wire::UnixTime(since.as_secs()));
        }
        if let Some(nonce) = header(headers, &NONCE) {
            *self.nonce.lock().unwrap_or_else(PoisonError::into_inner) = Some(nonce.to_owned());
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The media type without its parameters.
fn media(headers: &HeaderMap) -> Option<String> {
    let media = header(headers, &CONTENT_TYPE)?;
    Some(media.split(';').next()?.trim().to_ascii_lowercase())
}

/// The body, given up as soon as it is too long.
async fn read(mut response: Response) -> Result<Vec<u8>, ServiceError> {
    if response.content_length().is_some_and(|length| length > MAX_BYTES as u64) {
        return Err(ServiceError::TooLarge);
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| cause::of(&error, true))? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(ServiceError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
