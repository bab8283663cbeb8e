//! A decoder as a child process: asked on stdin, answering on stdout.

use std::io::{BufRead, Write};

use anyhow::{Result, bail};

use crate::cpu;
use crate::luma::Luma;
use crate::protocol::{Answer, Ask, READY, hex};
use crate::{ours, peers};

/// One of those that are compared.
pub(crate) trait Decoder {
    /// The bytes of all codes in a picture, which begins a session or continues one.
    fn look(&mut self, luma: &Luma, begins: bool) -> Result<Vec<Vec<u8>>>;
}

fn named(name: &str) -> Result<Box<dyn Decoder>> {
    Ok(match name {
        "citizen still" => Box::new(ours::Still),
        "citizen stream" => Box::<ours::Stream>::default(),
        "rqrr" => Box::new(peers::Rqrr),
        "rxing" => Box::new(peers::Rxing),
        "quircs" => Box::<peers::Quircs>::default(),
        _ => bail!("no decoder {name:?}"),
    })
}

/// Answers until stdin ends.
pub(crate) fn serve(name: &str) -> Result<()> {
    let mut decoder = named(name)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{READY}")?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let ask = Ask::parse(&line)?;
        let luma = Luma::read(ask.picture)?;
        let (codes, time) = cpu::timed(|| decoder.look(&luma, ask.begins));
        let codes = codes?.iter().map(|bytes| hex(bytes)).collect();
        let answer = Answer { ms: time.as_secs_f64() * 1e3, codes };
        writeln!(out, "{}", serde_json::to_string(&answer)?)?;
    }
    Ok(())
}
