//! Calls out to the shell: none after the end, and one that breaks breaks nothing here.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use citizen_journeys::{Page, Request, RiskReading};

use crate::{Handled, Platform, RiskSignals};

/// The shell, as the worker calls it.
pub(crate) struct Shell {
    platform: Arc<dyn Platform>,
    risk: Arc<dyn RiskSignals>,
    closed: Arc<AtomicBool>,
}

impl Shell {
    pub(crate) fn new(platform: Arc<dyn Platform>, risk: Arc<dyn RiskSignals>, closed: Arc<AtomicBool>) -> Self {
        Self { platform, risk, closed }
    }

    /// Whether the app has ended.
    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Whether the page is shown now.
    pub(super) fn render(&self, page: Page) -> bool {
        self.call(|| self.platform.render(page).ok()) == Some(Handled::Done)
    }

    pub(super) fn perform(&self, request: Request) {
        self.call(|| self.platform.perform(request).ok());
    }

    /// The signals; all unknown, where the shell does not say.
    pub(super) fn risk(&self) -> RiskReading {
        self.call(|| self.risk.read().ok()).unwrap_or_default()
    }

    fn call<T>(&self, call: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.is_closed() {
            return None;
        }
        catch_unwind(AssertUnwindSafe(call)).ok().flatten()
    }
}
