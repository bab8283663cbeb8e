//! From what stopped a call to what the journeys tell apart.

use std::io;

use citizen_journeys::Failure;
use citizen_protocol::wire::Code;
use citizen_service::{BodyFault, ServiceError};
use citizen_vault::StoreError;

/// A call of the service.
pub(super) fn of(error: ServiceError) -> Failure {
    match error {
        // A service that does not speak TLS 1.3 is not ours either.
        ServiceError::PinMismatch
        | ServiceError::UntrustedIssuer { .. }
        | ServiceError::HostMismatch
        | ServiceError::TlsVersion => Failure::NotGenuine,
        ServiceError::CertTime(_) => Failure::Clock,
        ServiceError::Tls | ServiceError::Offline | ServiceError::BadBody(BodyFault::Truncated) => Failure::Offline,
        ServiceError::Timeout(_) => Failure::Slow,
        ServiceError::NonceRequired | ServiceError::BadBody(BodyFault::Status(500..)) => unavailable(),
        ServiceError::TooLarge | ServiceError::BadBody(_) | ServiceError::Unsendable | ServiceError::Trust(_) => {
            Failure::Outdated
        }
        ServiceError::Server(problem) => Failure::Server(problem),
        ServiceError::NotBound => Failure::UnknownPhone,
        ServiceError::AuthKeyLost => Failure::ApprovalKeyLost,
        ServiceError::NotSignedIn => Failure::NotSignedIn,
        ServiceError::NotInLedger => Failure::DevicesChanged,
        ServiceError::Ledger(error) => {
            if error.locks_the_app() {
                Failure::DevicesChanged
            } else {
                unavailable()
            }
        }
        ServiceError::Stale | ServiceError::NotQueued | ServiceError::AlreadyQueued => Failure::AskStatus,
        ServiceError::Keystore(error) => Failure::Keystore(error),
        ServiceError::Store(error) => of_storage(error),
    }
}

/// The vault.
pub(super) fn of_storage(error: StoreError) -> Failure {
    match error {
        StoreError::Keystore(error) => Failure::Keystore(error),
        StoreError::Io(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => Failure::Storage { full: true },
        _ => Failure::Storage { full: false },
    }
}

/// A fault of the service that has no words of its own.
fn unavailable() -> Failure {
    Failure::Server(Box::new(Code::Unavailable.into()))
}

#[cfg(test)]
mod tests {
    use citizen_keystore::KeystoreError;
    use citizen_protocol::ledger::LedgerError;
    use citizen_protocol::trust::TrustError;
    use citizen_protocol::wire::{Problem, UnixTime};
    use citizen_service::{CertTime, Phase};

    use super::*;

    #[test]
    fn every_error_of_the_service_has_its_failure() {
        let problem = Box::new(Problem::from(Code::OtpWrong));
        let expired = CertTime::Expired { now: UnixTime(2), not_after: UnixTime(1) };
        let full = StoreError::Io(io::ErrorKind::StorageFull);
        let locked = KeystoreError::LockedOut { retry_s: 30 };
        let table = [
            (ServiceError::PinMismatch, Failure::NotGenuine),
            (ServiceError::UntrustedIssuer { self_signed: true }, Failure::NotGenuine),
            (ServiceError::HostMismatch, Failure::NotGenuine),
            (ServiceError::TlsVersion, Failure::NotGenuine),
            (ServiceError::CertTime(expired), Failure::Clock),
            (ServiceError::Tls, Failure::Offline),
            (ServiceError::Offline, Failure::Offline),
            (ServiceError::BadBody(BodyFault::Truncated), Failure::Offline),
            (ServiceError::Timeout(Phase::Connect), Failure::Slow),
            (ServiceError::Timeout(Phase::Read), Failure::Slow),
            (ServiceError::NonceRequired, unavailable()),
            (ServiceError::BadBody(BodyFault::Status(502)), unavailable()),
            (ServiceError::BadBody(BodyFault::Status(404)), Failure::Outdated),
            (ServiceError::BadBody(BodyFault::Content), Failure::Outdated),
            (ServiceError::BadBody(BodyFault::MediaType), Failure::Outdated),
            (ServiceError::TooLarge, Failure::Outdated),
            (ServiceError::Unsendable, Failure::Outdated),
            (ServiceError::Trust(TrustError::Malformed), Failure::Outdated),
            (ServiceError::Server(problem.clone()), Failure::Server(problem)),
            (ServiceError::NotBound, Failure::UnknownPhone),
            (ServiceError::AuthKeyLost, Failure::ApprovalKeyLost),
            (ServiceError::NotSignedIn, Failure::NotSignedIn),
            (ServiceError::NotInLedger, Failure::DevicesChanged),
            (ServiceError::Ledger(LedgerError::UnknownKey), unavailable()),
            (ServiceError::Stale, Failure::AskStatus),
            (ServiceError::NotQueued, Failure::AskStatus),
            (ServiceError::AlreadyQueued, Failure::AskStatus),
            (ServiceError::Keystore(locked), Failure::Keystore(locked)),
            (ServiceError::Store(full), Failure::Storage { full: true }),
            (ServiceError::Store(StoreError::Broken), Failure::Storage { full: false }),
            (ServiceError::Store(StoreError::Keystore(locked)), Failure::Keystore(locked)),
        ];
        for (error, failure) in table {
            assert_eq!(of(error.clone()), failure, "{error:?}");
        }
    }

    #[test]
    fn a_list_of_devices_that_changed_locks_the_app() {
        let changed = [LedgerError::UnknownKey, LedgerError::Incomplete { next: 1 }];
        for error in changed {
            let failure = of(ServiceError::Ledger(error));
            assert_eq!(failure == Failure::DevicesChanged, error.locks_the_app(), "{error:?}");
        }
    }
}
