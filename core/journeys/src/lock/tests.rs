use citizen_keystore::KeystoreError;
use citizen_protocol::wire::UnixTime;
use citizen_text::Language;

use super::{Kind, State, set_up, visible};
use crate::effect::{EffectId, Outcome};
use crate::event::{Event, Input};
use crate::failure::Failure;
use crate::held::{Held, Slot};
use crate::ids::{Act, FieldId};
use crate::model::{Model, Step, update};
use crate::page::Part;
use crate::play::{Journey, Play, START, account, has_support_code, plain_failures};
use crate::risk::RiskReading;
use crate::turn::Turn;
use crate::world::{Now, Shared, Told, World};

type Lock = Play<State>;

const JOURNEY: Journey<State> = Journey {
    begin: |_| State::default(),
    told: |state, told, world| super::told(state, told, world).map(Turn::To),
    page: super::page,
};
const PIN: &str = "904736";

/// Set up, and open.
fn open(kinds: &[Kind]) -> Lock {
    let mut shared = Shared::new(Language::Vi);
    (shared.account, shared.has_applied) = (Some(account()), true);
    let mut lock = Play::of(&JOURNEY, shared);
    for kind in kinds {
        with(&mut lock, |state, world| set_up(state, *kind, world));
    }
    assert!(!lock.state.is_locked());
    lock
}

/// The app was started again.
fn closed(kinds: &[Kind]) -> Lock {
    let lock = open(kinds).killed();
    assert!(lock.state.is_locked());
    lock
}

fn with(lock: &mut Lock, change: impl FnOnce(&mut State, &mut World)) {
    let Lock { state, held, shared, now, .. } = lock;
    change(state, &mut World { now, held, shared, effects: Vec::new() });
}

fn is_visible(mut lock: Lock, is: bool) -> Lock {
    with(&mut lock, |state, world| visible(state, is, world));
    lock
}

/// Out of sight for so long.
fn away(lock: Lock, seconds: u64) -> Lock {
    let mut lock = is_visible(lock, false);
    lock.now.pass(seconds);
    is_visible(lock, true)
}

fn tries(lock: Lock, pin: &str) -> Lock {
    lock.field(FieldId::Pin, pin).act(Act::Unlock).on("lock-checking").asked(&["check_pin"])
}

fn wrong(lock: Lock) -> Lock {
    tries(lock, "111111").reply(Outcome::Pin { right: false })
}

fn wait_s(lock: &Lock) -> Option<u32> {
    lock.page().parts.into_iter().find_map(|part| match part {
        Part::Countdown { wait } => Some(wait.seconds),
        _ => None,
    })
}

#[test]
fn it_closes_at_a_start_where_it_is_set_up() {
    assert!(!open(&[]).killed().state.is_locked());
    closed(&[Kind::Pin]).on("lock-pin");
    closed(&[Kind::Biometric]).on("lock-biometric");
    assert!(!open(&[Kind::Pin, Kind::Off]).killed().state.is_locked());
}

#[test]
fn it_closes_after_a_minute_out_of_sight_and_when_the_clock_went_back() {
    for (seconds, locks) in [(0, false), (59, false), (60, true), (86_400, true)] {
        assert_eq!(away(open(&[Kind::Pin]), seconds).state.is_locked(), locks, "{seconds} s");
        assert!(!away(open(&[]), seconds).state.is_locked(), "no lock is set up");
    }
    let mut back = is_visible(open(&[Kind::Pin]), false);
    back.now.time = UnixTime(back.now.time.0 - 1);
    assert!(is_visible(back, true).state.is_locked());
    // Also while nobody looks.
    let lock = is_visible(open(&[Kind::Pin]), false);
    assert_eq!(lock.state.wake(&lock.now), Some(START.plus(60)));
    assert!(lock.later(60).state.is_locked());
    assert!(closed(&[Kind::Pin]).state.is_locked() && away(closed(&[Kind::Pin]), 1).state.is_locked());
}

#[test]
fn the_right_pin_opens_and_is_not_held_any_more() {
    let lock = tries(closed(&[Kind::Pin]), PIN);
    let lock = lock.reply(Outcome::Pin { right: true });
    assert!(!lock.state.is_locked() && lock.held.is_empty(Slot::Pin));
}

#[test]
fn a_wrong_pin_is_dropped_and_says_how_many_are_left() {
    let lock = wrong(closed(&[Kind::Pin])).on("lock-pin").asked(&["warning"]).says("lock-pin-wrong-error");
    assert!(lock.held.is_empty(Slot::Pin));
    lock.act(Act::Unlock).on("lock-pin").says("lock-pin-short-error").asked(&[]);
}

#[test]
fn from_the_fifth_wrong_pin_on_each_costs_more_time_and_nothing_is_wiped() {
    let mut lock = closed(&[Kind::Pin]);
    for _ in 0..4 {
        lock = wrong(lock).on("lock-pin");
    }
    for cost in [30, 60, 300, 900, 3_600, 3_600, 3_600] {
        lock = wrong(lock).on("lock-wait");
        assert_eq!(wait_s(&lock), Some(cost));
        assert!(has_support_code(&lock.page()));
        lock = lock.refuses(&Told::Act(Act::Unlock)).later(u64::from(cost) - 1).on("lock-wait").later(1).on("lock-pin");
    }
    assert!(lock.shared.account.is_some());
    let lock = tries(lock, PIN).reply(Outcome::Pin { right: true });
    let lock = away(lock, 60);
    wrong(lock).on("lock-pin");
}

#[test]
fn closing_the_app_gives_no_try_for_free_and_ends_no_wait() {
    let mut lock = closed(&[Kind::Pin]);
    for _ in 0..4 {
        lock = tries(lock, "111111").killed().on("lock-pin").says("lock-pin-gone-error");
    }
    let lock = tries(lock, "111111").killed().on("lock-wait");
    let lock = lock.later(10).killed().on("lock-wait");
    assert_eq!(wait_s(&lock), Some(20));
    let lock = lock.later(20).on("lock-pin").killed().on("lock-pin");
    assert_eq!(wait_s(&wrong(lock)), Some(60));
}

#[test]
fn a_clock_that_goes_back_makes_nobody_wait_longer() {
    let mut lock = (0..5).fold(closed(&[Kind::Pin]), |lock, _| wrong(lock)).on("lock-wait");
    lock.now.time = UnixTime(START.0 - 86_400);
    let lock = lock.told(&Told::Tick);
    assert_eq!(wait_s(&lock), Some(30));
    lock.later(30).on("lock-pin");
}

#[test]
fn a_clock_that_is_set_ahead_ends_no_wait_but_a_phone_that_starts_again_waits_no_longer() {
    let mut lock = (0..5).fold(closed(&[Kind::Pin]), |lock, _| wrong(lock)).on("lock-wait");
    lock.now.time = START.plus(86_400);
    let lock = lock.told(&Told::Tick).on("lock-wait").killed().on("lock-wait");
    assert_eq!(wait_s(&lock), Some(30));
    lock.later(10).on("lock-wait").later(20).on("lock-pin");
    let mut lock = (0..5).fold(closed(&[Kind::Pin]), |lock, _| wrong(lock.later(1_000))).on("lock-wait");
    lock.now.uptime_s = 3;
    let lock = lock.killed().on("lock-wait");
    assert_eq!(wait_s(&lock), Some(30));
    lock.later(30).on("lock-pin");
}

#[test]
fn it_opens_behind_nobody_s_back() {
    for (lock, right) in [
        (tries(closed(&[Kind::Pin]), PIN), Outcome::Pin { right: true }),
        (closed(&[Kind::Biometric]).act(Act::UseBiometric), Outcome::Done),
    ] {
        let lock = is_visible(lock, false).reply(right);
        assert!(!lock.state.is_locked());
        assert!(is_visible(lock.clone(), true).state == State { has_pin: lock.state.has_pin, ..State::default() });
        assert!(lock.later(60).state.is_locked(), "nobody looked");
    }
}

#[test]
fn what_was_not_compared_is_no_try() {
    let mut lock = closed(&[Kind::Pin]);
    for failure in plain_failures().into_iter().chain([Failure::Gone]) {
        lock = tries(lock, PIN).fails(failure).on("lock-pin").says("lock-pin-gone-error");
        assert!(lock.held.is_empty(Slot::Pin));
    }
    (0..4).fold(lock, |lock, _| wrong(lock)).on("lock-pin");
}

#[test]
fn the_phone_s_owner_opens_it() {
    let prompting = closed(&[Kind::Biometric]).act(Act::UseBiometric).on("lock-prompting").asked(&["authenticate"]);
    assert!(!prompting.clone().reply(Outcome::Done).state.is_locked());
    prompting.clone().killed().on("lock-biometric").asked(&[]);
    for failure in plain_failures() {
        let failed =
            prompting.clone().fails(failure.clone()).on("lock-biometric-failed").has(Act::SignIn).lacks(Act::UsePin);
        assert!(has_support_code(&failed.page()), "{failure:?}");
        failed.act(Act::UseBiometric).asked(&["authenticate"]);
    }
    let out = prompting.fails(Failure::Keystore(KeystoreError::LockedOut { retry_s: 30 })).on("lock-biometric-failed");
    assert_eq!((wait_s(&out), out.state.wake(&out.now)), (Some(30), Some(START.plus(30))));
    out.later(30).act(Act::UseBiometric).asked(&["authenticate"]);
}

#[test]
fn a_pin_of_before_helps_beside_the_biometric_and_its_waits_hold() {
    let lock = closed(&[Kind::Pin, Kind::Biometric]).on("lock-biometric");
    let pin = lock.clone().act(Act::UsePin).on("lock-pin").has(Act::UseBiometric);
    assert!(!tries(pin.clone(), PIN).reply(Outcome::Pin { right: true }).state.is_locked());
    let waits = (0..5).fold(pin, |lock, _| wrong(lock)).on("lock-wait");
    let around = waits.act(Act::UseBiometric).on("lock-biometric").act(Act::UsePin).on("lock-wait");
    around.later(30).on("lock-pin");
    let cancelled = lock.act(Act::UseBiometric).fails(Failure::Keystore(KeystoreError::UserCancelled));
    cancelled.act(Act::UsePin).on("lock-pin");
    closed(&[Kind::Biometric]).refuses(&Told::Act(Act::UsePin));
}

#[test]
fn a_phone_whose_screen_lock_is_gone_is_no_dead_end() {
    let prompting = closed(&[Kind::Biometric]).act(Act::UseBiometric);
    let gone = prompting.fails(Failure::Keystore(KeystoreError::NotEnrolled)).on("lock-no-screen-lock");
    gone.clone().act(Act::OpenSettings).asked(&["open_settings"]).on("lock-no-screen-lock");
    gone.clone().act(Act::TryAgain).asked(&["authenticate"]);
    gone.act(Act::SignIn).on("lock-forgot");
}

#[test]
fn who_forgot_the_pin_signs_out_and_nothing_of_before_is_left() {
    let lock = wrong(closed(&[Kind::Pin])).act(Act::ForgotPin).on("lock-forgot");
    lock.clone().back().on("lock-pin");
    let out = lock.act(Act::Confirm).on("lock-signing-out").asked(&["sign_out"]);
    let stopped = out.clone().fails(Failure::Storage { full: false }).on("lock-signing-out");
    assert!(has_support_code(&stopped.page()) && stopped.shared.account.is_some());
    stopped.clone().back().on("lock-forgot");
    let mut out = stopped.act(Act::TryAgain).asked(&["sign_out"]);
    out.held.put_portrait(vec![1]);
    let ended = out.reply(Outcome::Done).asked(&[]);
    assert!(ended.state.has_ended() && ended.shared.account.is_none() && ended.held == Held::default());
}

#[test]
fn a_wait_can_be_left_by_signing_in_and_help_is_always_there() {
    let waits = (0..5).fold(closed(&[Kind::Pin]), |lock, _| wrong(lock)).on("lock-wait");
    waits.clone().act(Act::ForgotPin).on("lock-forgot").has(Act::Help).back().on("lock-wait");
    for lock in [waits, closed(&[Kind::Pin]), closed(&[Kind::Biometric]), tries(closed(&[Kind::Pin]), PIN)] {
        lock.has(Act::Help);
    }
}

#[test]
fn an_open_lock_takes_nothing() {
    let open = open(&[Kind::Pin]).told(&Told::Tick).told(&Told::Online);
    open.clone().refuses(&Told::Act(Act::Unlock)).refuses(&Told::Back);
    let stale = tries(closed(&[Kind::Pin]), PIN).reply_told(Outcome::Pin { right: true });
    open.refuses(&stale);
    let closed =
        closed(&[Kind::Pin]).refuses(&stale).refuses(&Told::Act(Act::Confirm)).refuses(&Told::Act(Act::UsePin));
    assert!(closed.state.is_locked());
}

#[test]
fn another_kind_begins_anew() {
    let mut lock = (0..3).fold(closed(&[Kind::Pin]), |lock, _| wrong(lock));
    with(&mut lock, |state, world| set_up(state, Kind::Pin, world));
    assert!(!lock.state.is_locked());
    let lock = (0..4).fold(lock.killed(), |lock, _| wrong(lock));
    lock.on("lock-pin");
}

/// The whole app.
struct App {
    model: Model,
    held: Held,
    now: Now,
    step: Step,
    asked: EffectId,
}

impl App {
    fn new() -> Self {
        let now = Now {
            time: START,
            uptime_s: 0,
            risk: RiskReading::default(),
            host: "localhost".into(),
            token: None,
            is_production: true,
        };
        let (mut model, mut held) = (Model::signed_in(account()), Held::default());
        let step = update(&mut model, &mut held, Input::Shell(Event::Tick), &now).unwrap();
        Self { model, held, now, step, asked: EffectId(0) }
    }

    fn tell(mut self, input: Input) -> Self {
        self.step = update(&mut self.model, &mut self.held, input, &self.now).unwrap();
        self.asked = self.step.effects.last().map_or(self.asked, |effect| effect.id);
        self
    }

    fn act(self, act: Act) -> Self {
        let page = self.step.page.id.clone();
        self.tell(Input::Shell(Event::Action { page, action: act.id().into() }))
    }

    fn field(self, field: FieldId, value: &str) -> Self {
        let page = self.step.page.id.clone();
        self.tell(Input::Shell(Event::Field { page, field: field.id().into(), value: value.into() }))
    }

    fn back(self) -> Self {
        let page = self.step.page.id.clone();
        self.tell(Input::Shell(Event::Back { page }))
    }

    fn reply(self, outcome: Outcome) -> Self {
        let effect = self.asked;
        self.tell(Input::Reply { effect, outcome: Box::new(outcome) })
    }

    #[track_caller]
    fn on(self, page: &str) -> Self {
        assert_eq!(self.step.page.id, page);
        self
    }

    /// A PIN is set up, and something is open behind it.
    fn with_pin() -> Self {
        let app = Self::new().on("home-account").act(Act::Settings).act(Act::AppLock).act(Act::SetPin);
        let app =
            app.field(FieldId::Pin, PIN).field(FieldId::PinAgain, PIN).act(Act::Continue).on("settings-pin-keeping");
        let effect = app.asked;
        let app = app.tell(Input::Reply { effect, outcome: Box::new(Outcome::Done) }).on("home-account");
        app.act(Act::Settings).act(Act::Language).on("settings-language")
    }

    fn unlock(self) -> Self {
        self.on("lock-pin")
            .field(FieldId::Pin, PIN)
            .act(Act::Unlock)
            .on("lock-checking")
            .reply(Outcome::Pin { right: true })
    }
}

#[test]
fn who_changes_the_lock_opens_it_first() {
    let app = App::with_pin().back().on("settings").act(Act::AppLock).unlock().on("settings-app-lock");
    // From there it is another's turn only after another lock was chosen.
    app.act(Act::SetPin)
        .on("settings-pin")
        .back()
        .on("settings-app-lock")
        .back()
        .on("settings")
        .act(Act::AppLock)
        .on("lock-pin");
}

#[test]
fn behind_the_lock_everything_stays_as_it_was() {
    App::with_pin().tell(Input::Resumed).unlock().on("settings-language");
}

#[test]
fn help_opens_over_the_lock_and_leaves_it_closed() {
    let app = App::with_pin().tell(Input::Resumed).act(Act::Help).on("help");
    app.act(Act::InPerson).on("help-in-person").back().on("help").back().on("lock-pin");
}

#[test]
fn who_forgot_the_pin_is_home_and_the_lock_is_off() {
    let app = App::with_pin().tell(Input::Resumed).act(Act::ForgotPin).on("lock-forgot").act(Act::Confirm);
    let app = app.on("lock-signing-out").reply(Outcome::Done).on("home");
    app.tell(Input::Resumed).on("home");
}
