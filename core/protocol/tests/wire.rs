//! The wire types as JSON: the names that cross, and the way there and back.

use std::fmt::Debug;

use citizen_keystore::{AttestationFormat, KeyLevel};
use citizen_protocol::json::{JsonError, read};
use citizen_protocol::transfer::Join;
use citizen_protocol::wire::{
    AcceptRequest, AccountLevel, AccountLock, AccountRequest, AccountSummary, Activation, ActivationReason,
    ActivationReasonCode, ActivationRequest, ActivationState, ActivationStatusRequest, AmendRequest, Application,
    ApplicationRequest, ApplicationState, ApplicationStatusRequest, ApprovalChange, Blob, Bound, BoxContent,
    BoxGetRequest, BoxPutRequest, BoxSide, Bytes32, Bytes64, Bytes91, Call, CancelTransferRequest, CardDetails,
    CardSource, Code, CommitRequest, Consent, CreateTransferRequest, Credential, CurrentActivationRequest,
    CurrentApplicationRequest, CurrentDeviceRecoveryRequest, CurrentRecoveryRequest, Deletion, DeletionRequest,
    Delivery, Device, DeviceRecovery, DeviceRecoveryRequest, DeviceRecoveryState, DeviceRecoveryStatusRequest,
    DeviceRequest, Empty, EndorseRequest, EnrolChallenge, EnrolChallengeRequest, Export, ExportRequest, FieldProblem,
    FreezeRequest, Frozen, Id, JoinRequest, Joined, KeyEvidence, LedgerPage, LedgerRequest, LockRequest, LockedBy,
    MessagePlatform, NewDeviceKey, NewTransfer, Next, OfficeBindingRequest, OtpChallenge, OtpChallengeRequest,
    OtpChannel, OtpContext, OtpPurpose, OtpResendRequest, OtpSubject, OtpVerified, OtpVerifyRequest, PasswordReference,
    PasswordRequest, Policy, PolicyRequest, PortraitProgress, PortraitRequest, PortraitStatusRequest, PrivacyStatus,
    PrivacyStatusRequest, Problem, Purpose, PurposePolicy, Reason, ReasonCode, Recipient, Recovery,
    RecoveryCodeRequest, RecoveryMethod, RecoveryRequest, RecoveryState, RecoveryStatusRequest, RekeyRequest, Rekeyed,
    Remedy, SavedRecoveryCode, Secret, Session, SignIn, SignInRequest, SignOutRequest, SignedBytes, StepKind,
    StepState, TimedStep, TokenRequest, TransferEnd, TransferOtpRequest, TransferPolicy, TransferState, TransferStatus,
    TransferStatusRequest, TrustDocuments, TrustRequest, UnixTime, VaultChunk, VaultChunkGetRequest,
    VaultChunkPutRequest, VaultProgress, VaultRequest, VetoRequest, WireField, WithdrawConsentRequest, Withdrawal,
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
    ActivationRequest {
        id_number: id_number.into(),
        otp_challenge: ID,
        password: ID,
        portrait: ID,
        consents: Vec::new(),
    }
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

fn status(state: TransferState) -> TransferStatus {
    TransferStatus { transfer: ID, state, since: TIME, poll_after_s: 2 }
}

#[test]
fn a_transfers_requests_come_back_as_they_went() {
    let (hash, signature) = (Bytes32([0xfe; 32]), Bytes64([0xff; 64]));
    let transfer = Id::default();
    same(&CreateTransferRequest {});
    same(&JoinRequest { transfer, challenge: hash, dev: Bytes91([3; 91]), flags: 0x12, qr_a: hash });
    same(&TransferStatusRequest { transfer });
    same(&EndorseRequest { transfer, endorsement: blob(), signature });
    let (channel, platform) = (OtpChannel::Sms, MessagePlatform::Ios);
    same(&TransferOtpRequest { transfer, endorsement: hash, channel, platform, model: "Galaxy A12".into() });
    same(&AcceptRequest {
        transfer,
        endorsement: hash,
        dev: evidence(),
        auth: Some(evidence()),
        otp_challenge: ID,
        code: secret(),
        signature,
    });
    same(&VaultRequest { transfer, manifest: hash, total: 64 });
    same(&VaultChunkGetRequest { transfer, index: 0 });
    same(&CommitRequest { transfer, manifest: hash, signature });
    same(&CancelTransferRequest { transfer });
    same(&FreezeRequest {});
    assert_eq!(read::<CommitRequest>(br#"{"manifest":"","signature":"","more":1}"#), Err(JsonError::Shape));
}

#[test]
fn a_transfers_answers_come_back_as_they_went() {
    let hash = Bytes32([0xfe; 32]);
    for digits_hold_s in [Some(86_400), None] {
        let policy = TransferPolicy { digits_hold_s };
        same(&NewTransfer { transfer: ID, expires_at: TIME, server_nonce: hash, policy });
    }
    let joined = Joined { flags: 0x12, qr_a: hash, at: TIME };
    let vault = VaultProgress { manifest: hash, total: 3, received: vec![0, 2] };
    same(&vault);
    for state in [
        TransferState::Open { expires_at: TIME },
        TransferState::Joined { joined, expires_at: TIME },
        TransferState::Endorsed { accept_by: TIME },
        TransferState::Held { until: TIME },
        TransferState::Accepted { commit_by: TIME, vault: Some(vault) },
        TransferState::Accepted { commit_by: TIME, vault: None },
        TransferState::Done { receipt: signed() },
        TransferState::Ended { reason: TransferEnd::Contested },
    ] {
        same(&status(state));
    }
    let join = Join::from(joined);
    assert_eq!((join.flags, join.qr_a, join.at), (0x12, [0xfe; 32], TIME));
    same(&BoxContent { bytes: Some(blob()) });
    same(&BoxContent { bytes: None });
    same(&VaultChunk { bytes: blob() });
    same(&Frozen { entry: signed(), frozen_at: TIME });
    named(&[
        (TransferEnd::Cancelled, "cancelled"),
        (TransferEnd::Expired, "expired"),
        (TransferEnd::Contested, "contested"),
        (TransferEnd::Frozen, "frozen"),
        (TransferEnd::Superseded, "superseded"),
    ]);
    named(&[(BoxSide::O2n, "o2n"), (BoxSide::N2o, "n2o")]);
}

#[test]
fn a_transfers_calls_go_where_the_contract_says() {
    let transfer = ID;
    let base = "/v1/transfers/BwcHBwcHBwcHBwcHBwcHBw";
    let put = BoxPutRequest { transfer, side: BoxSide::O2n, slot: 2, bytes: vec![1, 2] };
    let get = BoxGetRequest { transfer, side: BoxSide::N2o, slot: 0 };
    assert_eq!((put.path(), put.raw()), (format!("{base}/box/o2n/2"), Some(vec![1, 2])));
    assert_eq!((get.path(), get.raw()), (format!("{base}/box/n2o/0"), None));
    let chunk = VaultChunkPutRequest { transfer, index: 63, bytes: vec![3] };
    assert_eq!((chunk.path(), chunk.raw()), (format!("{base}/vault/63"), Some(vec![3])));
    assert_eq!(VaultChunkGetRequest { transfer, index: 63 }.path(), chunk.path());
    assert_eq!(TransferStatusRequest { transfer }.path(), base);
    assert_eq!(CancelTransferRequest { transfer }.path(), format!("{base}/cancel"));
    // Codes and endorsements are never queued; what ends something always may be.
    let now = [EndorseRequest::DELIVERY, AcceptRequest::DELIVERY, TransferOtpRequest::DELIVERY, JoinRequest::DELIVERY];
    assert_eq!(now, [Delivery::Now; 4]);
    let queued = [CommitRequest::DELIVERY, CancelTransferRequest::DELIVERY, FreezeRequest::DELIVERY];
    assert_eq!(queued, [Delivery::Outbox; 3]);
    assert_eq!(CreateTransferRequest::CREDENTIAL, Credential::Session);
    assert_eq!([FreezeRequest::CREDENTIAL, JoinRequest::CREDENTIAL], [Credential::Device; 2]);
}

#[test]
fn bytes_of_fixed_length_have_one_form() {
    let hash = serde_json::to_string(&Bytes32([0xfe; 32])).unwrap();
    assert_eq!(hash, format!("\"{}4\"", "_v7-".repeat(11).get(..42).unwrap()));
    let texts = [format!("\"{}\"", "A".repeat(42)), format!("\"{}\"", "A".repeat(44)), "\"\"".into()];
    for text in &texts {
        assert_eq!(read::<Bytes32>(text.as_bytes()), Err(JsonError::Shape), "{text}");
        assert_eq!(read::<Bytes64>(text.as_bytes()), Err(JsonError::Shape), "{text}");
        assert_eq!(read::<Bytes91>(text.as_bytes()), Err(JsonError::Shape), "{text}");
    }
    assert!(read::<Bytes32>(format!("\"{}B\"", "A".repeat(42)).as_bytes()).is_err(), "bits behind the last byte");
    assert_eq!(format!("{:?}", Bytes32([1; 32])), "Bytes32");
}

#[test]
fn a_held_transfer_waits_and_a_frozen_account_goes_to_the_office() {
    assert_eq!((Code::TransferHeld.status(), Code::TransferHeld.next()), (409, Next::Wait));
    assert_eq!((Code::AccountFrozen.status(), Code::AccountFrozen.next()), (423, Next::Office));
    assert_eq!((Code::TransferGone.status(), Code::TransferGone.next()), (410, Next::GiveAgain));
}

#[test]
fn enumerations_cross_by_name() {
    use OtpPurpose::{Activate, Recover, RecoverDevice, Register, Rekey, SignIn, Transfer};
    named(&[(AccountLevel::Level1, "level1"), (AccountLevel::Level2, "level2")]);
    named(&[(OtpChannel::Sms, "sms"), (OtpChannel::Email, "email")]);
    named(&[(Register, "register"), (SignIn, "sign_in"), (Recover, "recover"), (Rekey, "rekey")]);
    named(&[(Activate, "activate"), (Transfer, "transfer"), (RecoverDevice, "recover_device")]);
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

#[test]
fn a_lost_phones_calls_go_where_the_contract_says_and_come_back_as_they_went() {
    assert_eq!(VetoRequest { recovery: ID }.path(), "/v1/device-recoveries/BwcHBwcHBwcHBwcHBwcHBw/veto");
    let status = DeviceRecoveryStatusRequest { recovery: ID }.path();
    assert_eq!(status, "/v1/device-recoveries/BwcHBwcHBwcHBwcHBwcHBw");
    assert_eq!(CurrentDeviceRecoveryRequest {}.path(), "/v1/device-recoveries/current");
    assert_eq!((RecoveryCodeRequest::CREDENTIAL, VetoRequest::DELIVERY), (Credential::Session, Delivery::Outbox));
    assert_eq!([OfficeBindingRequest::DELIVERY, DeviceRecoveryRequest::DELIVERY], [Delivery::Now; 2]);
    same(&OfficeBindingRequest { code: secret() });
    same(&RecoveryCodeRequest { password: ID });
    let methods = vec![RecoveryMethod::SavedCode { code: secret() }, RecoveryMethod::OneTimeCode { otp_challenge: ID }];
    let request = DeviceRecoveryRequest { id_number: "canary".into(), methods, portrait: ID };
    same(&request);
    assert!(!format!("{request:?}").contains("canary"));
    same(&Bound { account: ID, entry: signed(), cool_down_until: TIME });
    same(&SavedRecoveryCode { code: secret(), made_at: TIME });
    for state in [
        DeviceRecoveryState::Comparing { expected_by: TIME },
        DeviceRecoveryState::Held { until: TIME },
        DeviceRecoveryState::Done,
        DeviceRecoveryState::Refused { reasons: vec![reason()] },
        DeviceRecoveryState::Vetoed,
        DeviceRecoveryState::Superseded,
    ] {
        same(&DeviceRecovery { id: ID, state, since: TIME, poll_after_s: 60 });
    }
}
