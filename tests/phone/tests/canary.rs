//! What must stay secret appears nowhere: not in what anything prints, not in the text of an error or a panic, not in a phone's files.
//!
//! The phone lives in a process of its own, so that everything it writes can be read: this test starts itself again.

mod common;

use std::process::Command;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use citizen_keystore::{CreatedKey, Deletion, DeviceKeystore, KeyPolicy, KeystoreError, Prompt, SoftwareKeystore};
use citizen_phone::{Phone, password};
use citizen_protocol::otp::{Digits, read};
use citizen_protocol::wire::{
    AccountRequest, OtpPurpose, OtpVerifyRequest, PasswordRequest, Secret, SignIn, SignInRequest,
};
use citizen_sandbox::Kind;
use common::{Service, files};

/// Set for the process that is watched; its value is a folder.
const CHILD: &str = "CITIZEN_CANARY";
/// What the child writes beside its own output, for its parent only: canaries in hexadecimal, a line each.
const CANARIES: &str = "canaries";

#[test]
fn no_secret_is_printed_or_lies_in_a_file_of_the_phone() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_life_that_is_watched", "--nocapture"])
        .env(CHILD, folder.path())
        .env("RUST_BACKTRACE", "full")
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&printed);
    assert!(output.status.success(), "{text}");
    // The child did print: every error it met, every value in its debug form, a panic.
    assert!(text.contains("OtpGone") && text.contains("SignInRequest") && text.contains("panicked"), "{text}");

    let canaries = std::fs::read_to_string(folder.path().join(CANARIES)).unwrap();
    let canaries: Vec<Vec<u8>> = canaries.lines().map(bytes_of).collect();
    assert!(canaries.len() >= 8, "{}", canaries.len());
    let vault = files(&folder.path().join("phone").join("vault"));
    assert!(vault.len() > 3);
    for canary in &canaries {
        assert!(!holds(&printed, canary), "printed: {}", String::from_utf8_lossy(canary));
        for file in &vault {
            assert!(!holds(&std::fs::read(file).unwrap(), canary), "{}", file.display());
        }
    }
    // The test itself sees what is there: one that lies in the open is found.
    let name = canaries.first().unwrap();
    assert!(holds(&[b"...", &name[..], b"..."].concat(), name));
    assert!(holds(URL_SAFE_NO_PAD.encode([&[1, 2, 3], &name[..]].concat()).as_bytes(), name));
}

/// What libraries log goes nowhere: sled's feature `no_logs`, which the vault sets, leaves `log` out of everything that is built with it.
#[test]
fn nothing_can_be_logged() {
    assert_eq!(log::STATIC_MAX_LEVEL, log::LevelFilter::Off);
}

/// Whether a text holds a canary as it is, in hexadecimal, or in base64 at any of its three positions.
fn holds(text: &[u8], canary: &[u8]) -> bool {
    let mut forms = vec![canary.to_vec(), hex(canary).into_bytes(), hex(canary).to_uppercase().into_bytes()];
    for before in 0..3 {
        let shifted = [&[0; 2][..before], canary].concat();
        for encoded in [STANDARD_NO_PAD.encode(&shifted), URL_SAFE_NO_PAD.encode(&shifted)] {
            // Characters that hold bits of something else are left out.
            let (first, last) = ([0, 2, 3][before], encoded.len() - usize::from(shifted.len() % 3 != 0));
            forms.push(encoded.as_bytes()[first..last].to_vec());
        }
    }
    forms.iter().any(|form| text.windows(form.len()).any(|window| window == form))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// A key store that remembers the vault's key as it is handed out: a canary like any other.
struct Remembering {
    inner: SoftwareKeystore,
    unwrapped: std::sync::Mutex<Vec<Vec<u8>>>,
}

impl DeviceKeystore for Remembering {
    fn create(&self, alias: String, policy: KeyPolicy, challenge: Vec<u8>) -> Result<CreatedKey, KeystoreError> {
        self.inner.create(alias, policy, challenge)
    }

    fn sign(&self, alias: String, message: Vec<u8>, prompt: Option<Prompt>) -> Result<Vec<u8>, KeystoreError> {
        self.inner.sign(alias, message, prompt)
    }

    fn wrap(&self, alias: String, secret: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.unwrapped.lock().unwrap().push(secret.clone());
        self.inner.wrap(alias, secret)
    }

    fn unwrap(&self, alias: String, wrapped: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.inner.unwrap(alias, wrapped)
    }

    fn delete(&self, alias: String) -> Result<Deletion, KeystoreError> {
        self.inner.delete(alias)
    }
}

#[test]
fn the_life_that_is_watched() {
    // By itself, without a parent, there is nothing to watch.
    let Some(folder) = std::env::var_os(CHILD).map(std::path::PathBuf::from) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let canaries = runtime.block_on(live(&folder.join("phone")));
    let lines: Vec<String> = canaries.iter().map(|canary| hex(canary)).collect();
    std::fs::write(folder.join(CANARIES), lines.join("\n")).unwrap();
}

/// A registration, a sign-in, errors of many kinds, everything printed in every form; returns what must not have been.
async fn live(folder: &std::path::Path) -> Vec<Vec<u8>> {
    let service = Service::start().await;
    let citizen = service.citizen(Kind::Plain, 0);
    let keystore = Arc::new(Remembering {
        inner: SoftwareKeystore::open(folder.join("keys")).unwrap(),
        unwrapped: std::sync::Mutex::default(),
    });
    let phone = Phone::with_keystore(folder, &service.setup(), keystore.clone());
    let application = phone.register(&service.sandbox, &citizen).await.unwrap();
    let secret = password(citizen.index);
    let id_number = citizen.number.clone();
    let request = SignInRequest { id_number: id_number.clone(), password: secret.clone(), otp_challenge: None };
    let signed_in = phone.account.sign_in(&request).await.unwrap();
    println!("{application:?}\n{request:?}\n{signed_in:?}\n{:?}", phone.outbox.pending().await.unwrap());

    // Codes: the one that was used, and wrong ones made of it.
    let message = service
        .sandbox
        .messages(&citizen.phone)
        .into_iter()
        .find_map(|message| read::message(&message.body, "localhost", Digits::SIX).ok());
    let code = message.unwrap().reveal().to_owned();
    let wrong = OtpVerifyRequest { challenge: citizen_protocol::wire::Id([1; 16]), code: Secret::new(code.clone()) };
    print(&phone.link.call(&wrong).await.unwrap_err());
    let name = Secret::new(citizen.name.clone());
    let weak = PasswordRequest { password: name.clone(), personal: vec![name], is_new: true };
    print(&phone.link.call(&weak).await.unwrap_err());
    println!("{wrong:?} {weak:?} {:?}", citizen.details(citizen_protocol::wire::CardSource::Scanned));
    print(&phone.prove_address(&service.sandbox, "not a number", OtpPurpose::Register).await.unwrap_err());
    let again = phone.register(&service.sandbox, &citizen).await;
    println!("again: {again:?}");
    print(
        &phone
            .link
            .call(&AccountRequest {})
            .await
            .map(|_| ())
            .err()
            .map_or_else(String::new, |error| error.to_string()),
    );
    let printed = signed_in.clone();
    let panicked = tokio::spawn(async move { panic!("a panic with {request:?} and {printed:?}") }).await;
    println!("{panicked:?}");

    let address = citizen.address.clone();
    let texts = [citizen.name, id_number, address, citizen.phone, code, secret.reveal().to_owned()];
    let mut canaries: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    let SignIn::SignedIn { session, .. } = signed_in else { panic!("a code is asked for") };
    canaries.push(session.access_token.reveal().as_bytes().to_vec());
    canaries.extend(keystore.unwrapped.lock().unwrap().iter().cloned());
    let keys =
        files(&folder.join("keys")).into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "pkcs8"));
    // The secret scalar within PKCS #8 of a P-256 key (RFC 5915): 32 bytes from byte 36 on.
    canaries.extend(keys.map(|path| std::fs::read(path).unwrap()[36..68].to_vec()));
    canaries
}

fn print(error: &(impl std::fmt::Debug + std::fmt::Display)) {
    println!("{error} {error:?}");
}
