//! Bytes of a code as text.

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;

/// UTF-8, or else Shift-JIS, in which Japanese generators write; `None` where it is neither.
pub(crate) fn of(bytes: &[u8]) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes).map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_are_read() {
        assert_eq!(of("Nguyễn".as_bytes()).as_deref(), Some("Nguyễn"));
        assert_eq!(of(&[0x83, 0x65]).as_deref(), Some("テ"));
        assert_eq!(of(&[0xff]), None);
    }
}
