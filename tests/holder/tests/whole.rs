//! From nothing to a working account, at one go.

use std::sync::Arc;
use std::time::Duration;

use citizen_holder::{Ended, Installed};
use citizen_sandbox::{Config, Kind, Population, Sandbox};
use citizen_service::Life;

#[test]
fn a_citizen_who_does_what_each_page_asks_for_gets_a_working_account() {
    let folder = tempfile::tempdir().unwrap();
    let sandbox = Arc::new(Sandbox::start(&Config::new(folder.path().join("service"))).unwrap());
    let citizen = Population::default().of(Kind::Plain, 0);
    let phone = Installed::new(&folder.path().join("phone"), sandbox.identity(), citizen);
    let (app, shell, ended) = phone.start(sandbox.clone(), Life::default(), |page| page.id == "home-account");
    let ended = ended.recv_timeout(Duration::from_mins(2));
    println!("{}", shell.pages().join(" "));
    assert!(matches!(ended, Ok(Ended::There(_))), "{ended:?}\n{:?}\n{:?}", shell.pages(), app.trace());
    app.shutdown();
}
