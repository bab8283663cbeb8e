//! The wire types as JSON: the names that cross, and the way there and back.

use std::fmt::Debug;

use citizen_keystore::{AttestationFormat, KeyLevel};
use citizen_protocol::json::{JsonError, read};
use citizen_protocol::wire::{
    AccountLevel, AccountLock, AccountRequest, AccountSummary, Activation, ActivationReason, ActivationReasonCode,
    ActivationRequest, ActivationState, ActivationStatusRequest, AmendRequest, Application, ApplicationRequest,
    ApplicationState, ApplicationStatusRequest, ApprovalChange, Blob, Call, CardDetails, CardSource, Code, Consent,
    Credential, CurrentActivationRequest, CurrentApplicationRequest, CurrentRecoveryRequest, Deletion, DeletionRequest,
    Delivery, Device, DeviceRequest, Empty, EnrolChallenge, EnrolChallengeRequest, Export, ExportRequest, FieldProblem,
    Id, KeyEvidence, LedgerPage, LedgerRequest, LockRequest, LockedBy, MessagePlatform, NewDeviceKey, Next,
    OtpChallenge, OtpChallengeRequest, OtpChannel, OtpContext, OtpPurpose, OtpResendRequest, OtpSubject, OtpVerified,
    OtpVerifyRequest, PasswordReference, PasswordRequest, Policy, PolicyRequest, PortraitProgress, PortraitRequest,
    PortraitStatusRequest, PrivacyStatus, PrivacyStatusRequest, Problem, Purpose, PurposePolicy, Reason, ReasonCode,
    Recipient, Recovery, RecoveryRequest, RecoveryState, RecoveryStatusRequest, RekeyRequest, Rekeyed, Remedy, Secret,
    Session, SignIn, SignInRequest, SignOutRequest, SignedBytes, StepKind, StepState, TimedStep, TokenRequest,
    TrustDocuments, TrustRequest, UnixTime, WireField, WithdrawConsentRequest, Withdrawal,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

const ID: Id = Id([7; 16]);
const TIME: UnixTime = UnixTime(1_795_305_600);

/// There and back.
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(read::<T>(text.as_bytes()).as_ref(), Ok(value), "{text}");
}

/// By these names, there and back; no other name is taken.
fn named<T: Serialize + DeserializeOwned + PartialEq + Debug>(values: &[(T, &str)]) {
    for (value, name) in values {
        same(value);
        assert_eq!(serde_json::to_string(value).unwrap(), format!("\"{name}\""));
    }
    assert_eq!(read::<T>(b"\"of a later version\""), Err(JsonError::Shape));
}

fn secret() -> Secret {
    Secret::new("con cò bay lả".into())
}

fn blob() -> Blob {
    Blob(vec![0, 0xff, 0xfe])
}

fn signed() -> SignedBytes {
    SignedBytes { bytes: blob(), signature: Blob(vec![1; 64]), kid: "s1".into() }
}

fn card() -> CardDetails {
    CardDetails {
        id_number: "079190730518".into(),
        old_id_number: None,
        name: "Nguyễn Thị Mẫu".into(),
        birth_date: "1990-06-05".into(),
        sex: "Nữ".into(),
        address: "Số 1, Xã Mẫu, Tỉnh Ví Dụ".into(),
        issue_date: "2022-04-03".into(),
        source: CardSource::Scanned,
    }
}

fn evidence() -> KeyEvidence {
    KeyEvidence {
        spki: Blob(vec![1; 91]),
        level: KeyLevel::SecureElement,
        format: AttestationFormat::AndroidKeyAttestation,
        attestation: blob(),
    }
}

fn account() -> AccountSummary {
    AccountSummary {
        account: ID,
        level: AccountLevel::Level2,
        device: Some(ID),
        lock: Some(AccountLock { by: LockedBy::Hotline, since: TIME }),
        channels: vec![OtpChannel::Sms, OtpChannel::Email],
        cool_down_until: None,
        card_expires: Some("2031-06-05".into()),
    }
}

fn session() -> Session {
    Session { access_token: secret(), expires_at: TIME, ledger: signed() }
}

fn context() -> OtpContext {
    OtpContext { device: "Galaxy A12".into(), place: None }
}

fn consent() -> Consent {
    Consent { purpose: Purpose::Portrait, terms: 3, given_at: TIME }
}

fn application_request(card: CardDetails) -> ApplicationRequest {
    ApplicationRequest { card, otp_challenges: vec![ID], password: ID, portrait: ID, consents: vec![consent()] }
}

fn activation_request(id_number: &str) -> ActivationRequest {
    ActivationRequest { id_number: id_number.into(), otp_challenge: ID, password: ID, portrait: ID }
}

fn reason() -> Reason {
    let note = Some("Đường đã đổi tên".into());
    Reason { code: ReasonCode::FieldDiffers, field: Some(WireField::Address), remedy: Remedy::UpdateRecord, note }
}

#[test]
fn requests_come_back_as_they_went() {
    same(&AccountRequest {});
    same(&LockRequest {});
    same(&application_request(card()));
    same(&activation_request("0"));
    same(&ActivationStatusRequest { activation: Id::default() });
    same(&CurrentActivationRequest {});
    same(&PolicyRequest {});
    same(&PrivacyStatusRequest {});
    same(&WithdrawConsentRequest { purpose: Purpose::Diagnostics });
    same(&ExportRequest {});
    same(&DeletionRequest {});
    same(&AmendRequest { application: Id::default(), card: Some(card()), portrait: None });
    same(&ApplicationStatusRequest { application: Id::default() });
    same(&CurrentApplicationRequest {});
    same(&CurrentRecoveryRequest {});
    same(&EnrolChallengeRequest {});
    same(&DeviceRequest {
        challenge: blob(),
        dev: evidence(),
        auth: None,
        model: "Galaxy A12".into(),
        os: "Android 11".into(),
        app_version: "1.0".into(),
    });
    let dev = Some(NewDeviceKey { evidence: evidence(), proof: blob() });
    for auth in [ApprovalChange::Kept, ApprovalChange::Gone, ApprovalChange::New { evidence: evidence() }] {
        same(&RekeyRequest { challenge: blob(), dev: dev.clone(), auth, password: ID, otp_challenge: ID });
    }
    for subject in
        [OtpSubject::Address { address: "n@example.vn".into() }, OtpSubject::Account { id_number: "0".into() }]
    {
        for platform in
            [MessagePlatform::Android { token: "q-4Fz_0aB7c".into() }, MessagePlatform::Ios, MessagePlatform::Plain]
        {
            same(&OtpChallengeRequest {
                purpose: OtpPurpose::Recover,
                channel: OtpChannel::Email,
                subject: subject.clone(),
                platform,
                context: context(),
            });
        }
    }
    same(&OtpResendRequest { challenge: Id::default() });
    same(&OtpVerifyRequest { challenge: Id::default(), code: secret() });
    same(&PasswordRequest { password: secret(), personal: vec![secret()], is_new: true });
    same(&PortraitRequest { size: 1, sha256: blob() });
    same(&PortraitStatusRequest { portrait: Id::default() });
    same(&RecoveryRequest { id_number: "0".into(), otp_challenge: ID, portrait: ID, password: ID });
    same(&RecoveryStatusRequest { recovery: Id::default() });
    same(&SignInRequest { id_number: "0".into(), password: secret(), otp_challenge: Some(ID) });
    same(&TokenRequest { generation: u64::MAX });
    same(&SignOutRequest {});
    same(&TrustRequest {});
    same(&LedgerRequest { from: 0 });
}

#[test]
fn answers_come_back_as_they_went() {
    same(&Empty {});
    same(&account());
    same(&Application {
        id: ID,
        state: ApplicationState::Rejected,
        steps: vec![TimedStep {
            kind: StepKind::Compared,
            state: StepState::Failed,
            since: Some(TIME),
            expected_by: None,
        }],
        reasons: vec![reason()],
        account: Some(ID),
        poll_after_s: 60,
    });
    for remedy in [Remedy::Office, Remedy::SignIn] {
        same(&Activation {
            id: ID,
            state: ActivationState::Refused,
            since: TIME,
            expected_by: None,
            reasons: vec![ActivationReason { code: ActivationReasonCode::NotIdentified, remedy }],
            poll_after_s: 60,
        });
    }
    same(&Policy {
        minimum_age: 14,
        terms: 3,
        purposes: vec![PurposePolicy {
            purpose: Purpose::Identity,
            is_required: true,
            kept_days: None,
            recipients: vec![Recipient::PopulationDatabase, Recipient::PoliceOffice],
        }],
    });
    same(&Withdrawal { purpose: Purpose::Identity, withdrawn_at: TIME, ends_account_at: Some(TIME) });
    let (export, deletion) =
        (Export { id: ID, requested_at: TIME, expected_by: TIME }, Deletion { requested_at: TIME, effective_at: TIME });
    same(&export);
    same(&deletion);
    same(&PrivacyStatus { consents: vec![consent()], export: Some(export), deletion: Some(deletion) });
    same(&EnrolChallenge { challenge: blob(), expires_at: TIME });
    same(&Device { device: ID, registered_at: TIME });
    same(&Rekeyed { entry: signed(), cool_down_until: TIME });
    same(&OtpChallenge {
        id: ID,
        purpose: OtpPurpose::Rekey,
        channel: OtpChannel::Sms,
        masked_address: "+84 ••• ••• 123".into(),
        digits: 6,
        expires_at: TIME,
        resend_at: TIME,
        attempts_left: 5,
        locked_until: Some(TIME),
        reference: "KT".into(),
        context: context(),
    });
    same(&OtpVerified { challenge: ID, valid_until: TIME });
    same(&PasswordReference { id: ID, valid_until: TIME });
    same(&PortraitProgress { id: ID, received: 1, size: 2, valid_until: TIME });
    let reasons = vec![reason()];
    same(&Recovery {
        id: ID,
        state: RecoveryState::Refused,
        since: TIME,
        expected_by: None,
        reasons,
        poll_after_s: 60,
    });
    same(&session());
    same(&SignIn::SignedIn { session: session(), account: account() });
    same(&SignIn::OtpNeeded { channels: vec![OtpChannel::Email] });
    same(&TrustDocuments { pins: signed(), statement_keys: signed() });
    same(&LedgerPage { entries: vec![signed(), signed()] });
    same(&Problem::from(Code::Internal));
    same(&Problem {
        retry_after_s: Some(1),
        attempts_left: Some(0),
        locked_until: Some(TIME),
        lock: Some(AccountLock { by: LockedBy::Expiry, since: TIME }),
        fields: vec![FieldProblem { field: WireField::IdNumber }],
        ..Problem::from(Code::FieldsWrong)
    });
}

#[test]
fn enumerations_cross_by_name() {
    use OtpPurpose::{Activate, Recover, Register, Rekey, SignIn};
    named(&[(AccountLevel::Level1, "level1"), (AccountLevel::Level2, "level2")]);
    named(&[(OtpChannel::Sms, "sms"), (OtpChannel::Email, "email")]);
    named(&[(Register, "register"), (SignIn, "sign_in"), (Recover, "recover"), (Rekey, "rekey")]);
    named(&[(Activate, "activate")]);
    named(&[(Purpose::Identity, "identity"), (Purpose::Portrait, "portrait"), (Purpose::Diagnostics, "diagnostics")]);
    named(&[
        (Recipient::PopulationDatabase, "population_database"),
        (Recipient::IdentityService, "identity_service"),
        (Recipient::PoliceOffice, "police_office"),
    ]);
    named(&[
        (ActivationState::Comparing, "comparing"),
        (ActivationState::Done, "done"),
        (ActivationState::Refused, "refused"),
    ]);
    named(&[
        (ActivationReasonCode::NotIdentified, "not_identified"),
        (ActivationReasonCode::AddressDiffers, "address_differs"),
        (ActivationReasonCode::PortraitDiffers, "portrait_differs"),
        (ActivationReasonCode::PortraitUnusable, "portrait_unusable"),
        (ActivationReasonCode::AlreadyActive, "already_active"),
        (ActivationReasonCode::OnAnotherPhone, "on_another_phone"),
        (ActivationReasonCode::RequestExpired, "request_expired"),
    ]);
    named(&[(CardSource::Scanned, "scanned"), (CardSource::Typed, "typed")]);
    named(&[
        (ApplicationState::InReview, "in_review"),
        (ApplicationState::Approved, "approved"),
        (ApplicationState::Rejected, "rejected"),
        (ApplicationState::Stopped, "stopped"),
    ]);
    named(&[
        (RecoveryState::Comparing, "comparing"),
        (RecoveryState::Done, "done"),
        (RecoveryState::Refused, "refused"),
    ]);
    named(&[
        (LockedBy::Holder, "holder"),
        (LockedBy::Office, "office"),
        (LockedBy::Hotline, "hotline"),
        (LockedBy::Authority, "authority"),
        (LockedBy::Expiry, "expiry"),
    ]);
    named(&[
        (KeyLevel::SecureElement, "secure_element"),
        (KeyLevel::TrustedEnvironment, "trusted_environment"),
        (KeyLevel::Software, "software"),
    ]);
}

#[test]
fn every_code_crosses_by_its_own_name_and_one_of_a_later_version_is_unknown() {
    let mut names: Vec<String> = Code::ALL.iter().map(|code| serde_json::to_string(code).unwrap()).collect();
    for (code, name) in Code::ALL.iter().zip(&names) {
        assert_eq!(read::<Code>(name.as_bytes()), Ok(*code), "{name}");
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
    let later = br#"{"title":"?","status":418,"code":"of a later version","more":{}}"#;
    assert_eq!(read::<Problem>(later).map(|problem| (problem.code, problem.status)), Ok((Code::Unknown, 418)));
}

#[test]
fn requests_take_no_field_that_they_do_not_know_and_answers_do() {
    assert_eq!(read::<EnrolChallengeRequest>(br#"{"more":1}"#), Err(JsonError::Shape));
    assert_eq!(read::<TokenRequest>(br#"{"generation":1,"more":1}"#), Err(JsonError::Shape));
    let verified = br#"{"challenge":"BwcHBwcHBwcHBwcHBwcHBw","valid_until":1,"more":1}"#;
    assert_eq!(read::<OtpVerified>(verified), Ok(OtpVerified { challenge: ID, valid_until: UnixTime(1) }));
}

#[test]
fn a_reason_of_an_earlier_version_has_no_note() {
    let earlier = br#"{"code":"other","field":null,"remedy":"office"}"#;
    let wanted = Reason { code: ReasonCode::Other, field: None, remedy: Remedy::Office, note: None };
    assert_eq!(read::<Reason>(earlier), Ok(wanted));
}

#[test]
fn the_policy_is_read_before_anything_is_known_and_rights_are_exercised_without_a_network() {
    assert_eq!((PolicyRequest::CREDENTIAL, PolicyRequest {}.path().as_str()), (Credential::Nobody, "/v1/policy"));
    let queued = [WithdrawConsentRequest::DELIVERY, ExportRequest::DELIVERY, DeletionRequest::DELIVERY];
    assert_eq!(queued, [Delivery::Outbox; 3]);
    assert_eq!(ActivationRequest::DELIVERY, Delivery::Outbox);
    let status = ActivationStatusRequest { activation: ID }.path();
    assert_eq!(status, "/v1/activations/BwcHBwcHBwcHBwcHBwcHBw");
}

#[test]
fn a_missing_consent_is_given_again() {
    assert_eq!((Code::ConsentNeeded.status(), Code::ConsentNeeded.next()), (422, Next::GiveAgain));
}

#[test]
fn values_have_one_form() {
    assert_eq!(serde_json::to_string(&ID).unwrap(), r#""BwcHBwcHBwcHBwcHBwcHBw""#);
    for text in
        ["", "BwcHBwcHBwcHBwcHBwcHBw==", "BwcHBwcHBwcHBwcHBwcHBx", "BwcHBwcHBwcHBwcHBwcHB", "BwcHBwcHBwcHBwcHBwcHB+"]
    {
        assert_eq!(Id::parse(text), None, "{text}");
    }
    assert_eq!(read::<Blob>(br#""AP_-""#), Ok(blob()));
    for text in [r#""AP/+""#, r#""AP_-=""#, r#""AP""#, r#""AP_""#, "[0,255,254]"] {
        assert_eq!(read::<Blob>(text.as_bytes()), Err(JsonError::Shape), "{text}");
    }
}

#[test]
fn nothing_personal_shows_in_debug() {
    let id_number = "canary";
    let card = CardDetails { id_number: id_number.into(), name: "canary".into(), ..card() };
    let password = || Secret::new("canary".into());
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        application_request(card),
        activation_request(id_number),
        Reason { note: Some("canary".into()), ..reason() },
        SignInRequest { id_number: id_number.into(), password: password(), otp_challenge: None },
        RecoveryRequest { id_number: id_number.into(), otp_challenge: ID, portrait: ID, password: ID },
        PasswordRequest { password: password(), personal: vec![password()], is_new: true },
        OtpSubject::Account { id_number: id_number.into() },
        Blob(b"canary".to_vec()),
    );
    assert!(!shown.contains("canary"), "{shown}");
}

proptest! {
    #[test]
    fn any_value_comes_back_as_it_went(id: [u8; 16], bytes: Vec<u8>, text: String, time: u64) {
        let (id, time) = (Id(id), UnixTime(time));
        prop_assert_eq!(Id::parse(&id.to_string()), Some(id));
        let signed = SignedBytes { bytes: Blob(bytes.clone()), signature: Blob(bytes), kid: text.clone() };
        same(&Rekeyed { entry: signed, cool_down_until: time });
        same(&OtpVerifyRequest { challenge: Id::default(), code: Secret::new(text) });
        same(&OtpVerified { challenge: id, valid_until: time });
    }
}
