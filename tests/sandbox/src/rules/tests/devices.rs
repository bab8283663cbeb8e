use citizen_keystore::AttestationFormat;
use citizen_protocol::enrol::device_id;
use citizen_protocol::wire::{Blob, Code, DeviceRequest, KeyEvidence};

use crate::rules::devices::{Standing, known_key, register};
use crate::rules::testing::{World, evidence, key_pair, public};
use crate::work::Caller;
use ring::signature::EcdsaKeyPair;

type Change<'a> = Box<dyn Fn(&mut DeviceRequest) + 'a>;

#[test]
fn a_registered_phone_is_found_by_its_thumbprint_and_its_evidence_is_kept_as_given() {
    let mut world = World::new();
    let dev = key_pair();
    let caller = Caller { key: public(&dev), device: None, account: None };
    let mut request = world.device_request(&dev, None);
    request.dev = KeyEvidence {
        format: AttestationFormat::AndroidKeyAttestation,
        attestation: Blob(vec![7; 32 << 10]),
        ..request.dev
    };
    let kept = request.dev.clone();
    let device = world.run(|work| register(work, &caller, request)).unwrap();
    assert_eq!(device.device, device_id(public(&dev).spki()));
    let known = known_key(&world.db, &public(&dev).thumbprint()).unwrap().unwrap();
    assert!(known.key == public(&dev) && known.device == device.device && known.standing == Standing::InForce);
    let evidence: String = world.db.query_row("SELECT evidence FROM phones", [], |row| row.get(0)).unwrap();
    assert_eq!(serde_json::from_str::<KeyEvidence>(&evidence).unwrap(), kept);
    assert!(known_key(&world.db, &public(&key_pair()).thumbprint()).unwrap().is_none());
}

#[test]
fn keys_that_do_not_go_with_their_evidence_are_refused() {
    let mut world = World::new();
    let (dev, auth, other) = (key_pair(), key_pair(), key_pair());
    let caller = Caller { key: public(&dev), device: None, account: None };
    let mut bent = public(&dev).spki().to_vec();
    bent[20] ^= 1;
    let attested =
        |attestation: Vec<u8>, format| KeyEvidence { format, attestation: Blob(attestation), ..evidence(&dev) };
    let cases: [(&str, Code, Change); 10] = [
        ("another signer", Code::EvidenceRefused, Box::new(|r| r.dev = evidence(&other))),
        ("one key twice", Code::EvidenceRefused, Box::new(|r| r.auth = Some(evidence(&dev)))),
        ("no SPKI", Code::EvidenceRefused, Box::new(|r| r.dev.spki = Blob(bent.clone()))),
        ("compressed", Code::EvidenceRefused, Box::new(|r| r.auth.as_mut().unwrap().spki.0.truncate(59))),
        (
            "evidence of nothing",
            Code::EvidenceRefused,
            Box::new(|r| r.dev = attested(vec![1], AttestationFormat::Unattested)),
        ),
        (
            "no evidence",
            Code::EvidenceRefused,
            Box::new(|r| r.dev = attested(vec![], AttestationFormat::AppleAppAttest)),
        ),
        (
            "evidence over 32 KiB",
            Code::TooLarge,
            Box::new(|r| r.dev = attested(vec![1; (32 << 10) + 1], AttestationFormat::AppleAppAttest)),
        ),
        ("a model of 65 characters", Code::BadRequest, Box::new(|r| r.model = "M".repeat(65))),
        ("a line break", Code::BadRequest, Box::new(|r| r.os = "a\nb".into())),
        ("another challenge", Code::ChallengeGone, Box::new(|r| r.challenge = Blob(vec![0; 32]))),
    ];
    for (name, code, change) in cases {
        let mut request = world.device_request(&dev, Some(&auth));
        change(&mut request);
        assert_eq!(world.code(|work| register(work, &caller, request)), code, "{name}");
    }
}

#[test]
fn a_challenge_works_once_and_for_ten_minutes() {
    let mut world = World::new();
    let (first, second) = (key_pair(), key_pair());
    let caller = |pair: &EcdsaKeyPair| Caller { key: public(pair), device: None, account: None };
    let request = world.device_request(&first, None);
    let mut again = request.clone();
    again.dev = evidence(&second);
    world.run(|work| register(work, &caller(&first), request)).unwrap();
    assert_eq!(world.code(|work| register(work, &caller(&second), again)), Code::ChallengeGone);
    for (wait, expected) in [(599, None), (600, Some(Code::ChallengeGone))] {
        let pair = key_pair();
        let request = world.device_request(&pair, None);
        let caller = caller(&pair);
        world.later(wait);
        let answer = world.run(|work| register(work, &caller, request));
        assert_eq!(answer.err().map(|problem| problem.code), expected, "{wait} s");
    }
}

#[test]
fn a_key_is_registered_once_and_the_refusal_leaves_the_challenge() {
    let mut world = World::new();
    let phone = world.phone();
    let request = world.device_request(&phone.dev, None);
    assert_eq!(world.code(|work| register(work, &phone.caller, request)), Code::KeyInUse);
    assert_eq!(world.count("SELECT COUNT(*) FROM enrol_challenges"), 1);
}
