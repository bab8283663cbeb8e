use citizen_protocol::transfer::Check;
use citizen_protocol::wire::{Code, TransferEnd, TransferState, TransferStatusRequest};

use super::moving::{Move, Said, code};
use crate::rules::{cleaning, transfers};

const EXPIRED: TransferState = TransferState::Ended { reason: TransferEnd::Expired };

#[test]
fn without_an_endorsement_it_ends_after_five_minutes() {
    let mut it = Move::begun();
    it.world.later(299);
    it.join().unwrap();
    let said = it.said();
    it.world.later(1);
    assert_eq!(code(it.endorse(&said)), Code::TransferGone);
    assert_eq!(it.state(), EXPIRED);
    assert_eq!(it.bound(), it.old.caller.device);
}

#[test]
fn the_endorsement_is_accepted_until_it_expires() {
    let mut it = Move::joined();
    let said = it.said();
    it.endorse(&Said { issued: citizen_protocol::wire::UnixTime(said.issued.0 - 200), ..said }).unwrap();
    it.world.later(300);
    let request = it.acceptance();
    it.world.later(99);
    assert!(matches!(it.state(), TransferState::Endorsed { .. }));
    it.world.later(1);
    assert_eq!(code(it.accept(&request)), Code::TransferGone);
    assert_eq!(it.state(), EXPIRED);
}

#[test]
fn the_new_phone_commits_within_the_hour_and_after_a_hold_within_three_days() {
    for (check, wait_s) in [(Check::Scanned, 3_600), (Check::Digits, 96 * 3_600)] {
        let mut it = Move::accepted(check);
        it.world.later(wait_s - 1);
        it.ship();
        it.world.later(1);
        assert_eq!(code(it.commit()), Code::TransferGone, "{check:?}");
        assert_eq!((it.state(), it.bound()), (EXPIRED, it.old.caller.device));
        assert_eq!(it.world.count("SELECT COUNT(*) FROM transfer_chunks"), 0);
    }
}

#[test]
fn what_nobody_asks_for_expires_too_and_is_told_for_ninety_days() {
    let mut it = Move::joined();
    it.world.later(300);
    it.world.run(cleaning::clean).unwrap();
    assert_eq!(it.world.count("SELECT COUNT(*) FROM transfers WHERE stage = 'ended'"), 1);
    it.world.later(90 * 86_400 - 1);
    it.world.run(cleaning::clean).unwrap();
    assert_eq!(it.state(), EXPIRED);
    it.world.later(1);
    it.world.run(cleaning::clean).unwrap();
    let (old, request) = (it.old.caller.clone(), TransferStatusRequest { transfer: it.id() });
    assert_eq!(it.world.code(|work| transfers::status(work, &old, request)), Code::TransferGone);
}
