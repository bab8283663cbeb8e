//! The shell of a phone that nobody looks at: its citizen answers each page at once.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use citizen_app::{App, Handled, Platform, PlatformError, RiskSignals};
use citizen_journeys::{Page, Request, RiskReading, Signal};

use crate::holder::Holder;

/// How a citizen's use of the app ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    /// The page is there that was waited for.
    There(Page),
    /// The same page came too often: nobody gets on.
    Stuck(Page),
}

/// Pages of one id in a row, at most: a field at a time, and each failure of a failing network.
const PATIENCE: u32 = 400;

/// Where the citizen wants to be.
type Goal = Box<dyn Fn(&Page) -> bool + Send + Sync>;
/// The messages to an address, the newest last.
type Messages = Box<dyn Fn() -> Vec<String> + Send + Sync>;

/// The shell.
pub struct Shell {
    holder: Holder,
    messages: Messages,
    goal: Goal,
    app: OnceLock<Weak<App>>,
    seen: Mutex<Seen>,
    ended: Mutex<Option<Sender<Ended>>>,
}

#[derive(Default)]
struct Seen {
    /// Ids of the pages, as they changed.
    pages: Vec<String>,
    /// How often the last one came.
    times: u32,
    /// What came before the app was known.
    early: Option<Page>,
}

impl Shell {
    /// Of a citizen who uses the app until the goal is there.
    #[must_use]
    pub fn new(
        holder: Holder,
        messages: impl Fn() -> Vec<String> + Send + Sync + 'static,
        goal: impl Fn(&Page) -> bool + Send + Sync + 'static,
    ) -> (Arc<Self>, Receiver<Ended>) {
        let (end, ended) = mpsc::channel();
        let shell = Self {
            holder,
            messages: Box::new(messages),
            goal: Box::new(goal),
            app: OnceLock::new(),
            seen: Mutex::default(),
            ended: Mutex::new(Some(end)),
        };
        (Arc::new(shell), ended)
    }

    /// The app is open: from now on its pages are answered.
    pub fn holds(&self, app: &Arc<App>) {
        let _ = self.app.set(Arc::downgrade(app));
        let early = self.seen().early.take();
        if let Some(page) = early {
            self.answer(&page);
        }
    }

    /// Ids of the pages that were shown, as they changed.
    #[must_use]
    pub fn pages(&self) -> Vec<String> {
        self.seen().pages.clone()
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, how: Ended) {
        if let Some(end) = self.ended.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = end.send(how);
        }
    }

    fn answer(&self, page: &Page) {
        if (self.goal)(page) {
            return self.end(Ended::There(page.clone()));
        }
        let Some(app) = self.app.get() else {
            self.seen().early = Some(page.clone());
            return;
        };
        let Some(app) = app.upgrade() else { return };
        let has_account = self.seen().pages.iter().any(|page| page == "status-approved");
        for event in self.holder.answer(page, &(self.messages)(), has_account) {
            app.dispatch(event);
        }
    }
}

impl Platform for Shell {
    fn render(&self, page: Page) -> Result<Handled, PlatformError> {
        let times = {
            let mut seen = self.seen();
            if seen.pages.last() == Some(&page.id) {
                seen.times += 1;
            } else {
                seen.pages.push(page.id.clone());
                seen.times = 1;
            }
            seen.times
        };
        if times > PATIENCE {
            self.end(Ended::Stuck(page));
        } else {
            self.answer(&page);
        }
        Ok(Handled::Done)
    }

    fn perform(&self, _request: Request) -> Result<Handled, PlatformError> {
        Ok(Handled::Done)
    }
}

impl RiskSignals for Shell {
    fn read(&self) -> Result<RiskReading, PlatformError> {
        let no = Signal::No;
        Ok(RiskReading { call: no, capture: no, remote: no, overlay: no, accessibility: no, debugger: no })
    }
}
