//! One registration as eight requests, of a phone without storage: the load is the service's, not the phone's.

use citizen_keystore::{AttestationFormat, KeyLevel};
use citizen_phone::{RawAnswer, RawClient, RawKey, password};
use citizen_protocol::otp::{Digits, read};
use citizen_protocol::wire::{
    ApplicationRequest, ApplicationState, Blob, CardSource, Consent, DeviceRequest, EnrolChallengeRequest, KeyEvidence,
    MessagePlatform, OtpChallengeRequest, OtpChannel, OtpContext, OtpPurpose, OtpSubject, OtpVerifyRequest,
    PasswordRequest, PortraitPartRequest, PortraitRequest, Purpose, Secret, UnixTime,
};
use citizen_sandbox::Citizen;
use ring::digest::{SHA256, digest};

/// Bytes of a portrait; one part.
const PORTRAIT: usize = 24 << 10;

/// To the texts of a fresh service: asking for the policy is the first page's, not a registration's.
const CONSENTS: [Consent; 2] = [
    Consent { purpose: Purpose::Identity, terms: 1, given_at: UnixTime(1_795_582_800) },
    Consent { purpose: Purpose::Portrait, terms: 1, given_at: UnixTime(1_795_582_800) },
];

/// Where the text message with the code is read.
pub(crate) trait Letterbox: Sync {
    /// The newest message to an address.
    fn newest(&self, address: &str) -> Option<String>;
}

/// What a phone without key hardware says of a key.
pub(crate) fn evidence(key: &RawKey) -> KeyEvidence {
    KeyEvidence {
        spki: Blob(key.public().spki().to_vec()),
        level: KeyLevel::Software,
        format: AttestationFormat::Unattested,
        attestation: Blob::default(),
    }
}

/// Registers a citizen with a new key; whether there is an account now.
pub(crate) async fn register(
    client: &RawClient,
    citizen: &Citizen,
    letters: &dyn Letterbox,
) -> Result<bool, RawAnswer> {
    let key = &RawKey::new();
    let challenge = client.call(&EnrolChallengeRequest {}, key, None).await?.challenge;
    let (model, os, app_version) = ("Model 1".into(), "Test 1".into(), "0.1.0".into());
    client
        .call(&DeviceRequest { challenge, dev: evidence(key), auth: None, model, os, app_version }, key, None)
        .await?;
    let code = verified_code(client, key, citizen, letters).await?;
    let portrait = portrait(client, key, citizen.index).await?;
    let personal = vec![Secret::new(citizen.name.clone()), Secret::new(citizen.number.clone())];
    let request = PasswordRequest { password: password(citizen.index), personal, is_new: true };
    let password = client.call(&request, key, None).await?.id;
    let card = citizen.details(CardSource::Scanned);
    let consents = CONSENTS.to_vec();
    let request = ApplicationRequest { card, otp_challenges: vec![code], password, portrait, consents };
    let application = client.call(&request, key, None).await?;
    Ok(application.state == ApplicationState::Approved)
}

async fn verified_code(
    client: &RawClient,
    key: &RawKey,
    citizen: &Citizen,
    letters: &dyn Letterbox,
) -> Result<citizen_protocol::wire::Id, RawAnswer> {
    let request = OtpChallengeRequest {
        purpose: OtpPurpose::Register,
        channel: OtpChannel::Sms,
        subject: OtpSubject::Address { address: citizen.phone.clone() },
        platform: MessagePlatform::Ios,
        context: OtpContext { device: "Model 1".into(), place: None },
    };
    let challenge = client.call(&request, key, None).await?;
    let body = letters.newest(&citizen.phone).unwrap_or_default();
    let code = read::message(&body, "localhost", Digits::SIX).map(citizen_protocol::otp::OtpCode::into_secret);
    let request = OtpVerifyRequest { challenge: challenge.id, code: code.unwrap_or_default() };
    Ok(client.call(&request, key, None).await?.challenge)
}

async fn portrait(client: &RawClient, key: &RawKey, index: u32) -> Result<citizen_protocol::wire::Id, RawAnswer> {
    let bytes: Vec<u8> = (0..PORTRAIT as u32).map(|at| (at.wrapping_mul(31) ^ index) as u8).collect();
    let sha256 = Blob(digest(&SHA256, &bytes).as_ref().to_vec());
    let portrait = client.call(&PortraitRequest { size: PORTRAIT as u32, sha256 }, key, None).await?.id;
    client.call(&PortraitPartRequest { portrait, offset: 0, bytes }, key, None).await?;
    Ok(portrait)
}
