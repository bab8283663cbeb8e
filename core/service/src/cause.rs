//! From what reqwest and rustls say to what a shell can tell apart.

use std::error::Error;
use std::io;

use citizen_protocol::wire::UnixTime;
use rustls::{AlertDescription, CertificateError};

use crate::error::{BodyFault, CertTime, Phase, ServiceError};
use crate::tls::{NotPinned, SelfSigned};

/// The kind of a failed exchange; `in_body` once the answer's head was there.
pub(crate) fn of(error: &reqwest::Error, in_body: bool) -> ServiceError {
    if let Some(tls) = find::<rustls::Error>(error) {
        return of_tls(tls);
    }
    if error.is_timeout() {
        return ServiceError::Timeout(if error.is_connect() { Phase::Connect } else { Phase::Read });
    }
    if error.is_builder() {
        return ServiceError::Unsendable;
    }
    if in_body { ServiceError::BadBody(BodyFault::Truncated) } else { ServiceError::Offline }
}

fn of_tls(error: &rustls::Error) -> ServiceError {
    match error {
        rustls::Error::InvalidCertificate(error) => of_certificate(error),
        rustls::Error::AlertReceived(AlertDescription::ProtocolVersion) | rustls::Error::PeerIncompatible(_) => {
            ServiceError::TlsVersion
        }
        _ => ServiceError::Tls,
    }
}

fn of_certificate(error: &CertificateError) -> ServiceError {
    match error {
        CertificateError::Other(other) if other.0.is::<NotPinned>() => ServiceError::PinMismatch,
        CertificateError::Other(other) if other.0.is::<SelfSigned>() => {
            ServiceError::UntrustedIssuer { self_signed: true }
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            ServiceError::HostMismatch
        }
        CertificateError::ExpiredContext { time, not_after } => ServiceError::CertTime(CertTime::Expired {
            now: UnixTime(time.as_secs()),
            not_after: UnixTime(not_after.as_secs()),
        }),
        CertificateError::NotValidYetContext { time, not_before } => ServiceError::CertTime(CertTime::NotYetValid {
            now: UnixTime(time.as_secs()),
            not_before: UnixTime(not_before.as_secs()),
        }),
        _ => ServiceError::UntrustedIssuer { self_signed: false },
    }
}

/// The first error of a type among the causes; an `io::Error` hides one inside.
fn find<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = inner.and_then(|inner| find(inner)) {
            return Some(found);
        }
        next = error.source();
    }
    None
}
