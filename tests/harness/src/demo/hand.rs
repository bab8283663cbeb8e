//! A person drives: numbered actions, entries that are asked for. Cameras run by themselves.

use std::io::{self, BufRead, Write};
use std::time::Duration;

use anyhow::Result;
use citizen_journeys::{Choice, CodeSource, Event, Field, Page, Part};
use citizen_sandbox::SentMessage;

use super::walk::{Deed, Holder};
use super::words::Language;

/// What follows an entry at once.
const SOON: Duration = Duration::from_millis(300);
/// So long at a time while something is under way.
const WHILE: Duration = Duration::from_secs(10);

/// The person at the terminal.
pub(super) struct Hand {
    language: Language,
    /// Something was done: what comes of it is shown first.
    acted: bool,
}

/// Something that can be done on a page besides its buttons.
enum Entry<'a> {
    Field(&'a Field),
    Choice(&'a Choice),
    Code,
    Consent { id: &'a str, title: &'a str, chosen: bool },
}

impl Holder for Hand {
    fn on(&mut self, page: &Page, messages: &[SentMessage]) -> Result<Deed> {
        if std::mem::take(&mut self.acted) {
            return Ok(Deed::Waits(Some(SOON)));
        }
        // At home something may be under way beside what can be done.
        if page.actions.len() <= 1 && page.parts.iter().any(|part| matches!(part, Part::Progress { .. })) {
            return Ok(Deed::Waits(Some(WHILE)));
        }
        let entries = entries(page);
        self.offer(&entries)?;
        let Some(answer) = ask(self.language.of("Chọn (q: thoát)", "Your choice (q: leave)"))? else {
            return Ok(Deed::Ends);
        };
        let id = page.id.clone();
        let event = match answer.as_str() {
            "q" => return Ok(Deed::Ends),
            "0" if page.can_go_back => Some(Event::Back { page: id }),
            answer => match (numbered(answer), lettered(answer)) {
                (Some(number), _) => {
                    page.actions.get(number).map(|action| Event::Action { page: id, action: action.id.clone() })
                }
                (None, Some(letter)) => match entries.get(letter) {
                    Some(entry) => self.enter(entry, id, messages)?,
                    None => None,
                },
                (None, None) => None,
            },
        };
        self.acted = event.is_some();
        // Anything else looks again.
        Ok(event.map_or(Deed::Waits(Some(SOON)), |event| Deed::Does(vec![event])))
    }
}

impl Hand {
    pub(super) fn new(language: Language) -> Self {
        Self { language, acted: false }
    }

    fn offer(&self, entries: &[Entry<'_>]) -> Result<()> {
        let mut out = io::stdout().lock();
        for (letter, entry) in ('a'..='z').zip(entries) {
            let label = match entry {
                Entry::Field(field) => &field.label.text,
                Entry::Choice(choice) => &choice.label.text,
                Entry::Code => self.language.of("Nhập mã", "Enter the code"),
                Entry::Consent { title, .. } => title,
            };
            writeln!(out, "({letter})  {label}")?;
        }
        Ok(())
    }

    fn enter(&self, entry: &Entry<'_>, page: String, messages: &[SentMessage]) -> Result<Option<Event>> {
        Ok(match entry {
            Entry::Field(Field { id, label, .. }) => {
                ask(&label.text)?.map(|value| Event::Field { page, field: id.clone(), value })
            }
            Entry::Consent { id, chosen, .. } => {
                Some(Event::Choose { page, choice: (*id).to_owned(), option: String::new(), chosen: !chosen })
            }
            Entry::Choice(choice) => {
                let mut out = io::stdout().lock();
                for (number, option) in (1..).zip(&choice.options) {
                    writeln!(out, "  [{number}] {}", option.label.text)?;
                }
                drop(out);
                let option = ask(&choice.label.text)?.and_then(|answer| numbered(&answer));
                let option = option.and_then(|number| choice.options.get(number));
                option.map(|option| Event::Choose {
                    page,
                    choice: choice.id.clone(),
                    option: option.id.clone(),
                    chosen: true,
                })
            }
            Entry::Code => {
                if let Some(message) = messages.last() {
                    writeln!(io::stdout().lock(), "{}", message.body)?;
                }
                let text =
                    ask(self.language.of("Mã, hoặc dòng cuối của tin nhắn", "The code, or the message's last line"))?;
                text.map(|text| Event::Code { page, text, source: CodeSource::Pasted })
            }
        })
    }
}

/// A line; nothing where the input has ended.
fn ask(what: &str) -> Result<Option<String>> {
    let mut out = io::stdout().lock();
    write!(out, "{what}: ")?;
    out.flush()?;
    drop(out);
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

fn entries(page: &Page) -> Vec<Entry<'_>> {
    page.parts.iter().filter_map(entry).collect()
}

fn entry(part: &Part) -> Option<Entry<'_>> {
    match part {
        Part::Field { field } => Some(Entry::Field(field)),
        Part::Choice { choice } => Some(Entry::Choice(choice)),
        Part::CodeEntry { .. } => Some(Entry::Code),
        Part::Consent { entry } => {
            Some(Entry::Consent { id: &entry.id, title: &entry.title.text, chosen: entry.chosen })
        }
        _ => None,
    }
}

/// `1` is the first.
fn numbered(answer: &str) -> Option<usize> {
    answer.parse::<usize>().ok()?.checked_sub(1)
}

/// `a` is the first.
fn lettered(answer: &str) -> Option<usize> {
    match answer.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_have_numbers_and_entries_letters() {
        assert_eq!([numbered("1"), numbered("12"), numbered("0"), numbered("a")], [Some(0), Some(11), None, None]);
        assert_eq!([lettered("a"), lettered("c"), lettered("1"), lettered("")], [Some(0), Some(2), None, None]);
    }
}
