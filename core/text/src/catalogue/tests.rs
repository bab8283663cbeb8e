//! Messages written for these tests: what ships is checked in `tests/`.

use citizen_card::CalendarDate;
use proptest::prelude::*;

use super::*;
use crate::MAX_VALUE_CHARS;

const VI: &str = "\
tries = Còn { $count } lần
hello = Xin chào { $name }
until = Khóa đến { $time }
birth = Sinh ngày { $day }
again = Thử lại sau { $wait }
number = Số { $number }
";

const EN: &str = "\
tries = { $count ->
    [one] One try left
   *[other] { $count } tries left
  }
hello = Hello { $name }
until = Locked until { $time }
birth = Born { $day }
again = Try again in { $wait }
number = Number { $number }
    .spoken = Your number: { $number }
wrapped =
    Wrapped in the file,
    not on the page.

    A new paragraph.
sent = { $channel ->
    [sms] By SMS
   *[email] By email
  }
only = { hello }, { -app }
-app = Citizen
nothing =
    .spoken = Nothing to see
circle = { circle }
";

fn vi() -> Catalogue {
    Catalogue::read(Language::Vi, &[("test", VI)])
}

fn en() -> Catalogue {
    Catalogue::read(Language::En, &[("test", EN)])
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn said(catalogue: &Catalogue, id: &str, name: &str, value: Value) -> (String, Option<String>) {
    let Said { text, spoken } = catalogue.say(id, &[(name, value)]).unwrap();
    (text, spoken)
}

#[test]
fn a_catalogue_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Catalogue>();
}

#[test]
fn counts_choose_the_plural_and_have_separators() {
    let left = |catalogue: &Catalogue, count| said(catalogue, "tries", "count", Value::Count(count)).0;
    assert_eq!(left(&en(), 1), "One try left");
    assert_eq!(left(&en(), 0), "0 tries left");
    assert_eq!(left(&en(), 1_234), "1,234 tries left");
    assert_eq!(left(&vi(), 1), "Còn 1 lần");
    assert_eq!(left(&vi(), 1_234), "Còn 1.234 lần");
}

#[test]
fn a_text_can_choose_too() {
    assert_eq!(said(&en(), "sent", "channel", text("sms")).0, "By SMS");
    assert_eq!(said(&en(), "sent", "channel", text("pigeon")).0, "By email");
}

#[test]
fn values_are_spoken_in_their_spoken_form() {
    // 2026-11-25T07:05:59Z.
    let time = Value::Time(1_795_590_359);
    let (shown, heard) = said(&vi(), "until", "time", time.clone());
    assert_eq!(shown, "Khóa đến 14:05, 25/11/2026");
    assert_eq!(heard.as_deref(), Some("Khóa đến 14 giờ 5 phút, ngày 25 tháng 11 năm 2026"));
    assert_eq!(said(&en(), "until", "time", time), ("Locked until 14:05, 25 November 2026".to_owned(), None));

    let (shown, heard) = said(&vi(), "birth", "day", Value::Day(CalendarDate::new(1990, 6, 5).unwrap()));
    assert_eq!(shown, "Sinh ngày 05/06/1990");
    assert_eq!(heard.as_deref(), Some("Sinh ngày 5 tháng 6 năm 1990"));
}

#[test]
fn the_spoken_attribute_is_said_with_spoken_values() {
    let number = Value::Digits("079190123456".to_owned());
    let (shown, heard) = said(&en(), "number", "number", number.clone());
    assert_eq!(shown, "Number 079 190 123 456");
    assert_eq!(heard.as_deref(), Some("Your number: 0 7 9 1 9 0 1 2 3 4 5 6"));
    assert_eq!(said(&vi(), "number", "number", number).1.as_deref(), Some("Số 0 7 9 1 9 0 1 2 3 4 5 6"));
}

#[test]
fn lines_are_joined_and_paragraphs_stay() {
    let wrapped = en().say("wrapped", &[]).unwrap();
    assert_eq!(wrapped.text, "Wrapped in the file, not on the page.\n\nA new paragraph.");
}

#[test]
fn messages_and_terms_can_be_part_of_others() {
    assert_eq!(said(&en(), "only", "name", text("An")).0, "Hello An, Citizen");
}

#[test]
fn a_missing_value_is_an_error_and_no_text() {
    for id in ["hello", "only", "tries", "sent"] {
        let error = en().say(id, &[]).unwrap_err();
        assert!(matches!(error, SayError::NoValue { .. }), "{error}");
    }
}

#[test]
fn what_is_no_message_is_an_error() {
    for id in ["", "Hello", "app", "-app", "nothing", "number.spoken", "héllo"] {
        assert_eq!(en().say(id, &[]), Err(SayError::NoMessage { id: id.to_owned() }), "{id}");
    }
}

#[test]
fn a_message_of_itself_is_an_error() {
    assert!(matches!(en().say("circle", &[]), Err(SayError::Broken { .. })));
}

#[test]
fn a_value_that_cannot_be_said_is_named_without_what_it_was() {
    for (id, name, value) in [
        ("tries", "count", Value::Count(1 << 53)),
        ("until", "time", Value::Time(u64::MAX)),
        ("number", "number", Value::Digits("Nguyễn".to_owned())),
    ] {
        let error = vi().say(id, &[(name, value)]).unwrap_err();
        assert_eq!(error, SayError::UnfitValue { id: id.to_owned(), name: name.to_owned() });
    }
}

#[test]
fn what_others_wrote_is_never_read_as_fluent() {
    let sly = "{ $count } { -app } { hello }";
    assert_eq!(said(&en(), "hello", "name", text(sly)).0, format!("Hello {sly}"));
}

#[test]
fn faults_name_their_file_and_line() {
    let sources = [("first", "one = 1\n\ntwo = { $\n"), ("second", "one = 2\nthree = 3\n")];
    let catalogue = Catalogue::read(Language::En, &sources);
    let faults: Vec<(&str, usize)> = catalogue.faults().iter().map(|fault| (fault.file, fault.line)).collect();
    assert_eq!(faults.first(), Some(&("first", 3)));
    assert_eq!(faults.last(), Some(&("second", 0)));
    assert_eq!(catalogue.ids().collect::<Vec<_>>(), ["one", "three"]);
    assert_eq!(catalogue.say("one", &[]).unwrap().text, "1");
}

#[test]
fn personal_data_does_not_show_in_debug_output() {
    let name = text("Nguyễn Mẫu");
    assert_eq!(format!("{name:?}"), "Text(..)");
    assert_eq!(format!("{:?}", en().say("hello", &[("name", name)]).unwrap()), "Said(16 chars)");
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        "(?s).{0,300}".prop_map(Value::Text),
        "[\u{202a}-\u{202e}\u{2066}-\u{2069}\r\n\u{2028}{}$a-z\" -]{0,40}".prop_map(Value::Text),
        any::<u64>().prop_map(Value::Count),
        (0..200_u64).prop_map(Value::Count),
        any::<u64>().prop_map(Value::Time),
        (0..4_000_000_000_u64).prop_map(Value::Time),
        any::<u64>().prop_map(Value::Wait),
        "[0-9A-Z .-]{0,40}|.{0,10}".prop_map(Value::Digits),
        (1900..=2399_u16, 1..=12_u8, 1..=28_u8)
            .prop_map(|(year, month, day)| Value::Day(CalendarDate::new(year, month, day).unwrap())),
    ]
}

proptest! {
    #[test]
    fn any_id_with_any_values_is_said_or_refused(
        id in prop_oneof![
            proptest::sample::select(vec!["tries", "hello", "until", "birth", "again", "number", "sent", "only", "circle"])
                .prop_map(str::to_owned),
            ".{0,12}",
        ],
        names in proptest::collection::vec("count|name|time|day|wait|number|channel|.{0,5}", 0..4),
        values in proptest::collection::vec(any_value(), 4),
    ) {
        let values: Vec<(&str, Value)> = names.iter().map(String::as_str).zip(values).collect();
        for catalogue in [vi(), en()] {
            if let Ok(said) = catalogue.say(&id, &values) {
                prop_assert!(!said.text.is_empty());
                prop_assert_ne!(said.spoken.as_ref(), Some(&said.text));
            }
        }
    }

    #[test]
    fn any_text_stays_one_short_line_inside_its_sentence(name in "(?s).{0,400}") {
        let said = en().say("hello", &[("name", Value::Text(name))]).unwrap();
        let name = said.text.strip_prefix("Hello ").unwrap();
        prop_assert!(name.chars().count() <= MAX_VALUE_CHARS);
        let breaks_out = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        prop_assert!(!name.contains(breaks_out), "{:?}", name);
        prop_assert_eq!(said.spoken, None);
    }
}
