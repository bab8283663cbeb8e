//! What goes between the run and its decoders: one line asks, one line answers.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// A child's first line, before it is asked anything.
pub(crate) const READY: &str = "ready";

/// A picture to look at.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ask<'a> {
    /// It begins a session; else it is the next frame of the one before.
    pub(crate) begins: bool,
    pub(crate) picture: &'a Path,
}

impl<'a> Ask<'a> {
    pub(crate) fn parse(line: &'a str) -> Result<Self> {
        let (session, picture) = line.split_once('\t').with_context(|| format!("no tab in {line:?}"))?;
        let begins = match session {
            "new" => true,
            "next" => false,
            _ => anyhow::bail!("neither `new` nor `next`: {line:?}"),
        };
        Ok(Self { begins, picture: Path::new(picture) })
    }

    pub(crate) fn line(&self) -> String {
        format!("{}\t{}", if self.begins { "new" } else { "next" }, self.picture.display())
    }
}

/// What a child saw.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    /// CPU time of the thread that decoded.
    pub(crate) ms: f64,
    /// The bytes of each code, in hexadecimal.
    pub(crate) codes: Vec<String>,
}

/// Two digits a byte.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

pub(crate) fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair.filter(|pair| pair.len() == 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_asks() {
        let ask = Ask { begins: false, picture: Path::new("burst/b00/f1.pgm") };
        assert_eq!(Ask::parse(&ask.line()).unwrap(), ask);
        for line in ["", "new", "old\ta.png"] {
            assert!(Ask::parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn bytes_are_read_back() {
        assert_eq!(unhex(&hex(&[0, 0x4d, 255])), Some(vec![0, 0x4d, 255]));
        assert_eq!([unhex("4"), unhex("4g"), unhex("4d4")], [None, None, None]);
    }
}
