use citizen_protocol::wire::{ApplicationState, ApplicationStatusRequest, CardSource, Code};

use crate::population::Kind;
use crate::rules::testing::{PASSWORD, World, register};
use crate::rules::{applications, cleaning};

#[test]
fn what_has_ended_goes_and_what_has_not_stays() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    world.sign_in(&phone, &citizen, PASSWORD).unwrap();
    world.password(&phone, PASSWORD, true).unwrap();
    world.portrait(&phone);
    world.ask(&phone, register("nam@example.vn"));
    world.challenge();
    let tables =
        ["enrol_challenges", "sessions", "passwords", "portraits", "portrait_parts", "otp_challenges", "otp_sends"];
    let counts = |world: &World| tables.map(|table| world.count(&format!("SELECT COUNT(*) FROM {table}")));
    let before = counts(&world);
    assert!(before.iter().all(|count| *count > 0), "{before:?}");
    world.run(cleaning::clean).unwrap();
    assert_eq!(counts(&world), before);
    // The longest of them, a portrait, lives a day.
    world.later(86_400);
    world.run(cleaning::clean).unwrap();
    assert_eq!(counts(&world), [0; 7]);
    assert!(world.count("SELECT COUNT(*) FROM messages") > 0 && world.count("SELECT COUNT(*) FROM applications") == 1);
    world.later(90 * 86_400);
    world.run(cleaning::clean).unwrap();
    assert_eq!(world.count("SELECT COUNT(*) FROM messages"), 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM applications"), 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM accounts"), 1);
}

#[test]
fn a_rejected_application_that_nobody_amends_is_stopped_and_erased() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Absent, 0);
    let phone = world.phone();
    let application = world.apply(&phone, &citizen, CardSource::Typed).id;
    world.later(30 * 86_400);
    world.run(cleaning::clean).unwrap();
    let request = ApplicationStatusRequest { application };
    let status = world.run(|work| applications::status(work, &phone.caller, request)).unwrap();
    assert_eq!(status.state, ApplicationState::Stopped);
    assert_eq!(world.count("SELECT COUNT(*) FROM portraits"), 0);
    assert_eq!(world.count("SELECT COUNT(*) FROM applications WHERE card IS NOT NULL"), 0);
    world.later(90 * 86_400);
    world.run(cleaning::clean).unwrap();
    assert_eq!(world.code(|work| applications::status(work, &phone.caller, request)), Code::NotFound);
}
