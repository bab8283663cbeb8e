//! A card in the making: what the QR said, or what a citizen types, field by field.
//!
//! Both ways go through the same rules, so a card typed by hand is as good as a scanned one.

use crate::error::FieldError;
use crate::{
    CalendarDate, CardError, CardField, CardReading, CardText, CitizenCard, Expected, MAX_TEXT_CHARS, OldNumber,
    PersonalNumber, Sex, text,
};

/// The seven fields as typed. Nothing typed is ever lost or changed; what is wrong with it is asked for.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CardDraft {
    fields: [String; CardField::ALL.len()],
}

impl CardDraft {
    /// Keeps a field's text as typed.
    pub fn enter(&mut self, field: CardField, text: &str) {
        if let Some(entry) = self.fields.get_mut(field as usize) {
            text.clone_into(entry);
        }
    }

    /// A field's text as typed; empty at first.
    #[must_use]
    pub fn text(&self, field: CardField) -> &str {
        self.fields.get(field as usize).map_or("", String::as_str)
    }

    /// What this field should be and is not; `None` where it holds. An issue date is compared with the birth date
    /// once that one holds.
    #[must_use]
    pub fn error(&self, field: CardField, today: CalendarDate) -> Option<Expected> {
        match field {
            CardField::Number => self.number().err(),
            CardField::OldNumber => self.old_number().err(),
            CardField::Name | CardField::Address => self.line(field).err(),
            CardField::BirthDate => self.birth_date(today).err(),
            CardField::Sex => self.sex().err(),
            CardField::IssueDate => self.issue_date(today).err(),
        }
    }

    /// The card, or every field that does not hold yet, in the card's order.
    ///
    /// # Errors
    /// Never an empty list.
    pub fn finish(&self, today: CalendarDate) -> Result<CardReading, Vec<FieldError>> {
        self.card(today).map(CardReading::from).map_err(|_| {
            let errors = CardField::ALL.into_iter();
            errors.filter_map(|field| Some(FieldError { field, expected: self.error(field, today)? })).collect()
        })
    }

    /// The card, or the first field that does not hold.
    pub(crate) fn card(&self, today: CalendarDate) -> Result<CitizenCard, CardError> {
        let at = |field| move |expected| FieldError { field, expected };
        Ok(CitizenCard {
            number: self.number().map_err(at(CardField::Number))?,
            old_number: self.old_number().map_err(at(CardField::OldNumber))?,
            name: self.line(CardField::Name).map_err(at(CardField::Name))?,
            birth_date: self.birth_date(today).map_err(at(CardField::BirthDate))?,
            sex: self.sex().map_err(at(CardField::Sex))?,
            address: self.line(CardField::Address).map_err(at(CardField::Address))?,
            issue_date: self.issue_date(today).map_err(at(CardField::IssueDate))?,
            extra: Vec::new(),
        })
    }

    fn number(&self) -> Result<PersonalNumber, Expected> {
        PersonalNumber::parse(&self.normalised(CardField::Number)).ok_or(Expected::TwelveDigits)
    }

    fn old_number(&self) -> Result<Option<OldNumber>, Expected> {
        let text = self.normalised(CardField::OldNumber);
        if text.is_empty() {
            return Ok(None);
        }
        OldNumber::parse(&text).map(Some).ok_or(Expected::NineDigitsOrNothing)
    }

    fn line(&self, field: CardField) -> Result<CardText, Expected> {
        CardText::parse(self.text(field)).ok_or(Expected::Text { max_chars: MAX_TEXT_CHARS as u32 })
    }

    fn sex(&self) -> Result<Sex, Expected> {
        Sex::parse(&self.normalised(CardField::Sex)).ok_or(Expected::NamOrNu)
    }

    fn birth_date(&self, today: CalendarDate) -> Result<CalendarDate, Expected> {
        self.day(CardField::BirthDate, today)
    }

    fn issue_date(&self, today: CalendarDate) -> Result<CalendarDate, Expected> {
        let issued = self.day(CardField::IssueDate, today)?;
        match self.birth_date(today) {
            Ok(birth) if issued <= birth => Err(Expected::AfterBirth),
            _ => Ok(issued),
        }
    }

    fn day(&self, field: CardField, today: CalendarDate) -> Result<CalendarDate, Expected> {
        let day = CalendarDate::from_day_month_year(&self.normalised(field)).ok_or(Expected::DayMonthYear)?;
        if day > today { Err(Expected::NotAfter { day: today }) } else { Ok(day) }
    }

    fn normalised(&self, field: CardField) -> String {
        text::normalise(self.text(field))
    }
}

/// What is typed is personal data: it does not show in logs.
impl std::fmt::Debug for CardDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CardDraft").finish_non_exhaustive()
    }
}
