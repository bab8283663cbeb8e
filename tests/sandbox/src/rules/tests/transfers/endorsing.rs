use citizen_protocol::ledger::Head;
use citizen_protocol::transfer::DeviceKeys;
use citizen_protocol::wire::{Code, Id, LockRequest, OtpPurpose, RecoveryRequest, TransferState, UnixTime};

use super::moving::{Move, Said, code};
use crate::population::PortraitOutcome;
use crate::rules::testing::{for_account, key_pair, public};
use crate::rules::{accounts, recoveries};

#[test]
fn the_first_endorsement_counts_and_again_it_is_answered() {
    let mut it = Move::joined();
    let said = it.said();
    let status = it.endorse(&said).unwrap();
    assert_eq!(status.state, TransferState::Endorsed { accept_by: said.issued.plus(600) });
    let first = it.endorsement.unwrap();
    assert_eq!(it.endorse_with(&first).unwrap(), status);
    let second = Said { check: citizen_protocol::transfer::Check::Digits, ..said.clone() };
    assert_eq!(code(it.endorse(&second)), Code::EndorsementTaken);
    // ECDSA signs the same bytes with another signature each time: that is another endorsement.
    assert_eq!(code(it.endorse(&said)), Code::EndorsementTaken);
    assert_eq!(it.state(), status.state);
}

type Change = Box<dyn Fn(&mut Said)>;

#[test]
fn an_endorsement_that_differs_from_the_services_record_in_any_field_is_refused() {
    let mut it = Move::joined();
    let good = it.said();
    let other = key_pair();
    let new_auth = good.new_keys.auth;
    let cases: [(&str, Change); 10] = [
        ("account", Box::new(|said| said.account = Id([1; 16]))),
        ("transfer", Box::new(|said| said.transfer = Id([1; 16]))),
        ("old phone", Box::new(|said| said.old_device = Id([1; 16]))),
        ("old keys", Box::new(|said| said.old_keys = [1; 32])),
        ("new keys", Box::new(move |said| said.new_keys = DeviceKeys { dev: public(&other), auth: new_auth })),
        ("nonce", Box::new(|said| said.server_nonce = [1; 32])),
        ("head's number", Box::new(|said| said.head = Head { seq: said.head.seq + 1, ..said.head })),
        ("head", Box::new(|said| said.head = Head { hash: [1; 32], ..said.head })),
        ("too old", Box::new(|said| said.issued = UnixTime(said.issued.0 - 301))),
        ("too new", Box::new(|said| said.issued = UnixTime(said.issued.0 + 301))),
    ];
    for (name, change) in cases {
        let mut said = good.clone();
        change(&mut said);
        assert_eq!(code(it.endorse(&said)), Code::EndorsementRefused, "{name}");
    }
    for by in [&it.old.dev, &it.new.auth] {
        let signed = good.signed(by);
        let request = citizen_protocol::wire::EndorseRequest {
            transfer: good.transfer,
            endorsement: citizen_protocol::wire::Blob(signed.endorsement.encode()),
            signature: citizen_protocol::wire::Bytes64(signed.signature),
        };
        let caller = it.old.caller.clone();
        let refused = it.world.code(|work| crate::rules::transfers::endorse(work, &caller, &request));
        assert_eq!(refused, Code::EndorsementRefused);
    }
    it.endorse(&Said { issued: UnixTime(good.issued.0 - 300), ..good }).unwrap();
}

#[test]
fn only_the_old_phone_endorses_and_only_who_joined() {
    let mut it = Move::begun();
    let said = it.said();
    assert_eq!(code(it.endorse(&said)), Code::TransferState);
    it.join().unwrap();
    let signed = said.signed(&it.old.auth);
    let request = citizen_protocol::wire::EndorseRequest {
        transfer: it.id(),
        endorsement: citizen_protocol::wire::Blob(signed.endorsement.encode()),
        signature: citizen_protocol::wire::Bytes64(signed.signature),
    };
    let new = it.new.caller.clone();
    assert_eq!(it.world.code(|work| crate::rules::transfers::endorse(work, &new, &request)), Code::TransferState);
}

#[test]
fn an_open_recovery_hinders_the_endorsement_and_a_lock_ends_the_transfer() {
    let mut it = Move::joined();
    let sql = "UPDATE records SET portrait_outcome = ?2, portraits_seen = 0 WHERE number = ?1";
    it.world.db.execute(sql, [&it.citizen.number, PortraitOutcome::Desk.name()]).unwrap();
    it.world.later(100);
    let challenge = it.world.proven(&it.old, for_account(OtpPurpose::Recover, &it.citizen.number), &it.citizen.phone);
    let (portrait, password) =
        (it.world.portrait(&it.old), it.world.password(&it.old, "năm chiếc thuyền giấy", true).unwrap());
    let request =
        RecoveryRequest { id_number: it.citizen.number.clone(), otp_challenge: challenge, portrait, password };
    let old = it.old.caller.clone();
    let recovery = it.world.run(|work| recoveries::recover(work, &old, request)).unwrap().id;
    let said = it.said();
    assert_eq!(code(it.endorse(&said)), Code::TransferState);
    // It is decided: whoever began first has won.
    it.world.run(|work| crate::rules::desk::any::approve(work, recovery)).unwrap();
    assert_eq!(code(it.endorse(&said)), Code::TransferGone);

    let mut it = Move::joined();
    let old = it.old.caller.clone();
    it.world.run(|work| accounts::lock(work, &old, LockRequest {})).unwrap();
    let said = it.said();
    assert_eq!(code(it.endorse(&said)), Code::TransferGone);
}
