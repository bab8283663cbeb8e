//! How a page comes about: from the state, in the holder's language.

use citizen_protocol::wire::UnixTime;
use citizen_text::{Catalogue, Language, Value};

use crate::held::Held;
use crate::ids::{Act, FieldId};
use crate::page::{Action, Field, FieldKind, Page, Part, Role, Said, Tone, Wait};
use crate::shared::work::Work;
use crate::support::Stop;
use crate::trouble::Trouble;
use crate::world::{Now, Shared};

/// What a page is drawn from, beside its own state.
#[derive(Clone, Copy)]
pub(crate) struct See<'a> {
    pub(crate) now: &'a Now,
    pub(crate) held: &'a Held,
    pub(crate) shared: &'a Shared,
}

impl<'a> See<'a> {
    pub(crate) fn time(&self) -> UnixTime {
        self.now.time
    }

    pub(crate) fn say(&self, id: &'static str) -> Said {
        self.say_with(id, &[])
    }

    pub(crate) fn say_with(&self, id: &'static str, values: &[(&str, Value)]) -> Said {
        said(self.shared.language, id, values)
    }

    /// An empty page.
    pub(crate) fn page(self, id: &'static str, title: &'static str) -> Draft<'a> {
        let page = Page {
            id: id.to_owned(),
            title: self.say(title),
            parts: Vec::new(),
            actions: Vec::new(),
            can_go_back: false,
            announce: None,
        };
        Draft { see: self, page }
    }

    pub(crate) fn action(&self, act: Act, role: Role) -> Action {
        Action { id: act.id().to_owned(), label: self.say(act.label()), role, enabled: true, delay_s: 0 }
    }

    pub(crate) fn field(&self, id: FieldId, kind: FieldKind, value: &str) -> Field {
        let (label, value) = (self.say(id.label()), value.to_owned());
        Field { id: id.id().to_owned(), kind, label, value, hint: None, error: None }
    }
}

/// A message, also in another language than the page's: languages are called by their own names.
pub(crate) fn said(language: Language, id: &'static str, values: &[(&str, Value)]) -> Said {
    // A message that is missing or lacks a value is found by the tests; a citizen would see its name, and the page still works.
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, within_the_calendar(value))).collect();
    let said = Catalogue::of(language).say(id, &values);
    let (text, spoken) = said.map_or_else(|_| (id.to_owned(), None), |said| (said.text, said.spoken));
    Said { id: id.to_owned(), text, spoken }
}

/// The last second before Vietnam's year 10000.
const LAST_S: u64 = 253_402_275_599;

/// A time of the service's that no calendar has is the last one.
fn within_the_calendar(value: &Value) -> Value {
    match value {
        Value::Time(seconds) => Value::Time((*seconds).min(LAST_S)),
        value => value.clone(),
    }
}

/// A page in the making.
pub(crate) struct Draft<'a> {
    see: See<'a>,
    page: Page,
}

impl Draft<'_> {
    pub(crate) fn done(mut self) -> Page {
        // What matters most comes first, also where a screen reader reads.
        self.page.actions.sort_by_key(|action| action.role != Role::Primary);
        self.page
    }

    /// The system's way back leads somewhere.
    pub(crate) fn back(mut self) -> Self {
        self.page.can_go_back = true;
        self
    }

    pub(crate) fn part(mut self, part: Part) -> Self {
        self.page.parts.push(part);
        self
    }

    pub(crate) fn parts(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.page.parts.extend(parts);
        self
    }

    pub(crate) fn text(self, id: &'static str) -> Self {
        let said = self.see.say(id);
        self.part(Part::Paragraph { said })
    }

    pub(crate) fn said(self, said: Said) -> Self {
        self.part(Part::Paragraph { said })
    }

    pub(crate) fn notice(self, tone: Tone, said: Said) -> Self {
        self.part(Part::Notice { tone, said, code: None })
    }

    /// A notice that a screen reader says at once.
    pub(crate) fn announced(mut self, tone: Tone, said: Said) -> Self {
        self.page.announce = Some(said.clone());
        self.notice(tone, said)
    }

    /// What stops somebody: what it is, its support code, and who helps.
    pub(crate) fn stop(self, stop: Stop) -> Self {
        let said = self.see.say(stop.text());
        self.stop_said(stop, said)
    }

    /// The same, where the text has values.
    pub(crate) fn stop_said(mut self, stop: Stop, said: Said) -> Self {
        self.page.announce = Some(said.clone());
        self.part(Part::Notice { tone: Tone::Danger, said, code: Some(stop.code()) }).secondary(Act::Help)
    }

    pub(crate) fn announce(mut self, said: Said) -> Self {
        self.page.announce = Some(said);
        self
    }

    pub(crate) fn countdown(self, until: UnixTime, label: &'static str) -> Self {
        let now = self.see.time();
        if until <= now {
            return self;
        }
        let wait = Wait::until(until, now, self.see.say(label));
        self.part(Part::Countdown { wait })
    }

    pub(crate) fn action(mut self, action: Action) -> Self {
        self.page.actions.push(action);
        self
    }

    pub(crate) fn primary(self, act: Act) -> Self {
        let action = self.see.action(act, Role::Primary);
        self.action(action)
    }

    pub(crate) fn primary_if(self, enabled: bool, act: Act) -> Self {
        let action = Action { enabled, ..self.see.action(act, Role::Primary) };
        self.action(action)
    }

    pub(crate) fn secondary(self, act: Act) -> Self {
        let action = self.see.action(act, Role::Secondary);
        self.action(action)
    }

    pub(crate) fn destructive(self, act: Act) -> Self {
        let action = self.see.action(act, Role::Destructive);
        self.action(action)
    }

    pub(crate) fn cancel(self, act: Act) -> Self {
        let action = self.see.action(act, Role::Cancel);
        self.action(action)
    }

    /// An action that opens at a time.
    pub(crate) fn action_from(self, from: UnixTime, act: Act, role: Role) -> Self {
        let delay_s = u32::try_from(from.since(self.see.time())).unwrap_or(u32::MAX);
        let action = Action { enabled: delay_s == 0, delay_s, ..self.see.action(act, role) };
        self.action(action)
    }

    /// A call under way: its progress, or what stopped it with *Try again*.
    pub(crate) fn work(self, work: &Work, progress: &'static str) -> Self {
        match work {
            Work::Waiting { percent, .. } => {
                let said = self.see.say(progress);
                self.announce(said.clone()).part(Part::Progress { said, percent: *percent })
            }
            Work::Stopped(trouble) => self.trouble(*trouble),
        }
    }

    pub(crate) fn trouble(self, trouble: Trouble) -> Self {
        let Trouble { stop, until } = trouble;
        let draft = match until {
            Some(until) if trouble.can_try_again() => {
                self.countdown(until, "trouble-wait-label").action_from(until, Act::TryAgain, Role::Primary)
            }
            _ if trouble.can_try_again() => self.primary(Act::TryAgain),
            _ => self,
        };
        draft.stop(stop)
    }
}
