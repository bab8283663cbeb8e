//! Numbers that the service decides and could change any day: the core holds none of them.

use citizen_protocol::wire::{Code, Policy as Published, PolicyRequest, Purpose, PurposePolicy, Recipient};

use crate::work::{Ruling, Work};

/// A number of the policy.
#[derive(Debug, Clone, Copy)]
pub(super) enum Policy {
    /// Years.
    MinimumAge,
    /// Seconds that the automatic comparison of portraits takes; 0: it is done in the same transaction.
    AutomaticReview,
    /// Seconds within which an officer looks at it.
    OfficerReview,
    /// Seconds from the card's end to the account's lock.
    ExpiryGrace,
    /// Version of the texts that consents are given to.
    Terms,
    /// Days.
    PortraitKept,
    /// Days.
    DiagnosticsKept,
    /// Seconds within which an export is sent.
    ExportWithin,
    /// Seconds from asking for an account's deletion to its end.
    DeletionGrace,
    /// Seconds from the identification in person within which an account is activated.
    IdentificationValid,
}

impl Policy {
    fn name(self) -> &'static str {
        match self {
            Self::MinimumAge => "minimum_age",
            Self::AutomaticReview => "automatic_review_s",
            Self::OfficerReview => "officer_review_s",
            Self::ExpiryGrace => "expiry_grace_s",
            Self::Terms => "terms",
            Self::PortraitKept => "portrait_kept_days",
            Self::DiagnosticsKept => "diagnostics_kept_days",
            Self::ExportWithin => "export_within_s",
            Self::DeletionGrace => "deletion_grace_s",
            Self::IdentificationValid => "identification_valid_s",
        }
    }

    pub(super) fn value(self, work: &Work) -> Ruling<u64> {
        let value = work.row("SELECT value FROM policy WHERE name = ?1", [self.name()], |row| row.get::<_, i64>(0))?;
        value.and_then(|value| value.try_into().ok()).ok_or_else(|| Code::Internal.into())
    }

    /// One that crosses as a smaller number.
    fn small<T: TryFrom<u64>>(self, work: &Work) -> Ruling<T> {
        T::try_from(self.value(work)?).map_err(|_| Code::Internal.into())
    }
}

/// Every purpose, required ones first.
pub(super) fn purposes() -> [Purpose; 3] {
    [Purpose::Identity, Purpose::Portrait, Purpose::Diagnostics]
}

/// Whether there is no account without it.
pub(super) fn is_required(purpose: Purpose) -> bool {
    purpose != Purpose::Diagnostics
}

/// What everybody may know.
pub(crate) fn published(work: &Work, _request: PolicyRequest) -> Ruling<Published> {
    let purposes = purposes().into_iter().map(|purpose| of_purpose(work, purpose)).collect::<Ruling<_>>()?;
    Ok(Published { minimum_age: Policy::MinimumAge.small(work)?, terms: Policy::Terms.small(work)?, purposes })
}

fn of_purpose(work: &Work, purpose: Purpose) -> Ruling<PurposePolicy> {
    use Recipient::{IdentityService, PoliceOffice, PopulationDatabase};
    let (kept_days, recipients) = match purpose {
        Purpose::Identity => (None, vec![PopulationDatabase, IdentityService, PoliceOffice]),
        Purpose::Portrait => (Some(Policy::PortraitKept.small(work)?), vec![IdentityService, PoliceOffice]),
        Purpose::Diagnostics => (Some(Policy::DiagnosticsKept.small(work)?), vec![IdentityService]),
    };
    Ok(PurposePolicy { purpose, is_required: is_required(purpose), kept_days, recipients })
}
