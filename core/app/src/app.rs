//! The app as a shell holds it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use citizen_keystore::DeviceKeystore;
use citizen_vault::{Config, Loss, Opened, Schema, Vault};

use crate::{Problem, StorageLoss};

/// The storage's schema: the first, until a release has rows to migrate.
const SCHEMA: Schema = Schema::new(&[]);

/// Where the app keeps its things.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AppConfig {
    /// A folder of the app's own, outside every backup (Android: `noBackupFilesDir`; iOS: excluded from backup).
    pub folder: String,
}

/// The running app. Open it once, on a worker thread: opening waits for the key store.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct App {
    /// Gone after `shutdown`.
    storage: Mutex<Option<Storage>>,
}

struct Storage {
    vault: Vault,
    losses: Vec<Loss>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl App {
    /// Opens the app's storage, or makes it. Damaged storage is put aside and replaced by an empty one: see
    /// [`losses`](Self::losses).
    ///
    /// # Errors
    /// See [`Problem`]: what to do next.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn open(config: AppConfig, keystore: Arc<dyn DeviceKeystore>) -> Result<Arc<Self>, Problem> {
        guarded(|| {
            let config = Config { folder: PathBuf::from(config.folder).join("vault"), schema: SCHEMA };
            let Opened { vault, losses } = Vault::open(&config, keystore)?;
            Ok(Arc::new(Self { storage: Mutex::new(Some(Storage { vault, losses })) }))
        })
    }

    /// What was lost to damage and is not yet made good: the holder is to be told, and everything fetched from the service again.
    #[must_use]
    pub fn losses(&self) -> Vec<StorageLoss> {
        let storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
        storage.iter().flat_map(|storage| &storage.losses).map(StorageLoss::from).collect()
    }

    /// The holder was told of the losses: they are not reported again.
    ///
    /// # Errors
    /// `Files`: they will be reported at the next opening.
    pub fn losses_told(&self) -> Result<(), Problem> {
        guarded(|| {
            let mut storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(Storage { vault, losses }) = storage.as_mut() else { return Ok(()) };
            vault.told(losses).map_err(|_| Problem::Files)?;
            losses.clear();
            Ok(())
        })
    }

    /// Closes the storage and waits until its files are free. A second time: nothing. (`close` is what Kotlin calls letting go of an
    /// object; that closes the storage too, and waits for nothing.)
    pub fn shutdown(&self) {
        let storage = self.storage.lock().unwrap_or_else(PoisonError::into_inner).take();
        // What panics here is the database on its way out; what was acknowledged is on the disk.
        let _ = catch_unwind(AssertUnwindSafe(|| storage.map(|storage| storage.vault.close())));
    }
}

/// A panic must not cross the boundary: it would surface there without a type, with its text.
fn guarded<T>(work: impl FnOnce() -> Result<T, Problem>) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Problem::Restart))
}

#[cfg(test)]
mod tests {
    use citizen_keystore::{Fault, KeystoreError, ScriptedKeystore, SoftwareKeystore};

    use super::*;
    use crate::DamageKind;

    struct Phone(tempfile::TempDir);

    impl Phone {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn open(&self, script: impl IntoIterator<Item = Fault>) -> Result<Arc<App>, Problem> {
            let keys = Arc::new(SoftwareKeystore::open(self.0.path().join("keys")).unwrap());
            let folder = self.0.path().join("app").to_str().unwrap().to_owned();
            App::open(AppConfig { folder }, Arc::new(ScriptedKeystore::new(keys, script)))
        }
    }

    #[test]
    fn it_opens_closes_and_opens_again_without_a_loss() {
        let phone = Phone::new();
        for _ in 0..3 {
            let app = phone.open([]).unwrap();
            assert_eq!(app.losses(), []);
            app.shutdown();
            app.shutdown();
        }
    }

    #[test]
    fn a_second_opening_is_told_that_it_is_one() {
        let phone = Phone::new();
        let app = phone.open([]).unwrap();
        assert_eq!(phone.open([]).err(), Some(Problem::InUse));
        drop(app);
        assert!(phone.open([]).is_ok());
    }

    #[test]
    fn what_the_key_store_says_reaches_the_shell() {
        let phone = Phone::new();
        phone.open([]).unwrap().shutdown();
        let locked = KeystoreError::LockedOut { retry_s: 30 };
        assert_eq!(phone.open([Fault::Fails(locked)]).err(), Some(Problem::Keystore { error: locked }));
        let broke = Problem::Keystore { error: KeystoreError::Unexpected };
        assert_eq!(phone.open([Fault::Panics]).err(), Some(broke));
        assert_eq!(phone.open([]).unwrap().losses(), []);
    }

    #[test]
    fn a_loss_is_reported_until_the_holder_was_told() {
        let phone = Phone::new();
        phone.open([]).unwrap().shutdown();
        let app = phone.open([Fault::Fails(KeystoreError::KeyMissing)]).unwrap();
        assert_eq!(app.losses()[0].damage, DamageKind::KeyLost);
        app.shutdown();
        let app = phone.open([]).unwrap();
        assert_eq!(app.losses().len(), 1);
        app.losses_told().unwrap();
        assert_eq!(app.losses(), []);
        app.shutdown();
        assert_eq!(phone.open([]).unwrap().losses(), []);
    }

    #[test]
    fn a_folder_that_can_not_be_made_is_a_problem_with_files() {
        let phone = Phone::new();
        std::fs::write(phone.0.path().join("app"), b"in the way").unwrap();
        assert_eq!(phone.open([]).err(), Some(Problem::Files));
    }
}
