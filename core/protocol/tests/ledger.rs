//! The ledger: it only grows, by signed entries that follow, and binds one phone or none.

mod common;

use citizen_protocol::ledger::{
    Entry, Extended, Hash, Head, HeadStatement, Holder, Kind, Ledger, LedgerError, MAX_PAGE, MAX_STEP, VerifiedHead,
};
use citizen_protocol::trust::{Env, Set, StatementKeys};
use citizen_protocol::wire::{Id, SignedBytes, UnixTime};
use common::{NOW, Signer, each_flip, statement_key, year_around};
use proptest::prelude::*;
use ring::digest::{SHA256, digest};

const ACCOUNT: Id = Id([7; 16]);
const EVIDENCE: Hash = [0xee; 32];

/// The keys of an invented phone, or of none.
fn phone(number: impl Into<Option<u8>>) -> Option<Hash> {
    number.into().map(|number| [number; 32])
}

/// A statement key `s1` that is believed a year before and after [`NOW`], in a set that a root signed.
fn statement_keys(statement: &Signer) -> StatementKeys {
    let root = Signer::new();
    let set = Set { env: Env::Test, version: 1, rows: vec![statement_key("s1", statement, year_around())] };
    let signed = set.sign(|bytes| root.sign(bytes)).unwrap();
    StatementKeys::verified(&signed, &root.key, Env::Test).unwrap()
}

/// The service's side: a chain, and the key that signs it.
struct Service {
    signer: Signer,
    keys: StatementKeys,
    entries: Vec<SignedBytes>,
    ledger: Ledger,
}

impl Service {
    fn new() -> Self {
        let signer = Signer::new();
        let keys = statement_keys(&signer);
        Self { signer, keys, entries: vec![], ledger: Ledger::new(ACCOUNT) }
    }

    /// Enrolled, moved, rekeyed: entries 0 to 2.
    fn with_three() -> Self {
        let mut service = Self::new();
        service.add(Kind::Enrol, phone(1));
        service.add(Kind::Transfer, phone(2));
        service.add(Kind::Rekey, phone(3));
        service
    }

    fn add(&mut self, kind: Kind, new: Option<Hash>) {
        let entry = self.ledger.next(kind, new, EVIDENCE, NOW).unwrap();
        self.ledger = self.ledger.append(&entry).unwrap();
        self.entries.push(self.signed(&entry));
    }

    fn signed(&self, entry: &Entry) -> SignedBytes {
        entry.sign("s1", |bytes| self.signer.sign(bytes))
    }

    fn head_at(&self, head: Head, time: UnixTime) -> SignedBytes {
        HeadStatement { account: ACCOUNT, head, time }.sign("s1", |bytes| self.signer.sign(bytes))
    }

    fn verified(&self, head: Head) -> VerifiedHead {
        VerifiedHead::verified(&self.head_at(head, NOW), &self.keys, NOW).unwrap()
    }

    fn head(&self) -> VerifiedHead {
        self.verified(self.ledger.head().unwrap())
    }

    /// What a phone that kept `kept` makes of these entries and the present head.
    fn extend(&self, kept: &Ledger, page: &[SignedBytes]) -> Result<Extended, LedgerError> {
        kept.extend(page, &self.head(), &self.keys)
    }
}

#[test]
fn an_entry_is_written_as_the_design_says() {
    let ledger = Ledger::new(ACCOUNT);
    let entry = ledger.next(Kind::Enrol, phone(1), EVIDENCE, NOW).unwrap();
    let parts: [&[u8]; 18] = [
        &[0, 0, 0, 12],
        b"EID-LEDGER/1",
        &[0, 0, 0, 16],
        &[7; 16],
        &[0, 0, 0, 8],
        &[0; 8],
        &[0, 0, 0, 32],
        &[0; 32],
        &[0, 0, 0, 1],
        &[0],
        &[0, 0, 0, 32],
        &[1; 32],
        &[0, 0, 0, 32],
        &[0; 32],
        &[0, 0, 0, 32],
        &EVIDENCE,
        &[0, 0, 0, 8],
        &NOW.0.to_be_bytes(),
    ];
    assert_eq!(entry.encode(), parts.concat());
    assert_eq!(entry.head()[..], *digest(&SHA256, &parts.concat()).as_ref());
    assert_eq!(Kind::ALL.map(Kind::code), [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn a_new_phone_follows_from_the_first_entry_to_the_head() {
    let service = Service::with_three();
    let Ok(Extended::Whole(ledger)) = service.extend(&Ledger::new(ACCOUNT), &service.entries) else {
        panic!("not whole")
    };
    assert_eq!(ledger, service.ledger);
    assert_eq!((ledger.bound_keys(), ledger.next_seq()), (phone(3), 3));
}

#[test]
fn a_phone_that_kept_a_head_needs_only_what_is_new() {
    let mut service = Service::with_three();
    let kept = service.ledger;
    assert_eq!(service.extend(&kept, &[]), Ok(Extended::Whole(kept)), "nothing new");
    service.add(Kind::Transfer, phone(4));
    assert_eq!(service.extend(&kept, &service.entries[3..]), Ok(Extended::Whole(service.ledger)));
}

#[test]
fn pages_lead_to_the_head_one_after_the_other() {
    let service = Service::with_three();
    let new = Ledger::new(ACCOUNT);
    let Ok(Extended::Part(part)) = service.extend(&new, &service.entries[..2]) else { panic!("not a part") };
    assert_eq!(part.next_seq(), 2);
    assert_eq!(service.extend(&part, &service.entries[2..]), Ok(Extended::Whole(service.ledger)));
    assert_eq!(service.extend(&part, &[]), Err(LedgerError::Incomplete { next: 2 }));
}

#[test]
fn entries_behind_the_head_are_left_for_the_next_time() {
    let mut service = Service::with_three();
    let (head, three) = (service.head(), service.ledger);
    service.add(Kind::Freeze, None);
    let answer = Ledger::new(ACCOUNT).extend(&service.entries, &head, &service.keys);
    assert_eq!(answer, Ok(Extended::Whole(three)));
}

#[test]
fn a_page_that_does_not_begin_where_it_must_is_a_gap() {
    let service = Service::with_three();
    let new = Ledger::new(ACCOUNT);
    assert_eq!(service.extend(&new, &service.entries[1..]), Err(LedgerError::Gap { expected: 0 }));
    let repeated = [service.entries[0].clone(), service.entries[0].clone()];
    assert_eq!(service.extend(&new, &repeated), Err(LedgerError::Gap { expected: 1 }));
    assert!(!LedgerError::Gap { expected: 0 }.locks_the_app());
}

#[test]
fn another_history_locks_the_app() {
    let kept = Service::with_three().ledger;
    // The same service, a history without the old phone's transfer.
    let mut other = Service::new();
    other.add(Kind::Enrol, phone(9));
    other.add(Kind::Transfer, phone(2));
    other.add(Kind::Rekey, phone(3));
    let same_length = other.extend(&kept, &[]).unwrap_err();
    assert_eq!(same_length, LedgerError::Fork { seq: 2 });
    other.add(Kind::Transfer, phone(4));
    let longer = other.extend(&kept, &other.entries[3..]).unwrap_err();
    assert_eq!(longer, LedgerError::Fork { seq: 3 });
    assert!(same_length.locks_the_app() && longer.locks_the_app());
}

#[test]
fn entries_that_do_not_end_in_the_head_lock_the_app() {
    let service = Service::with_three();
    let claimed = service.verified(Head { seq: 2, hash: [1; 32] });
    let answer = Ledger::new(ACCOUNT).extend(&service.entries, &claimed, &service.keys);
    assert_eq!(answer, Err(LedgerError::Fork { seq: 2 }));
}

#[test]
fn a_head_that_goes_back_locks_the_app() {
    let mut service = Service::with_three();
    let before = service.head();
    service.add(Kind::Freeze, None);
    let answer = service.ledger.extend(&[], &before, &service.keys).unwrap_err();
    assert_eq!(answer, LedgerError::Rewound { seq: 2 });
    assert!(answer.locks_the_app());
}

#[test]
fn a_signed_entry_that_can_not_follow_locks_the_app() {
    let mut service = Service::with_three();
    let kept = service.ledger;
    service.add(Kind::Freeze, None);
    service.add(Kind::Unfreeze, None);
    service.add(Kind::Office, phone(4));
    let honest = service.ledger.next(Kind::Transfer, phone(5), EVIDENCE, NOW).unwrap();
    let wrong_old = Entry { old_keys: phone(3), ..honest };
    let to = service.verified(Head { seq: 6, hash: wrong_old.head() });
    let page = [&service.entries[3..], &[service.signed(&wrong_old)]].concat();
    let answer = kept.extend(&page, &to, &service.keys).unwrap_err();
    assert_eq!(answer, LedgerError::BadChange { seq: 6 });
    assert!(answer.locks_the_app());
}

#[test]
fn another_accounts_entries_and_heads_are_refused() {
    let service = Service::with_three();
    let other = Ledger::new(Id([8; 16]));
    assert_eq!(service.extend(&other, &service.entries), Err(LedgerError::WrongAccount));
    let entry = Ledger::new(ACCOUNT).next(Kind::Enrol, phone(1), EVIDENCE, NOW).unwrap();
    assert_eq!(other.append(&entry), Err(LedgerError::WrongAccount));
}

#[test]
fn work_for_one_head_is_bounded() {
    let service = Service::with_three();
    let far = service.verified(Head { seq: 2 + MAX_STEP + 1, hash: [1; 32] });
    assert_eq!(service.ledger.extend(&[], &far, &service.keys), Err(LedgerError::TooFarAhead));
    let page = vec![service.entries[0].clone(); MAX_PAGE + 1];
    assert_eq!(service.extend(&Ledger::new(ACCOUNT), &page), Err(LedgerError::Malformed));
}

#[test]
fn a_head_is_signed_by_a_statement_key_and_of_now() {
    let service = Service::with_three();
    let head = service.ledger.head().unwrap();
    let check = |signed: &SignedBytes| VerifiedHead::verified(signed, &service.keys, NOW).err();
    let off =
        |seconds: u64| [NOW.plus(seconds), UnixTime(NOW.0 - seconds)].map(|time| check(&service.head_at(head, time)));
    assert_eq!(off(300), [None, None]);
    assert_eq!(off(301), [Some(LedgerError::NotOfNow); 2]);
    let other_name = SignedBytes { kid: "s2".into(), ..service.head_at(head, NOW) };
    assert_eq!(check(&other_name), Some(LedgerError::UnknownKey));
    let out_of_time = service.head_at(head, UnixTime(0));
    assert_eq!(check(&out_of_time), Some(LedgerError::UnknownKey), "the key was not in use then");
    let other_key = HeadStatement { account: ACCOUNT, head, time: NOW }.sign("s1", |bytes| Signer::new().sign(bytes));
    assert_eq!(check(&other_key), Some(LedgerError::BadSignature));
    // An entry's signature does not pass for a head's.
    assert_eq!(check(&service.entries[0]), Some(LedgerError::Malformed));
}

#[test]
fn every_flipped_bit_of_a_signed_entry_is_refused() {
    let service = Service::with_three();
    let flips = each_flip(&service.entries[1], |flipped, bit| {
        assert!(Entry::verified(flipped, &service.keys).is_err(), "{bit}");
    });
    assert_eq!(flips, (9 * 4 + 12 + 16 + 8 + 4 * 32 + 1 + 8 + 64) * 8);
}

#[test]
fn every_flipped_bit_of_a_signed_head_is_refused() {
    let service = Service::with_three();
    let signed = service.head_at(service.ledger.head().unwrap(), NOW);
    let flips = each_flip(&signed, |flipped, bit| {
        assert!(VerifiedHead::verified(flipped, &service.keys, NOW).is_err(), "{bit}");
    });
    assert_eq!(flips, (5 * 4 + 10 + 16 + 8 + 32 + 8 + 64) * 8);
}

/// Kinds with and without new keys, tried on each of the three holders: what may follow, and who is bound then.
#[test]
fn what_may_follow_binds_one_phone_or_none() {
    let nobody = Ledger::new(ACCOUNT);
    let after = |ledger: &Ledger, kind, new| {
        let entry = ledger.next(kind, new, EVIDENCE, NOW)?;
        ledger.append(&entry)
    };
    let bound = after(&nobody, Kind::Enrol, phone(1)).unwrap();
    let frozen = after(&bound, Kind::Freeze, None).unwrap();
    let two = Holder::Phone([2; 32]);
    let table = [
        (Kind::Enrol, phone(2), [Some(two), None, None]),
        (Kind::Transfer, phone(2), [None, Some(two), None]),
        (Kind::Office, phone(2), [Some(two), Some(two), None]),
        (Kind::Recovery, phone(2), [Some(two), Some(two), None]),
        (Kind::Rekey, phone(2), [None, Some(two), None]),
        (Kind::Freeze, phone(2), [None; 3]),
        (Kind::Unfreeze, phone(2), [None; 3]),
        (Kind::Enrol, None, [None; 3]),
        (Kind::Transfer, None, [None; 3]),
        (Kind::Office, None, [None; 3]),
        (Kind::Recovery, None, [None; 3]),
        (Kind::Rekey, None, [None; 3]),
        (Kind::Freeze, None, [Some(Holder::Frozen), Some(Holder::Frozen), None]),
        (Kind::Unfreeze, None, [None, None, Some(Holder::Nobody)]),
    ];
    for (kind, new, wanted) in table {
        let got = [nobody, bound, frozen].map(|ledger| after(&ledger, kind, new).ok().map(|ledger| ledger.holder()));
        assert_eq!(got, wanted, "{kind:?} to {new:?}");
    }
    assert!(after(&bound, Kind::Transfer, phone(1)).is_err(), "to itself");
    assert_eq!(frozen.bound_keys(), None);
}

#[test]
fn what_a_phone_keeps_survives_storage() {
    let kept = Service::with_three().ledger;
    let row = serde_json::to_vec(&kept).unwrap();
    assert_eq!(serde_json::from_slice::<Ledger>(&row).unwrap(), kept);
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let hash = || any::<[u8; 32]>().prop_filter("zeros mean none", |hash| *hash != [0; 32]);
    let keys = move || prop::option::of(hash());
    (any::<[u8; 16]>(), any::<(u64, u64)>(), hash(), prop::sample::select(&Kind::ALL[..]), keys(), keys(), hash())
        .prop_map(|(account, (seq, time), previous, kind, new_keys, old_keys, evidence)| Entry {
            account: Id(account),
            seq,
            previous,
            kind,
            new_keys,
            old_keys,
            evidence,
            time: UnixTime(time),
        })
}

proptest! {
    #[test]
    fn decoding_is_the_reverse_of_encoding(entry in any_entry()) {
        let bytes = entry.encode();
        prop_assert_eq!(Entry::decode(&bytes), Some(entry));
        prop_assert_eq!(Entry::decode(&bytes[..bytes.len() - 1]), None);
        prop_assert_eq!(Entry::decode(&[&bytes[..], &[0]].concat()), None);
        let head = HeadStatement { account: entry.account, head: Head { seq: entry.seq, hash: entry.head() }, time: entry.time };
        let bytes = head.encode();
        prop_assert_eq!(HeadStatement::decode(&bytes), Some(head));
        prop_assert_eq!(HeadStatement::decode(&bytes[..bytes.len() - 1]), None);
        prop_assert_eq!(HeadStatement::decode(&[&bytes[..], &[0]].concat()), None);
    }

    #[test]
    fn any_bytes_are_an_entry_in_its_one_form_or_none(entry in any_entry(), at in any::<prop::sample::Index>(), byte: u8) {
        let mut bytes = entry.encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Some(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.encode(), bytes);
        }
    }

    #[test]
    fn a_chain_of_any_changes_is_followed_to_the_same_state(changes in prop::collection::vec((0_usize..7, prop::option::of(1_u8..5)), 1..30)) {
        let (mut ledger, mut entries) = (Ledger::new(ACCOUNT), vec![]);
        for (kind, new) in changes {
            if let Ok(entry) = ledger.next(Kind::ALL[kind], phone(new), EVIDENCE, NOW) {
                ledger = ledger.append(&entry).unwrap();
                entries.push(entry);
            }
        }
        let followed = entries.iter().try_fold(Ledger::new(ACCOUNT), |ledger, entry| ledger.append(entry));
        prop_assert_eq!(followed, Ok(ledger));
        for (seq, entry) in entries.iter().enumerate() {
            prop_assert_eq!(entry.seq, seq as u64);
        }
    }
}
