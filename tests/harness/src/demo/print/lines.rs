//! A page's parts as lines.

use citizen_journeys::{
    Action, CameraKind, CardRow, Choice, CodeEntry, ConsentEntry, Field, Page, Part, Said, TimelineEntry, Tone, Wait,
};

use super::WIDTH;
use super::wrap::wrapped;
use crate::demo::shell::Typed;
use crate::demo::words::{Language, clock, is_secret};

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// It only says how much time is left.
    pub(super) is_time: bool,
}

/// Dots in place of a secret: always as many, so that they say nothing of it.
const DOTS: &str = "••••••••";
/// Columns of an entry.
const ENTRY: usize = 36;

/// All of a page below its title.
pub(super) fn of(page: &Page, typed: &Typed, language: Language) -> Vec<Line> {
    let mut draft = Draft { language, typed, lines: Vec::new() };
    for part in &page.parts {
        draft.part(part);
        draft.gap();
    }
    draft.announce(page);
    for (number, action) in (1..).zip(&page.actions) {
        draft.action(number, action);
    }
    if page.can_go_back {
        draft.line("[0]  ← ", language.back());
    }
    draft.lines
}

struct Draft<'a> {
    language: Language,
    typed: &'a Typed,
    lines: Vec<Line>,
}

impl Draft<'_> {
    fn part(&mut self, part: &Part) {
        match part {
            Part::Paragraph { said } => self.line("", &said.text),
            Part::Notice { tone, said, code } => self.notice(*tone, said, code.as_deref()),
            Part::Field { field } => self.field(field),
            Part::Choice { choice } => self.choice(choice),
            Part::CodeEntry { entry } => self.code(entry),
            Part::Camera { camera, hint, .. } => self.camera(*camera, hint.as_ref()),
            Part::Timeline { entries } => entries.iter().for_each(|entry| self.step(entry)),
            Part::Document { title, rows } => {
                self.line("▣ ", &title.text);
                self.rows(rows, "│ ");
            }
            Part::Rows { rows } => self.rows(rows, ""),
            Part::Countdown { wait } => self.countdown(wait),
            Part::Progress { said, percent } => {
                let percent = percent.map(|percent| format!(" {percent} %")).unwrap_or_default();
                self.line("… ", &format!("{}{percent}", said.text));
            }
            Part::Consent { entry } => self.consent(entry),
        }
    }

    /// Wrapped; further lines stand below the first one's text.
    fn line(&mut self, mark: &str, text: &str) {
        let indent = mark.chars().count();
        for (number, line) in wrapped(text, WIDTH - indent).into_iter().enumerate() {
            let before = if number == 0 { mark.to_owned() } else { " ".repeat(indent) };
            self.lines.push(Line { text: format!("{before}{line}").trim_end().to_owned(), is_time: false });
        }
    }

    /// As it is: its spaces are places.
    fn raw(&mut self, text: String) {
        self.lines.push(Line { text, is_time: false });
    }

    fn time(&mut self, text: String) {
        self.lines.push(Line { text, is_time: true });
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.lines.push(Line { text: String::new(), is_time: false });
        }
    }

    fn notice(&mut self, tone: Tone, said: &Said, code: Option<&str>) {
        let mark = match tone {
            Tone::Info => "ⓘ ",
            Tone::Success => "✓ ",
            Tone::Warning => "▲ ",
            Tone::Danger => "✗ ",
        };
        self.line(mark, &said.text);
        if let Some(code) = code {
            self.line("  ", &format!("{}: {code}", self.language.support_code()));
        }
    }

    fn field(&mut self, field: &Field) {
        self.line("", &field.label.text);
        let is_hidden = is_secret(field.kind) && self.typed.holds(&field.id);
        let value = if is_hidden { DOTS } else { &field.value };
        if value.chars().count() <= ENTRY {
            self.raw(format!("[ {value:ENTRY$} ]"));
        } else {
            self.line("[ ", &format!("{value} ]"));
        }
        self.below(field.hint.as_ref(), field.error.as_ref());
    }

    /// What stands below an entry.
    fn below(&mut self, hint: Option<&Said>, error: Option<&Said>) {
        if let Some(hint) = hint {
            self.line("  ", &hint.text);
        }
        if let Some(error) = error {
            self.line("  ✗ ", &error.text);
        }
    }

    fn choice(&mut self, choice: &Choice) {
        self.line("", &choice.label.text);
        for option in &choice.options {
            self.line(if option.chosen { "(•) " } else { "( ) " }, &option.label.text);
        }
        self.below(None, choice.error.as_ref());
    }

    fn code(&mut self, entry: &CodeEntry) {
        let digit = if entry.is_filled { "[•]" } else { "[ ]" };
        self.raw(vec![digit; entry.digits.into()].join(" "));
        self.below(None, entry.error.as_ref());
    }

    fn camera(&mut self, camera: CameraKind, hint: Option<&Said>) {
        self.line("◉ ", self.language.camera(camera));
        if let Some(hint) = hint {
            self.line("  → ", &hint.text);
        }
    }

    fn step(&mut self, entry: &TimelineEntry) {
        let mark = match (entry.is_current, entry.tone) {
            (true, _) => "▶ ",
            (false, Tone::Success) => "✓ ",
            (false, Tone::Danger) => "✗ ",
            (false, Tone::Info | Tone::Warning) => "○ ",
        };
        self.line(mark, &entry.label.text);
        if let Some(detail) = &entry.detail {
            self.line("  ", &detail.text);
        }
    }

    fn rows(&mut self, rows: &[CardRow], mark: &str) {
        let label = rows.iter().map(|row| row.label.text.chars().count()).max().unwrap_or_default();
        for row in rows {
            self.row(&format!("{mark}{:label$}  ", row.label.text), &row.value);
            if let Some(note) = &row.note {
                self.line(&format!("{mark}  ▲ "), &note.text);
            }
        }
    }

    fn row(&mut self, label: &str, value: &str) {
        self.line(label, if value.is_empty() { "–" } else { value });
    }

    fn countdown(&mut self, wait: &Wait) {
        self.time(format!("◷ {} {}", wait.label.text, clock(wait.seconds)));
    }

    fn consent(&mut self, entry: &ConsentEntry) {
        let mark = if entry.chosen { "[x] " } else { "[ ] " };
        self.line(mark, &format!("{} ({})", entry.title.text, self.language.required(entry.is_required)));
        for fact in &entry.facts {
            self.line("    · ", &fact.text);
        }
    }

    /// What a screen reader says beyond what can be read.
    fn announce(&mut self, page: &Page) {
        let Some(announce) = &page.announce else { return };
        let first = wrapped(&announce.text, WIDTH / 2).first().cloned().unwrap_or_default();
        if !self.lines.iter().any(|line| line.text.contains(&first)) {
            self.line("♪ ", &format!("{}: {}", self.language.read_aloud(), announce.text));
            self.gap();
        }
    }

    fn action(&mut self, number: usize, action: &Action) {
        let label = &action.label.text;
        if action.enabled {
            self.line(&format!("[{number}]  "), label);
        } else {
            self.time(format!("[{number}]  {label} ({})", self.language.not_yet(action.delay_s)));
        }
    }
}

#[cfg(test)]
mod tests {
    use citizen_journeys::{ChoiceOption, FieldKind, Role};

    use super::*;

    fn said(text: &str) -> Said {
        Said { id: "x".into(), text: text.into(), spoken: None }
    }

    fn page(parts: Vec<Part>) -> Page {
        let action = |label: &str, enabled, delay_s| Action {
            id: "a".into(),
            label: said(label),
            role: Role::Primary,
            enabled,
            delay_s,
        };
        let actions = vec![action("Tiếp tục", true, 0), action("Gửi lại mã", false, 60)];
        Page { id: "p".into(), title: said("Trang"), parts, actions, can_go_back: true, announce: None }
    }

    fn texts(page: &Page, typed: &Typed) -> Vec<String> {
        of(page, typed, Language::Vi).into_iter().map(|line| line.text).collect()
    }

    fn password() -> Part {
        let kind = FieldKind::NewPassword;
        let field = Field {
            id: "password".into(),
            kind,
            label: said("Mật khẩu"),
            value: String::new(),
            hint: None,
            error: None,
        };
        Part::Field { field }
    }

    #[test]
    fn a_secret_is_dots_once_something_was_entered() {
        let page = page(vec![password()]);
        let entry = |typed: &Typed| texts(&page, typed)[1].trim_matches(['[', ']', ' ']).to_owned();
        assert_eq!(entry(&Typed::default()), "");
        assert_eq!(entry(&Typed::with("p", "password")), DOTS);
    }

    #[test]
    fn buttons_have_their_keys_and_say_when_they_open() {
        let lines = texts(&page(Vec::new()), &Typed::default());
        assert_eq!(lines, ["[1]  Tiếp tục", "[2]  Gửi lại mã (sau 1:00)", "[0]  ← Quay lại"]);
    }

    #[test]
    fn no_line_is_wider_than_a_terminal() {
        let long = "Nguyễn Văn Thử Nghiệm ".repeat(20);
        let option = ChoiceOption { id: "o".into(), label: said(&long), chosen: true };
        let choice = Choice { id: "c".into(), label: said(&long), options: vec![option], error: Some(said(&long)) };
        let row =
            CardRow { label: said("Nơi thường trú"), value: long.clone(), spoken: None, note: Some(said(&long)) };
        let entry = ConsentEntry {
            id: "i".into(),
            title: said(&long),
            facts: vec![said(&long)],
            is_required: true,
            chosen: true,
        };
        let parts = vec![
            Part::Paragraph { said: said(&long) },
            Part::Notice { tone: Tone::Danger, said: said(&long), code: Some("A-12".into()) },
            Part::Choice { choice },
            Part::Document { title: said(&long), rows: vec![row] },
            Part::Consent { entry },
        ];
        for line in texts(&page(parts), &Typed::default()) {
            assert!(line.chars().count() <= WIDTH, "{line}");
        }
    }

    #[test]
    fn what_only_a_screen_reader_says_is_printed_as_that() {
        let told = said("Mã đã đủ");
        let silent = Page { announce: Some(told.clone()), ..page(Vec::new()) };
        assert!(texts(&silent, &Typed::default()).contains(&"♪ Đọc to: Mã đã đủ".to_owned()));
        let shown = Page { announce: Some(told.clone()), ..page(vec![Part::Paragraph { said: told }]) };
        assert!(!texts(&shown, &Typed::default()).iter().any(|line| line.starts_with('♪')));
    }
}
