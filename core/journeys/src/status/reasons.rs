//! Why it did not go on, in plain words, and what helps.

use citizen_protocol::wire::{Application, Reason, ReasonCode, Remedy, WireField};
use citizen_text::Value;

use crate::page::{CardRow, Part};
use crate::see::{Draft, See};

/// An answer can't fill the screen.
pub(crate) const MAX_REASONS: usize = 12;
/// A note is said in pieces: it is longer than a value may be.
const PIECE_CHARS: usize = 150;

/// What the reasons ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) entry: bool,
    pub(super) portrait: bool,
}

pub(super) fn asked(application: &Application) -> Asked {
    let needs = |remedy| application.reasons.iter().any(|reason| reason.remedy == remedy);
    Asked { entry: needs(Remedy::CorrectEntry), portrait: needs(Remedy::NewPortrait) }
}

/// Fields of the entry that are wrong.
pub(super) fn wrong(application: &Application) -> Vec<WireField> {
    let entry = application.reasons.iter().filter(|reason| reason.remedy == Remedy::CorrectEntry);
    entry.filter_map(|reason| reason.field).collect()
}

pub(super) fn helps(application: &Application, remedy: Remedy) -> bool {
    application.reasons.iter().any(|reason| reason.remedy == remedy)
}

/// Each reason, and what an officer wrote about it.
pub(super) fn reasons<'a>(draft: Draft<'a>, see: See<'a>, application: &Application) -> Draft<'a> {
    let mut seen: Vec<(&str, Option<&str>)> = Vec::new();
    application.reasons.iter().take(MAX_REASONS).fold(draft, |draft, reason| {
        let (text, note) = (reason_text(reason), reason.note.as_deref());
        if seen.contains(&(text, note)) {
            return draft;
        }
        let is_said = seen.iter().any(|(said, _)| *said == text);
        seen.push((text, note));
        let draft = if is_said { draft } else { draft.text(text) };
        match note.and_then(|note| note_row(see, note)) {
            Some(row) => draft.part(Part::Rows { rows: vec![row] }),
            None => draft,
        }
    })
}

/// What helps, each once; without a reason an office does.
pub(super) fn remedies<'a>(draft: Draft<'a>, application: &Application) -> Draft<'a> {
    let mut texts: Vec<&'static str> = Vec::new();
    for reason in application.reasons.iter().take(MAX_REASONS) {
        let text = remedy_text(reason.remedy);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    if texts.is_empty() {
        texts.push(remedy_text(Remedy::Office));
    }
    texts.into_iter().fold(draft, Draft::text)
}

/// An officer's own words, apart from ours.
pub(crate) fn note_row(see: See, note: &str) -> Option<CardRow> {
    let mut pieces: Vec<String> = Vec::new();
    for word in note.split_whitespace() {
        match pieces.last_mut() {
            Some(piece) if piece.chars().count() + word.chars().count() < PIECE_CHARS => {
                piece.push(' ');
                piece.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
        if pieces.iter().map(|piece| piece.chars().count()).sum::<usize>() > Reason::MAX_NOTE_CHARS {
            break;
        }
    }
    let said = pieces.into_iter().map(|piece| see.say_with("status-note", &[("note", Value::Text(piece))]).text);
    let value = said.collect::<Vec<_>>().join(" ").trim().to_owned();
    (!value.is_empty()).then(|| CardRow { label: see.say("status-note-row"), value, spoken: None, note: None })
}

pub(super) fn reason_text(reason: &Reason) -> &'static str {
    match (reason.code, reason.field) {
        (ReasonCode::NotInDatabase, _) => "status-unknown-text",
        (ReasonCode::FieldDiffers, field) => differs_text(field),
        (ReasonCode::CardExpired, _) => "status-expired-text",
        (ReasonCode::TooYoung, _) => "status-young-text",
        (ReasonCode::ForeignResident, _) => "status-foreigner-text",
        (ReasonCode::PortraitDiffers, _) => "status-portrait-differs-text",
        (ReasonCode::PortraitUnusable, _) => "status-portrait-unusable-text",
        (ReasonCode::AlreadyRegistered, _) => "status-registered-text",
        (ReasonCode::Other, _) => "status-other-text",
    }
}

fn differs_text(field: Option<WireField>) -> &'static str {
    match field {
        Some(WireField::IdNumber) => "status-number-differs-text",
        Some(WireField::OldIdNumber) => "status-old-number-differs-text",
        Some(WireField::Name) => "status-name-differs-text",
        Some(WireField::BirthDate) => "status-birth-differs-text",
        Some(WireField::Sex) => "status-sex-differs-text",
        Some(WireField::Address) => "status-address-differs-text",
        Some(WireField::IssueDate) => "status-issue-differs-text",
        Some(WireField::Portrait) => "status-portrait-differs-text",
        Some(WireField::Contact | WireField::Password) | None => "status-some-differs-text",
    }
}

fn remedy_text(remedy: Remedy) -> &'static str {
    match remedy {
        Remedy::CorrectEntry => "status-enter-again-text",
        Remedy::NewPortrait => "status-picture-again-text",
        Remedy::UpdateRecord => "status-update-text",
        Remedy::RenewCard => "status-renew-text",
        Remedy::Guardian => "status-guardian-text",
        Remedy::ImmigrationOffice => "status-immigration-text",
        Remedy::SignIn => "status-sign-in-text",
        Remedy::Office => "status-office-text",
    }
}
