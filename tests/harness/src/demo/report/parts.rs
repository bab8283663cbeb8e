//! A page's parts as HTML: one function for each, and no journey by name.
//!
//! It is a picture of a page, made of text: what would be a button or an entry on a phone is none here, so that nobody who reads it by ear
//! or by key comes upon a thing that does nothing. What marks and colours say stands there in words too, for screen readers.

use std::fmt::Write as _;

use citizen_journeys::{
    Action, CameraKind, CardRow, Choice, CodeEntry, ConsentEntry, Field, Page, Part, Role, Said, TimelineEntry, Tone,
    Wait,
};

use super::escaped::escaped;
use crate::demo::shell::Typed;
use crate::demo::words::{Language, clock, is_secret};

/// The whole page, title and buttons with it.
pub(super) fn page(page: &Page, typed: &Typed, language: Language) -> String {
    let drawing = Drawing { typed, language };
    let mut html = String::new();
    let back =
        if page.can_go_back { format!("<span class=\"back\">‹ {}</span>", language.back()) } else { String::new() };
    let _ = writeln!(html, "<p class=\"bar\">{back}</p>\n<p class=\"title\">{}</p>", escaped(&page.title.text));
    for part in &page.parts {
        html.push_str(&drawing.part(part));
    }
    if !page.actions.is_empty() {
        html.push_str("<ul class=\"actions\">\n");
        page.actions.iter().for_each(|action| html.push_str(&drawing.action(action)));
        html.push_str("</ul>\n");
    }
    html
}

struct Drawing<'a> {
    typed: &'a Typed,
    language: Language,
}

impl Drawing<'_> {
    fn part(&self, part: &Part) -> String {
        match part {
            Part::Paragraph { said } => paragraphs(said),
            Part::Notice { tone, said, code } => self.notice(*tone, said, code.as_deref()),
            Part::Field { field } => self.field(field),
            Part::Choice { choice } => self.choice(choice),
            Part::CodeEntry { entry } => self.code(entry),
            Part::Camera { camera, hint, light, .. } => self.camera(*camera, hint.as_ref(), *light),
            Part::Timeline { entries } => self.timeline(entries),
            Part::Document { title, rows: lines } => {
                format!(
                    "<div class=\"document\">\n<p class=\"name\">{}</p>\n{}</div>\n",
                    escaped(&title.text),
                    rows(lines)
                )
            }
            Part::Rows { rows: lines } => rows(lines),
            Part::Countdown { wait } => countdown(wait),
            Part::Progress { said, percent } => progress(said, *percent),
            Part::Consent { entry } => self.consent(entry),
        }
    }

    fn notice(&self, tone: Tone, said: &Said, code: Option<&str>) -> String {
        let class = match tone {
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
        };
        let kind = self.language.tone(tone);
        let code =
            code.map(|code| format!("<p class=\"code\">{}: {}</p>", self.language.support_code(), escaped(code)));
        format!(
            "<div class=\"notice {class}\">{}{}{}</div>\n",
            unseen(&format!("{kind}:")),
            paragraphs(said),
            code.unwrap_or_default()
        )
    }

    fn field(&self, field: &Field) -> String {
        let Field { id, kind, label, value, hint, error } = field;
        let value = if is_secret(*kind) && self.typed.holds(id) {
            format!("<span aria-hidden=\"true\">••••••••</span>{}", unseen(self.language.hidden()))
        } else if value.is_empty() {
            unseen(self.language.empty())
        } else {
            escaped(value)
        };
        let class = if error.is_some() { "entry wrong" } else { "entry" };
        format!(
            "<div class=\"field\"><p class=\"label\">{}</p><p class=\"{class}\">{value}</p>{}</div>\n",
            escaped(&label.text),
            below(hint.as_ref(), error.as_ref())
        )
    }

    fn choice(&self, choice: &Choice) -> String {
        let Choice { label, options, error, .. } = choice;
        let mut html =
            format!("<div class=\"field\"><p class=\"label\">{}</p>\n<ul class=\"options\">\n", escaped(&label.text));
        for option in options {
            let _ = writeln!(html, "<li>{} {}</li>", self.mark("radio", option.chosen), escaped(&option.label.text));
        }
        let _ = writeln!(html, "</ul>{}</div>", below(None, error.as_ref()));
        html
    }

    /// A circle or a box, filled or not.
    fn mark(&self, class: &str, chosen: bool) -> String {
        let filled = if chosen { " on" } else { "" };
        format!("<span class=\"{class}{filled}\" aria-hidden=\"true\"></span>{}", unseen(self.language.chosen(chosen)))
    }

    fn code(&self, entry: &CodeEntry) -> String {
        let CodeEntry { digits, is_filled, error } = entry;
        let digit = if *is_filled { "<span>•</span>" } else { "<span></span>" };
        let told = if *is_filled { self.language.hidden() } else { self.language.empty() };
        let digits = digit.repeat((*digits).into());
        format!(
            "<div class=\"field\"><p class=\"digits\" aria-hidden=\"true\">{digits}</p>{}{}</div>\n",
            unseen(told),
            below(None, error.as_ref())
        )
    }

    fn camera(&self, camera: CameraKind, hint: Option<&Said>, light: bool) -> String {
        let class = match camera {
            CameraKind::Card => "card",
            CameraKind::Selfie => "selfie",
        };
        let light = if light { " light" } else { "" };
        let hint = hint.map(|hint| format!("<p class=\"hint\">{}</p>", escaped(&hint.text))).unwrap_or_default();
        let name = self.language.camera(camera);
        format!(
            "<div class=\"camera {class}{light}\"><p class=\"lens\">{name}</p><p class=\"outline\"></p>{hint}</div>\n"
        )
    }

    fn timeline(&self, entries: &[TimelineEntry]) -> String {
        let mut html = "<ol class=\"timeline\">\n".to_owned();
        for TimelineEntry { label, detail, tone, is_current } in entries {
            let class = match (is_current, tone) {
                (_, Tone::Danger) => "danger",
                (true, _) => "now",
                (false, Tone::Success) => "done",
                (false, Tone::Info | Tone::Warning) => "ahead",
            };
            let now = if *is_current { unseen(&format!("({})", self.language.under_way())) } else { String::new() };
            let detail = detail.as_ref().map(|detail| format!("<p>{}</p>", escaped(&detail.text))).unwrap_or_default();
            let _ = writeln!(
                html,
                "<li class=\"{class}\"><p class=\"label\">{} {now}</p>{detail}</li>",
                escaped(&label.text)
            );
        }
        html + "</ol>\n"
    }

    fn consent(&self, entry: &ConsentEntry) -> String {
        let ConsentEntry { title, facts, is_required, chosen, .. } = entry;
        let mark = self.mark("box", *chosen);
        let required = self.language.required(*is_required);
        let mut html = format!(
            "<div class=\"consent\"><p class=\"label\">{mark} {} <small>({required})</small></p>\n<ul>\n",
            escaped(&title.text)
        );
        for fact in facts {
            let _ = writeln!(html, "<li>{}</li>", escaped(&fact.text));
        }
        html + "</ul></div>\n"
    }

    fn action(&self, action: &Action) -> String {
        let Action { label, role, enabled, delay_s, .. } = action;
        let class = match role {
            Role::Primary => "primary",
            Role::Secondary => "secondary",
            Role::Destructive => "destructive",
            Role::Cancel => "cancel",
        };
        let label = escaped(&label.text);
        if *enabled {
            format!("<li class=\"{class}\">{label}</li>\n")
        } else {
            let wait = self.language.not_yet(*delay_s);
            format!("<li class=\"{class} off\">{label} <small>({wait})</small></li>\n")
        }
    }
}

/// A blank line begins another one.
fn paragraphs(said: &Said) -> String {
    let paragraphs: Vec<String> = said.text.split("\n\n").map(escaped).collect();
    format!("<p>{}</p>\n", paragraphs.join("</p>\n<p>"))
}

fn rows(rows: &[CardRow]) -> String {
    let mut html = "<dl class=\"rows\">\n".to_owned();
    for CardRow { label, value, note, .. } in rows {
        let note =
            note.as_ref().map(|note| format!("<dd class=\"note\">{}</dd>", escaped(&note.text))).unwrap_or_default();
        let _ = writeln!(html, "<div><dt>{}</dt><dd>{}</dd>{note}</div>", escaped(&label.text), escaped(value));
    }
    html + "</dl>\n"
}

fn countdown(wait: &Wait) -> String {
    format!("<p class=\"countdown\">{} <b>{}</b></p>\n", escaped(&wait.label.text), clock(wait.seconds))
}

/// `progress` itself has no words, and a bar without a value moves.
fn progress(said: &Said, percent: Option<u8>) -> String {
    let (width, told) = percent.map_or((String::new(), String::new()), |percent| {
        (format!(" style=\"width:{percent}%\""), format!(" {percent} %"))
    });
    format!(
        "<div class=\"progress\"><p>{}{told}</p><p class=\"track\"><span{width}></span></p></div>\n",
        escaped(&said.text)
    )
}

/// Below an entry.
fn below(hint: Option<&Said>, error: Option<&Said>) -> String {
    let line = |class: &str, said: &Said| format!("<p class=\"{class}\">{}</p>", escaped(&said.text));
    let hint = hint.map(|hint| line("hint", hint)).unwrap_or_default();
    hint + &error.map(|error| line("error", error)).unwrap_or_default()
}

/// For whom the looks say nothing.
fn unseen(text: &str) -> String {
    format!("<span class=\"unseen\">{text}</span>")
}

#[cfg(test)]
mod tests {
    use citizen_journeys::FieldKind;

    use super::*;

    fn said(text: &str) -> Said {
        Said { id: "x".into(), text: text.into(), spoken: None }
    }

    fn drawn(part: &Part) -> String {
        Drawing { typed: &Typed::with("p", "password"), language: Language::En }.part(part)
    }

    #[test]
    fn nothing_that_was_said_is_markup() {
        let text = "<script>alert(\"x\")</script>";
        let row = CardRow { label: said(text), value: text.into(), spoken: None, note: Some(said(text)) };
        let field = Field {
            id: "name".into(),
            kind: FieldKind::Name,
            label: said(text),
            value: text.into(),
            hint: Some(said(text)),
            error: Some(said(text)),
        };
        for part in [
            Part::Paragraph { said: said(text) },
            Part::Notice { tone: Tone::Danger, said: said(text), code: Some(text.into()) },
            Part::Document { title: said(text), rows: vec![row] },
            Part::Field { field },
            Part::Progress { said: said(text), percent: None },
        ] {
            let html = drawn(&part);
            assert!(!html.contains("<script") && html.contains("&lt;script"), "{html}");
        }
    }

    #[test]
    fn a_secret_is_dots_for_the_eye_and_a_word_for_the_ear() {
        let field = Field {
            id: "password".into(),
            kind: FieldKind::CurrentPassword,
            label: said("Password"),
            value: String::new(),
            hint: None,
            error: None,
        };
        let html = drawn(&Part::Field { field });
        assert!(html.contains("aria-hidden=\"true\">••••••••") && html.contains("entered, hidden"), "{html}");
    }

    #[test]
    fn what_marks_say_stands_there_in_words() {
        let entry = ConsentEntry {
            id: "i".into(),
            title: said("Identity"),
            facts: vec![said("Why")],
            is_required: true,
            chosen: true,
        };
        let html = drawn(&Part::Consent { entry });
        assert!(html.contains("chosen") && html.contains("required") && html.contains("<li>Why</li>"), "{html}");
        let entry = TimelineEntry { label: said("Received"), detail: None, tone: Tone::Info, is_current: true };
        assert!(drawn(&Part::Timeline { entries: vec![entry] }).contains("(now)"));
        assert!(drawn(&Part::Notice { tone: Tone::Warning, said: said("x"), code: None }).contains("Note:"));
    }
}
