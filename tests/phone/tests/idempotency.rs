//! One idempotency key, one effect, whoever comes first.

mod common;

use std::sync::Arc;

use citizen_phone::{Phone, RawClient, RawKey, password};
use citizen_protocol::wire::{
    Blob, DeviceRequest, EnrolChallengeRequest, KeyEvidence, PasswordReference, PasswordRequest, UnixTime,
};
use common::Service;
use tokio::task::JoinSet;

const PAIRS: u32 = 1000;
/// Pairs under way at once.
const AT_ONCE: u32 = 50;

async fn registered(client: &RawClient) -> RawKey {
    let key = RawKey::new();
    let challenge = client.call(&EnrolChallengeRequest {}, &key, None).await.unwrap().challenge;
    let dev = KeyEvidence {
        spki: Blob(key.public().spki().to_vec()),
        level: citizen_keystore::KeyLevel::Software,
        format: citizen_keystore::AttestationFormat::Unattested,
        attestation: Blob::default(),
    };
    let info = Phone::info();
    let (model, os, app_version) = (info.model, info.os, info.app_version);
    client.call(&DeviceRequest { challenge, dev, auth: None, model, os, app_version }, &key, None).await.unwrap();
    key
}

/// The same request twice at the same time, each with its own nonce and signature: both references.
async fn pair(client: &RawClient, key: &RawKey, nth: u32) -> [PasswordReference; 2] {
    let call = PasswordRequest { password: password(nth), personal: Vec::new(), is_new: true };
    let first = client.request(&call, key, None);
    let mut second = first.clone();
    client.sign(&mut second, key, now());
    let (one, other) = tokio::join!(client.send(&first), client.send(&second));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!((one.status, one.body.clone()), (200, other.body.clone()), "{:?}", one.problem());
    [one, other].map(|answer| serde_json::from_slice(&answer.body).unwrap())
}

fn now() -> UnixTime {
    UnixTime(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_pairs_with_one_key_each_have_one_effect_and_one_answer() {
    let service = Service::start().await;
    let client = Arc::new(RawClient::new(service.sandbox.identity()));
    let key = Arc::new(registered(&client).await);
    let mut answers = Vec::new();
    for first in (0..PAIRS).step_by(AT_ONCE as usize) {
        let mut running = JoinSet::new();
        for nth in first..first + AT_ONCE {
            let (client, key) = (Arc::clone(&client), Arc::clone(&key));
            running.spawn(async move { pair(&client, &key, nth).await });
        }
        answers.extend(running.join_all().await);
    }
    let ids: std::collections::BTreeSet<_> = answers.iter().map(|[one, other]| (one.id, other.id)).collect();
    assert_eq!(ids.len(), PAIRS as usize);
    let database = service.sandbox.data().join("sandbox.db");
    let Service { sandbox, folder, .. } = service;
    common::blocking(|| sandbox.stop()).await;
    let db = rusqlite::Connection::open(database).unwrap();
    let references: u32 = db.query_row("SELECT count(*) FROM passwords", [], |row| row.get(0)).unwrap();
    assert_eq!(references, PAIRS);
    drop(folder);
}
