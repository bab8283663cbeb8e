use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use citizen_journeys::{Failure, FieldKind, Journey, Part};
use citizen_protocol::wire::{Code, Policy, Problem, Purpose, PurposePolicy, Recipient};
use citizen_service::{Clock, Life};
use citizen_vault::{Changes, Schema, Store, Table, Tables, Vault};

use super::*;
use crate::Handled;
use crate::testing::{PATIENCE, Phone, Quiet, Screen, StoppedClock};

static MODEL: Table<Model> = Table::new("journeys");
static QUEUED: Table<String> = Table::new("outbox");

/// What was drawn and started, with the number of the newest commit at that moment.
type Log = Arc<Mutex<Vec<(String, u64)>>>;

/// Starts nothing, and remembers what it should have.
struct Listed {
    clock: Arc<StoppedClock>,
    vault: Arc<Vault>,
    log: Log,
    effects: Sender<Effect>,
}

impl Outside for Listed {
    fn now(&self) -> UnixTime {
        self.clock.wall()
    }

    fn uptime_s(&self) -> u64 {
        0
    }

    fn start(&self, effect: Effect, _held: &Held, _language: Language) {
        let newest = self.vault.generation().unwrap();
        self.log.lock().unwrap().push((effect.what.name().to_owned(), newest));
        self.effects.send(effect).unwrap();
    }

    fn stop(self: Box<Self>) {}
}

/// A worker whose effects are the test's.
struct Stage {
    phone: Arc<Phone>,
    vault: Arc<Vault>,
    screen: Arc<Screen>,
    log: Log,
    effects: Receiver<Effect>,
    queue: Sender<Message>,
    trace: Trace,
    worker: Option<JoinHandle<()>>,
}

impl Stage {
    fn new() -> Self {
        Self::on(Arc::new(Phone::new()))
    }

    fn on(phone: Arc<Phone>) -> Self {
        let (mut stage, worker, messages) = Self::prepared(phone);
        stage.worker = Some(thread::spawn(move || worker.run(&messages)));
        stage
    }

    /// With a worker that does not run yet.
    fn prepared(phone: Arc<Phone>) -> (Self, Worker, Receiver<Message>) {
        let config = citizen_vault::Config { folder: phone.path("vault"), schema: Schema::new(&[]) };
        let vault = Arc::new(Vault::open(&config, phone.keys([])).unwrap().vault);
        let log = Log::default();
        let screen = {
            let (log, vault) = (Arc::clone(&log), Arc::downgrade(&vault));
            Screen::that(move |page| {
                let newest = vault.upgrade().unwrap().generation().unwrap();
                log.lock().unwrap().push((page.id.clone(), newest));
                Ok(Handled::Done)
            })
        };
        let (started, effects) = mpsc::channel();
        let outside = Listed {
            clock: Arc::clone(&phone.clock),
            vault: Arc::clone(&vault),
            log: Arc::clone(&log),
            effects: started,
        };
        let shell = Shell::new(Arc::clone(&screen) as _, Arc::new(Quiet), Arc::default());
        let begun = Kept::begin(&vault, Life::default(), Language::En).unwrap();
        let trace = Trace::default();
        let worker = Worker::new(begun, Facts::of(&phone.config()), shell, Box::new(outside), trace.clone());
        let (queue, messages) = mpsc::channel();
        (Self { phone, vault, screen, log, effects, queue, trace, worker: None }, worker, messages)
    }

    fn tell(&self, event: Event) {
        self.queue.send(Message::Shell(event)).unwrap();
    }

    fn reply(&self, effect: EffectId, outcome: Outcome, then: Then) {
        self.queue.send(Message::Reply(Reply { effect, outcome, then })).unwrap();
    }

    fn effect(&self) -> Effect {
        self.effects.recv_timeout(PATIENCE).unwrap()
    }

    fn page(&self) -> Page {
        self.screen.pages().last().unwrap().clone()
    }

    fn ticks(&self) -> usize {
        self.trace.lines().iter().filter(|line| *line == "event tick").count()
    }

    /// Waits until everything is heard that was said so far: one after the other, and this last.
    fn settle(&self) {
        let before = self.ticks();
        self.tell(Event::Tick);
        let since = std::time::Instant::now();
        while self.ticks() == before {
            assert!(since.elapsed() < PATIENCE);
            thread::yield_now();
        }
    }

    fn restart(self) -> Self {
        let phone = Arc::clone(&self.phone);
        drop(self);
        Self::on(phone)
    }

    fn end(&mut self) {
        let _ = self.queue.send(Message::End);
        if let Some(worker) = self.worker.take() {
            worker.join().unwrap();
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.end();
    }
}

fn policy() -> Policy {
    let purpose = |purpose, is_required| PurposePolicy {
        purpose,
        is_required,
        kept_days: None,
        recipients: vec![Recipient::IdentityService],
    };
    let purposes = vec![purpose(Purpose::Identity, true), purpose(Purpose::Portrait, true)];
    Policy { minimum_age: 14, terms: 1, purposes }
}

fn has_notice(page: &Page, number: &str) -> bool {
    page.parts.iter().any(|part| matches!(part, Part::Notice { code: Some(code), .. } if code == number))
}

#[test]
fn what_follows_is_kept_before_it_is_drawn_and_drawn_before_it_is_done() {
    let stage = Stage::new();
    stage.screen.wait_for(1);
    let before = stage.vault.generation().unwrap();
    stage.tell(Event::Start { journey: Journey::Enrol });
    assert_eq!(stage.effect().what, Do::FetchPolicy);
    let page = stage.page();
    let log = stage.log.lock().unwrap().clone();
    assert_eq!(log[1..], [(page.id.clone(), before + 1), ("fetch_policy".to_owned(), before + 1)]);
    // What is kept is what is shown.
    let kept = stage.vault.get(&MODEL, "model").unwrap().unwrap();
    assert_eq!(kept.page(&Held::default(), &now(&stage)), page);
}

fn now(stage: &Stage) -> Now {
    let config = stage.phone.config();
    let (time, risk, host) = (stage.phone.clock.wall(), citizen_journeys::RiskReading::default(), config.service.host);
    Now { time, uptime_s: 0, risk, host, token: None, is_production: false }
}

#[test]
fn what_changes_nothing_is_neither_written_nor_drawn_again() {
    let stage = Stage::new();
    stage.screen.wait_for(1);
    stage.settle();
    let (before, drawn) = (stage.vault.generation().unwrap(), stage.screen.pages().len());
    stage.tell(Event::Action { page: "another".into(), action: "continue".into() });
    stage.tell(Event::Network { online: true });
    stage.settle();
    assert_eq!((stage.vault.generation().unwrap(), stage.screen.pages().len()), (before, drawn));
    assert!(stage.trace.lines().contains(&"input unfit".to_owned()));
}

#[test]
fn after_a_restart_the_same_is_asked_for_under_another_name() {
    let stage = Stage::new();
    stage.tell(Event::Start { journey: Journey::Enrol });
    let first = stage.effect();
    let page = stage.page();
    let stage = stage.restart();
    let second = stage.effect();
    assert_eq!((second.what, stage.page().id), (first.what, page.id));
    assert_ne!(second.id, first.id);
}

#[test]
fn a_reply_that_nobody_waits_for_changes_nothing_but_what_the_service_did() {
    let stage = Stage::new();
    stage.tell(Event::Start { journey: Journey::Enrol });
    let effect = stage.effect();
    let changes = Changes::new().put(&QUEUED, "lock", &"answered".to_owned()).unwrap();
    stage.vault.commit(changes).unwrap();
    let stale = EffectId(effect.id.0 + 100);
    let page = stage.page();
    stage.reply(stale, Outcome::Policy(policy()), Then::NoPin);
    stage.reply(stale, Outcome::Done, Then::Forget("lock"));
    stage.settle();
    assert_eq!(stage.page(), page);
    assert_eq!(stage.vault.get(&QUEUED, "lock").unwrap(), None);
    // The one that is waited for still counts.
    stage.reply(effect.id, Outcome::Policy(policy()), Then::Nothing);
    stage.settle();
    assert_ne!(stage.page(), page);
}

#[test]
fn what_follows_from_a_reply_is_kept_with_the_model_that_heard_it() {
    let stage = Stage::new();
    stage.tell(Event::Start { journey: Journey::Enrol });
    let effect = stage.effect();
    let changes = Changes::new().put(&QUEUED, "lock", &"answered".to_owned()).unwrap();
    let before = stage.vault.commit(changes).unwrap();
    stage.reply(effect.id, Outcome::Policy(policy()), Then::Forget("lock"));
    stage.settle();
    assert_eq!(stage.vault.generation().unwrap(), before + 1);
    assert_eq!(stage.vault.get(&QUEUED, "lock").unwrap(), None);
}

#[test]
fn a_phone_that_keeps_nothing_does_nothing_and_says_so() {
    let stage = Stage::new();
    let home = stage.screen.wait_for(1)[0].clone();
    stage.settle();
    // The vault can't write its head any more.
    std::fs::rename(stage.phone.path("vault"), stage.phone.path("away")).unwrap();
    stage.tell(Event::Start { journey: Journey::Enrol });
    let said = stage.screen.wait_for(2)[1].clone();
    assert_eq!(said.id, home.id);
    assert!(has_notice(&said, "E107"), "{said:?}");
    assert_eq!(said.announce.as_ref().map(|said| said.id.as_str()), Some("trouble-storage-text"));
    assert!(stage.effects.try_recv().is_err(), "an effect without a memory");
    // And again: it stays honest.
    stage.tell(Event::Start { journey: Journey::Enrol });
    stage.settle();
    assert_eq!(stage.page(), said);
    assert!(stage.effects.try_recv().is_err());
    std::fs::rename(stage.phone.path("away"), stage.phone.path("vault")).unwrap();
    let stage = stage.restart();
    stage.screen.wait_for(1);
    assert!(!has_notice(&stage.page(), "E107"));
}

#[test]
fn a_reply_that_could_not_be_kept_is_heard_with_the_next_thing_that_happens() {
    let (stage, mut worker, _messages) = Stage::prepared(Arc::new(Phone::new()));
    assert!(worker.turn(Input::Resumed).is_ok());
    assert!(worker.hear(Message::Shell(Event::Start { journey: Journey::Enrol })).is_ok());
    let effect = stage.effect().id;
    let page = stage.page();
    std::fs::rename(stage.phone.path("vault"), stage.phone.path("away")).unwrap();
    let reply = |outcome| Message::Reply(Reply { effect, outcome, then: Then::Nothing });
    assert!(worker.hear(reply(Outcome::Policy(policy()))).is_ok());
    assert!(has_notice(&stage.page(), "E107"));
    assert_eq!((worker.unheard.len(), stage.page().id), (1, page.id));
    // It rings by itself, too.
    assert!(worker.alarm.is_due(stage.phone.clock.wall().plus(5)));

    // On a vault that keeps again.
    std::fs::rename(stage.phone.path("away"), stage.phone.path("vault")).unwrap();
    let unheard = std::mem::take(&mut worker.unheard);
    let phone = Arc::clone(&stage.phone);
    drop((worker, stage));
    let (stage, mut worker, _messages) = Stage::prepared(phone);
    worker.unheard = unheard;
    assert!(worker.hear(Message::Shell(Event::Tick)).is_ok());
    assert!(worker.unheard.is_empty());
    assert!(stage.page().parts.iter().any(|part| matches!(part, Part::Consent { .. })));
}

#[test]
fn it_looks_again_when_the_journeys_asked_for_it_and_no_earlier() {
    let stage = Stage::new();
    stage.tell(Event::Start { journey: Journey::Enrol });
    let effect = stage.effect().id;
    let wait = Problem { retry_after_s: Some(60), ..Code::RateLimited.into() };
    stage.reply(effect, Outcome::Failed(Failure::Server(Box::new(wait))), Then::Nothing);
    let is_open = |page: &Page| page.actions.iter().any(|action| action.id == "try-again" && action.enabled);
    stage.screen.wait_until(|pages| pages.last().unwrap().actions.iter().any(|action| action.id == "try-again"));
    stage.phone.clock.advance(59);
    stage.queue.send(Message::Look).unwrap();
    stage.queue.send(Message::Look).unwrap();
    thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!((stage.ticks(), is_open(&stage.page())), (0, false));
    // A tenth of the wait, and a second.
    stage.phone.clock.advance(1 + 7);
    stage.queue.send(Message::Look).unwrap();
    stage.screen.wait_until(|pages| is_open(pages.last().unwrap()));
    assert_eq!(stage.ticks(), 1);
}

#[test]
fn a_password_is_nowhere_in_the_vault_and_gone_after_a_restart() {
    const CANARY: &str = "correct horse 31415";
    let stage = Stage::new();
    stage.tell(Event::Start { journey: Journey::SignIn });
    let effect = stage.effect().id;
    stage.reply(effect, Outcome::Policy(policy()), Then::Nothing);
    let pages = stage
        .screen
        .wait_until(|pages| pages.last().unwrap().parts.iter().any(|part| matches!(part, Part::Consent { .. })));
    let page = pages.last().unwrap().clone();
    for part in &page.parts {
        if let Part::Consent { entry } = part {
            let (page, choice) = (page.id.clone(), entry.id.clone());
            stage.tell(Event::Choose { page, choice, option: String::new(), chosen: true });
        }
    }
    stage.tell(Event::Action { page: page.id, action: "continue".into() });
    let password = |page: &Page| {
        page.parts.iter().find_map(|part| match part {
            Part::Field { field } if matches!(field.kind, FieldKind::CurrentPassword) => Some(field.id.clone()),
            _ => None,
        })
    };
    let pages = stage.screen.wait_until(|pages| password(pages.last().unwrap()).is_some());
    let page = pages.last().unwrap().clone();
    let field = password(&page).unwrap();
    stage.tell(Event::Field { page: page.id.clone(), field, value: CANARY.into() });
    stage.settle();
    let model = stage.vault.value("journeys", "model").unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&model).contains(CANARY));
    let stage = stage.restart();
    let after = stage.screen.wait_for(1)[0].clone();
    assert_eq!(after.id, page.id);
    assert!(!format!("{after:?}").contains(CANARY));
}
