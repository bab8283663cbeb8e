//! The storage thread: the one that touches the database. A panic in there is an error out here, and so is silence.

use std::any::Any;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::StoreError;
use crate::engine::Engine;
use crate::folder::Folder;
use crate::start;

/// How long one request may take. A commit takes milliseconds; a phone that writes at 1 MB/s needs 16 s for the largest value.
const REQUEST_LIMIT: Duration = Duration::from_mins(1);
/// How long closing is waited for.
pub(crate) const CLOSE_LIMIT: Duration = Duration::from_secs(10);

type Request = Box<dyn FnOnce(&mut Engine) + Send>;
type Answer = Result<Box<dyn Any + Send>, StoreError>;

/// The way to the thread. It ends when this goes.
pub(crate) struct Storage {
    requests: Mutex<Sender<Request>>,
    /// Answers when the files are free again.
    closed: Mutex<Receiver<()>>,
}

/// The thread's own end.
pub(crate) struct Worker {
    requests: Receiver<Request>,
    /// Dropped last: a second opening is refused until then.
    closed: Sender<()>,
}

pub(crate) fn pair() -> (Storage, Worker) {
    let (requests, received) = mpsc::channel();
    let (freed, closed) = mpsc::channel();
    (
        Storage { requests: Mutex::new(requests), closed: Mutex::new(closed) },
        Worker { requests: received, closed: freed },
    )
}

impl Storage {
    /// Runs `request` there and waits for it.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        request: impl FnOnce(&mut Engine) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let answer = self.answer(Box::new(move |engine| Ok(Box::new(request(engine)?))))?;
        answer.downcast().map_or(Err(StoreError::Closed), |answer| Ok(*answer))
    }

    /// The same without types: what waits for an answer is in the library once, not for each type of it.
    fn answer(&self, request: Box<dyn FnOnce(&mut Engine) -> Answer + Send>) -> Answer {
        let (answer, answered) = mpsc::sync_channel(1);
        let request = Box::new(move |engine: &mut Engine| drop(answer.send(attempt(engine, request))));
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone();
        requests.send(request).map_err(|_| StoreError::Closed)?;
        match answered.recv_timeout(REQUEST_LIMIT) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => Err(StoreError::Stuck),
            Err(RecvTimeoutError::Disconnected) => Err(StoreError::Closed),
        }
    }

    pub(crate) fn close(self) {
        let Self { requests, closed } = self;
        drop(requests);
        let _ = closed.into_inner().unwrap_or_else(PoisonError::into_inner).recv_timeout(CLOSE_LIMIT);
    }
}

impl Worker {
    /// Serves until nobody is left to ask, then frees the files.
    pub(crate) fn serve(self, mut engine: Engine, folder: &Folder, lock: File) {
        while let Ok(request) = self.requests.recv() {
            request(&mut engine);
        }
        if engine.close() {
            drop(lock);
        } else {
            // Part of the database is still there, and writes perhaps: nobody opens these files before the process has ended.
            start::abandon(folder);
            std::mem::forget(lock);
        }
        drop(self.closed);
    }
}

fn attempt(engine: &mut Engine, request: impl FnOnce(&mut Engine) -> Answer) -> Answer {
    if engine.is_broken() {
        return Err(StoreError::Broken);
    }
    catch_unwind(AssertUnwindSafe(|| request(engine))).unwrap_or_else(|_| {
        engine.set_broken();
        Err(StoreError::Broken)
    })
}
