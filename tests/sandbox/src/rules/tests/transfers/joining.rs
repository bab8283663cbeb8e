use citizen_protocol::wire::{
    BoxGetRequest, BoxPutRequest, BoxSide, Bytes32, Code, TransferEnd, TransferState, TransferStatusRequest,
};

use super::moving::{Move, NewPhone, code, create};
use crate::rules::testing::public;
use crate::rules::transfers;
use crate::work::Caller;

#[test]
fn the_old_phone_reads_how_the_new_one_joined_and_when() {
    let mut it = Move::begun();
    assert_eq!(it.begun.expires_at, it.world.now.plus(300));
    let old = it.old.caller.clone();
    assert_eq!(it.state_for(&old), TransferState::Open { expires_at: it.begun.expires_at });
    it.world.later(20);
    let status = it.join().unwrap();
    let TransferState::Joined { joined, expires_at } = status.state.clone() else { panic!("{status:?}") };
    assert_eq!((joined.flags, joined.qr_a, joined.at), (2, Bytes32([3; 32]), it.world.now));
    assert_eq!((expires_at, status.poll_after_s), (it.begun.expires_at, 2));
    assert_eq!(it.state(), status.state);
}

#[test]
fn a_second_join_of_whoever_aborts_it_and_the_holder_hears_of_it() {
    for is_same_phone in [true, false] {
        let mut it = Move::joined();
        let result = if is_same_phone {
            it.join()
        } else {
            let other = NewPhone::new(&mut it.world);
            let request = other.join(it.id());
            it.world.run(|work| transfers::join(work, &other.caller, &request))
        };
        assert_eq!(code(result), Code::TransferContested);
        assert_eq!(it.state(), TransferState::Ended { reason: TransferEnd::Contested });
        assert!(it.world.last_message_to(&it.citizen.phone).contains("Another phone tried to join"));
        let third = NewPhone::new(&mut it.world);
        let request = third.join(it.id());
        assert_eq!(it.world.code(|work| transfers::join(work, &third.caller, &request)), Code::TransferGone);
    }
}

#[test]
fn a_join_that_does_not_hold_leaves_the_transfer_open_and_the_sixth_is_not_looked_at() {
    let mut it = Move::begun();
    let good = it.new.join(it.id());
    let mut late = good.clone();
    late.challenge = Bytes32([0; 32]);
    let mut others_key = good.clone();
    others_key.dev.0 = *public(&it.old.dev).spki();
    let caller = it.new.caller.clone();
    let old = Caller { device: None, account: None, ..it.old.caller.clone() };
    let mut olds = good.clone();
    olds.dev.0 = *public(&it.old.dev).spki();
    assert_eq!(it.world.code(|work| transfers::join(work, &caller, &late)), Code::ChallengeGone);
    assert_eq!(it.world.code(|work| transfers::join(work, &caller, &others_key)), Code::EvidenceRefused);
    assert_eq!(it.world.code(|work| transfers::join(work, &old, &olds)), Code::KeyInUse);
    for _ in 0..2 {
        assert_eq!(it.world.code(|work| transfers::join(work, &caller, &late)), Code::ChallengeGone);
    }
    assert_eq!(it.world.code(|work| transfers::join(work, &caller, &good)), Code::TransferGone);
    let old = it.old.caller.clone();
    assert!(matches!(it.state_for(&old), TransferState::Open { .. }));
}

#[test]
fn nobody_else_is_told_anything() {
    let mut it = Move::joined();
    let stranger = it.world.phone();
    let request = TransferStatusRequest { transfer: it.id() };
    assert_eq!(it.world.code(|work| transfers::status(work, &stranger.caller, request)), Code::TransferGone);
    let unknown = TransferStatusRequest { transfer: citizen_protocol::wire::Id([1; 16]) };
    let old = it.old.caller.clone();
    assert_eq!(it.world.code(|work| transfers::status(work, &old, unknown)), Code::TransferGone);
}

#[test]
fn a_new_transfer_takes_the_place_of_one_that_its_phone_forgot() {
    let mut it = Move::joined();
    create(&mut it.world, &it.old).unwrap();
    assert_eq!(it.state(), TransferState::Ended { reason: TransferEnd::Cancelled });
}

#[test]
fn three_transfers_an_hour_and_ten_a_day_can_be_begun() {
    let mut it = Move::begun();
    for _ in 0..2 {
        create(&mut it.world, &it.old).unwrap();
    }
    let problem = create(&mut it.world, &it.old).unwrap_err();
    assert_eq!((problem.code, problem.retry_after_s), (Code::RateLimited, Some(3_600)));
    for _ in 0..2 {
        it.world.later(3_600);
        for _ in 0..3 {
            create(&mut it.world, &it.old).unwrap();
        }
    }
    it.world.later(3_600);
    create(&mut it.world, &it.old).unwrap();
    let problem = create(&mut it.world, &it.old).unwrap_err();
    assert_eq!((problem.code, problem.retry_after_s), (Code::RateLimited, Some(86_400 - 3 * 3_600)));
    it.world.later(86_400 - 3 * 3_600);
    create(&mut it.world, &it.old).unwrap();
}

#[test]
fn a_slot_is_written_once_by_one_phone_and_read_by_the_other() {
    let mut it = Move::begun();
    let (old, new, transfer) = (it.old.caller.clone(), it.new.caller.clone(), it.id());
    let put = |side, slot, bytes: &[u8]| BoxPutRequest { transfer, side, slot, bytes: bytes.into() };
    let early = put(BoxSide::O2n, 0, b"early");
    assert_eq!(it.world.code(|work| transfers::put(work, &old, &early)), Code::TransferState);
    it.join().unwrap();
    for (side, writer, reader) in [(BoxSide::O2n, &old, &new), (BoxSide::N2o, &new, &old)] {
        let get = BoxGetRequest { transfer, side, slot: 15 };
        assert_eq!(it.world.run(|work| transfers::get(work, reader, get)).unwrap().bytes, None);
        for _ in 0..2 {
            it.world.run(|work| transfers::put(work, writer, &put(side, 15, b"sealed"))).unwrap();
        }
        let other = put(side, 15, b"Sealed");
        assert_eq!(it.world.code(|work| transfers::put(work, writer, &other)), Code::SlotTaken);
        assert_eq!(it.world.run(|work| transfers::get(work, reader, get)).unwrap().bytes.unwrap().0, b"sealed");
        assert_eq!(it.world.code(|work| transfers::put(work, reader, &other)), Code::TransferState);
        assert_eq!(it.world.code(|work| transfers::get(work, writer, get)), Code::TransferState);
        let (beyond, empty) = (put(side, 16, b"x"), put(side, 1, b""));
        assert_eq!(it.world.code(|work| transfers::put(work, writer, &beyond)), Code::NotFound);
        assert_eq!(it.world.code(|work| transfers::put(work, writer, &empty)), Code::BadBody);
    }
    it.cancel_by(&new);
    let get = BoxGetRequest { transfer, side: BoxSide::O2n, slot: 15 };
    assert_eq!(it.world.code(|work| transfers::get(work, &new, get)), Code::TransferGone);
    assert_eq!(it.world.count("SELECT COUNT(*) FROM transfer_box"), 0);
}
