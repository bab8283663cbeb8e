//! Somebody in the middle with the service's own TLS key: carries what phones send, and keeps a copy. It shows what a recorded request is
//! worth.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use citizen_sandbox::ServiceIdentity;
use rcgen::{CertificateParams, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, TlsConnector};

/// Requests as they crossed, in HTTP/1.1.
pub(crate) type Recorded = Arc<Mutex<Vec<Vec<u8>>>>;

/// What the one in the middle does beside carrying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meddling {
    /// Nothing.
    Carries,
    /// Delivers the request whose line starts so, and cuts the connection before the answer; so often.
    LosesAnswers(&'static str, u32),
    /// Cuts the connection instead of delivering the request whose line starts so; so often.
    LosesRequests(&'static str, u32),
}

/// The one in the middle.
pub(crate) struct Tap {
    listener: std::net::TcpListener,
    pub(crate) port: u16,
    pub(crate) recorded: Recorded,
    pub(crate) meddling: Arc<Mutex<Meddling>>,
}

impl Tap {
    pub(crate) fn bind() -> Self {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        Self {
            port: listener.local_addr().unwrap().port(),
            listener,
            recorded: Recorded::default(),
            meddling: Arc::new(Mutex::new(Meddling::Carries)),
        }
    }

    /// Carries connections to the service on `port` until the test ends. `keys` is the service's folder of keys.
    pub(crate) fn run(self, identity: &ServiceIdentity, port: u16, keys: &Path) {
        let acceptor = TlsAcceptor::from(Arc::new(own_server(keys)));
        let connector = connector(identity);
        let listener = TcpListener::from_std(self.listener).unwrap();
        let (recorded, meddling) = (self.recorded, self.meddling);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (acceptor, connector) = (acceptor.clone(), connector.clone());
                let (recorded, meddling) = (Arc::clone(&recorded), Arc::clone(&meddling));
                tokio::spawn(async move {
                    let Ok(client) = acceptor.accept(client).await else { return };
                    let service = connect(&connector, port).await;
                    Box::pin(carry(client, service, &recorded, &meddling)).await;
                });
            }
        });
    }
}

/// TLS with the service's key, so that its pin matches, and a certificate of its CA.
fn own_server(keys: &Path) -> ServerConfig {
    let read = |name| {
        KeyPair::from_pkcs8_der_and_sign_algo(
            &PrivatePkcs8KeyDer::from(std::fs::read(keys.join(name)).unwrap()),
            &rcgen::PKCS_ECDSA_P256_SHA256,
        )
        .unwrap()
    };
    let (ca, key) = (read("ca.pkcs8"), read("server.pkcs8"));
    let mut authority = CertificateParams::default();
    // The name in the service's own CA certificate.
    authority.distinguished_name = rcgen::DistinguishedName::new();
    authority.distinguished_name.push(rcgen::DnType::CommonName, "Citizen sandbox test CA");
    let issuer = Issuer::new(authority, ca);
    let certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &issuer).unwrap();
    ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap()
}

fn connector(identity: &ServiceIdentity) -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(identity.ca.clone().into()).unwrap();
    let config = ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

type ToService = tokio_rustls::client::TlsStream<TcpStream>;

async fn connect(connector: &TlsConnector, port: u16) -> ToService {
    let stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.unwrap();
    connector.connect(ServerName::try_from("localhost").unwrap(), stream).await.unwrap()
}

async fn carry(
    client: tokio_rustls::server::TlsStream<TcpStream>,
    service: ToService,
    recorded: &Mutex<Vec<Vec<u8>>>,
    meddling: &Mutex<Meddling>,
) {
    let (mut from_client, mut to_client) = tokio::io::split(client);
    let (mut from_service, mut to_service) = tokio::io::split(service);
    // Set while the answer to come is to be lost.
    let cut = AtomicBool::new(false);
    let there = async {
        let mut bytes = Vec::new();
        let mut buffer = [0; 16 << 10];
        while let Ok(read @ 1..) = from_client.read(&mut buffer).await {
            bytes.extend_from_slice(&buffer[..read]);
            while let Some(length) = whole(&bytes) {
                let request: Vec<u8> = bytes.drain(..length).collect();
                let fate = meddle(&mut meddling.lock().unwrap(), &request_line(&request));
                recorded.lock().unwrap().push(request.clone());
                if fate == Fate::Cut {
                    return;
                }
                cut.store(fate == Fate::CutAfter, Ordering::SeqCst);
                if to_service.write_all(&request).await.is_err() {
                    return;
                }
            }
        }
    };
    let back = async {
        let mut buffer = [0; 16 << 10];
        while let Ok(read @ 1..) = from_service.read(&mut buffer).await {
            if cut.load(Ordering::SeqCst) || to_client.write_all(&buffer[..read]).await.is_err() {
                return;
            }
        }
    };
    tokio::select! { () = there => {}, () = back => {} }
}

#[derive(PartialEq, Eq)]
enum Fate {
    Pass,
    Cut,
    CutAfter,
}

/// What becomes of a request; what was to be lost a number of times is lost once less.
fn meddle(meddling: &mut Meddling, line: &str) -> Fate {
    match meddling {
        Meddling::LosesAnswers(start, left @ 1..) if line.starts_with(*start) => {
            *left -= 1;
            Fate::CutAfter
        }
        Meddling::LosesRequests(start, left @ 1..) if line.starts_with(*start) => {
            *left -= 1;
            Fate::Cut
        }
        _ => Fate::Pass,
    }
}

/// The length of the request at the front, once all of it is there.
fn whole(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).unwrap().to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let all = head + length.map_or(0, |length| length.trim().parse::<usize>().unwrap());
    (bytes.len() >= all).then_some(all)
}

/// Sends a recorded request to the service again, and returns the status of its answer.
pub(crate) async fn replay(identity: &ServiceIdentity, port: u16, request: &[u8]) -> u16 {
    let mut service = connect(&connector(identity), port).await;
    service.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    // The status line is all that counts; the connection stays open for more.
    while !answer.contains(&b'\n') {
        match service.read(&mut buffer).await {
            Ok(0) => break,
            Ok(read) => answer.extend_from_slice(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => break,
            Err(error) => panic!("{error}"),
        }
    }
    let line = String::from_utf8_lossy(&answer).into_owned();
    line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no status: {line:?}"))
}

/// The request line of a recorded request.
pub(crate) fn request_line(request: &[u8]) -> String {
    let end = request.iter().position(|byte| *byte == b'\r').unwrap();
    String::from_utf8_lossy(&request[..end]).into_owned()
}
