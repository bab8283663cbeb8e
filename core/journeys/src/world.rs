//! What a machine sees of the rest, and where it says what is to be done.

use citizen_card::CalendarDate;
use citizen_protocol::wire::{AccountSummary, Consent, Policy, Secret, UnixTime};
use citizen_text::Language;
use serde::{Deserialize, Serialize};

use crate::effect::{Do, Effect, EffectId, Outcome, Request};
use crate::event::{CameraFault, CodeSource};
use crate::held::{Held, Slot};
use crate::ids::{Act, FieldId};
use crate::lock;
use crate::risk::{AFTER_CALL_S, Guarded, RiskReading, Signal, Verdict};
use crate::shared::card::Entry;

/// The moment at which something is told, read by the runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// The service's time as far as it is known.
    pub time: UnixTime,
    /// Seconds since the phone started, sleep included: its holder can't set them.
    pub uptime_s: u64,
    /// The risk signals, read for this event.
    pub risk: RiskReading,
    /// The service's host, as its messages name it.
    pub host: String,
    /// The token that messages for this app carry, on Android.
    pub token: Option<String>,
    /// Whether this build is for citizens: a debugger is refused there.
    pub is_production: bool,
}

impl Now {
    /// Time passes.
    #[cfg(any(test, feature = "rehearsal"))]
    pub(crate) fn pass(&mut self, seconds: u64) {
        self.time = self.time.plus(seconds);
        self.uptime_s = self.uptime_s.saturating_add(seconds);
    }

    /// The day in Vietnam.
    #[must_use]
    pub fn today(&self) -> CalendarDate {
        CalendarDate::in_vietnam(self.time.0)
    }
}

/// What all journeys share. In the model.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Shared {
    next_effect: u64,
    #[serde(with = "language")]
    pub(crate) language: Language,
    pub(crate) online: bool,
    /// As last heard.
    pub(crate) policy: Option<Policy>,
    /// What the holder agreed to, before the first camera or field.
    pub(crate) consents: Vec<Consent>,
    /// The holder's number, once it is known: never typed twice.
    pub(crate) number: Option<String>,
    /// The account, while signed in.
    pub(crate) account: Option<AccountSummary>,
    /// An application is, or was, under way on this phone.
    pub(crate) has_applied: bool,
    /// The card of an application that is not decided yet: what the service finds wrong is corrected, and nothing is typed twice.
    pub(crate) entry: Option<Entry>,
    /// How many portraits were taken: tells which one is held.
    pub(crate) portraits: u64,
    /// The account's list of devices was not what it was, and nothing said since that it is.
    pub(crate) devices_changed: bool,
    /// What unlocks the app.
    pub(crate) app_lock: lock::Kind,
    /// When a call was last seen in progress.
    pub(crate) call_seen: Option<UnixTime>,
}

impl Shared {
    pub(crate) fn new(language: Language) -> Self {
        Self {
            next_effect: 1,
            language,
            online: true,
            policy: None,
            consents: Vec::new(),
            number: None,
            account: None,
            has_applied: false,
            entry: None,
            devices_changed: false,
            app_lock: lock::Kind::Off,
            portraits: 0,
            call_seen: None,
        }
    }

    /// Nothing of the one who signed out is left. An application of somebody who has no account yet can still be asked for.
    pub(crate) fn forget_holder(&mut self) {
        if self.account.take().is_some() {
            self.has_applied = false;
        }
        self.number = None;
        self.entry = None;
        self.consents.clear();
        self.devices_changed = false;
    }

    /// Notes a call in progress. A clock that was ahead then makes nobody wait longer.
    pub(crate) fn see_call(&mut self, now: &Now) {
        let is_there = now.risk.call == Signal::Yes;
        self.call_seen = if is_there { Some(now.time) } else { self.call_seen.map(|seen| seen.min(now.time)) };
    }

    /// When a call is long enough over that is, or was just now, in progress.
    pub(crate) fn call_ends(&self, now: &Now) -> Option<UnixTime> {
        let ends = self.call_seen?.plus(AFTER_CALL_S);
        (now.risk.call == Signal::Yes || ends > now.time).then_some(ends)
    }

    /// Whether the holder agreed to everything that the service can't do without, to its newest terms.
    pub(crate) fn has_consent(&self) -> bool {
        let Some(policy) = &self.policy else { return false };
        let agreed =
            |purpose| self.consents.iter().any(|given| given.purpose == purpose && given.terms == policy.terms);
        policy.purposes.iter().filter(|one| one.is_required).all(|one| agreed(one.purpose))
    }
}

/// What a machine may touch while it answers one input.
pub(crate) struct World<'a> {
    pub(crate) now: &'a Now,
    pub(crate) held: &'a mut Held,
    pub(crate) shared: &'a mut Shared,
    pub(crate) effects: Vec<Effect>,
}

impl World<'_> {
    /// Has something done.
    pub(crate) fn ask(&mut self, what: Do) -> EffectId {
        let id = EffectId(self.shared.next_effect);
        self.shared.next_effect = self.shared.next_effect.wrapping_add(1);
        self.effects.push(Effect { id, what });
        id
    }

    /// Whether nothing but warnings speaks against it now: read again right before something is sent.
    pub(crate) fn is_open(&self, guarded: Guarded) -> bool {
        let call = if self.shared.call_ends(self.now).is_some() { Signal::Yes } else { self.now.risk.call };
        let reading = RiskReading { call, ..self.now.risk };
        guarded.verdict(&reading, self.now.is_production) <= Verdict::Warn
    }

    /// Has the shell do something.
    pub(crate) fn request(&mut self, request: Request) {
        self.ask(Do::Ask(request));
    }

    /// Keeps what was entered into a secret field.
    pub(crate) fn keep(&mut self, slot: Slot, entered: String) {
        self.held.put(slot, Secret::new(entered));
    }

    pub(crate) fn time(&self) -> UnixTime {
        self.now.time
    }
}

/// What a journey is told. What it speaks of has been looked up on the page: the page has that action, enabled, or that field.
#[derive(Clone, PartialEq)]
pub(crate) enum Told {
    Act(Act),
    Field(FieldId, String),
    Choose {
        choice: String,
        option: String,
        chosen: bool,
    },
    Code {
        text: String,
        source: CodeSource,
    },
    /// The payload of a card whose fields hold.
    Card(String),
    Portrait(Vec<u8>),
    CameraHint {
        hint: String,
        stage: u8,
    },
    CameraFault(CameraFault),
    /// The network is back.
    Online,
    Tick,
    Back,
    Reply(EffectId, Outcome),
    Resumed,
}

mod language {
    use citizen_text::Language;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
    pub(super) fn serialize<S: Serializer>(language: &Language, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(match language {
            Language::Vi => "vi",
            Language::En => "en",
        })
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Language, D::Error> {
        let code = String::deserialize(from)?;
        Ok(if code == "en" { Language::En } else { Language::Vi })
    }
}
