//! A phone's key, and requests signed by it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_protocol::digest::content_digest;
use citizen_protocol::key::PublicKey;
use citizen_protocol::signature::{Covered, IdempotencyKey, Nonce, Parameters, ToSign, target_uri};
use citizen_protocol::wire::{Id, UnixTime};
use citizen_sandbox::{Sandbox, ServiceIdentity};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use crate::client::{Client, Reply};

pub(crate) struct Phone {
    pair: EcdsaKeyPair,
    pub(crate) key: PublicKey,
}

/// A request before it is signed; a test changes what it is about.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) body: Vec<u8>,
    pub(crate) media_type: &'static str,
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    pub(crate) token: Option<String>,
    pub(crate) created: UnixTime,
    pub(crate) nonce: Nonce,
}

/// A request as it goes out, and could be caught.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Phone {
    pub(crate) fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let key = PublicKey::from_point(pair.public_key().as_ref()).unwrap();
        Self { pair, key }
    }

    /// r||s over any bytes.
    pub(crate) fn sign_bytes(&self, bytes: &[u8]) -> [u8; 64] {
        self.pair.sign(&SystemRandom::new(), bytes).unwrap().as_ref().try_into().unwrap()
    }

    pub(crate) fn sign(&self, draft: &Draft, identity: &ServiceIdentity) -> Signed {
        let digest = content_digest(&draft.body);
        let idempotency_key = draft.idempotency_key.map(IdempotencyKey::header);
        let authorization = draft.token.as_ref().map(|token| format!("Bearer {token}"));
        let covered = Covered {
            method: draft.method,
            target_uri: &target_uri(&identity.authority(), &draft.target),
            content_digest: &digest,
            idempotency_key: idempotency_key.as_deref(),
            authorization: authorization.as_deref(),
        };
        let keyid = self.key.thumbprint();
        let parameters = Parameters { created: draft.created, nonce: draft.nonce.clone(), keyid };
        let to_sign = ToSign::new(&covered, &parameters).unwrap();
        let signature = self.pair.sign(&SystemRandom::new(), to_sign.base().as_bytes()).unwrap();
        let signed = to_sign.signed(signature.as_ref().try_into().unwrap());
        let mut headers = vec![
            ("content-digest", digest.clone()),
            ("signature-input", signed.signature_input),
            ("signature", signed.signature),
        ];
        headers.extend(idempotency_key.map(|key| ("idempotency-key", key)));
        headers.extend(authorization.map(|authorization| ("authorization", authorization)));
        if !draft.body.is_empty() {
            headers.push(("content-type", draft.media_type.to_owned()));
        }
        Signed { method: draft.method, target: draft.target.clone(), headers, body: draft.body.clone() }
    }

    /// What registers it.
    pub(crate) fn registration(&self, challenge: &str) -> Value {
        let evidence = json!({
            "spki": URL_SAFE_NO_PAD.encode(self.key.spki()), "level": "software", "format": "unattested", "attestation": "",
        });
        json!({
            "challenge": challenge, "dev": evidence, "auth": null,
            "model": "Hươu Sao 5", "os": "Android 14", "app_version": "0.1.0",
        })
    }
}

impl Signed {
    pub(crate) fn send(&self, client: &mut Client) -> std::io::Result<Reply> {
        let headers: Vec<_> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        client.send(self.method, &self.target, &headers, &self.body)
    }
}

/// A connection with a phone that is registered, if the test wants that.
pub(crate) struct Session<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) client: Client,
    pub(crate) phone: Phone,
}

impl<'a> Session<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox) -> Self {
        Self { sandbox, client: Client::connect(sandbox.identity()), phone: Phone::new() }
    }

    pub(crate) fn registered(sandbox: &'a Sandbox) -> Self {
        let mut session = Self::new(sandbox);
        let reply = session.register();
        assert_eq!(reply.status, 200, "{:?}", reply.json());
        session
    }

    pub(crate) fn register(&mut self) -> Reply {
        let challenge = self.challenge();
        let draft = self.draft("POST", "/v1/devices", Some(&self.phone.registration(&challenge)));
        self.send(&draft)
    }

    /// An enrolment challenge.
    pub(crate) fn challenge(&mut self) -> String {
        let headers = [("content-type", "application/json")];
        let reply = self.client.send("POST", "/v1/enrol-challenges", &headers, b"{}").unwrap();
        reply.json()["challenge"].as_str().unwrap().to_owned()
    }

    /// With a fresh nonce, at the service's time, with an idempotency key unless it reads.
    pub(crate) fn draft(&mut self, method: &'static str, target: &str, body: Option<&Value>) -> Draft {
        Draft {
            method,
            target: target.to_owned(),
            body: body.map_or_else(Vec::new, |body| body.to_string().into_bytes()),
            media_type: "application/json",
            idempotency_key: (method != "GET").then(|| IdempotencyKey(Id(random()))),
            token: None,
            created: self.sandbox.now(),
            nonce: self.nonce(),
        }
    }

    /// A nonce of the service's present part.
    pub(crate) fn nonce(&mut self) -> Nonce {
        let reply = self.client.send("GET", "/openapi.json", &[], b"").unwrap();
        Nonce::new(&reply.headers["eid-nonce"], random()).unwrap()
    }

    pub(crate) fn send(&mut self, draft: &Draft) -> Reply {
        self.phone.sign(draft, self.sandbox.identity()).send(&mut self.client).unwrap()
    }
}

pub(crate) fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).unwrap();
    bytes
}
