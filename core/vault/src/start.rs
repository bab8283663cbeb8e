//! From a folder to a running storage thread: whatever lies there, the outcome is a vault or a typed error.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use citizen_keystore::{DeviceKeystore, KeyPolicy};

use crate::engine::Engine;
use crate::error::Fault;
use crate::folder::{Folder, create_dir, read, remove_dir, remove_file, rename, write_atomic};
use crate::keys::{KeyFile, Keyring, Wrapped};
use crate::opening::Opening;
use crate::quarantine;
use crate::schema::Schema;
use crate::seal::crypto::random;
use crate::thread::{self, Thread};
use crate::{Damage, OpenError};

/// A vault that was closed a moment ago frees its lock late.
const LOCK_TRIES: u32 = 50;
const LOCK_PAUSE: Duration = Duration::from_millis(40);
/// How often it is looked whether the database still has time.
const WATCH: Duration = Duration::from_millis(100);

/// Opens on a thread that then serves. The key store has its own time limit; the database is given `limit`.
pub(crate) fn open(
    folder: &Folder,
    schema: Schema,
    keystore: Arc<dyn DeviceKeystore>,
    limit: Duration,
) -> Result<Thread, OpenError> {
    let watch = Arc::new(Watch::default());
    let (thread, worker) = thread::pair();
    let (opened, answer) = mpsc::channel();
    let start = Start { folder: folder.clone(), schema, keystore, watch: Arc::clone(&watch) };
    std::thread::Builder::new().name("storage".into()).spawn(move || {
        let vault = lock(&start.folder).and_then(|lock| Ok((start.run()?, lock)));
        match vault {
            Ok((engine, lock)) => {
                // Nobody waits any more: the files are freed again.
                if opened.send(Ok(())).is_ok() {
                    worker.serve(engine, lock);
                }
            }
            Err(error) => drop(opened.send(Err(error))),
        }
    })?;
    loop {
        match answer.recv_timeout(WATCH) {
            Ok(result) => return result.map(|()| thread),
            Err(RecvTimeoutError::Disconnected) => return Err(OpenError::Failed),
            Err(RecvTimeoutError::Timeout) if watch.has_passed(limit) => {
                Opening::note_failed(folder)?;
                return Err(OpenError::Failed);
            }
            Err(RecvTimeoutError::Timeout) => (),
        }
    }
}

/// Destroys what is in the folder: keys first.
pub(crate) fn destroy(folder: &Folder, keystore: &dyn DeviceKeystore) -> Result<(), OpenError> {
    let lock = lock(folder)?;
    let mut stores = quarantine::stores(folder)?;
    stores.extend([folder.store(), folder.unfinished()]);
    let mut aliases = leftovers(folder)?;
    for store in &stores {
        let file = read(&store.keys())?.and_then(|bytes| KeyFile::decode(&bytes));
        aliases.extend(file.iter().flat_map(KeyFile::aliases));
    }
    write_atomic(&folder.destroying(), aliases.join("\n").as_bytes())?;
    finish_destroying(folder)?;
    let deleted = delete_leftovers(folder, keystore);
    drop(lock);
    deleted
}

/// Goes on where a kill, or a key store that did not play along, stopped it.
fn finish_destroying(folder: &Folder) -> Result<(), OpenError> {
    if read(&folder.destroying())?.is_none() {
        return Ok(());
    }
    let mut stores = quarantine::stores(folder)?;
    stores.extend([folder.store(), folder.unfinished()]);
    stores.iter().try_for_each(|store| remove_file(&store.keys()))?;
    stores.iter().try_for_each(|store| remove_dir(&store.0))?;
    remove_dir(&folder.quarantine())?;
    Opening::clear(folder)?;
    remove_file(&folder.made())?;
    Ok(rename(&folder.destroying(), &folder.leftovers())?)
}

fn delete_leftovers(folder: &Folder, keystore: &dyn DeviceKeystore) -> Result<(), OpenError> {
    let aliases = leftovers(folder)?;
    if aliases.is_empty() {
        return Ok(remove_file(&folder.leftovers())?);
    }
    aliases.into_iter().try_for_each(|alias| keystore.delete(alias).map(drop))?;
    Ok(remove_file(&folder.leftovers())?)
}

fn leftovers(folder: &Folder) -> Result<Vec<String>, OpenError> {
    let text = read(&folder.leftovers())?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&text).lines().map(str::to_owned).collect())
}

fn lock(folder: &Folder) -> Result<File, OpenError> {
    for _ in 0..LOCK_TRIES {
        if let Some(lock) = folder.lock()? {
            return Ok(lock);
        }
        std::thread::sleep(LOCK_PAUSE);
    }
    Err(OpenError::InUse)
}

/// One opening, on the storage thread.
struct Start {
    folder: Folder,
    schema: Schema,
    keystore: Arc<dyn DeviceKeystore>,
    watch: Arc<Watch>,
}

impl Start {
    fn run(&self) -> Result<Engine, OpenError> {
        finish_destroying(&self.folder)?;
        // The key store may not let us now; the keys that are left open nothing that is still there.
        let _ = delete_leftovers(&self.folder, &*self.keystore);
        remove_dir(&self.folder.unfinished().0)?;
        if let Err(fault) = self.check_presence() {
            self.put_aside(fault)?;
        }
        if self.folder.store().0.exists() {
            match self.open_store() {
                Ok(engine) => return self.done(engine),
                Err(fault) => self.put_aside(fault)?,
            }
        }
        self.create_store()?;
        let engine = self.open_store().map_err(|fault| match fault {
            Fault::Failed(error) => error,
            Fault::Damaged(_) => OpenError::Failed,
        })?;
        self.done(engine)
    }

    fn done(&self, engine: Engine) -> Result<Engine, OpenError> {
        if read(&self.folder.made())?.is_none() {
            write_atomic(&self.folder.made(), &[])?;
        }
        Ok(engine)
    }

    /// A store that was there and is not, with no loss noted for it, is damage too.
    fn check_presence(&self) -> Result<(), Fault> {
        let gone = !self.folder.store().0.exists() && read(&self.folder.made())?.is_some();
        let is_noted = !quarantine::untold(&self.folder)?.is_empty();
        if gone && !is_noted { Err(Damage::Missing.into()) } else { Ok(()) }
    }

    /// Damage moves the store aside; anything else ends this opening.
    fn put_aside(&self, fault: Fault) -> Result<(), OpenError> {
        match fault {
            Fault::Damaged(damage) => {
                quarantine::put_aside(&self.folder, damage)?;
                Ok(Opening::clear(&self.folder)?)
            }
            Fault::Failed(error) => Err(error),
        }
    }

    fn create_store(&self) -> Result<(), OpenError> {
        let (keys, vault) = (Keyring::generate()?, random()?);
        let mut file = KeyFile { vault, epochs: Vec::new(), retired: Vec::new() };
        let alias = file.alias(keys.epoch());
        self.keystore.create(alias.clone(), KeyPolicy::Wrapping, Vec::new())?;
        let bundle = self.keystore.wrap(alias, keys.bundle()?.to_vec())?;
        file.epochs.push(Wrapped { epoch: keys.epoch(), bundle });
        let unfinished = self.folder.unfinished();
        let made = self.watched(|| Engine::create(&unfinished, keys, file, &self.schema));
        match made {
            Some(Ok(())) => (),
            Some(Err(Fault::Failed(error))) => return Err(error),
            Some(Err(Fault::Damaged(_))) | None => return Err(OpenError::Failed),
        }
        create_dir(self.folder.path())?;
        Ok(rename(&unfinished.0, &self.folder.store().0)?)
    }

    fn open_store(&self) -> Result<Engine, Fault> {
        let files = self.folder.store();
        let file = read(&files.keys())?.and_then(|bytes| KeyFile::decode(&bytes)).ok_or(Damage::KeyFile)?;
        let keys = self.unwrap(&file)?;
        let opening = Opening::begin(&self.folder)?.ok_or(Damage::Opening)?;
        match self.watched(|| Engine::open(&files, keys, file, &self.schema)) {
            Some(result) => {
                opening.over()?;
                result
            }
            None if opening.failed()? => Err(Damage::Opening.into()),
            None => Err(OpenError::Failed.into()),
        }
    }

    fn unwrap(&self, file: &KeyFile) -> Result<Keyring, Fault> {
        let mut bundles = file.epochs.iter().map(|wrapped| {
            let bundle = self.keystore.unwrap(file.alias(wrapped.epoch), wrapped.bundle.clone());
            let bundle = bundle.map(zeroize::Zeroizing::new).map_err(|error| {
                if error.is_final() { Fault::Damaged(Damage::KeyLost) } else { OpenError::Keystore(error).into() }
            })?;
            Ok::<_, Fault>((wrapped.epoch, bundle))
        });
        let (epoch, bundle) = bundles.next().ok_or(Damage::KeyFile)??;
        let mut keys = Keyring::unwrap(epoch, &bundle).map_err(|_| Damage::KeyLost)?;
        for bundle in bundles {
            let (epoch, bundle) = bundle?;
            keys.add(epoch, &bundle).map_err(|_| Damage::KeyLost)?;
        }
        Ok(keys)
    }

    /// Runs what touches the database; `None` if it panicked.
    fn watched<T>(&self, run: impl FnOnce() -> T) -> Option<T> {
        self.watch.start();
        let result = catch_unwind(AssertUnwindSafe(run)).ok();
        self.watch.stop();
        result
    }
}

/// Since when the database has been at work.
#[derive(Default)]
struct Watch(Mutex<Option<Instant>>);

impl Watch {
    fn start(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn stop(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn has_passed(&self, limit: Duration) -> bool {
        let since = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        since.is_some_and(|since| since.elapsed() > limit)
    }
}
