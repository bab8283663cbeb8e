//! The text of a code, whatever its encoding.

use citizen_vision::Code;
use encoding_rs::SHIFT_JIS;

/// UTF-8 where the code holds text, else its bytes.
///
/// Japan's own standard of QR, JIS X 0510, has Shift-JIS in Kanji mode and as default of 8-bit data. The core hands such bytes
/// over as they are: no citizen card has them, and its texts are never a guess.
pub(super) fn utf8(code: Code) -> Vec<u8> {
    if code.text().is_some() {
        return code.bytes;
    }
    let decoded = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(&code.bytes);
    decoded.map(|text| text.into_owned().into_bytes()).unwrap_or(code.bytes)
}

#[cfg(test)]
mod tests {
    use citizen_vision::Corners;

    use super::*;

    fn utf8_of(bytes: &[u8]) -> Vec<u8> {
        utf8(Code { bytes: bytes.into(), corners: Corners::default(), modules: 21 })
    }

    #[test]
    fn shift_jis_becomes_utf8_and_utf8_stays() {
        assert_eq!(utf8_of(b"\x8a\xbf\x8e\x9a"), "漢字".as_bytes());
        assert_eq!(utf8_of("Nguyễn Thử 漢字".as_bytes()), "Nguyễn Thử 漢字".as_bytes());
    }

    #[test]
    fn bytes_that_are_neither_stay_as_they_are() {
        assert_eq!(utf8_of(b"caf\xe9"), b"caf\xe9");
        assert_eq!(utf8_of(b"\xff\xfe\0"), b"\xff\xfe\0");
    }
}
