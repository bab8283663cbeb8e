//! Test totals, read from what the runners print.

use anyhow::{Result, bail};
use xshell::Cmd;

use crate::output::each_line;

/// How many tests a runner ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl std::ops::Add for Totals {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// Whose closing lines to read.
#[derive(Clone, Copy)]
pub(crate) enum Runner {
    Cargo,
    Surefire,
    XcTest,
}

/// Runs a test command, shows its output as it comes, and adds up its closing lines. A runner that fails, or that ran
/// no test, is an error.
pub(crate) fn of(command: Cmd<'_>, runner: Runner) -> Result<Totals> {
    let mut totals = Totals::default();
    let succeeded = each_line(command, |line| {
        totals = match (runner, read(runner, line)) {
            (_, None) => totals,
            (Runner::XcTest, Some(all_so_far)) => all_so_far,
            (Runner::Cargo | Runner::Surefire, Some(more)) => totals + more,
        };
    })?;
    if !succeeded || totals.failed > 0 {
        bail!("{} passed, {} failed", totals.passed, totals.failed);
    }
    if totals.passed == 0 {
        bail!("the runner ran no test");
    }
    Ok(totals)
}

fn read(runner: Runner, line: &str) -> Option<Totals> {
    let number = |text: &str, after: &str| -> Option<u32> {
        let rest = text.split_once(after)?.1.trim_start();
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    match runner {
        // test result: ok. 12 passed; 0 failed; 0 ignored; ...
        Runner::Cargo => {
            let (head, rest) = line.strip_prefix("test result: ")?.split_once(" passed; ")?;
            Some(Totals {
                passed: head.rsplit(' ').next()?.parse().ok()?,
                failed: rest.split(' ').next()?.parse().ok()?,
            })
        }
        // [INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0          (no class behind it: the sum)
        Runner::Surefire => {
            if line.contains("Time elapsed") {
                return None;
            }
            let run = number(line, "Tests run:")?;
            let failed = number(line, "Failures:")? + number(line, "Errors:")?;
            Some(Totals { passed: run - failed - number(line, "Skipped:")?, failed })
        }
        // Executed 12 tests, with 0 failures (0 unexpected) in 0.123 (0.123) seconds     (the last one is of all suites)
        Runner::XcTest => {
            let run = number(line, "Executed ")?;
            let failed = number(line, "with ")?;
            Some(Totals { passed: run - failed, failed })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(passed: u32, failed: u32) -> Totals {
        Totals { passed, failed }
    }

    #[test]
    fn closing_lines_are_read() {
        let cargo = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(read(Runner::Cargo, cargo), Some(totals(12, 3)));
        assert_eq!(
            read(Runner::Surefire, "[INFO] Tests run: 12, Failures: 1, Errors: 2, Skipped: 0"),
            Some(totals(9, 3))
        );
        assert_eq!(
            read(Runner::XcTest, "\t Executed 12 tests, with 1 failure (0 unexpected) in 0.1 (0.2) seconds"),
            Some(totals(11, 1))
        );
    }

    #[test]
    fn other_lines_are_not() {
        for line in [
            "",
            "test a_test ... ok",
            "Tests run: many",
            "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in X",
        ] {
            for runner in [Runner::Cargo, Runner::Surefire, Runner::XcTest] {
                assert_eq!(read(runner, line), None, "{line}");
            }
        }
    }
}
