//! What tells one state from another: what is said and offered, what is under way, what is held. Times, names and numbers do not count.

use citizen_journeys::rehearsal::Stage;
use citizen_journeys::{FieldId, Page, Part, Said, Slot};

/// A state as it looks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Look {
    /// What the state is called, and what lies behind it.
    pub names: Vec<String>,
    /// The page's id.
    pub page: String,
    /// Ids of everything that is said, and of what is offered; `!` before what can't be tapped.
    pub shows: Vec<String>,
    /// What is held for later pages, and what locks the app.
    pub holds: Vec<String>,
}

impl Look {
    /// Of a stage, with its page.
    #[must_use]
    pub fn of(stage: &Stage, page: &Page) -> Self {
        let mut shows: Vec<String> = said(page).into_iter().map(|said| kind(&said.id)).collect();
        shows.extend(page.parts.iter().filter_map(filled));
        shows.extend(page.actions.iter().map(|one| format!("{}{}", if one.enabled { "" } else { "!" }, one.id)));
        Self { names: names(stage), page: page.id.clone(), shows, holds: holds(stage) }
    }
}

/// Secrets as far as they decide what happens: whether they are there, whether the second is the first.
fn holds(stage: &Stage) -> Vec<String> {
    let held = stage.held();
    let secret = |slot: Slot| held.get(slot).filter(|_| !held.is_empty(slot));
    let slots = [Slot::Code, Slot::Password, Slot::PasswordAgain, Slot::Pin, Slot::PinAgain];
    let mut holds: Vec<String> =
        slots.into_iter().filter(|slot| secret(*slot).is_some()).map(|slot| format!("{slot:?}")).collect();
    for (one, again) in [(Slot::Password, Slot::PasswordAgain), (Slot::Pin, Slot::PinAgain)] {
        if secret(one).is_some() && secret(one) == secret(again) {
            holds.push(format!("the same {one:?}"));
        }
    }
    holds.extend(held.portrait().map(|_| "portrait".to_owned()));
    // A lock closes over every page alike: it is walked at home, and where it is changed.
    let (lock, tries) = stage.app_lock();
    let place = stage.state_names().pop().unwrap_or_default();
    holds.extend((place.starts_with("home") || place.starts_with("settings")).then_some(lock));
    holds.extend((place.starts_with("home") && tries > 0).then(|| format!("{tries} wrong PINs")));
    holds
}

/// What lies behind a lock opens again as it was: there its journey tells enough.
fn names(stage: &Stage) -> Vec<String> {
    let mut names = stage.state_names();
    let is_locked = names.iter().rev().skip(1).any(|name| name.starts_with("lock"));
    if is_locked && let Some(place) = names.last_mut() {
        let journey = place.split(' ').next().unwrap_or_default().len();
        place.truncate(journey);
    }
    names
}

/// All that can go wrong with a call is one kind: where it leads does not depend on which it was, but for the way to try again, which is
/// among the actions.
fn kind(id: &str) -> String {
    if id.starts_with("trouble-") { "trouble".into() } else { id.to_owned() }
}

/// What is filled in or chosen, without what it says.
fn filled(part: &Part) -> Option<String> {
    match part {
        Part::Field { field } if !field.value.is_empty() => Some(format!("={}", field.id)),
        Part::Choice { choice } => {
            choice.options.iter().find(|option| option.chosen).map(|option| format!("={}:{}", choice.id, option.id))
        }
        Part::Consent { entry } if entry.chosen => Some(format!("={}", entry.id)),
        Part::CodeEntry { entry } if entry.is_filled => Some("=code".to_owned()),
        // Who is too young learns it from the card's own dates.
        Part::Rows { rows } => {
            let day = rows.iter().find(|row| row.label.id == FieldId::BirthDate.label());
            day.map(|row| format!("={}", row.value))
        }
        _ => None,
    }
}

/// Everything that a page says, in its order.
#[must_use]
pub fn said(page: &Page) -> Vec<&Said> {
    let mut all = vec![&page.title];
    for part in &page.parts {
        match part {
            Part::Paragraph { said } | Part::Notice { said, .. } | Part::Progress { said, .. } => all.push(said),
            Part::Field { field } => {
                all.extend([Some(&field.label), field.hint.as_ref(), field.error.as_ref()].into_iter().flatten());
            }
            Part::Choice { choice } => {
                all.extend([Some(&choice.label), choice.error.as_ref()].into_iter().flatten());
                all.extend(choice.options.iter().map(|option| &option.label));
            }
            Part::CodeEntry { entry } => all.extend(&entry.error),
            Part::Camera { hint, .. } => all.extend(hint),
            Part::Timeline { entries } => {
                all.extend(entries.iter().flat_map(|entry| [Some(&entry.label), entry.detail.as_ref()]).flatten());
            }
            Part::Document { title, rows } => {
                all.push(title);
                all.extend(rows.iter().flat_map(|row| [Some(&row.label), row.note.as_ref()]).flatten());
            }
            Part::Rows { rows } => {
                all.extend(rows.iter().flat_map(|row| [Some(&row.label), row.note.as_ref()]).flatten());
            }
            Part::Countdown { wait } => all.push(&wait.label),
            Part::Consent { entry } => {
                all.push(&entry.title);
                all.extend(&entry.facts);
            }
        }
    }
    all.extend(&page.announce);
    all
}
