//! The payload, by example and by property.

use citizen_card::{
    CalendarDate, CardDraft, CardError, CardField, CardReading, CitizenCard, Expected, FieldError, Finding,
    MAX_PAYLOAD_BYTES, Sex, parse,
};
use proptest::prelude::*;

const EASY: &str = "079190123456|012345678|Nguyễn Thị Mẫu|05061990|Nữ|Số 1, Xã Mẫu, Tỉnh Ví Dụ|03042022";

fn today() -> CalendarDate {
    CalendarDate::new(2026, 11, 22).unwrap()
}

fn card(payload: &str) -> CitizenCard {
    parse(payload, today()).unwrap().card
}

/// The easy card with one field replaced.
fn with(field: CardField, text: &str) -> String {
    let mut fields: Vec<&str> = EASY.split('|').collect();
    fields[field as usize] = text;
    fields.join("|")
}

#[test]
fn all_seven_fields_are_typed() {
    let CardReading { card, findings } = parse(EASY, today()).unwrap();
    assert_eq!(card.number().to_string(), "079190123456");
    assert_eq!(card.old_number().map(|n| n.to_string()).as_deref(), Some("012345678"));
    assert_eq!(card.name(), "Nguyễn Thị Mẫu");
    assert_eq!(card.birth_date(), CalendarDate::new(1990, 6, 5).unwrap());
    assert_eq!(card.sex(), Sex::Female);
    assert_eq!(card.address(), "Số 1, Xã Mẫu, Tỉnh Ví Dụ");
    assert_eq!(card.issue_date(), CalendarDate::new(2022, 4, 3).unwrap());
    assert!(card.extra().is_empty() && findings.is_empty());
}

#[test]
fn later_cards_keep_their_further_fields_in_order() {
    let later = card(&format!("{EASY}||Trần Văn Mẫu|Phạm Thị Mẫu|"));
    assert_eq!(later.extra(), ["", "Trần Văn Mẫu", "Phạm Thị Mẫu", ""]);
    assert_eq!(later.to_payload(), format!("{EASY}||Trần Văn Mẫu|Phạm Thị Mẫu|"));
}

#[test]
fn decomposed_text_makes_the_same_card() {
    let decomposed = with(CardField::Name, "Nguye\u{302}\u{303}n Thi\u{323} Ma\u{302}\u{303}u");
    assert_eq!(card(&decomposed), card(EASY));
}

#[test]
fn a_byte_order_mark_and_a_line_end_do_no_harm() {
    assert_eq!(card(&format!("\u{feff}{EASY}\r\n")), card(EASY));
}

#[test]
fn an_old_number_may_be_missing() {
    assert_eq!(card(&with(CardField::OldNumber, "")).old_number(), None);
}

#[test]
fn each_field_says_what_was_expected() {
    let line = Expected::Text { max_chars: 500 };
    let cases = [
        (CardField::Number, "07919012345", Expected::TwelveDigits),
        (CardField::OldNumber, "1234", Expected::NineDigitsOrNothing),
        (CardField::Name, " ", line),
        (CardField::BirthDate, "29021991", Expected::DayMonthYear),
        (CardField::BirthDate, "23112026", Expected::NotAfter { day: today() }),
        (CardField::Sex, "Nu", Expected::NamOrNu),
        (CardField::Address, "", line),
        (CardField::IssueDate, "31042022", Expected::DayMonthYear),
        (CardField::IssueDate, "05061990", Expected::AfterBirth),
        (CardField::IssueDate, "23112026", Expected::NotAfter { day: today() }),
    ];
    for (field, text, expected) in cases {
        let error = parse(&with(field, text), today()).unwrap_err();
        assert_eq!(error, CardError::Field { problem: FieldError { field, expected } }, "{text}");
    }
}

#[test]
fn another_text_is_no_card() {
    assert_eq!(parse("https://example.vn/", today()), Err(CardError::NotACard { fields: 1 }));
    assert_eq!(parse("", today()), Err(CardError::NotACard { fields: 1 }));
    let long = "x".repeat(MAX_PAYLOAD_BYTES + 1);
    assert_eq!(parse(&long, today()), Err(CardError::TooLong { bytes: 2954 }));
}

#[test]
fn text_that_composition_makes_too_long_is_refused_at_once() {
    let payload = format!("{EASY}|{}", "\u{344}".repeat(1400));
    assert!(payload.len() <= MAX_PAYLOAD_BYTES);
    assert!(matches!(parse(&payload, today()), Err(CardError::TooLong { .. })));
}

#[test]
fn a_disagreement_is_a_finding_and_not_a_lost_scan() {
    let reading = parse(&with(CardField::Sex, "Nam"), today()).unwrap();
    assert_eq!(reading.findings, [Finding::SexDiffers { number: Sex::Female, card: Sex::Male }]);
}

#[test]
fn nothing_of_a_card_shows_in_debug_output_or_errors() {
    let odd = parse(&with(CardField::Number, "079090123456").replace("1990", "1987"), today()).unwrap();
    assert_eq!(odd.findings.len(), 2);
    let (card, findings) = (&odd.card, &odd.findings);
    let shown = format!("{odd:?} {card:?} {findings:?} {:?} {:?}", card.number(), card.birth_date());
    let shown = format!("{shown} {:?}", parse(&with(CardField::Sex, "SECRET"), today()));
    for secret in ["079090123456", "Mẫu", "Xã", "SECRET", "1990", "1987", "Male", "06"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn a_typed_card_goes_through_the_same_rules() {
    let mut draft = CardDraft::default();
    assert_eq!(draft.finish(today()).unwrap_err().len(), 6, "all but the old number are missing");
    let typed = [
        (CardField::Number, "079 190 123 456"),
        (CardField::OldNumber, "012.345.678"),
        (CardField::Name, " Nguyễn  Thị Mẫu "),
        (CardField::BirthDate, "5/6/1990"),
        (CardField::Sex, "nữ"),
        (CardField::Address, "Số 1, Xã Mẫu, Tỉnh Ví Dụ"),
        (CardField::IssueDate, "3-4-2022"),
    ];
    for (field, text) in typed {
        draft.enter(field, text);
        assert_eq!(draft.error(field, today()), None, "{field:?}");
        assert_eq!(draft.text(field), text, "kept as typed");
    }
    assert_eq!(draft.finish(today()).unwrap().card, card(EASY));
    draft.enter(CardField::IssueDate, "5/6/1990");
    assert_eq!(draft.error(CardField::IssueDate, today()), Some(Expected::AfterBirth));
}

/// Text of the letters that cards use, composed or not, with odd spacing now and then.
fn line() -> impl Strategy<Value = String> {
    "[A-Za-zĐđ][A-Za-zÀ-ɏẠ-ỹ0-9,./'-]{0,12}([ \u{a0}]{1,2}[A-Za-zÀ-ɏẠ-ỹ\u{301}\u{323}0-9,.-]{1,12}){0,5}"
}

fn day(years: std::ops::Range<u16>) -> impl Strategy<Value = String> {
    (1..=28_u8, 1..=12_u8, years).prop_map(|(d, m, y)| format!("{d:02}{m:02}{y}"))
}

prop_compose! {
    /// A payload whose fields hold.
    fn good_payload()(
        number in "[0-9]{12}", old in "([0-9]{9})?", name in line(), birth in day(1900..2020), sex in "Nam|Nữ",
        address in line(), issued in day(2021..2026), extra in prop::collection::vec("[^|\r\n]{0,20}|[\u{344}\u{958}\u{fb2c}]{0,90}", 0..4),
    ) -> String {
        let mut fields = vec![number, old, name, birth, sex, address, issued];
        fields.extend(extra);
        fields.join("|")
    }
}

/// A good payload with characters replaced, dropped or doubled: near misses, where parsers break.
fn damaged_payload() -> impl Strategy<Value = String> {
    (good_payload(), prop::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0..3_u8), 1..4)).prop_map(
        |(payload, damage)| {
            let mut chars: Vec<char> = payload.chars().collect();
            for (at, new, kind) in damage {
                let at = at.index(chars.len().max(1)).min(chars.len().saturating_sub(1));
                match kind {
                    0 if !chars.is_empty() => chars[at] = new,
                    1 if !chars.is_empty() => drop(chars.remove(at)),
                    _ => chars.insert(at, '|'),
                }
            }
            chars.into_iter().collect()
        },
    )
}

proptest! {
    #[test]
    fn a_draft_ends_as_a_card_or_names_every_wrong_field(texts in prop::collection::vec(prop_oneof![line(), any::<String>()], 7)) {
        let mut draft = CardDraft::default();
        for (field, text) in CardField::ALL.into_iter().zip(&texts) {
            draft.enter(field, text);
            prop_assert_eq!(draft.text(field), text);
        }
        let wrong: Vec<_> = CardField::ALL.into_iter().filter(|field| draft.error(*field, today()).is_some()).collect();
        match draft.finish(today()) {
            Ok(_) => prop_assert!(wrong.is_empty()),
            Err(errors) => prop_assert_eq!(errors.iter().map(|error| error.field).collect::<Vec<_>>(), wrong),
        }
    }

    #[test]
    fn a_printed_card_reads_back_equal(payload in good_payload()) {
        let first = card(&payload);
        let printed = first.to_payload();
        prop_assert_eq!(&card(&printed), &first);
        prop_assert_eq!(card(&printed).to_payload(), printed);
    }

    #[test]
    fn any_text_is_a_card_or_a_typed_error(payload in prop_oneof![any::<String>(), damaged_payload()]) {
        if let Ok(reading) = parse(&payload, today()) {
            prop_assert_eq!(parse(&reading.card.to_payload(), today()), Ok(reading));
        }
    }
}
