//! The phone's keys through their life: made, registered, killed in between, replaced, lost.

mod common;

use std::path::Path;
use std::sync::Arc;

use citizen_keystore::{CreatedKey, Deletion, DeviceKeystore, KeyPolicy, KeystoreError, Prompt, SoftwareKeystore};
use citizen_phone::{Phone, password};
use citizen_protocol::ledger::{Holder, Kind as Change};
use citizen_protocol::wire::{
    AccountRequest, Code, Id, Next, OtpPurpose, OtpSubject, PasswordRequest, SignIn, SignInRequest,
};
use citizen_sandbox::{Citizen, Kind};
use citizen_service::{Rekey, ServiceError};
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

/// Its answer is lost at whatever point: what the phone does next is what the service has done.
#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_that_was_cut_off_ends_with_the_key_that_the_service_knows() {
    let service = Service::start().await;
    let citizen = service.citizen(Kind::Plain, 0);
    let folder = service.folder_of("phone");
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
    match phone.binding.rekey(Rekey::Both, given, code).await {
        Ok(_) => {}
        // One of those that were cut off was whole: the code is used up.
        Err(ServiceError::Server(problem)) => assert!(matches!(problem.code, Code::OtpGone | Code::PasswordGone)),
        Err(error) => panic!("{error:?}"),
    }
    phone.link.call(&AccountRequest {}).await.unwrap();
    assert_eq!(signing_keys(&folder), 2);
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
