use std::fs;
use std::sync::atomic::AtomicUsize;
use std::sync::{OnceLock, Weak};

use citizen_journeys::{Journey, RiskReading};
use citizen_keystore::{Fault, KeystoreError};

use super::*;
use crate::testing::{PATIENCE, Phone, Quiet, Screen};
use crate::{Handled, PlatformError};

#[test]
fn it_opens_closes_and_opens_again_without_a_loss() {
    let phone = Phone::new();
    for _ in 0..3 {
        let app = phone.open([]).unwrap();
        assert_eq!(app.losses(), []);
        app.shutdown();
        app.shutdown();
    }
}

#[test]
fn a_second_opening_is_told_that_it_is_one() {
    let phone = Phone::new();
    let app = phone.open([]).unwrap();
    assert_eq!(phone.open([]).err(), Some(Problem::InUse));
    drop(app);
    assert!(phone.open([]).is_ok());
}

#[test]
fn what_the_key_store_says_reaches_the_shell() {
    let phone = Phone::new();
    phone.open([]).unwrap().shutdown();
    let locked = KeystoreError::LockedOut { retry_s: 30 };
    assert_eq!(phone.open([Fault::Fails(locked)]).err(), Some(Problem::Keystore { error: locked }));
    let broke = Problem::Keystore { error: KeystoreError::Unexpected };
    assert_eq!(phone.open([Fault::Panics]).err(), Some(broke));
    assert_eq!(phone.open([]).unwrap().losses(), []);
}

#[test]
fn a_loss_is_reported_until_the_holder_was_told() {
    let phone = Phone::new();
    phone.open([]).unwrap().shutdown();
    let app = phone.open([Fault::Fails(KeystoreError::KeyMissing)]).unwrap();
    assert_eq!(app.losses()[0].damage, DamageKind::KeyLost);
    app.shutdown();
    let app = phone.open([]).unwrap();
    assert_eq!(app.losses().len(), 1);
    app.losses_told().unwrap();
    assert_eq!(app.losses(), []);
    app.shutdown();
    assert_eq!(phone.open([]).unwrap().losses(), []);
}

#[test]
fn a_folder_that_can_not_be_made_is_a_problem_with_files() {
    let phone = Phone::new();
    fs::write(phone.path("app"), b"in the way").unwrap();
    assert_eq!(phone.open([]).err(), Some(Problem::Files));
}

#[test]
fn a_configuration_of_the_service_that_does_not_hold_is_said_and_leaves_the_storage_free() {
    let phone = Phone::new();
    let good = phone.config();
    let open =
        |config: AppConfig| App::open_with(config, phone.setup(), Screen::new(), phone.keys([]), Arc::new(Quiet)).err();
    let with = |change: fn(&mut AppConfig)| {
        let mut config = good.clone();
        change(&mut config);
        open(config)
    };
    let refused = Some(Problem::Configuration);
    assert_eq!(with(|config| config.service.pins.truncate(10)), refused);
    assert_eq!(with(|config| config.service.root_key.truncate(10)), refused);
    assert_eq!(with(|config| config.service.roots.clear()), refused);
    assert_eq!(with(|config| config.service.host = "not a host".into()), refused);
    // A test build's pins are not believed in production.
    assert_eq!(with(|config| config.production = true), refused);
    assert_eq!(open(good.clone()), None);
}

#[test]
fn the_first_page_is_drawn_and_is_the_same_after_a_restart() {
    let phone = Phone::new();
    let screen = Screen::new();
    let app = phone.open_on(Arc::clone(&screen) as _, []).unwrap();
    app.dispatch(Event::Start { journey: Journey::Enrol });
    let before = screen.wait_until(|pages| pages.last().is_some_and(|page| page.id != pages[0].id));
    app.shutdown();
    let after = Screen::new();
    let app = phone.open_on(Arc::clone(&after) as _, []).unwrap();
    assert_eq!(after.wait_for(1)[0].id, before.last().unwrap().id);
    assert_eq!(app.trace()[0], "start resumed");
}

#[test]
fn a_place_that_can_not_be_read_is_a_loss_until_told_and_starts_at_home() {
    static ANYTHING: citizen_vault::Table<String> = citizen_vault::Table::new("journeys");
    let phone = Phone::new();
    let screen = Screen::new();
    let app = phone.open_on(Arc::clone(&screen) as _, []).unwrap();
    let home = screen.wait_for(1)[0].id.clone();
    app.dispatch(Event::Start { journey: Journey::Enrol });
    screen.wait_until(|pages| pages.last().is_some_and(|page| page.id != home));
    app.shutdown();
    let config = Config { folder: PathBuf::from(phone.config().folder).join("vault"), schema: SCHEMA };
    let vault = Vault::open(&config, phone.keys([])).unwrap().vault;
    let changes = citizen_vault::Changes::new().put(&ANYTHING, "model", &"of another version".to_owned()).unwrap();
    citizen_vault::Store::commit(&vault, changes).unwrap();
    vault.close();

    for _ in 0..2 {
        let screen = Screen::new();
        let app = phone.open_on(Arc::clone(&screen) as _, []).unwrap();
        assert_eq!(screen.wait_for(1)[0].id, home);
        assert_eq!(app.losses(), [StorageLoss { damage: DamageKind::Place }]);
        app.shutdown();
    }
    let app = phone.open([]).unwrap();
    app.losses_told().unwrap();
    assert_eq!(app.losses(), []);
    app.shutdown();
    assert_eq!(phone.open([]).unwrap().losses(), []);
}

#[test]
fn a_screen_that_fails_is_given_the_page_again_with_the_next_thing_that_happens() {
    let phone = Phone::new();
    let failing = AtomicUsize::new(0);
    let screen = Screen::that(move |_| match failing.fetch_add(1, Ordering::SeqCst) {
        0 => Err(PlatformError::NotNow),
        1 => std::panic::resume_unwind(Box::new("the shell broke")),
        2 => Ok(Handled::Unable),
        _ => Ok(Handled::Done),
    });
    let app = phone.open_on(Arc::clone(&screen) as _, []).unwrap();
    for count in 2..=4 {
        app.dispatch(Event::Tick);
        screen.wait_for(count);
    }
    app.dispatch(Event::Tick);
    app.dispatch(Event::Tick);
    app.dispatch(Event::Start { journey: Journey::Enrol });
    let pages = screen.wait_for(5);
    assert_ne!(pages[4].id, pages[3].id, "a page that is shown is not drawn again");
}

#[test]
fn signals_that_can_not_be_read_hinder_nobody() {
    struct Broken;
    impl RiskSignals for Broken {
        fn read(&self) -> Result<RiskReading, PlatformError> {
            std::panic::resume_unwind(Box::new("the shell broke"))
        }
    }
    let phone = Phone::new();
    let screen = Screen::new();
    let platform = Arc::clone(&screen);
    let app = App::open_with(phone.config(), phone.setup(), platform, phone.keys([]), Arc::new(Broken)).unwrap();
    app.dispatch(Event::Start { journey: Journey::Enrol });
    screen.wait_until(|pages| pages.last().is_some_and(|page| page.id != pages[0].id));
}

/// Ends the app from within the first page that it draws.
fn ended_within(end: impl Fn(Arc<App>) + Send + Sync + 'static) -> (Phone, Arc<Screen>) {
    let phone = Phone::new();
    let slot: Arc<OnceLock<Mutex<Option<Arc<App>>>>> = Arc::default();
    let inside = Arc::clone(&slot);
    let screen = Screen::that(move |_| {
        let app = inside.wait().lock().unwrap().take();
        if let Some(app) = app {
            end(app);
        }
        Ok(Handled::Done)
    });
    let app = phone.open_on(Arc::clone(&screen) as _, []).unwrap();
    let weak: Weak<App> = Arc::downgrade(&app);
    assert!(slot.set(Mutex::new(Some(app))).is_ok());
    let since = std::time::Instant::now();
    while weak.strong_count() > 0 {
        assert!(since.elapsed() < PATIENCE);
        thread::yield_now();
    }
    (phone, screen)
}

#[test]
fn an_app_can_be_let_go_from_within_a_page() {
    let (phone, screen) = ended_within(|app| {
        app.dispatch(Event::Start { journey: Journey::Enrol });
        drop(app);
    });
    phone.open([]).unwrap().shutdown();
    assert_eq!(screen.pages().len(), 1);
}

#[test]
fn an_app_can_be_shut_down_from_within_a_page() {
    let (phone, screen) = ended_within(|app| {
        app.dispatch(Event::Start { journey: Journey::Enrol });
        app.shutdown();
    });
    phone.open([]).unwrap().shutdown();
    assert_eq!(screen.pages().len(), 1);
}

#[test]
fn after_the_end_the_shell_hears_nothing() {
    let phone = Phone::new();
    let screen = Screen::new();
    let app = phone.open_on(Arc::clone(&screen) as _, []).unwrap();
    screen.wait_for(1);
    app.shutdown();
    let count = screen.pages().len();
    app.dispatch(Event::Start { journey: Journey::Enrol });
    app.dispatch(Event::Tick);
    app.losses_told().unwrap();
    assert_eq!((screen.pages().len(), app.losses()), (count, vec![]));
    // The files are free: not even the worker holds them.
    phone.open([]).unwrap();
}

#[test]
fn the_trace_has_names_and_nothing_else() {
    let phone = Phone::new();
    let screen = Screen::new();
    let app = phone.open_on(Arc::clone(&screen) as _, []).unwrap();
    let page = screen.wait_for(1)[0].id.clone();
    app.dispatch(Event::Field { page, field: "name".into(), value: "NGUYỄN VĂN A".into() });
    app.dispatch(Event::Start { journey: Journey::Enrol });
    screen.wait_for(2);
    let trace = app.trace();
    assert!(trace.contains(&"event field".to_owned()), "{trace:?}");
    assert!(trace.iter().all(|line| line.is_ascii() && line.split(' ').count() == 2), "{trace:?}");
}

/// Dies before and after everything that a start and a first call keep and send.
#[cfg(feature = "kill-points")]
#[test]
fn whenever_the_process_dies_it_opens_again_and_goes_on() {
    use crate::{KillAt, Life, Setup};

    let mut deaths = 0;
    for moment in 0.. {
        let phone = Phone::new();
        let kill = Arc::new(KillAt::moment(moment));
        let life = Life::ending(Arc::clone(&kill) as _);
        let screen = Screen::new();
        let setup = Setup { life, ..phone.setup() };
        let platform = Arc::clone(&screen);
        let app = App::open_with(phone.config(), setup, platform, phone.keys([]), Arc::new(Quiet)).unwrap();
        app.dispatch(Event::Start { journey: Journey::Enrol });
        let failed = |page: &citizen_journeys::Page| page.actions.iter().any(|action| action.id == "try-again");
        while !kill.is_dead() && !screen.pages().last().is_some_and(failed) {
            thread::sleep(Duration::from_millis(1));
        }
        drop(app);
        let screen = Screen::new();
        let app = phone.open_on(Arc::clone(&screen) as _, []).unwrap();
        assert_eq!(app.losses(), []);
        app.dispatch(Event::Start { journey: Journey::Enrol });
        screen.wait_until(|pages| pages.last().is_some_and(failed));
        app.shutdown();
        if !kill.is_dead() {
            break;
        }
        deaths += 1;
    }
    // The start, the journey and its failure are kept, and one call is tried twice: before and after each.
    assert!(deaths >= 8, "{deaths}");
}
