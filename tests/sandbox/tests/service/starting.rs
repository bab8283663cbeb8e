//! Starting, stopping, starting again.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use citizen_protocol::wire::UnixTime;
use citizen_sandbox::{Config, DataError, Sandbox, ServiceIdentity, StartError};

use crate::phone::Session;
use crate::{NOW, config, folder, sandbox};

#[test]
fn a_restart_keeps_keys_phones_and_the_clock() {
    let folder = folder();
    let first = sandbox(&folder);
    let (identity, desk_token) = (first.identity().clone(), first.desk_token().to_owned());
    let phone = Session::registered(&first).phone;
    assert_eq!(first.advance(3600).unwrap(), UnixTime(NOW.0 + 3600));
    first.stop();

    let second = Sandbox::start(&Config { port: identity.port, ..config(&folder) }).unwrap();
    assert_eq!((second.identity(), second.desk_token()), (&identity, desk_token.as_str()));
    assert_eq!(second.now(), UnixTime(NOW.0 + 3600));
    let mut session = Session { phone, ..Session::new(&second) };
    let trust = session.draft("GET", "/v1/trust", None);
    assert_eq!(session.send(&trust).status, 200);
}

#[test]
fn a_reset_makes_everything_anew() {
    let folder = folder();
    let first = sandbox(&folder);
    let (pins, phone) = (first.identity().pins, Session::registered(&first).phone);
    first.advance(3600).unwrap();
    first.stop();
    let other = folder.path().join("notes.txt");
    fs::write(&other, "mine").unwrap();

    let second = Sandbox::start(&Config { reset: true, ..config(&folder) }).unwrap();
    assert!(second.identity().pins.iter().all(|pin| !pins.contains(pin)));
    assert_eq!(second.now(), NOW);
    let mut session = Session { phone, ..Session::new(&second) };
    let trust = session.draft("GET", "/v1/trust", None);
    assert_eq!(session.send(&trust).code(), "unknown_key");
    assert_eq!(fs::read_to_string(other).unwrap(), "mine");
}

#[test]
fn a_taken_port_is_named_with_what_to_do() {
    let (one, two) = (folder(), folder());
    let first = sandbox(&one);
    let port = first.identity().port;
    let error = Sandbox::start(&Config { port, ..config(&two) }).err().unwrap();
    assert!(matches!(error, StartError::PortTaken(taken) if taken == port));
    assert!(error.to_string().contains(&port.to_string()) && error.to_string().contains("--port"), "{error}");
}

#[test]
fn a_folder_has_one_service_at_a_time() {
    let folder = folder();
    let first = sandbox(&folder);
    let second = Sandbox::start(&config(&folder));
    assert!(matches!(second.err(), Some(StartError::Data(DataError::InUse(_)))));
    first.stop();
    sandbox(&folder).stop();
}

#[test]
fn a_newer_versions_folder_is_left_alone_and_an_older_ones_too() {
    let folder = folder();
    sandbox(&folder).stop();
    let version = folder.path().join("version");
    let database = fs::read(folder.path().join("sandbox.db")).unwrap();
    fs::write(&version, "4\n").unwrap();
    let newer = Sandbox::start(&config(&folder)).err().unwrap();
    assert!(matches!(newer, StartError::Data(DataError::Newer { found: 4, known: 3, .. })), "{newer}");
    assert!(newer.to_string().contains("newer version") && newer.to_string().contains("--reset"));
    fs::write(&version, "1\n").unwrap();
    let older = Sandbox::start(&config(&folder)).err().unwrap();
    assert!(matches!(older, StartError::Data(DataError::Older { found: 1, known: 3, .. })), "{older}");
    assert_eq!(fs::read(folder.path().join("sandbox.db")).unwrap(), database);
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone_even_by_a_reset() {
    let folder = folder();
    fs::write(folder.path().join("sandbox.db"), "somebody's").unwrap();
    for reset in [false, true] {
        let error = Sandbox::start(&Config { reset, ..config(&folder) }).err();
        assert!(matches!(error, Some(StartError::Data(DataError::Foreign(_)))), "{error:?}");
    }
    assert_eq!(fs::read(folder.path().join("sandbox.db")).unwrap(), b"somebody's");
}

#[test]
fn only_the_owner_can_read_what_is_kept() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(sandbox.data()), 0o700);
    for file in ["desk-token", "sandbox.db", "sandbox.db-wal", "client.json", "version"] {
        assert_eq!(mode(&sandbox.data().join(file)), 0o600, "{file}");
    }
    let keys: Vec<_> = fs::read_dir(sandbox.data().join("keys")).unwrap().map(|key| key.unwrap().path()).collect();
    assert!(keys.len() >= 8 && keys.iter().all(|key| mode(key) == 0o600), "{keys:?}");
}

#[test]
fn damaged_keys_are_named() {
    let folder = folder();
    sandbox(&folder).stop();
    fs::write(folder.path().join("keys/statement.pkcs8"), b"no key").unwrap();
    let error = Sandbox::start(&config(&folder)).err().unwrap();
    assert!(error.to_string().contains("keys/statement.pkcs8"), "{error}");
}

#[test]
fn a_client_reads_back_what_it_has_to_know() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    let written = fs::read_to_string(sandbox.data().join("client.json")).unwrap();
    assert_eq!(ServiceIdentity::from_json(&written).as_ref(), Some(sandbox.identity()));
    for damaged in ["", "{}", &written.replace("root_spki\": \"", "root_spki\": \"*")] {
        assert_eq!(ServiceIdentity::from_json(damaged), None);
    }
}

#[tokio::test]
async fn it_can_be_started_moved_on_and_stopped_within_an_async_test() {
    let folder = folder();
    let sandbox = sandbox(&folder);
    assert_eq!(sandbox.advance(1).unwrap(), UnixTime(NOW.0 + 1));
    assert!(sandbox.messages("+84900000000").is_empty());
    sandbox.stop();
}
