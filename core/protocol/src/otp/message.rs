//! The messages that carry a code. Who reads one must see what it approves, from which phone, and that nobody asks for it.
//!
//! Vietnamese without its accents: a text message holds 160 characters of the GSM alphabet (3GPP TS 23.038), which has no accented
//! Vietnamese letters, and one such letter turns it into UCS-2 with 70; people here read it either way. So every body is two text
//! messages long, with names cut to fit.
//!
//! The last line is for the phone: Android (`SmsManager.createAppSpecificSmsToken`, API 26) hands a message to the app whose token
//! is in it, at any length; iOS offers the code of a last line `@host #code` to the app of that host. No body can carry both,
//! for iOS wants its line last and [`super::read`] wants the token there.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{OtpCode, Reference};
use crate::wire::{MessagePlatform, OtpContext, OtpPurpose};

/// What a message says.
#[derive(Debug, Clone, Copy)]
pub struct MessageText<'a> {
    /// What the code approves.
    pub purpose: OtpPurpose,
    /// The code.
    pub code: &'a OtpCode,
    /// As on the page that waits for it.
    pub reference: Reference,
    /// Who asked, as the phone says: untrusted, so only plain words of it are repeated.
    pub context: &'a OtpContext,
    /// How long the code lives.
    pub minutes: u8,
}

/// The token is not 11 characters of base64: with anything else in it, the asker could write into the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token is malformed")]
pub struct MalformedToken;

/// A message's body, for text message and email alike. `host` is the service's own, from its configuration.
///
/// # Errors
/// [`MalformedToken`] instead of a body that somebody else has written into.
pub fn body(text: &MessageText<'_>, platform: &MessagePlatform, host: &str) -> Result<String, MalformedToken> {
    let MessageText { purpose, code, reference, context, minutes } = text;
    let code = code.reveal();
    let (vietnamese, english) = purpose_words(*purpose);
    let asker = asker(context);
    let last = match platform {
        MessagePlatform::Android { token } if is_token(token) => token.clone(),
        MessagePlatform::Android { .. } => return Err(MalformedToken),
        MessagePlatform::Ios | MessagePlatform::Plain => format!("@{host} #{code}"),
    };
    Ok(format!(
        "{code} la ma {vietnamese}. Doi chieu {reference}.{asker} Han {minutes} phut. \
         Can bo, cong an, ngan hang khong bao gio hoi ma nay.\n\
         Code to {english}, ref {reference}, {minutes} min. No officer, police or bank will ever ask for this code.\n\
         {last}"
    ))
}

/// Whether this is what `createAppSpecificSmsToken` returns: 11 characters of base64 (8 bytes), of either alphabet.
#[must_use]
pub fn is_token(token: &str) -> bool {
    token.len() == 11 && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte))
}

fn purpose_words(purpose: OtpPurpose) -> (&'static str, &'static str) {
    match purpose {
        OtpPurpose::Register => ("dang ky dinh danh", "register"),
        OtpPurpose::SignIn => ("dang nhap tren may moi", "sign in on a new phone"),
        OtpPurpose::Recover => ("dat lai mat khau", "reset the password"),
        OtpPurpose::Rekey => ("thay khoa cua may", "replace the phone's keys"),
        OtpPurpose::Activate => ("kich hoat dinh danh", "activate the account"),
        OtpPurpose::Transfer => ("chuyen sang may moi", "move to a new phone"),
        OtpPurpose::RecoverDevice => ("khoi phuc tren may moi", "recover on a new phone"),
    }
}

/// Digits of what the asker says that are repeated, in all of it: too few for a number to call or for a code, however they are cut up
/// by signs and spaces.
const MAX_DIGITS: usize = 5;

/// ` May Galaxy A12, Ha Noi.`, or nothing.
fn asker(context: &OtpContext) -> String {
    let mut digits_left = MAX_DIGITS;
    let device = plain_words(&context.device, 20, &mut digits_left);
    let place = context.place.as_deref().map(|place| plain_words(place, 16, &mut digits_left)).unwrap_or_default();
    match (device, place) {
        (device, place) if device.is_empty() && place.is_empty() => String::new(),
        (device, place) if place.is_empty() => format!(" May {device}."),
        (device, place) if device.is_empty() => format!(" Tai {place}."),
        (device, place) => format!(" May {device}, {place}."),
    }
}

/// Letters without accents, spaces, `-`, `+`, parentheses, and digits while any are left; at most `limit` of them. No dots, so nothing
/// becomes a link.
fn plain_words(text: &str, limit: usize, digits_left: &mut usize) -> String {
    let letters = text.nfd().filter(|character| !is_combining_mark(*character)).map(|character| match character {
        'đ' => 'd',
        'Đ' => 'D',
        plain if plain.is_ascii_alphanumeric() || "-+()".contains(plain) => plain,
        _ => ' ',
    });
    let kept: String = letters
        .filter(|character| {
            let is_digit = character.is_ascii_digit();
            let is_kept = !is_digit || *digits_left > 0;
            *digits_left -= usize::from(is_digit && is_kept);
            is_kept
        })
        .collect();
    let words: String = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(limit).collect::<String>().trim_end().to_owned()
}
