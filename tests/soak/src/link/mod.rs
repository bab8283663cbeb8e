//! Registrations through a network that fails: each ends done, or with an error that says how to go on; the service's database has none
//! twice and none half.

mod chaos;
mod check;

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
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
    faults: String,
    database: check::Findings,
    took: Duration,
}

impl Report {
    pub(crate) fn is_good(&self) -> bool {
        self.without_a_way_on == 0 && self.database.is_good()
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
        writeln!(out, "faults         {}", self.faults)?;
        write!(out, "{}", self.database)
    }
}

/// One registration's end.
type End = (String, Result<Application, Failed>);

async fn run(registrations: u32, seed: u64) -> Result<Report> {
    let folder = tempfile::tempdir()?;
    let chaos = Chaos::bind().await?;
    let mut config = Config::new(folder.path().join("service"));
    config.named_port = Some(chaos.port()?);
    let sandbox = Arc::new(tokio::task::spawn_blocking(move || Sandbox::start(&config)).await??);
    let counts = Arc::clone(&chaos.counts);
    let service = SocketAddr::from((Ipv4Addr::LOCALHOST, sandbox.port()));
    let proxy = tokio::spawn(chaos.run(service, seed, ONE_IN));

    let started = Instant::now();
    let ends = register_all(&sandbox, registrations, folder.path()).await?;
    let took = started.elapsed();

    proxy.abort();
    let _ = proxy.await;
    let sandbox = Arc::into_inner(sandbox).context("a registration still runs")?;
    let database = sandbox.data().join("sandbox.db");
    tokio::task::spawn_blocking(|| sandbox.stop()).await?;
    let done = ends.iter().filter_map(|(number, end)| Some((number.clone(), end.as_ref().ok()?.id))).collect();
    let findings = check::database(&database, &done)?;
    Ok(report(&ends, counts.to_string(), findings, took))
}

async fn register_all(sandbox: &Arc<Sandbox>, registrations: u32, folder: &std::path::Path) -> Result<Vec<End>> {
    let mut setup = Setup::new(sandbox.identity());
    // A dropped segment is never sent again by this proxy: only a time-out ends the wait for it.
    setup.client.limits =
        TimeLimits { connect: Duration::from_secs(2), read: Duration::from_secs(3), call: Duration::from_secs(10) };
    setup.client.backoff = Backoff { first: Duration::from_millis(100), longest: Duration::from_secs(2), tries: 6 };
    let (population, at_once) = (Population::default(), Arc::new(Semaphore::new(PHONES)));
    let mut running = JoinSet::new();
    for nth in 0..registrations {
        let (setup, sandbox, at_once) = (setup.clone(), Arc::clone(sandbox), Arc::clone(&at_once));
        let (citizen, folder) = (population.of(Kind::Plain, nth), folder.join(nth.to_string()));
        running.spawn(async move {
            let _turn = at_once.acquire_owned().await?;
            let phone = {
                let folder = folder.clone();
                tokio::task::spawn_blocking(move || Phone::start(&folder, &setup)).await?
            };
            let end = phone.register(&sandbox, &citizen).await;
            tokio::task::spawn_blocking(move || {
                drop(phone);
                let _ = std::fs::remove_dir_all(folder);
            })
            .await?;
            Ok::<End, anyhow::Error>((citizen.number, end))
        });
    }
    let mut ends = Vec::new();
    while let Some(end) = running.join_next().await {
        ends.push(end??);
        if ends.len() % 100 == 0 {
            eprintln!("{} of {registrations}", ends.len());
        }
    }
    Ok(ends)
}

fn report(ends: &[End], faults: String, database: check::Findings, took: Duration) -> Report {
    let (mut done, mut stopped, mut without_a_way_on) = (0, BTreeMap::new(), 0);
    for (_, end) in ends {
        match end {
            Ok(_) => done += 1,
            Err(failed) => {
                let next = failed.error.next();
                // A network that fails is no reason for an update: that would be no way on.
                without_a_way_on += u32::from(next == Next::Update);
                *stopped.entry(format!("{failed}: {next:?}")).or_default() += 1;
            }
        }
    }
    Report { done, stopped, without_a_way_on, faults, database, took }
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
