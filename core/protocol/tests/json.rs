//! Bodies of strangers: bounded, and errors that quote nothing.

use citizen_protocol::json::{JsonError, MAX_BYTES, MAX_DEPTH, read};
use citizen_protocol::wire::{Empty, OtpVerified, PasswordRequest};
use proptest::prelude::*;
use serde_json::Value;

fn nested(depth: usize) -> String {
    "[".repeat(depth) + &"]".repeat(depth)
}

#[test]
fn depth_is_counted_outside_of_strings() {
    assert!(read::<Value>(nested(MAX_DEPTH).as_bytes()).is_ok());
    assert_eq!(read::<Value>(nested(MAX_DEPTH + 1).as_bytes()), Err(JsonError::TooDeep));
    assert_eq!(read::<Value>(r#"{"a":"#.repeat(40).as_bytes()), Err(JsonError::TooDeep));
    let quoted = format!(r#"["{}\"{}\\"]"#, "[".repeat(100), "{".repeat(100));
    assert!(read::<Value>(quoted.as_bytes()).is_ok());
    // The string ends behind the second backslash: what follows counts.
    let hidden = format!(r#"["\\",{}]"#, nested(MAX_DEPTH));
    assert_eq!(read::<Value>(hidden.as_bytes()), Err(JsonError::TooDeep));
    assert!(read::<Value>(format!("[{}]", vec!["[]"; 1000].join(",")).as_bytes()).is_ok(), "beside each other");
}

#[test]
fn size_is_checked_first() {
    let text = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    assert!(read::<Value>(text(MAX_BYTES).as_bytes()).is_ok());
    assert_eq!(read::<Value>(text(MAX_BYTES + 1).as_bytes()), Err(JsonError::TooLarge));
    assert_eq!(read::<Value>(&vec![0xff; MAX_BYTES + 1]), Err(JsonError::TooLarge));
}

#[test]
fn each_fault_has_its_own_error() {
    let table: [(&[u8], JsonError); 9] = [
        (b"", JsonError::Syntax),
        (b"{", JsonError::Syntax),
        (b"{\"challenge\":\"BwcHBwcHBwcHBwcHBwcHBw\",\"valid_until\":1} {}", JsonError::Syntax),
        (b"{\"challenge\":\"BwcHBwcHBwcHBwcHBwcHBw\",\"valid_until\":1}x", JsonError::Syntax),
        (b"\xef\xbb\xbf{}", JsonError::Syntax),
        (b"{\"a\":\"\xff\"}", JsonError::NotUtf8),
        (b"{\"challenge\":\"BwcHBwcHBwcHBwcHBwcHBw\"}", JsonError::Shape),
        (
            b"{\"challenge\":\"BwcHBwcHBwcHBwcHBwcHBw\",\"challenge\":\"BwcHBwcHBwcHBwcHBwcHBw\",\"valid_until\":1}",
            JsonError::Shape,
        ),
        (b"{\"challenge\":\"BwcHBwcHBwcHBwcHBwcHBw\",\"valid_until\":-1}", JsonError::Shape),
    ];
    for (text, wanted) in table {
        assert_eq!(read::<OtpVerified>(text), Err(wanted), "{}", String::from_utf8_lossy(text));
    }
    assert!(read::<Empty>(b" {} \n").is_ok());
}

#[test]
fn an_error_quotes_nothing() {
    let Err(error) = read::<PasswordRequest>(br#"{"password":"canary","personal":"canary","is_new":true}"#) else {
        panic!("read")
    };
    assert!(!format!("{error} {error:?}").contains("canary"));
}

proptest! {
    #[test]
    fn any_bytes_are_a_value_or_an_error(bytes in prop_oneof![prop::collection::vec(any::<u8>(), 0..200), "[\\[\\]{}\",:0-9a\\\\ ]{0,200}".prop_map(String::into_bytes)]) {
        let plain = serde_json::from_slice::<Value>(&bytes).ok();
        match read::<Value>(&bytes) {
            Ok(value) => prop_assert_eq!(Some(value), plain),
            Err(error) => prop_assert!(plain.is_none() || error == JsonError::TooDeep),
        }
    }
}
