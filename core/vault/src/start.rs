//! From a folder to a running storage thread: whatever lies there, the outcome is a vault or a typed error.

use std::collections::BTreeSet;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use citizen_keystore::DeviceKeystore;

use crate::engine::Engine;
use crate::engine::open::part;
use crate::error::Fault;
use crate::folder::{Folder, ensure_space, exists, names, remove, rename, sync_parent, write_atomic};
use crate::keys::wrap::wrap;
use crate::keys::{KeyFile, Keyring, aliases};
use crate::opening::Opening;
use crate::quarantine;
use crate::schema::Schema;
use crate::storage::{self, Storage};
use crate::{Damage, OpenError};

/// A vault that was closed a moment ago frees its lock late.
const LOCK_TRIES: u32 = 50;
const LOCK_PAUSE: Duration = Duration::from_millis(40);
/// The database may take 30 s to open and be checked: so many looks at it. Counted, not timed: a phone that froze the app in between took
/// the time, not the database.
const LOOKS: u32 = 300;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// Opens on a thread that then serves. The key store has its own time limit; the database is given 30 s.
pub(crate) fn open(folder: &Folder, schema: Schema, keystore: Arc<dyn DeviceKeystore>) -> Result<Storage, OpenError> {
    let watch = Arc::new(Watch::default());
    let (storage, worker) = storage::pair();
    let (opened, answer) = mpsc::channel();
    let start = Start { folder: folder.clone(), schema, keystore, watch: Arc::clone(&watch) };
    std::thread::Builder::new().name("storage".into()).spawn(move || {
        let vault = lock(&start.folder).and_then(|lock| Ok((start.run()?, lock)));
        match vault {
            Ok((engine, lock)) => {
                // Nobody waits any more: the files are freed again.
                if opened.send(Ok(())).is_ok() {
                    worker.serve(engine, &start.folder, lock);
                }
            }
            Err(error) => drop(opened.send(Err(error))),
        }
    })?;
    loop {
        match answer.recv_timeout(BETWEEN_LOOKS) {
            Ok(result) => return result.map(|()| storage),
            Err(RecvTimeoutError::Disconnected) => return Err(OpenError::Failed),
            Err(RecvTimeoutError::Timeout) if watch.gives_up(folder, LOOKS)? => {
                return Err(OpenError::Failed);
            }
            Err(RecvTimeoutError::Timeout) => (),
        }
    }
}

/// Destroys what is in the folder: keys first.
pub(crate) fn destroy(folder: &Folder, keystore: &dyn DeviceKeystore) -> Result<(), OpenError> {
    let lock = lock(folder)?;
    write_atomic(&folder.destroying(), &[])?;
    finish_destroying(folder)?;
    let deleted = aliases::delete(folder, keystore, aliases::unused(folder, &BTreeSet::new())?);
    if deleted.is_ok() {
        remove(&folder.aliases())?;
    }
    drop(lock);
    deleted
}

/// Goes on where a kill stopped it. The keys in the key store are on a list of their own.
fn finish_destroying(folder: &Folder) -> Result<(), OpenError> {
    if !exists(&folder.destroying()) {
        return Ok(());
    }
    let mut stores = quarantine::stores(folder)?;
    stores.extend([folder.store(), folder.unfinished()]);
    stores.iter().try_for_each(|store| remove(&store.keys()))?;
    let kept = [folder.lock_file(), folder.aliases(), folder.destroying()];
    let all = names(folder.path())?.into_iter().map(|name| folder.path().join(name));
    all.filter(|path| !kept.contains(path)).try_for_each(|path| remove(&path))?;
    remove(&folder.destroying())?;
    Ok(sync_parent(&folder.destroying())?)
}

/// Folders whose database broke and was left behind in this process.
static ABANDONED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

pub(crate) fn abandon(folder: &Folder) {
    ABANDONED.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.path().to_owned());
}

fn lock(folder: &Folder) -> Result<File, OpenError> {
    if ABANDONED.lock().unwrap_or_else(PoisonError::into_inner).contains(folder.path()) {
        return Err(OpenError::Failed);
    }
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
        remove(&self.folder.unfinished().0)?;
        if let Err(fault) = self.check_presence() {
            self.put_aside(fault)?;
        }
        if exists(&self.folder.store().0) {
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
        if !exists(&self.folder.made()) {
            write_atomic(&self.folder.made(), &[])?;
        }
        Ok(engine)
    }

    /// A store that was there and is not, with no loss noted for it, is damage too.
    fn check_presence(&self) -> Result<(), Fault> {
        let gone = !exists(&self.folder.store().0) && exists(&self.folder.made());
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
        ensure_space(self.folder.path(), 0)?;
        let keys = Keyring::generate()?;
        let epoch = wrap(&self.folder, &*self.keystore, keys.epoch(), &keys.bundle()?)?;
        let file = KeyFile { epochs: vec![epoch] };
        let unfinished = self.folder.unfinished();
        match self.watched(|| Engine::create(&unfinished, keys, file, &self.schema)) {
            Ok(Ok(())) => (),
            Ok(Err(Fault::Failed(error))) => return Err(error),
            Ok(Err(Fault::Damaged(_))) | Err(_) => return Err(OpenError::Failed),
        }
        // Whatever went before says nothing about the new store.
        Opening::clear(&self.folder)?;
        Ok(rename(&unfinished.0, &self.folder.store().0)?)
    }

    fn open_store(&self) -> Result<Engine, Fault> {
        let files = self.folder.store();
        let file = KeyFile::decode(&part(&files.keys(), Damage::KeyFile)?).ok_or(Damage::KeyFile)?;
        let keys = self.unwrap(&file)?;
        ensure_space(self.folder.path(), 0)?;
        let opening = Opening::begin(&self.folder)?.ok_or(Damage::Opening)?;
        let mut engine = match self.watched(|| Engine::open(&files, keys, file, &self.schema)) {
            Ok(result) => {
                opening.over()?;
                result?
            }
            Err(Unfinished::Panicked) if opening.failed()? => return Err(Damage::Opening.into()),
            Err(Unfinished::Panicked | Unfinished::GivenUp) => return Err(OpenError::Failed.into()),
        };
        let from = engine.schema();
        match catch_unwind(AssertUnwindSafe(|| engine.settle(&self.schema))) {
            Ok(Ok(())) => Ok(engine),
            Ok(Err(fault)) => self.let_go(engine, fault),
            Err(_) => {
                engine.set_broken();
                self.let_go(engine, OpenError::Migration { from }.into())
            }
        }
    }

    fn let_go(&self, engine: Engine, fault: Fault) -> Result<Engine, Fault> {
        if !engine.close() {
            abandon(&self.folder);
        }
        Err(fault)
    }

    fn unwrap(&self, file: &KeyFile) -> Result<Keyring, Fault> {
        let mut bundles = file.epochs.iter().map(|wrapped| {
            let bundle = self.keystore.unwrap(wrapped.alias.clone(), wrapped.bundle.clone());
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

    /// Runs what touches the database, under the watch.
    fn watched<T>(&self, run: impl FnOnce() -> T) -> Result<T, Unfinished> {
        self.watch.start();
        let result = catch_unwind(AssertUnwindSafe(run));
        if self.watch.stop() { result.map_err(|_| Unfinished::Panicked) } else { Err(Unfinished::GivenUp) }
    }
}

/// How the database's part of an opening did not end well.
enum Unfinished {
    Panicked,
    /// It ended after nobody waited for it any more; the marker says so already.
    GivenUp,
}

/// Whether the database is at work, and for how many looks.
#[derive(Default)]
struct Watch(Mutex<Work>);

#[derive(Default)]
enum Work {
    #[default]
    Idle,
    /// Seen at work so often.
    Seen(u32),
    GivenUp,
}

impl Watch {
    fn start(&self) {
        *self.work() = Work::Seen(0);
    }

    /// It ended; whether somebody still waits for it.
    fn stop(&self) -> bool {
        let mut work = self.work();
        let is_awaited = !matches!(*work, Work::GivenUp);
        if is_awaited {
            *work = Work::Idle;
        }
        is_awaited
    }

    /// A look. What has been at work for more than `most` of them is given up, and noted in the marker in the same step.
    fn gives_up(&self, folder: &Folder, most: u32) -> Result<bool, OpenError> {
        let mut work = self.work();
        let Work::Seen(looks) = &mut *work else { return Ok(false) };
        *looks += 1;
        if *looks <= most {
            return Ok(false);
        }
        *work = Work::GivenUp;
        Opening::note_failed(folder)?;
        Ok(true)
    }

    fn work(&self) -> std::sync::MutexGuard<'_, Work> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_is_given_up_is_noted_once_and_its_late_end_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::create(dir.path()).unwrap();
        let watch = Watch::default();
        assert_eq!(watch.gives_up(&folder, 2), Ok(false), "nothing is at work");
        for is_last in [false, true] {
            let opening = Opening::begin(&folder).unwrap().unwrap();
            watch.start();
            assert_eq!(watch.gives_up(&folder, 2), Ok(false));
            assert_eq!(watch.gives_up(&folder, 2), Ok(false));
            assert_eq!(watch.gives_up(&folder, 2), Ok(true));
            assert_eq!(watch.gives_up(&folder, 2), Ok(false), "it was given up already");
            assert!(!watch.stop(), "nobody waits any more");
            drop(opening);
            assert_eq!(Opening::begin(&folder).unwrap().is_none(), is_last);
        }
    }

    #[test]
    fn a_database_that_ends_in_time_is_not_given_up() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::create(dir.path()).unwrap();
        let watch = Watch::default();
        watch.start();
        assert!(watch.stop());
        assert_eq!(watch.gives_up(&folder, 2), Ok(false));
    }
}
