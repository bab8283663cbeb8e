//! What to change, short and with the next step.

use citizen_vision::{ScanHint, Suggestions};

use super::Both;
use super::refusal::{wrong_code, wrong_field};
use crate::scan::found::Advice;

/// To be read out on the spot: where typing by hand is offered, that too.
pub(in crate::scan) fn advice(Advice { hint, suggestions }: &Advice) -> String {
    let [vi, en] = words(hint);
    // Its own words offer that already.
    if !suggestions.type_by_hand || *hint == ScanHint::Damaged {
        return [vi, en].join(" / ");
    }
    format!("{vi}. Hoặc nhập thông tin thẻ bằng tay / {en}. Or type the card's details by hand")
}

/// What a shell may do by itself, where there is anything.
pub(in crate::scan) fn shell(advice: &Advice) -> Option<String> {
    let Suggestions { zoom, focus, torch, .. } = advice.suggestions;
    let zoom = zoom.map(|factor| {
        let factor = format!("{factor:.1}");
        [format!("phóng to {} lần", factor.replace('.', ",")), format!("zoom in {factor} times")]
    });
    let focus = focus.map(|at| {
        let at = format!("({:.0}, {:.0})", at.x, at.y);
        [format!("lấy nét tại {at}"), format!("focus at {at}")]
    });
    let torch = torch.then(|| ["bật đèn pin", "switch the torch on"].map(String::from));
    let all: Vec<Both<String>> = [zoom, focus, torch].into_iter().flatten().collect();
    let [vi, en] =
        [0, 1].map(|language| all.iter().map(|words| words[language].as_str()).collect::<Vec<_>>().join(", "));
    (!all.is_empty()).then(|| format!("Ứng dụng có thể tự {vi} / The app may {en} by itself"))
}

fn words(hint: &ScanHint) -> Both<String> {
    let words = match hint {
        ScanHint::NothingFound => [
            "Không thấy mã QR: hướng máy ảnh vào mã trên thẻ",
            "No QR code in view: point the camera at the card's code",
        ],
        ScanHint::TooDark => ["Quá tối: bật đèn", "Too dark: switch on a light"],
        ScanHint::ComeCloser => ["Đưa thẻ lại gần hơn", "Bring the card closer"],
        ScanHint::MoveBack => ["Đưa thẻ ra xa hơn", "Move the card further away"],
        ScanHint::HoldStill => ["Giữ yên thẻ", "Hold the card still"],
        ScanHint::Focus => [
            "Mã bị mờ: chạm vào mã để lấy nét, hoặc lau ống kính",
            "The code is blurred: tap it to focus, or wipe the lens",
        ],
        ScanHint::Glare => {
            ["Mã bị loá: nghiêng thẻ cho đến khi hết loá", "Glare on the code: tilt the card until it is gone"]
        }
        ScanHint::Tilted => {
            ["Thẻ bị nghiêng: giữ thẻ song song với máy", "The card is tilted: hold it parallel to the phone"]
        }
        ScanHint::CutOff => ["Mã bị khuất: đưa cả mã QR vào khung", "The code is cut off: bring all of it into view"],
        ScanHint::Damaged => [
            "Mã bị xước hoặc cong: lau và giữ thẻ phẳng, hoặc nhập thông tin thẻ bằng tay",
            "The code is scratched or bent: wipe the card and hold it flat, or type its details by hand",
        ],
        ScanHint::WrongField { problem } => return wrong_field(*problem),
        ScanHint::WrongCode { why } => return wrong_code(*why),
        ScanHint::OtherCode => [
            "Đây là mã khác: quét mã trên màn hình của điện thoại kia",
            "This is another code: scan the one on the other phone's screen",
        ],
    };
    words.map(String::from)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use citizen_card::{CardError, CardField, Expected, FieldError};
    use citizen_vision::Point;

    use super::*;

    fn hints() -> Vec<ScanHint> {
        use ScanHint::*;
        let problem = FieldError { field: CardField::Sex, expected: Expected::NamOrNu };
        let refusals = [WrongCode { why: CardError::NotText }, WrongField { problem }];
        let plain =
            [NothingFound, TooDark, ComeCloser, MoveBack, HoldStill, Focus, Glare, Tilted, CutOff, Damaged, OtherCode];
        plain.into_iter().chain(refusals).collect()
    }

    fn told(hint: ScanHint, suggestions: Suggestions) -> String {
        advice(&Advice { hint, suggestions })
    }

    #[test]
    fn every_hint_has_both_languages_and_no_two_are_alike() {
        let mut seen = HashSet::new();
        for hint in hints() {
            let text = told(hint.clone(), Suggestions::default());
            let (vietnamese, english) = text.split_once(" / ").unwrap_or_else(|| panic!("one language only: {text}"));
            assert!(!vietnamese.is_ascii() && english.is_ascii() | english.contains('“'), "{text}");
            assert!(seen.insert(vietnamese.to_owned()) && seen.insert(english.to_owned()), "{text}");
        }
        assert_eq!(seen.len(), 2 * hints().iter().map(ScanHint::id).collect::<HashSet<_>>().len());
    }

    #[test]
    fn typing_by_hand_is_offered_once_and_in_both_languages() {
        for hint in hints() {
            let text = told(hint.clone(), Suggestions { type_by_hand: true, ..Suggestions::default() });
            assert_eq!((text.matches("bằng tay").count(), text.matches("by hand").count()), (1, 1), "{text}");
        }
    }

    #[test]
    fn what_the_app_may_do_is_told_in_both_languages() {
        let suggestions =
            Suggestions { zoom: Some(2.14), focus: Some(Point { x: 7.4, y: 9.0 }), ..Suggestions::default() };
        let text = shell(&Advice { hint: ScanHint::ComeCloser, suggestions }).unwrap();
        let expected = "Ứng dụng có thể tự phóng to 2,1 lần, lấy nét tại (7, 9) / The app may zoom in 2.1 times, focus at (7, 9) by itself";
        assert_eq!(text, expected);
        assert_eq!(shell(&Advice { hint: ScanHint::Glare, suggestions: Suggestions::default() }), None);
    }
}
