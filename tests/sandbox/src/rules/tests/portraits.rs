use citizen_protocol::wire::{Blob, Code, Id, PortraitPartRequest, PortraitRequest, PortraitStatusRequest, Problem};

use crate::rules::crypto::sha256;
use crate::rules::portraits::{announce, bytes, cite, part, status};
use crate::rules::testing::{Phone, World};

const MAX_PART: usize = PortraitPartRequest::MAX_BYTES;

fn begin(world: &mut World, phone: &Phone, all: &[u8]) -> Id {
    let request = PortraitRequest { size: all.len() as u32, sha256: Blob(sha256(all).into()) };
    world.run(|work| announce(work, &phone.caller, &request)).unwrap().id
}

fn send(world: &mut World, phone: &Phone, portrait: Id, offset: u32, bytes: &[u8]) -> Result<u32, Problem> {
    let request = PortraitPartRequest { portrait, offset, bytes: bytes.to_vec() };
    world.run(|work| part(work, &phone.caller, &request)).map(|progress| progress.received)
}

#[test]
fn parts_come_in_order_and_a_repeated_one_changes_nothing() {
    let mut world = World::new();
    let phone = world.phone();
    let all: Vec<u8> = (0..=255).cycle().take(MAX_PART + 10).collect();
    let portrait = begin(&mut world, &phone, &all);
    let (first, second) = all.split_at(MAX_PART);
    for _ in 0..2 {
        assert_eq!(send(&mut world, &phone, portrait, 0, first), Ok(MAX_PART as u32));
    }
    let code = |answer: Result<u32, Problem>| answer.unwrap_err().code;
    assert_eq!(code(send(&mut world, &phone, portrait, 0, second)), Code::PortraitOffset, "other bytes");
    assert_eq!(code(send(&mut world, &phone, portrait, 10, first)), Code::PortraitOffset, "overlap");
    assert_eq!(code(send(&mut world, &phone, portrait, 70_000, second)), Code::PortraitOffset, "gap");
    let device = phone.caller.device.unwrap();
    assert_eq!(world.code(|work| cite(work, device, portrait)), Code::PortraitIncomplete);
    for _ in 0..2 {
        assert_eq!(send(&mut world, &phone, portrait, MAX_PART as u32, second), Ok(all.len() as u32));
    }
    assert_eq!(world.run(|work| bytes(work, portrait)), Ok(all));
    world.run(|work| cite(work, device, portrait)).unwrap();
    assert_eq!(world.code(|work| cite(work, device, portrait)), Code::PortraitGone, "used");
}

#[test]
fn sizes_that_are_not_of_the_contract_are_refused() {
    let mut world = World::new();
    let phone = world.phone();
    let announced = |world: &mut World, size, digest: usize| {
        let request = PortraitRequest { size, sha256: Blob(vec![0; digest]) };
        world.run(|work| announce(work, &phone.caller, &request)).err().map(|problem| problem.code)
    };
    assert_eq!(announced(&mut world, 0, 32), Some(Code::FieldsWrong));
    assert_eq!(announced(&mut world, 1, 31), Some(Code::FieldsWrong));
    assert_eq!(announced(&mut world, (2 << 20) + 1, 32), Some(Code::TooLarge));
    assert_eq!(announced(&mut world, 2 << 20, 32), None);
    let portrait = begin(&mut world, &phone, &[1, 2, 3]);
    let code = |answer: Result<u32, Problem>| answer.unwrap_err().code;
    assert_eq!(code(send(&mut world, &phone, portrait, 0, &[])), Code::BadBody);
    assert_eq!(code(send(&mut world, &phone, portrait, 0, &[1, 2, 3, 4])), Code::TooLarge, "past the end");
    assert_eq!(code(send(&mut world, &phone, portrait, 0, &vec![0; MAX_PART + 1])), Code::TooLarge);
}

#[test]
fn other_bytes_than_announced_are_refused_and_it_has_to_start_anew() {
    let mut world = World::new();
    let phone = world.phone();
    let portrait = begin(&mut world, &phone, &[1, 2, 3]);
    assert_eq!(send(&mut world, &phone, portrait, 0, &[1, 2, 4]).unwrap_err().code, Code::DigestMismatch);
    assert_eq!(send(&mut world, &phone, portrait, 0, &[1, 2, 3]).unwrap_err().code, Code::PortraitGone);
    assert_eq!(world.count("SELECT COUNT(*) FROM portrait_parts"), 0);
}

#[test]
fn a_portrait_is_its_phones_for_a_day() {
    let mut world = World::new();
    let (phone, other) = (world.phone(), world.phone());
    let portrait = begin(&mut world, &phone, &[1, 2, 3]);
    let request = PortraitStatusRequest { portrait };
    assert_eq!(world.code(|work| status(work, &other.caller, request)), Code::PortraitGone);
    world.later(86_399);
    assert_eq!(world.run(|work| status(work, &phone.caller, request)).unwrap().received, 0);
    world.later(1);
    assert_eq!(world.code(|work| status(work, &phone.caller, request)), Code::PortraitGone);
}

#[test]
fn a_fourth_portrait_of_a_phone_takes_the_place_of_the_oldest() {
    let mut world = World::new();
    let phone = world.phone();
    let all: Vec<Id> = (0..4)
        .map(|byte| {
            world.later(1);
            begin(&mut world, &phone, &[byte])
        })
        .collect();
    let is_there = |world: &mut World, portrait| {
        world.run(|work| status(work, &phone.caller, PortraitStatusRequest { portrait })).is_ok()
    };
    let there: Vec<bool> = all.into_iter().map(|portrait| is_there(&mut world, portrait)).collect();
    assert_eq!(there, [false, true, true, true]);
}
