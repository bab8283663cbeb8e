//! A page as text in a terminal, as whoever holds the phone reads it. Ids stay out: they are no words of any language.

mod lines;
mod wrap;

use std::io::Write;

use anyhow::Result;
use citizen_journeys::Page;

use super::log::is_same_view;
use super::shell::Typed;
use super::words::Language;
use lines::Line;
use wrap::wrapped;

/// Columns.
const WIDTH: usize = 80;

/// Prints each page when it comes, and of what comes to it later only that.
pub(super) struct Printer {
    language: Language,
    page: Option<Page>,
    /// What stands there by now.
    lines: Vec<Line>,
}

impl Printer {
    pub(super) fn new(language: Language) -> Self {
        Self { language, page: None, lines: Vec::new() }
    }

    pub(super) fn page(&mut self, page: &Page, typed: &Typed) -> Result<()> {
        let lines = lines::of(page, typed, self.language);
        let mut out = std::io::stdout().lock();
        if self.page.as_ref().is_some_and(|before| is_same_view(before, page)) {
            for line in news(&self.lines, &lines) {
                writeln!(out, "{}", line.text)?;
            }
        } else {
            writeln!(out, "\n{}\n", heading(&page.title.text))?;
            for line in &lines {
                writeln!(out, "{}", line.text)?;
            }
        }
        self.page = Some(page.clone());
        self.lines = lines;
        Ok(())
    }
}

/// Something beside the pages: what the citizen did, a message, the officer.
pub(super) fn aside(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for line in wrapped(text, WIDTH - 4) {
        writeln!(out, "  » {line}")?;
    }
    Ok(())
}

fn heading(title: &str) -> String {
    let rule = WIDTH.saturating_sub(title.chars().count() + 5);
    format!("═══ {title} {}", "═".repeat(rule))
}

/// Lines that were not there before; time that only runs on is none.
fn news<'a>(before: &'a [Line], now: &'a [Line]) -> impl Iterator<Item = &'a Line> {
    now.iter().filter(|line| !line.is_time && !line.text.is_empty() && !before.contains(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_fills_the_line() {
        assert_eq!(heading("Nhập mã xác nhận").chars().count(), WIDTH);
        assert!(heading(&"a".repeat(90)).starts_with("═══ a"));
    }

    #[test]
    fn only_what_is_new_is_printed_and_never_the_clock() {
        let line = |text: &str, is_time| Line { text: text.into(), is_time };
        let before = [line("a", false), line("b 1:00", true), line("", false)];
        let now = [line("a", false), line("c", false), line("b 0:59", true), line("", false)];
        assert_eq!(news(&before, &now).map(|line| line.text.as_str()).collect::<Vec<_>>(), ["c"]);
    }
}
