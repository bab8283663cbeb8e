use std::sync::mpsc;

use citizen_journeys::EffectId;
use citizen_keystore::{CreatedKey, Deletion, Fault, KeyPolicy, Prompt};
use citizen_protocol::wire::{CardDetails, CardSource, Id, LockRequest, RecoveryRequest};
use citizen_service::Envelope;
use citizen_vault::{Changes, Opened, Schema, Store};

use super::queued::{Lasting, Wish};
use super::*;
use crate::testing::{PATIENCE, Phone};

/// Effects on a phone whose service is not there.
struct Stage {
    effects: Effects,
    vault: Arc<Vault>,
    replies: mpsc::Receiver<Message>,
    _phone: Phone,
}

impl Stage {
    fn new(keystore: impl FnOnce(&Phone) -> Arc<dyn DeviceKeystore>) -> Self {
        let phone = Phone::new();
        let keystore = keystore(&phone);
        let config = citizen_vault::Config { folder: phone.path("vault"), schema: Schema::new(&[]) };
        // The vault's keys are no part of any script.
        let Opened { vault, .. } = Vault::open(&config, phone.keys([])).unwrap();
        let vault = Arc::new(vault);
        let (queue, replies) = mpsc::channel();
        let (config, setup) = (phone.config(), phone.setup());
        let client = config.client(&setup).unwrap();
        let effects = Effects::new(config, client, setup, &vault, keystore, queue).unwrap();
        Self { effects, vault, replies, _phone: phone }
    }

    fn scripted(script: impl IntoIterator<Item = Fault>) -> Self {
        Self::new(|phone| phone.keys(script))
    }

    /// As the worker does it: what follows is committed.
    fn does(&self, what: Do, secret: &str) -> Outcome {
        let secret = Some(secret).filter(|secret| !secret.is_empty()).map(|secret| Secret::new(secret.to_owned()));
        let given = Given { secret, portrait: None, language: Language::En };
        let (outcome, then) = self.effects.thread.handle().block_on(self.effects.service.run(what, given, |_| ()));
        if !then.is_nothing() {
            self.vault.commit(then.changes(Changes::new()).unwrap()).unwrap();
        }
        outcome
    }

    fn is_right(&self, pin: &str) -> bool {
        let Outcome::Pin { right } = self.does(Do::CheckPin, pin) else { panic!("no answer") };
        right
    }

    fn authenticates(&self) -> Outcome {
        self.does(Do::Authenticate { title: "Unlock".into() }, "")
    }
}

fn failed(error: KeystoreError) -> Outcome {
    Outcome::Failed(Failure::Keystore(error))
}

#[test]
fn only_the_pin_that_was_set_is_right() {
    let stage = Stage::scripted([]);
    assert_eq!(stage.does(Do::CheckPin, "271828"), Outcome::Failed(Failure::Gone));
    assert_eq!(stage.does(Do::SetPin, "271828"), Outcome::Done);
    assert!(stage.is_right("271828"));
    assert!(!stage.is_right("271829") && !stage.is_right("27182") && !stage.is_right("2718280"));
    assert_eq!(stage.does(Do::SetPin, "314159"), Outcome::Done);
    assert!(stage.is_right("314159") && !stage.is_right("271828"));
    assert_eq!(stage.does(Do::RemovePin, ""), Outcome::Done);
    assert_eq!(stage.does(Do::CheckPin, "314159"), Outcome::Failed(Failure::Gone));
}

#[test]
fn the_same_pin_is_kept_in_another_form_each_time_and_never_as_it_is() {
    let stage = Stage::scripted([]);
    let mut rows = Vec::new();
    for _ in 0..2 {
        stage.does(Do::SetPin, "271828");
        rows.push(stage.vault.value("pin", "app").unwrap().unwrap());
    }
    assert_ne!(rows[0], rows[1]);
    assert!(!String::from_utf8_lossy(&rows[0]).contains("271828"));
}

#[test]
fn what_needs_a_secret_that_a_kill_took_says_so() {
    let stage = Stage::scripted([]);
    let sign_in = Do::SignIn { id_number: "079190123456".into(), otp_challenge: None };
    let verify = Do::VerifyCode { challenge: Id([1; 16]) };
    for what in [sign_in, verify, Do::GivePassword { personal: vec![] }, Do::SetPin, Do::SendPortrait] {
        assert_eq!(stage.does(what.clone(), ""), Outcome::Failed(Failure::Gone), "{what:?}");
    }
}

#[test]
fn the_phone_s_owner_is_asked_and_the_key_is_kept() {
    let stage = Stage::scripted([]);
    assert_eq!(stage.authenticates(), Outcome::Done);
    let row = stage.vault.value("owner", "key").unwrap().unwrap();
    assert_eq!(stage.authenticates(), Outcome::Done);
    assert_eq!(stage.vault.value("owner", "key").unwrap().unwrap(), row);
}

#[test]
fn a_phone_without_a_lock_says_so() {
    let none = Fault::Fails(KeystoreError::NotEnrolled);
    assert_eq!(Stage::scripted([none, none]).authenticates(), failed(KeystoreError::NotEnrolled));
    // No biometric, but a PIN of the phone's own.
    assert_eq!(Stage::scripted([none]).authenticates(), Outcome::Done);
}

#[test]
fn a_key_that_is_gone_or_died_is_made_anew_once() {
    for lost in [KeystoreError::Invalidated, KeystoreError::KeyMissing] {
        // Made, signed; lost, made, signed.
        let stage = Stage::scripted([Fault::Works, Fault::Works, Fault::Fails(lost)]);
        assert_eq!(stage.authenticates(), Outcome::Done);
        assert_eq!(stage.authenticates(), Outcome::Done);
        let again = [Fault::Works, Fault::Works, Fault::Fails(lost), Fault::Works, Fault::Fails(lost)];
        let stage = Stage::scripted(again);
        assert_eq!(stage.authenticates(), Outcome::Done);
        assert_eq!(stage.authenticates(), failed(lost));
    }
}

#[test]
fn a_holder_who_says_no_is_not_asked_twice() {
    let stage = Stage::scripted([Fault::Works, Fault::Fails(KeystoreError::UserCancelled)]);
    assert_eq!(stage.authenticates(), failed(KeystoreError::UserCancelled));
    assert_eq!(stage.authenticates(), Outcome::Done);
    let locked = KeystoreError::LockedOut { retry_s: 30 };
    let stage = Stage::scripted([Fault::Works, Fault::Fails(locked), Fault::Panics]);
    assert_eq!(stage.authenticates(), failed(locked));
    assert_eq!(stage.authenticates(), failed(KeystoreError::Unexpected));
}

/// Says yes to everybody, and signs with a key of its own.
struct Forger(Arc<dyn DeviceKeystore>);

impl DeviceKeystore for Forger {
    fn create(&self, alias: String, policy: KeyPolicy, challenge: Vec<u8>) -> Result<CreatedKey, KeystoreError> {
        self.0.create(format!("{alias}.forged"), policy, challenge.clone())?;
        self.0.create(alias, policy, challenge)
    }

    fn sign(&self, alias: String, message: Vec<u8>, prompt: Option<Prompt>) -> Result<Vec<u8>, KeystoreError> {
        self.0.sign(format!("{alias}.forged"), message, prompt)
    }

    fn wrap(&self, alias: String, secret: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.0.wrap(alias, secret)
    }

    fn unwrap(&self, alias: String, wrapped: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.0.unwrap(alias, wrapped)
    }

    fn delete(&self, alias: String) -> Result<Deletion, KeystoreError> {
        self.0.delete(alias)
    }
}

#[test]
fn an_answer_that_is_signed_with_another_key_is_no_answer() {
    let stage = Stage::new(|phone| Arc::new(Forger(phone.keys([]))));
    for _ in 0..2 {
        assert_eq!(stage.authenticates(), failed(KeystoreError::Unexpected));
    }
}

fn recovery(byte: u8) -> RecoveryRequest {
    let id = Id([byte; 16]);
    RecoveryRequest { id_number: "079190123456".into(), otp_challenge: id, portrait: id, password: id }
}

#[test]
fn a_call_that_was_not_answered_waits_and_one_that_was_never_sent_gives_way() {
    let stage = Stage::scripted([]);
    let outbox = &stage.effects.service.outbox;
    let is_in = |call: &RecoveryRequest| {
        let queued = stage
            .effects
            .thread
            .handle()
            .block_on(outbox.queued(RecoveryRequest::NAME, &Envelope::lasting(call).unwrap()))
            .unwrap();
        queued.map(|queued| queued.is_same)
    };
    for byte in [1, 1, 2] {
        let outcome = stage.does(Do::Recover(Box::new(recovery(byte))), "");
        assert_eq!(outcome, Outcome::Failed(Failure::Offline));
        assert_eq!(is_in(&recovery(byte)), Some(true));
    }
    assert_eq!(is_in(&recovery(1)), Some(false));
}

#[test]
fn kinds_of_calls_do_not_wait_for_each_other() {
    let stage = Stage::scripted([]);
    let service = &stage.effects.service;
    let wish = Wish::of(&LockRequest {}).unwrap();
    let _busy = stage.effects.thread.handle().block_on(service.turns.take(RecoveryRequest::NAME));
    let locked = stage.effects.thread.handle().block_on(async {
        tokio::time::timeout(PATIENCE, service.see_through(&wish)).await.map(|(outcome, _)| outcome)
    });
    assert_eq!(locked.unwrap(), Outcome::Failed(Failure::Offline));
}

#[test]
fn every_effect_is_answered_even_without_a_service() {
    let stage = Stage::scripted([]);
    let card = CardDetails {
        id_number: "079190123456".into(),
        old_id_number: None,
        name: "Nguyễn Văn A".into(),
        birth_date: "1990-01-31".into(),
        sex: "Nam".into(),
        address: "Hà Nội".into(),
        issue_date: "2021-05-01".into(),
        source: CardSource::Typed,
    };
    let id = Id([7; 16]);
    let application = citizen_protocol::wire::ApplicationRequest {
        card,
        otp_challenges: vec![id],
        password: id,
        portrait: id,
        consents: vec![],
    };
    let all = [
        Do::FetchPolicy,
        Do::AskApplication { application: None },
        Do::AskActivation { activation: Some(id) },
        Do::AskRecovery { recovery: None },
        Do::ResendCode { challenge: id },
        Do::Apply(Box::new(application)),
        Do::LockAccount,
        Do::FetchAccount,
        Do::FetchPrivacy,
        Do::Export,
        Do::Delete,
        Do::SignOut,
    ];
    let count = all.len();
    for (effect, what) in all.into_iter().enumerate() {
        let effect = Effect { id: EffectId(effect as u64), what };
        stage.effects.start(effect, &Held::default(), Language::Vi);
    }
    let mut heard: Vec<u64> = (0..count)
        .map(|_| match stage.replies.recv_timeout(PATIENCE).unwrap() {
            Message::Reply(reply) => reply.effect.0,
            _ => panic!("effects only reply"),
        })
        .collect();
    heard.sort_unstable();
    assert_eq!(heard, (0..count as u64).collect::<Vec<_>>());
}
