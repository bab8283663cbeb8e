//! How long a 1280 x 720 frame takes into the core, by reference and as a copied `Vec<u8>`, in Kotlin and in Swift.
//!
//! The two programs print their times; the ratio is judged here, since times alone are the machine's.

use anyhow::{Context, Result, bail};
use xshell::{Cmd, Shell, cmd};

use crate::install::{Tool, need};
use crate::output::each_line;
use crate::swift::Swift;
use crate::{Language, bindings, root, step, test};

/// By reference takes at most a fiftieth of the time by copy: a hidden copy would take about as long as the copy.
const LEAST_RATIO: f64 = 50.0;

/// Microseconds a call, both from one run.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Crossing {
    by_reference: f64,
    by_copy: f64,
}

impl Crossing {
    fn ratio(self) -> f64 {
        self.by_copy / self.by_reference
    }

    fn is_fast(self) -> bool {
        self.by_reference * LEAST_RATIO <= self.by_copy
    }
}

pub(super) fn run(sh: &Shell) -> Result<()> {
    need(sh, &[Tool::BuildEssential, Tool::Jdk, Tool::Maven])?;
    let swift = Swift::ready(sh)?;
    cmd!(sh, "cargo build --release --package citizen-ffi --features crossing-probe").run()?;

    step("Kotlin");
    let library = format!("-Dnative.dir={}", root().join("target/release").display());
    let kotlin = measure(test::maven(sh, &["-Pbench", &library, "test"]), "kotlin")?;

    step("Swift");
    bindings::run(sh, Language::Swift)?;
    let command = swift.command(sh, "CITIZEN_CORE_PROFILE=release swift run -c release crossing-bench");
    let swift = measure(command, "swift")?;

    judge(&[("Kotlin", kotlin), ("Swift", swift)])
}

fn measure(command: Cmd<'_>, language: &str) -> Result<Crossing> {
    let mut found = None;
    let succeeded = each_line(command, |line| found = found.or_else(|| parse(line, language)))?;
    if !succeeded {
        bail!("the benchmark in {language} failed");
    }
    found.with_context(|| format!("the benchmark in {language} printed no times"))
}

/// From a line like `crossing kotlin: by reference 5.10 us, by copy 800.25 us, ratio 1/157`.
fn parse(line: &str, language: &str) -> Option<Crossing> {
    let (_, times) = line.split_once(&format!("crossing {language}: by reference "))?;
    let (by_reference, rest) = times.split_once(" us, by copy ")?;
    let (by_copy, _) = rest.split_once(" us")?;
    Some(Crossing { by_reference: by_reference.parse().ok()?, by_copy: by_copy.parse().ok()? })
}

fn judge(rows: &[(&str, Crossing)]) -> Result<()> {
    step("A frame into the core");
    println!("{:<8}{:>16}{:>16}{:>10}", "", "by reference us", "by copy us", "ratio");
    for (name, crossing) in rows {
        let Crossing { by_reference, by_copy } = crossing;
        let verdict = if crossing.is_fast() { "" } else { "  too slow" };
        let ratio = format!("1/{:.0}", crossing.ratio());
        println!("{name:<8}{by_reference:>16.3}{by_copy:>16.2}{ratio:>10}{verdict}");
    }
    if !rows.iter().all(|(_, crossing)| crossing.is_fast()) {
        bail!("by reference takes more than 1/{LEAST_RATIO} of the time by copy: is the frame copied?");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_times_are_read() {
        let line = "[stdout] crossing kotlin: by reference 5.10 us, by copy 800.25 us, ratio 1/157";
        assert_eq!(parse(line, "kotlin"), Some(Crossing { by_reference: 5.1, by_copy: 800.25 }));
    }

    #[test]
    fn other_lines_are_not() {
        for line in ["", "crossing swift: by reference 5 us, by copy 9 us, ratio 1/2", "crossing kotlin: by reference"]
        {
            assert_eq!(parse(line, "kotlin"), None, "{line}");
        }
    }

    #[test]
    fn a_fiftieth_is_the_limit() {
        let by_copy = 1000.0;
        assert!(judge(&[("Kotlin", Crossing { by_reference: 20.0, by_copy })]).is_ok());
        let slow = Crossing { by_reference: 20.1, by_copy };
        let fast = Crossing { by_reference: 0.1, by_copy };
        assert!(judge(&[("Kotlin", fast), ("Swift", slow)]).is_err());
    }
}
