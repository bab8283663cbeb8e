//! A new PIN for the app, judged while it is still on the phone.

use citizen_protocol::wire::Secret;

use crate::held::{Held, Slot};
use crate::lock::PIN_DIGITS;

/// What is wrong with a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weakness {
    /// Not six digits.
    Length,
    /// The same digit six times, or a part of it again and again; a row of digits, up or down; a date, as birthdays are.
    Trivial,
    /// The second entry is another one.
    Differs,
}

/// What is wrong with the one that is held.
pub(super) fn weakness(held: &Held) -> Option<Weakness> {
    let entered = |slot| held.get(slot).map_or("", Secret::reveal);
    let pin = entered(Slot::Pin);
    if pin.len() != PIN_DIGITS || !pin.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(Weakness::Length)
    } else if is_trivial(pin.as_bytes()) {
        Some(Weakness::Trivial)
    } else {
        (pin != entered(Slot::PinAgain)).then_some(Weakness::Differs)
    }
}

fn is_trivial(pin: &[u8]) -> bool {
    is_repeated(pin) || is_row(pin, 1) || is_row(pin, -1) || is_birthday(pin)
}

/// `000000`, `121212`, `123123`.
fn is_repeated(pin: &[u8]) -> bool {
    (1..=pin.len() / 2).any(|size| pin.iter().zip(pin.iter().skip(size)).all(|(one, next)| one == next))
}

/// `123456`, `654321`, `890123`.
fn is_row(pin: &[u8], step: i16) -> bool {
    pin.iter().zip(pin.iter().skip(1)).all(|(one, next)| (i16::from(*next) - i16::from(*one) - step) % 10 == 0)
}

/// `250190` and `900125` for 25 January 1990, `199090` and `901990` for the year: who calls somebody knows these.
fn is_birthday(pin: &[u8]) -> bool {
    let [a, b, c, d, e, f] = *pin else { return false };
    let pair = |tens: u8, ones: u8| u16::from(tens.saturating_sub(b'0')) * 10 + u16::from(ones.saturating_sub(b'0'));
    let (first, second, third) = (pair(a, b), pair(c, d), pair(e, f));
    let is_day = |day: u16, month: u16| (1..=31).contains(&day) && (1..=12).contains(&month);
    let is_century = |pair: u16| (19..=20).contains(&pair);
    is_day(first, second)
        || is_day(third, second)
        || is_century(first) && second == third
        || is_century(second) && first == third
}
