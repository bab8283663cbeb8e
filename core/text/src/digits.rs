//! Numbers that are names, like the 12-digit number or a support code: grouped for the eye, one by one for the ear.

/// The most digits that a number of any kind has here. Our choice.
const MAX_DIGITS: usize = 32;

/// A number's digits or a code's digits and Latin letters, without the spaces, dots and dashes that people type.
pub(crate) fn plain(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).take(MAX_DIGITS + 1).collect();
    let fits = (1..=MAX_DIGITS).contains(&plain.len()) && plain.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then_some(plain)
}

/// Groups of three; of four where that comes out even and three does not; else of three from the end, a lone first one
/// joined to its neighbour, as phone numbers are written.
pub(crate) fn grouped(plain: &str) -> String {
    let length = plain.len();
    let size = if !length.is_multiple_of(3) && length.is_multiple_of(4) { 4 } else { 3 };
    let mut text = String::with_capacity(length + length / size);
    for (done, digit) in plain.chars().enumerate() {
        let to_come = length.saturating_sub(done);
        if done > 1 && to_come.is_multiple_of(size) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// One by one.
pub(crate) fn one_by_one(plain: &str) -> String {
    plain.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_for_the_eye() {
        for (plain, text) in [
            ("1", "1"),
            ("12", "12"),
            ("123", "123"),
            ("1234", "1234"),
            ("12345", "12 345"),
            ("123456", "123 456"),
            ("1234567", "1234 567"),
            ("19000368", "1900 0368"),
            ("012345678", "012 345 678"),
            ("0912345678", "0912 345 678"),
            ("84912345678", "84 912 345 678"),
            ("079190123456", "079 190 123 456"),
        ] {
            assert_eq!(grouped(plain), text);
        }
    }

    #[test]
    fn digits_are_spoken_one_by_one() {
        assert_eq!(one_by_one("0368"), "0 3 6 8");
    }

    #[test]
    fn what_people_type_between_digits_is_dropped() {
        assert_eq!(plain("079 190-123.456").as_deref(), Some("079190123456"));
        assert_eq!(plain("AB-12").as_deref(), Some("AB12"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", " - ", "٠١٢", "12\n3", "12\u{202e}3", "•••123", &"1".repeat(MAX_DIGITS + 1)] {
            assert_eq!(plain(text), None, "{text:?}");
        }
    }
}
