//! Any text is one whole code or a typed error, and any asker's message reads back.

#![no_main]

use arbitrary::Arbitrary;
use citizen_protocol::otp::message::{MessageText, body};
use citizen_protocol::otp::read::{Expected, app_specific, message, pasted, typed};
use citizen_protocol::otp::{Digits, Reference};
use citizen_protocol::password;
use citizen_protocol::wire::{MessagePlatform, OtpContext, OtpPurpose, Secret};
use libfuzzer_sys::fuzz_target;

#[derive(Debug, Arbitrary)]
struct Input {
    text: String,
    device: String,
    place: Option<String>,
    token: Option<String>,
    reference: [u8; 2],
    minutes: u8,
    code: u32,
}

const HOST: &str = "eid.example.vn";
const DIGITS: Digits = Digits::SIX;

fuzz_target!(|input: Input| {
    let Input { text, device, place, token, reference, minutes, code } = input;
    let app = token.as_deref().unwrap_or("q-4Fz_0aB7c");
    let expected = Expected { host: HOST, token: Some(app), digits: DIGITS };
    let reads = [
        typed(&text, DIGITS),
        pasted(&text, &expected),
        message(&text, HOST, DIGITS),
        app_specific(&text, app, DIGITS),
        app_specific(&format!("{text}\n{app}"), app, DIGITS),
        message(&format!("{text}\n@{HOST} #{text}"), HOST, DIGITS),
    ];
    for code in reads.iter().flatten() {
        assert!(code.reveal().len() == 6 && code.reveal().bytes().all(|byte| byte.is_ascii_digit()));
    }
    let _ = password::check(&text, &[Secret::new(device.clone())]);

    let code = typed(&format!("{:06}", code % 1_000_000), DIGITS).expect("six digits");
    let context = OtpContext { device, place };
    let reference = Reference::from_random(reference);
    let text = MessageText { purpose: OtpPurpose::SignIn, code: &code, reference, context: &context, minutes };
    let platform = token.clone().map_or(MessagePlatform::Ios, |token| MessagePlatform::Android { token });
    if let Ok(body) = body(&text, &platform, HOST) {
        let expected = Expected { host: HOST, token: token.as_deref(), digits: DIGITS };
        assert_eq!(pasted(&body, &expected).as_ref(), Ok(&code), "{body}");
    }
});
