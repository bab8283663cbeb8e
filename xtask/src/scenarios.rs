//! What the journeys' scenarios showed in each language: the same pages in all three.

use std::path::Path;

use anyhow::{Context, Result, bail};
use xshell::Shell;

/// Each language leaves a file of its name here: a line a scenario, its pages in order.
const PAGES: &str = "target/scenarios";

const LANGUAGES: [&str; 3] = ["rust", "kotlin", "swift"];

/// Before the tests: what an older run left must not be compared.
pub(crate) fn forget(sh: &Shell) -> Result<()> {
    Ok(sh.remove_path(PAGES)?)
}

/// After the tests of all three.
pub(crate) fn compare(sh: &Shell) -> Result<()> {
    let [rust, kotlin, swift] = LANGUAGES.map(|language| {
        let file = Path::new(PAGES).join(language).with_extension("txt");
        sh.read_file(file).with_context(|| format!("{language} showed no page of a scenario"))
    });
    let rust = rust?;
    for (language, pages) in [("Kotlin", kotlin?), ("Swift", swift?)] {
        if let Some(difference) = difference(&rust, &pages) {
            bail!("{language} and Rust show other pages\n{difference}");
        }
    }
    println!("all scenarios print the same pages: {} scenarios", rust.lines().count());
    Ok(())
}

/// The first line that differs, of both.
fn difference(rust: &str, other: &str) -> Option<String> {
    let mut others = other.lines();
    let pairs = rust.lines().map(Some).chain([None]).map(|line| (line, others.next()));
    let (rust, other) = pairs.into_iter().find(|(rust, other)| rust != other)?;
    let shown = |line: Option<&str>| line.unwrap_or("(nothing)").to_owned();
    Some(format!("Rust:  {}\nother: {}", shown(rust), shown(other)))
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        let rust = "a: home help\nb: home\n";
        assert_eq!(difference(rust, rust), None);
        assert_eq!(difference(rust, "a: home help\nb: lock\n").as_deref(), Some("Rust:  b: home\nother: b: lock"));
        assert_eq!(difference(rust, "a: home help\n").as_deref(), Some("Rust:  b: home\nother: (nothing)"));
        assert_eq!(difference("", rust).as_deref(), Some("Rust:  (nothing)\nother: a: home help"));
        assert!(difference("a: home help\n", rust).is_some());
    }
}
