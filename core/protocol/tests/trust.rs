//! Signed sets: believed as a whole, from the root, and only upwards.

mod common;

use citizen_protocol::trust::{
    Env, MAX_ROWS, Period, Pin, PinRole, PinSet, Replacement, Row, Set, StatementKey, StatementKeys, TrustError,
};
use citizen_protocol::wire::{Blob, SignedBytes, UnixTime};
use common::{NOW, Signer, each_flip, statement_key, year_around};
use proptest::prelude::*;

fn pin(byte: u8, role: PinRole) -> Pin {
    Pin { spki_sha256: [byte; 32], role, period: year_around() }
}

fn pins(version: u64) -> Set<Pin> {
    let rows = vec![pin(1, PinRole::Current), pin(2, PinRole::Next), pin(3, PinRole::Backup)];
    Set { env: Env::Test, version, rows }
}

/// Whatever it says, with the root's signature.
fn signed<R: Row>(set: &Set<R>, root: &Signer) -> SignedBytes {
    SignedBytes::sign(set.encode(), "root", |bytes| root.sign(bytes))
}

fn verified(set: &Set<Pin>, root: &Signer) -> Result<PinSet, TrustError> {
    PinSet::verified(&signed(set, root), &root.key, Env::Test)
}

#[test]
fn a_pin_set_is_written_as_the_design_says() {
    let set = Set { env: Env::Test, version: 258, rows: vec![pin(1, PinRole::Backup)] };
    let Period { from, to } = year_around();
    let parts: [&[u8]; 14] = [
        &[0, 0, 0, 10],
        b"EID-PINS/1",
        &[0, 0, 0, 1],
        &[1],
        &[0, 0, 0, 8],
        &[0, 0, 0, 0, 0, 0, 1, 2],
        &[0, 0, 0, 32],
        &[1; 32],
        &[0, 0, 0, 1],
        &[2],
        &[0, 0, 0, 8],
        &from.0.to_be_bytes(),
        &[0, 0, 0, 8],
        &to.0.to_be_bytes(),
    ];
    assert_eq!(set.encode(), parts.concat());
}

#[test]
fn the_roots_pins_are_believed_in_their_time() {
    let root = Signer::new();
    let set = PinSet::verified(&pins(7).sign(|bytes| root.sign(bytes)).unwrap(), &root.key, Env::Test).unwrap();
    let Period { from, to } = year_around();
    assert_eq!((set.version(), set.set()), (7, &pins(7)));
    assert_eq!(set.role_at(&[2; 32], NOW), Some(PinRole::Next));
    assert!(set.accepts(&[3; 32], from) && !set.accepts(&[3; 32], UnixTime(from.0 - 1)));
    assert!(set.accepts(&[3; 32], UnixTime(to.0 - 1)) && !set.accepts(&[3; 32], to));
    assert!(!set.accepts(&[4; 32], NOW) && !set.accepts(&[1; 31], NOW) && !set.accepts(&[], NOW));
}

#[test]
fn statement_keys_are_found_by_name_and_time() {
    let (root, old, new) = (Signer::new(), Signer::new(), Signer::new());
    let before = Period { from: UnixTime(0), to: NOW };
    let rows = vec![statement_key("2025", &old, before), statement_key("2026", &new, year_around())];
    let set = Set { env: Env::Test, version: 1, rows };
    let keys = StatementKeys::verified(&signed(&set, &root), &root.key, Env::Test).unwrap();
    assert_eq!(
        keys.key_at("2025", UnixTime(NOW.0 - 1)),
        Some(&old.key),
        "a retired key, for what it signed in its time"
    );
    assert_eq!(keys.key_at("2025", NOW), None);
    assert_eq!(keys.key_at("2026", NOW), Some(&new.key));
    assert_eq!(keys.key_at("2027", NOW), None);
}

#[test]
fn each_reason_against_a_set_has_its_own_error() {
    let (root, other) = (Signer::new(), Signer::new());
    let check = |signed: &SignedBytes| PinSet::verified(signed, &root.key, Env::Test).err();
    let good = signed(&pins(1), &root);
    assert_eq!(check(&good), None);
    assert_eq!(check(&SignedBytes { kid: "s1".into(), ..good.clone() }), Some(TrustError::NotRoot));
    assert_eq!(check(&signed(&pins(1), &other)), Some(TrustError::BadSignature));
    assert_eq!(check(&SignedBytes { signature: Blob(vec![1; 63]), ..good.clone() }), Some(TrustError::BadSignature));
    assert_eq!(check(&signed(&Set { env: Env::Production, ..pins(1) }, &root)), Some(TrustError::WrongEnvironment));
    let without_current = Set { rows: pins(1).rows.split_off(1), ..pins(1) };
    assert_eq!(check(&signed(&without_current, &root)), Some(TrustError::NoCurrentPin));
    // The root's signature under a set of the other kind.
    let keys = Set { env: Env::Test, version: 1, rows: vec![statement_key("s1", &other, year_around())] };
    assert_eq!(check(&signed(&keys, &root)), Some(TrustError::Malformed));
}

#[test]
fn even_the_root_can_not_sign_a_set_out_of_form() {
    let root = Signer::new();
    let malformed = |rows: Vec<Pin>| verified(&Set { rows, ..pins(1) }, &root).err();
    let many = |count: usize| (0..count).map(|number| pin(number as u8, PinRole::Current)).collect::<Vec<_>>();
    assert_eq!(malformed(many(MAX_ROWS)), None);
    assert_eq!(malformed(many(MAX_ROWS + 1)), Some(TrustError::Malformed));
    assert_eq!(malformed(vec![]), Some(TrustError::Malformed));
    assert_eq!(
        malformed(vec![pin(1, PinRole::Current), pin(1, PinRole::Next)]),
        Some(TrustError::Malformed),
        "one key twice"
    );
    let empty = Pin { period: Period { from: NOW, to: NOW }, ..pin(1, PinRole::Current) };
    assert_eq!(malformed(vec![empty]), Some(TrustError::Malformed));
    let without_rows = Set::<Pin> { rows: vec![], ..pins(1) };
    assert_eq!(without_rows.sign(|bytes| root.sign(bytes)), Err(TrustError::Malformed));
}

#[test]
fn a_statement_keys_name_is_plain_and_not_the_roots() {
    let (root, key) = (Signer::new(), Signer::new());
    let named = |kid: &str| {
        let rows = vec![statement_key(kid, &key, year_around())];
        Set { env: Env::Test, version: 1, rows }.sign(|bytes| root.sign(bytes)).err()
    };
    assert_eq!([named("2026-11.a"), named(&"a".repeat(32))], [None, None]);
    for kid in ["", "root", "S1", "s 1", "ký", &"a".repeat(33)] {
        assert_eq!(named(kid), Some(TrustError::Malformed), "{kid:?}");
    }
}

#[test]
fn only_a_higher_version_takes_the_place() {
    let root = Signer::new();
    let [kept, newer, same] = [7, 8, 7].map(|version| verified(&pins(version), &root).unwrap());
    assert_eq!(newer.replaces(&kept), Ok(Replacement::Newer));
    assert_eq!(same.replaces(&kept), Ok(Replacement::Same));
    assert_eq!(kept.replaces(&newer), Err(TrustError::Older { kept: 8, offered: 7 }));
    let other = Set { rows: vec![pin(9, PinRole::Current)], ..pins(7) };
    assert_eq!(verified(&other, &root).unwrap().replaces(&kept), Err(TrustError::Conflict { version: 7 }));
}

#[test]
fn every_flipped_bit_of_a_signed_pin_set_is_refused() {
    let root = Signer::new();
    let flips = each_flip(&signed(&pins(1), &root), |flipped, bit| {
        assert_eq!(PinSet::verified(flipped, &root.key, Env::Test), Err(TrustError::BadSignature), "{bit}");
    });
    assert_eq!(flips, (31 + 3 * (36 + 5 + 12 + 12) + 64) * 8, "head, three rows, signature");
}

#[test]
fn every_flipped_bit_of_a_signed_statement_key_set_is_refused() {
    let root = Signer::new();
    let rows =
        vec![statement_key("s1", &Signer::new(), year_around()), statement_key("s2", &Signer::new(), year_around())];
    let set = Set { env: Env::Test, version: 1, rows };
    let flips = each_flip(&signed(&set, &root), |flipped, bit| {
        assert_eq!(StatementKeys::verified(flipped, &root.key, Env::Test), Err(TrustError::BadSignature), "{bit}");
    });
    assert_eq!(flips, (31 + 2 * (6 + 95 + 12 + 12) + 64) * 8, "head, two rows, signature");
}

fn any_pins() -> impl Strategy<Value = Set<Pin>> {
    let role = prop::sample::select(vec![PinRole::Current, PinRole::Next, PinRole::Backup]);
    let period = (any::<u64>(), any::<u64>());
    let row = (any::<[u8; 32]>(), role, period).prop_map(|(spki_sha256, role, (from, to))| Pin {
        spki_sha256,
        role,
        period: Period { from: UnixTime(from), to: UnixTime(to) },
    });
    let env = prop::sample::select(vec![Env::Production, Env::Test]);
    (env, any::<u64>(), prop::collection::vec(row, 0..20)).prop_map(|(env, version, rows)| Set { env, version, rows })
}

proptest! {
    #[test]
    fn what_is_decoded_is_what_was_encoded(set in any_pins(), cut in any::<prop::sample::Index>()) {
        let bytes = set.encode();
        match Set::<Pin>::decode(&bytes) {
            Ok(decoded) => prop_assert_eq!(decoded, set),
            Err(error) => {
                let has_form = (1..=MAX_ROWS).contains(&set.rows.len()) && set.rows.iter().all(|row| row.period.from < row.period.to);
                prop_assert!(!has_form || error == TrustError::NoCurrentPin);
            }
        }
        let at = cut.index(bytes.len());
        if let Ok(shorter) = Set::<Pin>::decode(&bytes[..at]) {
            prop_assert_eq!(shorter.encode(), &bytes[..at], "a cut between rows");
        }
        prop_assert!(Set::<Pin>::decode(&[&bytes[..], &[0]].concat()).is_err());
    }

    #[test]
    fn any_bytes_are_a_set_in_its_one_form_or_malformed(bytes in prop::collection::vec(any::<u8>(), 0..300), tagged in any::<bool>()) {
        let bytes = if tagged { [b"\0\0\0\x0aEID-PINS/1\0\0\0\x01\x01", &bytes[..]].concat() } else { bytes };
        if let Ok(set) = Set::<Pin>::decode(&bytes) {
            prop_assert_eq!(set.encode(), &bytes[..]);
        }
        if let Ok(set) = Set::<StatementKey>::decode(&bytes) {
            prop_assert_eq!(set.encode(), &bytes[..]);
        }
    }
}
