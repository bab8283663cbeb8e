use citizen_protocol::ledger::{Entry, Kind};
use citizen_protocol::wire::{
    Code, FreezeRequest, Frozen, LockRequest, OtpPurpose, PasswordRequest, Problem, Secret, SignIn, TokenRequest,
    TransferEnd, TransferState,
};

use super::moving::{Move, code, create, name};
use crate::rules::testing::{PASSWORD, World, for_account, sign_in_request};
use crate::rules::{accounts, desk, freezes, passwords, sessions, sign_in};
use crate::work::Caller;

fn freeze(world: &mut World, caller: &Caller) -> Result<Frozen, Problem> {
    world.run(|work| freezes::freeze(work, caller, FreezeRequest {}))
}

#[test]
fn a_frozen_account_serves_no_phone_and_says_so() {
    let mut it = Move::shipped();
    let old = it.old.caller.clone();
    let session = it.world.run(|work| sessions::renew(work, &old, TokenRequest { generation: 0 })).unwrap();
    let frozen = freeze(&mut it.world, &old).unwrap();
    let entry = Entry::decode(&frozen.entry.bytes.0).unwrap();
    assert_eq!((entry.kind, entry.new_keys, frozen.frozen_at), (Kind::Freeze, None, it.world.now));
    assert_eq!(it.state(), TransferState::Ended { reason: TransferEnd::Frozen });
    assert_eq!(code(it.commit()), Code::TransferGone);
    let (token, device) = (session.access_token.reveal(), name(&it.old.dev));
    assert_eq!(it.world.code(|work| sessions::account_of(work, token, device)), Code::TokenExpired);
    let renewed = it.world.code(|work| sessions::renew(work, &old, TokenRequest { generation: 0 }));
    assert_eq!(renewed, Code::AccountFrozen);
    assert_eq!(it.world.sign_in(&it.old, &it.citizen, PASSWORD).unwrap_err().code, Code::AccountFrozen);
    let given = PasswordRequest { password: Secret::new(PASSWORD.into()), personal: vec![], is_new: false };
    assert_eq!(it.world.code(|work| passwords::give(work, &old, &given)), Code::AccountFrozen);
    assert_eq!(code(create(&mut it.world, &it.old)), Code::AccountFrozen);
    let summary = it.world.run(|work| accounts::lock(work, &old, LockRequest {})).unwrap();
    assert_eq!(summary.device, None);
    it.world.later(50);
    assert_eq!(freeze(&mut it.world, &old), Ok(frozen), "again, it says what was done");
    assert!(it.world.count("SELECT COUNT(*) FROM messages WHERE body LIKE '%is frozen%'") == 1);
}

#[test]
fn the_old_phone_freezes_until_three_days_after_the_move_and_gets_nothing_back() {
    for (wait_s, expected) in [(72 * 3_600 - 1, None), (72 * 3_600, Some(Code::NotTheDevice))] {
        let mut it = Move::done();
        it.world.later(wait_s);
        let old = it.old.caller.clone();
        assert_eq!(freeze(&mut it.world, &old).err().map(|problem| problem.code), expected);
        let new = Caller { device: Some(name(&it.new.dev)), ..it.new.caller.clone() };
        let renewed = it.world.run(|work| sessions::renew(work, &new, TokenRequest { generation: 0 }));
        assert_eq!(renewed.is_ok(), expected.is_some());
        let renewed = it.world.code(|work| sessions::renew(work, &old, TokenRequest { generation: 0 }));
        assert_eq!(renewed, Code::NotTheDevice);
    }
}

#[test]
fn who_has_nothing_to_do_with_an_account_freezes_none() {
    let mut it = Move::joined();
    let stranger = it.world.phone();
    assert_eq!(code(freeze(&mut it.world, &stranger.caller)), Code::NotTheDevice);
    let new = it.new.caller.clone();
    assert_eq!(code(freeze(&mut it.world, &new)), Code::UnknownKey);
}

#[test]
fn the_office_ends_it_in_person_and_the_next_phone_is_bound_by_a_code() {
    let mut it = Move::done();
    let old = it.old.caller.clone();
    freeze(&mut it.world, &old).unwrap();
    let request = desk::OfAccount { id_number: it.citizen.number.clone() };
    it.world.run(|work| desk::reset_device(work, request)).unwrap();
    // Who held the old phone has had a say; now the office has seen the holder.
    assert_eq!(code(freeze(&mut it.world, &old)), Code::NotTheDevice);
    assert_eq!(it.world.count("SELECT COUNT(*) FROM notice_links"), 0);
    it.world.later(300);
    let phone = it.world.phone();
    let challenge = it.world.proven(&phone, for_account(OtpPurpose::SignIn, &it.citizen.number), &it.citizen.phone);
    let request = sign_in_request(&it.citizen, PASSWORD, Some(challenge));
    let signed_in = it.world.run(|work| sign_in::sign_in(work, &phone.caller, request)).unwrap();
    assert!(matches!(signed_in, SignIn::SignedIn { .. }));
    let kinds: Vec<_> = it
        .world
        .db
        .prepare("SELECT bytes FROM ledger ORDER BY seq")
        .unwrap()
        .query_map([], |row| row.get::<_, Vec<u8>>(0))
        .unwrap()
        .map(|bytes| Entry::decode(&bytes.unwrap()).unwrap().kind)
        .collect();
    assert_eq!(kinds, [Kind::Enrol, Kind::Transfer, Kind::Freeze, Kind::Unfreeze, Kind::Enrol]);
}
