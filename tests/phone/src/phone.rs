//! The phone.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use citizen_keystore::{DeviceKeystore, SoftwareKeystore};
use citizen_protocol::key::PublicKey;
use citizen_protocol::trust::Env;
use citizen_sandbox::ServiceIdentity;
use citizen_service::{
    Account, Backoff, Binding, Clock, Config, Link, Outbox, PhoneInfo, Portraits, SystemClock, TimeLimits,
};
use citizen_vault::{Opened, Schema, Vault};

/// A phone that is switched on. Its storage is a folder: another one on the same folder is the same phone after a restart.
pub struct Phone {
    /// Its storage.
    pub vault: Arc<Vault>,
    /// Its link to the service.
    pub link: Arc<Link>,
    /// Its outbox.
    pub outbox: Outbox,
    /// Its keys.
    pub binding: Binding,
    /// Its portraits.
    pub portraits: Portraits,
    /// Its account.
    pub account: Account,
}

/// How a phone talks to the service.
#[derive(Clone)]
pub struct Setup {
    /// Of the client.
    pub client: Config,
    /// Of the phone.
    pub clock: Arc<dyn Clock>,
}

impl Setup {
    /// As a phone ships, but for tries that follow each other quickly.
    ///
    /// # Panics
    /// The service's root is no key: it is not one that was started.
    #[must_use]
    pub fn new(identity: &ServiceIdentity) -> Self {
        let client = Config {
            host: identity.authority(),
            env: Env::Test,
            roots: vec![identity.ca.clone()],
            root_key: PublicKey::from_spki(&identity.root).expect("a service's root is a key"),
            pins: identity.pin_set.clone(),
            limits: TimeLimits::default(),
            backoff: Backoff { first: Duration::from_millis(5), longest: Duration::from_millis(50), tries: 6 },
        };
        Self { client, clock: Arc::new(SystemClock) }
    }
}

impl Phone {
    /// Switches a phone on, with its keys in files.
    ///
    /// # Panics
    /// The folder can't be used.
    #[must_use]
    pub fn start(folder: &Path, setup: &Setup) -> Self {
        let keystore = SoftwareKeystore::open(folder.join("keys")).expect("a folder for keys");
        Self::with_keystore(folder, setup, Arc::new(keystore))
    }

    /// Switches a phone on.
    ///
    /// # Panics
    /// The folder can't be used.
    #[must_use]
    pub fn with_keystore(folder: &Path, setup: &Setup, keystore: Arc<dyn DeviceKeystore>) -> Self {
        let config = citizen_vault::Config { folder: folder.join("vault"), schema: Schema::new(&[]) };
        let Opened { vault, losses } = Vault::open(&config, Arc::clone(&keystore)).expect("storage");
        assert!(losses.is_empty(), "storage was damaged");
        let vault = Arc::new(vault);
        let link = Link::new(setup.client.clone(), Arc::clone(&vault), keystore, Arc::clone(&setup.clock));
        let link = Arc::new(link.expect("the service's identity makes a configuration"));
        let outbox = Outbox::new(Arc::clone(&link));
        Self {
            binding: Binding::new(Arc::clone(&link), outbox.clone()),
            portraits: Portraits::new(Arc::clone(&link), outbox.clone()),
            account: Account::new(Arc::clone(&link)),
            vault,
            link,
            outbox,
        }
    }

    /// What it says of itself.
    #[must_use]
    pub fn info() -> PhoneInfo {
        PhoneInfo { model: "Model 1".into(), os: "Test 1".into(), app_version: "0.1.0".into() }
    }
}
