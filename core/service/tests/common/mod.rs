//! Servers on loopback that show what they are told to, and a phone that asks them.

// Each test file uses a part of it.
#![allow(dead_code)]

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use citizen_keystore::SoftwareKeystore;
use citizen_protocol::trust::Env;
use citizen_protocol::wire::{Blob, EnrolChallenge, EnrolChallengeRequest, UnixTime};
use citizen_service::{Backoff, Config, Link, ServiceError, SystemClock, TimeLimits};
use citizen_vault::{Schema, Vault};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, PublicKeyData};
use ring::digest::{SHA256, digest};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ProtocolVersion, ServerConfig, SupportedCipherSuite, SupportedProtocolVersion};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

mod root;
pub(crate) use root::Root;

/// A certification authority of a test.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) certificate: CertificateDer<'static>,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let certificate = params.self_signed(&key).unwrap().der().clone();
        Self { issuer: Issuer::new(params, key), certificate }
    }
}

/// What a server shows, and speaks.
pub(crate) struct Identity {
    pub(crate) name: &'static str,
    pub(crate) not_before: i64,
    pub(crate) not_after: i64,
    pub(crate) signed_by: SignedBy,
    pub(crate) versions: &'static [&'static SupportedProtocolVersion],
}

#[derive(Clone, Copy)]
pub(crate) enum SignedBy {
    Ours,
    Another,
    Itself,
}

pub(crate) static TLS12_ONLY: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];
pub(crate) const DAY: i64 = 86_400;

impl Default for Identity {
    fn default() -> Self {
        Self {
            name: "localhost",
            not_before: -DAY,
            not_after: DAY,
            signed_by: SignedBy::Ours,
            versions: rustls::DEFAULT_VERSIONS,
        }
    }
}

/// What the server saw of its last connection.
pub(crate) type Negotiated = Arc<Mutex<Option<(ProtocolVersion, SupportedCipherSuite)>>>;

/// A server on loopback that answers every request with the same bytes, until the test ends.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) authority: Authority,
    pub(crate) key: KeyPair,
    pub(crate) negotiated: Negotiated,
}

impl Server {
    /// Answers with an enrolment challenge.
    pub(crate) async fn start(identity: Identity) -> Self {
        let challenge = EnrolChallenge { challenge: Blob(vec![7; 32]), expires_at: UnixTime(1) };
        Self::answering(identity, answer("200 OK", "application/json", &serde_json::to_vec(&challenge).unwrap())).await
    }

    /// Takes the request, and says nothing.
    pub(crate) async fn silent() -> Self {
        Self::answering(Identity::default(), Vec::new()).await
    }

    /// Answers with these bytes.
    pub(crate) async fn answering(identity: Identity, answer: Vec<u8>) -> Self {
        let (authority, key) = (Authority::new("ours"), KeyPair::generate().unwrap());
        let mut params = CertificateParams::new([identity.name.to_owned()]).unwrap();
        let now = std::time::SystemTime::now();
        let at = |offset: i64| {
            let offset_s = Duration::from_secs(offset.unsigned_abs());
            if offset < 0 { now - offset_s } else { now + offset_s }
        };
        params.not_before = at(identity.not_before).into();
        params.not_after = at(identity.not_after).into();
        params.distinguished_name.push(rcgen::DnType::CommonName, "server");
        let certificate = match identity.signed_by {
            SignedBy::Ours => params.signed_by(&key, &authority.issuer),
            SignedBy::Another => params.signed_by(&key, &Authority::new("another").issuer),
            SignedBy::Itself => params.self_signed(&key),
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(identity.versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.unwrap().der().clone()],
                PrivateKeyDer::Pkcs8(key.serialize_der().into()),
            )
            .unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let negotiated = Negotiated::default();
        tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(config)), Arc::clone(&negotiated), Arc::new(answer)));
        Self { port, authority, key, negotiated }
    }

    pub(crate) fn pin(&self) -> [u8; 32] {
        pin(&self.key)
    }
}

/// An answer in HTTP/1.1.
pub(crate) fn answer(status: &str, media_type: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn pin(key: &KeyPair) -> [u8; 32] {
    digest(&SHA256, &key.subject_public_key_info()).as_ref().try_into().unwrap()
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, negotiated: Negotiated, answer: Arc<Vec<u8>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, negotiated, answer) = (acceptor.clone(), Arc::clone(&negotiated), Arc::clone(&answer));
        tokio::spawn(async move {
            let Ok(mut stream) = acceptor.accept(stream).await else { return };
            let connection = stream.get_ref().1;
            *negotiated.lock().unwrap() = connection.protocol_version().zip(connection.negotiated_cipher_suite());
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            if answer.is_empty() {
                // Until the client hangs up.
                let _ = stream.read(&mut request).await;
            }
            // A client may well hang up on it.
            let _ = stream.write_all(&answer).await;
            let _ = stream.shutdown().await;
        });
    }
}

/// A phone with an empty vault.
pub(crate) struct Phone {
    _folder: TempDir,
    pub(crate) root: Root,
    pub(crate) vault: Arc<Vault>,
    keystore: Arc<SoftwareKeystore>,
}

impl Phone {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keystore = Arc::new(SoftwareKeystore::open(folder.path().join("keys")).unwrap());
        let config = citizen_vault::Config { folder: folder.path().join("vault"), schema: Schema::new(&[]) };
        let vault = Arc::new(Vault::open(&config, keystore.clone()).unwrap().vault);
        Self { _folder: folder, root: Root::new(), vault, keystore }
    }

    pub(crate) async fn ask(
        &self,
        host: String,
        roots: Vec<Vec<u8>>,
        pins: &[[u8; 32]],
    ) -> Result<EnrolChallenge, ServiceError> {
        self.link(host, roots, pins).call(&EnrolChallengeRequest {}).await
    }

    pub(crate) fn link(&self, host: String, roots: Vec<Vec<u8>>, pins: &[[u8; 32]]) -> Link {
        let config = Config {
            host,
            env: Env::Test,
            roots,
            root_key: self.root.key,
            pins: self.root.pin_set(2, pins),
            limits: TimeLimits {
                // Far above what a handshake takes, on a busy machine too.
                connect: Duration::from_secs(3),
                read: Duration::from_secs(6),
                call: Duration::from_secs(20),
            },
            backoff: Backoff { first: Duration::from_millis(1), longest: Duration::from_millis(1), tries: 1 },
        };
        Link::new(config, self.vault.clone(), self.keystore.clone(), Arc::new(SystemClock)).unwrap()
    }

    pub(crate) async fn ask_server(&self, server: &Server) -> Result<EnrolChallenge, ServiceError> {
        self.ask_pinned(server, &[server.pin()]).await
    }

    pub(crate) async fn ask_pinned(&self, server: &Server, pins: &[[u8; 32]]) -> Result<EnrolChallenge, ServiceError> {
        self.ask(format!("localhost:{}", server.port), vec![server.authority.certificate.to_vec()], pins).await
    }
}
