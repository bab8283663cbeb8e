//! Reading codes, by table and by property; the messages that carry them; what the service says of them.

use citizen_protocol::otp::challenge::{BadChallenge, MAX_LIFE_S, MAX_WAIT_S, checked};
use citizen_protocol::otp::message::{MalformedToken, MessageText, body};
use citizen_protocol::otp::read::{Expected, MAX_TEXT_BYTES, ReadError, app_specific, message, pasted, typed};
use citizen_protocol::otp::{Digits, OtpCode, Reference};
use citizen_protocol::wire::{Id, MessagePlatform, OtpChallenge, OtpChannel, OtpContext, OtpPurpose, UnixTime};
use proptest::prelude::*;

const HOST: &str = "eid.example.vn";
const PURPOSES: [OtpPurpose; 7] = [
    OtpPurpose::Register,
    OtpPurpose::SignIn,
    OtpPurpose::Recover,
    OtpPurpose::Rekey,
    OtpPurpose::Activate,
    OtpPurpose::Transfer,
    OtpPurpose::RecoverDevice,
];
const TOKEN: &str = "q-4Fz_0aB7c";
const EXPECTED: Expected<'_> = Expected { host: HOST, token: Some(TOKEN), digits: Digits::SIX };
/// 2026-11-22 00:00:00 UTC.
const NOW: UnixTime = UnixTime(1_795_305_600);

fn said(result: &Result<OtpCode, ReadError>) -> Result<&str, ReadError> {
    result.as_ref().map(OtpCode::reveal).map_err(|error| *error)
}

fn length(given: usize) -> ReadError {
    ReadError::Length { given, wanted: 6 }
}

#[test]
fn typed_codes() {
    let table = [
        ("012345", Ok("012345")),
        (" 012 345\n", Ok("012345")),
        ("012-345", Ok("012345")),
        ("012\u{2011}345", Ok("012345")),
        ("012\u{2013}345", Ok("012345")),
        ("012\u{a0}345", Ok("012345")),
        ("\u{feff}01\u{200b}23\u{200e}45", Ok("012345")),
        ("０１２３４５", Ok("012345")),
        ("٠١٢٣٤٥", Ok("012345")),
        ("۰۱۲۳۴۵", Ok("012345")),
        ("0１٢۳45", Ok("012345")),
        ("", Err(ReadError::Empty)),
        (" - ", Err(ReadError::Empty)),
        ("01234", Err(length(5))),
        ("0123456", Err(length(7))),
        ("01234a", Err(ReadError::NotDigits)),
        ("O12345", Err(ReadError::NotDigits)),
        ("012.345", Err(ReadError::NotDigits)),
        ("012\n345", Err(ReadError::NotDigits)),
        ("#012345", Err(ReadError::NotDigits)),
        // Digits of scripts that no keyboard here writes, a superscript, and one that turns the order around.
        ("०१२३४५", Err(ReadError::NotDigits)),
        ("01234⁵", Err(ReadError::NotDigits)),
        ("\u{202e}543210", Err(ReadError::NotDigits)),
    ];
    for (text, wanted) in table {
        assert_eq!(said(&typed(text, Digits::SIX)), wanted, "{text:?}");
    }
}

#[test]
fn a_code_is_as_long_as_its_challenge_says() {
    let eight = Digits::new(8).unwrap();
    assert_eq!(said(&typed("0123 4567", eight)), Ok("01234567"));
    assert_eq!(typed("012345", eight), Err(ReadError::Length { given: 6, wanted: 8 }));
    assert_eq!([5, 11].map(Digits::new), [None, None]);
}

#[test]
fn origin_bound_messages() {
    let table = [
        ("Your code\n\n@eid.example.vn #012345", Ok("012345")),
        ("@eid.example.vn #012345", Ok("012345")),
        ("text\r\n@eid.example.vn #012345\r\n\r\n", Ok("012345")),
        ("999999\n@eid.example.vn #012345", Ok("012345")),
        ("@eid.example.vn #012345 %eid.example.vn", Ok("012345")),
        ("@eid.example.vn #012345 %pay.example.vn", Err(ReadError::OtherHost)),
        ("@evil.example #012345", Err(ReadError::OtherHost)),
        ("@eid.example.vn.evil.example #012345", Err(ReadError::OtherHost)),
        ("@x.eid.example.vn #012345", Err(ReadError::OtherHost)),
        ("@example.vn #012345", Err(ReadError::OtherHost)),
        ("@EID.example.vn #012345", Err(ReadError::OtherHost)),
        ("@eid.example.vn: #012345", Err(ReadError::OtherHost)),
        // Cyrillic е.
        ("@\u{435}id.example.vn #012345", Err(ReadError::OtherHost)),
        ("@eid.example.vn #012345\nand then more", Err(ReadError::NoCode)),
        ("see @eid.example.vn #012345", Err(ReadError::NoCode)),
        ("@eid.example.vn 012345", Err(ReadError::NoCode)),
        ("@eid.example.vn  #012345", Err(ReadError::NoCode)),
        ("@eid.example.vn #012345 eid.example.vn", Err(ReadError::NoCode)),
        ("@ #012345", Err(ReadError::NoCode)),
        ("@eid.example.vn #12345", Err(length(5))),
        ("@eid.example.vn #01234x", Err(ReadError::NotDigits)),
        ("@eid.example.vn #", Err(ReadError::Empty)),
        ("012345", Err(ReadError::NoCode)),
        ("\n \n", Err(ReadError::Empty)),
    ];
    for (text, wanted) in table {
        assert_eq!(said(&message(text, HOST, Digits::SIX)), wanted, "{text:?}");
    }
}

#[test]
fn messages_for_the_app_alone() {
    let table = [
        ("012345 la ma dang nhap. Han 3 phut.", Ok("012345")),
        ("Ma: 012345.", Ok("012345")),
        ("Code (012345), good for 3 min", Ok("012345")),
        ("Code (012345), 3 min", Err(ReadError::Ambiguous)),
        ("Galaxy A12, SM-A125F: \"012345\"", Ok("012345")),
        ("012345 or 543210", Err(ReadError::Ambiguous)),
        ("012345 and again 012345", Err(ReadError::Ambiguous)),
        ("012345 789", Err(ReadError::Ambiguous)),
        ("789 012345", Err(ReadError::Ambiguous)),
        ("012345 call 0901234567", Err(ReadError::Ambiguous)),
        ("A012345", Err(ReadError::Ambiguous)),
        ("0.012345", Err(ReadError::Ambiguous)),
        ("12-012345", Err(ReadError::Ambiguous)),
        ("012 345", Err(ReadError::NoCode)),
        ("no code", Err(ReadError::NoCode)),
        ("", Err(ReadError::NoCode)),
        ("01234567", Err(length(8))),
    ];
    for (text, wanted) in table {
        assert_eq!(said(&app_specific(&format!("{text}\n{TOKEN}\n"), TOKEN, Digits::SIX)), wanted, "{text:?}");
    }
    assert_eq!(app_specific("012345\nq-4Fz_0aB7d", TOKEN, Digits::SIX), Err(ReadError::NoCode), "another's token");
    assert_eq!(app_specific("012345\nq-4Fz_0aB7c x", TOKEN, Digits::SIX), Err(ReadError::NoCode), "not the last");
    assert_eq!(app_specific("012345\n.", ".", Digits::SIX), Err(ReadError::NoCode), "no token at all");
}

#[test]
fn pasted_text() {
    let token = format!("012345 la ma\n{TOKEN}");
    let table = [
        ("012 345", Ok("012345")),
        ("01234", Err(length(5))),
        ("Code\n@eid.example.vn #012345", Ok("012345")),
        ("Code 543210\n@evil.example #012345", Err(ReadError::OtherHost)),
        (token.as_str(), Ok("012345")),
        // A single number in anybody's message is not taken for ours.
        ("Your code is 012345", Err(ReadError::NoCode)),
        ("012345\n543210", Err(ReadError::NoCode)),
        ("Code 012345\nq-4Fz_0aB7d", Err(ReadError::NoCode)),
    ];
    for (text, wanted) in table {
        assert_eq!(said(&pasted(text, &EXPECTED)), wanted, "{text:?}");
    }
    let without_token = Expected { token: None, ..EXPECTED };
    assert_eq!(pasted(&token, &without_token), Err(ReadError::NoCode));
}

#[test]
fn long_text_is_not_looked_at() {
    let text = "1".repeat(MAX_TEXT_BYTES + 1);
    let long = Err(ReadError::TooLong);
    assert_eq!(typed(&text, Digits::SIX), long);
    assert_eq!(pasted(&text, &EXPECTED), long);
    assert_eq!(message(&text, HOST, Digits::SIX), long);
    assert_eq!(app_specific(&text, TOKEN, Digits::SIX), long);
}

#[test]
fn a_code_does_not_show_in_debug() {
    assert!(!format!("{:?}", typed("012345", Digits::SIX)).contains("012345"));
}

fn context(device: &str, place: Option<&str>) -> OtpContext {
    OtpContext { device: device.into(), place: place.map(Into::into) }
}

fn written(context: &OtpContext, platform: &MessagePlatform) -> String {
    written_for(OtpPurpose::SignIn, context, platform, 3)
}

fn written_for(purpose: OtpPurpose, context: &OtpContext, platform: &MessagePlatform, minutes: u8) -> String {
    let code = typed("012345", Digits::SIX).unwrap();
    let reference = Reference::parse("KT").unwrap();
    let text = MessageText { purpose, code: &code, reference, context, minutes };
    body(&text, platform, HOST).unwrap()
}

fn android() -> MessagePlatform {
    MessagePlatform::Android { token: TOKEN.into() }
}

#[test]
fn a_message_says_what_it_approves_and_that_nobody_asks_for_it() {
    let asker = context("Galaxy A12", Some("Hà Nội"));
    assert_eq!(
        written(&asker, &MessagePlatform::Ios),
        "012345 la ma dang nhap tren may moi. Doi chieu KT. May Galaxy A12, Ha Noi. Han 3 phut. \
         Can bo, cong an, ngan hang khong bao gio hoi ma nay.\n\
         Code to sign in on a new phone, ref KT, 3 min. No officer, police or bank will ever ask for this code.\n\
         @eid.example.vn #012345"
    );
    assert!(written(&asker, &android()).ends_with("\nq-4Fz_0aB7c"));
    assert_eq!(written(&asker, &MessagePlatform::Plain), written(&asker, &MessagePlatform::Ios));
}

#[test]
fn what_the_asker_calls_itself_can_not_write_the_message() {
    let scam = context("Police\n0901234567 http://evil.example", Some("@evil.example #999999"));
    let first_line = written(&scam, &MessagePlatform::Ios).lines().next().unwrap().to_owned();
    assert!(first_line.contains("May Police 09012 http ev, evil example."), "{first_line}");
    assert!(
        !first_line.contains("evil.") && !first_line.contains('@') && !first_line.contains("999999"),
        "{first_line}"
    );
    assert!(!written(&context("", None), &MessagePlatform::Ios).contains("May "));
}

/// A message of the service itself must not tell whom to call. 1900 0368 and 0912 345 678 are what such a number looks like here.
#[test]
fn no_number_to_call_gets_into_a_message_however_it_is_cut_up() {
    let askers = [
        context("Goi 0912-345-678", None),
        context("Goi (0912) 345 678", None),
        context("+84 9 1 2 3 4 5 6 7 8", None),
        context("0-9-1-2-3-4-5-6-7-8", Some("0.9.1.2.3.4.5.6.7.8")),
        context("Goi 19000", Some("368 Ha Noi")),
        context("", Some("Goi 1900.0368")),
        context("0\u{301}9\u{301}1\u{301}2\u{301}345678", None),
    ];
    for asker in askers {
        let text = written(&asker, &MessagePlatform::Ios);
        let (before, after) = (text.find("Doi chieu KT.").unwrap(), text.find(" Han 3 phut.").unwrap());
        let digits = text[before..after].chars().filter(char::is_ascii_digit).count();
        assert!(digits <= 5, "{text}");
    }
    let phone = context("Galaxy A12 5G", Some("Q1, TP HCM"));
    assert!(written(&phone, &MessagePlatform::Ios).contains("May Galaxy A12 5G, Q1 TP HCM."));
}

#[test]
fn a_token_that_is_none_writes_no_message() {
    let (code, context) = (typed("012345", Digits::SIX).unwrap(), context("Galaxy A12", None));
    let reference = Reference::parse("KT").unwrap();
    let text = MessageText { purpose: OtpPurpose::Register, code: &code, reference, context: &context, minutes: 3 };
    for token in ["", "q-4Fz_0aB7", "q-4Fz_0aB7cc", "q-4Fz 0aB7c", "@evil #9999", "q-4Fz\n0aB7c"] {
        let platform = MessagePlatform::Android { token: token.into() };
        assert_eq!(body(&text, &platform, HOST), Err(MalformedToken), "{token:?}");
    }
}

/// Two text messages of the GSM alphabet: 153 characters each (3GPP TS 23.040, 9.2.3.24.1).
#[test]
fn the_longest_message_fits_two_text_messages() {
    let asker = context(&"W".repeat(64), Some(&"W".repeat(64)));
    for purpose in PURPOSES {
        let longest = written_for(purpose, &asker, &MessagePlatform::Ios, 10).chars().count() - HOST.len();
        assert!(longest + 32 <= 2 * 153, "{longest} characters and a host of 32");
    }
}

#[test]
fn a_reference_is_two_letters() {
    assert_eq!(Reference::parse("KT").map(|letters| letters.to_string()).as_deref(), Some("KT"));
    for text in ["", "K", "KTT", "kt", "K1", "ĐK", "K "] {
        assert_eq!(Reference::parse(text), None, "{text:?}");
    }
}

fn challenge() -> OtpChallenge {
    OtpChallenge {
        id: Id([7; 16]),
        purpose: OtpPurpose::SignIn,
        channel: OtpChannel::Sms,
        masked_address: "+84 ••• ••• 123".into(),
        digits: 6,
        expires_at: NOW.plus(180),
        resend_at: NOW.plus(60),
        attempts_left: 5,
        locked_until: None,
        reference: "KT".into(),
        context: context("Galaxy A12", Some("Hà Nội")),
    }
}

#[test]
fn a_challenge_of_the_contract_is_taken() {
    let taken = checked(challenge(), NOW).unwrap();
    assert_eq!((taken.digits(), taken.reference().to_string()), (Digits::SIX, "KT".into()));
    assert_eq!(taken.said(), &challenge());
}

#[test]
fn a_challenge_outside_the_contract_is_refused_by_name() {
    type Change = fn(&mut OtpChallenge);
    let table: [(Change, BadChallenge); 15] = [
        (|it| it.digits = 5, BadChallenge::Digits),
        (|it| it.digits = 11, BadChallenge::Digits),
        (|it| it.reference = "K".into(), BadChallenge::Reference),
        (|it| it.masked_address = " ".into(), BadChallenge::Address),
        (|it| it.masked_address = "•".repeat(65), BadChallenge::Address),
        (|it| it.masked_address = "+84\n123".into(), BadChallenge::Address),
        (|it| it.masked_address = "\u{202e}321".into(), BadChallenge::Address),
        (|it| it.context.device = "W".repeat(65), BadChallenge::Context),
        (|it| it.context.place = Some("\u{0}".into()), BadChallenge::Context),
        (|it| it.expires_at = UnixTime(0), BadChallenge::Times),
        (|it| it.expires_at = UnixTime(NOW.0 - 300), BadChallenge::Times),
        (|it| it.expires_at = NOW.plus(MAX_LIFE_S + 301), BadChallenge::Times),
        (|it| it.expires_at = UnixTime(u64::MAX), BadChallenge::Times),
        (|it| it.resend_at = NOW.plus(MAX_WAIT_S + 301), BadChallenge::Times),
        (|it| it.locked_until = Some(NOW.plus(MAX_WAIT_S + 301)), BadChallenge::Times),
    ];
    for (number, (change, wanted)) in table.into_iter().enumerate() {
        let mut said = challenge();
        change(&mut said);
        assert_eq!(checked(said, NOW), Err(wanted), "line {number}");
    }
}

fn any_purpose() -> impl Strategy<Value = OtpPurpose> {
    prop::sample::select(&PURPOSES[..])
}

fn any_platform() -> impl Strategy<Value = MessagePlatform> {
    prop_oneof![
        "[A-Za-z0-9_+/-]{11}|[0-9]{11}".prop_map(|token| MessagePlatform::Android { token }),
        Just(MessagePlatform::Ios),
        Just(MessagePlatform::Plain),
    ]
}

/// A name that tries to look like part of the message, or anything at all.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9 .#@%A-Za-z\n-]{0,64}", any::<String>(), "[0-9０-９]{0,64}"]
}

proptest! {
    #[test]
    fn every_message_reads_back(
        number in "[0-9]{6,10}",
        purpose in any_purpose(),
        platform in any_platform(),
        reference in any::<[u8; 2]>(),
        device in any_name(),
        place in prop::option::of(any_name()),
        minutes in any::<u8>(),
    ) {
        let digits = Digits::new(number.len() as u8).unwrap();
        let code = typed(&number, digits).unwrap();
        let context = OtpContext { device, place };
        let reference = Reference::from_random(reference);
        let text = MessageText { purpose, code: &code, reference, context: &context, minutes };
        let body = body(&text, &platform, HOST).unwrap();
        let token = match &platform {
            MessagePlatform::Android { token } => Some(token.as_str()),
            _ => None,
        };
        let read = token.map_or_else(|| message(&body, HOST, digits), |token| app_specific(&body, token, digits));
        prop_assert_eq!(read.as_ref(), Ok(&code), "{}", body);
        let pasted = pasted(&body, &Expected { host: HOST, token, digits });
        prop_assert_eq!(pasted.as_ref(), Ok(&code), "{}", body);
        prop_assert!(body.contains(&format!(" {reference}")), "{}", body);
        // ASCII but for these takes one place each in the GSM alphabet.
        let is_gsm = |character: char| (' '..='~').contains(&character) && !"[\\]^`{|}~".contains(character);
        prop_assert!(body.chars().all(|character| character == '\n' || is_gsm(character)), "{}", body);
    }

    #[test]
    fn any_text_is_one_whole_code_or_an_error(text in any_name(), last in "(@eid.example.vn #)?[0-9 ]{0,8}|q-4Fz_0aB7c") {
        let both = format!("{text}\n{last}");
        for text in [&text, &both] {
            for read in [typed(text, Digits::SIX), pasted(text, &EXPECTED), message(text, HOST, Digits::SIX)] {
                let is_whole = |code: &OtpCode| code.reveal().len() == 6 && code.reveal().bytes().all(|byte| byte.is_ascii_digit());
                prop_assert!(read.as_ref().map_or(true, is_whole));
            }
        }
    }
}
