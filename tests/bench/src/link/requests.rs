//! 1,000 requests through the client, with key store, nonce, signature and limits, beside the same 1,000 through plain reqwest, signed
//! before the clock starts. Both take turns, so that what disturbs one disturbs both.

use std::time::Instant;

use anyhow::{Result, ensure};
use citizen_phone::{Phone, RawClient, RawKey, Setup};
use citizen_protocol::wire::{DeviceRequest, EnrolChallengeRequest, TrustRequest};
use citizen_sandbox::{Config, Sandbox};

use crate::registration::evidence;
use crate::{median_us, print};

const REQUESTS: usize = 1000;
/// Signed ahead at a time: a nonce of the service lives 300 s.
const AHEAD: usize = 100;

pub(crate) fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut config = Config::new(folder.path().join("service"));
    config.citizens = 0;
    let sandbox = Sandbox::start(&config)?;
    let phone = Phone::start(&folder.path().join("phone"), &Setup::new(sandbox.identity()));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        phone.binding.enrol(&Phone::info()).await?;
        let (plain, key) = (RawClient::new(sandbox.identity()), RawKey::new());
        enrol_raw(&plain, &key).await?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        while ours.len() < REQUESTS {
            let signed: Vec<_> = (0..AHEAD).map(|_| plain.request(&TrustRequest {}, &key, None)).collect();
            for request in &signed {
                let start = Instant::now();
                phone.link.call(&TrustRequest {}).await?;
                ours.push(start.elapsed());
                let start = Instant::now();
                let answer = plain.send(request).await?;
                theirs.push(start.elapsed());
                ensure!(answer.status == 200, "status {}", answer.status);
            }
        }
        print("signed request", "citizen", median_us(ours), "us")?;
        print("signed request", "plain reqwest", median_us(theirs), "us")
    })
}

async fn enrol_raw(client: &RawClient, key: &RawKey) -> Result<()> {
    let refused = |answer: citizen_phone::RawAnswer| anyhow::anyhow!("status {}", answer.status);
    let challenge = client.call(&EnrolChallengeRequest {}, key, None).await.map_err(refused)?.challenge;
    let request = DeviceRequest {
        challenge,
        dev: evidence(key),
        auth: None,
        model: "Model 1".into(),
        os: "Test 1".into(),
        app_version: "0.1.0".into(),
    };
    client.call(&request, key, None).await.map(drop).map_err(refused)
}
