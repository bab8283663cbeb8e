use citizen_protocol::wire::{Code, OtpVerified, PasswordReference};

use super::{Missing, Pages, Sent, State};
use crate::effect::Outcome;
use crate::event::CodeSource;
use crate::failure::Failure;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::page::Page;
use crate::risk::Guarded;
use crate::shared::otp::Titles;
use crate::testing::Happens::{After, Is, Kill, Reply, Stale};
use crate::testing::{
    Happens, NOW, PORTRAIT, Walk, act, actions, ask, checked, failed, field, id, no, password_reference, said, sent,
    verified, work,
};
use crate::world::{Told, World};

type Gathering = Walk<State, Sent>;

const PASSWORD: &str = "mua thu la bay";
const HOUR: u64 = 3_600;

fn name(state: &State) -> String {
    match state {
        State::Code { .. } => "code".into(),
        State::Portrait { .. } => "portrait".into(),
        State::Password { .. } => "password".into(),
        State::Ready { .. } => "ready".into(),
        State::SendingPortrait { work: call, .. } => format!("portrait {}", work(call)),
        State::SendingPassword { work: call, .. } => format!("password {}", work(call)),
    }
}

fn from(begin: impl FnOnce(&mut World) -> State) -> Gathering {
    Walk::new(begin, |state, told, world| super::told(state, told, world, &[]), name)
}

fn begun() -> Gathering {
    from(|world| super::begin(world, ask()))
}

/// The code is behind.
fn at_portrait() -> Gathering {
    let mut all = begun();
    all.plays([
        (Reply(sent(1)), "code"),
        (typed(), "code"),
        (Is(act(Act::Continue)), "code: verify_code"),
        (right(), "portrait: success"),
    ]);
    all
}

fn at_password() -> Gathering {
    let mut all = at_portrait();
    all.plays([(portrait(), "password: success")]);
    all
}

fn ready() -> Gathering {
    let mut all = at_password();
    enter(&mut all, PASSWORD);
    all
}

/// Everything is with the service.
fn all_sent() -> Sent {
    Sent { code: verified(), portrait: id(2), password: password_reference() }
}

fn enter(all: &mut Gathering, password: &str) {
    all.plays([
        (Is(field(FieldId::Password, password)), "password"),
        (Is(field(FieldId::PasswordAgain, password)), "password"),
        (Is(act(Act::Continue)), "ready"),
    ]);
}

fn typed() -> Happens {
    Is(Told::Code { text: "012345".into(), source: CodeSource::Typed })
}

fn right() -> Happens {
    Reply(Outcome::CodeRight(verified()))
}

fn portrait() -> Happens {
    Is(Told::Portrait(PORTRAIT.into()))
}

fn submit() -> Happens {
    Is(act(Act::Submit))
}

fn portrait_sent() -> Happens {
    Reply(Outcome::PortraitSent(id(2)))
}

fn password_given() -> Happens {
    Reply(Outcome::PasswordGiven(password_reference()))
}

fn page(all: &Gathering) -> Page {
    let titles = |page| Titles { page, title: "otp-sending" };
    let pages = Pages {
        code: titles("test-code"),
        portrait: titles("test-portrait"),
        password: titles("test-password"),
        submit: titles("test-submit"),
        submit_text: "selfie-text",
        sending: titles("test-sending"),
    };
    super::page(&all.state, all.kit.see(), pages, &[])
}

fn is_emptied(all: &Gathering) -> bool {
    said(&page(all)).contains(&"password-emptied".to_owned())
}

#[test]
fn a_code_a_portrait_and_a_password_are_gathered_in_this_order_and_sent() {
    let mut all = ready();
    all.plays([
        (submit(), "portrait waiting: send_portrait"),
        (Reply(Outcome::Progress(40)), "portrait waiting 40 %"),
        (portrait_sent(), "password waiting: give_password"),
        (password_given(), "done"),
    ]);
    assert_eq!(all.done, Some(all_sent()));
    assert!(all.kit.held.get(Slot::Password).is_none() && all.kit.held.get(Slot::PasswordAgain).is_none());
}

#[test]
fn no_secret_is_in_the_state() {
    let mut all = ready();
    for happens in [submit(), portrait_sent()] {
        assert!(!all.stored().contains(PASSWORD) && !all.stored().contains("012345"));
        all.step(happens);
    }
    assert!(!all.stored().contains(PASSWORD));
}

#[test]
fn a_password_that_was_held_before_is_not_taken_for_a_new_one() {
    let mut all = from(|world| {
        world.keep(Slot::Password, "entered to sign in".into());
        super::begin(world, ask())
    });
    all.plays([
        (Reply(sent(1)), "code"),
        (typed(), "code"),
        (Is(act(Act::Continue)), "code: verify_code"),
        (right(), "portrait: success"),
        (portrait(), "password: success"),
    ]);
}

#[test]
fn a_portrait_that_was_taken_elsewhere_is_not_sent() {
    // Another way began, and took a portrait, while this one was left for later.
    let other = |all: &mut Gathering| {
        all.kit.held.put_portrait(PORTRAIT.into());
        all.kit.shared.portraits += 1;
    };
    let mut all = ready();
    other(&mut all);
    all.plays([(Is(Told::Resumed), "portrait"), (portrait(), "ready: success")]);
    let mut all = ready();
    other(&mut all);
    all.plays([(submit(), "portrait")]);
    let mut all = ready();
    all.plays([
        (submit(), "portrait waiting: send_portrait"),
        (Reply(failed(Failure::Offline)), "portrait stopped E101"),
    ]);
    other(&mut all);
    all.plays([(Is(act(Act::TryAgain)), "portrait")]);
    let mut all = begun();
    other(&mut all);
    all.plays([
        (Reply(sent(1)), "code"),
        (typed(), "code"),
        (Is(act(Act::Continue)), "code: verify_code"),
        (right(), "portrait: success"),
    ]);
}

#[test]
fn what_ran_out_while_the_page_stood_there_comes_first() {
    let mut all = ready();
    all.plays([(After(HOUR - 1), "ready"), (submit(), "portrait waiting: send_portrait")]);
    let mut all = ready();
    all.plays([(After(HOUR), "ready"), (submit(), "code: ask_code"), (Reply(sent(2)), "code")]);
    // The portrait and the password are held all the while.
    assert!(all.kit.held.portrait().is_some() && !all.kit.held.is_empty(Slot::Password));
    let later = OtpVerified { valid_until: NOW.plus(3 * HOUR), ..verified() };
    let State::Code { code: crate::shared::otp::State::Entering { sent, .. }, .. } = &mut all.state else { panic!() };
    sent.expires_at = NOW.plus(2 * HOUR);
    all.plays([
        (typed(), "code"),
        (Is(act(Act::Continue)), "code: verify_code"),
        (Reply(Outcome::CodeRight(later)), "ready: success"),
    ]);
}

#[test]
fn a_password_lost_by_a_kill_is_entered_again_and_the_page_says_so() {
    let mut all = ready();
    assert_eq!(all.step(Kill), "password");
    assert!(is_emptied(&all));
    enter(&mut all, PASSWORD);
    all.plays([(submit(), "portrait waiting: send_portrait")]);
    // Killed while it went up: the portrait is sealed by the runtime, the password is gone.
    all.plays([
        (Kill, "portrait waiting: send_portrait"),
        (Stale(Outcome::PortraitSent(id(9))), "stale"),
        (portrait_sent(), "password waiting: give_password"),
        (Reply(failed(Failure::Gone)), "password"),
    ]);
    assert!(is_emptied(&all));
    enter(&mut all, PASSWORD);
    // The portrait is there: it is not sent twice.
    all.plays([(submit(), "password waiting: give_password"), (password_given(), "done")]);
}

#[test]
fn a_portrait_of_another_way_stays_until_one_is_taken_here() {
    let mut all = begun();
    all.kit.held.put_portrait(b"another".to_vec());
    all.plays([(Reply(sent(1)), "code"), (typed(), "code"), (Is(act(Act::Continue)), "code: verify_code")]);
    all.plays([(right(), "portrait: success")]);
    assert!(all.kit.held.portrait().is_some());
    // The own one goes as soon as another is wanted.
    all.plays([(portrait(), "password: success")]);
    enter(&mut all, PASSWORD);
    all.plays([(Is(act(Act::Retake)), "portrait")]);
    assert!(all.kit.held.portrait().is_none());
}

#[test]
fn a_portrait_that_is_lost_is_taken_again() {
    let mut all = ready();
    all.kit.held.drop_portrait();
    all.plays([(Is(Told::Resumed), "portrait"), (portrait(), "ready: success")]);
    all.plays([
        (submit(), "portrait waiting: send_portrait"),
        (Reply(failed(Failure::Gone)), "portrait"),
        (portrait(), "ready: success"),
        (submit(), "portrait waiting: send_portrait"),
    ]);
}

#[test]
fn what_the_service_has_is_not_given_again() {
    let mut all = from(|_| super::all(ask(), all_sent()));
    all.plays([(Kill, "ready"), (submit(), "done")]);
    assert_eq!(all.done, Some(all_sent()));
}

#[test]
fn only_what_is_missing_is_asked_for_again() {
    let again = |missing| from(move |world| super::again(world, ask(), all_sent(), missing));
    let mut code = again(Missing::Code);
    let other = OtpVerified { challenge: id(9), ..verified() };
    code.plays([
        (Reply(sent(9)), "code"),
        (typed(), "code"),
        (Is(act(Act::Continue)), "code: verify_code"),
        (Reply(Outcome::CodeRight(other)), "ready: success"),
        (submit(), "done"),
    ]);
    assert_eq!(code.done, Some(Sent { code: other, ..all_sent() }));

    let mut password = again(Missing::Password);
    assert_eq!(name(&password.state), "password");
    enter(&mut password, PASSWORD);
    password.plays([(submit(), "password waiting: give_password"), (password_given(), "done")]);

    let mut portrait_again = again(Missing::Portrait);
    assert!(said(&page(&portrait_again)).contains(&"selfie-refused-text".to_owned()));
    portrait_again.plays([
        (portrait(), "ready: success"),
        (submit(), "portrait waiting: send_portrait"),
        (Reply(Outcome::PortraitSent(id(8))), "done"),
    ]);
    assert_eq!(portrait_again.done, Some(Sent { portrait: id(8), ..all_sent() }));
}

#[test]
fn what_ran_out_at_the_service_is_missing_too() {
    let late = Sent { password: PasswordReference { valid_until: NOW, ..password_reference() }, ..all_sent() };
    let mut all = from(|_| super::all(ask(), late));
    assert_eq!(all.step(submit()), "password");
    let late = Sent { code: OtpVerified { valid_until: NOW, ..verified() }, ..all_sent() };
    let mut all = from(|_| super::all(ask(), late));
    assert_eq!(all.step(submit()), "code: ask_code");
}

#[test]
fn a_new_password_takes_the_place_of_the_one_that_the_service_has() {
    let mut all = from(|_| super::all(ask(), all_sent()));
    all.plays([(Is(Told::Back), "password")]);
    enter(&mut all, "gio mua dong bac");
    let other = PasswordReference { id: id(7), ..password_reference() };
    all.plays([(submit(), "password waiting: give_password"), (Reply(Outcome::PasswordGiven(other)), "done")]);
    assert_eq!(all.done, Some(Sent { password: other, ..all_sent() }));
}

#[test]
fn the_same_portrait_is_sent_again_only_where_it_was_taken_here() {
    let here = |taken| {
        from(move |world| {
            world.held.put_portrait(PORTRAIT.into());
            world.shared.portraits = 4;
            super::same_portrait(world, ask(), all_sent(), taken)
        })
    };
    here(Some(4)).plays([(submit(), "portrait waiting: send_portrait"), (portrait_sent(), "done")]);
    assert_eq!([here(Some(3)), here(None)].map(|all| name(&all.state)), ["portrait", "portrait"]);
}

#[test]
fn another_address_takes_a_new_code_and_keeps_the_rest() {
    let given = super::Given {
        code: Some(verified()),
        portrait: Some(id(2)),
        password: Some(password_reference()),
        taken: None,
    };
    let mut all = from(move |world| super::begin_with(world, ask(), given));
    all.plays([
        (Reply(sent(1)), "code"),
        (typed(), "code"),
        (Is(act(Act::Continue)), "code: verify_code"),
        (right(), "ready: success"),
        (submit(), "done"),
    ]);
}

#[test]
fn a_refused_password_is_said_and_another_is_entered() {
    let mut all = ready();
    all.plays([
        (submit(), "portrait waiting: send_portrait"),
        (portrait_sent(), "password waiting: give_password"),
        (Reply(no(Code::PasswordRefused)), "password"),
    ]);
    assert!(said(&page(&all)).contains(&"password-refused-error".to_owned()));
    enter(&mut all, "gio mua dong bac");
    all.plays([(submit(), "password waiting: give_password"), (password_given(), "done")]);
    let mut all = from(|world| super::other_password(world, ask(), all_sent()));
    assert!(said(&page(&all)).contains(&"password-refused-error".to_owned()));
    enter(&mut all, "gio mua dong bac");
    all.plays([(submit(), "password waiting: give_password")]);
}

#[test]
fn sending_goes_on_when_the_network_is_back() {
    let mut all = ready();
    all.plays([
        (submit(), "portrait waiting: send_portrait"),
        (Reply(failed(Failure::Offline)), "portrait stopped E101"),
        (Is(Told::Tick), "portrait stopped E101"),
        (Is(Told::Online), "portrait waiting: send_portrait"),
        (portrait_sent(), "password waiting: give_password"),
        (Reply(failed(Failure::Offline)), "password stopped E101"),
        (Is(Told::Online), "password waiting: give_password"),
        (Reply(no(Code::Internal)), "password stopped E103"),
        (Is(act(Act::TryAgain)), "password waiting: give_password"),
    ]);
    assert!(!all.kit.held.is_empty(Slot::Password));
}

#[test]
fn the_way_back_gives_up_nothing_that_was_hard_to_get() {
    assert_eq!(begun().is(Told::Back), "back");
    // The code and the portrait stay.
    for mut all in [at_portrait(), at_password()] {
        assert_eq!(all.is(Told::Back), "refused");
        assert!(!page(&all).can_go_back && actions(&page(&all)).contains(&"later".to_owned()));
    }
    let mut all = ready();
    all.plays([(Is(Told::Back), "password")]);
    assert!(all.kit.held.portrait().is_some() && all.kit.held.get(Slot::Password).is_none());
    let mut all = ready();
    all.plays([(Is(act(Act::Retake)), "portrait"), (portrait(), "ready: success")]);
    all.plays([(submit(), "portrait waiting: send_portrait"), (Is(Told::Back), "refused")]);
}

#[test]
fn entering_a_code_and_submitting_are_guarded() {
    let guarded = |all: &Gathering| super::guarded(&all.state, Guarded::Activation);
    assert_eq!(guarded(&begun()), Some(Guarded::OtpEntry));
    assert_eq!((guarded(&at_portrait()), guarded(&at_password())), (None, None));
    assert_eq!(guarded(&ready()), Some(Guarded::Activation));
}

#[test]
fn what_does_not_fit_changes_nothing() {
    for (mut all, happens) in [
        (begun(), submit()),
        (begun(), portrait()),
        (at_portrait(), submit()),
        (at_password(), submit()),
        (at_password(), portrait()),
        (ready(), Is(act(Act::Continue))),
        (ready(), portrait()),
        (ready(), typed()),
    ] {
        assert_eq!(all.step(happens), "refused", "{}", name(&all.state));
    }
    let mut all = ready();
    all.plays([
        (Stale(Outcome::Done), "stale"),
        (Is(Told::Online), "ready"),
        (submit(), "portrait waiting: send_portrait"),
        (submit(), "refused"),
        (Reply(Outcome::Done), "refused"),
        (portrait_sent(), "password waiting: give_password"),
        (Reply(sent(1)), "refused"),
    ]);
}

#[test]
fn every_page_is_whole() {
    let mut stopped = ready();
    stopped.plays([
        (submit(), "portrait waiting: send_portrait"),
        (Reply(failed(Failure::NotGenuine)), "portrait stopped E104"),
    ]);
    for all in [begun(), at_portrait(), at_password(), ready(), stopped] {
        checked(page(&all));
    }
    assert_eq!(actions(&page(&ready())), ["submit", "retake", "help", "later"]);
}
