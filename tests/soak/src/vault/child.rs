//! A child process, its lines, and its end.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// A child whose output is read on a thread of its own, so that waiting for it can end.
pub(super) struct Worker {
    child: Child,
    lines: Receiver<String>,
}

impl Worker {
    pub(super) fn spawn(command: &str, phone: &Path, more: &[String]) -> Result<Self> {
        let own = std::env::current_exe().context("the path of this program")?;
        let mut child = Command::new(own);
        child.arg(command).arg(phone).args(more);
        Self::start(child)
    }

    pub(super) fn start(mut command: Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // Panics that the vault catches would fill the screen.
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().context("the child's output")?;
        let (send, lines) = mpsc::channel();
        std::thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            lines.map(|line| send.send(line)).take_while(Result::is_ok).count();
        });
        Ok(Self { child, lines })
    }

    /// The lines that come within `time`; whether the child ended meanwhile.
    pub(super) fn lines_within(&self, time: Duration) -> (Vec<String>, bool) {
        let end = Instant::now() + time;
        let mut lines = Vec::new();
        loop {
            match self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => lines.push(line),
                Err(RecvTimeoutError::Timeout) => return (lines, false),
                Err(RecvTimeoutError::Disconnected) => return (lines, true),
            }
        }
    }

    /// `kill -9`, then the lines that were still on their way.
    pub(super) fn kill(mut self) -> Result<Vec<String>> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(self.lines.iter().collect())
    }

    pub(super) fn wait(mut self) -> Result<ExitStatus> {
        Ok(self.child.wait()?)
    }
}
