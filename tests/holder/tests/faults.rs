//! Heavy faults: most citizens get through, the others read what to do next; nobody is there twice.

use std::sync::Arc;
use std::time::Duration;

use citizen_holder::{Ended, Installed};
use citizen_journeys::{Page, Part};
use citizen_sandbox::{Config, Kind, Population, Sandbox};
use citizen_service::Life;

/// `cargo xtask soak enrolment` takes 200.
const ENROLMENTS: u32 = 8;
const PATIENCE: Duration = Duration::from_mins(4);

fn enrolments() -> u32 {
    std::env::var("ENROLMENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(ENROLMENTS)
}

/// A page that says what stopped it, with a support code and a way on.
fn says_what_to_do(page: &Page) -> bool {
    let has_code = page.parts.iter().any(|part| matches!(part, Part::Notice { code: Some(_), .. }));
    has_code && page.actions.iter().any(|action| action.id == "help")
}

#[test]
fn with_heavy_faults_everybody_is_approved_or_reads_what_to_do_and_nobody_is_there_twice() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { faults: Some(8), heavy: true, ..Config::new(folder.path().join("service")) };
    let sandbox = Arc::new(Sandbox::start(&config).unwrap());
    let (mut approved, mut told) = (0_u32, 0_u32);
    for nth in 0..enrolments() {
        let citizen = Population::default().of(Kind::Plain, nth);
        let phone = Installed::new(&folder.path().join(format!("phone-{nth}")), sandbox.identity(), citizen);
        let (app, shell, ended) = phone.start(sandbox.clone(), Life::default(), |page| page.id == "home-account");
        match ended.recv_timeout(PATIENCE) {
            Ok(Ended::There(_)) => approved += 1,
            Ok(Ended::Stuck(page)) if says_what_to_do(&page) => told += 1,
            other => panic!("citizen {nth}: {other:?} after {:?}", shell.pages()),
        }
        app.shutdown();
        let number = &phone.citizen().number;
        assert!(sandbox.applications_of(number) <= 1, "citizen {nth}: applications");
        assert!(sandbox.devices_of(number) <= 1, "citizen {nth}: phones");
    }
    assert!(approved * 10 >= enrolments() * 9, "most get through: {approved} of {}", enrolments());
    println!("{} enrolments: {approved} approved, {told} told what to do next", enrolments());
}
