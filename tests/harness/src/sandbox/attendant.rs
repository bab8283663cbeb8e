//! What goes on beside the service while it runs: messages printed for a program that reads them, an officer who approves.

use std::io::{self, Write};
use std::path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use citizen_protocol::wire::{OtpChannel, UnixTime};
use citizen_sandbox::Sandbox;
use clap::Args;
use serde::Serialize;

use super::End;

/// How often it looks.
const TICK: Duration = Duration::from_millis(100);

/// What it does.
#[derive(Clone, Copy, Args)]
pub(super) struct Duties {
    /// Print each message that goes out, a line of JSON each; before them, once the service answers, one line with a client's files.
    #[arg(long)]
    messages: bool,
    /// Have an officer approve whatever waits, within a second.
    #[arg(long)]
    approve: bool,
}

/// The first line on standard output: the service answers, and these files say how to reach it.
#[derive(Serialize)]
struct Ready<'a> {
    ready: &'a str,
    desk_token: &'a str,
}

/// A message that went out.
#[derive(Serialize)]
struct Sent<'a> {
    at: UnixTime,
    channel: OtpChannel,
    to: &'a str,
    body: &'a str,
}

/// How long whoever dismisses it waits for it.
const PATIENCE: Duration = Duration::from_secs(1);

/// At work until it is dismissed or nobody reads any more.
pub(super) struct Attendant {
    is_dismissed: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Attendant {
    /// Messages that went out before are not printed.
    pub(super) fn start(sandbox: &Arc<Sandbox>, duties: Duties, ends: Sender<End>) -> io::Result<Self> {
        let is_dismissed = Arc::new(AtomicBool::new(false));
        let mut work = Work { sandbox: Arc::clone(sandbox), duties, last: sandbox.newest_message() };
        if duties.messages {
            work.say_ready()?;
        }
        let is_over = Arc::clone(&is_dismissed);
        let thread = thread::Builder::new().name("attendant".into()).spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                if let Err(error) = work.tick() {
                    let _ = ends.send(End::Unread(error));
                    return;
                }
                thread::sleep(TICK);
            }
        })?;
        Ok(Self { is_dismissed, thread })
    }

    /// Lets it finish. One that hangs on a reader who does not read is left behind.
    pub(super) fn dismiss(self) {
        self.is_dismissed.store(true, Ordering::Relaxed);
        let since = Instant::now();
        while !self.thread.is_finished() && since.elapsed() < PATIENCE {
            thread::sleep(TICK / 10);
        }
    }
}

struct Work {
    sandbox: Arc<Sandbox>,
    duties: Duties,
    /// The last message that was printed.
    last: u64,
}

impl Work {
    fn say_ready(&self) -> io::Result<()> {
        let client = path::absolute(self.sandbox.data().join("client.json"))?;
        let token = path::absolute(self.sandbox.desk_token_file())?;
        print(&Ready { ready: &client.to_string_lossy(), desk_token: &token.to_string_lossy() })
    }

    fn tick(&mut self) -> io::Result<()> {
        if self.duties.approve {
            for case in self.sandbox.waiting() {
                // What can't be approved, as of a locked account, goes on waiting.
                let _ = self.sandbox.approve(case);
            }
        }
        if self.duties.messages {
            for message in self.sandbox.messages_after(self.last) {
                let (at, channel) = (message.at, message.channel);
                print(&Sent { at, channel, to: &message.address, body: &message.body })?;
                self.last = message.seq;
            }
        }
        Ok(())
    }
}

/// One line, whole and at once.
fn print(line: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(line)?;
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}
