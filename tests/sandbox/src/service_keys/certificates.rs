//! The service's own certificates: a test CA that is kept, and below it a server certificate, new at each start.

use std::time::Duration;

use citizen_protocol::wire::UnixTime;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SerialNumber, date_time_ymd,
};
use ring::rand::SecureRandom;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use super::KeysError;

/// What a client may call the service in the URL.
pub(crate) const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

const DAY: Duration = Duration::from_hours(24);
/// What phones accept of a server certificate at most (Apple, HT210176).
const SERVER_DAYS: u32 = 825;

/// What TLS is served with.
pub(crate) struct Tls {
    /// The server's certificate, then the CA's.
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

/// The CA's certificate for its key, which signs itself.
pub(super) fn ca(key: &KeyPair) -> Result<Vec<u8>, KeysError> {
    Ok(ca_params().self_signed(key)?.der().to_vec())
}

/// A server certificate for `server`, valid from a day before the earlier of both times to 825 days after the later: real clients
/// read their own clock, tests the service's.
pub(super) fn tls(
    (ca, ca_der): (&KeyPair, &[u8]),
    server: &KeyPair,
    times: [UnixTime; 2],
    random: &dyn SecureRandom,
) -> Result<Tls, KeysError> {
    let [first, last] = [times[0].min(times[1]), times[0].max(times[1])];
    let mut params = CertificateParams::new(NAMES.map(String::from))?;
    let epoch = date_time_ymd(1970, 1, 1);
    params.not_before = epoch + since_epoch(first) - DAY;
    params.not_after = epoch + since_epoch(last) + DAY * SERVER_DAYS;
    params.serial_number = Some(serial(random)?);
    params.distinguished_name.push(DnType::CommonName, "Citizen sandbox");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let certificate = params.signed_by(server, &Issuer::new(ca_params(), ca))?;
    Ok(Tls {
        chain: vec![certificate.der().clone(), CertificateDer::from(ca_der.to_vec())],
        key: PrivatePkcs8KeyDer::from(server.serialize_der()).into(),
    })
}

fn ca_params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2099, 12, 31);
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Citizen sandbox test CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// 20 bytes at most, and positive (RFC 5280, 4.1.2.2).
fn serial(random: &dyn SecureRandom) -> Result<SerialNumber, KeysError> {
    let mut bytes = [0; 16];
    random.fill(&mut bytes)?;
    bytes[0] = bytes[0] & 0x7f | 0x40;
    Ok(SerialNumber::from_slice(&bytes))
}

/// The end of the year 9000, for times beyond it: a certificate can't say more than 9999.
const LAST_S: u64 = 221_845_391_999;

fn since_epoch(at: UnixTime) -> Duration {
    Duration::from_secs(at.0.min(LAST_S))
}
