//! Signing in, tokens, and the list of devices.

mod common;

use citizen_phone::{Phone, password};
use citizen_protocol::wire::{
    AccountRequest, Code, LockRequest, Next, OtpPurpose, OtpSubject, PasswordRequest, RecoveryRequest, RecoveryState,
    Secret, SignIn, SignInRequest,
};
use citizen_sandbox::{Citizen, Kind};
use citizen_service::ServiceError;
use common::Service;

async fn sign_in_with(phone: &Phone, citizen: &Citizen, password: Secret) -> Result<SignIn, ServiceError> {
    let id_number = citizen.number.clone();
    phone.account.sign_in(&SignInRequest { id_number, password, otp_challenge: None }).await
}

fn code_of(error: &ServiceError) -> Option<Code> {
    if let ServiceError::Server(problem) = error { Some(problem.code) } else { None }
}

async fn registered(service: &Service) -> (Phone, Citizen) {
    let (phone, citizen) = (service.phone("phone"), service.citizen(Kind::Plain, 0));
    phone.register(&service.sandbox, &citizen).await.unwrap();
    (phone, citizen)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_phone_that_registered_signs_in_with_number_and_password() {
    let service = Service::start().await;
    let (phone, citizen) = registered(&service).await;
    let SignIn::SignedIn { account, .. } = sign_in_with(&phone, &citizen, password(citizen.index)).await.unwrap()
    else {
        panic!("a code is asked for")
    };
    let bound = phone.binding.enrol(&Phone::info()).await.unwrap();
    assert_eq!(account.device, Some(bound.device));
    assert_eq!(phone.account.ledger().await.unwrap().unwrap().head().unwrap().seq, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_lock_for_a_while_and_an_unknown_number_sounds_the_same() {
    let service = Service::start().await;
    let (phone, citizen) = registered(&service).await;
    let wrong = || Secret::new("khong phai mat khau".into());
    let unknown = service.citizen(Kind::Plain, 9);
    let error = sign_in_with(&phone, &unknown, wrong()).await.unwrap_err();
    assert_eq!(code_of(&error), Some(Code::WrongCredentials));
    for _ in 0..4 {
        let error = sign_in_with(&phone, &citizen, wrong()).await.unwrap_err();
        assert_eq!(code_of(&error), Some(Code::WrongCredentials));
    }
    sign_in_with(&phone, &citizen, wrong()).await.unwrap_err();
    let locked = sign_in_with(&phone, &citizen, password(citizen.index)).await.unwrap_err();
    assert_eq!((code_of(&locked), locked.next()), (Some(Code::TriesLocked), Next::Wait));
    service.advance(15 * 60 + 1);
    sign_in_with(&phone, &citizen, password(citizen.index)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ended_is_renewed_by_itself() {
    let service = Service::start().await;
    let (phone, _) = registered(&service).await;
    phone.link.call(&AccountRequest {}).await.unwrap();
    service.advance(16 * 60);
    phone.link.call(&AccountRequest {}).await.unwrap();
    service.advance(3600);
    phone.link.call(&AccountRequest {}).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_phone_hears_that_the_account_has_one() {
    let service = Service::start().await;
    let (_phone, citizen) = registered(&service).await;
    let other = service.phone("other");
    other.binding.enrol(&Phone::info()).await.unwrap();
    let error = sign_in_with(&other, &citizen, password(citizen.index)).await.unwrap_err();
    assert_eq!((code_of(&error), error.next()), (Some(Code::OnAnotherPhone), Next::OtherPhone));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_says_who_locked_it() {
    let service = Service::start().await;
    let (phone, citizen) = registered(&service).await;
    phone.deliver("lock", &LockRequest {}).await.unwrap();
    let error = sign_in_with(&phone, &citizen, password(citizen.index)).await.unwrap_err();
    assert_eq!((code_of(&error), error.next()), (Some(Code::AccountLocked), Next::Office));
    let ServiceError::Server(problem) = error else { unreachable!() };
    assert!(problem.lock.is_some());
}

/// Row R5: a code, then the portrait compared again; then the new password is the only one.
#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_after_the_portrait_was_compared() {
    let service = Service::start().await;
    let (phone, citizen) = registered(&service).await;
    let subject = OtpSubject::Account { id_number: citizen.number.clone() };
    let code = phone.prove(&service.sandbox, subject, &citizen.phone, OtpPurpose::Recover).await.unwrap();
    let portrait = phone.portraits.send(&citizen_phone::invented_portrait(77), |_| ()).await.unwrap();
    let new = Secret::new("trang sang qua cau tre".into());
    let request = PasswordRequest { password: new.clone(), personal: Vec::new(), is_new: true };
    let given = phone.link.call(&request).await.unwrap().id;
    let id_number = citizen.number.clone();
    let request = RecoveryRequest { id_number, otp_challenge: code, portrait, password: given };
    let recovery = phone.deliver("recovery", &request).await.unwrap();
    assert_eq!(recovery.state, RecoveryState::Done);
    let old = sign_in_with(&phone, &citizen, password(citizen.index)).await.unwrap_err();
    assert_eq!(code_of(&old), Some(Code::WrongCredentials));
    sign_in_with(&phone, &citizen, new).await.unwrap();
}

/// Somebody with an older copy of the phone's files is told apart by the number of the newest commit.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_of_the_phones_storage_is_seen_by_the_service() {
    let service = Service::start().await;
    let (phone, _) = registered(&service).await;
    drop(phone);
    let (folder, copy) = (service.folder_of("phone"), service.folder_of("copy"));
    common::copy_folder(&folder, &copy);
    let phone = service.phone("phone");
    for nth in 0..5 {
        phone.outbox.put(&format!("lock {nth}"), &LockRequest {}, citizen_vault::Changes::new()).await.unwrap();
    }
    phone.link.call(&AccountRequest {}).await.unwrap();
    drop(phone);
    let error = service.phone("copy").link.call(&AccountRequest {}).await.unwrap_err();
    assert_eq!((code_of(&error), error.next()), (Some(Code::OlderCopy), Next::Refetch));
}
