//! All decoders over all pictures, in turn on each picture: what slows the machine for a while slows all alike.

use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::child::{Decoding, Outcome};
use crate::luma::Luma;
use crate::protocol::{Ask, hex, unhex};
use crate::text;

/// What a picture may take. By the clock: a decoder that hangs uses all of one core.
const LIMIT: Duration = Duration::from_secs(20);

/// Those in this program; zxing-cpp is another.
const OWN: [&str; 5] = ["citizen still", "citizen stream", "rxing", "quircs", "rqrr"];

/// A line of the output.
#[derive(Serialize)]
struct Row<'a> {
    /// The picture's place among those asked for.
    picture: usize,
    width: u32,
    height: u32,
    decoder: &'a str,
    /// CPU time; the limit, where that was passed; none where the decoder died.
    ms: Option<f64>,
    /// What was read, UTF-8 in hexadecimal; where it is no text, its bytes.
    texts: Vec<String>,
    timed_out: bool,
    died: bool,
}

pub(crate) fn all(list: &Path, luma: &Path, zxing_cpp: Command) -> Result<()> {
    let program = std::env::current_exe()?;
    let own = |name| {
        let mut command = Command::new(&program);
        command.args(["decode", name]);
        (name, Decoding::new(command, LIMIT))
    };
    let mut decoders: Vec<(&str, Decoding)> = OWN.into_iter().map(own).collect();
    decoders.push(("zxing-cpp", Decoding::new(zxing_cpp, LIMIT)));

    let list = std::fs::read_to_string(list).with_context(|| list.display().to_string())?;
    let mut out = std::io::stdout().lock();
    for (picture, line) in list.lines().enumerate() {
        let asked = Ask::parse(line)?;
        let made = Luma::of(asked.picture).with_context(|| asked.picture.display().to_string())?;
        made.write(luma)?;
        let ask = Ask { picture: luma, ..asked };
        for (decoder, decoding) in &mut decoders {
            let outcome = decoding.ask(&ask).with_context(|| (*decoder).to_owned())?;
            let row = Row { picture, width: made.width, height: made.height, ..row(decoder, &outcome) };
            writeln!(out, "{}", serde_json::to_string(&row)?)?;
        }
    }
    Ok(())
}

fn row<'a>(decoder: &'a str, outcome: &Outcome) -> Row<'a> {
    let (ms, texts) = match outcome {
        Outcome::Answer(answer) => (Some(answer.ms), answer.codes.iter().map(|code| utf8(code)).collect()),
        Outcome::TimedOut => (Some(LIMIT.as_secs_f64() * 1e3), Vec::new()),
        Outcome::Died => (None, Vec::new()),
    };
    let timed_out = matches!(outcome, Outcome::TimedOut);
    Row { picture: 0, width: 0, height: 0, decoder, ms, texts, timed_out, died: matches!(outcome, Outcome::Died) }
}

/// A code's bytes as UTF-8, both in hexadecimal.
fn utf8(code: &str) -> String {
    let text = unhex(code).and_then(|bytes| text::of(&bytes));
    text.map_or_else(|| code.to_owned(), |text| hex(text.as_bytes()))
}
