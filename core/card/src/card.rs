//! The typed card.

use std::fmt;

use crate::{CalendarDate, CardText, Finding, OldNumber, PersonalNumber, Sex, finding, payload};

/// A citizen card whose fields hold: made by [`crate::parse`] or [`crate::CardDraft::finish`]. A shell can build one of any
/// strings, but no call takes one in.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CitizenCard {
    pub(crate) number: PersonalNumber,
    pub(crate) old_number: Option<OldNumber>,
    pub(crate) name: CardText,
    pub(crate) birth_date: CalendarDate,
    pub(crate) sex: Sex,
    pub(crate) address: CardText,
    pub(crate) issue_date: CalendarDate,
    /// Fields behind the seventh, in NFC, meaning unknown.
    pub(crate) extra: Vec<String>,
}

impl CitizenCard {
    /// The personal identification number.
    #[must_use]
    pub fn number(&self) -> PersonalNumber {
        self.number
    }

    /// The number of the identity card before, if there was one.
    #[must_use]
    pub fn old_number(&self) -> Option<OldNumber> {
        self.old_number
    }

    /// Full name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// Date of birth.
    #[must_use]
    pub fn birth_date(&self) -> CalendarDate {
        self.birth_date
    }

    /// Sex.
    #[must_use]
    pub fn sex(&self) -> Sex {
        self.sex
    }

    /// Place of residence.
    #[must_use]
    pub fn address(&self) -> &str {
        self.address.as_str()
    }

    /// The day the card was issued.
    #[must_use]
    pub fn issue_date(&self) -> CalendarDate {
        self.issue_date
    }

    /// What cards from July 2024 on carry behind the seven fields: kept as it is, meaning unknown. Unlike the seven it may
    /// hold controls and marks that reorder text: escape them before showing it.
    #[must_use]
    pub fn extra(&self) -> &[String] {
        &self.extra
    }

    /// What the card's facts say about each other.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        finding::findings(self.number, self.birth_date, self.sex)
    }

    /// The text of the card's QR; [`crate::parse`] reads it back to an equal card.
    #[must_use]
    pub fn to_payload(&self) -> String {
        payload::print(self)
    }
}

/// A card is personal data: nothing of it shows in logs, on either side of the boundary.
impl fmt::Debug for CitizenCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CitizenCard").finish_non_exhaustive()
    }
}

impl fmt::Debug for CardReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CardReading").finish_non_exhaustive()
    }
}

/// A card, and what stands out about it.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record), uniffi::export(Debug))]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CardReading {
    /// The card.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub card: CitizenCard,
    /// Disagreements and unknowns, in a fixed order.
    pub findings: Vec<Finding>,
}

impl From<CitizenCard> for CardReading {
    fn from(card: CitizenCard) -> Self {
        let findings = card.findings();
        Self { card, findings }
    }
}
