//! E, and the two signatures of the new phone that follow it.

use citizen_protocol::enrol::KeyRole;
use citizen_protocol::ledger::Head;
use citizen_protocol::transfer::{
    Accept, CLOCK_WINDOW_S, Caps, Check, Commit, DeviceKeys, Endorsement, Field, KnownToNew, KnownToService, Malformed,
    SignedEndorsement, VALID_S, attestation_hash,
};
use citizen_protocol::wire::{Id, UnixTime};
use proptest::prelude::*;
use ring::digest::{SHA256, digest};

use crate::common::NOW;
use crate::world::{ACCOUNT, HEAD, Handshake, Phone, SERVER_NONCE, TRANSFER, each_bit};

fn service(one: &Handshake) -> KnownToService {
    KnownToService {
        account: ACCOUNT,
        transfer: TRANSFER,
        old_keys: one.old.keys(),
        joined: one.new.dev.key,
        server_nonce: SERVER_NONCE,
        head: HEAD,
    }
}

fn lp(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().flat_map(|part| [&u32::try_from(part.len()).unwrap().to_be_bytes()[..], part].concat()).collect()
}

#[test]
fn e_is_written_as_the_design_says() {
    let one = Handshake::done();
    let signed = one.signed();
    let (old, new) = (one.old.keys(), one.new.keys());
    let fields: [&[u8]; 15] = [
        b"EID-XFER-ENDORSE/1",
        &ACCOUNT.0,
        &TRANSFER.0,
        &old.device().0,
        &old.hash(),
        &new.encode(),
        &[0xa7; 32],
        &one.met.channel.handshake(),
        &SERVER_NONCE,
        &6_u64.to_be_bytes(),
        &HEAD.hash,
        &NOW.0.to_be_bytes(),
        &(NOW.0 + 600).to_be_bytes(),
        &[1],
        &[0, 0, 0, 1],
    ];
    assert_eq!((signed.endorsement.encode(), lp(&fields).len()), (lp(&fields), 505));
    let whole = lp(&[&lp(&fields), &signed.signature]);
    assert_eq!(signed.encode(), whole);
    assert_eq!(signed.hash()[..], *digest(&SHA256, &whole).as_ref());
    assert_eq!(SignedEndorsement::decode(&whole), Ok(signed));
    assert_eq!(SignedEndorsement::read(&lp(&fields), &signed.signature), Ok(signed));
}

#[test]
fn digits_and_a_phone_without_a_lock_screen_are_told_apart() {
    let one = Handshake::done();
    let channel = &one.agreed.channel;
    let confirmed = channel.confirm_digits(channel.digits().as_str()).unwrap();
    let mut old = one.old_phone();
    old.keys.auth = None;
    let endorsement = Endorsement::new(&old, &one.agreed.peer, channel, confirmed, NOW);
    assert_eq!((endorsement.check, endorsement.check.code()), (Check::Digits, 2));
    let by = |role| SignedEndorsement { endorsement, signature: one.old.sign(role, &endorsement.encode()) };
    let mut alone = endorsement;
    alone.new_keys.auth = None;
    assert_eq!(alone.encode().len(), 414);
    assert!(by(KeyRole::Dev).is_by(&old.keys), "K_dev signs where there is no K_auth");
    assert!(!by(KeyRole::Auth).is_by(&old.keys));
    assert!(!by(KeyRole::Dev).is_by(&one.old.keys()), "other keys than E names");
}

/// By the decoder, by the signature over E, or as a signature that does not hold: the service refuses each.
#[test]
fn every_flipped_bit_of_a_signed_e_is_refused() {
    let one = Handshake::done();
    let (signed, old) = (one.signed(), one.old.keys());
    assert!(signed.is_by(&old));
    let mut malformed = 0;
    let flips = each_bit(&signed.encode(), |flipped, bit| match SignedEndorsement::decode(flipped) {
        Ok(flipped) => {
            assert!(!flipped.is_by(&old), "bit {bit}");
            assert_ne!(flipped.hash(), signed.hash());
        }
        Err(Malformed) => malformed += 1,
    });
    println!("{flips} bits: {malformed} by the decoder, {} by the signature", flips - malformed);
    assert!(malformed > 0 && malformed < flips);
}

/// Makes an E another one, with other keys at hand.
type Change = fn(&mut Endorsement, DeviceKeys);

#[test]
fn each_field_that_differs_is_named() {
    let one = Handshake::done();
    let first = one.endorsement();
    let other = Phone::new().keys();
    let changes: [(Field, Change); 12] = [
        (Field::Account, |e, _| e.account = Id([1; 16])),
        (Field::Transfer, |e, _| e.transfer = Id([1; 16])),
        (Field::OldDevice, |e, _| e.old_device = Id([1; 16])),
        (Field::OldKeys, |e, _| e.old_keys = [1; 32]),
        (Field::NewKeys, |e, other| e.new_keys = other),
        (Field::AttestHash, |e, _| e.attest_hash = [1; 32]),
        (Field::Handshake, |e, _| e.handshake = [1; 32]),
        (Field::ServerNonce, |e, _| e.server_nonce = [1; 32]),
        (Field::Head, |e, _| e.head = Head { seq: 6, hash: [1; 32] }),
        (Field::Issued, |e, _| e.issued = NOW.plus(1)),
        (Field::Check, |e, _| e.check = Check::Digits),
        (Field::Caps, |e, _| e.caps = Caps(0)),
    ];
    let service = service(&one);
    assert_eq!(first.same_as(&first), Ok(()));
    assert_eq!(first.fits_new_phone(&one.met.known, NOW), Ok(()));
    assert_eq!(first.fits_service(&service, NOW), Ok(()));
    for (field, change) in changes {
        let mut second = first;
        change(&mut second, other);
        assert_eq!(second.same_as(&first), Err(field), "{field:?}");
        assert_eq!(first.same_as(&second), Err(field), "{field:?}");
        // A field that a side can't know, or a time within its window, passes there.
        let to_new = matches!(
            field,
            Field::Account | Field::OldDevice | Field::OldKeys | Field::Head | Field::Issued | Field::Check
        );
        let to_service =
            matches!(field, Field::AttestHash | Field::Handshake | Field::Issued | Field::Check | Field::Caps);
        let wanted = |passes| if passes { Ok(()) } else { Err(field) };
        assert_eq!(second.fits_new_phone(&one.met.known, NOW), wanted(to_new), "{field:?} to N");
        assert_eq!(second.fits_service(&service, NOW), wanted(to_service), "{field:?} to S");
    }
    assert_eq!(Field::NewKeys.to_string(), "NewKeys differs");
}

#[test]
fn times_are_checked_on_both_sides() {
    let one = Handshake::done();
    let (endorsement, service) = (one.endorsement(), service(&one));
    let (known, e): (&KnownToNew, _) = (&one.met.known, &endorsement);
    let before = |seconds: u64| UnixTime(NOW.0 - seconds);
    assert_eq!(e.fits_new_phone(known, NOW.plus(VALID_S - 1)), Ok(()));
    assert_eq!(e.fits_new_phone(known, NOW.plus(VALID_S)), Err(Field::Expires));
    assert_eq!(e.fits_new_phone(known, before(CLOCK_WINDOW_S)), Ok(()));
    assert_eq!(e.fits_new_phone(known, before(CLOCK_WINDOW_S + 1)), Err(Field::Issued));
    for now in [NOW.plus(CLOCK_WINDOW_S), before(CLOCK_WINDOW_S)] {
        assert_eq!(e.fits_service(&service, now), Ok(()));
    }
    for now in [NOW.plus(CLOCK_WINDOW_S + 1), before(CLOCK_WINDOW_S + 1)] {
        assert_eq!(e.fits_service(&service, now), Err(Field::Issued));
    }
}

#[test]
fn the_service_takes_only_the_phone_that_joined() {
    let one = Handshake::done();
    let other = KnownToService { joined: Phone::new().dev.key, ..service(&one) };
    assert_eq!(one.endorsement().fits_service(&other, NOW), Err(Field::NewKeys));
}

#[test]
fn another_life_than_600_seconds_is_malformed() {
    let bytes = Handshake::done().endorsement().encode();
    let at = bytes.len() - 8 - 5 - 8;
    assert_eq!(bytes[at..at + 8], (NOW.0 + 600).to_be_bytes());
    for expires in [NOW.0 + 601, NOW.0, u64::MAX] {
        let mut longer = bytes.clone();
        longer[at..at + 8].copy_from_slice(&expires.to_be_bytes());
        assert_eq!(Endorsement::decode(&longer), Err(Malformed));
    }
}

fn accept(one: &Handshake) -> Accept {
    let (endorsement, handshake) = (one.signed().hash(), one.met.channel.handshake());
    Accept { transfer: TRANSFER, endorsement, handshake, challenge: [0xc0; 32] }
}

fn commit(one: &Handshake) -> Commit {
    let (endorsement, handshake) = (one.signed().hash(), one.met.channel.handshake());
    Commit { transfer: TRANSFER, endorsement, manifest: [0x3a; 32], handshake }
}

#[test]
fn accept_and_commit_are_written_as_the_design_says() {
    let one = Handshake::done();
    let (accept, commit) = (accept(&one), commit(&one));
    let fields: [&[u8]; 5] = [b"EID-XFER-ACCEPT/1", &TRANSFER.0, &accept.endorsement, &accept.handshake, &[0xc0; 32]];
    assert_eq!(accept.encode(), lp(&fields));
    let fields: [&[u8]; 5] = [b"EID-XFER-COMMIT/1", &TRANSFER.0, &commit.endorsement, &[0x3a; 32], &commit.handshake];
    assert_eq!(commit.encode(), lp(&fields));
}

/// Nobody sends these bytes: each side makes them from what it knows. So one changed bit of any field, or of the signature, is refused
/// by the signature.
#[test]
fn every_flipped_bit_of_accept_and_commit_is_refused() {
    let one = Handshake::done();
    let (accept, commit, new) = (accept(&one), commit(&one), one.new.keys());
    let by_auth = one.new.sign(KeyRole::Auth, &accept.encode());
    let by_dev = one.new.sign(KeyRole::Dev, &commit.encode());
    assert!(accept.is_by(&new, &by_auth) && commit.is_by(&new, &by_dev));
    assert!(!accept.is_by(&new, &one.new.sign(KeyRole::Dev, &accept.encode())), "by the other key");
    assert!(!commit.is_by(&new, &one.new.sign(KeyRole::Auth, &commit.encode())), "by the other key");
    assert!(!commit.is_by(&new, &by_auth) && !accept.is_by(&new, &by_dev), "one for the other");
    let mut flips =
        each_bit(&accept.encode(), |flipped, bit| assert!(!new.approval().verify(flipped, &by_auth), "{bit}"));
    flips += each_bit(&commit.encode(), |flipped, bit| assert!(!new.dev.verify(flipped, &by_dev), "{bit}"));
    flips += each_bit(&by_auth, |flipped, bit| assert!(!accept.is_by(&new, flipped.try_into().unwrap()), "{bit}"));
    flips += each_bit(&by_dev, |flipped, bit| assert!(!commit.is_by(&new, flipped.try_into().unwrap()), "{bit}"));
    println!("{flips} bits");
}

#[test]
fn attestations_are_hashed_one_behind_the_other() {
    assert_eq!(attestation_hash(b"dev", Some(b"auth"))[..], *digest(&SHA256, &lp(&[b"dev", b"auth"])).as_ref());
    assert_eq!(attestation_hash(b"dev", None)[..], *digest(&SHA256, &lp(&[b"dev", b""])).as_ref());
    assert_ne!(attestation_hash(b"a", Some(b"bc")), attestation_hash(b"ab", Some(b"c")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_an_e_in_its_one_form_or_none(at in any::<prop::sample::Index>(), byte: u8, noise: Vec<u8>) {
        let mut bytes = Handshake::done().signed().encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(signed) = SignedEndorsement::decode(&bytes) {
            prop_assert_eq!(signed.encode(), bytes);
        }
        let _ = (SignedEndorsement::decode(&noise), Endorsement::decode(&noise));
    }

    #[test]
    fn any_e_comes_back_as_it_went(
        ids: [[u8; 16]; 3], hashes: [[u8; 32]; 5], seq: u64, issued in 0..u64::MAX - VALID_S, digits: bool, caps: u32,
    ) {
        let mut endorsement = Handshake::done().endorsement();
        let [account, transfer, old_device] = ids.map(Id);
        let [old_keys, attest_hash, handshake, server_nonce, hash] = hashes;
        (endorsement.account, endorsement.transfer, endorsement.old_device) = (account, transfer, old_device);
        (endorsement.old_keys, endorsement.attest_hash, endorsement.handshake) = (old_keys, attest_hash, handshake);
        (endorsement.server_nonce, endorsement.head) = (server_nonce, Head { seq, hash });
        (endorsement.issued, endorsement.caps) = (UnixTime(issued), Caps(caps));
        endorsement.check = if digits { Check::Digits } else { Check::Scanned };
        let bytes = endorsement.encode();
        prop_assert_eq!(Endorsement::decode(&bytes), Ok(endorsement));
        prop_assert_eq!(Endorsement::decode(&bytes[..bytes.len() - 1]), Err(Malformed));
        prop_assert_eq!(Endorsement::decode(&[&bytes[..], &[0]].concat()), Err(Malformed));
    }
}
