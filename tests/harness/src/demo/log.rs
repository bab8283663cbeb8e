//! What happened, view by view: for the report.

use citizen_journeys::{CameraKind, Page, Part};

use super::shell::Typed;

/// A view, and what happened while it was there.
pub(crate) struct View {
    /// As it was last.
    pub(crate) page: Page,
    /// What stood in secret entries.
    pub(crate) typed: Typed,
    pub(crate) happened: Vec<Happened>,
}

/// Beside a view.
pub(crate) enum Happened {
    /// The holder did something.
    Did(String),
    /// A camera saw something; in words, what was said about it.
    Saw { camera: CameraKind, jpeg: Vec<u8>, caption: String },
    /// A message arrived.
    Got { to: String, body: String },
    /// Somebody else did something, or the phone itself.
    Heard(String),
}

/// All views, in order.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) views: Vec<View>,
}

impl Log {
    /// A page that was drawn: another view, or the same with something new on it.
    pub(crate) fn page(&mut self, page: &Page, typed: &Typed) {
        match self.views.last_mut() {
            // What was tapped there may not be tapped a second time: nothing to tell.
            Some(view) if is_same_view(&view.page, page) && view.page.parts == page.parts && is_spent(view, page) => {}
            Some(view) if is_same_view(&view.page, page) => {
                view.page = page.clone();
                view.typed = typed.clone();
            }
            _ => self.views.push(View { page: page.clone(), typed: typed.clone(), happened: Vec::new() }),
        }
    }

    pub(crate) fn add(&mut self, happened: Happened) {
        if let Some(view) = self.views.last_mut() {
            view.happened.push(happened);
        }
    }

    /// Dots appear without a new page.
    pub(crate) fn typed(&mut self, typed: &Typed) {
        if let Some(view) = self.views.last_mut() {
            view.typed = typed.clone();
        }
    }
}

/// Whether something was done, and a button is closed since then.
fn is_spent(view: &View, now: &Page) -> bool {
    let open = |page: &Page| page.actions.iter().filter(|action| action.enabled).count();
    !view.happened.is_empty() && open(now) < open(&view.page)
}

/// A page without the entries that it had is another view, whatever its id: a code that is being checked.
pub(crate) fn is_same_view(before: &Page, now: &Page) -> bool {
    before.id == now.id && entries(before) == entries(now)
}

/// What kinds of entries a page has.
fn entries(page: &Page) -> [bool; 3] {
    let has = |fits: fn(&Part) -> bool| page.parts.iter().any(fits);
    [
        has(|part| matches!(part, Part::CodeEntry { .. })),
        has(|part| matches!(part, Part::Field { .. })),
        has(|part| matches!(part, Part::Camera { .. })),
    ]
}
