//! The thread that effects run on. Calls wait for the network, not for the processor: one is enough, beside those that block.

use std::io;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

/// How long effects have to end that are given up: what they wait for may be a prompt that nobody answers.
const STOP_LIMIT: Duration = Duration::from_secs(1);

/// Runs until it is stopped or dropped.
pub(super) struct Thread {
    handle: Handle,
    end: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Thread {
    pub(super) fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel();
        let running = thread::Builder::new().name("effects".to_owned()).spawn(move || {
            // Nothing is ever sent: it ends when the sender goes.
            let _: Result<(), _> = runtime.block_on(ended);
            runtime.shutdown_timeout(STOP_LIMIT);
        })?;
        Ok(Self { handle, end, running })
    }

    pub(super) fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Returns once nothing runs any more, or the limit is over.
    pub(super) fn stop(self) {
        let Self { end, running, .. } = self;
        drop(end);
        let _ = running.join();
    }
}
