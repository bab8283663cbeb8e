//! Steps that open the phone's storage.

use std::sync::{Arc, LazyLock};

use citizen_app::{
    App, AppConfig, DamageKind, Handled, PhoneInfo, Platform, PlatformError, Problem, RiskSignals, ServiceConfig,
};
use citizen_journeys::{Page, Request, RiskReading};
use citizen_keystore::{DeviceKeystore, Fault, KeystoreError, ScriptedKeystore, SoftwareKeystore};
use citizen_sandbox::{Config, Sandbox};
use serde::Deserialize;
use serde_json::{Value, json};

/// A service whose configuration holds, and that has stopped: opening needs no network.
static SERVICE: LazyLock<ServiceConfig> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Sandbox::start(&Config { citizens: 1, ..Config::new(folder.path()) }).unwrap();
    let identity = sandbox.identity();
    ServiceConfig {
        host: identity.authority(),
        roots: vec![identity.ca.clone()],
        root_key: identity.root.clone(),
        pins: serde_json::to_vec(&identity.pin_set).unwrap(),
    }
});

/// A shell without a screen.
struct Dark;

impl Platform for Dark {
    fn render(&self, _page: Page) -> Result<Handled, PlatformError> {
        Ok(Handled::Done)
    }

    fn perform(&self, _request: Request) -> Result<Handled, PlatformError> {
        Ok(Handled::Done)
    }
}

impl RiskSignals for Dark {
    fn read(&self) -> Result<RiskReading, PlatformError> {
        Ok(RiskReading::default())
    }
}

/// How the key store answers, all through the opening.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeyStore {
    Works,
    IsCancelled,
    IsNotEnrolled,
    TimesOut,
    IsLockedOut,
    IsUnavailable,
    Breaks,
    IsInvalidated,
    Refuses,
    HasLostItsKeys,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    key_store: KeyStore,
}

/// A phone, and the app on it once it is open.
pub(crate) struct Phone {
    folder: tempfile::TempDir,
    app: Option<Arc<App>>,
}

impl Phone {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), app: None }
    }

    /// The app of the step before is closed first.
    pub(crate) fn open(&mut self, opening: &Opening) -> Value {
        if let Some(app) = self.app.take() {
            app.shutdown();
        }
        let config = AppConfig {
            folder: self.folder.path().join("app").to_str().unwrap().to_owned(),
            language: None,
            phone: PhoneInfo { model: "Model 1".into(), os: "Test 1".into(), app_version: "0.1.0".into() },
            sms_token: None,
            production: false,
            service: SERVICE.clone(),
        };
        match App::open(config, Arc::new(Dark), self.keystore(opening.key_store), Arc::new(Dark)) {
            Ok(app) => {
                let losses = losses(&app);
                self.app = Some(app);
                json!({ "opened": true, "losses": losses })
            }
            Err(Problem::Keystore { error: KeystoreError::LockedOut { retry_s } }) => {
                json!({ "opened": false, "problem": "locked_out", "retry_s": retry_s })
            }
            Err(problem) => json!({ "opened": false, "problem": name(problem) }),
        }
    }

    pub(crate) fn tell_losses(&self) -> Value {
        let app = self.app.as_ref().expect("an app that is open");
        app.losses_told().unwrap();
        json!({ "losses": losses(app) })
    }

    fn keystore(&self, key_store: KeyStore) -> Arc<dyn DeviceKeystore> {
        let keys = self.folder.path().join("keys");
        let fault = match key_store {
            KeyStore::Works => Fault::Works,
            KeyStore::IsCancelled => Fault::Fails(KeystoreError::UserCancelled),
            KeyStore::IsNotEnrolled => Fault::Fails(KeystoreError::NotEnrolled),
            KeyStore::TimesOut => Fault::Fails(KeystoreError::TimedOut),
            KeyStore::IsLockedOut => Fault::Fails(KeystoreError::LockedOut { retry_s: 30 }),
            KeyStore::IsUnavailable => Fault::Fails(KeystoreError::HardwareUnavailable),
            KeyStore::Breaks => Fault::Panics,
            KeyStore::IsInvalidated => Fault::Fails(KeystoreError::Invalidated),
            KeyStore::Refuses => Fault::Fails(KeystoreError::Refused),
            KeyStore::HasLostItsKeys => {
                std::fs::remove_dir_all(&keys).unwrap();
                Fault::Works
            }
        };
        let software = Arc::new(SoftwareKeystore::open(keys).unwrap());
        Arc::new(ScriptedKeystore::new(software, [fault]))
    }
}

fn losses(app: &App) -> Vec<&'static str> {
    app.losses()
        .iter()
        .map(|loss| match loss.damage {
            DamageKind::KeyLost => "key_lost",
            DamageKind::Outdated => "outdated",
            DamageKind::Damaged => "damaged",
            DamageKind::Place => "place",
        })
        .collect()
}

fn name(problem: Problem) -> &'static str {
    match problem {
        Problem::Keystore { error } => match error {
            KeystoreError::UserCancelled => "user_cancelled",
            KeystoreError::NotEnrolled => "not_enrolled",
            KeystoreError::Invalidated => "invalidated",
            KeystoreError::LockedOut { .. } => "locked_out",
            KeystoreError::KeyMissing => "key_missing",
            KeystoreError::HardwareUnavailable => "hardware_unavailable",
            KeystoreError::Refused => "refused",
            KeystoreError::TimedOut => "timed_out",
            KeystoreError::Unexpected => "unexpected",
        },
        Problem::InUse => "in_use",
        Problem::NoSpace => "no_space",
        Problem::Files => "files",
        Problem::Restart => "restart",
        Problem::Update => "update",
        Problem::Configuration => "configuration",
    }
}
