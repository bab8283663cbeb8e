//! The sandbox as a tester starts and stops it.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use citizen_phone::{Phone, Setup, invented_portrait};
use citizen_protocol::wire::{
    ApplicationRequest, ApplicationState, ApplicationStatusRequest, CardSource, MessagePlatform, OtpChallengeRequest,
    OtpChannel, OtpContext, OtpPurpose, OtpSubject, OtpVerifyRequest, Secret,
};
use citizen_sandbox::{Citizen, Kind, Population, ServiceIdentity};
use serde_json::Value;
use tempfile::TempDir;

use crate::{citizen, code, command, stderr};

/// Starts one on a free port; returns it with what it says up to where to stop it.
fn start(data: &Path) -> (Child, BufReader<impl Read>, String) {
    let mut sandbox = command(&["sandbox", "--port", "0", "--data"], &[data]).stderr(Stdio::piped()).spawn().unwrap();
    let mut output = BufReader::new(sandbox.stderr.take().unwrap());
    let mut said = String::new();
    while !said.contains("Stop: Ctrl-C") {
        assert!(output.read_line(&mut said).unwrap() > 0, "it ended: {said}");
    }
    (sandbox, output, said)
}

#[test]
fn it_says_where_it_is_and_stops_in_peace_at_ctrl_c() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let (mut sandbox, mut output, said) = start(&data);
    assert!(said.contains("First start") && said.contains("https://localhost:"), "{said}");
    for file in ["client.json", "desk-token", "ca.pem"] {
        assert!(said.contains(&data.join(file).display().to_string()) && data.join(file).exists(), "{file}");
    }
    let id = sandbox.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(sandbox.wait().unwrap().success());
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("Stopping"), "{rest}");

    let (mut again, _output, said) = start(&data);
    assert!(!said.contains("First start"), "{said}");
    again.kill().unwrap();
    again.wait().unwrap();
}

#[test]
fn a_folder_of_a_newer_version_is_refused_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("version"), "999\n").unwrap();
    let output = citizen(&["sandbox", "--port", "0", "--data"], &[folder.path()]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--reset") && !stderr(&output).contains("panicked"), "{}", stderr(&output));
}

/// A program that drives the service through its pipes, as tests in other languages do.
#[test]
fn a_program_reads_codes_from_its_output_an_officer_approves_and_it_ends_with_its_input() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let arguments = ["sandbox", "--port", "0", "--messages", "--approve", "--until-stdin-closes", "--data"];
    let mut command = command(&arguments, &[&data]);
    let mut sandbox = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(sandbox.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().expect("a line").unwrap()).unwrap();

    let ready = next();
    assert!(Path::new(ready["desk_token"].as_str().unwrap()).exists());
    let client = std::fs::read_to_string(ready["ready"].as_str().unwrap()).unwrap();
    let identity = ServiceIdentity::from_json(&client).unwrap();
    let phone = Phone::start(&folder.path().join("phone"), &Setup::new(&identity));
    let citizen = Population::default().of(Kind::NeedsDesk, 0);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let state = runtime.block_on(register(&phone, &citizen, || {
        let sent = next();
        assert_eq!((sent["channel"].as_str(), sent["to"].as_str()), (Some("sms"), Some(citizen.phone.as_str())));
        assert!(sent["at"].as_u64() > Some(0));
        sent["body"].as_str().unwrap()[..6].to_owned()
    }));
    assert_eq!(state, ApplicationState::Approved);
    assert!(next()["body"].as_str().unwrap().contains("account was made"));

    drop(sandbox.stdin.take());
    assert!(sandbox.wait().unwrap().success());
}

/// Applies, and waits for the officer.
async fn register(phone: &Phone, citizen: &Citizen, read_code: impl FnOnce() -> String) -> ApplicationState {
    phone.binding.enrol(&Phone::info()).await.unwrap();
    let request = OtpChallengeRequest {
        purpose: OtpPurpose::Register,
        channel: OtpChannel::Sms,
        subject: OtpSubject::Address { address: citizen.phone.clone() },
        platform: MessagePlatform::Plain,
        context: OtpContext { device: Phone::info().model, place: None },
    };
    let challenge = phone.link.call(&request).await.unwrap().id;
    let code = Secret::new(read_code());
    phone.link.call(&OtpVerifyRequest { challenge, code }).await.unwrap();
    let portrait = phone.portraits.send(&invented_portrait(citizen.index), |_| ()).await.unwrap();
    let password = phone.give_new_password(citizen).await.unwrap();
    let consents = phone.agree().await.unwrap();
    let card = citizen.details(CardSource::Scanned);
    let request = ApplicationRequest { card, otp_challenges: vec![challenge], password, portrait, consents };
    let application = phone.deliver("application", &request).await.unwrap();
    // The officer takes a second at most; a busy computer longer.
    for _ in 0..300 {
        let request = ApplicationStatusRequest { application: application.id };
        let state = phone.link.call(&request).await.unwrap().state;
        if state != ApplicationState::InReview {
            return state;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    ApplicationState::InReview
}
