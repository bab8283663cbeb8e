//! A phone without storage: a key in memory, requests one by one, each to be kept, sent again, or spoiled.

use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use citizen_protocol::key::PublicKey;
use citizen_protocol::signature::{
    Covered, Headers, IdempotencyKey, Nonce, Parameters, ToSign, fixed_from_der, target_uri,
};
use citizen_protocol::wire::{Call, Credential, Id, Method, Problem, UnixTime};
use citizen_protocol::{digest, json};
use citizen_sandbox::ServiceIdentity;
use reqwest::Client;
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};

/// A P-256 key in memory.
pub struct RawKey(EcdsaKeyPair);

impl RawKey {
    /// A new one.
    ///
    /// # Panics
    /// The system gives no random bytes.
    #[must_use]
    pub fn new() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("random bytes");
        Self(EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).expect("a key that was just made"))
    }

    /// Its public half.
    ///
    /// # Panics
    /// Never: it is such a key.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey::from_point(self.0.public_key().as_ref()).expect("an uncompressed P-256 key")
    }

    /// r||s.
    ///
    /// # Panics
    /// The system gives no random bytes.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        let der = self.0.sign(&SystemRandom::new(), message).expect("random bytes");
        fixed_from_der(der.as_ref()).expect("ring writes strict DER")
    }
}

impl Default for RawKey {
    fn default() -> Self {
        Self::new()
    }
}

/// A request, ready to go, any number of times.
#[derive(Clone)]
pub struct RawRequest {
    /// Its method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAnswer {
    /// HTTP status.
    pub status: u16,
    /// Content-Type.
    pub media_type: String,
    /// Everything behind the head.
    pub body: Vec<u8>,
}

impl RawAnswer {
    /// The problem, if it is one.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        json::read(&self.body).ok()
    }
}

/// A connection to the service, for any number of keys.
pub struct RawClient {
    client: Client,
    host: String,
    nonce: Mutex<String>,
}

impl RawClient {
    /// Plain reqwest with the service's CA.
    ///
    /// # Panics
    /// The identity is not one of a service that was started.
    #[must_use]
    pub fn new(identity: &ServiceIdentity) -> Self {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(identity.ca.clone().into()).expect("a service's CA is a certificate");
        let provider = rustls::crypto::ring::default_provider();
        let tls = rustls::ClientConfig::builder_with_provider(provider.into())
            .with_protocol_versions(&[&rustls::version::TLS13])
            .expect("ring has TLS 1.3")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = Client::builder().tls_backend_preconfigured(tls).no_proxy().build().expect("a client");
        Self { client, host: identity.authority(), nonce: Mutex::new("none".into()) }
    }

    /// A call as a request: signed by `key` where the contract says so, with a nonce and an idempotency key of its own.
    ///
    /// # Panics
    /// The call can't be written.
    #[must_use]
    pub fn request<C: Call>(&self, call: &C, key: &RawKey, token: Option<&str>) -> RawRequest {
        let (body, media_type) = match (call.raw(), C::METHOD) {
            (Some(bytes), _) => (bytes, Some("application/octet-stream")),
            (None, Method::Get | Method::Delete) => (Vec::new(), None),
            (None, Method::Post | Method::Put) => {
                (serde_json::to_vec(call).expect("a call is JSON"), Some("application/json"))
            }
        };
        let idempotency_key = (C::METHOD != Method::Get).then(|| IdempotencyKey(Id(random())).header());
        let authorization = token.map(|token| format!("Bearer {token}"));
        let mut request = RawRequest { method: C::METHOD, path: call.path(), headers: Vec::new(), body };
        let optional = [
            ("content-type", media_type.map(str::to_owned)),
            ("idempotency-key", idempotency_key),
            ("authorization", authorization),
        ];
        request.headers.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        if C::CREDENTIAL != Credential::Nobody {
            self.sign(&mut request, key, UnixTime(now()));
        }
        request
    }

    /// Signs a request, or signs it again, with a new nonce.
    ///
    /// # Panics
    /// A header's value can't be one.
    pub fn sign(&self, request: &mut RawRequest, key: &RawKey, created: UnixTime) {
        let signed = ["content-digest", "signature-input", "signature"];
        request.headers.retain(|(name, _)| !signed.contains(name));
        let content_digest = digest::content_digest(&request.body);
        let header = |wanted| request.headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str());
        let covered = Covered {
            method: request.method.as_str(),
            target_uri: &target_uri(&self.host, &request.path),
            content_digest: &content_digest,
            idempotency_key: header("idempotency-key"),
            authorization: header("authorization"),
        };
        let nonce = self.nonce.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let nonce = Nonce::new(&nonce, random()).expect("the service's nonces are of the profile");
        let parameters = Parameters { created, nonce, keyid: key.public().thumbprint() };
        let to_sign = ToSign::new(&covered, &parameters).expect("headers of one line each");
        let Headers { signature_input, signature } = to_sign.signed(&key.sign(to_sign.base().as_bytes()));
        request.headers.extend([
            ("content-digest", content_digest),
            ("signature-input", signature_input),
            ("signature", signature),
        ]);
    }

    /// Sends a request as it is.
    ///
    /// # Errors
    /// The network's.
    pub async fn send(&self, request: &RawRequest) -> reqwest::Result<RawAnswer> {
        let method = request.method.as_str().parse().unwrap_or_default();
        let url = target_uri(&self.host, &request.path);
        let start = self.client.request(method, url).body(request.body.clone());
        let sending = request.headers.iter().fold(start, |sending, (name, value)| sending.header(*name, value));
        let response = sending.send().await?;
        if let Some(nonce) = response.headers().get("eid-nonce").and_then(|nonce| nonce.to_str().ok()) {
            nonce.clone_into(&mut self.nonce.lock().unwrap_or_else(PoisonError::into_inner));
        }
        let media_type = response.headers().get("content-type").and_then(|media| media.to_str().ok());
        let media_type = media_type.unwrap_or_default().to_owned();
        let status = response.status().as_u16();
        Ok(RawAnswer { status, media_type, body: response.bytes().await?.to_vec() })
    }

    /// Makes a call, and once more if all that was missing is a nonce.
    ///
    /// # Errors
    /// What came instead of a success; a network that failed is status 0.
    pub async fn call<C: Call>(&self, call: &C, key: &RawKey, token: Option<&str>) -> Result<C::Answer, RawAnswer> {
        let failed = |_| RawAnswer { status: 0, media_type: String::new(), body: Vec::new() };
        let mut request = self.request(call, key, token);
        let mut answer = self.send(&request).await.map_err(failed)?;
        if answer.status == 401 {
            self.sign(&mut request, key, UnixTime(now()));
            answer = self.send(&request).await.map_err(failed)?;
        }
        match answer.status {
            200 | 201 => json::read(&answer.body).map_err(|_| answer),
            _ => Err(answer),
        }
    }
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).expect("random bytes");
    bytes
}

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
