//! What people are told about their selfie. Vietnamese first, English second.

use citizen_vision::{SelfieHint, WaysOn};

/// Short, with the next step.
pub(super) fn hint(hint: SelfieHint) -> [&'static str; 2] {
    match hint {
        SelfieHint::NoFace => ["Đưa khuôn mặt vào khung", "Bring your face into the oval"],
        SelfieHint::WipeLens => [
            "Không nhìn rõ: lau ống kính và bỏ ngón tay khỏi máy ảnh",
            "Nothing to be seen: wipe the lens, and take your finger off it",
        ],
        SelfieHint::OnlyYou => ["Chỉ một mình bạn trong ảnh", "Be alone in the picture"],
        SelfieHint::TooDark => ["Quá tối: quay mặt về phía có ánh sáng", "Too dark: turn towards a window or a lamp"],
        SelfieHint::TooBright => {
            ["Quá sáng: tránh ánh sáng chiếu thẳng vào mặt", "Too bright: turn away from the light"]
        }
        SelfieHint::Backlit => {
            ["Ngược sáng: quay lại để ánh sáng ở phía trước bạn", "The light is behind you: turn round to face it"]
        }
        SelfieHint::ComeCloser => ["Đưa máy lại gần hơn", "Come closer"],
        SelfieHint::MoveBack => ["Đưa máy ra xa hơn", "Move back a little"],
        SelfieHint::Centre => ["Đưa khuôn mặt vào giữa khung", "Bring your face to the middle of the oval"],
        SelfieHint::Straighten => ["Giữ đầu thẳng", "Hold your head upright"],
        SelfieHint::LookStraight => ["Nhìn thẳng vào máy ảnh", "Look straight into the camera"],
        SelfieHint::HoldStill => {
            ["Ảnh bị mờ: giữ yên máy, lau ống kính", "Blurred: hold the phone still, and wipe the lens"]
        }
        SelfieHint::Glare => ["Có vệt loá trên mặt: xoay nhẹ sang bên", "A lamp shines on your face: turn a little"],
        SelfieHint::RemoveSunglasses => ["Bỏ kính râm", "Take your sunglasses off"],
        SelfieHint::Uncover => {
            ["Để lộ mũi và miệng: bỏ khẩu trang, khăn, tay", "Uncover nose and mouth: no mask, scarf or hand"]
        }
        SelfieHint::RemoveGlasses => ["Bỏ kính", "Take your glasses off"],
        SelfieHint::OpenEyes => ["Mở mắt", "Open your eyes"],
        SelfieHint::EvenLight => {
            ["Một bên mặt bị tối: quay về phía ánh sáng", "Half your face is in shade: turn to the light"]
        }
        SelfieHint::NaturalLight => ["Ánh sáng có màu: thử đèn khác", "The light is coloured: try another lamp"],
        SelfieHint::Good => ["Tốt, giữ nguyên", "Good, hold on"],
    }
}

/// What else the user may do, where there is anything.
pub(super) fn ways_on(ways: WaysOn) -> Option<String> {
    let all = [
        (ways.screen_light, ["bật sáng màn hình", "light your face with the screen"]),
        (ways.shutter, ["tự bấm chụp", "take the picture yourself"]),
        (ways.relax, ["nới yêu cầu", "ask for less"]),
        (ways.elsewhere, ["dùng máy khác hoặc đến trực tiếp", "use another phone, or come in person"]),
    ];
    let offered = |language: usize| {
        let words: Vec<_> =
            all.iter().filter(|(is_offered, _)| *is_offered).map(|(_, words)| words[language]).collect();
        words.join(", ")
    };
    (ways != WaysOn::default()).then(|| format!("Có thể: {} / You may: {}", offered(0), offered(1)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_hint_has_both_languages_and_no_two_are_alike() {
        let mut seen = HashSet::new();
        for [vietnamese, english] in SelfieHint::all().map(hint) {
            assert!(!vietnamese.is_ascii() && english.is_ascii(), "{vietnamese}");
            assert!(seen.insert(vietnamese) && seen.insert(english), "{english}");
        }
    }

    #[test]
    fn only_what_is_offered_is_said() {
        assert_eq!(ways_on(WaysOn::default()), None);
        let text = ways_on(WaysOn { shutter: true, ..WaysOn::default() }).unwrap();
        assert_eq!(text, "Có thể: tự bấm chụp / You may: take the picture yourself");
    }
}
