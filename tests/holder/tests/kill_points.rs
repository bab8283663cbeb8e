//! The process dies before and after every persist and every send of a whole enrolment: each time it goes on, and the service has one
//! application and one phone.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use citizen_app::KillAt;
use citizen_holder::{Ended, Installed};
use citizen_journeys::Page;
use citizen_sandbox::{Config, Kind, Population, Sandbox};
use citizen_service::Life;

/// For one life; a slow machine needs seconds.
const PATIENCE: Duration = Duration::from_mins(2);

fn is_done(page: &Page) -> bool {
    page.id == "home-account"
}

/// Uses the app once, without a death, and counts the moments.
fn moments(phone: &Installed, sandbox: &Arc<Sandbox>) -> u64 {
    let kill = Arc::new(KillAt::never());
    let (app, shell, ended) = phone.start(sandbox.clone(), Life::ending(kill.clone()), is_done);
    let ended = ended.recv_timeout(PATIENCE);
    assert!(matches!(ended, Ok(Ended::There(_))), "{ended:?} after {:?}", shell.pages());
    app.shutdown();
    kill.reached()
}

/// Dies at a moment, then lives on to the end.
fn die_and_go_on(phone: &Installed, sandbox: &Arc<Sandbox>, at: u64) -> bool {
    let kill = Arc::new(KillAt::moment(at));
    let (app, _shell, ended) = phone.start(sandbox.clone(), Life::ending(kill.clone()), is_done);
    // It dies, or is done before that moment comes.
    let died = loop {
        if kill.wait(Duration::from_millis(200)) {
            break true;
        }
        if ended.try_recv().is_ok() {
            break false;
        }
    };
    app.shutdown();
    drop(app);
    let (app, shell, ended) = phone.start(sandbox.clone(), Life::default(), is_done);
    let ended = ended.recv_timeout(PATIENCE);
    assert!(matches!(ended, Ok(Ended::There(_))), "killed at {at}: {ended:?} after {:?}", shell.pages());
    app.shutdown();
    died
}

#[test]
fn a_death_at_any_moment_of_an_enrolment_costs_nothing_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Arc::new(Sandbox::start(&Config::new(folder.path().join("service"))).unwrap());
    let install = |nth: u32| -> Installed {
        let citizen = Population::default().of(Kind::Plain, nth);
        Installed::new(&Path::new(folder.path()).join(format!("phone-{nth}")), sandbox.identity(), citizen)
    };
    let all = moments(&install(0), &sandbox);
    assert!(all > 60, "an enrolment has more moments than {all}");
    let mut deaths = 0;
    for (nth, at) in (1..).zip(0..all) {
        let phone = install(nth);
        deaths += u64::from(die_and_go_on(&phone, &sandbox, at));
        let number = &phone.citizen().number;
        assert_eq!(sandbox.applications_of(number), 1, "killed at {at}: applications");
        assert_eq!(sandbox.devices_of(number), 1, "killed at {at}: phones");
    }
    println!("{all} moments; {deaths} deaths, each went on: one application and one phone each");
    // What runs beside each other may come in another order: a life is sometimes over a few moments earlier.
    assert!(deaths + 10 >= all, "too few deaths: {deaths} of {all}");
}
