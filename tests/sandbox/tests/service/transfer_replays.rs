//! A whole transfer, caught on its way and sent again: refused, or the same answer, and never a second effect.

use citizen_protocol::ledger::Kind;
use citizen_protocol::signature::IdempotencyKey;
use citizen_protocol::wire::{Id, TransferState, TransferStatus};
use citizen_sandbox::{Config, Population, Sandbox};
use rusqlite::Connection;

use crate::client::Client;
use crate::moving::{Mover, keys, read};
use crate::phone::random;
use crate::registered::ok;
use crate::{config, folder, sandbox};

/// What a replay could change, in rows.
fn rows(sandbox: &Sandbox) -> Vec<i64> {
    let db = Connection::open(sandbox.data().join("sandbox.db")).unwrap();
    let tables = ["ledger", "transfers", "transfer_box", "transfer_chunks", "phones", "messages", "former_phones"];
    let count = |table| db.query_row(&format!("SELECT COUNT(*) FROM {table}"), [], |row| row.get(0)).unwrap();
    tables.into_iter().map(count).collect()
}

/// Whatever was answered is on the disk.
#[test]
fn a_transfer_goes_on_whenever_the_service_was_restarted() {
    let folder = folder();
    let mut running = sandbox(&folder);
    let port = running.identity().port;
    let mut phones = Mover::new(&running, Population::default().of(citizen_sandbox::Kind::Plain, 0)).apart();
    for step in 0..6 {
        running.stop();
        running = Sandbox::start(&Config { port, ..config(&folder) }).unwrap();
        let mut it = phones.at(&running);
        match step {
            0 => it.create(),
            1 => it.join(),
            2 => it.endorse(),
            3 => it.accept(),
            4 => it.ship(),
            _ => drop(ok(&it.commit())),
        }
        phones = it.apart();
    }
    let it = phones.at(&running);
    assert_eq!(it.kinds(), [Kind::Enrol, Kind::Transfer]);
    assert_eq!(it.served(), Some(keys(&it.new.phone).device()));
}

#[test]
fn nothing_of_a_transfer_has_an_effect_twice_at_once_or_after_a_restart() {
    let folder = folder();
    let first = sandbox(&folder);
    let citizen = Population::default().of(citizen_sandbox::Kind::Plain, 0);
    let mut it = Mover::shipped(&first, citizen);
    let committed: TransferStatus = read(&it.commit());
    assert!(matches!(committed.state, TransferState::Done { .. }));
    let before = rows(&first);
    assert_eq!(it.sent.len(), 10);

    let mut same = 0;
    for (is_old, draft, signed) in it.sent.clone() {
        let session = if is_old { &mut it.old } else { &mut it.new };
        assert_eq!(signed.send(&mut session.client).unwrap().code(), "nonce_used", "{}", draft.target);
        // Signed once more, as a phone does whose answer was lost: the answer that was kept.
        let mut again = draft.clone();
        again.nonce = session.nonce();
        ok(&session.send(&again));
        // And as another request, which only whoever has the key can send.
        again.nonce = session.nonce();
        again.idempotency_key = Some(IdempotencyKey(Id(random())));
        let reply = session.send(&again);
        let codes = ["transfer_state", "transfer_gone", "not_the_device", "token_expired"];
        if reply.status == 200 {
            same += 1;
        } else {
            assert!(codes.contains(&reply.code().as_str()), "{} {}", draft.target, reply.code());
        }
    }
    assert_eq!(same, 3, "endorse, accept and commit say how far it is");
    assert_eq!(rows(&first), before);
    let (sent, new) = (it.sent.clone(), keys(&it.new.phone).device());
    assert_eq!((it.kinds(), it.served()), (vec![Kind::Enrol, Kind::Transfer], Some(new)));
    drop(it);
    let port = first.identity().port;
    first.stop();

    let second = Sandbox::start(&Config { port, ..config(&folder) }).unwrap();
    for (_, draft, signed) in sent {
        let again = signed.send(&mut Client::connect(second.identity())).unwrap();
        assert_eq!(again.code(), "nonce_used", "{}", draft.target);
    }
    assert_eq!(rows(&second), before);
}
