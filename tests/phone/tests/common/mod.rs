//! A service, phones, and somebody in the middle who has the service's own key.

// Each test file uses a part of it.
#![allow(dead_code)]

pub(crate) mod tap;

use std::path::Path;

use citizen_phone::{Phone, Setup};
use citizen_sandbox::{Citizen, Config, Kind, Population, Sandbox};
use tempfile::TempDir;

/// Enough for a test; all of them take longer to write.
const CITIZENS: u32 = 5_400;

/// A service with its data in a folder that goes with the test.
pub(crate) struct Service {
    pub(crate) sandbox: Sandbox,
    pub(crate) config: Config,
    pub(crate) folder: TempDir,
}

impl Service {
    pub(crate) async fn start() -> Self {
        Self::started(|_| ()).await
    }

    pub(crate) async fn started(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::new(folder.path().join("service"));
        config.citizens = CITIZENS;
        change(&mut config);
        let sandbox = start(config.clone()).await;
        // What comes later comes back to the same port.
        config.port = sandbox.port();
        Self { sandbox, config, folder }
    }

    /// Stops it and starts it again on the same data.
    pub(crate) async fn restarted(self) -> Self {
        let Self { sandbox, config, folder } = self;
        blocking(|| sandbox.stop()).await;
        let sandbox = start(config.clone()).await;
        Self { sandbox, config, folder }
    }

    /// Stops it and starts it again with its keys, and without anything else.
    pub(crate) async fn forgetting(self) -> Self {
        let Self { sandbox, config, folder } = self;
        blocking(|| sandbox.stop()).await;
        for file in files(&config.data) {
            if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("sandbox.db")) {
                std::fs::remove_file(file).unwrap();
            }
        }
        let sandbox = start(config.clone()).await;
        Self { sandbox, config, folder }
    }

    /// Lets time go by, at the service.
    pub(crate) fn advance(&self, seconds: u64) {
        std::thread::scope(|scope| scope.spawn(|| self.sandbox.advance(seconds).unwrap()).join().unwrap());
    }

    pub(crate) fn setup(&self) -> Setup {
        Setup::new(self.sandbox.identity())
    }

    /// A phone by its name.
    pub(crate) fn phone(&self, name: &str) -> Phone {
        Phone::start(&self.folder_of(name), &self.setup())
    }

    pub(crate) fn folder_of(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// A citizen on this service's record.
    pub(crate) fn citizen(&self, kind: Kind, nth: u32) -> Citizen {
        assert!(self.config.citizens > 0);
        Population::default().of(kind, nth)
    }
}

async fn start(config: Config) -> Sandbox {
    blocking(move || Sandbox::start(&config).unwrap()).await
}

/// The service has a runtime of its own, which is not to be started or waited for within another.
pub(crate) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// Every file below a folder.
pub(crate) fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Copies what lies below a folder.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(path, target).unwrap();
    }
}
