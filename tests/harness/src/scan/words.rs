//! What people read: hints, findings, places and the card's labels. Vietnamese first, English second.

use citizen_card::{CardError, CardField, Expected, FieldError, Finding, Place};
use citizen_vision::ScanHint;

/// The same in Vietnamese and in English.
type Both<T> = [T; 2];

pub(super) const BIRTH_REGISTERED: &str = "Nơi đăng ký khai sinh / Birth registered";
pub(super) const FURTHER_FIELD: &str = "Trường khác / Further field";
pub(super) const NOTE: &str = "Lưu ý / Note";

/// What stands before a field of the card.
pub(super) fn label(field: CardField) -> String {
    name(field).join(" / ")
}

fn name(field: CardField) -> Both<&'static str> {
    match field {
        CardField::Number => ["Số định danh", "Number"],
        CardField::OldNumber => ["Số CMND cũ", "Old number"],
        CardField::Name => ["Họ và tên", "Full name"],
        CardField::BirthDate => ["Ngày sinh", "Date of birth"],
        CardField::Sex => ["Giới tính", "Sex"],
        CardField::Address => ["Nơi thường trú", "Residence"],
        CardField::IssueDate => ["Ngày cấp", "Date of issue"],
    }
}

pub(super) fn place(place: Place) -> String {
    match place {
        Place::Province { code, name } => format!("{name} ({code:03})"),
        Place::Abroad { code } => format!("nước ngoài / abroad ({code})"),
        Place::Unassigned { code } => format!("? ({code:03})"),
    }
}

pub(super) fn finding(finding: &Finding) -> String {
    match finding {
        Finding::UnknownProvince { code } => format!("mã tỉnh {code} chưa được cấp / no province has code {code}"),
        Finding::BirthYearDiffers { number, card } => {
            format!(
                "năm sinh theo số là {number}, trên thẻ là {card} / born {number} by the number, {card} on the card"
            )
        }
        Finding::SexDiffers { number, card } => {
            format!("giới tính theo số là {number}, trên thẻ là {card} / {number} by the number, {card} on the card")
        }
    }
}

pub(super) fn hint(hint: &ScanHint) -> String {
    match hint {
        ScanHint::NothingFound => {
            "Không thấy mã QR: hướng máy ảnh vào mã trên thẻ / No QR code in view: point the camera at the card's code"
                .into()
        }
        ScanHint::TooDark => "Quá tối: bật đèn / Too dark: switch on a light".into(),
        ScanHint::ComeCloser => "Đưa thẻ lại gần hơn / Bring the card closer".into(),
        ScanHint::HoldStill => "Giữ yên thẻ / Hold the card still".into(),
        ScanHint::WrongField { problem } => wrong_field(*problem),
        ScanHint::WrongCode { why } => wrong_code(*why),
    }
}

fn wrong_field(FieldError { field, expected: rule }: FieldError) -> String {
    let [vi_name, en_name] = name(field);
    let [vi_rule, en_rule] = expected(rule);
    let [vi_do, en_do] = match rule {
        // The card may be right and the clock wrong.
        Expected::NotAfter { .. } => {
            ["Hãy kiểm tra ngày trên thẻ và ngày của thiết bị này", "Check the date on the card and this device's date"]
        }
        _ => ["Hãy kiểm tra thẻ", "Check the card"],
    };
    format!(
        "Thẻ căn cước có trường “{vi_name}” không đúng: cần {vi_rule}. {vi_do} / \
         A citizen card whose field “{en_name}” is not right: it must be {en_rule}. {en_do}"
    )
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

fn wrong_code(why: CardError) -> String {
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
    format!("Mã QR này không phải của thẻ căn cước: {vi} / This QR code is not a citizen card's: {en}")
}

#[cfg(test)]
mod tests {
    use citizen_card::CalendarDate;

    use super::*;

    fn halves(text: &str) -> (&str, &str) {
        text.split_once(" / ").unwrap_or_else(|| panic!("one language only: {text}"))
    }

    #[test]
    fn a_wrong_field_is_named_with_what_was_expected_in_both_languages() {
        let problem = FieldError { field: CardField::Sex, expected: Expected::NamOrNu };
        let text = hint(&ScanHint::WrongField { problem });
        let (vietnamese, english) = halves(&text);
        assert!(vietnamese.contains("“Giới tính”") && vietnamese.contains("“Nam” hoặc “Nữ”"), "{vietnamese}");
        assert!(english.contains("“Sex”") && english.contains("“Nam” (male) or “Nữ” (female)"), "{english}");
    }

    #[test]
    fn a_date_to_come_asks_to_check_the_device_too() {
        let day = CalendarDate::new(2026, 11, 22).unwrap();
        let problem = FieldError { field: CardField::IssueDate, expected: Expected::NotAfter { day } };
        let text = hint(&ScanHint::WrongField { problem });
        let (vietnamese, english) = halves(&text);
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
            let text = hint(&ScanHint::WrongCode { why });
            assert!(halves(&text).0.contains(vietnamese) && halves(&text).1.contains(english), "{text}");
        }
    }
}
