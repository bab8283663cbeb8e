use citizen_card::CardField;
use citizen_protocol::wire::{CardDetails, CardSource, Code, Secret, WireField};
use proptest::prelude::*;

use super::entry::{Entry, field_id};
use super::{Card, State};
use crate::event::CameraFault;
use crate::held::Slot;
use crate::ids::{Act, FieldId};
use crate::page::{Page, Part};
use crate::testing::Happens::{After, Is, Kill, Reply};
use crate::testing::{CARD, Happens, NOW, Walk, act, actions, checked, field, no, said};
use crate::world::Told;

type Scan = Walk<State, Card>;

const DAY: u64 = 24 * 60 * 60;

fn name(state: &State) -> String {
    match state {
        State::Scanning { fault: Some(fault), .. } => format!("fault {fault:?}"),
        State::Scanning { hint, is_long, .. } => {
            format!("scanning {}{}", hint.as_deref().unwrap_or("-"), if *is_long { ", long" } else { "" })
        }
        State::Typing { tried, wrong, .. } => format!("typing{}{}", if *tried { ", tried" } else { "" }, wrongs(wrong)),
        State::Review { source, .. } => format!("review {source:?}"),
    }
}

fn wrongs(wrong: &[WireField]) -> String {
    wrong.iter().fold(String::new(), |all, field| format!("{all} {field:?}"))
}

fn scanning() -> Scan {
    Walk::new(|_| super::begin(), super::told, name)
}

fn reviewed(payload: &str) -> Scan {
    let mut card = scanning();
    assert_eq!(card.is(Told::Card(payload.into())), "review Scanned: success");
    card
}

/// Every field is typed as the card has it.
fn typed() -> Scan {
    let mut card = scanning();
    assert_eq!(card.is(act(Act::TypeByHand)), "typing");
    for (id, text) in [
        (FieldId::IdNumber, "079190123456"),
        (FieldId::OldIdNumber, ""),
        (FieldId::Name, "Nguyễn Thị Mẫu"),
        (FieldId::BirthDate, "5/6/1990"),
        (FieldId::Address, "Số 1, Xã Mẫu, Tỉnh Ví Dụ"),
        (FieldId::IssueDate, "03042022"),
    ] {
        assert_eq!(card.is(field(id, text)), "typing");
    }
    assert_eq!(card.step(sex("female", true)), "typing");
    card
}

fn sex(option: &str, chosen: bool) -> Happens {
    Is(Told::Choose { choice: "sex".into(), option: option.into(), chosen })
}

fn on() -> Happens {
    Is(act(Act::Continue))
}

fn hint(hint: &str, stage: u8) -> Happens {
    Is(Told::CameraHint { hint: hint.into(), stage })
}

fn fault(fault: CameraFault) -> Happens {
    Is(Told::CameraFault(fault))
}

fn page(card: &Scan) -> Page {
    checked(super::page(&card.state, card.kit.see()))
}

fn entry(card: &Scan) -> &Entry {
    match &card.state {
        State::Scanning { entry, .. } | State::Typing { entry, .. } | State::Review { entry, .. } => entry,
    }
}

/// Fields that have an error on the page, with it.
fn errors(page: &Page) -> Vec<(String, String)> {
    let error = |part: &Part| match part {
        Part::Field { field } => Some((field.id.clone(), field.error.clone()?.id)),
        Part::Choice { choice } => Some((choice.id.clone(), choice.error.clone()?.id)),
        _ => None,
    };
    page.parts.iter().filter_map(error).collect()
}

#[test]
fn a_scanned_card_is_looked_over_and_taken() {
    let mut card = reviewed(CARD);
    assert!(!said(&page(&card)).iter().any(|id| id.ends_with("-finding")));
    assert_eq!(card.step(on()), "done");
    let wanted = CardDetails {
        id_number: "079190123456".into(),
        old_id_number: Some("012345678".into()),
        name: "Nguyễn Thị Mẫu".into(),
        birth_date: "1990-06-05".into(),
        sex: "Nữ".into(),
        address: "Số 1, Xã Mẫu, Tỉnh Ví Dụ".into(),
        issue_date: "2022-04-03".into(),
        source: CardSource::Scanned,
    };
    assert!(card.done.unwrap().details == wanted);
}

#[test]
fn a_typed_card_passes_the_same_checks() {
    let mut card = typed();
    card.plays([(on(), "review Typed"), (on(), "done")]);
    let details = card.done.unwrap().details;
    assert_eq!(
        (details.source, details.old_id_number, details.birth_date.as_str()),
        (CardSource::Typed, None, "1990-06-05")
    );
}

#[test]
fn each_field_that_is_wrong_says_so_and_nothing_typed_is_lost() {
    for (id, text, error) in [
        (FieldId::IdNumber, "07919012345", "card-number-error"),
        (FieldId::IdNumber, "", "card-number-error"),
        (FieldId::OldIdNumber, "0123", "card-old-number-error"),
        (FieldId::Name, " ", "card-name-error"),
        (FieldId::Name, "Nguyễn | Mẫu", "card-name-error"),
        (FieldId::BirthDate, "31/02/1990", "card-day-error"),
        (FieldId::BirthDate, "25/11/2027", "card-future-error"),
        (FieldId::Address, "---", "card-address-error"),
        (FieldId::IssueDate, "26/11/2026", "card-future-error"),
        (FieldId::IssueDate, "05/06/1990", "card-issue-error"),
        (FieldId::IssueDate, "x", "card-day-error"),
    ] {
        let mut card = typed();
        assert_eq!(card.is(field(id, text)), "typing");
        assert_eq!(errors(&page(&card)), [], "nothing is said while it is typed");
        assert_eq!(card.step(on()), "typing, tried: warning");
        let page = page(&card);
        assert_eq!(errors(&page), [(id.id().to_owned(), error.to_owned())], "{text}");
        assert_eq!(page.announce.unwrap().id, error);
        let typed = page.parts.iter().find_map(|part| match part {
            Part::Field { field } if field.id == id.id() => Some(field.value.clone()),
            _ => None,
        });
        assert_eq!(typed.as_deref(), Some(text));
    }
    let mut empty = scanning();
    empty.plays([(Is(act(Act::TypeByHand)), "typing"), (on(), "typing, tried: warning")]);
    let wrong: Vec<String> = errors(&page(&empty)).into_iter().map(|(id, _)| id).collect();
    assert_eq!(wrong, ["id-number", "name", "birth-date", "sex", "address", "issue-date"]);
}

#[test]
fn the_sex_is_one_of_two_and_chosen_not_unchosen() {
    let mut card = typed();
    card.plays([
        (sex("other", true), "refused"),
        (sex("male", false), "refused"),
        (Is(Told::Choose { choice: "channel".into(), option: "male".into(), chosen: true }), "refused"),
    ]);
    assert_eq!(entry(&card).text(CardField::Sex), "Nữ");
    card.step(sex("male", true));
    assert_eq!(entry(&card).text(CardField::Sex), "Nam");
}

#[test]
fn what_does_not_go_with_the_number_is_said_with_where_a_record_is_corrected() {
    for (payload, findings) in [
        ("000190123456||Nguyễn Thị Mẫu|05061990|Nữ|Xã Mẫu|03042022", &["card-province-finding"][..]),
        ("079190123456||Nguyễn Thị Mẫu|05061991|Nữ|Xã Mẫu|03042022", &["card-birth-finding"]),
        ("079190123456||Nguyễn Văn Mẫu|05061990|Nam|Xã Mẫu|03042022", &["card-sex-finding"]),
        ("079190123456||Nguyễn Văn Mẫu|05061991|Nam|Xã Mẫu|03042022", &["card-birth-finding", "card-sex-finding"]),
    ] {
        let mut card = reviewed(payload);
        let shown = page(&card);
        let notices = shown
            .parts
            .iter()
            .filter_map(|part| if let Part::Notice { said, .. } = part { Some(said.id.as_str()) } else { None });
        assert_eq!(notices.collect::<Vec<_>>(), findings);
        let noted = shown.parts.iter().find_map(|part| match part {
            Part::Rows { rows } => {
                Some(rows.iter().filter_map(|row| row.note.clone()).map(|note| note.id).collect::<Vec<_>>())
            }
            _ => None,
        });
        assert_eq!(noted.unwrap().len(), findings.len());
        assert!(said(&shown).contains(&"card-record-text".to_owned()));
        // The holder knows better than the pattern.
        card.plays([(Is(act(Act::Correct)), "typing"), (on(), "review Typed")]);
        assert!(said(&page(&card)).contains(&"card-check-text".to_owned()));
        assert_eq!(card.step(on()), "done");
    }
}

#[test]
fn what_is_no_card_is_refused() {
    for payload in
        ["", "https://example.vn", &CARD.replace("05061990", "05061890x"), &CARD.replace("03042022", "26112026")]
    {
        assert_eq!(scanning().is(Told::Card(payload.into())), "refused", "{payload}");
    }
}

#[test]
fn later_cards_may_say_more() {
    assert_eq!(scanning().is(Told::Card(format!("{CARD}|more|still more"))), "review Scanned: success");
}

#[test]
fn hints_are_those_of_the_scanner_and_typing_comes_first_after_a_while() {
    let mut card = scanning();
    card.plays([
        (hint("come_closer", 0), "scanning come_closer"),
        (hint("come_nearer", 0), "refused"),
        (hint("glare", 1), "scanning glare, long"),
        (hint("hold_still", 0), "scanning hold_still, long"),
    ]);
    assert_eq!(actions(&page(&card)), ["type-by-hand", "help", "later"]);
    assert_eq!(page(&card).announce.unwrap().id, "card-hold-still-hint");
    for known in [
        "nothing_found",
        "too_dark",
        "come_closer",
        "move_back",
        "hold_still",
        "focus",
        "glare",
        "tilted",
        "cut_off",
        "damaged",
        "wrong_code",
        "wrong_field",
    ] {
        assert_eq!(card.step(hint(known, 0)), format!("scanning {known}, long"));
        page(&card);
    }
}

#[test]
fn a_camera_that_is_not_there_leaves_other_ways() {
    for (why, wanted) in [
        (CameraFault::Denied, ["open-settings", "help", "try-again", "type-by-hand", "later"].as_slice()),
        (CameraFault::Busy, &["try-again", "help", "type-by-hand", "later"]),
        (CameraFault::Missing, &["try-again", "help", "type-by-hand", "later"]),
    ] {
        let mut card = scanning();
        assert_eq!(card.step(fault(why)), format!("fault {why:?}"));
        assert_eq!(actions(&page(&card)), wanted);
        assert_eq!(card.is(Told::Tick), format!("fault {why:?}"));
        assert_eq!(card.is(act(Act::TryAgain)), "scanning -");
    }
    let mut card = scanning();
    card.plays([
        (Is(act(Act::OpenSettings)), "refused"),
        (fault(CameraFault::Denied), "fault Denied"),
        (Is(act(Act::OpenSettings)), "scanning -: open_settings"),
        (fault(CameraFault::Denied), "fault Denied"),
        (Is(act(Act::TypeByHand)), "typing"),
    ]);
}

#[test]
fn what_was_typed_stays_while_the_camera_is_tried() {
    for way in [Is(Told::Back), Is(act(Act::ScanCard))] {
        let mut card = typed();
        assert_eq!(card.step(way), "scanning -");
        card.plays([
            (hint("glare", 0), "scanning glare"),
            (fault(CameraFault::Busy), "fault Busy"),
            (Kill, "fault Busy"),
            (Is(act(Act::TryAgain)), "scanning -"),
            (Is(act(Act::TypeByHand)), "typing"),
            (on(), "review Typed"),
        ]);
    }
}

#[test]
fn every_page_has_its_way_back() {
    let mut card = reviewed(CARD);
    card.plays([
        (Is(act(Act::Correct)), "typing"),
        (on(), "review Typed"),
        (Is(Told::Back), "typing"),
        (Is(Told::Back), "scanning -"),
        (Is(Told::Back), "back"),
    ]);
    let mut card = reviewed(CARD);
    card.plays([(Is(Told::Back), "scanning -"), (Is(act(Act::TypeByHand)), "typing"), (on(), "review Typed")]);
    let mut card = reviewed(CARD);
    card.plays([(Is(act(Act::ScanCard)), "scanning -"), (Is(Told::Card(CARD.into())), "review Scanned: success")]);
    for card in [scanning(), typed(), reviewed(CARD)] {
        assert!(page(&card).can_go_back && actions(&page(&card)).contains(&"later".to_owned()));
    }
}

#[test]
fn what_the_service_found_wrong_is_marked_until_it_is_changed() {
    let mut card = reviewed(CARD);
    assert_eq!(card.step(on()), "done");
    let taken = card.done.take().unwrap();
    // The portrait is no field of the card.
    let wrong = vec![WireField::Address, WireField::Name, WireField::Portrait];
    card.state = super::correct(taken, wrong);
    let marked = |card: &Scan| errors(&page(card));
    let service = |id: &str| (id.to_owned(), "card-service-error".to_owned());
    assert_eq!(marked(&card), [service("name"), service("address")]);
    assert_eq!(card.step(Kill), "typing Address Name Portrait");
    assert_eq!(card.is(field(FieldId::Name, "")), "typing Address Portrait");
    assert_eq!(card.step(on()), "typing, tried Address Portrait: warning");
    assert_eq!(marked(&card), [("name".to_owned(), "card-name-error".to_owned()), service("address")]);
    assert_eq!(card.is(field(FieldId::Name, "Nguyễn Thị Mẫu")), "typing, tried Address Portrait");
    // The holder may be right, and the record wrong.
    card.plays([(on(), "review Typed"), (on(), "done")]);
}

#[test]
fn a_clock_that_goes_back_leads_to_the_field_and_not_into_a_wall() {
    let mut card = scanning();
    card.kit.now.time = NOW.plus(DAY);
    card.is(Told::Card(CARD.replace("03042022", "26112026")));
    card.kit.now.time = NOW;
    page(&card);
    assert_eq!(card.step(on()), "typing, tried");
    assert_eq!(errors(&page(&card)), [("issue-date".to_owned(), "card-future-error".to_owned())]);
    card.plays([(After(DAY), "typing, tried"), (on(), "review Typed")]);
}

#[test]
fn what_does_not_fit_changes_nothing() {
    for (mut card, happens) in [
        (scanning(), on()),
        (scanning(), Is(act(Act::Correct))),
        (scanning(), Is(act(Act::TryAgain))),
        (scanning(), Is(field(FieldId::Name, "Mẫu"))),
        (typed(), Is(field(FieldId::Phone, "0912345678"))),
        (typed(), Is(field(FieldId::Password, "secret"))),
        (typed(), Is(Told::Card(CARD.into()))),
        (typed(), hint("glare", 0)),
        (typed(), fault(CameraFault::Busy)),
        (reviewed(CARD), Is(field(FieldId::Name, "Mẫu"))),
        (reviewed(CARD), Is(Told::Card(CARD.into()))),
        (reviewed(CARD), Is(act(Act::TypeByHand))),
    ] {
        assert_eq!(card.step(happens), "refused", "{}", name(&card.state));
    }
    for mut card in [scanning(), typed(), reviewed(CARD)] {
        assert_eq!(card.step(Reply(no(Code::Internal))), "stale");
        let state = name(&card.state);
        for told in [Told::Tick, Told::Online, Told::Resumed] {
            assert_eq!(card.is(told), state);
        }
        assert_eq!(card.step(Kill), state);
    }
}

#[test]
fn a_card_touches_no_secret() {
    let mut card = typed();
    card.kit.held.put(Slot::Password, Secret::new("held".into()));
    card.plays([(on(), "review Typed"), (on(), "done")]);
    assert!(!card.kit.held.is_empty(Slot::Password));
}

proptest! {
    #[test]
    fn whatever_is_typed_is_kept_or_said(
        which in 0_usize..7,
        text in "(?s).{0,60}|[0-9/ .-]{0,14}",
    ) {
        let field_of_card = CardField::ALL[which];
        let mut card = typed();
        card.is(field(field_id(field_of_card), &text));
        prop_assert_eq!(entry(&card).text(field_of_card), &text);
        let next = card.step(on());
        let is_said = errors(&page(&card)).iter().any(|(id, _)| *id == field_id(field_of_card).id());
        prop_assert_eq!(next == "review Typed", !is_said, "{}", next);
    }
}
