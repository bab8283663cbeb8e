//! The desktop's shell: pages and requests go into a queue; the phone's signals are all quiet.

use std::collections::HashSet;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use citizen_app::{App, AppConfig, Handled, PhoneInfo, Platform, PlatformError, RiskSignals, ServiceConfig};
use citizen_journeys::{Event, Page, Part, Request, RiskReading, Signal};
use citizen_keystore::SoftwareKeystore;
use citizen_sandbox::ServiceIdentity;

use super::words::Language;

/// What the app has the shell do, in order.
pub(super) enum Shown {
    Page(Page),
    Request(Request),
}

/// A page some time after it was drawn: what a shell counts by itself has gone on.
pub(super) fn aged(page: &Page, age: Duration) -> Page {
    let gone = u32::try_from(age.as_secs()).unwrap_or(u32::MAX);
    let mut page = page.clone();
    for part in &mut page.parts {
        if let Part::Countdown { wait } = part {
            wait.seconds = wait.seconds.saturating_sub(gone);
        }
    }
    for action in page.actions.iter_mut().filter(|action| action.delay_s > 0) {
        action.delay_s = action.delay_s.saturating_sub(gone);
        action.enabled = action.delay_s == 0;
    }
    page
}

/// The app on a simulated phone, and what it shows.
pub(super) struct Screen {
    app: Arc<App>,
    shown: Receiver<Shown>,
    typed: Typed,
}

/// The phone in reports and messages.
pub(super) const MODEL: &str = "Citizen Demo 1";

impl Screen {
    /// Switches the phone on. Its storage is `folder/vault`, its keys are files in `folder/keys`.
    pub(super) fn open(folder: &Path, service: &ServiceIdentity, language: Language) -> Result<Self> {
        let (sender, shown) = channel();
        let keys = SoftwareKeystore::open(folder.join("keys")).context("a folder for keys")?;
        let platform = Arc::new(Queue(Mutex::new(sender)));
        let app = App::open(config(folder, service, language)?, platform, Arc::new(keys), Arc::new(Quiet))?;
        Ok(Self { app, shown, typed: Typed::default() })
    }

    pub(super) fn dispatch(&mut self, event: Event) {
        self.typed.note(&event);
        self.app.dispatch(event);
    }

    /// The next thing that the app shows; nothing within that time.
    pub(super) fn next(&mut self, patience: Duration) -> Result<Option<Shown>> {
        match self.shown.recv_timeout(patience) {
            Ok(shown) => {
                if let Shown::Page(page) = &shown {
                    self.typed.keep_only(page);
                }
                Ok(Some(shown))
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => bail!("the app has ended"),
        }
    }

    /// What stands in secret entries.
    pub(super) fn typed(&self) -> &Typed {
        &self.typed
    }

    /// The app's last steps by name, for whoever looks into what went wrong.
    pub(super) fn trace(&self) -> Vec<String> {
        self.app.trace()
    }

    /// Switches the phone off: its files are free.
    pub(super) fn close(self) {
        self.app.shutdown();
    }
}

fn config(folder: &Path, service: &ServiceIdentity, language: Language) -> Result<AppConfig> {
    Ok(AppConfig {
        folder: folder.to_str().context("a folder whose name is text")?.to_owned(),
        language: Some(language.tag().into()),
        phone: PhoneInfo { model: MODEL.into(), os: "Desktop".into(), app_version: env!("CARGO_PKG_VERSION").into() },
        sms_token: None,
        production: false,
        service: ServiceConfig {
            host: service.authority(),
            roots: vec![service.ca.clone()],
            root_key: service.root.clone(),
            pins: serde_json::to_vec(&service.pin_set)?,
        },
    })
}

/// Whatever comes is put into a queue.
struct Queue(Mutex<Sender<Shown>>);

impl Queue {
    fn put(&self, shown: Shown) -> Result<Handled, PlatformError> {
        let sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sender.send(shown).map(|()| Handled::Done).map_err(|_| PlatformError::NotNow)
    }
}

impl Platform for Queue {
    fn render(&self, page: Page) -> Result<Handled, PlatformError> {
        self.put(Shown::Page(page))
    }

    fn perform(&self, request: Request) -> Result<Handled, PlatformError> {
        self.put(Shown::Request(request))
    }
}

/// Nobody calls, looks on or holds the phone from afar.
struct Quiet;

impl RiskSignals for Quiet {
    fn read(&self) -> Result<RiskReading, PlatformError> {
        Ok(RiskReading {
            call: Signal::No,
            capture: Signal::No,
            remote: Signal::No,
            overlay: Signal::No,
            accessibility: Signal::No,
            debugger: Signal::No,
        })
    }
}

/// Which fields of the page something was entered into: a page never says what stands in a secret one, a shell's own entry does.
#[derive(Clone, Default)]
pub(crate) struct Typed {
    page: String,
    fields: HashSet<String>,
}

impl Typed {
    fn note(&mut self, event: &Event) {
        if let Event::Field { page, field, value } = event {
            self.turn_to(page);
            if value.is_empty() {
                self.fields.remove(field)
            } else {
                self.fields.insert(field.clone())
            };
        }
    }

    fn keep_only(&mut self, page: &Page) {
        self.turn_to(&page.id);
    }

    fn turn_to(&mut self, page: &str) {
        if self.page != page {
            page.clone_into(&mut self.page);
            self.fields.clear();
        }
    }

    /// Whether there are dots in it.
    pub(crate) fn holds(&self, field: &str) -> bool {
        self.fields.contains(field)
    }

    #[cfg(test)]
    pub(crate) fn with(page: &str, field: &str) -> Self {
        Self { page: page.into(), fields: HashSet::from([field.to_owned()]) }
    }
}

#[cfg(test)]
mod tests {
    use citizen_journeys::{Action, Role, Said, Wait};

    use super::*;

    #[test]
    fn a_button_opens_when_its_time_has_come() {
        let said = || Said { id: "x".into(), text: "x".into(), spoken: None };
        let action = |enabled, delay_s| Action { id: "a".into(), label: said(), role: Role::Primary, enabled, delay_s };
        let wait = Wait { label: said(), seconds: 60, announce_at: Vec::new() };
        let page = Page {
            id: "p".into(),
            title: said(),
            parts: vec![Part::Countdown { wait }],
            actions: vec![action(false, 5), action(false, 0)],
            can_go_back: false,
            announce: None,
        };
        let at = |age| {
            let page = aged(&page, Duration::from_millis(age));
            let left = match &page.parts[..] {
                [Part::Countdown { wait }] => wait.seconds,
                _ => 0,
            };
            (left, page.actions[0].enabled, page.actions[1].enabled)
        };
        assert_eq!(
            [at(0), at(4_900), at(5_000), at(90_000)],
            [(60, false, false), (56, false, false), (55, true, false), (0, true, false)]
        );
    }

    #[test]
    fn dots_stay_as_long_as_the_page_and_what_was_entered() {
        let mut typed = Typed::default();
        let mut enter = |page: &str, value: &str| {
            typed.note(&Event::Field { page: page.into(), field: "password".into(), value: value.into() });
            typed.holds("password")
        };
        assert!(enter("one", "a"));
        assert!(!enter("one", ""));
        assert!(enter("one", "a"));
        assert!(!enter("two", ""));
    }
}
