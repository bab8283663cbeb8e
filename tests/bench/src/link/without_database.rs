//! The sandbox's work without its database: the same TLS, HTTP and signatures, answers of the same shape out of thin air.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use citizen_protocol::digest;
use citizen_protocol::key::PublicKey;
use citizen_protocol::signature::{Covered, Headers, SignedRequest, target_uri};
use citizen_protocol::wire::{
    Application, ApplicationState, Blob, Device, DeviceRequest, EnrolChallenge, Id, OtpChallenge, OtpChannel,
    OtpContext, OtpPurpose, OtpVerified, PasswordReference, PortraitProgress, UnixTime,
};
use citizen_sandbox::ServiceIdentity;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::registration::Letterbox;

/// A server that runs until the benchmark ends.
pub(crate) struct WithoutDatabase {
    pub(crate) identity: ServiceIdentity,
}

/// Keys by their names, and the host that they sign for.
struct Known {
    host: String,
    keys: Mutex<HashMap<String, PublicKey>>,
}

impl WithoutDatabase {
    /// Starts it; `like` is the sandbox's identity, of which all stays but host and CA.
    pub(crate) async fn start(like: &ServiceIdentity) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let (tls, ca) = tls()?;
        let identity = ServiceIdentity { port, ca, ..like.clone() };
        let known = Arc::new(Known { host: identity.authority(), keys: Mutex::default() });
        let app = Router::new().fallback(answer).with_state(known);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, app) = (tls.clone(), app.clone());
                let _ = stream.set_nodelay(true);
                tokio::spawn(async move {
                    let Ok(stream) = tls.accept(stream).await else { return };
                    let builder = Builder::new(TokioExecutor::new());
                    let service = TowerToHyperService::new(app);
                    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Ok(Self { identity })
    }

    /// The same code for everybody.
    pub(crate) fn letters(&self) -> impl Letterbox + Send + use<> {
        SameCode
    }
}

struct SameCode;

impl Letterbox for SameCode {
    fn newest(&self, _: &str) -> Option<String> {
        Some("@localhost #123456".into())
    }
}

fn tls() -> Result<(TlsAcceptor, Vec<u8>)> {
    let (ca_key, key) = (KeyPair::generate()?, KeyPair::generate()?);
    let mut ca = CertificateParams::new([])?;
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = ca.self_signed(&ca_key)?.der().to_vec();
    let certificate = CertificateParams::new(["localhost".to_owned()])?.signed_by(&key, &Issuer::new(ca, ca_key))?;
    let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let mut config = ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((TlsAcceptor::from(Arc::new(config)), root))
}

async fn answer(State(known): State<Arc<Known>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let path = head.uri.path().to_owned();
    if path != "/v1/enrol-challenges" && !is_signed(&known, &head, &body) {
        return (http_status(401), Body::empty()).into_response();
    }
    let (id, later) = (Id([7; 16]), UnixTime(u64::MAX >> 12));
    match path.as_str() {
        "/v1/enrol-challenges" => json(&EnrolChallenge { challenge: Blob(vec![7; 32]), expires_at: later }),
        "/v1/devices" => json(&Device { device: id, registered_at: later }),
        "/v1/otp-challenges" => json(&OtpChallenge {
            id,
            purpose: OtpPurpose::Register,
            channel: OtpChannel::Sms,
            masked_address: "+84 ••• ••• 123".into(),
            digits: 6,
            expires_at: later,
            resend_at: later,
            attempts_left: 5,
            locked_until: None,
            reference: "AB".into(),
            context: OtpContext { device: "Model 1".into(), place: None },
        }),
        "/v1/passwords" => json(&PasswordReference { id, valid_until: later }),
        "/v1/applications" => json(&Application {
            id,
            state: ApplicationState::Approved,
            steps: Vec::new(),
            reasons: Vec::new(),
            account: Some(id),
            poll_after_s: 5,
        }),
        path if path.ends_with("/verify") => json(&OtpVerified { challenge: id, valid_until: later }),
        _ => json(&PortraitProgress { id, received: 0, size: 1, valid_until: later }),
    }
}

fn is_signed(known: &Known, head: &axum::http::request::Parts, body: &[u8]) -> bool {
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    let content_digest = header("content-digest").unwrap_or_default();
    let covered = Covered {
        method: head.method.as_str(),
        target_uri: &target_uri(&known.host, head.uri.path()),
        content_digest,
        idempotency_key: header("idempotency-key"),
        authorization: header("authorization"),
    };
    let headers = Headers {
        signature_input: header("signature-input").unwrap_or_default().to_owned(),
        signature: header("signature").unwrap_or_default().to_owned(),
    };
    let Ok(signed) = SignedRequest::read(&covered, &headers) else { return false };
    let mut keys = known.keys.lock().unwrap_or_else(PoisonError::into_inner);
    if head.uri.path() == "/v1/devices"
        && let Ok(request) = serde_json::from_slice::<DeviceRequest>(body)
        && let Some(key) = PublicKey::from_spki(&request.dev.spki.0)
    {
        keys.insert(key.thumbprint(), key);
    }
    let key = keys.get(&signed.parameters().keyid).copied();
    drop(keys);
    digest::matches(content_digest, body) && key.is_some_and(|key| signed.is_by(&key))
}

fn json(answer: &impl Serialize) -> Response {
    let headers = [("content-type", "application/json"), ("eid-nonce", "AAAAAGkhbYAx2fkX0Q")];
    (headers, serde_json::to_vec(answer).unwrap_or_default()).into_response()
}

fn http_status(code: u16) -> axum::http::StatusCode {
    axum::http::StatusCode::from_u16(code).unwrap_or_default()
}
