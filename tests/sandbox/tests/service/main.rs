//! The service from outside: over TLS, as a client meets it.

mod client;
mod moving;
mod notices;
mod officer;
mod phone;
mod races;
mod registered;
mod replays;
mod standing;
mod starting;
mod transfer_replays;
mod transport;
mod waiting;

use citizen_protocol::wire::UnixTime;
use citizen_sandbox::{Config, Sandbox, Time};
use tempfile::TempDir;

/// When these tests play: 2026-01-01T00:00:00Z.
const NOW: UnixTime = UnixTime(1_767_225_600);

/// On a folder of its own, at a time that stands, with few citizens.
fn config(folder: &TempDir) -> Config {
    Config { time: Time::Standing(NOW), citizens: 10, ..Config::new(folder.path()) }
}

fn sandbox(folder: &TempDir) -> Sandbox {
    Sandbox::start(&config(folder)).unwrap()
}

fn folder() -> TempDir {
    TempDir::new().unwrap()
}
