//! Any bytes are a pin set or a statement-key set in its one form, or an error.

#![no_main]

use citizen_protocol::trust::{Pin, Row, Set, StatementKey};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    same::<Pin>(bytes);
    same::<StatementKey>(bytes);
});

fn same<R: Row>(bytes: &[u8]) {
    if let Ok(set) = Set::<R>::decode(bytes) {
        assert_eq!(set.encode(), bytes);
    }
    // Behind a good head, so that rows are reached at once.
    let length = (R::TAG.len() as u32).to_be_bytes();
    let head = [&length[..], R::TAG.as_bytes(), b"\0\0\0\x01\x01\0\0\0\x08\0\0\0\0\0\0\0\x01"].concat();
    let whole = [&head[..], bytes].concat();
    if let Ok(set) = Set::<R>::decode(&whole) {
        assert_eq!(set.encode(), whole);
    }
}
