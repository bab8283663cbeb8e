//! The 12-digit personal identification number, and the 9-digit number before it.
//!
//! Structure after Circular 59/2021/TT-BCA, article 4:
//! ```text
//! 079 1 90 123456
//!  |  | |  `- random
//!  |  | `- last two digits of the year of birth
//!  |  `- century and sex: 0, 1 = born 1900 to 1999, male, female; 2, 3 = born 2000 to 2099; ... up to 8, 9
//!  `- province or country where the birth was registered
//! ```

use std::fmt;

use crate::{Place, Sex};

/// The 12-digit number. All 12 digits of any value are well formed; [`crate::Finding`]s say what does not fit.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PersonalNumber(u64);

impl PersonalNumber {
    /// Reads 12 digits; spaces, dots and dashes are what people type with them, and are dropped.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        digits(text, 12).map(Self)
    }

    /// Where the birth was registered.
    #[must_use]
    pub fn place(self) -> Place {
        Place::from_code((self.0 / 1_000_000_000) as u16)
    }

    /// Sex by the fourth digit: even male, odd female.
    #[must_use]
    pub fn sex(self) -> Sex {
        if self.century_digit().is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// Year of birth, 1900 to 2399.
    #[must_use]
    pub fn birth_year(self) -> u16 {
        let century = 1900 + 100 * (self.century_digit() / 2);
        century + (self.0 / 1_000_000 % 100) as u16
    }

    fn century_digit(self) -> u16 {
        (self.0 / 100_000_000 % 10) as u16
    }
}

impl fmt::Display for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

/// The number of the identity card that the citizen held before: 9 digits, no structure that we rely on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OldNumber(u32);

impl OldNumber {
    /// Reads 9 digits, as [`PersonalNumber::parse`] does.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        digits(text, 9).and_then(|n| u32::try_from(n).ok()).map(Self)
    }
}

impl fmt::Display for OldNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:09}", self.0)
    }
}

/// Exactly `count` ASCII digits, as a number.
fn digits(text: &str, count: usize) -> Option<u64> {
    let mut value = 0;
    let mut seen = 0;
    for c in text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')) {
        seen += 1;
        if seen > count {
            return None;
        }
        value = value * 10 + u64::from(c.to_digit(10)?);
    }
    (seen == count).then_some(value)
}

/// What both numbers share: hidden in debug output, text in JSON and across the boundary.
macro_rules! identity_number {
    ($name:ident) => {
        /// An identity number does not show in logs.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "uniffi")]
        uniffi::custom_type!($name, String, {
            lower: |number| number.to_string(),
            try_lift: |text| $name::parse(&text)
                .ok_or_else(|| uniffi::deps::anyhow::anyhow!(concat!("not a ", stringify!($name)))),
        });
    };
}
identity_number!(PersonalNumber);
identity_number!(OldNumber);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_fourth_digit_gives_century_and_sex() {
        let cases = [
            ("001090000001", 1990, Sex::Male),
            ("001190000001", 1990, Sex::Female),
            ("001204000001", 2004, Sex::Male),
            ("001304000001", 2004, Sex::Female),
            ("001400000001", 2100, Sex::Male),
            ("001799000001", 2299, Sex::Female),
            ("001800000001", 2300, Sex::Male),
            ("001999000001", 2399, Sex::Female),
        ];
        for (text, year, sex) in cases {
            let number = PersonalNumber::parse(text).unwrap();
            assert_eq!((number.birth_year(), number.sex()), (year, sex), "{text}");
        }
    }

    #[test]
    fn the_first_three_digits_give_the_place() {
        let place = |text| PersonalNumber::parse(text).unwrap().place();
        assert_eq!(place("079090000001"), Place::Province { code: 79, name: "Thành phố Hồ Chí Minh" });
        assert_eq!(place("000090000001"), Place::Unassigned { code: 0 });
        assert_eq!(place("266090000001"), Place::Abroad { code: 266 });
    }

    #[test]
    fn typed_separators_are_dropped() {
        let number = PersonalNumber::parse("079 090.123-456").unwrap();
        assert_eq!(number.to_string(), "079090123456");
        assert_eq!(OldNumber::parse("012 345 678").unwrap().to_string(), "012345678");
    }

    #[test]
    fn anything_but_the_right_count_of_digits_is_refused() {
        for text in ["", "07909012345", "0790901234567", "07909012345x", "٠٧٩٠٩٠١٢٣٤٥٦", "079/090123456"] {
            assert_eq!(PersonalNumber::parse(text), None, "{text}");
        }
        assert_eq!(OldNumber::parse("1234567890"), None);
    }

    #[test]
    fn a_number_does_not_show_in_debug_output() {
        let number = PersonalNumber::parse("079090123456").unwrap();
        assert_eq!(format!("{number:?}"), "PersonalNumber(..)");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|[0-9 .-]{0,20}") {
            if let Some(number) = PersonalNumber::parse(&text) {
                let bare: String = text.chars().filter(char::is_ascii_digit).collect();
                prop_assert_eq!(number.to_string(), bare);
            }
        }

        #[test]
        fn every_number_decodes_and_prints_back(value in 0..1_000_000_000_000_u64) {
            let text = format!("{value:012}");
            let number = PersonalNumber::parse(&text).unwrap();
            prop_assert_eq!(number.to_string(), text.clone());
            prop_assert!((1900..=2399).contains(&number.birth_year()));
            prop_assert_eq!(format!("{:02}", number.birth_year() % 100), &text[4..6]);
            let (Place::Province { code, .. } | Place::Abroad { code } | Place::Unassigned { code }) = number.place();
            prop_assert_eq!(format!("{code:03}"), &text[..3]);
        }
    }
}
