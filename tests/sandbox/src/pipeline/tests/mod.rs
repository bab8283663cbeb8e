//! The pipeline with small rules of its own, whose effects can be counted.

mod idempotency;
mod rules;

use std::sync::Arc;

use axum::body::Body;
use citizen_protocol::digest::content_digest;
use citizen_protocol::signature::{Covered, IdempotencyKey, Nonce, Parameters, ToSign, target_uri};
use citizen_protocol::wire::{Code, Id, Method, UnixTime};
use http::{HeaderMap, HeaderName, HeaderValue};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::EcdsaKeyPair;
use tempfile::TempDir;

use super::{Answer, Incoming, Service, answer, server_part};
use crate::clock::Time;
use crate::data::Folder;
use crate::embedded::{Config, open};
use crate::routes::{Access, Asker, Gives, Params, Prepared, Route, Takes, schema_of};
use crate::rules::testing::{key_pair, public};
use crate::work::{Ruling, Work};

/// 2026-01-01T00:00:00Z.
const NOW: UnixTime = UnixTime(1_767_225_600);

/// A service with a registered phone, and a table for effects.
struct World {
    service: Arc<Service>,
    phone: EcdsaKeyPair,
    folder: Folder,
    /// Goes last.
    temporary: TempDir,
}

impl World {
    async fn new() -> Self {
        let temporary = TempDir::new().unwrap();
        let (service, folder) = start(&temporary);
        let world = Self { service, phone: key_pair(), folder, temporary };
        let key = public(&world.phone);
        let register = move |db: &rusqlite::Transaction| {
            db.execute_batch("CREATE TABLE effect (value INTEGER PRIMARY KEY AUTOINCREMENT)")?;
            db.execute(
                "INSERT INTO phones (id, keyid, spki, evidence, model, os, app_version, registered_at) \
                 VALUES (?, ?, ?, '', '', '', '', 0)",
                rusqlite::params![[1_u8; 16], key.thumbprint(), key.spki()],
            )
        };
        world.service.writer.run(register).await.unwrap();
        world
    }

    /// The same folder after a restart.
    fn restarted(self) -> Self {
        let Self { service, phone, folder, temporary } = self;
        service.readers.close();
        service.writer.close();
        drop((service, folder));
        let (service, folder) = start(&temporary);
        Self { service, phone, folder, temporary }
    }

    /// Sends a signed POST.
    async fn post(&self, route: &Route, key: IdempotencyKey, body: &str) -> Answer {
        let nonce = Nonce::new(&server_part(&self.service.keys.mac, self.service.clock.now()), random()).unwrap();
        self.post_with(route, key, body, nonce).await
    }

    async fn post_with(&self, route: &Route, key: IdempotencyKey, body: &str, nonce: Nonce) -> Answer {
        let (digest, key) = (content_digest(body.as_bytes()), key.header());
        let covered = Covered {
            method: "POST",
            target_uri: &target_uri(&self.service.host, route.path),
            content_digest: &digest,
            idempotency_key: Some(&key),
            authorization: None,
        };
        let keyid = public(&self.phone).thumbprint();
        let to_sign = ToSign::new(&covered, &Parameters { created: self.service.clock.now(), nonce, keyid }).unwrap();
        let signature = self.phone.sign(&SystemRandom::new(), to_sign.base().as_bytes()).unwrap();
        let signed = to_sign.signed(signature.as_ref().try_into().unwrap());
        let headers: HeaderMap = [
            ("content-type", "application/json".to_owned()),
            ("content-digest", digest.clone()),
            ("idempotency-key", key.clone()),
            ("signature-input", signed.signature_input),
            ("signature", signed.signature),
        ]
        .into_iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(&value).unwrap()))
        .collect();
        let body = Body::from(body.to_owned());
        let request = Incoming { target: route.path.to_owned(), headers, params: Params::default(), body };
        answer(&self.service, route, request).await
    }

    fn effects(&self) -> u32 {
        let sql = "SELECT count(*) FROM effect";
        self.service.readers.read(|db| db.query_row(sql, [], |row| row.get(0))).unwrap()
    }
}

fn start(temporary: &TempDir) -> (Arc<Service>, Folder) {
    let folder = Folder::open(temporary.path(), false).unwrap();
    let config = Config { time: Time::Standing(NOW), citizens: 10, ..Config::new(temporary.path()) };
    let (service, _) = open(&folder, &config, 8443).unwrap();
    (Arc::new(service), folder)
}

/// POST /test, decided by `rule`.
fn route(rule: impl Fn(&Work<'_>) -> Ruling<u64> + Copy + Send + Sync + 'static) -> Route {
    let prepare = move |_: &Params, body: Vec<u8>| {
        if body == b"nonsense" {
            return Err(Code::BadBody);
        }
        let rule = move |work: &Work<'_>, _: Asker<'_>| Ok(Answer::json(&rule(work)?));
        Ok(Box::new(rule) as Prepared)
    };
    let gives = Gives::Json(schema_of::<u64>);
    let route = Route::new(Method::Post, "/test", Access::Phone, Box::new(prepare), gives);
    Route { takes: Takes::Json(schema_of::<u64>), ..route }
}

/// Has an effect, and answers its number.
fn effect(work: &Work<'_>) -> Ruling<u64> {
    work.db.prepare_cached("INSERT INTO effect DEFAULT VALUES")?.execute([])?;
    Ok(work.db.last_insert_rowid().unsigned_abs())
}

fn key() -> IdempotencyKey {
    IdempotencyKey(Id(random()))
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).unwrap();
    bytes
}

fn code(answer: &Answer) -> String {
    let problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    problem["code"].as_str().unwrap_or_default().to_owned()
}
