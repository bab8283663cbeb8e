//! What the frames of a session showed, taken together.

use citizen_card::CardReading;
use citizen_vision::{Corners, Look, Scan, ScanHint, Suggestions};

use super::text;

#[derive(Default)]
pub(super) struct Found {
    /// Every distinct text, in the order found: UTF-8, or bytes that are no text.
    pub(super) texts: Vec<Vec<u8>>,
    pub(super) card: Option<CardReading>,
    pub(super) symbol: Option<Symbol>,
    /// The last frame's, unless a code that was read says more.
    pub(super) advice: Option<Advice>,
}

/// Of the card, else of the first code in the last frame that showed one, else of the last that was seen and not read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Symbol {
    pub(super) corners: Corners,
    /// On a side.
    pub(super) modules: usize,
    /// Its text is known.
    pub(super) is_read: bool,
}

/// What to change.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Advice {
    pub(super) hint: ScanHint,
    pub(super) suggestions: Suggestions,
}

impl Found {
    /// Returns whether this frame shows what is told more than those before.
    pub(super) fn add(&mut self, look: Look) -> bool {
        let symbol = symbol(&look);
        let shows = match (self.symbol, symbol) {
            (None, _) => true,
            (Some(kept), Some(new)) => new.is_read || !kept.is_read,
            (Some(_), None) => false,
        };
        if shows {
            self.symbol = symbol;
        }
        for text in look.codes.into_iter().map(text::utf8) {
            if !self.texts.contains(&text) {
                self.texts.push(text);
            }
        }
        match look.scan {
            Scan::Card { reading, .. } => self.card = Some(reading),
            Scan::Hint { hint, suggestions, .. } => self.heed(Advice { hint, suggestions }),
        }
        shows
    }

    fn heed(&mut self, advice: Advice) {
        if self.advice.as_ref().is_none_or(|kept| says(&advice.hint) >= says(&kept.hint)) {
            self.advice = Some(advice);
        }
    }
}

fn symbol(look: &Look) -> Option<Symbol> {
    let is_card = |corners: &Corners| matches!(&look.scan, Scan::Card { corners: card, .. } if card == corners);
    let code = look.codes.iter().find(|code| is_card(&code.corners)).or(look.codes.first());
    code.map(|code| Symbol { corners: code.corners, modules: code.modules, is_read: true })
        .or(look.unread.map(|unread| Symbol { corners: unread.corners, modules: unread.modules, is_read: false }))
}

/// How much a hint says: a code that was read outweighs all that was seen without reading.
fn says(hint: &ScanHint) -> u8 {
    match hint {
        ScanHint::WrongField { .. } => 2,
        ScanHint::WrongCode { .. } => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use citizen_card::{CardError, CardField, Expected, FieldError};
    use citizen_vision::{Code, Point, Unread};

    use super::*;

    const NO_CARD: ScanHint = ScanHint::WrongCode { why: CardError::NotACard { fields: 1 } };

    fn at(x: f32) -> Corners {
        Corners { top_left: Point { x, y: 0.0 }, ..Corners::default() }
    }

    fn read(texts: &[&str], corners: Corners) -> Look {
        let codes = texts.iter().map(|&text| Code { bytes: text.into(), corners, modules: 45 }).collect();
        Look { codes, ..unread(None, NO_CARD) }
    }

    fn unread(corners: Option<Corners>, hint: ScanHint) -> Look {
        let scan = Scan::Hint { hint, suggestions: Suggestions::default(), outline: corners };
        Look { codes: Vec::new(), scan, unread: corners.map(|corners| Unread { corners, modules: 45 }) }
    }

    fn together(looks: impl IntoIterator<Item = Look>) -> Found {
        let mut found = Found::default();
        looks.into_iter().for_each(|look| {
            found.add(look);
        });
        found
    }

    #[test]
    fn each_text_is_kept_once_in_the_order_found() {
        let found = together([read(&["b", "a"], at(1.0)), read(&["a", "c"], at(2.0))]);
        assert_eq!(found.texts, [b"b", b"a", b"c"]);
        assert_eq!(found.symbol, Some(Symbol { corners: at(2.0), modules: 45, is_read: true }));
    }

    #[test]
    fn a_code_that_left_the_view_keeps_its_place_and_its_hint() {
        let found = together([read(&["a"], at(1.0)), unread(Some(at(2.0)), ScanHint::Focus)]);
        assert_eq!(found.symbol, Some(Symbol { corners: at(1.0), modules: 45, is_read: true }));
        assert_eq!(found.advice.unwrap().hint, NO_CARD);
    }

    #[test]
    fn the_frame_to_show_is_the_last_with_a_code_else_with_a_symbol_else_the_last() {
        let mut found = Found::default();
        let nothing = || unread(None, ScanHint::NothingFound);
        assert!(found.add(nothing()) && found.add(nothing()));
        assert!(found.add(unread(Some(at(1.0)), ScanHint::Focus)) && !found.add(nothing()));
        assert!(found.add(unread(Some(at(2.0)), ScanHint::Focus)) && found.add(read(&["a"], at(3.0))));
        assert!(!found.add(unread(Some(at(4.0)), ScanHint::Focus)) && found.add(read(&["a"], at(5.0))));
    }

    #[test]
    fn a_wrong_field_says_more_than_a_wrong_code_and_else_the_last_hint_counts() {
        let field = ScanHint::WrongField {
            problem: FieldError { field: CardField::Name, expected: Expected::Text { max_chars: 500 } },
        };
        let hint = |hints: &[&ScanHint]| {
            together(hints.iter().map(|&hint| unread(None, hint.clone()))).advice.map(|advice| advice.hint)
        };
        assert_eq!(hint(&[&field, &NO_CARD, &ScanHint::TooDark]), Some(field.clone()));
        assert_eq!(hint(&[&NO_CARD, &field]), Some(field));
        assert_eq!(hint(&[&ScanHint::Damaged, &ScanHint::HoldStill]), Some(ScanHint::HoldStill));
        assert_eq!(hint(&[]), None);
    }
}
