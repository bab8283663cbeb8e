//! A running service: `citizen sandbox`, or within a test.

use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use citizen_protocol::wire::{OtpChannel, UnixTime};
use ring::rand::SystemRandom;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::clock::{Clock, Time};
use crate::data::{self, DataError, Folder, Readers, Writer};
use crate::faults::Faults;
use crate::identity::{HOST, ServiceIdentity};
use crate::pipeline::{self, Bell, Buckets, Limits, Service};
use crate::rules::desk::{self, MessagesRequest};
use crate::service_keys::{KeysError, ServiceKeys, Tls};
use crate::{population, rules, server};

/// How a service runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// On loopback; 0: any that is free.
    pub port: u16,
    /// The port that clients name, if they come through something that stands before the service: it is in what they sign.
    pub named_port: Option<u16>,
    /// The data folder; made if it is not there.
    pub data: PathBuf,
    /// Empties the data folder first.
    pub reset: bool,
    /// Where its clock takes the time from.
    pub time: Time,
    /// The seed of faults, if there shall be some.
    pub faults: Option<u64>,
    /// Twice as many of them fail.
    pub heavy: bool,
    /// How many requests it takes.
    pub limits: Limits,
    /// How long a request for a message of a transfer waits for one. Clients give up after 15 s without a byte.
    pub mailbox_wait: Duration,
    /// How many of the population are on record, from the first start on; the first ones are of all kinds.
    pub citizens: u32,
}

impl Config {
    /// On any free port, with real time and no faults.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            port: 0,
            named_port: None,
            data: data.into(),
            reset: false,
            time: Time::Real,
            faults: None,
            heavy: false,
            limits: Limits::default(),
            mailbox_wait: Duration::from_secs(10),
            citizens: population::SIZE,
        }
    }
}

/// Everything behind the network: database, clock, keys, population.
pub(crate) fn open(folder: &Folder, config: &Config, named_port: u16) -> Result<(Service, Tls), StartError> {
    let mut tables = pipeline::TABLES.to_vec();
    tables.push(rules::TABLES);
    let mut db = data::open_writer(&folder.database(), &tables)?;
    let clock = Clock::new(config.time, pipeline::stored_offset(&db)?);
    population::fill(&mut db, config.citizens)?;
    let real = Clock::new(Time::Real, 0).now();
    let (keys, tls) = ServiceKeys::open(folder, [real, clock.now()])?;
    let service = Service {
        host: format!("{HOST}:{named_port}"),
        clock,
        keys,
        writer: Writer::start(db)?,
        readers: Readers::new(&folder.database()),
        buckets: Buckets::new(config.limits),
        random: SystemRandom::new(),
        bell: Bell::new(config.mailbox_wait),
    };
    Ok((service, tls))
}

/// Why a service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another program has the port.
    #[error("port {0} is taken on this computer: stop what uses it, or name another one with --port (0: any free one)")]
    PortTaken(u16),
    /// The data folder.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The service's keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// TLS does not take the certificate.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// The system says no.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<rusqlite::Error> for StartError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Data(error.into())
    }
}

/// A service that runs until it is stopped or dropped.
pub struct Sandbox {
    pub(crate) service: Arc<Service>,
    identity: ServiceIdentity,
    port: u16,
    folder: Folder,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    /// Starts one; it answers once this returns. On the first start of a data folder keys and the population are made, which takes
    /// seconds.
    ///
    /// # Errors
    /// See [`StartError`].
    pub fn start(config: &Config) -> Result<Self, StartError> {
        let folder = Folder::open(&config.data, config.reset)?;
        let (port, listeners) = server::listen(config.port).map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => StartError::PortTaken(config.port),
            _ => error.into(),
        })?;
        let named_port = config.named_port.unwrap_or(port);
        let (service, tls) = open(&folder, config, named_port)?;
        let (service, tls) = (Arc::new(service), server::acceptor(tls)?);
        let identity = ServiceIdentity::new(&service.keys, named_port);
        folder.write("client.json", identity.json().as_bytes())?;
        folder.write("ca.pem", identity.ca_pem().as_bytes())?;
        let (stop, stopping) = watch::channel(false);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("sandbox").build()?;
        let faults = if config.heavy { Faults::heavy } else { Faults::new };
        let serving = Serving { service: service.clone(), listeners, tls, faults: config.faults.map(faults) };
        let thread =
            std::thread::Builder::new().name("sandbox".into()).spawn(move || serving.run(&runtime, stopping))?;
        Ok(Self { service, identity, port, folder, stop, thread: Some(thread) })
    }

    /// What a client has to know.
    #[must_use]
    pub fn identity(&self) -> &ServiceIdentity {
        &self.identity
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// For `Authorization: Bearer` on `/desk`.
    #[must_use]
    pub fn desk_token(&self) -> &str {
        self.service.keys.desk_token()
    }

    /// Where that stands.
    #[must_use]
    pub fn desk_token_file(&self) -> PathBuf {
        self.folder.desk_token()
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The service's time.
    #[must_use]
    pub fn now(&self) -> UnixTime {
        self.service.clock.now()
    }

    /// Moves the service's clock on; durable once it returns.
    ///
    /// # Errors
    /// The database takes nothing.
    pub fn advance(&self, seconds: u64) -> Result<UnixTime, AdvanceError> {
        self.service.advance_clock_blocking(seconds).map(|advanced| advanced.now).map_err(|_| AdvanceError)
    }

    /// Messages that went out to an address; the newest 100, the oldest of them first.
    #[must_use]
    pub fn messages(&self, address: &str) -> Vec<SentMessage> {
        let request = MessagesRequest { address: Some(address.to_owned()), after: None };
        let found = self.service.read(|work| desk::messages(work, request));
        found.map_or_else(|_| Vec::new(), |found| found.messages.into_iter().map(SentMessage::from).collect())
    }

    /// Messages to any address after the one of this number, the oldest first; at most 100.
    #[must_use]
    pub fn messages_after(&self, seq: u64) -> Vec<SentMessage> {
        let request = MessagesRequest { address: None, after: Some(seq) };
        let found = self.service.read(|work| desk::messages(work, request));
        found.map_or_else(|_| Vec::new(), |found| found.messages.into_iter().map(SentMessage::from).collect())
    }

    /// The number of the newest message; 0: none has gone out.
    #[must_use]
    pub fn newest_message(&self) -> u64 {
        let request = MessagesRequest { address: None, after: None };
        let found = self.service.read(|work| desk::messages(work, request));
        found.ok().and_then(|found| found.messages.last().map(|message| message.seq)).unwrap_or_default()
    }

    /// Finishes what is being answered, and closes the data folder.
    pub fn stop(self) {
        drop(self);
    }
}

/// A message, as the address got it.
#[derive(Clone, PartialEq, Eq)]
pub struct SentMessage {
    /// Its number: later messages have higher ones.
    pub seq: u64,
    /// When.
    pub at: UnixTime,
    /// How.
    pub channel: OtpChannel,
    /// Where to.
    pub address: String,
    /// Its exact text.
    pub body: String,
}

impl std::fmt::Debug for SentMessage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SentMessage({:?}, {})", self.channel, self.at.0)
    }
}

impl From<desk::Message> for SentMessage {
    fn from(message: desk::Message) -> Self {
        let desk::Message { seq, at, channel, address, body } = message;
        Self { seq, at, channel, address, body }
    }
}

/// The clock could not be moved on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the clock could not be moved on")]
pub struct AdvanceError;

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
        self.service.bell.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        self.service.readers.close();
        self.service.writer.close();
    }
}

/// What the service's own thread has: its runtime is no other's, and ends there.
struct Serving {
    service: Arc<Service>,
    listeners: Vec<TcpListener>,
    tls: TlsAcceptor,
    faults: Option<Faults>,
}

impl Serving {
    fn run(self, runtime: &Runtime, stopping: watch::Receiver<bool>) {
        let Self { service, listeners, tls, faults } = self;
        runtime.block_on(server::serve(service, listeners, tls, faults, stopping));
    }
}
