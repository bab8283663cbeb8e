//! Base45 (RFC 9285): bytes in the alphabet of a QR code's alphanumeric mode. Forty lines of our own: the kept-up crates are no shorter
//! to check, and take what we refuse.

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Two bytes become three characters, a single one at the end two.
pub(super) fn encode(bytes: &[u8]) -> String {
    bytes.chunks(2).flat_map(|two| digits(two).take(two.len() + 1)).map(char::from).collect()
}

/// The characters of one or two bytes, the lowest first; three, of which one byte fills two.
fn digits(bytes: &[u8]) -> impl Iterator<Item = u8> {
    let value = bytes.iter().fold(0, |value, byte| value * 256 + usize::from(*byte));
    [value % 45, value / 45 % 45, value / 2025].into_iter().filter_map(|digit| ALPHABET.get(digit).copied())
}

/// The bytes; `None` for another character, a number that no bytes have, or a character alone.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for group in text.as_bytes().chunks(3) {
        let value = group.iter().rev().try_fold(0_u32, |value, character| {
            let digit = ALPHABET.iter().position(|known| known == character)?;
            Some(value * 45 + digit as u32)
        })?;
        match group.len() {
            3 => bytes.extend(u16::try_from(value).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 9285, 4.3 and 4.4.
    #[test]
    fn the_rfcs_examples_pass() {
        for (text, encoded) in
            [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"), ("ietf!", "QED8WEX0")]
        {
            assert_eq!(encode(text.as_bytes()), encoded);
            assert_eq!(decode(encoded).as_deref(), Some(text.as_bytes()));
        }
    }

    /// RFC 9285, 6: what must be refused; and lower case, which no encoder writes.
    #[test]
    fn what_no_bytes_have_is_refused() {
        for text in ["GGW", "::", ":::", "A", "BB8A", "bb8", "BB!", "BBé"] {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode("FGW"), Some(vec![0xff, 0xff]), "the largest of three");
        assert_eq!(decode("U5"), Some(vec![0xff]), "the largest of two");
        assert_eq!(decode("V5"), None, "256 in two");
        assert_eq!(decode(""), Some(vec![]));
    }

    proptest! {
        #[test]
        fn decoding_is_the_reverse_of_encoding(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_bytes_in_one_form_or_none(text in "[0-9A-Z $%*+./:-]{0,40}|.{0,20}") {
            if let Some(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
