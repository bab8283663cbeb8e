//! Activation for level 2 through the real client: identified in person, a code, a portrait, another password.

mod common;

use citizen_phone::{invented_portrait, password};
use citizen_protocol::wire::{
    AccountLevel, ActivationRequest, ActivationState, Consent, CurrentActivationRequest, OtpPurpose, Purpose, SignIn,
    SignInRequest,
};
use citizen_sandbox::Kind;
use common::Service;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_identified_in_person_activates_and_signs_in_with_level_2() {
    let service = Service::started(|_| ()).await;
    let (phone, citizen) = (service.phone("phone"), service.citizen(Kind::NeedsDesk, 0));
    service.sandbox.identify_in_person(&citizen.number, &citizen.phone).unwrap();
    phone.binding.enrol(&citizen_phone::Phone::info()).await.unwrap();
    let code = phone.prove_address(&service.sandbox, &citizen.phone, OtpPurpose::Activate).await.unwrap();
    let portrait = phone.portraits.send(&invented_portrait(citizen.index), |_| ()).await.unwrap();
    let given = phone.give_new_password(&citizen).await.unwrap();
    let id_number = citizen.number.clone();
    let consents = [Purpose::Identity, Purpose::Portrait];
    let consents = consents.map(|purpose| Consent { purpose, terms: 1, given_at: phone.link.now() }).into();
    let request = ActivationRequest { id_number, otp_challenge: code, password: given, portrait, consents };
    let waiting = phone.deliver("activation", &request).await.unwrap();
    assert_eq!((waiting.state, service.sandbox.waiting()), (ActivationState::Comparing, vec![waiting.id]));
    service.sandbox.approve(waiting.id).unwrap();
    let done = phone.link.call(&CurrentActivationRequest {}).await.unwrap();
    assert_eq!((done.id, done.state), (waiting.id, ActivationState::Done));
    let request =
        SignInRequest { id_number: citizen.number.clone(), password: password(citizen.index), otp_challenge: None };
    let SignIn::SignedIn { account, .. } = phone.account.sign_in(&request).await.unwrap() else { panic!("a code") };
    assert_eq!(account.level, AccountLevel::Level2);
    let ledger = phone.account.ledger().await.unwrap().unwrap();
    assert_eq!(ledger.head().unwrap().seq, 0);
    assert_eq!((service.sandbox.devices_of(&citizen.number), service.sandbox.applications_of(&citizen.number)), (1, 0));
}
