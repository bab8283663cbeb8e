//! What a key is served that takes part in a transfer and is no account's: before it, and after.

use citizen_protocol::wire::{
    FreezeRequest, TokenRequest, TransferState, TransferStatus, TransferStatusRequest, TrustRequest,
};
use citizen_sandbox::Population;

use crate::moving::{Mover, keys, read};
use crate::registered::ok;
use crate::{folder, sandbox};

#[test]
fn a_key_that_joined_goes_on_with_its_transfer_and_with_nothing_else() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut it = Mover::new(&sandbox, Population::default().of(citizen_sandbox::Kind::Plain, 0));
    it.create();
    let status = TransferStatusRequest { transfer: it.transfer() };
    assert_eq!(it.ask(false, &status).code(), "unknown_key", "it has not joined");
    it.join();
    ok(&it.ask(false, &status));
    ok(&it.ask(false, &TrustRequest {}));
    assert_eq!(it.ask(false, &TokenRequest { generation: 0 }).code(), "unknown_key");
    assert_eq!(it.ask(false, &FreezeRequest {}).code(), "unknown_key");
    assert_eq!(it.served(), Some(keys(&it.old.phone).device()));
}

#[test]
fn the_old_phone_asks_for_the_receipt_and_freezes_and_gets_no_token() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mut it = Mover::shipped(&sandbox, Population::default().of(citizen_sandbox::Kind::Plain, 0));
    ok(&it.commit());
    let status = TransferStatusRequest { transfer: it.transfer() };
    sandbox.advance(100 * 86_400).unwrap();
    let told: TransferStatus = read(&it.ask(true, &status));
    assert!(matches!(told.state, TransferState::Done { .. }));
    ok(&it.ask(true, &TrustRequest {}));
    assert_eq!(it.ask(true, &TokenRequest { generation: 0 }).code(), "not_the_device");
    assert_eq!(it.ask(true, &FreezeRequest {}).code(), "not_the_device", "its three days are over");
    ok(&it.ask(false, &TokenRequest { generation: 0 }));
}
