//! Numbers that the service decides and could change any day: the core holds none of them.

use citizen_protocol::wire::Code;

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
}

impl Policy {
    fn name(self) -> &'static str {
        match self {
            Self::MinimumAge => "minimum_age",
            Self::AutomaticReview => "automatic_review_s",
            Self::OfficerReview => "officer_review_s",
            Self::ExpiryGrace => "expiry_grace_s",
        }
    }

    pub(super) fn value(self, work: &Work) -> Ruling<u64> {
        let value = work.row("SELECT value FROM policy WHERE name = ?1", [self.name()], |row| row.get::<_, i64>(0))?;
        value.and_then(|value| value.try_into().ok()).ok_or_else(|| Code::Internal.into())
    }
}
