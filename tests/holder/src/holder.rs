//! What a citizen does on a page.

use citizen_card::{CalendarDate, CitizenCard, parse};
use citizen_journeys::{CameraKind, CodeSource, Event, Field, FieldKind, Page, Part, Role};

/// What a citizen knows and has at hand.
#[derive(Clone)]
pub struct Holder {
    /// The text of the card's QR.
    pub payload: String,
    /// The phone number, as one writes it.
    pub phone: String,
    /// The password that the citizen chooses and keeps.
    pub password: String,
    /// The portrait.
    pub jpeg: Vec<u8>,
}

/// What is tapped, the first that the page has: by one who wants an account, and by one who has it.
const TO_HAVE_ONE: [&str; 11] = [
    "submit",
    "continue",
    "try-again",
    "understood",
    "look-again",
    "resume",
    "status",
    "enrol",
    "resend",
    "home",
    "later",
];
const TO_USE_IT: [&str; 8] =
    ["continue", "try-again", "understood", "look-again", "sign-in", "resend", "home", "later"];

impl Holder {
    /// The card.
    ///
    /// # Panics
    /// The payload is no card's.
    #[must_use]
    pub fn card(&self) -> CitizenCard {
        let far = CalendarDate::from_iso("2399-12-31").expect("a day");
        parse(&self.payload, far).expect("a card").card
    }

    /// What the citizen does on a page, in order; `messages` are the texts that came to the phone, the newest last. Nothing: to wait.
    #[must_use]
    pub fn answer(&self, page: &Page, messages: &[String], has_account: bool) -> Vec<Event> {
        let id = || page.id.clone();
        let mut events = Vec::new();
        for part in &page.parts {
            match part {
                Part::Consent { entry } if entry.is_required && !entry.chosen => {
                    let (choice, option) = (entry.id.clone(), String::new());
                    events.push(Event::Choose { page: id(), choice, option, chosen: true });
                }
                Part::Camera { camera: CameraKind::Card, .. } => {
                    return vec![Event::CardRead { page: id(), card: self.card() }];
                }
                Part::Camera { camera: CameraKind::Selfie, .. } => {
                    return vec![Event::Portrait { page: id(), jpeg: self.jpeg.clone() }];
                }
                Part::CodeEntry { entry } if !entry.is_filled => {
                    let text = messages.last().cloned().unwrap_or_default();
                    events.push(Event::Code { page: id(), text, source: CodeSource::Message });
                }
                Part::Field { field } => events.extend(self.value(field).map(|value| {
                    let field = field.id.clone();
                    Event::Field { page: id(), field, value }
                })),
                _ => {}
            }
        }
        let is_busy = page.parts.iter().any(|part| matches!(part, Part::Progress { .. }));
        if !is_busy && let Some(action) = wish(page, has_account, !events.is_empty()) {
            events.push(Event::Action { page: id(), action });
        }
        events
    }

    fn value(&self, field: &Field) -> Option<String> {
        let value = match field.kind {
            FieldKind::IdNumber => self.card().number().to_string(),
            FieldKind::Phone => self.phone.clone(),
            FieldKind::NewPassword | FieldKind::CurrentPassword => self.password.clone(),
            FieldKind::Name | FieldKind::Day | FieldKind::Address | FieldKind::Email | FieldKind::Pin => return None,
        };
        (field.value.is_empty()).then_some(value)
    }
}

/// The first wish that the page grants. What was just entered may open a button that is not open yet.
fn wish(page: &Page, has_account: bool, entered: bool) -> Option<String> {
    let offers = |wish: &&&str| {
        page.actions.iter().any(|action| {
            let opens = entered && action.role == Role::Primary && action.delay_s == 0;
            action.id == **wish && (action.enabled || opens)
        })
    };
    let wishes: &[&str] = if has_account { &TO_USE_IT } else { &TO_HAVE_ONE };
    wishes.iter().find(offers).map(|wish| (*wish).to_owned())
}
