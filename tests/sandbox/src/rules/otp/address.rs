//! Addresses that a message can go to, in one form each.

/// A Vietnamese mobile number in E.164: `+84` and nine digits, the first of them 3, 5, 7, 8 or 9. `0912 345 678` is taken too.
pub(in crate::rules) fn mobile(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let nine = bare.strip_prefix("+84").or_else(|| bare.strip_prefix('0'))?;
    let fits = nine.len() == 9
        && nine.bytes().all(|byte| byte.is_ascii_digit())
        && nine.starts_with(['3', '5', '7', '8', '9']);
    fits.then(|| format!("+84{nine}"))
}

/// The longest address, in bytes (RFC 5321, 4.5.3.1: 256 with its brackets).
const MAX_EMAIL: usize = 254;
const MAX_LOCAL: usize = 64;
const MAX_LABEL: usize = 63;

/// An email address: printable ASCII, one `@`, a domain of two labels or more, which becomes lower case.
pub(in crate::rules) fn email(text: &str) -> Option<String> {
    let (local, domain) = text.trim().split_once('@')?;
    let domain = domain.to_ascii_lowercase();
    let is_word =
        |text: &str| !text.is_empty() && !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
    let is_local =
        local.len() <= MAX_LOCAL && local.bytes().all(|b| b.is_ascii_graphic() && !b"@\"(),:;<>[\\]".contains(&b));
    let is_label = |label: &str| {
        (1..=MAX_LABEL).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let fits = is_word(local) && is_local && domain.contains('.') && domain.split('.').all(is_label);
    let address = format!("{local}@{domain}");
    (fits && address.len() <= MAX_EMAIL).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_numbers_have_one_form() {
        for text in ["+84901234567", "0901234567", "090 123 45 67", "+84 90.123.45-67"] {
            assert_eq!(mobile(text).as_deref(), Some("+84901234567"), "{text}");
        }
        for text in
            ["", "+84", "84901234567", "+8490123456", "+849012345678", "+84201234567", "+1901234567", "+84٩01234567"]
        {
            assert_eq!(mobile(text), None, "{text}");
        }
    }

    #[test]
    fn email_addresses_have_one_form() {
        assert_eq!(email(" Nam.Mau+a@Example.VN ").as_deref(), Some("Nam.Mau+a@example.vn"));
        let long = format!("{}@example.vn", "a".repeat(65));
        for text in [
            "",
            "@",
            "nam",
            "nam@",
            "@example.vn",
            "nam@example",
            "a@b@c.vn",
            "na m@example.vn",
            "nam@exa mple.vn",
            "nam@.vn",
            "nam@-a.vn",
            ".nam@example.vn",
            "n..m@example.vn",
            "n\u{202e}m@example.vn",
            "nam@example.vn\nBcc: x@y.vn",
            &long,
        ] {
            assert_eq!(email(text), None, "{text:?}");
        }
    }
}
