//! A phone with the app on it: a folder. Opening the app again on it is the same phone after a restart.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use citizen_app::{App, AppConfig, Backoff, PhoneInfo, ServiceConfig, Setup, TimeLimits};
use citizen_journeys::Page;
use citizen_keystore::SoftwareKeystore;
use citizen_sandbox::{Citizen, Sandbox, ServiceIdentity};
use citizen_service::Life;

use crate::holder::Holder;
use crate::shell::{Ended, Shell};

/// What an app has to know of the sandbox.
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "a pin set is JSON")]
pub fn service(identity: &ServiceIdentity) -> ServiceConfig {
    ServiceConfig {
        host: identity.authority(),
        roots: vec![identity.ca.clone()],
        root_key: identity.root.clone(),
        pins: serde_json::to_vec(&identity.pin_set).expect("a pin set is JSON"),
    }
}

/// Where messages to a phone come from.
pub trait Service: Send + Sync {
    /// Their texts, the newest last.
    fn messages(&self, address: &str) -> Vec<String>;
}

impl Service for Sandbox {
    fn messages(&self, address: &str) -> Vec<String> {
        Self::messages(self, address).into_iter().map(|message| message.body).collect()
    }
}

/// A phone with the app installed, and the citizen whose it is.
#[derive(Clone)]
pub struct Installed {
    folder: PathBuf,
    service: ServiceConfig,
    citizen: Citizen,
    holder: Holder,
}

impl Installed {
    /// In a folder of its own.
    #[must_use]
    pub fn new(folder: &Path, identity: &ServiceIdentity, citizen: Citizen) -> Self {
        let holder = Holder {
            payload: citizen.payload(),
            phone: citizen.phone.clone(),
            password: format!("hoa sen no tren ho {}", citizen.index),
            jpeg: portrait(citizen.index),
        };
        Self { folder: folder.to_owned(), service: service(identity), citizen, holder }
    }

    /// The citizen.
    #[must_use]
    pub fn citizen(&self) -> &Citizen {
        &self.citizen
    }

    /// Starts the app; its citizen uses it until the goal is there. It runs as long as it is held.
    ///
    /// # Panics
    /// It does not open.
    #[must_use]
    pub fn start(
        &self,
        messages: Arc<dyn Service>,
        life: Life,
        goal: impl Fn(&Page) -> bool + Send + Sync + 'static,
    ) -> (Arc<App>, Arc<Shell>, Receiver<Ended>) {
        let address = self.citizen.phone.clone();
        let (shell, ended) = Shell::new(self.holder.clone(), move || messages.messages(&address), goal);
        let keystore = Arc::new(SoftwareKeystore::open(self.folder.join("keys")).expect("a folder for keys"));
        let app = App::open_with(self.config(), setup(life), shell.clone(), keystore, shell.clone());
        let app = app.expect("an app that opens");
        shell.holds(&app);
        (app, shell, ended)
    }

    fn config(&self) -> AppConfig {
        AppConfig {
            folder: self.folder.join("app").to_string_lossy().into_owned(),
            language: Some("vi".into()),
            phone: PhoneInfo { model: "Model 1".into(), os: "iOS 1".into(), app_version: "0.1.0".into() },
            sms_token: None,
            production: false,
            service: self.service.clone(),
        }
    }
}

/// As a phone ships, but for tries that follow each other quickly.
fn setup(life: Life) -> Setup {
    let backoff = Backoff { first: Duration::from_millis(5), longest: Duration::from_millis(50), tries: 4 };
    let limits =
        TimeLimits { connect: Duration::from_secs(8), read: Duration::from_secs(15), call: Duration::from_mins(1) };
    Setup { backoff, limits, life, ..Setup::default() }
}

/// A file that begins as a JPEG does, of two parts, and of no other citizen: the service compares no faces.
fn portrait(index: u32) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.extend((0..40_u32 << 10).map(|at| (at.wrapping_mul(2_654_435_761).wrapping_add(index) >> 13) as u8));
    bytes
}
