//! What the two phones of a transfer call, what stops it, and what helps without the old phone.

use citizen_protocol::key::PublicKey;
use citizen_protocol::wire::{
    AcceptRequest, BoxContent, BoxGetRequest, BoxPutRequest, BoxSide, CancelTransferRequest, Code, CommitRequest,
    DeviceRecoveryRequest, DeviceRecoveryStatusRequest, Empty, EndorseRequest, JoinRequest, OfficeBindingRequest,
    TransferOtpRequest, TransferStatusRequest, VaultChunkGetRequest, VaultChunkPutRequest, VaultProgress, VaultRequest,
    VetoRequest,
};

use super::params::{Params, fills};
use super::route::{Access, Gives, Number, Route, Takes, as_it_is, asks, nothing, sends};
use super::schema::schema_of;
use crate::pipeline::object;
use crate::rules::{freezes, lost_phones, transfers};

#[rustfmt::skip]
pub(super) fn routes() -> Vec<Route> {
    vec![
        sends("/v1/transfers", nothing, transfers::create)
            .named("create_transfer", "Begins the move to another phone."),
        sends::<JoinRequest>("/v1/transfers/{transfer}/join", joined, |work, caller, request| transfers::join(work, caller, &request))
            .of(Access::NewPhone(joining_key))
            .named("join_transfer", "Joins, on the new phone, signed by its new K_dev."),
        asks("/v1/transfers/{transfer}", transfer, transfers::status).of(Access::OfTransfer)
            .named("transfer_status", "How far a transfer is."),
        box_put(BoxSide::O2n, "/v1/transfers/{transfer}/box/o2n/{slot}")
            .named("put_to_new_phone", "Writes a slot for the new phone, once."),
        box_put(BoxSide::N2o, "/v1/transfers/{transfer}/box/n2o/{slot}")
            .named("put_to_old_phone", "Writes a slot for the old phone, once."),
        box_get(BoxSide::O2n, "/v1/transfers/{transfer}/box/o2n/{slot}")
            .named("get_from_old_phone", "Reads what the old phone wrote."),
        box_get(BoxSide::N2o, "/v1/transfers/{transfer}/box/n2o/{slot}")
            .named("get_from_new_phone", "Reads what the new phone wrote."),
        sends::<EndorseRequest>("/v1/transfers/{transfer}/endorse", endorsed, |work, caller, request| transfers::endorse(work, caller, &request))
            .of(Access::OfTransfer)
            .named("endorse_transfer", "Names the phone that joined, on the old phone."),
        sends::<TransferOtpRequest>("/v1/transfers/{transfer}/otp", coded, transfers::code).of(Access::OfTransfer)
            .named("transfer_otp", "Sends the code that accepting takes."),
        sends::<AcceptRequest>("/v1/transfers/{transfer}/accept", accepted, |work, caller, request| transfers::accept(work, caller, &request))
            .of(Access::OfTransfer)
            .named("accept_transfer", "Accepts, on the new phone."),
        sends::<VaultRequest>("/v1/transfers/{transfer}/vault", announced, transfers::announce).of(Access::OfTransfer)
            .named("announce_vault", "Announces the vault's export."),
        put_chunk(),
        asks("/v1/transfers/{transfer}/vault/{index}", chunk, transfers::chunk).of(Access::OfTransfer)
            .with(&[Number::InPath("index")])
            .named("get_vault_chunk", "One chunk of the vault's export."),
        sends::<CommitRequest>("/v1/transfers/{transfer}/commit", committed, transfers::commit).of(Access::OfTransfer)
            .named("commit_transfer", "Takes over, on the new phone."),
        sends::<CancelTransferRequest>("/v1/transfers/{transfer}/cancel", cancelled, transfers::cancel).of(Access::OfTransfer)
            .named("cancel_transfer", "Stops a transfer before it is done."),
        sends::<OfficeBindingRequest>("/v1/office-bindings", nothing, |work, caller, request| lost_phones::bind(work, caller, &request))
            .named("bind_in_person", "Binds this phone with an officer's code."),
        sends("/v1/recovery-codes", nothing, lost_phones::save).answering_a_secret()
            .named("save_recovery_code", "Makes a recovery code to be written down."),
        sends::<DeviceRecoveryRequest>("/v1/device-recoveries", nothing, |work, caller, request| lost_phones::recover(work, caller, &request))
            .named("recover_device", "Asks for the account on this phone, from afar."),
        asks("/v1/device-recoveries/current", nothing, lost_phones::current)
            .named("current_device_recovery", "How far the one is that this phone asked for, or that is about its account."),
        asks("/v1/device-recoveries/{recovery}", recovery, lost_phones::status)
            .named("device_recovery_status", "How far a recovery on another phone is."),
        sends::<VetoRequest>("/v1/device-recoveries/{recovery}/veto", vetoed, lost_phones::veto)
            .named("veto_device_recovery", "Objects, on the account's phone."),
        sends("/v1/account/freeze", nothing, freezes::freeze).of(Access::OfTransfer)
            .named("freeze_account", "Freezes the account: no phone is served."),
    ]
}

fn box_put(side: BoxSide, path: &'static str) -> Route {
    let read = move |params: &Params, bytes| {
        Ok(BoxPutRequest { transfer: params.id("transfer")?, side, slot: params.number("slot")?, bytes })
    };
    let gives = Gives::Json(schema_of::<Empty>);
    Route {
        takes: Takes::Bytes(BoxPutRequest::MAX_BYTES),
        ..as_it_is(path, Access::OfTransfer, gives, read, |work, caller, request| {
            transfers::put(work, caller, &request)
        })
    }
    .with(&[Number::InPath("slot")])
}

/// [`BoxContent`] of an empty slot.
const NO_MESSAGE: &[u8] = br#"{"bytes":null}"#;

fn box_get(side: BoxSide, path: &'static str) -> Route {
    let read = move |params: &Params, _| {
        Ok(BoxGetRequest { transfer: params.id("transfer")?, side, slot: params.number("slot")? })
    };
    let gives = Gives::Json(schema_of::<BoxContent>);
    let route = as_it_is(path, Access::OfTransfer, gives, read, transfers::get);
    Route { waits_while: Some(NO_MESSAGE), ..route }.with(&[Number::InPath("slot")])
}

fn put_chunk() -> Route {
    let read = |params: &Params, bytes| {
        Ok(VaultChunkPutRequest { transfer: params.id("transfer")?, index: params.number("index")?, bytes })
    };
    let gives = Gives::Json(schema_of::<VaultProgress>);
    let path = "/v1/transfers/{transfer}/vault/{index}";
    Route {
        takes: Takes::Bytes(VaultChunkPutRequest::MAX_BYTES),
        ..as_it_is(path, Access::OfTransfer, gives, read, |work, caller, request| {
            transfers::put_chunk(work, caller, &request)
        })
    }
    .with(&[Number::InPath("index")])
    .named("put_vault_chunk", "One chunk of the vault's export, 48 KiB and a tag at most.")
}

fills! {
    joined: JoinRequest, transfer;
    transfer: TransferStatusRequest, transfer;
    endorsed: EndorseRequest, transfer;
    coded: TransferOtpRequest, transfer;
    accepted: AcceptRequest, transfer;
    announced: VaultRequest, transfer;
    committed: CommitRequest, transfer;
    cancelled: CancelTransferRequest, transfer;
    recovery: DeviceRecoveryStatusRequest, recovery;
    vetoed: VetoRequest, recovery;
}

fn chunk(request: &mut VaultChunkGetRequest, params: &Params) -> Result<(), Code> {
    (request.transfer, request.index) = (params.id("transfer")?, params.number("index")?);
    Ok(())
}

/// The key that a join brings along.
fn joining_key(body: &[u8]) -> Option<PublicKey> {
    let request: JoinRequest = object(body).ok()?;
    PublicKey::from_spki(&request.dev.0)
}
