//! Reads a code from what was typed, pasted or sent: one whole code, or an error. Never a part of one, and never a guess.

use zeroize::Zeroizing;

use super::fold::{Folded, fold};
use super::message::is_token;
use super::{Digits, OtpCode};

/// The longest text that is looked at, in bytes: an email's, with room to spare.
pub const MAX_TEXT_BYTES: usize = 16 << 10;

/// Why a text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No digit is in it.
    #[error("no digits")]
    Empty,
    /// Something that no code has.
    #[error("not only digits")]
    NotDigits,
    /// Fewer or more digits than the code has.
    #[error("{given} digits instead of {wanted}")]
    Length {
        /// Digits found.
        given: usize,
        /// Digits of the code.
        wanted: usize,
    },
    /// A message of another service, or meant for a page inside of ours.
    #[error("the code is for another host")]
    OtherHost,
    /// A text without a code for this app.
    #[error("no code for this app")]
    NoCode,
    /// More than one number could be the code.
    #[error("more than one number could be the code")]
    Ambiguous,
    /// Over [`MAX_TEXT_BYTES`].
    #[error("too long")]
    TooLong,
}

/// What a pasted message is for.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The service's host, as its messages name it.
    pub host: &'a str,
    /// The token that this app asked the message for, on Android.
    pub token: Option<&'a str>,
    /// The code's length.
    pub digits: Digits,
}

/// A code by itself: full-width, Arabic-Indic and Persian digits count; spaces, hyphens and characters without width are dropped.
///
/// # Errors
/// `NotDigits` for any other character, `Length` for fewer or more digits.
pub fn typed(text: &str, digits: Digits) -> Result<OtpCode, ReadError> {
    bounded(text)?;
    // Reserved once: a buffer that grows leaves copies behind that nobody erases.
    let mut code = Zeroizing::new(String::with_capacity(digits.count()));
    let mut given = 0;
    for character in text.trim().chars() {
        match fold(character) {
            Folded::Digit(digit) => {
                given += 1;
                if given <= digits.count() {
                    code.push(digit);
                }
            }
            Folded::Dropped => {}
            Folded::Other => return Err(ReadError::NotDigits),
        }
    }
    match given {
        0 => Err(ReadError::Empty),
        _ if given != digits.count() => Err(ReadError::Length { given, wanted: digits.count() }),
        _ => Ok(OtpCode::counted(std::mem::take(&mut *code))),
    }
}

/// What the clipboard holds: a code by itself, or one of this service's messages as a whole.
///
/// The last line that is not empty decides: an origin-bound one is read as [`message`] does, and the app's own token lets
/// [`app_specific`] search the lines above. A message without either is refused, even if it shows a single number.
///
/// # Errors
/// As [`typed`], [`message`] and [`app_specific`].
pub fn pasted(text: &str, expected: &Expected<'_>) -> Result<OtpCode, ReadError> {
    match typed(text, expected.digits) {
        Err(ReadError::NotDigits) => {}
        done => return done,
    }
    match (last_line(text)?, expected.token) {
        ((_, last), _) if last.starts_with('@') => message(text, expected.host, expected.digits),
        ((_, last), Some(token)) if last == token => app_specific(text, token, expected.digits),
        _ => Err(ReadError::NoCode),
    }
}

/// An origin-bound message: its last line that is not empty is `@host #code`, with this very host.
///
/// After WICG's "Origin-bound one-time codes delivered via SMS". With `%embedded-host` behind it, such a code is for a page of
/// that host shown inside of ours: it is refused unless both hosts are ours.
///
/// # Errors
/// `NoCode` if the last line has another form, `OtherHost` if it names another host, else as [`typed`].
pub fn message(body: &str, host: &str, digits: Digits) -> Result<OtpCode, ReadError> {
    let (_, last) = last_line(body)?;
    let (named, code, embedded) = origin_bound(last).ok_or(ReadError::NoCode)?;
    let is_ours = named == host && embedded.is_none_or(|embedded| embedded == host);
    if is_ours { typed(code, digits) } else { Err(ReadError::OtherHost) }
}

/// A message that Android handed to this app alone: its last line that is not empty is the app's own token, and above it stands
/// one number of six or more digits, a word of its own.
///
/// # Errors
/// `NoCode` without the token or such a number, `Ambiguous` with a second one or one that goes on in the next word, else as [`typed`].
pub fn app_specific(body: &str, token: &str, digits: Digits) -> Result<OtpCode, ReadError> {
    let (above, last) = last_line(body)?;
    if last != token || !is_token(token) {
        return Err(ReadError::NoCode);
    }
    let words: Vec<&str> = above.split_whitespace().map(bare).collect();
    let mut long = words.iter().enumerate().filter(|(_, word)| longest_number(word) >= Digits::SIX.count());
    let (place, word) = long.next().ok_or(ReadError::NoCode)?;
    let beside = [place.checked_sub(1), place.checked_add(1)];
    let goes_on = beside.into_iter().flatten().filter_map(|place| words.get(place)).any(|word| is_number(word));
    if long.next().is_some() || goes_on || !is_number(word) {
        return Err(ReadError::Ambiguous);
    }
    typed(word, digits)
}

/// Everything above the last line that is not empty, and that line.
fn last_line(text: &str) -> Result<(&str, &str), ReadError> {
    bounded(text)?;
    let text = text.trim();
    let (above, last) = text.rsplit_once('\n').unwrap_or(("", text));
    if last.is_empty() { Err(ReadError::Empty) } else { Ok((above, last.trim())) }
}

fn bounded(text: &str) -> Result<(), ReadError> {
    if text.len() > MAX_TEXT_BYTES { Err(ReadError::TooLong) } else { Ok(()) }
}

/// Host, code and embedded host of `@host #code [%embedded-host]`, with single spaces.
fn origin_bound(line: &str) -> Option<(&str, &str, Option<&str>)> {
    let (host, rest) = line.strip_prefix('@')?.split_once(' ')?;
    let rest = rest.strip_prefix('#')?;
    let (code, embedded) = match rest.split_once(' ') {
        None => (rest, None),
        Some((code, rest)) => (code, Some(rest.strip_prefix('%')?)),
    };
    (!host.is_empty()).then_some((host, code, embedded))
}

/// A word without the punctuation of its sentence.
fn bare(word: &str) -> &str {
    word.trim_start_matches(['(', '"', '\'']).trim_end_matches(['.', ',', ':', ';', '!', ')', '"', '\''])
}

fn is_digit(character: char) -> bool {
    matches!(fold(character), Folded::Digit(_))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_digit)
}

/// Digits in a row, at most.
fn longest_number(word: &str) -> usize {
    word.split(|character| !is_digit(character)).map(|run| run.chars().count()).max().unwrap_or(0)
}
