use citizen_keystore::AttestationFormat;
use citizen_protocol::transfer::{Accept, Check};
use citizen_protocol::wire::{AcceptRequest, Blob, Bytes32, Bytes64, Code, Id, Secret, TransferState};

use super::moving::{H, Move, code, sign};
use crate::rules::testing::{evidence, key_pair};

#[test]
fn with_keys_evidence_and_code_a_scanned_transfer_goes_on_and_again_it_is_answered() {
    let mut it = Move::endorsed(Check::Scanned);
    let request = it.acceptance();
    let body = it.world.last_message_to(&it.citizen.phone);
    assert!(body.contains("May Moi 2") && body.contains("move to a new phone"), "{body}");
    let status = it.accept(&request).unwrap();
    let commit_by = it.world.now.plus(3_600);
    assert_eq!(status.state, TransferState::Accepted { commit_by, vault: None });
    assert_eq!(it.accept(&request).unwrap(), status);
    assert_eq!(it.state(), status.state);
    assert!(it.world.last_message_to(&it.citizen.phone).contains("about to move"));
    assert_eq!(code(it.ask_code()), Code::TransferState);
}

#[test]
fn one_that_was_confirmed_by_digits_is_held_for_a_day() {
    let mut it = Move::accepted(Check::Digits);
    let until = it.world.now.plus(86_400);
    assert_eq!(it.state(), TransferState::Held { until });
    assert!(it.world.last_message_to(&it.citizen.phone).contains("in 24 hours"));
    for problem in [it.announce([9; 32], 1).unwrap_err(), it.commit().unwrap_err()] {
        assert_eq!((problem.code, problem.locked_until), (Code::TransferHeld, Some(until)));
    }
    let problem = super::moving::create(&mut it.world, &it.old).unwrap_err();
    assert_eq!((problem.code, problem.locked_until), (Code::TransferHeld, Some(until)));
    it.world.later(86_399);
    assert_eq!(it.state(), TransferState::Held { until });
    it.world.later(1);
    let commit_by = until.plus(72 * 3_600);
    assert_eq!(it.state(), TransferState::Accepted { commit_by, vault: None });
    it.ship();
    it.commit().unwrap();
}

type Change = Box<dyn Fn(&Move, &mut AcceptRequest)>;

/// What does not fit costs no try of the code.
#[test]
fn whatever_does_not_fit_the_endorsement_is_refused_and_costs_no_try() {
    let mut it = Move::endorsed(Check::Scanned);
    let good = it.acceptance();
    let signed = |it: &Move, accept: &Accept| Bytes64(sign(&it.new.auth, &accept.encode()));
    let cases: [(&str, Change); 8] = [
        ("hash", Box::new(|_, request| request.endorsement = Bytes32([1; 32]))),
        ("K_dev", Box::new(|_, request| request.dev = evidence(&key_pair()))),
        ("K_auth", Box::new(|_, request| request.auth = Some(evidence(&key_pair())))),
        ("no K_auth", Box::new(|_, request| request.auth = None)),
        (
            "attestation",
            Box::new(|_, request| {
                request.dev.format = AttestationFormat::AndroidKeyAttestation;
                request.dev.attestation = Blob(vec![1]);
            }),
        ),
        (
            "c_N",
            Box::new(move |it, request| {
                let accept = Accept { challenge: [1; 32], ..it.acceptance_text() };
                request.signature = signed(it, &accept);
            }),
        ),
        (
            "h",
            Box::new(move |it, request| {
                let accept = Accept { handshake: [1; 32], ..it.acceptance_text() };
                request.signature = signed(it, &accept);
            }),
        ),
        (
            "K_dev's signature",
            Box::new(|it, request| request.signature = Bytes64(sign(&it.new.dev, &it.acceptance_text().encode()))),
        ),
    ];
    assert_eq!(it.acceptance_text().handshake, H);
    for (name, change) in cases {
        let mut request = good.clone();
        change(&it, &mut request);
        assert_eq!(code(it.accept(&request)), Code::EndorsementRefused, "{name}");
    }
    assert_eq!(it.world.count("SELECT COUNT(*) FROM tries"), 0);
    it.accept(&good).unwrap();
}

#[test]
fn a_wrong_code_counts_and_five_lock() {
    let mut it = Move::endorsed(Check::Scanned);
    let good = it.acceptance();
    let wrong = AcceptRequest { code: Secret::new("000000x".into()), ..good.clone() };
    for left in (1..5).rev() {
        let problem = it.accept(&wrong).unwrap_err();
        assert_eq!((problem.code, problem.attempts_left), (Code::OtpWrong, Some(left)));
    }
    assert_eq!(code(it.accept(&wrong)), Code::TriesLocked);
    assert_eq!(code(it.accept(&good)), Code::TriesLocked);
    let unknown = AcceptRequest { otp_challenge: Id([1; 16]), ..good };
    assert_eq!(code(it.accept(&unknown)), Code::OtpGone);
}

#[test]
fn a_code_lives_three_minutes_and_another_can_be_asked_for() {
    let mut it = Move::endorsed(Check::Scanned);
    let first = it.acceptance();
    it.world.later(180);
    assert_eq!(code(it.accept(&first)), Code::OtpGone);
    let second = it.acceptance();
    assert_ne!(second.otp_challenge, first.otp_challenge);
    it.accept(&second).unwrap();
}

#[test]
fn only_the_phone_that_joined_asks_and_accepts() {
    let mut it = Move::endorsed(Check::Scanned);
    let request = it.acceptance();
    let old = it.old.caller.clone();
    let refused = it.world.code(|work| crate::rules::transfers::accept(work, &old, &request));
    assert_eq!(refused, Code::TransferState);
    let stranger = it.world.phone();
    let refused = it.world.code(|work| crate::rules::transfers::accept(work, &stranger.caller, &request));
    assert_eq!(refused, Code::TransferGone);
}
