//! What tables of tests of the shared machines are made of: a world held in the hand, samples of what the service answers, and a machine
//! that walks from input to input. Invented, all of it.

use citizen_protocol::wire::{
    Code, Id, OtpChallenge, OtpChannel, OtpContext, OtpPurpose, OtpSubject, OtpVerified, PasswordReference, Problem,
    UnixTime,
};
use citizen_text::Language;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::effect::{Do, EffectId, Outcome};
use crate::failure::Failure;
use crate::held::Held;
use crate::ids::{Act, FieldId};
use crate::page::{Action, Page};
use crate::risk::RiskReading;
use crate::see::See;
use crate::shared::otp::Ask;
use crate::shared::work::Work;
use crate::turn::{Turn, Unfit};
use crate::world::{Now, Shared, Told, World};

/// 2026-11-25, 08:00 in Vietnam.
pub(crate) const NOW: UnixTime = UnixTime(1_795_568_400);

/// A card whose number goes with its fields.
pub(crate) const CARD: &str = "079190123456|012345678|Nguyễn Thị Mẫu|05061990|Nữ|Số 1, Xã Mẫu, Tỉnh Ví Dụ|03042022";

/// The smallest thing that begins as a portrait does.
pub(crate) const PORTRAIT: [u8; 4] = [0xff, 0xd8, 0xff, 0xe0];

pub(crate) fn id(number: u8) -> Id {
    Id([number; 16])
}

pub(crate) fn ask() -> Ask {
    let subject = OtpSubject::Address { address: "+84912345678".into() };
    Ask { purpose: OtpPurpose::Register, channel: OtpChannel::Sms, subject }
}

/// A code as the service sends it by default: 180 s, another after 60 s, five tries.
pub(crate) fn challenge(number: u8, now: UnixTime) -> OtpChallenge {
    OtpChallenge {
        id: id(number),
        purpose: OtpPurpose::Register,
        channel: OtpChannel::Sms,
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

pub(crate) fn sent(number: u8) -> Outcome {
    Outcome::CodeSent(challenge(number, NOW))
}

pub(crate) fn verified() -> OtpVerified {
    OtpVerified { challenge: id(1), valid_until: NOW.plus(3_600) }
}

pub(crate) fn password_reference() -> PasswordReference {
    PasswordReference { id: id(3), valid_until: NOW.plus(3_600) }
}

pub(crate) fn failed(failure: Failure) -> Outcome {
    Outcome::Failed(failure)
}

/// The service says no.
pub(crate) fn no(code: Code) -> Outcome {
    no_with(code.into())
}

pub(crate) fn no_with(problem: Problem) -> Outcome {
    failed(Failure::Server(Box::new(problem)))
}

pub(crate) fn act(act: Act) -> Told {
    Told::Act(act)
}

pub(crate) fn field(id: FieldId, text: &str) -> Told {
    Told::Field(id, text.into())
}

/// `waiting`, `waiting 40 %`, `stopped E101`.
pub(crate) fn work(work: &Work) -> String {
    match work {
        Work::Waiting { percent: None, .. } => "waiting".into(),
        Work::Waiting { percent: Some(percent), .. } => format!("waiting {percent} %"),
        Work::Stopped(trouble) => format!("stopped {}", trouble.stop.code()),
    }
}

/// The world around a machine.
pub(crate) struct Kit {
    pub(crate) now: Now,
    pub(crate) held: Held,
    pub(crate) shared: Shared,
}

impl Kit {
    fn new() -> Self {
        let host = "eid.example.vn".into();
        let now = Now { time: NOW, uptime_s: 0, risk: RiskReading::default(), host, token: None, is_production: true };
        Self { now, held: Held::default(), shared: Shared::new(Language::Vi) }
    }

    /// What is done in it, with the names of the effects and the newest one that has a reply.
    fn with<T>(&mut self, what: impl FnOnce(&mut World) -> T) -> (T, Vec<&'static str>, Option<EffectId>) {
        let Self { now, held, shared } = self;
        let mut world = World { now, held, shared, effects: Vec::new() };
        let done = what(&mut world);
        let newest = world.effects.iter().rfind(|effect| !matches!(effect.what, Do::Ask(_))).map(|effect| effect.id);
        (done, world.effects.iter().map(|effect| effect.what.name()).collect(), newest)
    }

    pub(crate) fn see(&self) -> See<'_> {
        See { now: &self.now, held: &self.held, shared: &self.shared }
    }
}

/// What a machine does with an input.
pub(crate) type Move<S, O> = fn(S, &Told, &mut World) -> Result<Turn<S, O>, Unfit>;

/// A machine on its way.
pub(crate) struct Walk<S, O> {
    pub(crate) kit: Kit,
    pub(crate) state: S,
    /// What came of it.
    pub(crate) done: Option<O>,
    newest: EffectId,
    told: Move<S, O>,
    name: fn(&S) -> String,
}

/// What happens to it.
pub(crate) enum Happens {
    /// It is told something.
    Is(Told),
    /// The newest effect ends.
    Reply(Outcome),
    /// An effect ends that nobody waits for.
    Stale(Outcome),
    /// So many seconds pass.
    After(u64),
    /// The app is killed and started again: no secret is left, the portrait is put back by the runtime.
    Kill,
}

impl<S: Clone + Serialize + DeserializeOwned, O> Walk<S, O> {
    pub(crate) fn new(begin: impl FnOnce(&mut World) -> S, told: Move<S, O>, name: fn(&S) -> String) -> Self {
        let mut kit = Kit::new();
        let (state, _, newest) = kit.with(begin);
        Self { kit, state, done: None, newest: newest.unwrap_or(EffectId(0)), told, name }
    }

    /// `state: effects`, `done: effects`, `back: effects`; `refused` or `stale`, and nothing changed.
    pub(crate) fn step(&mut self, happens: Happens) -> String {
        let told = match happens {
            Happens::Is(told) => told,
            Happens::Reply(outcome) => Told::Reply(self.newest, outcome),
            Happens::Stale(outcome) => Told::Reply(EffectId(u64::MAX), outcome),
            Happens::After(seconds) => {
                self.kit.now.pass(seconds);
                Told::Tick
            }
            Happens::Kill => {
                self.kill();
                Told::Resumed
            }
        };
        let (held, shared) = (self.kit.held.clone(), self.kit.shared.clone());
        let (state, machine) = (self.state.clone(), self.told);
        let (turn, effects, newest) = self.kit.with(|world| machine(state, &told, world));
        self.newest = newest.unwrap_or(self.newest);
        let place = match turn {
            Ok(Turn::To(state)) => {
                self.state = state;
                (self.name)(&self.state)
            }
            Ok(Turn::Done(output)) => {
                self.done = Some(output);
                "done".into()
            }
            Ok(Turn::Back) => "back".into(),
            Err(unfit) => {
                let is_same = effects.is_empty() && held == self.kit.held && shared == self.kit.shared;
                assert!(is_same, "{unfit}, and something changed");
                return if unfit == Unfit::Stale { "stale".into() } else { "refused".into() };
            }
        };
        if effects.is_empty() { place } else { format!("{place}: {}", effects.join(" ")) }
    }

    fn kill(&mut self) {
        let portrait = self.kit.held.portrait().map(|jpeg| jpeg.to_vec());
        self.kit.held = Held::default();
        if let Some(jpeg) = portrait {
            self.kit.held.put_portrait(jpeg);
        }
        self.state = serde_json::from_str(&self.stored()).unwrap();
    }

    pub(crate) fn is(&mut self, told: Told) -> String {
        self.step(Happens::Is(told))
    }

    pub(crate) fn reply(&mut self, outcome: Outcome) -> String {
        self.step(Happens::Reply(outcome))
    }

    /// A table: what happens, and what comes of it.
    pub(crate) fn plays<const N: usize>(&mut self, table: [(Happens, &str); N]) {
        for (row, (happens, wanted)) in table.into_iter().enumerate() {
            assert_eq!(self.step(happens), wanted, "row {row}");
        }
    }

    /// The state as it is stored.
    pub(crate) fn stored(&self) -> String {
        serde_json::to_string(&self.state).unwrap()
    }
}

/// The page, all of whose texts are finished, and which is no dead end.
pub(crate) fn checked(page: Page) -> Page {
    for (id, rest) in texts(&format!("{page:?}")) {
        assert!(!rest.starts_with(&format!(", text: \"{id}\"")), "{id} can't be said");
    }
    assert!(page.actions.iter().any(|action| action.enabled), "{}: no way on", page.id);
    page
}

/// Ids of a page's actions: `continue`, `resend (60)` while it can't be tapped for so long, `continue (-)` while it can't at all.
pub(crate) fn actions(page: &Page) -> Vec<String> {
    let action = |one: &Action| match (one.enabled, one.delay_s) {
        (true, _) => one.id.clone(),
        (false, 0) => format!("{} (-)", one.id),
        (false, seconds) => format!("{} ({seconds})", one.id),
    };
    page.actions.iter().map(action).collect()
}

/// Ids of everything that a page says, in order.
pub(crate) fn said(page: &Page) -> Vec<String> {
    texts(&format!("{page:?}")).map(|(id, _)| id.to_owned()).collect()
}

/// Each id in a page's debug output, with what stands behind it.
fn texts(shown: &str) -> impl Iterator<Item = (&str, &str)> {
    shown.split("Said { id: \"").skip(1).filter_map(|said| said.split_once('"'))
}
