//! A request that somebody recorded is worth nothing: not at once, and not after the service was restarted.

mod common;

use citizen_phone::{Phone, invented_portrait, password};
use citizen_protocol::wire::{
    AccountRequest, ApplicationState, DeletionRequest, ExportRequest, LockRequest, OtpPurpose, OtpSubject,
    PasswordRequest, PrivacyStatusRequest, Purpose, RecoveryRequest, SignInRequest, TrustRequest,
    WithdrawConsentRequest,
};
use citizen_sandbox::Kind;
use citizen_service::{Rekey, ServiceError};
use common::Service;
use common::tap::{Recorded, Tap, replay, request_line};

/// A life of an account: registration, sign-in, reading, locking, signing out.
async fn live(phone: &Phone, service: &Service) {
    let citizen = service.citizen(Kind::Plain, 0);
    let application = phone.register(&service.sandbox, &citizen).await.unwrap();
    assert_eq!(application.state, ApplicationState::Approved);
    let request =
        SignInRequest { id_number: citizen.number.clone(), password: password(citizen.index), otp_challenge: None };
    phone.account.sign_in(&request).await.unwrap();
    phone.link.call(&TrustRequest {}).await.unwrap();
    phone.link.call(&AccountRequest {}).await.unwrap();
    phone.account.sign_out().await.unwrap();
    assert_eq!(phone.link.call(&AccountRequest {}).await, Err(ServiceError::NotSignedIn));
    phone.account.sign_in(&request).await.unwrap();
    // What the holder may ask of the service.
    phone.link.call(&PrivacyStatusRequest {}).await.unwrap();
    phone.deliver("consent", &WithdrawConsentRequest { purpose: Purpose::Diagnostics }).await.unwrap();
    phone.deliver("export", &ExportRequest {}).await.unwrap();
    phone.deliver("deletion", &DeletionRequest {}).await.unwrap();
    // A code and a portrait for another password, and other keys.
    let subject = OtpSubject::Account { id_number: citizen.number.clone() };
    let code = phone.prove(&service.sandbox, subject.clone(), &citizen.phone, OtpPurpose::Recover).await.unwrap();
    let portrait = phone.portraits.send(&invented_portrait(7), |_| ()).await.unwrap();
    let given = phone.give_new_password(&citizen).await.unwrap();
    let id_number = citizen.number.clone();
    let recovery = RecoveryRequest { id_number, otp_challenge: code, portrait, password: given };
    phone.deliver("recovery", &recovery).await.unwrap();
    phone.account.sign_in(&request).await.unwrap();
    let code = phone.prove(&service.sandbox, subject, &citizen.phone, OtpPurpose::Rekey).await.unwrap();
    let given = PasswordRequest { password: password(citizen.index), personal: Vec::new(), is_new: false };
    let given = phone.link.call(&given).await.unwrap().id;
    phone.binding.rekey(Rekey::Both, given, code).await.unwrap();
    phone.deliver("lock", &LockRequest {}).await.unwrap();
}

async fn replay_all(service: &Service, recorded: &Recorded, when: &str) {
    let requests = recorded.lock().unwrap().clone();
    // Everything that `live` does, each call with its first nonce or a later one.
    assert!(requests.len() > 25, "{}", requests.len());
    for request in &requests {
        let status = replay(service.sandbox.identity(), service.sandbox.port(), request).await;
        let line = request_line(request);
        // Nobody signs these two: whoever asks gets a challenge, each time another one, and what everybody may know.
        let unsigned = ["POST /v1/enrol-challenges ", "GET /v1/policy "].iter().any(|open| line.starts_with(open));
        assert_eq!(status, if unsigned { 200 } else { 401 }, "{when}: {line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_recorded_request_is_taken_again_at_once_or_after_a_restart() {
    let tap = Tap::bind();
    let (port, recorded) = (tap.port, Recorded::clone(&tap.recorded));
    let service = Service::started(|config| config.named_port = Some(port)).await;
    let keys = service.sandbox.data().join("keys");
    tap.run(service.sandbox.identity(), service.sandbox.port(), &keys);
    let phone = service.phone("phone");
    live(&phone, &service).await;
    replay_all(&service, &recorded, "at once").await;
    let service = service.restarted().await;
    replay_all(&service, &recorded, "after a restart").await;
}
