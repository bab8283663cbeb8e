//! What the tests of this crate run on: a service that is not there, a screen that remembers, a clock that stands still.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use citizen_journeys::{Page, Request, RiskReading};
use citizen_keystore::{DeviceKeystore, Fault, KeyPolicy, ScriptedKeystore, SoftwareKeystore};
use citizen_protocol::signature::fixed_from_der;
use citizen_protocol::trust::{Env, Period, Pin, PinRole, Set};
use citizen_protocol::wire::UnixTime;
use citizen_service::{Backoff, Clock};

use crate::{App, AppConfig, Handled, PhoneInfo, Platform, PlatformError, Problem, RiskSignals, ServiceConfig, Setup};

/// Longer than anything takes that a test waits for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A service whose configuration holds, at a place where nobody listens.
pub(crate) struct Service(ServiceConfig);

impl Service {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = SoftwareKeystore::open(folder.path()).unwrap();
        let root = keys.create("root".into(), KeyPolicy::Device, Vec::new()).unwrap();
        let period = Period { from: UnixTime(0), to: UnixTime(u64::MAX) };
        let roles = [(PinRole::Current, 1), (PinRole::Next, 2), (PinRole::Backup, 3)];
        let rows = roles.map(|(role, byte)| Pin { spki_sha256: [byte; 32], role, period }).to_vec();
        let sign = |bytes: &[u8]| fixed_from_der(&keys.sign("root".into(), bytes.to_vec(), None).unwrap()).unwrap();
        let pins = Set { env: Env::Test, version: 1, rows }.sign(sign).unwrap();
        let key = rcgen::KeyPair::generate().unwrap();
        let mut authority = rcgen::CertificateParams::new([]).unwrap();
        authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        Self(ServiceConfig {
            // The discard port: refused at once.
            host: "localhost:9".into(),
            roots: vec![authority.self_signed(&key).unwrap().der().to_vec()],
            root_key: root.spki,
            pins: serde_json::to_vec(&pins).unwrap(),
        })
    }

    pub(crate) fn config(&self, folder: impl AsRef<Path>) -> AppConfig {
        AppConfig {
            folder: folder.as_ref().to_str().unwrap().to_owned(),
            language: Some("en".into()),
            phone: PhoneInfo { model: "Model 1".into(), os: "Test 1".into(), app_version: "0.1.0".into() },
            sms_token: None,
            production: false,
            service: self.0.clone(),
        }
    }
}

/// A clock that a test moves.
#[derive(Default)]
pub(crate) struct StoppedClock(AtomicU64);

impl StoppedClock {
    pub(crate) fn advance(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for StoppedClock {
    fn wall(&self) -> UnixTime {
        UnixTime(1_790_000_000 + self.0.load(Ordering::SeqCst))
    }

    fn boot(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

type OnPage = Box<dyn Fn(&Page) -> Result<Handled, PlatformError> + Send + Sync>;

/// Remembers pages and requests.
pub(crate) struct Screen {
    pages: Mutex<Vec<Page>>,
    drawn: Condvar,
    pub(crate) requests: Mutex<Vec<Request>>,
    on_page: OnPage,
}

impl Screen {
    pub(crate) fn new() -> Arc<Self> {
        Self::that(|_| Ok(Handled::Done))
    }

    /// Does something with each page.
    pub(crate) fn that(on_page: impl Fn(&Page) -> Result<Handled, PlatformError> + Send + Sync + 'static) -> Arc<Self> {
        let (pages, requests) = (Mutex::default(), Mutex::default());
        Arc::new(Self { pages, drawn: Condvar::new(), requests, on_page: Box::new(on_page) })
    }

    pub(crate) fn pages(&self) -> Vec<Page> {
        self.pages.lock().unwrap().clone()
    }

    /// Waits for so many pages.
    pub(crate) fn wait_for(&self, count: usize) -> Vec<Page> {
        self.wait_until(|pages| pages.len() >= count)
    }

    pub(crate) fn wait_until(&self, fits: impl Fn(&[Page]) -> bool) -> Vec<Page> {
        let pages = self.pages.lock().unwrap();
        let (pages, waited) = self.drawn.wait_timeout_while(pages, PATIENCE, |pages| !fits(pages)).unwrap();
        assert!(!waited.timed_out(), "{:?}", pages.iter().map(|page| &page.id).collect::<Vec<_>>());
        pages.clone()
    }
}

impl Platform for Screen {
    fn render(&self, page: Page) -> Result<Handled, PlatformError> {
        self.pages.lock().unwrap().push(page.clone());
        self.drawn.notify_all();
        (self.on_page)(&page)
    }

    fn perform(&self, request: Request) -> Result<Handled, PlatformError> {
        self.requests.lock().unwrap().push(request);
        Ok(Handled::Done)
    }
}

/// Nothing to fear.
pub(crate) struct Quiet;

impl RiskSignals for Quiet {
    fn read(&self) -> Result<RiskReading, PlatformError> {
        Ok(RiskReading::default())
    }
}

/// A phone: its folder, its key store, its service.
pub(crate) struct Phone {
    folder: tempfile::TempDir,
    service: Service,
    pub(crate) clock: Arc<StoppedClock>,
}

impl Phone {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), service: Service::new(), clock: Arc::default() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn config(&self) -> AppConfig {
        self.service.config(self.path("app"))
    }

    pub(crate) fn keys(&self, script: impl IntoIterator<Item = Fault>) -> Arc<ScriptedKeystore> {
        let keys = Arc::new(SoftwareKeystore::open(self.path("keys")).unwrap());
        Arc::new(ScriptedKeystore::new(keys, script))
    }

    pub(crate) fn setup(&self) -> Setup {
        let quick = Duration::from_millis(1);
        let backoff = Backoff { first: quick, longest: quick, tries: 2 };
        Setup { clock: Arc::clone(&self.clock) as _, backoff, ..Setup::default() }
    }

    pub(crate) fn open(&self, script: impl IntoIterator<Item = Fault>) -> Result<Arc<App>, Problem> {
        self.open_on(Screen::new(), script)
    }

    pub(crate) fn open_on(
        &self,
        screen: Arc<dyn Platform>,
        script: impl IntoIterator<Item = Fault>,
    ) -> Result<Arc<App>, Problem> {
        App::open_with(self.config(), self.setup(), screen, self.keys(script), Arc::new(Quiet))
    }
}
