//! The holder's own data in a password: names, numbers and dates, however they are written.

use zeroize::Zeroizing;

use super::MIN_CHARS;
use super::fold::folded;
use crate::wire::Secret;

/// What everybody thinks of on this service's page.
const SERVICE_WORDS: [&str; 7] = ["vneid", "cccd", "cmnd", "cancuoc", "congan", "dinhdanh", "matkhau"];
/// Shorter words are in every text.
const MIN_WORD_CHARS: usize = 3;
/// The most personal texts that are looked at, and the longest, in bytes: nobody's data is more.
const MAX_TEXTS: usize = 64;
const MAX_TEXT_BYTES: usize = 2048;

type Word = Zeroizing<String>;

/// Whether it has personal words in it, and is too short without them.
pub(super) fn is_personal(plain: &str, personal: &[Secret]) -> bool {
    let mut text = Zeroizing::new(String::with_capacity(plain.len()));
    text.extend(plain.chars().filter(|character| !is_separator(*character)));
    let mut is_own = Zeroizing::new(vec![false; text.len()]);
    let mut mark = |word: &str| {
        for (start, _) in text.match_indices(word) {
            is_own.iter_mut().skip(start).take(word.len()).for_each(|own| *own = true);
        }
    };
    SERVICE_WORDS.into_iter().for_each(&mut mark);
    let texts = personal.iter().take(MAX_TEXTS).filter(|text| text.reveal().len() <= MAX_TEXT_BYTES);
    texts.flat_map(words).for_each(|word| mark(&word));
    let left = text.char_indices().filter(|(at, _)| is_own.get(*at) == Some(&false)).count();
    is_own.contains(&true) && left < MIN_CHARS
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || ".,-_/".contains(character)
}

/// The spellings of one personal text: its words, all of it in one, and what its digits can be.
fn words(text: &Secret) -> Vec<Word> {
    let plain = folded(text.reveal());
    let pieces: Vec<&str> = plain.split(|character: char| !character.is_alphanumeric()).collect();
    let mut squeezed = Zeroizing::new(String::with_capacity(plain.len()));
    squeezed.extend(pieces.iter().copied());
    let mut words: Vec<Word> = pieces.iter().map(|piece| Zeroizing::new((*piece).to_owned())).collect();
    words.extend(dates(&squeezed));
    words.extend(numbers(&squeezed));
    words.push(squeezed);
    words.retain(|word| word.chars().count() >= MIN_WORD_CHARS);
    words
}

/// How people write the date `yyyymmdd` or `ddmmyyyy`.
fn dates(digits: &str) -> Vec<Word> {
    let Some((year, month, day)) = date(digits) else { return Vec::new() };
    let (short_month, short_day) = (month.trim_start_matches('0'), day.trim_start_matches('0'));
    let short_year = year.get(2..).unwrap_or_default();
    let spellings = [
        [day, month, year],
        [year, month, day],
        [month, day, year],
        [short_day, short_month, year],
        [year, short_month, short_day],
        [day, month, short_year],
        [short_year, month, day],
        [day, month, ""],
        [year, "", ""],
    ];
    spellings.into_iter().map(|parts| Zeroizing::new(parts.concat())).collect()
}

/// Year, month and day of eight digits.
fn date(digits: &str) -> Option<(&str, &str, &str)> {
    let is_date = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let digits = is_date.then_some(digits)?;
    let is_year = |year: &str| year.starts_with("19") || year.starts_with("20");
    let (front, back) = digits.split_at_checked(4)?;
    let (year, (month, day)) = match (is_year(front), is_year(back)) {
        (true, false) => (front, back.split_at_checked(2)?),
        (_, true) => {
            let (day, month) = front.split_at_checked(2)?;
            (back, (month, day))
        }
        _ => return None,
    };
    Some((year, month, day))
}

/// Of a long number its last six and eight digits; of a phone number of Vietnam also the form that is dialled here.
fn numbers(digits: &str) -> Vec<Word> {
    if digits.len() < 9 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let ends = [6, 8].into_iter().filter_map(|length| digits.get(digits.len() - length..));
    let national = digits.strip_prefix("84").filter(|rest| rest.len() == 9);
    let mut words: Vec<Word> = ends.chain(national).map(|end| Zeroizing::new(end.to_owned())).collect();
    words.extend(national.map(|rest| Zeroizing::new(["0", rest].concat())));
    words
}
