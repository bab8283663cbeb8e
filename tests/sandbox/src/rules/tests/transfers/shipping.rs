use citizen_protocol::transfer::Check;
use citizen_protocol::wire::{Bytes32, Code, TransferState, VaultChunkGetRequest, VaultProgress};

use super::moving::{MANIFEST, Move, code};
use crate::rules::transfers;

#[test]
fn the_export_is_announced_once_and_its_chunks_come_in_any_order() {
    let mut it = Move::accepted(Check::Scanned);
    assert_eq!(code(it.put_chunk(0, &[1; 17])), Code::TransferState);
    for total in [0, 65] {
        assert_eq!(code(it.announce(MANIFEST, total)), Code::BadRequest);
    }
    let progress =
        |received: &[u32]| VaultProgress { manifest: Bytes32(MANIFEST), total: 3, received: received.into() };
    for _ in 0..2 {
        assert_eq!(it.announce(MANIFEST, 3).unwrap(), progress(&[]));
    }
    assert_eq!(code(it.announce(MANIFEST, 4)), Code::SlotTaken);
    assert_eq!(code(it.announce([1; 32], 3)), Code::SlotTaken);
    assert_eq!(it.put_chunk(2, &[2; 17]).unwrap(), progress(&[2]));
    for _ in 0..2 {
        assert_eq!(it.put_chunk(0, &vec![0; 49_168]).unwrap(), progress(&[0, 2]));
    }
    assert_eq!(code(it.put_chunk(0, &vec![1; 49_168])), Code::SlotTaken);
    assert_eq!(code(it.put_chunk(3, &[1; 17])), Code::NotFound);
    assert_eq!(code(it.put_chunk(1, &[1; 16])), Code::BadBody);
    let TransferState::Accepted { vault, .. } = it.state() else { panic!() };
    assert_eq!(vault, Some(progress(&[0, 2])));

    let (old, new, transfer) = (it.old.caller.clone(), it.new.caller.clone(), it.id());
    let get = |index| VaultChunkGetRequest { transfer, index };
    assert_eq!(it.world.run(|work| transfers::chunk(work, &new, get(2))).unwrap().bytes.0, [2; 17]);
    assert_eq!(it.world.code(|work| transfers::chunk(work, &new, get(1))), Code::NotFound);
    assert_eq!(it.world.code(|work| transfers::chunk(work, &old, get(2))), Code::TransferState);
}

#[test]
fn before_it_is_accepted_nothing_is_shipped_and_nobody_commits() {
    let mut it = Move::endorsed(Check::Scanned);
    assert_eq!(code(it.announce(MANIFEST, 1)), Code::TransferState);
    assert_eq!(code(it.commit()), Code::TransferState);
    let new = it.new.caller.clone();
    let get = VaultChunkGetRequest { transfer: it.id(), index: 0 };
    assert_eq!(it.world.code(|work| transfers::chunk(work, &new, get)), Code::TransferState);
}
