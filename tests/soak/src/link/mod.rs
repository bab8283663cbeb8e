//! Registrations through a network that fails: each ends done, or with an error that says how to go on; the service's database has none
//! twice and none half.

mod chaos;
mod check;

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use citizen_phone::{Failed, Phone, Setup};
use citizen_protocol::wire::{Application, Next};
use citizen_sandbox::{Config, Kind, Population, Sandbox};
use citizen_service::{Backoff, TimeLimits};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use chaos::Chaos;

/// Phones at once.
const PHONES: usize = 24;
/// What an hour later means: waits between codes and their count are over.
const HOUR_S: u64 = 3700;
/// One reading of the proxy in so many meets a fault: two or three in a registration.
const ONE_IN: u32 = 12;

/// Runs registrations and prints their counts.
pub(crate) fn soak(registrations: u32, seed: u64) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let report = runtime.block_on(run(registrations, seed))?;
    println!("{report}");
    if report.is_good() { Ok(()) } else { bail!("a registration is doubled, half or without a way on") }
}

/// What became of them.
pub(crate) struct Report {
    /// Done, as their phones say.
    done: u32,
    /// The others, by where and how they ended.
    stopped: BTreeMap<String, u32>,
    /// Of these, with nothing said of how to go on.
    without_a_way_on: u32,
    /// Of those that stopped: not done either when their citizens came back an hour later, to a network that works.
    never_done: u32,
    faults: String,
    database: check::Findings,
    took: Duration,
}

impl Report {
    pub(crate) fn is_good(&self) -> bool {
        self.without_a_way_on == 0 && self.never_done == 0 && self.database.is_good()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stopped: u32 = self.stopped.values().sum();
        writeln!(out, "registrations  {} in {} s", self.done + stopped, self.took.as_secs())?;
        writeln!(out, "  done         {}", self.done)?;
        writeln!(out, "  stopped      {stopped}, without a way on {}", self.without_a_way_on)?;
        for (how, count) in &self.stopped {
            writeln!(out, "    {count:5}  {how}")?;
        }
        writeln!(out, "  an hour later, without faults: {} of these not done", self.never_done)?;
        writeln!(out, "faults         {}", self.faults)?;
        write!(out, "{}", self.database)
    }
}

/// One registration's end.
struct End {
    nth: u32,
    number: String,
    result: Result<Application, Failed>,
}

async fn run(registrations: u32, seed: u64) -> Result<Report> {
    let folder = tempfile::tempdir()?;
    let chaos = Chaos::bind().await?;
    let mut config = Config::new(folder.path().join("service"));
    config.named_port = Some(chaos.port()?);
    let sandbox = Arc::new(tokio::task::spawn_blocking(move || Sandbox::start(&config)).await??);
    let (counts, calm) = (Arc::clone(&chaos.counts), Arc::clone(&chaos.calm));
    let service = SocketAddr::from((Ipv4Addr::LOCALHOST, sandbox.port()));
    let proxy = tokio::spawn(chaos.run(service, seed, ONE_IN));

    let started = Instant::now();
    let mut setup = Setup::new(sandbox.identity());
    // A dropped segment is never sent again by this proxy: only a time-out ends the wait for it.
    setup.client.limits =
        TimeLimits { connect: Duration::from_secs(2), read: Duration::from_secs(3), call: Duration::from_secs(10) };
    setup.client.backoff = Backoff { first: Duration::from_millis(100), longest: Duration::from_secs(2), tries: 6 };
    let phones = Phones { setup, folder: folder.path().to_owned(), sandbox: Arc::clone(&sandbox) };
    let ends = phones.register((0..registrations).collect()).await?;
    let took = started.elapsed();

    calm.store(true, Ordering::Relaxed);
    let advanced = Arc::clone(&sandbox);
    tokio::task::spawn_blocking(move || advanced.advance(HOUR_S)).await??;
    let stopped = ends.iter().filter(|end| end.result.is_err()).map(|end| end.nth).collect();
    let later = phones.register(stopped).await?;
    drop(phones);

    proxy.abort();
    let _ = proxy.await;
    let sandbox = Arc::into_inner(sandbox).context("a registration still runs")?;
    let database = sandbox.data().join("sandbox.db");
    tokio::task::spawn_blocking(|| sandbox.stop()).await?;
    let done = ends.iter().chain(&later).filter_map(|end| Some((end.number.clone(), end.result.as_ref().ok()?.id)));
    let findings = check::database(&database, &done.collect())?;
    let never_done =
        later.iter().filter(|end| end.result.is_err()).inspect(|end| eprintln!("{:?}", end.result)).count();
    let report = report(&ends, counts.to_string(), findings, took);
    Ok(Report { never_done: u32::try_from(never_done)?, ..report })
}

/// All phones of the run; each has a folder by its number.
struct Phones {
    setup: Setup,
    folder: PathBuf,
    sandbox: Arc<Sandbox>,
}

impl Phones {
    /// Registers these citizens, some at once. A phone that stops keeps its folder.
    async fn register(&self, numbers: Vec<u32>) -> Result<Vec<End>> {
        let (population, at_once) = (Population::default(), Arc::new(Semaphore::new(PHONES)));
        let mut running = JoinSet::new();
        let all = numbers.len();
        for nth in numbers {
            let (setup, sandbox, at_once) = (self.setup.clone(), Arc::clone(&self.sandbox), Arc::clone(&at_once));
            let (citizen, folder) = (population.of(Kind::Plain, nth), self.folder.join(nth.to_string()));
            running.spawn(async move {
                let _turn = at_once.acquire_owned().await?;
                let started = folder.clone();
                let phone = tokio::task::spawn_blocking(move || Phone::start(&started, &setup)).await?;
                let result = phone.register(&sandbox, &citizen).await;
                let is_done = result.is_ok();
                tokio::task::spawn_blocking(move || {
                    drop(phone);
                    if is_done {
                        let _ = std::fs::remove_dir_all(folder);
                    }
                })
                .await?;
                Ok::<End, anyhow::Error>(End { nth, number: citizen.number, result })
            });
        }
        let mut ends = Vec::new();
        while let Some(end) = running.join_next().await {
            ends.push(end??);
            if ends.len() % 100 == 0 {
                eprintln!("{} of {all}", ends.len());
            }
        }
        Ok(ends)
    }
}

fn report(ends: &[End], faults: String, database: check::Findings, took: Duration) -> Report {
    let (mut done, mut stopped, mut without_a_way_on) = (0, BTreeMap::new(), 0);
    for End { result, .. } in ends {
        match result {
            Ok(_) => done += 1,
            Err(failed) => {
                let next = failed.error.next();
                // A network that fails is no reason for an update: that would be no way on.
                without_a_way_on += u32::from(next == Next::Update);
                *stopped.entry(format!("{failed}: {next:?}")).or_default() += 1;
            }
        }
    }
    Report { done, stopped, without_a_way_on, never_done: 0, faults, database, took }
}

#[cfg(test)]
mod tests {
    /// The short version of `cargo xtask soak link`.
    #[test]
    fn registrations_through_a_failing_network_are_neither_doubled_nor_half() {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let report = runtime.block_on(super::run(60, 1)).unwrap();
        println!("{report}");
        assert!(report.is_good(), "{report}");
        assert!(report.done > 30, "{report}");
    }
}
