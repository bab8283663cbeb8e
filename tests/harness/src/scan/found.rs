//! What the frames of a session showed, taken together.

use citizen_card::CardReading;
use citizen_vision::{Corners, Look, Scan, ScanHint};

#[derive(Default)]
pub(super) struct Found {
    /// Every distinct text, in the order found.
    pub(super) texts: Vec<String>,
    pub(super) card: Option<CardReading>,
    /// Of the card, else of the first code in the last frame that showed one.
    pub(super) corners: Option<Corners>,
    /// The most telling one; on equal terms the latest.
    pub(super) hint: Option<ScanHint>,
}

impl Found {
    pub(super) fn add(&mut self, look: Look) {
        self.corners = look.codes.first().map(|code| code.corners).or(self.corners);
        for code in look.codes {
            if !self.texts.contains(&code.text) {
                self.texts.push(code.text);
            }
        }
        match look.scan {
            Scan::Card { reading, corners } => {
                self.card = Some(reading);
                self.corners = Some(corners);
            }
            Scan::Hint { hint } => {
                if self.hint.as_ref().is_none_or(|kept| says(&hint) >= says(kept)) {
                    self.hint = Some(hint);
                }
            }
        }
    }
}

/// How much a hint says: a code that was read outweighs all that was seen without reading.
fn says(hint: &ScanHint) -> u8 {
    match hint {
        ScanHint::WrongField { .. } => 2,
        ScanHint::WrongCode { .. } => 1,
        ScanHint::NothingFound | ScanHint::TooDark | ScanHint::ComeCloser | ScanHint::HoldStill => 0,
    }
}

#[cfg(test)]
mod tests {
    use citizen_card::{CardError, CardField, Expected, FieldError};
    use citizen_vision::{Code, Point};

    use super::*;

    fn at(x: f32) -> Corners {
        Corners { top_left: Point { x, y: 0.0 }, ..Corners::default() }
    }

    fn look(texts: &[&str], corners: Corners, hint: ScanHint) -> Look {
        let codes = texts.iter().map(|&text| Code { text: text.into(), corners }).collect();
        Look { codes, scan: Scan::Hint { hint } }
    }

    fn together(looks: impl IntoIterator<Item = Look>) -> Found {
        let mut found = Found::default();
        looks.into_iter().for_each(|look| found.add(look));
        found
    }

    #[test]
    fn each_text_is_kept_once_in_the_order_found() {
        let hint = ScanHint::WrongCode { why: CardError::NotACard { fields: 1 } };
        let found = together([look(&["b", "a"], at(1.0), hint.clone()), look(&["a", "c"], at(2.0), hint.clone())]);
        assert_eq!(found.texts, ["b", "a", "c"]);
        assert_eq!(found.corners, Some(at(2.0)));
    }

    #[test]
    fn a_code_that_left_the_view_keeps_its_place_and_its_hint() {
        let hint = ScanHint::WrongCode { why: CardError::NotText };
        let found =
            together([look(&["a"], at(1.0), hint.clone()), look(&[], Corners::default(), ScanHint::NothingFound)]);
        assert_eq!(found.corners, Some(at(1.0)));
        assert_eq!(found.hint, Some(hint));
    }

    #[test]
    fn a_wrong_field_says_more_than_a_wrong_code_and_else_the_last_hint_counts() {
        let field = ScanHint::WrongField {
            problem: FieldError { field: CardField::Name, expected: Expected::Text { max_chars: 500 } },
        };
        let code = ScanHint::WrongCode { why: CardError::NotText };
        let hint =
            |hints: &[&ScanHint]| together(hints.iter().map(|&hint| look(&[], Corners::default(), hint.clone()))).hint;
        assert_eq!(hint(&[&field, &code, &ScanHint::TooDark]), Some(field.clone()));
        assert_eq!(hint(&[&code, &field]), Some(field));
        assert_eq!(hint(&[&ScanHint::TooDark, &ScanHint::HoldStill]), Some(ScanHint::HoldStill));
        assert_eq!(hint(&[]), None);
    }
}
