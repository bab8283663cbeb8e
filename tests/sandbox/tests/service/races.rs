//! What excludes each other, sent at the same moment: one wins, and the account has one phone or none.
//!
//! `CITIZEN_RACES` says how often each is run.

use std::sync::Barrier;

use citizen_protocol::ledger::Kind;
use citizen_protocol::wire::{
    Code, FreezeRequest, OfficeBindingRequest, TransferEnd, TransferState, TransferStatus, TransferStatusRequest,
};
use citizen_sandbox::{Citizen, Config, Population, Sandbox};
use serde_json::json;
use tempfile::TempDir;

use crate::client::{Client, Reply};
use crate::moving::{Mover, challenge, draft, join_by, keys, read};
use crate::phone::{Session, Signed};
use crate::registered::ok;
use crate::{config, folder};

fn runs() -> u32 {
    std::env::var("CITIZEN_RACES").map_or(20, |runs| runs.parse().expect("a number"))
}

/// Enough citizens for all runs.
fn sandbox(folder: &TempDir) -> Sandbox {
    Sandbox::start(&Config { citizens: runs().max(20) * 4, ..config(folder) }).unwrap()
}

fn citizens() -> impl Iterator<Item = Citizen> {
    (0..runs()).map(|nth| Population::default().of(citizen_sandbox::Kind::Plain, nth))
}

/// Sends them at the same moment, each on a connection of its own; the answers in their order.
fn at_once<const N: usize>(sandbox: &Sandbox, requests: [Signed; N]) -> [Reply; N] {
    let start = &Barrier::new(N);
    std::thread::scope(|scope| {
        let threads = requests.map(|request| {
            scope.spawn(move || {
                let mut client = Client::connect(sandbox.identity());
                start.wait();
                request.send(&mut client).unwrap()
            })
        });
        threads.map(|thread| thread.join().unwrap())
    })
}

/// What an officer asks for an account.
fn at_desk(sandbox: &Sandbox, what: &str, number: &str) -> Signed {
    let authorization = format!("Bearer {}", sandbox.desk_token());
    Signed {
        method: "POST",
        target: format!("/desk/v1/accounts/{what}"),
        headers: vec![("authorization", authorization), ("content-type", "application/json".into())],
        body: json!({ "id_number": number }).to_string().into_bytes(),
    }
}

fn codes<const N: usize>(replies: &[Reply; N]) -> Vec<String> {
    let mut codes: Vec<_> =
        replies.iter().map(|reply| if reply.status == 200 { "done".to_owned() } else { reply.code() }).collect();
    codes.sort();
    codes
}

fn state(it: &mut Mover<'_>) -> TransferState {
    let request = TransferStatusRequest { transfer: it.transfer() };
    let signed = it.signed(true, &request);
    read::<TransferStatus>(&signed.send(&mut it.old.client).unwrap()).state
}

#[test]
fn of_two_phones_that_join_at_once_none_goes_on() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    for citizen in citizens() {
        let mut it = Mover::new(&sandbox, citizen);
        it.create();
        let mut other = Session::new(&sandbox);
        let bound = challenge(&mut other);
        let request = join_by(&other, bound, it.transfer());
        let other_join = draft(&mut other, &request, None);
        let request = it.join_request();
        let joins = [it.signed(false, &request), other.phone.sign(&other_join, sandbox.identity())];
        let replies = at_once(&sandbox, joins);
        assert_eq!(codes(&replies), ["done", "transfer_contested"]);
        assert_eq!(state(&mut it), TransferState::Ended { reason: TransferEnd::Contested });
        assert_eq!(it.served(), Some(keys(&it.old.phone).device()));
    }
}

#[test]
fn two_commits_at_once_move_the_account_once_and_get_one_receipt() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    for citizen in citizens() {
        let mut it = Mover::shipped(&sandbox, citizen);
        let request = it.commit_request();
        let replies = [it.signed(false, &request), it.signed(false, &request)];
        let [first, second] = at_once(&sandbox, replies);
        assert_eq!(ok(&first), ok(&second));
        assert_eq!(it.kinds(), [Kind::Enrol, Kind::Transfer]);
        assert_eq!(it.served(), Some(keys(&it.new.phone).device()));
    }
}

#[test]
fn of_a_commit_and_an_offices_reset_the_first_one_counts() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    for citizen in citizens() {
        let mut it = Mover::shipped(&sandbox, citizen);
        let (commit, number) = (it.commit_request(), it.citizen.number.clone());
        let commit = it.signed(false, &commit);
        let reset = at_desk(&sandbox, "reset-device", &number);
        let [commit, reset] = at_once(&sandbox, [commit, reset]);
        ok(&reset);
        // The office always has its way: before it, the move was done, or there was none.
        assert_eq!(it.served(), None);
        if commit.status == 200 {
            assert_eq!(it.kinds(), [Kind::Enrol, Kind::Transfer, Kind::Freeze, Kind::Unfreeze]);
        } else {
            assert_eq!(commit.code(), "transfer_gone");
            assert_eq!(it.kinds(), [Kind::Enrol, Kind::Freeze, Kind::Unfreeze]);
            assert_eq!(state(&mut it), TransferState::Ended { reason: TransferEnd::Superseded });
        }
    }
}

#[test]
fn of_a_commit_and_a_freeze_the_first_one_counts_and_no_phone_is_served() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    for citizen in citizens() {
        let mut it = Mover::shipped(&sandbox, citizen);
        let commit = it.commit_request();
        let requests = [it.signed(false, &commit), it.signed(true, &FreezeRequest {})];
        let [commit, freeze] = at_once(&sandbox, requests);
        ok(&freeze);
        assert_eq!(it.served(), None);
        if commit.status == 200 {
            assert_eq!(it.kinds(), [Kind::Enrol, Kind::Transfer, Kind::Freeze]);
        } else {
            assert_eq!(commit.code(), serde_json::to_value(Code::TransferGone).unwrap());
            assert_eq!(it.kinds(), [Kind::Enrol, Kind::Freeze]);
            assert_eq!(state(&mut it), TransferState::Ended { reason: TransferEnd::Frozen });
        }
    }
}

#[test]
fn of_a_commit_and_an_officers_code_on_a_third_phone_the_first_one_counts_and_one_phone_is_bound() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    for citizen in citizens() {
        let mut it = Mover::shipped(&sandbox, citizen);
        let mut third = Session::registered(&sandbox);
        let code = at_desk(&sandbox, "phone-code", &it.citizen.number).send(&mut third.client).unwrap();
        let request = OfficeBindingRequest { code: serde_json::from_value(ok(&code)["code"].clone()).unwrap() };
        let binding = draft(&mut third, &request, None);
        let commit = it.commit_request();
        let requests = [it.signed(false, &commit), third.phone.sign(&binding, sandbox.identity())];
        let [commit, bound] = at_once(&sandbox, requests);
        ok(&bound);
        // The office's phone is the account's in any case: it was bound last, or the move was gone.
        assert_eq!(it.served(), Some(keys(&third.phone).device()));
        if commit.status == 200 {
            assert_eq!(it.kinds(), [Kind::Enrol, Kind::Transfer, Kind::Office]);
        } else {
            assert_eq!(commit.code(), "transfer_gone");
            assert_eq!(it.kinds(), [Kind::Enrol, Kind::Office]);
            assert_eq!(state(&mut it), TransferState::Ended { reason: TransferEnd::Superseded });
        }
    }
}
