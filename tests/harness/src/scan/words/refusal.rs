//! Why a code that was read is not taken.

use citizen_card::{CardError, CardField, Expected, FieldError};

use super::{Both, name};

pub(super) fn wrong_field(FieldError { field, expected: rule }: FieldError) -> Both<String> {
    let [vi_name, en_name] = name(field);
    let [vi_rule, en_rule] = expected(rule);
    let [vi_do, en_do] = match rule {
        // The card may be right and the clock wrong.
        Expected::NotAfter { .. } => {
            ["Hãy kiểm tra ngày trên thẻ và ngày của thiết bị này", "Check the date on the card and this device's date"]
        }
        _ => ["Hãy kiểm tra thẻ", "Check the card"],
    };
    [
        format!("Thẻ căn cước có trường “{vi_name}” không đúng: cần {vi_rule}. {vi_do}"),
        format!("A citizen card whose field “{en_name}” is not right: it must be {en_rule}. {en_do}"),
    ]
}

fn expected(rule: Expected) -> Both<String> {
    match rule {
        Expected::TwelveDigits => ["12 chữ số".into(), "12 digits".into()],
        Expected::NineDigitsOrNothing => ["9 chữ số, hoặc để trống".into(), "9 digits, or empty".into()],
        Expected::Text { max_chars } => [
            format!("một dòng chữ, từ 1 đến {max_chars} ký tự"),
            format!("one line of text, 1 to {max_chars} characters"),
        ],
        Expected::NamOrNu => ["“Nam” hoặc “Nữ”".into(), "“Nam” (male) or “Nữ” (female)".into()],
        Expected::DayMonthYear => {
            ["một ngày có thật: ngày, tháng, năm".into(), "a day that exists: day, month, year".into()]
        }
        Expected::NotAfter { day } => [format!("một ngày không sau {day}"), format!("a day not after {day}")],
        Expected::AfterBirth => ["một ngày sau ngày sinh".into(), "a day after the date of birth".into()],
    }
}

pub(super) fn wrong_code(why: CardError) -> Both<String> {
    let least = CardField::ALL.len();
    let [vi, en] = match why {
        CardError::NotACard { fields } => {
            let noun = if fields == 1 { "field" } else { "fields" };
            [
                format!("mã có {fields} trường, thẻ có từ {least} trường trở lên"),
                format!("it has {fields} {noun}, a card has {least} or more"),
            ]
        }
        CardError::NotText => ["nội dung không phải là văn bản".into(), "what it holds is not text".into()],
        CardError::TooLong { bytes } => {
            [format!("nội dung quá dài, {bytes} byte"), format!("what it holds is too long, {bytes} bytes")]
        }
        CardError::Field { problem } => return wrong_field(problem),
    };
    [format!("Mã QR này không phải của thẻ căn cước: {vi}"), format!("This QR code is not a citizen card's: {en}")]
}

#[cfg(test)]
mod tests {
    use citizen_card::CalendarDate;

    use super::*;

    #[test]
    fn a_wrong_field_is_named_with_what_was_expected_in_both_languages() {
        let problem = FieldError { field: CardField::Sex, expected: Expected::NamOrNu };
        let [vietnamese, english] = wrong_field(problem);
        assert!(vietnamese.contains("“Giới tính”") && vietnamese.contains("“Nam” hoặc “Nữ”"), "{vietnamese}");
        assert!(english.contains("“Sex”") && english.contains("“Nam” (male) or “Nữ” (female)"), "{english}");
    }

    #[test]
    fn a_date_to_come_asks_to_check_the_device_too() {
        let day = CalendarDate::new(2026, 11, 22).unwrap();
        let problem = FieldError { field: CardField::IssueDate, expected: Expected::NotAfter { day } };
        let [vietnamese, english] = wrong_field(problem);
        assert!(vietnamese.contains("không sau 2026-11-22") && vietnamese.contains("thiết bị"), "{vietnamese}");
        assert!(english.contains("not after 2026-11-22") && english.contains("this device's date"), "{english}");
    }

    #[test]
    fn another_code_says_in_both_languages_why_it_is_no_card() {
        let cases = [
            (CardError::NotACard { fields: 1 }, "1 trường", "1 field,"),
            (CardError::NotACard { fields: 3 }, "3 trường", "3 fields,"),
            (CardError::NotText, "văn bản", "not text"),
            (CardError::TooLong { bytes: 5000 }, "5000 byte", "5000 bytes"),
        ];
        for (why, vietnamese, english) in cases {
            let text = wrong_code(why);
            assert!(text[0].contains(vietnamese) && text[1].contains(english), "{text:?}");
        }
    }
}
