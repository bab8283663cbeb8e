//! R, which both phones check against the endorsement before they believe it.

use citizen_protocol::ledger::{Entry, Head, Kind, Ledger};
use citizen_protocol::transfer::{Receipt, ReceiptError, VerifiedReceipt, entry, expected_head};
use citizen_protocol::trust::{Env, Set, StatementKeys};
use citizen_protocol::wire::{Id, SignedBytes, UnixTime};
use proptest::prelude::*;

use crate::common::{NOW, Signer, each_flip, statement_key, year_around};
use crate::world::{ACCOUNT, HEAD, Handshake, TRANSFER};

/// The service's statement key `s1`.
struct Service {
    signer: Signer,
    keys: StatementKeys,
}

impl Service {
    fn new() -> Self {
        let (root, signer) = (Signer::new(), Signer::new());
        let set = Set { env: Env::Test, version: 1, rows: vec![statement_key("s1", &signer, year_around())] };
        let signed = set.sign(|bytes| root.sign(bytes)).unwrap();
        let keys = StatementKeys::verified(&signed, &root.key, Env::Test).unwrap();
        Self { signer, keys }
    }

    fn sign(&self, receipt: &Receipt) -> SignedBytes {
        receipt.sign("s1", |bytes| self.signer.sign(bytes))
    }
}

#[test]
fn r_is_written_as_the_design_says() {
    let one = Handshake::done();
    let signed = one.signed();
    let receipt = Receipt::new(&signed, NOW);
    let (new, old) = (one.new.keys().hash(), one.old.keys().hash());
    let fields: [&[u8]; 9] = [
        b"EID-XFER-RECEIPT/1",
        &ACCOUNT.0,
        &TRANSFER.0,
        &signed.hash(),
        &new,
        &old,
        &7_u64.to_be_bytes(),
        &receipt.head.hash,
        &NOW.0.to_be_bytes(),
    ];
    let bytes: Vec<u8> =
        fields.iter().flat_map(|f| [&u32::try_from(f.len()).unwrap().to_be_bytes()[..], f].concat()).collect();
    assert_eq!(receipt.encode(), bytes);
}

#[test]
fn the_head_is_the_ledgers_after_the_transfer() {
    let one = Handshake::done();
    let signed = one.signed();
    let wanted = Entry {
        account: ACCOUNT,
        seq: HEAD.seq + 1,
        previous: HEAD.hash,
        kind: Kind::Transfer,
        new_keys: Some(one.new.keys().hash()),
        old_keys: Some(one.old.keys().hash()),
        evidence: signed.hash(),
        time: NOW,
    };
    assert_eq!(entry(&signed, NOW), wanted);
    assert_eq!(expected_head(&signed, NOW), Head { seq: 7, hash: wanted.head() });

    // And a real ledger takes it.
    let ledger = Ledger::new(ACCOUNT);
    let first = ledger.next(Kind::Enrol, Some(one.old.keys().hash()), [1; 32], NOW).unwrap();
    let ledger = ledger.append(&first).unwrap();
    let mut signed = signed;
    signed.endorsement.head = ledger.head().unwrap();
    let ledger = ledger.append(&entry(&signed, NOW)).unwrap();
    assert_eq!(ledger.head(), Some(expected_head(&signed, NOW)));
    assert_eq!(ledger.bound_keys(), Some(one.new.keys().hash()));
}

#[test]
fn a_right_receipt_is_believed_whenever_it_comes() {
    let (one, service) = (Handshake::done(), Service::new());
    let endorsement = one.signed();
    let signed = service.sign(&Receipt::new(&endorsement, NOW.plus(100 * 24 * 3600)));
    let receipt = VerifiedReceipt::verified(&signed, &service.keys, &endorsement).unwrap();
    assert_eq!((receipt.head().seq, receipt.time()), (7, NOW.plus(100 * 24 * 3600)));
    assert_eq!(receipt.signed(), &signed);
    let row = serde_json::to_vec(&receipt).unwrap();
    assert_eq!(serde_json::from_slice::<VerifiedReceipt>(&row).unwrap(), receipt);
}

/// O signs once and keeps the bytes: another signature over the same E is another endorsement.
#[test]
fn a_receipt_for_another_signature_is_refused() {
    let (one, service) = (Handshake::done(), Service::new());
    let (first, second) = (one.signed(), one.signed());
    assert_eq!(first.endorsement, second.endorsement);
    let receipt = VerifiedReceipt::verified(&service.sign(&Receipt::new(&second, NOW)), &service.keys, &first);
    assert_eq!(receipt, Err(ReceiptError::OtherTransfer));
}

#[test]
fn a_malicious_service_is_refused() {
    let (one, service) = (Handshake::done(), Service::new());
    let endorsement = one.signed();
    let right = Receipt::new(&endorsement, NOW);
    let check =
        |receipt: Receipt| VerifiedReceipt::verified(&service.sign(&receipt), &service.keys, &endorsement).err();
    assert_eq!(check(right), None);
    let other_transfer = [
        Receipt { account: Id([1; 16]), ..right },
        Receipt { transfer: Id([1; 16]), ..right },
        Receipt { endorsement: [1; 32], ..right },
        Receipt { new_keys: [1; 32], ..right },
        Receipt { old_keys: [1; 32], ..right },
    ];
    assert_eq!(other_transfer.map(check), [Some(ReceiptError::OtherTransfer); 5]);
    let other_head = [
        Receipt { head: Head { seq: 8, ..right.head }, ..right },
        Receipt { head: Head { hash: [1; 32], ..right.head }, ..right },
        Receipt { head: HEAD, ..right },
        // A fork: the entry as it would be behind another head.
        Receipt {
            head: Head { seq: 7, hash: Entry { previous: [9; 32], ..entry(&endorsement, NOW) }.head() },
            ..right
        },
        Receipt { time: NOW.plus(1), ..right },
    ];
    assert_eq!(other_head.map(check), [Some(ReceiptError::OtherHead); 5]);
    let by = |kid: &str, signer: &Signer, receipt: &Receipt| {
        let signed = receipt.sign(kid, |bytes| signer.sign(bytes));
        VerifiedReceipt::verified(&signed, &service.keys, &endorsement).err()
    };
    assert_eq!(by("s1", &Signer::new(), &right), Some(ReceiptError::BadSignature));
    assert_eq!(by("s2", &service.signer, &right), Some(ReceiptError::UnknownKey));
    let early = Receipt::new(&endorsement, UnixTime(0));
    assert_eq!(by("s1", &service.signer, &early), Some(ReceiptError::UnknownKey), "before the key's time");
}

/// By the decoder, by the key's period (a bit of the time), or by the signature.
#[test]
fn every_flipped_bit_of_r_is_refused() {
    let (one, service) = (Handshake::done(), Service::new());
    let endorsement = one.signed();
    let signed = service.sign(&Receipt::new(&endorsement, NOW));
    let mut checks = [0; 3];
    let flips =
        each_flip(&signed, |flipped, bit| match VerifiedReceipt::verified(flipped, &service.keys, &endorsement) {
            Err(ReceiptError::Malformed) => checks[0] += 1,
            Err(ReceiptError::UnknownKey) => checks[1] += 1,
            Err(ReceiptError::BadSignature) => checks[2] += 1,
            other => panic!("{bit}: {other:?}"),
        });
    assert_eq!(flips, (9 * 4 + 18 + 16 + 16 + 4 * 32 + 8 + 8 + 64) * 8);
    println!(
        "{flips} bits: {} malformed, {} out of the key's time, {} by the signature",
        checks[0], checks[1], checks[2]
    );
}

proptest! {
    #[test]
    fn any_r_comes_back_as_it_went(ids: [[u8; 16]; 2], hashes: [[u8; 32]; 4], seq: u64, time: u64, noise: Vec<u8>) {
        let [account, transfer] = ids.map(Id);
        let [endorsement, new_keys, old_keys, hash] = hashes;
        let (head, time) = (Head { seq, hash }, UnixTime(time));
        let receipt = Receipt { account, transfer, endorsement, new_keys, old_keys, head, time };
        let bytes = receipt.encode();
        prop_assert_eq!(Receipt::decode(&bytes), Some(receipt));
        prop_assert_eq!(Receipt::decode(&bytes[..bytes.len() - 1]), None);
        prop_assert_eq!(Receipt::decode(&[&bytes[..], &[0]].concat()), None);
        prop_assert_eq!(Receipt::decode(&noise), None);
    }
}
