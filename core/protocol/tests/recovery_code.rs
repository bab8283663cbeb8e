//! The code on paper: one form, forgiving where hands slip, and never wrong without saying so.

use citizen_protocol::recovery_code::{LENGTH, RecoveryCode, RecoveryCodeError};
use proptest::prelude::*;

/// Worked out by hand: 25 times `0`, then three zero bits and the first 12 bits of SHA-256 of 16 zero bytes, 374.
#[test]
fn a_code_has_its_one_form() {
    let code = RecoveryCode::from_random([0; 16]);
    assert_eq!(code.written().reveal(), "0000-0000-0000-0000-0000-0000-00VM");
    let code = RecoveryCode::from_random([0xff; 16]);
    assert!(code.written().reveal().starts_with("ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-Z"));
    assert_eq!(format!("{code:?}"), "RecoveryCode");
}

#[test]
fn what_is_no_code_says_why() {
    let code = RecoveryCode::from_random([7; 16]).written().reveal().to_owned();
    assert_eq!(RecoveryCode::parse(&code[1..]), Err(RecoveryCodeError::Length));
    assert_eq!(RecoveryCode::parse(&format!("{code}0")), Err(RecoveryCodeError::Length));
    assert_eq!(RecoveryCode::parse(""), Err(RecoveryCodeError::Length));
    for wrong in ["U", "é", "_", "\n"] {
        assert_eq!(RecoveryCode::parse(&code.replacen(&code[..1], wrong, 1)), Err(RecoveryCodeError::Character));
    }
}

proptest! {
    #[test]
    fn any_code_is_read_as_it_was_written_by_whatever_hand(bytes: [u8; 16]) {
        let code = RecoveryCode::from_random(bytes);
        let written = code.written().reveal().to_owned();
        prop_assert_eq!(written.len(), LENGTH + 6);
        let by_hand = written.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
        for text in [written, by_hand] {
            prop_assert_eq!(RecoveryCode::parse(&text), Ok(code.clone()));
        }
    }

    /// One slip passes once in 4,096 times; never if it is in the checksum itself.
    #[test]
    fn a_slip_gives_another_code_at_worst_and_hardly_ever(bytes: [u8; 16], place in 0..LENGTH, by in 1..32u8) {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let code = RecoveryCode::from_random(bytes);
        let mut text: Vec<u8> = code.written().reveal().bytes().filter(|byte| *byte != b'-').collect();
        let digit = ALPHABET.iter().position(|byte| *byte == text[place]).unwrap() as u8;
        text[place] = ALPHABET[usize::from((digit + by) % 32)];
        let read = RecoveryCode::parse(std::str::from_utf8(&text).unwrap());
        prop_assert!(read.as_ref() != Ok(&code));
        prop_assert!(place < 26 || read == Err(RecoveryCodeError::Checksum));
    }
}
