//! A process that can be killed: `citizen-holder FOLDER CLIENT_JSON CITIZEN OUTBOX`. A citizen uses the app on the phone in `FOLDER`
//! until the account works, then it says `there` and ends. `OUTBOX` is a file with the texts of all messages to the phone, as JSON.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use citizen_holder::{Ended, Installed, Service};
use citizen_sandbox::{Kind, Population, ServiceIdentity};
use citizen_service::Life;

/// Messages as the parent process writes them down.
struct Outbox(PathBuf);

/// Twice as long as the parent takes to write a message down.
const POST: Duration = Duration::from_millis(60);

impl Service for Outbox {
    fn messages(&self, _address: &str) -> Vec<String> {
        std::thread::park_timeout(POST);
        let text = std::fs::read_to_string(&self.0).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, client, citizen, outbox] = &arguments[..] else { return ExitCode::from(2) };
    let Some(identity) = std::fs::read_to_string(client).ok().and_then(|json| ServiceIdentity::from_json(&json)) else {
        return ExitCode::from(2);
    };
    let Ok(nth) = citizen.parse() else { return ExitCode::from(2) };
    let phone = Installed::new(Path::new(folder), &identity, Population::default().of(Kind::Plain, nth));
    let outbox = Arc::new(Outbox(outbox.into()));
    let (app, shell, ended) = phone.start(outbox, Life::default(), |page| page.id == "home-account");
    let ended = ended.recv_timeout(Duration::from_mins(2));
    app.shutdown();
    if matches!(ended, Ok(Ended::There(_))) {
        println!("there");
        return ExitCode::SUCCESS;
    }
    eprintln!("{:?}", shell.pages());
    ExitCode::FAILURE
}
