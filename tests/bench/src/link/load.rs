//! Registrations from 64 clients at once, at the sandbox and at the same server without a database.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use citizen_phone::RawClient;
use citizen_sandbox::{Config, Kind, Population, Sandbox, ServiceIdentity};

use crate::print;
use crate::registration::{Letterbox, register};
use crate::without_database::WithoutDatabase;

const CLIENTS: usize = 64;
/// Of the run without a database: its rate settles at once.
const SHORTER: u32 = 4;

pub(crate) fn run(time: Duration) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let sandbox = Arc::new(Sandbox::start(&Config::new(folder.path()))?);
    let identity = sandbox.identity().clone();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let rate = runtime.block_on(load(&identity, Arc::new(Letters(Arc::clone(&sandbox))), time))?;
    print("registrations", "citizen sandbox", rate, "1/s")?;

    let without = runtime.block_on(WithoutDatabase::start(&identity))?;
    let rate = runtime.block_on(load(&without.identity, Arc::new(without.letters()), time / SHORTER))?;
    print("registrations", "the same without a database", rate, "1/s")
}

struct Letters(Arc<Sandbox>);

impl Letterbox for Letters {
    fn newest(&self, address: &str) -> Option<String> {
        self.0.messages(address).pop().map(|message| message.body)
    }
}

/// Registrations a second; any that does not end in an account is an error.
async fn load(identity: &ServiceIdentity, letters: Arc<dyn Letterbox + Send>, time: Duration) -> Result<f64> {
    let (next, done, failed) =
        (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let start = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| {
            let (client, letters) = (RawClient::new(identity), Arc::clone(&letters));
            let (next, done, failed) = (Arc::clone(&next), Arc::clone(&done), Arc::clone(&failed));
            tokio::spawn(async move {
                let population = Population::default();
                while start.elapsed() < time {
                    let citizen = population.of(Kind::Plain, next.fetch_add(1, Ordering::Relaxed));
                    match register(&client, &citizen, &*letters).await {
                        Ok(true) => drop(done.fetch_add(1, Ordering::Relaxed)),
                        Ok(false) => drop(failed.fetch_add(1, Ordering::Relaxed)),
                        Err(answer) => {
                            failed.fetch_add(1, Ordering::Relaxed);
                            eprintln!("{} {:?}", answer.status, answer.problem().map(|problem| problem.code));
                        }
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.await?;
    }
    let rate = done.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64();
    match failed.load(Ordering::Relaxed) {
        0 => Ok(rate),
        failed => bail!("{failed} registrations failed, {rate:.0} a second did not"),
    }
}
