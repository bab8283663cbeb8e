//! The phone's keys through their life: made, registered, killed in between, replaced, lost.

mod common;

use std::path::Path;
use std::sync::{Arc, Mutex};

use citizen_keystore::{CreatedKey, Deletion, DeviceKeystore, KeyPolicy, KeystoreError, Prompt, SoftwareKeystore};
use citizen_phone::{Phone, password};
use citizen_protocol::ledger::{Holder, Kind as Change};
use citizen_protocol::wire::{
    AccountRequest, Id, Next, OtpPurpose, OtpSubject, PasswordRequest, SignIn, SignInRequest, TrustRequest,
};
use citizen_sandbox::{Citizen, Kind};
use citizen_service::{Rekey, ServiceError};
use common::tap::{Meddling, Tap};
use common::{Service, files};

/// A key store whose biometrics can change, and that may have no lock screen.
struct Biometrics {
    inner: SoftwareKeystore,
    has_biometric: bool,
    has_lock_screen: bool,
}

impl Biometrics {
    fn of(folder: &Path) -> Self {
        let inner = SoftwareKeystore::open(folder.join("keys")).unwrap();
        Self { inner, has_biometric: true, has_lock_screen: true }
    }
}

impl DeviceKeystore for Biometrics {
    fn create(&self, alias: String, policy: KeyPolicy, challenge: Vec<u8>) -> Result<CreatedKey, KeystoreError> {
        match policy {
            KeyPolicy::Biometric if !self.has_biometric => Err(KeystoreError::NotEnrolled),
            KeyPolicy::DeviceCredential if !self.has_lock_screen => Err(KeystoreError::NotEnrolled),
            _ => self.inner.create(alias, policy, challenge),
        }
    }

    fn sign(&self, alias: String, message: Vec<u8>, prompt: Option<Prompt>) -> Result<Vec<u8>, KeystoreError> {
        // Another finger was enrolled: what a phone answers for keys that died of it.
        let died = prompt.is_some() && !self.has_biometric;
        if died { Err(KeystoreError::Invalidated) } else { self.inner.sign(alias, message, prompt) }
    }

    fn wrap(&self, alias: String, secret: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.inner.wrap(alias, secret)
    }

    fn unwrap(&self, alias: String, wrapped: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.inner.unwrap(alias, wrapped)
    }

    fn delete(&self, alias: String) -> Result<Deletion, KeystoreError> {
        self.inner.delete(alias)
    }
}

fn prompt() -> Prompt {
    Prompt { title: "Approve".into(), reason: "A test".into(), cancel: "Stop".into() }
}

async fn sign_in(phone: &Phone, citizen: &Citizen) -> Result<SignIn, ServiceError> {
    let request =
        SignInRequest { id_number: citizen.number.clone(), password: password(citizen.index), otp_challenge: None };
    phone.account.sign_in(&request).await
}

/// What replacing keys asks for: the password again, and a code.
async fn permission(phone: &Phone, service: &Service, citizen: &Citizen) -> (Id, Id) {
    // The password is compared with that of the account whose token comes along.
    phone.link.call(&AccountRequest {}).await.unwrap();
    let request = PasswordRequest { password: password(citizen.index), personal: Vec::new(), is_new: false };
    let given = phone.link.call(&request).await.unwrap().id;
    let subject = OtpSubject::Account { id_number: citizen.number.clone() };
    let code = phone.prove(&service.sandbox, subject, &citizen.phone, OtpPurpose::Rekey).await.unwrap();
    (given, code)
}

/// Files of keys that sign; the wrapping key of the vault is none.
fn signing_keys(folder: &Path) -> usize {
    files(&folder.join("keys")).iter().filter(|path| path.extension().is_some_and(|kind| kind == "pkcs8")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_registered_once_however_often_it_is_asked() {
    let service = Service::start().await;
    let phone = service.phone("phone");
    let bound = phone.binding.enrol(&Phone::info()).await.unwrap();
    assert_eq!(bound.approval, Some(KeyPolicy::Biometric));
    drop(phone);
    let phone = service.phone("phone");
    assert_eq!(phone.binding.enrol(&Phone::info()).await.unwrap(), bound);
    assert_eq!(signing_keys(&service.folder_of("phone")), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_without_biometrics_or_without_a_lock_screen_is_no_dead_end() {
    let service = Service::start().await;
    for (has_lock_screen, approval) in [(true, Some(KeyPolicy::DeviceCredential)), (false, None)] {
        let folder = service.folder_of(&format!("lock-screen-{has_lock_screen}"));
        let keys = Biometrics { has_biometric: false, has_lock_screen, ..Biometrics::of(&folder) };
        let phone = Phone::with_keystore(&folder, &service.setup(), Arc::new(keys));
        assert_eq!(phone.binding.enrol(&Phone::info()).await.unwrap().approval, approval);
    }
}

/// The service takes nothing: the keys are made, their registration waits; after a restart it goes on with these keys.
#[tokio::test(flavor = "multi_thread")]
async fn a_registration_that_was_cut_off_goes_on_with_the_same_keys() {
    let service = Service::start().await;
    let folder = service.folder_of("phone");
    let phone = service.phone("phone");
    // Cut off at every point that takes a while.
    for wait_ms in [0, 1, 2, 4, 8, 16, 32] {
        let limit = std::time::Duration::from_millis(wait_ms);
        let _ = tokio::time::timeout(limit, phone.binding.enrol(&Phone::info())).await;
    }
    drop(phone);
    let phone = service.phone("phone");
    phone.binding.enrol(&Phone::info()).await.unwrap();
    assert_eq!(signing_keys(&folder), 2, "keys were left behind");
    assert_eq!(phone.outbox.pending().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_of_biometrics_the_key_for_approvals_is_replaced() {
    let service = Service::start().await;
    let folder = service.folder_of("phone");
    let citizen = service.citizen(Kind::Plain, 0);
    let phone = Phone::with_keystore(&folder, &service.setup(), Arc::new(Biometrics::of(&folder)));
    phone.register(&service.sandbox, &citizen).await.unwrap();
    sign_in(&phone, &citizen).await.unwrap();
    phone.binding.approve(b"E".to_vec(), prompt()).await.unwrap();
    drop(phone);

    let changed = Biometrics { has_biometric: false, ..Biometrics::of(&folder) };
    let phone = Phone::with_keystore(&folder, &service.setup(), Arc::new(changed));
    let lost = phone.binding.approve(b"E".to_vec(), prompt()).await;
    assert_eq!(lost, Err(ServiceError::AuthKeyLost));
    assert_eq!(ServiceError::AuthKeyLost.next(), Next::Rekey);
    let (given, code) = permission(&phone, &service, &citizen).await;
    let bound = phone.binding.rekey(Rekey::Approval, given, code).await.unwrap();
    assert_eq!(bound.approval, Some(KeyPolicy::DeviceCredential));
    assert_eq!(signing_keys(&folder), 2);

    let account = phone.link.call(&AccountRequest {}).await.unwrap();
    assert!(account.cool_down_until.is_some_and(|until| until.since(phone.link.now()) > 23 * 3600));
    let ledger = phone.account.ledger().await.unwrap().unwrap();
    assert_eq!(ledger.head().unwrap().seq, 1, "{:?} and {:?}", Change::Enrol, Change::Rekey);
    assert!(matches!(ledger.holder(), Holder::Phone(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn both_keys_rotate_and_the_old_one_is_nobodys() {
    let service = Service::start().await;
    let (folder, citizen) = (service.folder_of("phone"), service.citizen(Kind::Plain, 0));
    let phone = service.phone("phone");
    phone.register(&service.sandbox, &citizen).await.unwrap();
    sign_in(&phone, &citizen).await.unwrap();
    let before = files(&folder.join("keys"));
    let (given, code) = permission(&phone, &service, &citizen).await;
    phone.binding.rekey(Rekey::Both, given, code).await.unwrap();
    let after = files(&folder.join("keys"));
    let stayed = after.iter().filter(|path| before.contains(path)).count();
    assert_eq!((signing_keys(&folder), stayed), (2, before.len() - 2), "only the vault's own key stays");
    phone.link.call(&AccountRequest {}).await.unwrap();
    drop(phone);
    service.phone("phone").link.call(&AccountRequest {}).await.unwrap();
}

/// A service with somebody in the middle, and a phone that is signed in through it.
async fn tapped() -> (Service, Arc<Mutex<Meddling>>, Phone, Citizen) {
    let tap = Tap::bind();
    let (port, meddling) = (tap.port, Arc::clone(&tap.meddling));
    let service = Service::started(|config| config.named_port = Some(port)).await;
    let keys = service.sandbox.data().join("keys");
    tap.run(service.sandbox.identity(), service.sandbox.port(), &keys);
    let (phone, citizen) = (service.phone("phone"), service.citizen(Kind::Plain, 0));
    phone.register(&service.sandbox, &citizen).await.unwrap();
    sign_in(&phone, &citizen).await.unwrap();
    (service, meddling, phone, citizen)
}

const REKEYS: &str = "POST /v1/rekeys ";
/// More often than a phone tries.
const ALWAYS: u32 = 1000;

/// Done, and the answer lost for good; the phone dies. Whatever is called next finds out, without a password or a code.
#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_whose_answer_was_lost_is_found_out() {
    for which in [Rekey::Both, Rekey::Approval] {
        let (service, meddling, phone, citizen) = tapped().await;
        let (given, code) = permission(&phone, &service, &citizen).await;
        *meddling.lock().unwrap() = Meddling::LosesAnswers(REKEYS, ALWAYS);
        phone.binding.rekey(which, given, code).await.unwrap_err();
        drop(phone);
        *meddling.lock().unwrap() = Meddling::Carries;
        let phone = service.phone("phone");
        phone.binding.enrol(&Phone::info()).await.unwrap();
        let account = phone.link.call(&AccountRequest {}).await.unwrap();
        assert!(account.cool_down_until.is_some(), "{which:?}: it was done");
        assert_eq!(phone.account.ledger().await.unwrap().unwrap().head().unwrap().seq, 1);
        assert_eq!(signing_keys(&service.folder_of("phone")), 2);
        phone.binding.approve(b"E".to_vec(), prompt()).await.unwrap();
    }
}

/// Never arrived: the old keys stay in force, whatever is called next, and another try needs another permission.
#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_never_arrived_leaves_the_old_keys_in_force() {
    for which in [Rekey::Both, Rekey::Approval] {
        let (service, meddling, phone, citizen) = tapped().await;
        let (given, code) = permission(&phone, &service, &citizen).await;
        *meddling.lock().unwrap() = Meddling::LosesRequests(REKEYS, ALWAYS);
        let error = phone.binding.rekey(which, given, code).await.unwrap_err();
        assert_eq!(error.next(), Next::TryLater, "{error:?}");
        drop(phone);
        // In the meantime the permission ends.
        service.advance(24 * 3600);
        *meddling.lock().unwrap() = Meddling::Carries;
        let phone = service.phone("phone");
        let error = phone.binding.rekey(which, given, code).await.unwrap_err();
        assert!(matches!(error.next(), Next::AskStatus | Next::NewCode | Next::GiveAgain), "{error:?}");
        phone.binding.enrol(&Phone::info()).await.unwrap();
        phone.link.call(&AccountRequest {}).await.unwrap();
        assert_eq!(phone.account.ledger().await.unwrap().unwrap().head().unwrap().seq, 0);
        assert_eq!(signing_keys(&service.folder_of("phone")), 2);
        let (given, code) = permission(&phone, &service, &citizen).await;
        phone.binding.rekey(which, given, code).await.unwrap();
        assert_eq!(phone.outbox.pending().await.unwrap(), []);
    }
}

/// Cut off by the clock, at points that are nobody's choice, and killed: it ends with the key that the service knows.
#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_was_cut_off_ends_with_the_key_that_the_service_knows() {
    let service = Service::start().await;
    let citizen = service.citizen(Kind::Plain, 0);
    let mut phone = service.phone("phone");
    phone.register(&service.sandbox, &citizen).await.unwrap();
    sign_in(&phone, &citizen).await.unwrap();
    let (given, code) = permission(&phone, &service, &citizen).await;
    for wait_ms in [1, 3, 6, 10, 15, 25] {
        let limit = std::time::Duration::from_millis(wait_ms);
        let _ = tokio::time::timeout(limit, phone.binding.rekey(Rekey::Both, given, code)).await;
        drop(phone);
        phone = service.phone("phone");
    }
    phone.binding.enrol(&Phone::info()).await.unwrap();
    phone.link.call(&AccountRequest {}).await.unwrap();
    assert_eq!(signing_keys(&service.folder_of("phone")), 2);
}

/// The lock screen was removed, and the key for approvals died with it: the password stands in from then on.
#[tokio::test(flavor = "multi_thread")]
async fn a_lock_screen_that_was_removed_is_no_dead_end() {
    for which in [Rekey::Approval, Rekey::Both] {
        let service = Service::start().await;
        let (folder, citizen) = (service.folder_of("phone"), service.citizen(Kind::Plain, 0));
        let phone = service.phone("phone");
        phone.register(&service.sandbox, &citizen).await.unwrap();
        sign_in(&phone, &citizen).await.unwrap();
        drop(phone);
        let removed = Biometrics { has_biometric: false, has_lock_screen: false, ..Biometrics::of(&folder) };
        let phone = Phone::with_keystore(&folder, &service.setup(), Arc::new(removed));
        let (given, code) = permission(&phone, &service, &citizen).await;
        assert_eq!(phone.binding.rekey(which, given, code).await.unwrap().approval, None);
        assert_eq!(signing_keys(&folder), 1);
        // The list of devices names what the phone has: else it would refuse its own token.
        phone.link.call(&AccountRequest {}).await.unwrap();
    }
}

/// The same service without its memory: the phone is told to enrol, and that helps.
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_the_service_does_not_know_is_registered_anew() {
    let service = Service::start().await;
    let phone = service.phone("phone");
    let first = phone.binding.enrol(&Phone::info()).await.unwrap();
    let service = service.forgetting().await;
    let error = phone.link.call(&TrustRequest {}).await.unwrap_err();
    assert_eq!(error.next(), Next::Enrol, "{error:?}");
    let second = phone.binding.enrol(&Phone::info()).await.unwrap();
    assert_ne!(first.device, second.device);
    phone.link.call(&TrustRequest {}).await.unwrap();
    assert_eq!(signing_keys(&service.folder_of("phone")), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_whose_key_is_lost_is_registered_anew_and_the_account_says_where_it_is() {
    let service = Service::start().await;
    let (folder, citizen) = (service.folder_of("phone"), service.citizen(Kind::Plain, 0));
    let phone = service.phone("phone");
    phone.register(&service.sandbox, &citizen).await.unwrap();
    let first = phone.binding.enrol(&Phone::info()).await.unwrap();
    for key in
        files(&folder.join("keys")).into_iter().filter(|path| path.extension().is_some_and(|kind| kind == "pkcs8"))
    {
        std::fs::remove_file(key).unwrap();
    }
    assert!(matches!(sign_in(&phone, &citizen).await, Err(ServiceError::Keystore(KeystoreError::KeyMissing))));
    let second = phone.binding.enrol(&Phone::info()).await.unwrap();
    assert_ne!(first.device, second.device);
    let error = sign_in(&phone, &citizen).await.unwrap_err();
    assert_eq!(error.next(), Next::OtherPhone, "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_keys_nothing_is_signed_and_the_next_step_is_said() {
    let service = Service::start().await;
    let phone = service.phone("phone");
    let error = phone.link.call(&AccountRequest {}).await.unwrap_err();
    assert_eq!((error.next(), error), (Next::Enrol, ServiceError::NotBound));
}
