//! Requests that wait for something to be said. They leave the queue after a first look, and take another turn when something happened:
//! nobody waits behind them.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use super::answer::Answer;
use super::signed::Signed;
use super::turn::{self, Needs};
use super::{Service, in_turn};
use crate::routes::{Params, Prepare};

/// Rings when something happened that somebody may wait for, and at the end.
pub(crate) struct Bell {
    /// Whether the service is about to stop.
    rings: watch::Sender<bool>,
    /// How long a request waits at most.
    longest: Duration,
}

impl Bell {
    pub(crate) fn new(longest: Duration) -> Self {
        Self { rings: watch::Sender::new(false), longest }
    }

    pub(super) fn ring(&self) {
        self.rings.send_modify(|_| ());
    }

    /// Nobody waits any longer.
    pub(crate) fn close(&self) {
        self.rings.send_replace(true);
    }

    /// Hears whatever happens from now on.
    pub(super) fn listen(&self) -> watch::Receiver<bool> {
        self.rings.subscribe()
    }
}

/// A request that had its nonce spent, and may look again.
pub(super) struct Waiting<'a> {
    pub(super) signed: Signed,
    pub(super) needs: Needs,
    pub(super) prepare: &'a Prepare,
    pub(super) params: &'a Params,
    pub(super) hears: watch::Receiver<bool>,
}

impl Waiting<'_> {
    /// Looks again whenever something happened, until there is another answer than `nothing` or the time is over.
    pub(super) async fn answer(mut self, service: &Arc<Service>, nothing: Answer) -> Answer {
        let until = Instant::now() + service.bell.longest;
        while !*self.hears.borrow() && matches!(timeout_at(until, self.hears.changed()).await, Ok(Ok(()))) {
            let prepared = match (self.prepare)(self.params, Vec::new()) {
                Ok(prepared) => prepared,
                Err(code) => return code.into(),
            };
            let (signed, needs) = (self.signed.again(), self.needs);
            let answer =
                in_turn(service, move |service, db| Ok(turn::again(service, db, &signed, needs, prepared))).await;
            if answer != nothing {
                return answer;
            }
        }
        nothing
    }
}
