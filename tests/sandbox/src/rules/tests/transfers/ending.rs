use citizen_protocol::transfer::Check;
use citizen_protocol::wire::{Code, DeviceRecoveryState, DeviceRecoveryStatusRequest, TransferEnd, TransferState};

use super::moving::{Move, code, name};
use crate::rules::tests::lost_phones::recovering;
use crate::rules::{cleaning, desk, lost_phones};

type Made = fn() -> Move;

fn each() -> [(&'static str, Made); 5] {
    [
        ("joined", Move::joined),
        ("endorsed", || Move::endorsed(Check::Scanned)),
        ("held", || Move::accepted(Check::Digits)),
        ("accepted", || Move::accepted(Check::Scanned)),
        ("shipped", Move::shipped),
    ]
}

#[test]
fn either_phone_stops_it_at_any_time_before_it_is_done() {
    for (stage, made) in each() {
        for is_old in [true, false] {
            let mut it = made();
            let caller = if is_old { it.old.caller.clone() } else { it.new.caller.clone() };
            let status = it.cancel_by(&caller);
            assert_eq!(status.state, TransferState::Ended { reason: TransferEnd::Cancelled }, "{stage}");
            assert_eq!(it.cancel_by(&caller), status);
            assert_eq!((it.state(), it.bound()), (status.state, it.old.caller.device));
        }
    }
}

#[test]
fn a_phone_that_was_changed_in_another_way_has_won() {
    for (stage, made) in each() {
        let mut it = made();
        let request = desk::OfAccount { id_number: it.citizen.number.clone() };
        it.world.run(|work| desk::reset_device(work, request)).unwrap();
        assert_eq!(it.state(), TransferState::Ended { reason: TransferEnd::Superseded }, "{stage}");
        if stage == "shipped" {
            assert_eq!(code(it.commit()), Code::TransferGone);
        }
        assert_eq!(it.bound(), None);
    }
}

/// The move waits for 24 hours and the recovery for 72: the one that is done first ends the other.
#[test]
fn of_a_held_move_and_a_recovery_from_afar_the_first_that_is_done_wins() {
    for moves_first in [true, false] {
        let mut it = Move::accepted(Check::Digits);
        it.world.db.execute("UPDATE accounts SET email = ?1", [&it.citizen.email]).unwrap();
        let third = it.world.phone();
        it.world.later(3_600);
        let recovery = recovering(&mut it.world, &third, &it.citizen).id;
        it.world.later(if moves_first { 30 * 3_600 } else { 72 * 3_600 });
        if moves_first {
            it.ship();
            it.commit().unwrap();
        }
        it.world.run(cleaning::clean).unwrap();
        let request = DeviceRecoveryStatusRequest { recovery };
        let state = it.world.run(|work| lost_phones::status(work, &third.caller, request)).unwrap().state;
        if moves_first {
            assert_eq!((state, it.bound()), (DeviceRecoveryState::Superseded, Some(name(&it.new.dev))));
        } else {
            assert_eq!((state, it.bound()), (DeviceRecoveryState::Done, third.caller.device));
            assert_eq!(it.state(), TransferState::Ended { reason: TransferEnd::Superseded });
            assert_eq!(code(it.commit()), Code::TransferGone);
        }
        assert_eq!(it.world.count("SELECT COUNT(*) FROM ledger"), 2);
    }
}

#[test]
fn a_deleted_account_takes_its_moves_with_it() {
    let mut it = Move::done();
    let account = it.account();
    it.world
        .run(|work| {
            work.change("INSERT INTO deletions (account, requested_at, effective_at) VALUES (?1, 0, 0)", [account.0])
        })
        .unwrap();
    it.world.run(cleaning::clean).unwrap();
    for table in ["accounts", "transfers", "former_phones", "notice_links", "phones", "ledger", "account_phones"] {
        assert_eq!(it.world.count(&format!("SELECT COUNT(*) FROM {table}")), 0, "{table}");
    }
}
