//! TLS 1.3 with our own roots: chain, name and dates first, then the pin. A pin failure is final.

use std::fmt;
use std::sync::Arc;

use ::ring::digest::{SHA256, digest};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring::{self, cipher_suite};
use rustls::crypto::{CryptoProvider, KeyProvider};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::sign::SigningKey;
use rustls::time_provider::TimeProvider;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use webpki::EndEntityCert;

use crate::clock::ServerTime;
use crate::config::ConfigError;
use crate::trust::Pins;

/// The configuration that every connection is made with.
pub(crate) fn client_config(
    roots: &[CertificateDer<'static>],
    pins: Arc<Pins>,
    time: Arc<ServerTime>,
) -> Result<ClientConfig, ConfigError> {
    let provider = Arc::new(provider());
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(root.clone()).map_err(|_| ConfigError::Root)?;
    }
    let chain = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(&provider))
        .build()
        .map_err(|_| ConfigError::Root)?;
    let verifier = PinnedVerifier { chain, pins, time: Arc::clone(&time), provider: Arc::clone(&provider) };
    let mut config = ClientConfig::builder_with_details(provider, Arc::new(ServiceClock(time)))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(|_| ConfigError::Root)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    // A resumed session would skip the pins, which may have changed since.
    config.resumption = rustls::client::Resumption::disabled();
    config.enable_early_data = false;
    Ok(config)
}

/// ring's, without what only earlier versions of TLS and clients with certificates need: it would be in the library for nothing.
fn provider() -> CryptoProvider {
    let usual = ring::default_provider();
    let cipher_suites = vec![
        cipher_suite::TLS13_AES_256_GCM_SHA384,
        cipher_suite::TLS13_AES_128_GCM_SHA256,
        cipher_suite::TLS13_CHACHA20_POLY1305_SHA256,
    ];
    CryptoProvider { cipher_suites, key_provider: &NoKeys, ..usual }
}

/// No client certificate, no key of one.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(&self, _key: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, Error> {
        Err(Error::General("no client certificates".to_owned()))
    }
}

/// No pin of the set is the key of the certificate.
#[derive(Debug, thiserror::Error)]
#[error("not pinned")]
pub(crate) struct NotPinned;

/// The certificate is its own issuer.
#[derive(Debug, thiserror::Error)]
#[error("self-signed")]
pub(crate) struct SelfSigned;

fn other(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    CertificateError::Other(OtherError(Arc::new(error))).into()
}

struct PinnedVerifier {
    chain: Arc<WebPkiServerVerifier>,
    pins: Arc<Pins>,
    time: Arc<ServerTime>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for PinnedVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate =
            EndEntityCert::try_from(end_entity).map_err(|_| Error::from(CertificateError::BadEncoding))?;
        let verified = self.chain.verify_server_cert(end_entity, intermediates, name, ocsp, now).map_err(|error| {
            let own_issuer = certificate.issuer() == certificate.subject();
            let of_issuer = matches!(
                error,
                Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::Other(_))
            );
            if own_issuer && of_issuer { other(SelfSigned) } else { error }
        })?;
        let spki = digest(&SHA256, &certificate.subject_public_key_info());
        if self.pins.accept(spki.as_ref(), self.time.now()) { Ok(verified) } else { Err(other(NotPinned)) }
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::PeerIncompatible(rustls::PeerIncompatible::ServerDoesNotSupportTls12Or13))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

impl fmt::Debug for PinnedVerifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PinnedVerifier")
    }
}

/// Certificates are held against the service's time once it is known: a phone set to another year still connects.
#[derive(Debug)]
struct ServiceClock(Arc<ServerTime>);

impl TimeProvider for ServiceClock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(std::time::Duration::from_secs(self.0.now().0)))
    }
}
