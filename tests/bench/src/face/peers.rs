//! The peers: a process of Python that is asked for one picture at a time (see `faces.py`).

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// `OpenCV`'s Haar cascade, `OpenCV`'s LBP cascade, mediapipe.
pub(crate) const NAMES: [&str; 3] = ["haar", "lbp", "mediapipe"];

/// What a detector found.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Found {
    /// CPU time.
    pub(crate) ms: f64,
    /// Left, top, width, height of each face, pixels.
    pub(crate) boxes: Vec<[f64; 4]>,
}

pub(crate) struct Peers {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peers {
    pub(crate) fn start(python: &str, script: &str, lbp: &str) -> Result<Self> {
        let mut command = Command::new(python);
        command.args([script, lbp]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("can't start {command:?}"))?;
        let asks = child.stdin.take().context("its input is a pipe")?;
        let answers = BufReader::new(child.stdout.take().context("its output is a pipe")?);
        let mut peers = Self { child, asks, answers };
        ensure!(peers.line()? == "ready", "{script} does not start");
        Ok(peers)
    }

    pub(crate) fn ask(&mut self, name: &str, picture: &Path) -> Result<Found> {
        writeln!(self.asks, "{name}\t{}", picture.display())?;
        let line = self.line()?;
        serde_json::from_str(&line).with_context(|| format!("{name}: {line}"))
    }

    /// The next line that it says.
    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.answers.read_line(&mut line)? > 0, "the peers have ended");
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
