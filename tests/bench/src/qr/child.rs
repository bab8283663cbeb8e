//! One decoder's process: asked with a time limit, replaced when it passes the limit or dies.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::protocol::{Answer, Ask, READY};

/// Loading a library takes longer on a busy machine than any picture.
const START: Duration = Duration::from_mins(2);

/// What became of a question.
#[derive(Debug)]
pub(crate) enum Outcome {
    Answer(Answer),
    TimedOut,
    Died,
}

/// A decoder that is always there to be asked.
pub(crate) struct Decoding {
    command: Command,
    limit: Duration,
    running: Option<Running>,
}

struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Decoding {
    /// `command` speaks as [`crate::decoder::serve`] does.
    pub(crate) fn new(mut command: Command, limit: Duration) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        Self { command, limit, running: None }
    }

    pub(crate) fn ask(&mut self, ask: &Ask<'_>) -> Result<Outcome> {
        let running = match self.running.take() {
            Some(running) => running,
            None => Running::start(&mut self.command)?,
        };
        let running = self.running.insert(running);
        let outcome = running.ask(ask, self.limit)?;
        if !matches!(outcome, Outcome::Answer(_)) {
            self.running = None;
        }
        Ok(outcome)
    }
}

impl Running {
    fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.spawn().with_context(|| format!("can't start {command:?}"))?;
        let stdout = child.stdout.take().context("its output is a pipe")?;
        let (sender, lines) = channel();
        // Ends with the child's output, or when nobody listens any more.
        std::thread::spawn(move || {
            BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let running = Self { child, lines };
        let first = running.lines.recv_timeout(START).ok();
        ensure!(first.as_deref() == Some(READY), "{command:?} does not start");
        Ok(running)
    }

    fn ask(&mut self, ask: &Ask<'_>, limit: Duration) -> Result<Outcome> {
        let stdin = self.child.stdin.as_mut().context("its input is a pipe")?;
        if writeln!(stdin, "{}", ask.line()).is_err() {
            return Ok(Outcome::Died);
        }
        match self.lines.recv_timeout(limit) {
            Ok(line) => serde_json::from_str(&line).map(Outcome::Answer).with_context(|| format!("no answer: {line}")),
            Err(RecvTimeoutError::Timeout) => Ok(Outcome::TimedOut),
            Err(RecvTimeoutError::Disconnected) => Ok(Outcome::Died),
        }
    }
}

/// Never left behind: one that hangs would not end by itself.
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn shell(script: &str, limit: Duration) -> Decoding {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Decoding::new(command, limit)
    }

    fn asked(decoding: &mut Decoding) -> Result<Outcome> {
        decoding.ask(&Ask { begins: true, picture: Path::new("a.pgm") })
    }

    #[test]
    fn one_that_dies_is_replaced() {
        let answer = r#"echo '{"ms":1.5,"codes":["41"]}'"#;
        let mut decoding = shell(&format!("echo ready; read line; {answer}"), START);
        for _ in 0..2 {
            assert!(matches!(asked(&mut decoding).unwrap(), Outcome::Answer(answer) if answer.codes == ["41"]));
            assert!(matches!(asked(&mut decoding).unwrap(), Outcome::Died));
        }
    }

    #[test]
    fn one_that_hangs_is_replaced() {
        let mut decoding = shell("echo ready; exec sleep 1000", Duration::from_millis(50));
        for _ in 0..2 {
            assert!(matches!(asked(&mut decoding).unwrap(), Outcome::TimedOut));
        }
    }

    #[test]
    fn one_that_does_not_start_is_an_error() {
        assert!(asked(&mut shell("exit 1", START)).is_err());
        assert!(asked(&mut shell("echo hello; cat", START)).is_err());
    }
}
