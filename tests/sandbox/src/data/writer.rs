//! One thread owns the database. It takes all jobs that wait, runs them in one transaction, and answers when that is on the disk.
//!
//! ```text
//! queue:  a b c            d e f ...                 while a, b and c are made durable, d, e and f queue up
//! thread: BEGIN  a b c  COMMIT  answer a b c  BEGIN  d e f  COMMIT  ...
//! ```
//! Each job has a savepoint of its own: one that fails takes nothing of the others with it. Jobs run one after another, so
//! that no rule ever sees another half done.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::oneshot;

use super::savepoint::{Fate, within};

/// Jobs in one transaction at most: it bounds how long the first one waits.
const MAX_GROUP: usize = 256;

/// Why a job has no answer. What it did was rolled back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error("a rule panicked")]
    Panicked,
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The transaction could not be made durable, or the service is stopping.
    #[error("the database is not taking anything")]
    Closed,
}

/// The queue to the thread.
pub(crate) struct Writer {
    queue: Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Message {
    Run(Box<dyn Job>),
    Close,
}

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(connection: Connection) -> std::io::Result<Self> {
        let (queue, jobs) = channel();
        let thread = std::thread::Builder::new().name("database".into()).spawn(move || serve(connection, &jobs))?;
        Ok(Self { queue, thread: Mutex::new(Some(thread)) })
    }

    /// Runs `work` in a transaction, and returns when what it did is durable. An error or a panic in it undoes it.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, Broken>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction) -> rusqlite::Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        // Whoever asked may have left.
        self.submit(work, |result| drop(answer.send(result)));
        answered.await.unwrap_or(Err(Broken::Closed))
    }

    /// The same for a caller that may block.
    pub(crate) fn run_blocking<T, F>(&self, work: F) -> Result<T, Broken>
    where
        T: Send + 'static,
        F: FnOnce(&Transaction) -> rusqlite::Result<T> + Send + 'static,
    {
        let (answer, answered) = channel();
        self.submit(work, move |result| drop(answer.send(result)));
        answered.recv().unwrap_or(Err(Broken::Closed))
    }

    /// If the thread has ended, the job is dropped, and with it what would answer.
    pub(super) fn submit<T, F, A>(&self, work: F, answer: A)
    where
        T: Send + 'static,
        F: FnOnce(&Transaction) -> rusqlite::Result<T> + Send + 'static,
        A: FnOnce(Result<T, Broken>) + Send + 'static,
    {
        let _ = self.queue.send(Message::Run(Box::new(Typed { work: Some(work), result: None, answer })));
    }

    /// Finishes what waits, and closes the database. Later jobs are `Closed`.
    pub(crate) fn close(&self) {
        let _ = self.queue.send(Message::Close);
        if let Some(thread) = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = thread.join();
        }
    }
}

/// A job whatever it answers.
trait Job: Send {
    fn run(&mut self, db: &Transaction);
    fn answer(self: Box<Self>, durable: bool);
}

struct Typed<T, F, A> {
    work: Option<F>,
    result: Option<Result<T, Broken>>,
    answer: A,
}

impl<T, F, A> Job for Typed<T, F, A>
where
    T: Send,
    F: FnOnce(&Transaction) -> rusqlite::Result<T> + Send,
    A: FnOnce(Result<T, Broken>) + Send,
{
    fn run(&mut self, db: &Transaction) {
        // A disk error may have ended the transaction: what came now would stand alone.
        if let Some(work) = self.work.take().filter(|_| !db.is_autocommit()) {
            self.result = Some(within(db, || Ok((work(db)?, Fate::Keep))));
        }
    }

    fn answer(self: Box<Self>, durable: bool) {
        let Self { result, answer, .. } = *self;
        answer(result.filter(|_| durable).unwrap_or(Err(Broken::Closed)));
    }
}

fn serve(mut connection: Connection, jobs: &Receiver<Message>) {
    let mut closing = false;
    while !closing && let Ok(first) = jobs.recv() {
        let waiting = std::iter::once(first).chain(jobs.try_iter());
        let mut group = Vec::new();
        for message in waiting.take(MAX_GROUP) {
            match message {
                Message::Run(job) => group.push(job),
                Message::Close => {
                    closing = true;
                    break;
                }
            }
        }
        let committed = commit(&mut connection, &mut group);
        if let Err(error) = &committed {
            crate::note(format_args!("sandbox: {error}"));
        }
        for job in group {
            job.answer(committed.is_ok());
        }
    }
}

fn commit(connection: &mut Connection, group: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    if group.is_empty() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for job in group {
        job.run(&transaction);
    }
    transaction.commit()
}
