//! Group commit, as its jobs see it.

use std::path::PathBuf;
use std::sync::mpsc;

use rusqlite::Transaction;
use tempfile::TempDir;

use super::{Broken, Fate, Readers, Writer, open_writer, within};

const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS number (value INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS owner (id INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS owned (owner INTEGER REFERENCES owner (id) DEFERRABLE INITIALLY DEFERRED);
";

struct Database {
    path: PathBuf,
    writer: Writer,
    readers: Readers,
    _folder: TempDir,
}

impl Database {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("sandbox.db");
        let writer = Writer::start(open_writer(&path, &[TABLE]).unwrap()).unwrap();
        Self { readers: Readers::new(&path), path, writer, _folder: folder }
    }

    /// What somebody else sees: what is committed.
    fn numbers(&self) -> Vec<i64> {
        let sql = "SELECT value FROM number ORDER BY rowid";
        self.readers.read(|db| db.prepare(sql)?.query_map([], |row| row.get(0))?.collect()).unwrap()
    }

    /// Holds the thread until the sender is used or goes, so that what is queued meanwhile makes one group.
    fn hold(&self) -> mpsc::Sender<()> {
        let (go, wait) = mpsc::channel();
        self.writer.submit(
            move |_| {
                let _ = wait.recv();
                Ok(())
            },
            drop,
        );
        go
    }

    /// Queues a job.
    fn queue<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Transaction) -> rusqlite::Result<T> + Send + 'static,
    ) -> mpsc::Receiver<Result<T, Broken>> {
        let (answer, answered) = mpsc::channel();
        self.writer.submit(job, move |result| answer.send(result).unwrap());
        answered
    }
}

fn add(db: &Transaction, value: i64) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO number (value) VALUES (?)")?.execute([value]).map(drop)
}

#[test]
fn a_job_that_fails_or_panics_takes_nothing_of_the_others_with_it() {
    let database = Database::new();
    let go = database.hold();
    let good = database.queue(|db| add(db, 1));
    let failing = database.queue(|db| {
        add(db, 2)?;
        db.execute("INSERT INTO no_such_table VALUES (1)", [])
    });
    let panicking = database.queue::<()>(|db| {
        add(db, 3)?;
        panic!("a rule that is wrong, on purpose");
    });
    let last = database.queue(|db| add(db, 4));
    drop(go);
    assert!(good.recv().unwrap().is_ok());
    assert!(matches!(failing.recv().unwrap(), Err(Broken::Database(_))));
    assert!(matches!(panicking.recv().unwrap(), Err(Broken::Panicked)));
    assert!(last.recv().unwrap().is_ok());
    assert_eq!(database.numbers(), [1, 4]);
}

#[test]
fn jobs_that_wait_together_are_one_transaction_and_answered_after_it() {
    let database = Database::new();
    let go = database.hold();
    let first = database.queue(|db| add(db, 1));
    let outside = Readers::new(&database.path);
    let second = database.queue(move |db| {
        let count =
            |db: &rusqlite::Connection| db.query_row("SELECT count(*) FROM number", [], |row| row.get::<_, u32>(0));
        Ok((count(db)?, outside.read(count)?))
    });
    drop(go);
    assert_eq!(second.recv().unwrap().unwrap(), (1, 0), "seen inside, not yet outside");
    first.recv().unwrap().unwrap();
    assert_eq!(database.numbers(), [1]);
}

#[test]
fn if_the_group_can_not_be_committed_nobody_is_told_that_it_was() {
    let database = Database::new();
    let go = database.hold();
    let good = database.queue(|db| add(db, 1));
    let orphan = database.queue(|db| db.execute("INSERT INTO owned (owner) VALUES (7)", []));
    drop(go);
    assert!(matches!(good.recv().unwrap(), Err(Broken::Closed)));
    assert!(matches!(orphan.recv().unwrap(), Err(Broken::Closed)));
    assert_eq!(database.numbers(), [0; 0]);
    database.writer.run_blocking(|db| add(db, 2)).unwrap();
    assert_eq!(database.numbers(), [2]);
}

#[test]
fn parts_nest_and_an_inner_one_is_undone_alone() {
    let database = Database::new();
    database
        .writer
        .run_blocking(|db| {
            add(db, 1)?;
            let undone = within(db, || {
                add(db, 2)?;
                Ok(("undone", Fate::Undo))
            });
            let kept = within(db, || {
                add(db, 3)?;
                Ok(("kept", Fate::Keep))
            });
            assert_eq!((undone.unwrap(), kept.unwrap()), ("undone", "kept"));
            Ok(())
        })
        .unwrap();
    assert_eq!(database.numbers(), [1, 3]);
}

#[test]
fn what_waits_is_finished_before_it_closes_and_what_comes_later_is_told() {
    let database = Database::new();
    let go = database.hold();
    let waiting = database.queue(|db| add(db, 1));
    std::thread::scope(|scope| {
        let closing = scope.spawn(|| database.writer.close());
        drop(go);
        closing.join().unwrap();
    });
    waiting.recv().unwrap().unwrap();
    assert!(matches!(database.writer.run_blocking(|db| add(db, 2)), Err(Broken::Closed)));
    assert_eq!(database.numbers(), [1]);
}
