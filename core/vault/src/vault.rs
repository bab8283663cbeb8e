//! The vault as the rest of the core holds it: a handle to the thread that owns the files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use citizen_keystore::{DeviceKeystore, TimeLimited};

use crate::engine::open::part;
use crate::engine::{Engine, RowChange, Write};
use crate::error::Fault;
use crate::folder::Folder;
use crate::keys::wrap::wrap;
use crate::keys::{KeyFile, aliases};
use crate::quarantine::{self, Loss};
use crate::schema::Schema;
use crate::start;
use crate::storage::{CLOSE_LIMIT, Storage};
use crate::store::{Changes, LedgerHead, Store, Value};
use crate::{Damage, OpenError, StoreError};

/// Where a vault lies, and what its rows are.
#[derive(Clone)]
pub struct Config {
    /// A folder of its own, outside every backup.
    pub folder: PathBuf,
    /// The newest schema.
    pub schema: Schema,
}

/// The phone's storage. Sealed under a key of the key store; damage is said.
///
/// Every call blocks until the storage thread has done it: call from a worker thread. Dropping it closes it in the background.
pub struct Vault {
    storage: Storage,
    folder: Folder,
    keystore: Arc<dyn DeviceKeystore>,
    /// One rotation at a time, and none while stores that were put aside are renamed: it looks at their keys.
    rotating: Mutex<()>,
    /// Ends when the keys that nothing needs are deleted, in the background: nobody is to wait for that.
    upkeep: Mutex<Receiver<()>>,
}

/// A vault that was just opened.
pub struct Opened {
    /// It.
    pub vault: Vault,
    /// Damaged stores that were put aside, now or before, of which [`Vault::told`] has not been said yet. Not empty: fetch everything from
    /// the service again, tell the holder what is gone for good, then call it.
    pub losses: Vec<Loss>,
}

impl Vault {
    /// Opens the vault in a folder, or makes one. A damaged one is put aside, and an empty one takes its place.
    ///
    /// # Errors
    /// See [`OpenError`]: a later try may go well, and loses nothing but what it then reports.
    pub fn open(config: &Config, keystore: Arc<dyn DeviceKeystore>) -> Result<Opened, OpenError> {
        let keystore: Arc<dyn DeviceKeystore> = Arc::new(TimeLimited::new(keystore));
        let folder = Folder::create(&config.folder)?;
        let storage = start::open(&folder, config.schema, Arc::clone(&keystore))?;
        let losses = quarantine::untold(&folder)?;
        let (done, upkeep) = mpsc::channel();
        let vault = Self { storage, folder, keystore, rotating: Mutex::new(()), upkeep: Mutex::new(upkeep) };
        // What a kill left of a rotation. If it fails again, it goes on at the next opening.
        let _ = vault.finish_rotation();
        vault.start_upkeep(done);
        Ok(Opened { vault, losses })
    }

    fn start_upkeep(&self, done: Sender<()>) {
        let Some(unused) = self.unused_keys().ok().filter(|unused| !unused.is_empty()) else { return };
        let (folder, keystore) = (self.folder.clone(), Arc::clone(&self.keystore));
        let work = move || {
            // What can't be deleted now is tried at the next opening.
            let _ = aliases::delete(&folder, &*keystore, unused);
            drop(done);
        };
        // No thread to be had: the next opening has another chance.
        let _ = thread::Builder::new().name("key upkeep".into()).spawn(work);
    }

    /// Keys that neither this store nor one that was put aside needs.
    fn unused_keys(&self) -> Result<Vec<String>, StoreError> {
        let file = self.storage.run(|engine| Ok(engine.key_file().clone()))?;
        let mut used: BTreeSet<String> = file.aliases().map(str::to_owned).collect();
        for store in quarantine::stores(&self.folder)? {
            let file = match part(&store.keys(), Damage::KeyFile) {
                Ok(bytes) => KeyFile::decode(&bytes),
                Err(Fault::Damaged(_)) => None,
                // Perhaps it can be read later: no key is deleted on a guess.
                Err(Fault::Failed(error)) => return Err(error.into()),
            };
            used.extend(file.iter().flat_map(KeyFile::aliases).map(str::to_owned));
        }
        Ok(aliases::unused(&self.folder, &used)?)
    }

    /// Notes that these losses were told to the holder and made good.
    ///
    /// # Errors
    /// `Io`: they will be reported again.
    pub fn told(&self, losses: &[Loss]) -> Result<(), StoreError> {
        let _rotating = self.rotating.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(quarantine::told(&self.folder, losses)?)
    }

    /// The number of the newest commit, from 1. The service keeps the highest it was told: a lower one is an older copy.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn generation(&self) -> Result<u64, StoreError> {
        self.storage.run(|engine| Ok(engine.generation()))
    }

    /// The ledger's head as the newest commit has it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn ledger(&self) -> Result<Option<LedgerHead>, StoreError> {
        self.storage.run(|engine| Ok(engine.ledger()))
    }

    /// Seals everything under a new data key and destroys the old one, so that older copies of the files no longer open. Other calls go
    /// on meanwhile.
    ///
    /// # Errors
    /// `Keystore` if the key store did not make the new key, and nothing changed, or did not delete the old one, which the next opening
    /// tries again. After other errors it goes on at the next opening.
    pub fn rotate(&self) -> Result<(), StoreError> {
        let _rotating = self.rotating.lock().unwrap_or_else(PoisonError::into_inner);
        self.finish_rotation()?;
        let (epoch, bundle) = self.storage.run(|engine| Ok((engine.epoch() + 1, engine.next_bundle()?)))?;
        let wrapped = wrap(&self.folder, &*self.keystore, epoch, &bundle)?;
        self.storage.run(move |engine| engine.begin_epoch(wrapped, &bundle))?;
        self.finish_rotation()?;
        Ok(aliases::delete(&self.folder, &*self.keystore, self.unused_keys()?)?)
    }

    fn finish_rotation(&self) -> Result<(), StoreError> {
        if self.storage.run(|engine| Ok(engine.is_rotating()))? {
            while self.storage.run(Engine::reseal_some)? {}
            self.storage.run(Engine::retire_older)?;
        }
        Ok(())
    }

    /// Closes it and waits until its files are free, but not for ever.
    pub fn close(self) {
        let Self { storage, upkeep, .. } = self;
        storage.close();
        let _ = upkeep.into_inner().unwrap_or_else(PoisonError::into_inner).recv_timeout(CLOSE_LIMIT);
    }

    /// Destroys the vault in `folder` with everything that was ever put aside of it: first the keys, without which the rest is noise.
    /// It must be closed.
    ///
    /// # Errors
    /// See [`OpenError`]. After a kill, or an error, the next opening goes on with it.
    pub fn destroy(folder: &Path, keystore: Arc<dyn DeviceKeystore>) -> Result<(), OpenError> {
        start::destroy(&Folder::create(folder)?, &TimeLimited::new(keystore))
    }
}

impl Store for Vault {
    fn value(&self, tree: &'static str, name: &str) -> Result<Option<Value>, StoreError> {
        let name = name.to_owned();
        self.storage.run(move |engine| engine.value(tree, &name))
    }

    fn values(&self, tree: &'static str) -> Result<BTreeMap<String, Result<Value, StoreError>>, StoreError> {
        self.storage.run(|engine| engine.values(tree))
    }

    fn commit(&self, changes: Changes) -> Result<u64, StoreError> {
        let Changes { rows, ledger } = changes;
        let rows = rows.into_iter().map(|((tree, name), value)| {
            let write = value.map_or(Write::Delete, Write::Value);
            RowChange { tree: tree.to_owned(), name, write }
        });
        let rows = rows.collect();
        self.storage.run(move |engine| engine.commit(rows, ledger))
    }
}
