//! Which passwords pass, by table and by property.

use citizen_protocol::password::{MAX_CHARS, MIN_CHARS, Weakness, check, normalised};
use citizen_protocol::wire::Secret;
use proptest::prelude::*;

const SHORT: Weakness = Weakness::TooShort { min: MIN_CHARS };
const LONG: Weakness = Weakness::TooLong { max: MAX_CHARS };

/// An invented citizen.
fn personal() -> Vec<Secret> {
    [
        "Nguyễn Thị Mẫu Đơn",
        "079190730518",
        "1990-06-05",
        "Số 1, Phường Ví Dụ, Tỉnh Mẫu",
        "+84907316482",
        "maudon@example.vn",
    ]
    .map(|text| Secret::new(text.into()))
    .into()
}

fn reasons(password: &str) -> Vec<Weakness> {
    check(password, &personal()).err().unwrap_or_default()
}

#[test]
fn long_enough_and_not_known_is_all_it_takes() {
    for password in [
        "thuyen ve ben",
        "con cò bay lả bay la",
        "wq8#Lm2x",
        "        x1 y2 z",
        "Пароль-которого-нет",
        "海上生明月天涯共",
        "🦆🐃🎋🌾🛶🥭🪷🏮",
        // Personal words in a sentence that is long without them.
        "cô Mẫu trồng hoa nhài trước sân",
    ] {
        assert_eq!(reasons(password), [], "{password}");
    }
}

#[test]
fn characters_are_counted_not_bytes() {
    assert_eq!(reasons("đêm yên"), [SHORT]);
    assert_eq!(reasons("đêm yên ả"), []);
    // Seven letters that some phones send as eleven code points.
    assert_eq!(reasons("de\u{302}\u{301}n yê\u{301}\u{323}"), [SHORT]);
}

#[test]
fn lengths_at_the_limits() {
    let sentence = |chars: usize| "mưa rơi ngoài hiên ".chars().cycle().take(chars).collect::<String>();
    assert_eq!(reasons(&sentence(64)), [], "SP 800-63B-4, 3.1.1.2: at least 64");
    assert_eq!(reasons(&sentence(MAX_CHARS)), []);
    assert_eq!(reasons(&sentence(MAX_CHARS + 1)), [LONG]);
    assert_eq!(reasons(&"x".repeat(1 << 20)), [LONG]);
    assert!(reasons("").contains(&SHORT));
}

#[test]
fn what_everybody_tries_first_is_common() {
    for password in [
        "password",
        "PassWord",
        "p@ssw0rd",
        "ｐａｓｓｗｏｒｄ",
        "password2024!!",
        "qwertyuiop",
        "iloveyou1",
        "anhyeuem",
        "Anh Yêu Em".replace(' ', "").as_str(),
        "vietnam1975",
        "hoàngminh",
        "a5201314",
        "68686868",
        "123456789a",
        "1q2w3e4r5t",
    ] {
        assert!(reasons(password).contains(&Weakness::Common), "{password}");
    }
    assert_eq!(reasons("password of the lighthouse"), [], "a word in a sentence is no password");
}

#[test]
fn what_strangers_know_of_the_holder_is_personal() {
    for password in [
        "nguyenthimaudon",
        "NguyễnThịMẫuĐơn",
        "maudon1990",
        "Mau.Don@1990",
        "079190730518",
        "079-190-730-518",
        "730518maudon",
        "05061990",
        "5.6.1990",
        "19900605!",
        "mau050690",
        "0907316482",
        "907316482xyz",
        "+84907316482",
        "vneid-cccd-1",
        "CanCuoc@2024",
        "phuong vi du",
    ] {
        assert!(reasons(password).contains(&Weakness::Personal), "{password}");
    }
    assert_eq!(check("nguyenthimaudon", &[]), Ok(()), "of nobody it is a name like any other");
}

#[test]
fn rows_and_repetitions_are_repetitive() {
    for password in
        ["aaaaaaaa", "12345678", "98765432", "abcdefgh", "HGFEDCBA", "abcabcabc", "xyxyxyxyx", "zzzzzzzz1", "aaaa1234"]
    {
        assert!(reasons(password).contains(&Weakness::Repetitive), "{password}");
    }
    for password in ["banana boat x", "aaa bèo dạt", "mississippi r"] {
        assert_eq!(reasons(password), [], "{password}");
    }
}

#[test]
fn control_characters_are_refused_and_every_reason_is_said() {
    assert_eq!(reasons("con cò\tbay lả"), [Weakness::ControlCharacter]);
    assert_eq!(reasons("con cò\nbay lả"), [Weakness::ControlCharacter]);
    assert_eq!(reasons("aaaa\t"), [SHORT, Weakness::Repetitive, Weakness::ControlCharacter]);
    assert_eq!(reasons("1990"), [SHORT, Weakness::Personal]);
    assert_eq!(reasons("12345678"), [Weakness::Common, Weakness::Repetitive]);
}

#[test]
fn one_password_has_one_form_however_a_phone_encodes_it() {
    let composed = normalised("Mật khẩu");
    assert!(composed == normalised("Ma\u{302}\u{323}t kha\u{302}\u{309}u"));
    assert_eq!(composed.reveal(), "M\u{1ead}t kh\u{1ea9}u");
    assert_ne!(normalised("ﬁ").reveal(), "fi", "NFC keeps what NFKC would make equal");
}

proptest! {
    #[test]
    fn any_password_gets_an_answer_and_its_form_does_not_matter(
        password in prop_oneof![any::<String>(), "\\PC{0,300}", "[0-9 .aăâđê]{0,40}"],
        personal in prop::collection::vec(any::<String>(), 0..6),
    ) {
        let personal: Vec<Secret> = personal.into_iter().map(Secret::new).collect();
        let answer = check(&password, &personal);
        prop_assert_eq!(&answer, &check(normalised(&password).reveal(), &personal));
        let reasons = answer.err().unwrap_or_default();
        let length = normalised(&password).reveal().chars().count();
        prop_assert_eq!(reasons.contains(&SHORT), length < MIN_CHARS);
        prop_assert_eq!(reasons.contains(&LONG), length > MAX_CHARS);
    }

    #[test]
    fn more_personal_words_never_make_a_password_pass(password in "[a-z0-9 ]{0,24}", word in "[a-z0-9]{0,8}") {
        let without = check(&password, &[]).is_ok();
        let with = check(&password, &[Secret::new(word)]).is_ok();
        prop_assert!(without || !with);
    }
}
