use citizen_protocol::transfer::Check;
use citizen_protocol::wire::{Code, TransferEnd, TransferState};

use super::moving::{Move, code};
use crate::rules::desk;

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
