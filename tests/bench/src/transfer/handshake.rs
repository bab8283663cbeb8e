//! One TLS 1.3 handshake in memory: ring, P-256 certificates, a root of its own, as the app has it. No resumption.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, ConnectionCommon, RootCertStore, ServerConfig, ServerConnection};

pub(crate) struct Handshake {
    client: Arc<ClientConfig>,
    server: Arc<ServerConfig>,
    name: ServerName<'static>,
}

impl Handshake {
    pub(crate) fn new() -> Result<Self> {
        let (ca_key, key) = (KeyPair::generate()?, KeyPair::generate()?);
        let mut ca = CertificateParams::new([])?;
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let mut roots = RootCertStore::empty();
        roots.add(ca.self_signed(&ca_key)?.der().clone())?;
        let certificate =
            CertificateParams::new(["localhost".to_owned()])?.signed_by(&key, &Issuer::new(ca, ca_key))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut client = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_root_certificates(roots)
            .with_no_client_auth();
        client.resumption = rustls::client::Resumption::disabled();
        let mut server = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))?;
        server.send_tls13_tickets = 0;
        Ok(Self { client: Arc::new(client), server: Arc::new(server), name: "localhost".try_into()? })
    }

    pub(crate) fn run(&self) -> Result<()> {
        let mut client = ClientConnection::new(Arc::clone(&self.client), self.name.clone())?;
        let mut server = ServerConnection::new(Arc::clone(&self.server))?;
        for _ in 0..8 {
            if !client.is_handshaking() && !server.is_handshaking() {
                return Ok(());
            }
            carry(&mut client, &mut server)?;
            carry(&mut server, &mut client)?;
        }
        bail!("the handshake does not end")
    }
}

/// Hands over what one side has to say.
fn carry<F, T>(from: &mut ConnectionCommon<F>, to: &mut ConnectionCommon<T>) -> Result<()> {
    let mut said = Vec::new();
    while from.wants_write() {
        from.write_tls(&mut said)?;
    }
    let mut unread = said.as_slice();
    while !unread.is_empty() {
        to.read_tls(&mut unread)?;
        to.process_new_packets().context("TLS")?;
    }
    Ok(())
}
