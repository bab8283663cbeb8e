//! A service without a network: its rules over a database in memory, a clock that is set, and phones that sign nothing.

use std::sync::OnceLock;

use citizen_keystore::{AttestationFormat, KeyLevel};
use citizen_protocol::enrol::rekey_proof;
use citizen_protocol::key::PublicKey;
use citizen_protocol::wire::{
    Application, ApplicationRequest, Blob, CardSource, Code, Consent, DeviceRequest, EnrolChallengeRequest, Id,
    KeyEvidence, MessagePlatform, NewDeviceKey, OtpChallengeRequest, OtpChannel, OtpContext, OtpPurpose, OtpSubject,
    OtpVerified, OtpVerifyRequest, PasswordRequest, PortraitPartRequest, PortraitRequest, Problem, Purpose, Secret,
    SignIn, SignInRequest, UnixTime,
};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use rusqlite::Connection;

use super::crypto::sha256;
use super::desk::{MessagesRequest, messages};
use super::{applications, devices, enrol, otp, passwords, portraits, sign_in};
use crate::data::Folder;
use crate::population::{Citizen, Kind, Population, seed};
use crate::service_keys::ServiceKeys;
use crate::work::{Caller, Ruling, Work};

/// 2026-11-25T12:00:00+07:00: after the population's dates, before a minor comes of age.
pub(crate) const START: UnixTime = UnixTime(1_795_582_800);
/// The seed of the citizens in here.
pub(crate) const SEED: u64 = 11;
/// Where links lead.
pub(crate) const HOST: &str = "localhost:8443";
pub(crate) const PASSWORD: &str = "bốn con voi qua cầu";

/// Tables and nothing in them.
pub(crate) fn empty_database() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(super::TABLES).unwrap();
    db
}

/// Made once: keys and certificates take a while.
fn keys() -> &'static ServiceKeys {
    static KEYS: OnceLock<ServiceKeys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let folder = Folder::open(folder.path(), false).unwrap();
        ServiceKeys::open(&folder, [START, START]).unwrap().0
    })
}

/// The service.
pub(crate) struct World {
    pub(crate) db: Connection,
    pub(crate) now: UnixTime,
    pub(crate) people: Population,
}

/// A phone with its keys.
pub(crate) struct Phone {
    pub(crate) dev: EcdsaKeyPair,
    pub(crate) auth: EcdsaKeyPair,
    pub(crate) caller: Caller,
}

impl World {
    /// With the first citizens of the population: five of each kind or more.
    pub(crate) fn new() -> Self {
        let (db, people) = (empty_database(), Population::seeded(SEED));
        seed(&db, &people, 100).unwrap();
        Self { db, now: START, people }
    }

    pub(crate) fn citizen(&self, kind: Kind, nth: u32) -> Citizen {
        self.people.of(kind, nth)
    }

    /// Runs a rule as the pipeline does: what it wrote stays if it agrees or says so.
    pub(crate) fn run<T>(&mut self, rule: impl FnOnce(&Work<'_>) -> Ruling<T>) -> Result<T, Problem> {
        let transaction = self.db.transaction().unwrap();
        let work = Work { db: &transaction, now: self.now, keys: keys(), random: &SystemRandom::new(), host: HOST };
        let ruling = rule(&work);
        if ruling.as_ref().map_or_else(|refusal| refusal.keep, |_| true) {
            transaction.commit().unwrap();
        }
        ruling.map_err(|refusal| refusal.problem)
    }

    /// Runs a rule that refuses.
    pub(crate) fn refused<T>(&mut self, rule: impl FnOnce(&Work<'_>) -> Ruling<T>) -> Problem {
        self.run(rule).err().expect("a refusal")
    }

    pub(crate) fn code<T>(&mut self, rule: impl FnOnce(&Work<'_>) -> Ruling<T>) -> Code {
        self.refused(rule).code
    }

    pub(crate) fn later(&mut self, seconds: u64) {
        self.now = self.now.plus(seconds);
    }

    pub(crate) fn count(&self, sql: &str) -> u32 {
        self.db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// A registered phone.
    pub(crate) fn phone(&mut self) -> Phone {
        let (dev, auth) = (key_pair(), key_pair());
        let mut caller = Caller { key: public(&dev), device: None, account: None };
        let request = self.device_request(&dev, Some(&auth));
        let device = self.run(|work| devices::register(work, &caller, request)).unwrap();
        caller.device = Some(device.device);
        Phone { dev, auth, caller }
    }

    pub(crate) fn challenge(&mut self) -> Blob {
        self.run(|work| enrol::challenge(work, EnrolChallengeRequest {})).unwrap().challenge
    }

    pub(crate) fn device_request(&mut self, dev: &EcdsaKeyPair, auth: Option<&EcdsaKeyPair>) -> DeviceRequest {
        DeviceRequest {
            challenge: self.challenge(),
            dev: evidence(dev),
            auth: auth.map(evidence),
            model: "Máy Mẫu 1".into(),
            os: "Android 14".into(),
            app_version: "0.1.0".into(),
        }
    }

    /// A code's challenge.
    pub(crate) fn ask(&mut self, phone: &Phone, request: OtpChallengeRequest) -> Id {
        self.run(|work| otp::challenge(work, &phone.caller, request)).unwrap().id
    }

    /// The code in the newest message to an address: its first word.
    pub(crate) fn code_sent_to(&mut self, address: &str) -> String {
        let request = MessagesRequest { address: Some(address.into()), after: None };
        let messages = self.run(|work| messages(work, request)).unwrap().messages;
        messages.last().unwrap().body.split(' ').next().unwrap().to_owned()
    }

    pub(crate) fn give(&mut self, phone: &Phone, challenge: Id, code: &str) -> Result<OtpVerified, Problem> {
        let request = OtpVerifyRequest { challenge, code: Secret::new(code.into()) };
        self.run(|work| otp::verify(work, &phone.caller, &request))
    }

    /// A code that was asked for, sent and given.
    pub(crate) fn proven(&mut self, phone: &Phone, request: OtpChallengeRequest, address: &str) -> Id {
        let challenge = self.ask(phone, request);
        let code = self.code_sent_to(address);
        self.give(phone, challenge, &code).unwrap();
        challenge
    }

    pub(crate) fn password(&mut self, phone: &Phone, password: &str, is_new: bool) -> Result<Id, Problem> {
        let request = PasswordRequest { password: Secret::new(password.into()), personal: vec![], is_new };
        self.run(|work| passwords::give(work, &phone.caller, &request)).map(|reference| reference.id)
    }

    /// A complete portrait of two parts.
    pub(crate) fn portrait(&mut self, phone: &Phone) -> Id {
        let (first, second) = (vec![1; 1_000], vec![2; 500]);
        let sha256 = Blob(sha256(&[first.clone(), second.clone()].concat()).into());
        let request = PortraitRequest { size: 1_500, sha256 };
        let portrait = self.run(|work| portraits::announce(work, &phone.caller, &request)).unwrap().id;
        for (offset, bytes) in [(0, first), (1_000, second)] {
            let part = PortraitPartRequest { portrait, offset, bytes };
            self.run(|work| portraits::part(work, &phone.caller, &part)).unwrap();
        }
        portrait
    }

    /// The newest message to an address.
    pub(crate) fn last_message_to(&mut self, address: &str) -> String {
        let request = MessagesRequest { address: Some(address.into()), after: None };
        self.run(|work| messages(work, request)).unwrap().messages.pop().unwrap().body
    }

    /// Everything that an application cites.
    pub(crate) fn application(&mut self, phone: &Phone, citizen: &Citizen, source: CardSource) -> ApplicationRequest {
        let otp_challenges = vec![self.proven(phone, register(&citizen.phone), &citizen.phone)];
        let password = self.password(phone, PASSWORD, true).unwrap();
        let portrait = self.portrait(phone);
        let consents = vec![self.consent(Purpose::Identity), self.consent(Purpose::Portrait)];
        ApplicationRequest { card: citizen.details(source), otp_challenges, password, portrait, consents }
    }

    /// To today's texts.
    pub(crate) fn consent(&self, purpose: Purpose) -> Consent {
        Consent { purpose, terms: 1, given_at: self.now }
    }

    pub(crate) fn apply(&mut self, phone: &Phone, citizen: &Citizen, source: CardSource) -> Application {
        let request = self.application(phone, citizen, source);
        self.run(|work| applications::apply(work, &phone.caller, request)).unwrap()
    }

    /// A phone with an account and a session.
    pub(crate) fn holder(&mut self, citizen: &Citizen) -> Phone {
        let mut phone = self.phone();
        phone.caller.account = self.apply(&phone, citizen, CardSource::Scanned).account;
        assert!(phone.caller.account.is_some());
        phone
    }

    pub(crate) fn sign_in(&mut self, phone: &Phone, citizen: &Citizen, password: &str) -> Result<SignIn, Problem> {
        let request = sign_in_request(citizen, password, None);
        self.run(|work| sign_in::sign_in(work, &phone.caller, request))
    }
}

pub(crate) fn sign_in_request(citizen: &Citizen, password: &str, otp_challenge: Option<Id>) -> SignInRequest {
    SignInRequest { id_number: citizen.number.clone(), password: Secret::new(password.into()), otp_challenge }
}

pub(crate) fn context() -> OtpContext {
    OtpContext { device: "Máy Mẫu 1".into(), place: None }
}

/// To prove an address.
pub(crate) fn register(address: &str) -> OtpChallengeRequest {
    to_prove(OtpPurpose::Register, address)
}

/// To prove a phone number or an email address for a purpose.
pub(crate) fn to_prove(purpose: OtpPurpose, address: &str) -> OtpChallengeRequest {
    let channel = if address.contains('@') { OtpChannel::Email } else { OtpChannel::Sms };
    let subject = OtpSubject::Address { address: address.into() };
    OtpChallengeRequest { purpose, channel, subject, platform: MessagePlatform::Ios, context: context() }
}

/// For an account, by text message.
pub(crate) fn for_account(purpose: OtpPurpose, number: &str) -> OtpChallengeRequest {
    let subject = OtpSubject::Account { id_number: number.into() };
    OtpChallengeRequest {
        purpose,
        channel: OtpChannel::Sms,
        subject,
        platform: MessagePlatform::Plain,
        context: context(),
    }
}

pub(crate) fn key_pair() -> EcdsaKeyPair {
    let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap()
}

pub(crate) fn public(pair: &EcdsaKeyPair) -> PublicKey {
    PublicKey::from_point(pair.public_key().as_ref()).unwrap()
}

pub(crate) fn evidence(pair: &EcdsaKeyPair) -> KeyEvidence {
    KeyEvidence {
        spki: Blob(public(pair).spki().to_vec()),
        level: KeyLevel::Software,
        format: AttestationFormat::Unattested,
        attestation: Blob::default(),
    }
}

/// A new `K_dev` with its proof.
pub(crate) fn new_dev(new: &EcdsaKeyPair, old: &EcdsaKeyPair, challenge: &Blob, account: Id) -> NewDeviceKey {
    let challenge: [u8; 32] = challenge.0.as_slice().try_into().unwrap();
    let proof = rekey_proof(&challenge, account, public(new).spki(), public(old).spki());
    let proof = Blob(new.sign(&SystemRandom::new(), &proof).unwrap().as_ref().to_vec());
    NewDeviceKey { evidence: evidence(new), proof }
}
