//! A journey played step by step in tests, by itself: whatever is told goes through the page that is shown, and after each step the page
//! is whole in both languages, has a way on, and no secret is in what would be stored.

use citizen_protocol::wire::{
    AccountLevel, AccountLock, AccountSummary, Code, Id, LockedBy, OtpChallenge, OtpChannel, OtpContext, OtpPurpose,
    OtpVerified, PasswordReference, Problem, UnixTime,
};
use citizen_text::Language;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::effect::{Do, Effect, EffectId, Outcome};
use crate::event::{CodeSource, Event};
use crate::failure::Failure;
use crate::fits;
use crate::held::Held;
use crate::ids::{Act, FieldId};
use crate::page::{Page, Part};
use crate::place::Go;
use crate::risk::RiskReading;
use crate::see::See;
use crate::turn::{Turn, Unfit};
use crate::world::{Now, Shared, Told, World};

/// 2026-11-25, 08:00 in Vietnam.
pub(crate) const START: UnixTime = UnixTime(1_795_568_400);
pub(crate) const NUMBER: &str = "079190123456";
/// Never in what is stored.
pub(crate) const PASSWORD: &str = "canary tram nam mot minh";
pub(crate) const CODE: &str = "730416";
pub(crate) const JPEG: &[u8] = b"\xff\xd8\xffcanary";

/// What comes of an input.
type Moved<S> = Result<Turn<S, Go>, Unfit>;

/// A journey's functions.
pub(crate) struct Journey<S> {
    pub(crate) begin: fn(&mut World) -> S,
    pub(crate) told: fn(S, &Told, &mut World) -> Moved<S>,
    pub(crate) page: fn(&S, See) -> Page,
}

/// A journey under way.
#[derive(Clone)]
pub(crate) struct Play<S: 'static> {
    journey: &'static Journey<S>,
    pub(crate) state: S,
    pub(crate) held: Held,
    pub(crate) shared: Shared,
    pub(crate) now: Now,
    /// Of the last step.
    pub(crate) effects: Vec<Effect>,
    /// Where it led, once it is done.
    pub(crate) went: Option<Go>,
    /// It went back before its first page.
    pub(crate) left: bool,
    waiting: Option<EffectId>,
}

impl<S: Clone + PartialEq + Serialize + DeserializeOwned> Play<S> {
    pub(crate) fn new(journey: &'static Journey<S>) -> Self {
        Self::of(journey, Shared::new(Language::Vi))
    }

    pub(crate) fn of(journey: &'static Journey<S>, mut shared: Shared) -> Self {
        let risk = RiskReading::default();
        let now = Now { time: START, uptime_s: 0, risk, host: "localhost".into(), token: None, is_production: true };
        let mut held = Held::default();
        let mut world = World { now: &now, held: &mut held, shared: &mut shared, effects: Vec::new() };
        let state = (journey.begin)(&mut world);
        let effects = world.effects;
        let waiting = effects.last().map(|effect| effect.id);
        let play = Self { journey, state, held, shared, now, effects, went: None, left: false, waiting };
        play.check();
        play
    }

    /// Tells it something that fits.
    pub(crate) fn told(mut self, told: &Told) -> Self {
        match self.step(told) {
            Ok(()) => self,
            Err(unfit) => panic!("{unfit} on {}", self.page().id),
        }
    }

    /// Tells it something that does not fit: nothing has changed.
    pub(crate) fn refuses(mut self, told: &Told) -> Self {
        let before = self.clone();
        assert!(self.step(told).is_err(), "fits on {}", before.page().id);
        assert!(self.state == before.state && self.shared == before.shared && self.held == before.held);
        before
    }

    fn step(&mut self, told: &Told) -> Result<(), Unfit> {
        let Self { held, shared, now, .. } = self;
        let (mut kept, mut shared_now) = (held.clone(), shared.clone());
        let mut world = World { now, held: &mut kept, shared: &mut shared_now, effects: Vec::new() };
        let turn = (self.journey.told)(self.state.clone(), told, &mut world);
        let effects = world.effects;
        let is_same = kept == *held && shared_now == *shared && effects.is_empty();
        let turn = match turn {
            Ok(turn) => turn,
            Err(unfit) => {
                assert!(is_same, "refused, and touched the world");
                return Err(unfit);
            }
        };
        (self.held, self.shared) = (kept, shared_now);
        let asked = effects.iter().rfind(|effect| !matches!(effect.what, Do::Ask(_)));
        self.waiting = asked.map(|effect| effect.id).or(self.waiting);
        self.effects = effects;
        match turn {
            Turn::To(state) => self.state = state,
            Turn::Done(go) => self.went = Some(go),
            Turn::Back => self.left = true,
        }
        self.check();
        Ok(())
    }

    /// What holds after every step.
    fn check(&self) {
        let stored = serde_json::to_string(&self.state).unwrap() + &serde_json::to_string(&self.shared).unwrap();
        for secret in [PASSWORD, CODE, "canary"] {
            assert!(!stored.contains(secret), "{secret} is stored on {}", self.page().id);
        }
        let again: S = serde_json::from_str(&serde_json::to_string(&self.state).unwrap()).unwrap();
        assert!(again == self.state, "comes back differently on {}", self.page().id);
        let page = self.page();
        assert!(page.can_go_back || page.actions.iter().any(|action| action.enabled), "{} is a dead end", page.id);
        let mut ids: Vec<&str> = page.actions.iter().map(|action| action.id.as_str()).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{} has a button twice", page.id);
        let mut shared = self.shared.clone();
        shared.language = Language::En;
        for page in [page, (self.journey.page)(&self.state, See { now: &self.now, held: &self.held, shared: &shared })]
        {
            let said = format!("{page:?}");
            assert!(!said.contains(PASSWORD) && !said.contains(CODE), "{} shows a secret", page.id);
            missing(&page);
        }
    }

    pub(crate) fn page(&self) -> Page {
        (self.journey.page)(&self.state, See { now: &self.now, held: &self.held, shared: &self.shared })
    }

    /// It is on this page.
    #[track_caller]
    pub(crate) fn on(self, page: &str) -> Self {
        assert_eq!(self.page().id, page);
        self
    }

    /// The page says this: a part, an error, or what is announced.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        let page = format!("{:?}", self.page());
        assert!(page.contains(&format!("id: {text:?}")), "{text} is not said on {}", self.page().id);
        self
    }

    /// The effects of the last step, by their names.
    #[track_caller]
    pub(crate) fn asked(self, names: &[&str]) -> Self {
        assert_eq!(self.effects.iter().map(|effect| effect.what.name()).collect::<Vec<_>>(), names);
        self
    }

    #[track_caller]
    pub(crate) fn has(self, act: Act) -> Self {
        let page = self.page();
        assert!(page.actions.iter().any(|one| one.id == act.id()), "{} has no {}", page.id, act.id());
        self
    }

    #[track_caller]
    pub(crate) fn lacks(self, act: Act) -> Self {
        let page = self.page();
        assert!(page.actions.iter().all(|one| one.id != act.id()), "{} has {}", page.id, act.id());
        self
    }

    /// Something happens on the page that is shown.
    #[track_caller]
    pub(crate) fn event(self, event: impl FnOnce(String) -> Event) -> Self {
        let page = self.page();
        let told = fits::told(event(page.id.clone()), &page);
        let Ok(told) = told else { panic!("not on {}", page.id) };
        self.told(&told)
    }

    #[track_caller]
    pub(crate) fn act(self, act: Act) -> Self {
        self.event(|page| Event::Action { page, action: act.id().to_owned() })
    }

    #[track_caller]
    pub(crate) fn field(self, field: FieldId, value: &str) -> Self {
        self.event(|page| Event::Field { page, field: field.id().to_owned(), value: value.to_owned() })
    }

    #[track_caller]
    pub(crate) fn choose(self, choice: &str, option: &str) -> Self {
        self.event(|page| Event::Choose { page, choice: choice.to_owned(), option: option.to_owned(), chosen: true })
    }

    #[track_caller]
    pub(crate) fn back(self) -> Self {
        self.event(|page| Event::Back { page })
    }

    /// The newest call is answered.
    #[track_caller]
    pub(crate) fn reply(self, outcome: Outcome) -> Self {
        let told = self.reply_told(outcome);
        self.told(&told)
    }

    pub(crate) fn reply_told(&self, outcome: Outcome) -> Told {
        Told::Reply(self.waiting.expect("a call"), outcome)
    }

    #[track_caller]
    pub(crate) fn fails(self, failure: Failure) -> Self {
        self.reply(Outcome::Failed(failure))
    }

    /// The service says no.
    #[track_caller]
    pub(crate) fn refused(self, code: Code) -> Self {
        self.fails(no(code))
    }

    /// The right code, from asking for it on.
    #[track_caller]
    pub(crate) fn right_code(self, purpose: OtpPurpose, channel: OtpChannel) -> Self {
        let sent = code_sent(purpose, channel, self.now.time);
        let verified = OtpVerified { challenge: sent.id, valid_until: self.now.time.plus(600) };
        self.reply(Outcome::CodeSent(sent))
            .event(|page| Event::Code { page, text: CODE.into(), source: CodeSource::Typed })
            .act(Act::Continue)
            .reply(Outcome::CodeRight(verified))
    }

    /// Portrait and password, from the portrait's page to the one that sends them.
    #[track_caller]
    pub(crate) fn portrait_and_password(self) -> Self {
        self.event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() }).new_password()
    }

    #[track_caller]
    pub(crate) fn new_password(self) -> Self {
        self.field(FieldId::Password, PASSWORD).field(FieldId::PasswordAgain, PASSWORD).act(Act::Continue)
    }

    /// From the page that sends them to the last call.
    #[track_caller]
    pub(crate) fn submitted(self) -> Self {
        let sent = self.act(Act::Submit).asked(&["send_portrait"]);
        sent.reply(Outcome::PortraitSent(Id([2; 16]))).password_given()
    }

    /// The service takes the password.
    #[track_caller]
    pub(crate) fn password_given(self) -> Self {
        let valid_until = self.now.time.plus(3_600);
        let given = PasswordReference { id: Id([3; 16]), valid_until };
        self.asked(&["give_password"]).reply(Outcome::PasswordGiven(given))
    }

    /// The app is killed and started again: secrets are gone.
    #[track_caller]
    pub(crate) fn killed(mut self) -> Self {
        let portrait = self.held.portrait().map(|jpeg| jpeg.to_vec());
        self.held = Held::default();
        if let Some(jpeg) = portrait {
            self.held.put_portrait(jpeg);
        }
        self.told(&Told::Resumed)
    }

    #[track_caller]
    pub(crate) fn later(mut self, seconds: u64) -> Self {
        self.now.pass(seconds);
        self.told(&Told::Tick)
    }

    /// Nothing secret is held any more.
    #[track_caller]
    pub(crate) fn wiped(self) -> Self {
        use crate::held::Slot;
        for slot in [Slot::Code, Slot::Password, Slot::PasswordAgain] {
            assert!(self.held.get(slot).is_none(), "{slot:?} is still held");
        }
        self
    }
}

/// A message of these journeys that has no text, or lacks a value, shows its id.
fn missing(page: &Page) {
    const OWN: [&str; 10] = [
        "enrol-",
        "status-",
        "sign-in-",
        "recovery-",
        "activation-",
        "account-lock-",
        "phone-taken-",
        "contact-",
        "channel-",
        "sending-",
    ];
    let check = |said: &crate::page::Said| {
        let is_own = OWN.iter().any(|own| said.id.starts_with(own));
        assert!(!is_own || said.text != said.id, "{} has no text, or not all its values", said.id);
    };
    check(&page.title);
    for part in &page.parts {
        match part {
            Part::Paragraph { said } | Part::Notice { said, .. } | Part::Progress { said, .. } => check(said),
            Part::Field { field } => field.hint.iter().chain(&field.error).for_each(check),
            Part::Choice { choice } => {
                check(&choice.label);
                choice.options.iter().for_each(|option| check(&option.label));
            }
            Part::Countdown { wait } => check(&wait.label),
            Part::Timeline { entries } => entries.iter().for_each(|entry| {
                check(&entry.label);
                entry.detail.iter().for_each(check);
            }),
            _ => {}
        }
    }
}

pub(crate) fn no(code: Code) -> Failure {
    Failure::Server(Box::new(code.into()))
}

pub(crate) fn locked(by: LockedBy) -> Failure {
    let lock = Some(AccountLock { by, since: UnixTime(START.0 - 86_400) });
    Failure::Server(Box::new(Problem { lock, ..Code::AccountLocked.into() }))
}

pub(crate) fn account() -> AccountSummary {
    AccountSummary {
        account: Id([9; 16]),
        level: AccountLevel::Level1,
        card_expires: None,
        device: Some(Id([8; 16])),
        lock: None,
        channels: vec![OtpChannel::Sms],
        cool_down_until: None,
    }
}

pub(crate) fn code_sent(purpose: OtpPurpose, channel: OtpChannel, now: UnixTime) -> OtpChallenge {
    OtpChallenge {
        id: Id([1; 16]),
        purpose,
        channel,
        masked_address: "+84 ••• ••• 678".into(),
        digits: 6,
        expires_at: now.plus(180),
        resend_at: now.plus(60),
        attempts_left: 5,
        locked_until: None,
        reference: "KA".into(),
        context: OtpContext { device: "Model 1".into(), place: None },
    }
}

/// Failures that every call may end with, and that leave the journey where it is: each is shown with a support code.
pub(crate) fn plain_failures() -> Vec<Failure> {
    use citizen_keystore::KeystoreError;
    let plain = [
        Failure::Offline,
        Failure::Slow,
        Failure::NotGenuine,
        Failure::Clock,
        Failure::Outdated,
        Failure::Storage { full: false },
        Failure::Storage { full: true },
        Failure::Keystore(KeystoreError::UserCancelled),
        Failure::ApprovalKeyLost,
        Failure::UnknownPhone,
        Failure::NotSignedIn,
    ];
    let said = [
        Code::Internal,
        Code::Unavailable,
        Code::RateLimited,
        Code::ClockSkew,
        Code::BadRequest,
        Code::Unknown,
        Code::DeskOnly,
    ];
    plain.into_iter().chain(said.map(no)).collect()
}

/// Whether the page shows what stops somebody, with its code.
pub(crate) fn has_support_code(page: &Page) -> bool {
    page.parts.iter().any(|part| matches!(part, Part::Notice { code: Some(_), .. }))
        && page.actions.iter().any(|action| action.id == Act::Help.id())
}
