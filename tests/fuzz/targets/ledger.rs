//! Any bytes are an entry or a head in their one form, or none; and whatever entries come, at most one phone is bound.

#![no_main]

use citizen_protocol::ledger::{Entry, HeadStatement, Kind, Ledger};
use citizen_protocol::wire::{Id, UnixTime};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(entry) = Entry::decode(bytes) {
        assert_eq!(entry.encode(), bytes);
        let _ = Ledger::new(entry.account).append(&entry);
    }
    if let Some(head) = HeadStatement::decode(bytes) {
        assert_eq!(head.encode(), bytes);
    }
    let mut ledger = Ledger::new(Id::default());
    for change in bytes.chunks_exact(4).take(256) {
        let kind = Kind::ALL[usize::from(change[0] % 7)];
        let keys = |byte: u8| (byte % 5 != 0).then_some([byte % 5; 32]);
        let Ok(honest) = ledger.next(kind, keys(change[1]), [1; 32], UnixTime(1)) else { continue };
        // What the service would not write: another phone before it, or another number.
        let entry = Entry { old_keys: keys(change[2]), seq: honest.seq ^ u64::from(change[3] & 1), ..honest };
        assert_eq!(ledger.append(&entry).is_ok(), entry == honest);
        assert_eq!(Entry::decode(&entry.encode()), Some(entry));
        ledger = ledger.append(&honest).expect("it was just made");
        assert_eq!(ledger.bound_keys(), honest.new_keys);
    }
});
