use citizen_protocol::wire::{
    Code, CurrentRecoveryRequest, Id, LockRequest, LockedBy, OtpPurpose, Problem, Reason, ReasonCode, Recovery,
    RecoveryRequest, RecoveryState, RecoveryStatusRequest, Remedy, TokenRequest,
};

use crate::population::{Citizen, Kind, PortraitOutcome};
use crate::rules::testing::{PASSWORD, Phone, World, for_account};
use crate::rules::{accounts, cleaning, desk, recoveries, sessions};

const NEW: &str = "năm chiếc thuyền giấy";

fn request(world: &mut World, phone: &Phone, citizen: &Citizen) -> RecoveryRequest {
    world.later(300);
    let otp_challenge = world.proven(phone, for_account(OtpPurpose::Recover, &citizen.number), &citizen.phone);
    let (portrait, password) = (world.portrait(phone), world.password(phone, NEW, true).unwrap());
    RecoveryRequest { id_number: citizen.number.clone(), otp_challenge, portrait, password }
}

fn recover(world: &mut World, phone: &Phone, citizen: &Citizen) -> Result<Recovery, Problem> {
    let request = request(world, phone, citizen);
    world.run(|work| recoveries::recover(work, &phone.caller, request))
}

fn status(world: &mut World, phone: &Phone, recovery: Id) -> Result<Recovery, Problem> {
    world.run(|work| recoveries::status(work, &phone.caller, RecoveryStatusRequest { recovery }))
}

/// The portrait's next comparison says this.
fn seed(world: &World, citizen: &Citizen, outcome: PortraitOutcome) {
    let sql = "UPDATE records SET portrait_outcome = ?2, portraits_seen = 0 WHERE number = ?1";
    world.db.execute(sql, [&citizen.number, outcome.name()]).unwrap();
}

#[test]
fn with_code_and_portrait_the_new_password_is_in_force_and_every_session_ends() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let session = world.run(|work| sessions::renew(work, &phone.caller, TokenRequest { generation: 0 })).unwrap();
    let old_reference = world.password(&phone, PASSWORD, false).unwrap();
    for _ in 0..5 {
        world.sign_in(&phone, &citizen, "something else").unwrap_err();
    }
    let recovery = recover(&mut world, &phone, &citizen).unwrap();
    assert_eq!((recovery.state, recovery.reasons.len(), recovery.expected_by), (RecoveryState::Done, 0, None));
    assert_eq!(status(&mut world, &phone, recovery.id), Ok(recovery));
    let device = phone.caller.device.unwrap();
    let token = session.access_token.reveal();
    assert_eq!(world.code(|work| sessions::account_of(work, token, device)), Code::TokenExpired);
    let account = phone.caller.account.unwrap();
    let take =
        |work: &crate::work::Work<'_>| crate::rules::passwords::take_existing(work, device, old_reference, account);
    assert_eq!(world.code(take), Code::PasswordGone);
    assert_eq!(world.sign_in(&phone, &citizen, PASSWORD).unwrap_err().code, Code::WrongCredentials);
    world.sign_in(&phone, &citizen, NEW).unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM portraits"), 0);
}

#[test]
fn a_portrait_that_does_not_match_leaves_the_old_password_and_says_why() {
    let cases = [
        (PortraitOutcome::Differs, ReasonCode::PortraitDiffers, Remedy::Office),
        (PortraitOutcome::UnusableOnce, ReasonCode::PortraitUnusable, Remedy::NewPortrait),
    ];
    for (outcome, code, remedy) in cases {
        let mut world = World::new();
        let citizen = world.citizen(Kind::Plain, 0);
        let phone = world.holder(&citizen);
        seed(&world, &citizen, outcome);
        let recovery = recover(&mut world, &phone, &citizen).unwrap();
        assert_eq!((recovery.state, recovery.reasons[0].code), (RecoveryState::Refused, code));
        assert_eq!(recovery.reasons[0].remedy, remedy);
        world.sign_in(&phone, &citizen, PASSWORD).unwrap();
        assert_eq!(world.count("SELECT COUNT(*) FROM portraits"), 0);
    }
}

#[test]
fn an_officer_decides_what_waits_and_another_phone_waits_for_that() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (phone, other) = (world.holder(&citizen), world.phone());
    seed(&world, &citizen, PortraitOutcome::Desk);
    let recovery = recover(&mut world, &phone, &citizen).unwrap();
    assert_eq!((recovery.state, recovery.poll_after_s), (RecoveryState::Comparing, 30));
    assert_eq!(recovery.expected_by, Some(world.now.plus(172_800)));
    assert_eq!(
        recover(&mut world, &phone, &citizen).unwrap(),
        recovery,
        "the same phone is answered with what is there"
    );
    assert_eq!(recover(&mut world, &other, &citizen).unwrap_err().code, Code::ApplicationOpen);
    assert_eq!(status(&mut world, &other, recovery.id).unwrap_err().code, Code::NotFound);
    let id = recovery.id;
    world.run(|work| desk::approve_recovery(work, desk::Decide { id })).unwrap();
    assert_eq!(status(&mut world, &phone, id).unwrap().state, RecoveryState::Done);
    assert_eq!(world.code(|work| desk::approve_recovery(work, desk::Decide { id })), Code::Conflict);
}

#[test]
fn with_a_waiting_time_the_comparison_is_decided_by_itself() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    world.db.execute("UPDATE policy SET value = 20 WHERE name = 'automatic_review_s'", []).unwrap();
    let recovery = recover(&mut world, &phone, &citizen).unwrap();
    assert_eq!((recovery.state, recovery.poll_after_s), (RecoveryState::Comparing, 5));
    world.later(20);
    world.run(cleaning::clean).unwrap();
    assert_eq!(status(&mut world, &phone, recovery.id).unwrap().state, RecoveryState::Done);
}

fn lock(world: &mut World, phone: &Phone, citizen: &Citizen, by: LockedBy) {
    if by == LockedBy::Holder {
        world.run(|work| accounts::lock(work, &phone.caller, LockRequest {})).unwrap();
    } else {
        let request = desk::LockAccount { id_number: citizen.number.clone(), by };
        world.run(|work| desk::lock(work, request)).unwrap();
    }
}

#[test]
fn a_lock_closes_an_open_recovery_whoever_locks_and_whoever_would_have_decided() {
    for by in [LockedBy::Holder, LockedBy::Office, LockedBy::Hotline, LockedBy::Authority] {
        for is_for_officer in [true, false] {
            let mut world = World::new();
            let citizen = world.citizen(Kind::Plain, 0);
            let (phone, thief) = (world.holder(&citizen), world.phone());
            if is_for_officer {
                seed(&world, &citizen, PortraitOutcome::Desk);
            } else {
                world.db.execute("UPDATE policy SET value = 20 WHERE name = 'automatic_review_s'", []).unwrap();
            }
            let recovery = recover(&mut world, &thief, &citizen).unwrap();
            assert_eq!(recovery.state, RecoveryState::Comparing);
            lock(&mut world, &phone, &citizen, by);
            let closed = status(&mut world, &thief, recovery.id).unwrap();
            assert_eq!((closed.state, closed.expected_by), (RecoveryState::Refused, None));
            assert_eq!((closed.reasons[0].code, closed.reasons[0].remedy), (ReasonCode::Other, Remedy::Office));
            let id = recovery.id;
            assert_eq!(world.code(|work| desk::approve_recovery(work, desk::Decide { id })), Code::Conflict);
            world.later(20);
            world.run(cleaning::clean).unwrap();
            // Unlocked, the old password still is the password.
            let at = if by == LockedBy::Holder { LockedBy::Office } else { by };
            let unlock = desk::UnlockAccount { id_number: citizen.number.clone(), by: at };
            world.run(|work| desk::unlock(work, unlock)).unwrap();
            world.run(cleaning::clean).unwrap();
            world.sign_in(&phone, &citizen, PASSWORD).unwrap();
            assert_eq!(world.count("SELECT COUNT(*) FROM recoveries WHERE password IS NOT NULL"), 0);
            assert_eq!(world.count("SELECT COUNT(*) FROM portraits"), 0);
        }
    }
}

/// A card's end locks without anybody acting: nothing closes the recovery then, so whoever decides looks again.
#[test]
fn a_recovery_of_an_account_that_its_card_locked_meanwhile_changes_no_password() {
    for is_for_officer in [true, false] {
        let mut world = World::new();
        let citizen = world.citizen(Kind::Plain, 0);
        let phone = world.holder(&citizen);
        if is_for_officer {
            seed(&world, &citizen, PortraitOutcome::Desk);
        } else {
            world.db.execute("UPDATE policy SET value = 20 WHERE name = 'automatic_review_s'", []).unwrap();
        }
        let id = recover(&mut world, &phone, &citizen).unwrap().id;
        let sql = "UPDATE records SET expiry_date = '2020-01-01' WHERE number = ?1";
        world.db.execute(sql, [&citizen.number]).unwrap();
        if is_for_officer {
            let approved = world.refused(|work| desk::approve_recovery(work, desk::Decide { id }));
            assert_eq!((approved.code, approved.lock.unwrap().by), (Code::AccountLocked, LockedBy::Expiry));
            let note = Some("Thẻ đã hết hạn".into());
            let reasons = vec![Reason { code: ReasonCode::Other, field: None, remedy: Remedy::RenewCard, note }];
            world.run(|work| desk::reject_recovery(work, desk::Reject { id, reasons })).unwrap();
        } else {
            world.later(20);
            world.run(cleaning::clean).unwrap();
        }
        assert_eq!(status(&mut world, &phone, id).unwrap().state, RecoveryState::Refused);
        let sql = "UPDATE records SET expiry_date = '2036-01-01' WHERE number = ?1";
        world.db.execute(sql, [&citizen.number]).unwrap();
        world.sign_in(&phone, &citizen, PASSWORD).unwrap();
    }
}

#[test]
fn a_number_without_account_gets_the_answer_of_a_code_that_is_gone() {
    let mut world = World::new();
    let (citizen, unknown) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Plain, 1));
    let phone = world.holder(&citizen);
    let good = request(&mut world, &phone, &citizen);
    let of = |id_number: &str| RecoveryRequest { id_number: id_number.into(), ..good.clone() };
    assert_eq!(world.code(|work| recoveries::recover(work, &phone.caller, of(&unknown.number))), Code::OtpGone);
    assert_eq!(world.code(|work| recoveries::recover(work, &phone.caller, of("12"))), Code::FieldsWrong);
    let lock = desk::LockAccount { id_number: citizen.number.clone(), by: LockedBy::Office };
    world.run(|work| desk::lock(work, lock)).unwrap();
    assert_eq!(world.code(|work| recoveries::recover(work, &phone.caller, good)), Code::AccountLocked);
}

#[test]
fn a_phone_that_lost_the_answer_finds_its_recovery_and_no_other_phone_does() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (holder, other) = (world.holder(&citizen), world.phone());
    let current = |world: &mut World, phone: &Phone| {
        world.run(|work| recoveries::current(work, &phone.caller, CurrentRecoveryRequest {}))
    };
    assert_eq!(current(&mut world, &other).unwrap_err().code, Code::NotFound);
    seed(&world, &citizen, PortraitOutcome::Differs);
    let refused = recover(&mut world, &other, &citizen).unwrap();
    assert_eq!(current(&mut world, &other), Ok(refused));
    seed(&world, &citizen, PortraitOutcome::Desk);
    let open = recover(&mut world, &other, &citizen).unwrap();
    assert_eq!(current(&mut world, &other), Ok(open.clone()));
    assert_eq!(current(&mut world, &holder).unwrap_err().code, Code::NotFound);
    let id = open.id;
    world.later(10);
    world.run(|work| desk::approve_recovery(work, desk::Decide { id })).unwrap();
    let done = current(&mut world, &other).unwrap();
    assert_eq!((done.id, done.state), (id, RecoveryState::Done));
}
