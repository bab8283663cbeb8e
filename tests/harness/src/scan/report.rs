//! What a scan found: a JSON line for programs, a table for people.

use std::fmt::{self, Write};
use std::iter;
use std::time::Duration;

use citizen_card::{CardField, CardReading};
use citizen_vision::{Corners, Suggestions};
use serde::Serialize;

use super::found::{Advice, Found, Symbol};
use super::words;
use crate::visible::visible;

/// One line of `--json`.
#[derive(Serialize)]
pub(super) struct Report {
    file: String,
    /// Every QR text found, UTF-8 in hexadecimal; the bytes of a code that holds no text.
    text_hex: Vec<String>,
    card: Option<CardReading>,
    /// Of the card's symbol, else of another one: top left, top right, bottom right, bottom left; empty without one.
    corners: Vec<[f32; 2]>,
    hint: Option<&'static str>,
    /// What a shell may do by itself about the hint.
    suggestions: Option<Suggested>,
    /// Of a symbol that was seen and not read, where none was; as `corners`.
    outline: Option<Vec<[f32; 2]>>,
    /// CPU time of the scan, with the conversion of packed colour to planes; without reading the file.
    ms: f64,
    /// Frames looked at, in a session of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    frames_used: Option<u32>,
    #[serde(skip)]
    texts: Vec<Vec<u8>>,
    #[serde(skip)]
    advice: Option<Advice>,
    #[serde(skip)]
    is_read: bool,
}

/// [`Suggestions`] as JSON.
#[derive(Serialize)]
struct Suggested {
    zoom: Option<f32>,
    focus: Option<[f32; 2]>,
    torch: bool,
    type_by_hand: bool,
}

impl From<Suggestions> for Suggested {
    fn from(Suggestions { zoom, focus, torch, type_by_hand }: Suggestions) -> Self {
        Self { zoom, focus: focus.map(|point| [point.x, point.y]), torch, type_by_hand }
    }
}

impl Report {
    pub(super) fn new(file: String, found: &Found, is_read: bool, spent: Duration) -> Self {
        let advice = found.advice.clone().filter(|_| !is_read);
        let corners = |is_read| {
            found.symbol.filter(|symbol: &Symbol| symbol.is_read == is_read).map(|symbol| points(symbol.corners))
        };
        Self {
            file,
            text_hex: found.texts.iter().map(|text| hex(text)).collect(),
            card: found.card.clone(),
            corners: corners(true).unwrap_or_default(),
            hint: advice.as_ref().map(|advice| advice.hint.id()),
            suggestions: advice.as_ref().map(|advice| advice.suggestions.into()),
            outline: corners(false),
            ms: (spent.as_secs_f64() * 1e6).round() / 1e3,
            frames_used: None,
            texts: found.texts.clone(),
            advice,
            is_read,
        }
    }

    pub(super) fn over(self, frames: u32) -> Self {
        Self { frames_used: Some(frames), ..self }
    }

    /// Whether what was asked for was read.
    pub(super) fn is_read(&self) -> bool {
        self.is_read
    }

    /// What was read, or what to change, as lines for people: each without a control character.
    pub(super) fn lines(&self) -> Vec<String> {
        if let Some(reading) = &self.card {
            return rows(reading).into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
        }
        if self.is_read {
            self.texts.iter().map(|text| shown(text)).collect()
        } else {
            let words = |advice| iter::once(words::advice(advice)).chain(words::shell(advice));
            self.advice.iter().flat_map(words).collect()
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frames = self.frames_used.map(|n| format!(", {n} khung hình / frames")).unwrap_or_default();
        writeln!(f, "{}  ({:.1} ms{frames})", visible(&self.file), self.ms)?;
        let Some(reading) = &self.card else {
            return self.lines().iter().try_for_each(|line| writeln!(f, "  {line}"));
        };
        let rows = rows(reading);
        let width = rows.iter().map(|(label, _)| label.chars().count()).max().unwrap_or_default();
        rows.iter().try_for_each(|(label, value)| writeln!(f, "  {label:<width$}  {value}"))
    }
}

/// Label and value of all that a card says, in the card's order.
fn rows(CardReading { card, findings }: &CardReading) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for field in CardField::ALL {
        let value = match field {
            CardField::Number => card.number().to_string(),
            CardField::OldNumber => card.old_number().map_or_else(|| "–".into(), |old| old.to_string()),
            CardField::Name => card.name().into(),
            CardField::BirthDate => card.birth_date().to_string(),
            CardField::Sex => card.sex().to_string(),
            CardField::Address => card.address().into(),
            CardField::IssueDate => card.issue_date().to_string(),
        };
        rows.push((words::label(field), visible(&value)));
        if field == CardField::Number {
            rows.push((words::BIRTH_REGISTERED.into(), words::place(card.number().place())));
        }
    }
    rows.extend(card.extra().iter().map(|text| (words::FURTHER_FIELD.into(), visible(text))));
    rows.extend(findings.iter().map(|finding| (words::NOTE.into(), words::finding(finding))));
    rows
}

fn points(corners: Corners) -> Vec<[f32; 2]> {
    corners.to_array().map(|point| [point.x, point.y]).to_vec()
}

/// For people: what is no text as escapes.
fn shown(text: &[u8]) -> String {
    std::str::from_utf8(text).map_or_else(|_| text.escape_ascii().to_string(), visible)
}

fn hex(text: &[u8]) -> String {
    text.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_code_cannot_steer_the_terminal_and_stays_whole_in_json() {
        let hostile = "\u{1b}]0;x\u{7}\nforged line\u{202e}";
        let found = Found { texts: vec![hostile.into(), b"\xff\x1b".into()], ..Found::default() };
        let report = Report::new("a\u{1b}b.png".into(), &found, true, Duration::ZERO);
        assert_eq!(report.lines(), [r"\u{1b}]0;x\u{7}\u{a}forged line\u{202e}", r"\xff\x1b"]);
        let table = report.to_string();
        assert!(table.lines().count() == 3 && !table.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{table:?}");
        assert_eq!(serde_json::to_value(&report).unwrap()["text_hex"][0], hex(hostile.as_bytes()));
    }
}
