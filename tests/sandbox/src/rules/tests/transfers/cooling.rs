use citizen_protocol::wire::Code;

use super::moving::{Move, create, name};
use crate::rules::testing::Phone;
use crate::work::Caller;

#[test]
fn a_new_phone_begins_no_transfer_for_a_day() {
    let mut it = Move::done();
    let until = it.world.now.plus(86_400);
    let caller = Caller { device: Some(name(&it.new.dev)), account: Some(it.account()), ..it.new.caller.clone() };
    let new = Phone { dev: it.new.dev, auth: it.new.auth, caller };
    it.world.later(86_399);
    let problem = create(&mut it.world, &new).unwrap_err();
    assert_eq!((problem.code, problem.locked_until), (Code::CoolingDown, Some(until)));
    it.world.later(1);
    create(&mut it.world, &new).unwrap();
}
