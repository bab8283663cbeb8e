use citizen_keystore::KeystoreError;
use citizen_protocol::wire::{Code, Problem};

use super::{Heard, Work};
use crate::effect::{Do, Outcome};
use crate::failure::Failure;
use crate::ids::Act;
use crate::page::Page;
use crate::support::Stop;
use crate::testing::Happens::{After, Is, Kill, Reply, Stale};
use crate::testing::{NOW, Walk, act, actions, checked, failed, no_with, said, work};
use crate::trouble::Trouble;
use crate::turn::{Turn, Unfit};
use crate::world::{Told, World};

fn told(call: Work, told: &Told, world: &mut World) -> Result<Turn<Work, Outcome>, Unfit> {
    Ok(match call.hear(told, world, || Do::FetchPolicy)? {
        Heard::Goes(call) => Turn::To(call),
        Heard::Outcome(outcome) => Turn::Done(outcome),
        Heard::Failed(failure) => Turn::To(Work::stopped(&failure, world.time())),
    })
}

fn call() -> Walk<Work, Outcome> {
    Walk::new(|world| Work::begin(world, Do::FetchPolicy), told, work)
}

fn page(walk: &Walk<Work, Outcome>) -> Page {
    walk.kit.see().page("test-work", "otp-sending").work(&walk.state, "otp-sending").cancel(Act::Later).done()
}

fn every_failure() -> Vec<Failure> {
    let keystore = [KeystoreError::UserCancelled, KeystoreError::NotEnrolled, KeystoreError::LockedOut { retry_s: 30 }];
    let server = Code::ALL.iter().map(|code| Failure::Server(Box::new(Problem::from(*code))));
    let plain = [
        Failure::Offline,
        Failure::Slow,
        Failure::NotGenuine,
        Failure::Clock,
        Failure::Outdated,
        Failure::Storage { full: false },
        Failure::Storage { full: true },
        Failure::ApprovalKeyLost,
        Failure::UnknownPhone,
        Failure::NotSignedIn,
        Failure::DevicesChanged,
        Failure::AskStatus,
        Failure::Gone,
        Failure::Server(Box::new(Code::Unknown.into())),
    ];
    plain.into_iter().chain(keystore.map(Failure::Keystore)).chain(server).collect()
}

#[test]
fn a_call_goes_on_and_ends() {
    let mut call = call();
    call.plays([
        (Reply(Outcome::Progress(40)), "waiting 40 %"),
        (Reply(Outcome::Progress(250)), "waiting 100 %"),
        (Is(Told::Tick), "waiting 100 %"),
        (Stale(Outcome::Done), "stale"),
        (Is(act(Act::TryAgain)), "refused"),
        (Reply(Outcome::Done), "done"),
    ]);
    assert_eq!(call.done, Some(Outcome::Done));
}

#[test]
fn after_a_kill_it_is_asked_for_anew_and_an_old_answer_is_stale() {
    let mut call = call();
    call.plays([
        (Reply(Outcome::Progress(40)), "waiting 40 %"),
        (Kill, "waiting: fetch_policy"),
        (Stale(Outcome::Done), "stale"),
        (Reply(Outcome::Done), "done"),
    ]);
}

#[test]
fn offline_ends_by_itself_and_once() {
    let mut call = call();
    call.plays([
        (Is(Told::Online), "waiting"),
        (Reply(failed(Failure::Offline)), "stopped E101"),
        (Is(Told::Tick), "stopped E101"),
        (Is(Told::Online), "waiting: fetch_policy"),
        (Is(Told::Online), "waiting"),
        (Reply(failed(Failure::Offline)), "stopped E101"),
    ]);
}

#[test]
fn nothing_else_is_tried_by_itself() {
    for failure in every_failure().into_iter().filter(|failure| *failure != Failure::Offline) {
        let mut call = call();
        let stopped = call.reply(failed(failure));
        for told in [Told::Tick, Told::Online] {
            assert_eq!(call.is(told), stopped);
        }
        assert_eq!(call.step(After(86_400)), stopped);
    }
}

#[test]
fn every_failure_says_what_it_is_with_a_code_and_leaves_a_way() {
    for failure in every_failure() {
        let mut call = call();
        call.step(Reply(failed(failure.clone())));
        let page = checked(page(&call));
        let Work::Stopped(trouble) = call.state else { panic!("{failure:?} goes on") };
        assert!(said(&page).contains(&trouble.stop.text().to_owned()), "{failure:?}");
        assert!(actions(&page).contains(&"help".to_owned()), "{failure:?}");
        assert!(page.announce.is_some(), "{failure:?}");
    }
}

#[test]
fn what_a_button_can_not_try_again_a_start_does() {
    for failure in every_failure() {
        let mut call = call();
        let stopped = call.step(Reply(failed(failure.clone())));
        let offered = actions(&page(&call)).iter().any(|action| action.starts_with("try-again"));
        let resumed = call.is(Told::Resumed);
        assert_eq!(resumed, if offered { stopped } else { "waiting: fetch_policy".into() }, "{failure:?}");
    }
}

#[test]
fn no_try_is_made_before_the_time_that_was_named() {
    let named = [
        failed(Failure::Keystore(KeystoreError::LockedOut { retry_s: 30 })),
        no_with(Problem { retry_after_s: Some(30), ..Code::Unavailable.into() }),
        no_with(Problem { locked_until: Some(NOW.plus(30)), retry_after_s: Some(5), ..Code::TriesLocked.into() }),
    ];
    for outcome in named {
        let mut call = call();
        let stopped = call.reply(outcome);
        assert_eq!(call.state.wake(), Some(NOW.plus(30)));
        assert_eq!(actions(&page(&call)), ["try-again (30)", "help", "later"]);
        assert_eq!(call.is(act(Act::TryAgain)), "refused");
        assert_eq!(call.step(After(29)), stopped);
        assert_eq!(call.is(act(Act::TryAgain)), "refused");
        assert_eq!(call.step(After(1)), stopped);
        assert_eq!(actions(&page(&call)), ["try-again", "help", "later"]);
        assert_eq!(call.is(act(Act::TryAgain)), "waiting: fetch_policy");
    }
}

#[test]
fn a_time_that_is_over_already_is_no_time() {
    let trouble =
        Trouble::of(&Failure::Server(Box::new(Problem { retry_after_s: Some(0), ..Code::RateLimited.into() })), NOW);
    assert_eq!((trouble.stop, trouble.until), (Stop::Busy, None));
}
