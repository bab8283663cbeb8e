use citizen_protocol::wire::{Code, Secret};

use super::State;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::page::{Page, Part};
use crate::shared::otp::Titles;
use crate::testing::Happens::{Is, Kill, Reply};
use crate::testing::{Happens, Walk, act, actions, checked, field, no, said};
use crate::world::Told;

type Choosing = Walk<State, ()>;

const GOOD: &str = "mua thu la bay";

fn personal() -> Vec<Secret> {
    ["Nguyễn Thị Mẫu", "0912345678"].map(|word| Secret::new(word.into())).into()
}

fn name(state: State) -> String {
    let is = |flag, name| if flag { name } else { "" };
    format!("choosing{}{}", is(state.tried, ", tried"), is(state.refused, ", refused"))
}

fn from(state: impl FnOnce(&mut crate::world::World) -> State) -> Choosing {
    Walk::new(state, |state, told, world| super::told(state, told, world, &personal()), |state| name(*state))
}

fn choosing() -> Choosing {
    from(|world| super::begin(world, false))
}

fn first(text: &str) -> Happens {
    Is(field(FieldId::Password, text))
}

fn again(text: &str) -> Happens {
    Is(field(FieldId::PasswordAgain, text))
}

fn on() -> Happens {
    Is(act(Act::Continue))
}

fn page(walk: &Choosing) -> Page {
    checked(super::page(
        walk.state,
        walk.kit.see(),
        Titles { page: "test-password", title: "otp-sending" },
        &personal(),
    ))
}

/// The errors of both fields.
fn errors(walk: &Choosing) -> Vec<Option<String>> {
    let page = page(walk);
    let fields =
        page.parts.into_iter().filter_map(|part| if let Part::Field { field } = part { Some(field) } else { None });
    fields
        .map(|field| {
            assert_eq!(field.value, "", "a secret is never shown");
            field.error.map(|error| error.id)
        })
        .collect()
}

#[test]
fn a_password_is_entered_twice_and_held() {
    let mut walk = choosing();
    walk.plays([(first(GOOD), "choosing"), (again(GOOD), "choosing"), (on(), "done")]);
    assert_eq!(walk.kit.held.get(Slot::Password).map(Secret::reveal), Some(GOOD));
    assert!(!walk.stored().contains(GOOD));
}

#[test]
fn what_is_weak_is_said_once_the_holder_wants_to_go_on() {
    for (text, error) in [
        ("", "password-short-error"),
        ("mua thu", "password-short-error"),
        (&"mua thu la bay ".repeat(20), "password-long-error"),
        ("password1", "password-common-error"),
        ("NguyenThiMau", "password-personal-error"),
        ("0912345678", "password-personal-error"),
        ("xyxyxyxyxyxy", "password-repetitive-error"),
        ("mua thu\nla bay", "password-character-error"),
    ] {
        let mut walk = choosing();
        walk.plays([(first(text), "choosing"), (again(text), "choosing")]);
        assert_eq!(errors(&walk), [None, None], "{text}");
        assert_eq!(walk.step(on()), "choosing, tried", "{text}");
        assert_eq!(errors(&walk), [Some(error.to_owned()), None], "{text}");
        assert_eq!(page(&walk).announce.unwrap().id, error);
        walk.plays([(first(GOOD), "choosing, tried"), (again(GOOD), "choosing, tried"), (on(), "done")]);
    }
}

#[test]
fn two_that_differ_are_not_taken() {
    let mut walk = choosing();
    walk.plays([(first(GOOD), "choosing"), (on(), "choosing, tried")]);
    assert_eq!(errors(&walk), [None, Some("password-differs-error".to_owned())]);
    walk.plays([
        (again("mua thu la  bay"), "choosing, tried"),
        (on(), "choosing, tried"),
        (again(GOOD), "choosing, tried"),
        (on(), "done"),
    ]);
}

#[test]
fn what_the_service_refused_is_not_taken_again_unchanged() {
    let mut walk = from(|world| {
        world.keep(Slot::Password, GOOD.into());
        super::begin(world, true)
    });
    assert!(walk.kit.held.get(Slot::Password).is_none());
    assert_eq!(errors(&walk), [Some("password-refused-error".to_owned()), None]);
    walk.plays([(on(), "choosing, tried, refused"), (again(GOOD), "choosing, tried, refused")]);
    walk.plays([(first(GOOD), "choosing, tried"), (on(), "done")]);
}

#[test]
fn a_password_lost_by_a_kill_is_said_and_one_that_was_deleted_is_not() {
    let emptied = |walk: &Choosing| said(&page(walk)).contains(&"password-emptied".to_owned());
    let mut walk = choosing();
    walk.plays([(Kill, "choosing")]);
    assert!(!emptied(&walk), "nothing was entered");
    walk.plays([(first(GOOD), "choosing"), (again(GOOD), "choosing"), (first(""), "choosing")]);
    assert!(!emptied(&walk), "the holder deleted it");
    walk.plays([(first(GOOD), "choosing"), (Kill, "choosing")]);
    assert!(emptied(&walk));
    walk.plays([(on(), "choosing, tried"), (first(GOOD), "choosing, tried")]);
    assert!(!emptied(&walk));
    assert!(emptied(&from(|_| super::emptied())));
}

#[test]
fn what_does_not_fit_changes_nothing_and_the_way_back_drops_what_was_entered() {
    let mut walk = choosing();
    walk.plays([
        (first(GOOD), "choosing"),
        (Is(field(FieldId::Pin, "123456")), "refused"),
        (Is(act(Act::Submit)), "refused"),
        (Reply(no(Code::Internal)), "stale"),
        (Is(Told::Tick), "choosing"),
        (Is(Told::Online), "choosing"),
    ]);
    assert_eq!(actions(&page(&walk)), ["continue", "help", "later"]);
    assert_eq!(walk.is(Told::Back), "back");
    assert!(walk.kit.held.get(Slot::Password).is_none());
}
