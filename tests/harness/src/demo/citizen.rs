//! The citizen of a run that nobody drives: what she does on each page, by its id. A page that she does not know ends the run.

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use citizen_journeys::{Act, Action, CodeSource, Event, FieldId, Page, Part};
use citizen_sandbox::{Citizen, SentMessage};

use super::walk::{Deed, Holder};

/// She chose it herself.
const PASSWORD: &str = "con thuyền nhỏ qua sông 47";

/// Reads a page and does the next thing on the way to her account.
pub(super) struct Script<'a> {
    citizen: &'a Citizen,
    /// On which page she did what there was to do: she waits for what comes of it.
    acted: Option<String>,
}

impl<'a> Script<'a> {
    pub(super) fn new(citizen: &'a Citizen) -> Self {
        Self { citizen, acted: None }
    }
}

impl Holder for Script<'_> {
    fn on(&mut self, page: &Page, messages: &[SentMessage]) -> Result<Deed> {
        if self.acted.as_ref().is_some_and(|acted| *acted == page.id) || is_busy(page) {
            return Ok(Deed::Waits(None));
        }
        let Citizen { number, phone, .. } = self.citizen;
        // As people write it.
        let phone = phone.replacen("+84", "0", 1);
        let deed = match page.id.as_str() {
            "home" => tap(page, &[Act::Status, Act::Enrol])?,
            "consent" => does([agree(page), vec![press(page, Act::Continue)]].concat()),
            "enrol-who" | "card-review" => tap(page, &[Act::Continue])?,
            "enrol-contact" => does(enter(page, &[(FieldId::Phone, &phone)], Act::Continue)),
            "enrol-code" | "sign-in-code" => does(read(page, messages)?),
            "enrol-password" => {
                does(enter(page, &[(FieldId::Password, PASSWORD), (FieldId::PasswordAgain, PASSWORD)], Act::Continue))
            }
            "enrol-submit" => tap(page, &[Act::Submit])?,
            "enrol-receipt" => tap(page, &[Act::Status])?,
            "status-review" => tap(page, &[Act::Refresh])?,
            "status-approved" => tap(page, &[Act::SignIn])?,
            // She has it, or was told what is wrong and what helps, and sleeps on it.
            ACCOUNT | "status-rejected" | "status-stopped" => Deed::Ends,
            "sign-in-form" => {
                does(enter(page, &[(FieldId::IdNumber, number), (FieldId::Password, PASSWORD)], Act::SignIn))
            }
            _ => bail!("the citizen knows no page “{}” ({})", page.id, page.title.text),
        };
        self.acted = matches!(deed, Deed::Does(_)).then(|| page.id.clone());
        Ok(deed)
    }
}

/// Something is under way: what comes of it is waited for.
fn is_busy(page: &Page) -> bool {
    page.parts.iter().any(|part| matches!(part, Part::Progress { .. }))
}

/// The page of the account that she is signed in to.
pub(super) const ACCOUNT: &str = "home-account";

/// A tap on the first of these that the page has, as soon as it can be tapped.
fn tap(page: &Page, wanted: &[Act]) -> Result<Deed> {
    let found = wanted.iter().find_map(|act| page.actions.iter().find(|action| action.id == act.id()));
    let Action { id, enabled, delay_s, .. } = found.with_context(|| format!("no way on at “{}”", page.title.text))?;
    Ok(match (enabled, delay_s) {
        (true, _) => Deed::Does(vec![Event::Action { page: page.id.clone(), action: id.clone() }]),
        (false, 0) => Deed::Waits(None),
        (false, delay_s) => Deed::Waits(Some(Duration::from_secs((*delay_s).into()))),
    })
}

/// Nothing to do yet: she waits.
fn does(events: Vec<Event>) -> Deed {
    if events.is_empty() { Deed::Waits(None) } else { Deed::Does(events) }
}

/// Whatever the page asks agreement to that is required.
fn agree(page: &Page) -> Vec<Event> {
    let open = page.parts.iter().filter_map(|part| match part {
        Part::Consent { entry } if entry.is_required && !entry.chosen => Some(&entry.id),
        _ => None,
    });
    let choose =
        |id: &String| Event::Choose { page: page.id.clone(), choice: id.clone(), option: String::new(), chosen: true };
    open.map(choose).collect()
}

/// The fields that are empty, from the first to the last, and then a tap: what it opens is known only then.
fn enter(page: &Page, fields: &[(FieldId, &str)], then: Act) -> Vec<Event> {
    let empty = |id: FieldId| {
        page.parts
            .iter()
            .any(|part| matches!(part, Part::Field { field } if field.id == id.id() && field.value.is_empty()))
    };
    let entered = fields.iter().filter(|(field, _)| empty(*field)).map(|(field, value)| Event::Field {
        page: page.id.clone(),
        field: field.id().to_owned(),
        value: (*value).to_owned(),
    });
    entered.chain([press(page, then)]).collect()
}

fn press(page: &Page, act: Act) -> Event {
    Event::Action { page: page.id.clone(), action: act.id().to_owned() }
}

/// The digits at the beginning of the newest message, as soon as there is an entry for them.
fn read(page: &Page, messages: &[SentMessage]) -> Result<Vec<Event>> {
    let Some(digits) = page.parts.iter().find_map(|part| match part {
        Part::CodeEntry { entry } => Some(entry.digits),
        _ => None,
    }) else {
        return Ok(Vec::new());
    };
    let message = messages.last().context("no message arrived")?;
    let text: String = message.body.chars().take_while(char::is_ascii_digit).collect();
    ensure!(text.len() == usize::from(digits), "the message does not begin with a code");
    let code = Event::Code { page: page.id.clone(), text, source: CodeSource::Typed };
    Ok(vec![code, press(page, Act::Continue)])
}
