//! What the card's own facts say about each other.

use std::fmt;

use crate::{CalendarDate, PersonalNumber, Place, Sex};

/// Something that disagrees or is unknown. It stands beside the card and never costs the scan: the citizen and the
/// service decide what it means.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum), uniffi::export(Debug))]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "finding", rename_all = "snake_case"))]
pub enum Finding {
    /// No province has the number's first three digits. Specimen cards use 000.
    UnknownProvince {
        /// The three digits.
        code: String,
    },
    /// The year of birth in the number is another one than on the card.
    BirthYearDiffers {
        /// By the number.
        number: u16,
        /// On the card.
        card: u16,
    },
    /// The sex in the number is another one than on the card.
    SexDiffers {
        /// By the number.
        number: Sex,
        /// On the card.
        card: Sex,
    },
}

/// Year of birth and sex are personal data: the kind shows in logs, the values do not.
impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownProvince { .. } => "UnknownProvince(..)",
            Self::BirthYearDiffers { .. } => "BirthYearDiffers(..)",
            Self::SexDiffers { .. } => "SexDiffers(..)",
        })
    }
}

/// Compares the number with the rest of the card: catches a misread or mistyped digit before anything is sent.
pub(crate) fn findings(number: PersonalNumber, birth: CalendarDate, sex: Sex) -> Vec<Finding> {
    let unknown = match number.place() {
        Place::Unassigned { code } => Some(Finding::UnknownProvince { code: format!("{code:03}") }),
        Place::Province { .. } | Place::Abroad { .. } => None,
    };
    let year = (number.birth_year() != birth.year())
        .then(|| Finding::BirthYearDiffers { number: number.birth_year(), card: birth.year() });
    let sexes = (number.sex() != sex).then(|| Finding::SexDiffers { number: number.sex(), card: sex });
    unknown.into_iter().chain(year).chain(sexes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: &str, year: u16, sex: Sex) -> Vec<Finding> {
        findings(PersonalNumber::parse(number).unwrap(), CalendarDate::new(year, 5, 6).unwrap(), sex)
    }

    #[test]
    fn a_number_that_fits_finds_nothing() {
        assert_eq!(of("079190123456", 1990, Sex::Female), []);
        assert_eq!(of("266205123456", 2005, Sex::Male), []);
    }

    #[test]
    fn each_disagreement_is_named_with_both_sides() {
        assert_eq!(
            of("003190123456", 1991, Sex::Male),
            [
                Finding::UnknownProvince { code: "003".into() },
                Finding::BirthYearDiffers { number: 1990, card: 1991 },
                Finding::SexDiffers { number: Sex::Female, card: Sex::Male },
            ]
        );
    }
}
