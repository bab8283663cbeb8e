//! What people read: hints, findings, places and the card's labels. Vietnamese first, English second.

mod hint;
mod refusal;

use citizen_card::{CardField, Finding, Place};

pub(super) use hint::{advice, shell};

/// The same in Vietnamese and in English; shown with a slash between.
type Both<T> = [T; 2];

/// Before the colours of an overlay, and what they mean.
pub(super) const MODULES: &str = "Ô của mã / Modules:";
pub(super) const UNSURE: &str = "không rõ / unsure";
pub(super) const FAIR: &str = "tạm rõ / fair";
pub(super) const SURE: &str = "rõ / sure";

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
