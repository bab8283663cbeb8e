//! Signing a request, with everything around it, beside a bare ring signature over as many bytes.

use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result};
use citizen_phone::RawKey;
use citizen_protocol::digest;
use citizen_protocol::signature::{Covered, IdempotencyKey, Nonce, Parameters, ToSign, target_uri};
use citizen_protocol::wire::{Id, UnixTime};

use crate::{median_us, print};

const ROUNDS: usize = 5000;
/// Of an application's JSON.
const BODY: usize = 600;

pub(crate) fn run() -> Result<()> {
    let key = RawKey::new();
    let keyid = key.public().thumbprint();
    let body = vec![b'x'; BODY];
    let (mut sealed, mut bare) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let start = Instant::now();
        let (length, headers) = seal(&key, &keyid, &body, round)?;
        sealed.push(start.elapsed());
        black_box(headers);

        let message = vec![b'x'; length];
        let start = Instant::now();
        black_box(key.sign(&message));
        bare.push(start.elapsed());
    }
    print("sign a request", "citizen", median_us(sealed), "us")?;
    print("sign a request", "ring alone", median_us(bare), "us")
}

/// From a body to the headers, as the client does it.
fn seal(
    key: &RawKey,
    keyid: &str,
    body: &[u8],
    round: usize,
) -> Result<(usize, citizen_protocol::signature::Headers)> {
    let content_digest = digest::content_digest(body);
    let idempotency_key = IdempotencyKey(Id((round as u128).to_be_bytes())).header();
    let covered = Covered {
        method: "POST",
        target_uri: &target_uri("localhost:8443", "/v1/applications"),
        content_digest: &content_digest,
        idempotency_key: Some(&idempotency_key),
        authorization: None,
    };
    let nonce = Nonce::new("AAAAAGkhbYAx2fkX0Q", (round as u128).to_be_bytes()).context("a nonce")?;
    let parameters = Parameters { created: UnixTime(1_790_000_000), nonce, keyid: keyid.to_owned() };
    let to_sign = ToSign::new(&covered, &parameters).context("headers of one line each")?;
    let signature = key.sign(to_sign.base().as_bytes());
    Ok((to_sign.base().len(), to_sign.signed(&signature)))
}
