//! A phone that waits for what the other one says.

use std::time::{Duration, Instant};

use citizen_protocol::wire::{BoxContent, BoxGetRequest, BoxPutRequest, BoxSide, CancelTransferRequest};
use citizen_sandbox::{Config, Population, Sandbox};

use crate::client::Client;
use crate::moving::{Mover, read};
use crate::registered::ok;
use crate::{config, folder};

/// Longer than any of these tests but one takes.
const LONG: Duration = Duration::from_secs(30);

fn sandbox(folder: &tempfile::TempDir, mailbox_wait: Duration) -> Sandbox {
    Sandbox::start(&Config { mailbox_wait, ..config(folder) }).unwrap()
}

fn joined(sandbox: &Sandbox) -> Mover<'_> {
    let mut it = Mover::new(sandbox, Population::default().of(citizen_sandbox::Kind::Plain, 0));
    it.create();
    it.join();
    it
}

fn get(it: &Mover<'_>) -> BoxGetRequest {
    BoxGetRequest { transfer: it.transfer(), side: BoxSide::O2n, slot: 3 }
}

#[test]
fn it_hears_at_once_what_is_said_meanwhile_and_nobody_waits_behind_it() {
    let folder = folder();
    let sandbox = sandbox(&folder, LONG);
    let mut it = joined(&sandbox);
    let (transfer, request) = (it.transfer(), get(&it));
    let waiting = it.signed(false, &request);
    let began = Instant::now();
    std::thread::scope(|scope| {
        let heard = scope.spawn(|| waiting.send(&mut Client::connect(sandbox.identity())).unwrap());
        std::thread::sleep(Duration::from_millis(300));
        // What is said in another slot wakes it, and is not its answer.
        for slot in [1, 3] {
            let put = BoxPutRequest { transfer, side: BoxSide::O2n, slot, bytes: b"sealed".to_vec() };
            ok(&it.ask(true, &put));
        }
        let content: BoxContent = read(&heard.join().unwrap());
        assert_eq!(content.bytes.unwrap().0, b"sealed");
    });
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(300) && took < LONG / 2, "{took:?}");
}

#[test]
fn after_a_while_there_is_still_nothing() {
    let folder = folder();
    let wait = Duration::from_millis(400);
    let sandbox = sandbox(&folder, wait);
    let mut it = joined(&sandbox);
    let (request, began) = (get(&it), Instant::now());
    assert_eq!(read::<BoxContent>(&it.ask(false, &request)).bytes, None);
    assert!(began.elapsed() >= wait);
}

#[test]
fn the_end_of_the_transfer_and_of_the_service_end_the_waiting() {
    let folder = folder();
    let sandbox = sandbox(&folder, LONG);
    let mut it = joined(&sandbox);
    let (request, began) = (get(&it), Instant::now());
    let (first, identity) = (it.signed(false, &request), sandbox.identity().clone());
    std::thread::scope(|scope| {
        let ended = scope.spawn(|| first.send(&mut Client::connect(&identity)).unwrap());
        std::thread::sleep(Duration::from_millis(300));
        let cancel = CancelTransferRequest { transfer: it.transfer() };
        ok(&it.ask(true, &cancel));
        assert_eq!(ended.join().unwrap().code(), "transfer_gone");
    });
    // Another transfer, whose service stops.
    it.create();
    it.join_anew();
    let request = get(&it);
    let waiting = it.signed(false, &request);
    drop(it);
    std::thread::scope(|scope| {
        let ended = scope.spawn(|| waiting.send(&mut Client::connect(&identity)).unwrap());
        std::thread::sleep(Duration::from_millis(300));
        sandbox.stop();
        assert_eq!(read::<BoxContent>(&ended.join().unwrap()).bytes, None);
    });
    assert!(began.elapsed() < LONG / 2);
}
