//! The app as a shell holds it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use citizen_journeys::Event;
use citizen_keystore::DeviceKeystore;
use citizen_vault::{Config, Loss, Opened, Schema, Vault};

use crate::config::Setup;
use crate::effects::Effects;
use crate::loss::DamageKind;
use crate::trace::Trace;
use crate::worker::{Begun, Facts, Kept, Message, Shell, Worker};
use crate::{AppConfig, Platform, Problem, RiskSignals, StorageLoss};

/// The storage's schema: the first, until a release has rows to migrate.
const SCHEMA: Schema = Schema::new(&[]);
/// The longest wait at the end: for a page that is being drawn, effects that are given up, and the files.
const END_LIMIT: Duration = Duration::from_secs(15);

/// The running app. Open it once, on a worker thread: opening waits for the key store.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct App {
    queue: Sender<Message>,
    closed: Arc<AtomicBool>,
    worker: ThreadId,
    /// Says nothing; ends with the worker.
    ended: Mutex<Receiver<()>>,
    trace: Trace,
    /// Gone after `shutdown`.
    storage: Mutex<Option<Storage>>,
}

struct Storage {
    vault: Arc<Vault>,
    losses: Vec<Loss>,
    place_lost: bool,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl App {
    /// Opens the app's storage, or makes it, and goes on where the holder was: the first page is drawn soon after. Damaged storage is put
    /// aside and replaced by an empty one: see [`losses`](Self::losses).
    ///
    /// # Errors
    /// See [`Problem`]: what to do next.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn open(
        config: AppConfig,
        platform: Arc<dyn Platform>,
        keystore: Arc<dyn DeviceKeystore>,
        risk: Arc<dyn RiskSignals>,
    ) -> Result<Arc<Self>, Problem> {
        Self::open_with(config, Setup::default(), platform, keystore, risk)
    }

    /// Something happened. It returns at once; what follows from it is drawn. After the end nothing does.
    pub fn dispatch(&self, event: Event) {
        self.tell(Message::Shell(event));
    }

    /// The last hundred events, effects and replies, by name. It says nothing of the holder.
    #[must_use]
    pub fn trace(&self) -> Vec<String> {
        self.trace.lines()
    }

    /// What was lost to damage and is not yet made good: the holder is to be told, and everything fetched from the service again.
    #[must_use]
    pub fn losses(&self) -> Vec<StorageLoss> {
        let storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Storage { losses, place_lost, .. }) = storage.as_ref() else { return Vec::new() };
        let place = place_lost.then_some(StorageLoss { damage: DamageKind::Place });
        losses.iter().map(StorageLoss::from).chain(place).collect()
    }

    /// The holder was told of the losses: they are not reported again.
    ///
    /// # Errors
    /// `Files`: they will be reported at the next opening.
    pub fn losses_told(&self) -> Result<(), Problem> {
        guarded(|| {
            let mut storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(Storage { vault, losses, place_lost }) = storage.as_mut() else { return Ok(()) };
            vault.told(losses).map_err(|_| Problem::Files)?;
            losses.clear();
            if *place_lost {
                Kept::place_told(vault).map_err(|_| Problem::Files)?;
                *place_lost = false;
            }
            Ok(())
        })
    }

    /// Ends the app and waits until its files are free. What was reported and not yet heard is dropped. A second time: nothing.
    ///
    /// Called from within a method of [`Platform`] or [`RiskSignals`] it does not wait, for it would be for itself. (`close` is what
    /// Kotlin calls letting go of an object; that ends the app too, and waits for nothing.)
    pub fn shutdown(&self) {
        drop(self.storage.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.end();
        if thread::current().id() != self.worker {
            let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
            // It ends by hanging up.
            let _ = ended.recv_timeout(END_LIMIT);
        }
    }
}

impl App {
    /// [`open`](Self::open), with clocks, waits and a life of a test's own.
    ///
    /// # Errors
    /// See [`Problem`].
    pub fn open_with(
        config: AppConfig,
        setup: Setup,
        platform: Arc<dyn Platform>,
        keystore: Arc<dyn DeviceKeystore>,
        risk: Arc<dyn RiskSignals>,
    ) -> Result<Arc<Self>, Problem> {
        guarded(|| {
            let client = config.client(&setup)?;
            let folder = PathBuf::from(&config.folder).join("vault");
            let opened = Vault::open(&Config { folder, schema: SCHEMA }, Arc::clone(&keystore))?;
            let Opened { vault, losses } = opened;
            let vault = Arc::new(vault);
            let begun = Kept::begin(&vault, setup.life.clone(), config.language())?;
            let place_lost = begun.place_lost;
            let (queue, messages) = mpsc::channel();
            let facts = Facts::of(&config);
            let effects = Effects::new(config, client, setup, &vault, keystore, queue.clone())?;
            let storage = Storage { vault, losses, place_lost };
            Ok(Arc::new(Self::start(begun, facts, Box::new(effects), (platform, risk), (queue, messages), storage)?))
        })
    }

    fn start(
        begun: Begun,
        facts: Facts,
        effects: Box<Effects>,
        (platform, risk): (Arc<dyn Platform>, Arc<dyn RiskSignals>),
        (queue, messages): (Sender<Message>, Receiver<Message>),
        storage: Storage,
    ) -> Result<Self, Problem> {
        let closed = Arc::new(AtomicBool::new(false));
        let trace = Trace::default();
        let shell = Shell::new(platform, risk, Arc::clone(&closed));
        let worker = Worker::new(begun, facts, shell, effects, trace.clone());
        let (end, ended) = mpsc::channel();
        let thread = thread::Builder::new().name("app".into()).spawn(move || {
            // Whatever breaks in there: the end is said by hanging up.
            let _end: Sender<()> = end;
            worker.run(&messages);
        });
        let worker = thread.map_err(|_| Problem::Restart)?.thread().id();
        Ok(Self { queue, closed, worker, ended: Mutex::new(ended), trace, storage: Mutex::new(Some(storage)) })
    }

    /// Has the app look at its clock, where a test has moved it: what is due by then happens.
    pub fn look_at_clock(&self) {
        self.tell(Message::Look);
    }

    fn tell(&self, message: Message) {
        // Nobody listens after the end.
        let _ = self.queue.send(message);
    }

    fn end(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.tell(Message::End);
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.end();
    }
}

/// A panic must not cross the boundary: it would surface there without a type, with its text.
fn guarded<T>(work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Problem::Restart))
}

#[cfg(test)]
mod tests;
