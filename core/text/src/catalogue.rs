//! A language's messages, and saying one of them.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Pattern};

use crate::sources::{self, Source};
use crate::value::Forms;
use crate::{Fault, Language, SayError, Value, number};

/// The attribute that a screen reader speaks instead of the text.
const SPOKEN: &str = "spoken";

/// All messages of one language. Shared between threads as it is.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    ids: Vec<String>,
    faults: Vec<Fault>,
}

/// A message with its values in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// What is shown. A blank line is between its paragraphs.
    pub text: String,
    /// What a screen reader says instead, where that differs.
    pub spoken: Option<String>,
}

impl Catalogue {
    /// The catalogue of a language, read at its first use.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        static VI: OnceLock<Catalogue> = OnceLock::new();
        static EN: OnceLock<Catalogue> = OnceLock::new();
        let kept = match language {
            Language::Vi => &VI,
            Language::En => &EN,
        };
        kept.get_or_init(|| Self::read(language, sources::of(language)))
    }

    /// Reads what can be read, and keeps what can't as faults: a page that works is worth more than none.
    fn read(language: Language, sources: &[Source]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(language.tag().parse().into_iter().collect());
        // The marks would be read as boxes by old phones; values are stripped of what reorders text instead.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Vi => number::written_vi,
            Language::En => number::written_en,
        }));
        let mut catalogue = Self { language, bundle, ids: Vec::new(), faults: Vec::new() };
        for source in sources {
            catalogue.add(*source);
        }
        catalogue
    }

    fn add(&mut self, (file, text): Source) {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, errors)| {
            self.faults.extend(errors.into_iter().map(|error| {
                let before = text.get(..error.pos.start).unwrap_or(text);
                Fault { file, line: before.split('\n').count(), cause: error.to_string() }
            }));
            readable
        });
        for entry in resource.entries() {
            if let Entry::Message(message) = entry
                && !self.bundle.has_message(message.id.name)
            {
                self.ids.push(message.id.name.to_owned());
            }
        }
        if let Err(twice) = self.bundle.add_resource(resource) {
            self.faults.extend(twice.into_iter().map(|error| Fault { file, line: 0, cause: error.to_string() }));
        }
    }

    /// Says a message. Values that it does not use are ignored.
    ///
    /// # Errors
    /// A message that does not exist, a value that is missing or can't be said. There is no half-finished text.
    pub fn say(&self, id: &str, values: &[(&str, Value)]) -> Result<Said, SayError> {
        let no_message = || SayError::NoMessage { id: id.to_owned() };
        let message = self.bundle.get_message(id).ok_or_else(no_message)?;
        let shown = message.value().ok_or_else(no_message)?;
        let heard = message.get_attribute(SPOKEN).map_or(shown, |attribute| attribute.value());

        let (mut written, mut spoken) = (FluentArgs::new(), FluentArgs::new());
        for (name, value) in values {
            let unfit = || SayError::UnfitValue { id: id.to_owned(), name: (*name).to_owned() };
            let forms: Forms = value.forms(self.language).ok_or_else(unfit)?;
            written.set(*name, forms.written);
            spoken.set(*name, forms.spoken);
        }
        let text = self.format(id, shown, &written)?;
        let spoken = self.format(id, heard, &spoken)?;
        Ok(Said { spoken: (spoken != text).then_some(spoken), text })
    }

    fn format(&self, id: &str, pattern: &Pattern<&str>, values: &FluentArgs<'_>) -> Result<String, SayError> {
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(values), &mut errors);
        match errors.first() {
            None => Ok(unwrapped(text)),
            Some(error) => Err(SayError::from_fluent(id, error)),
        }
    }

    /// Its language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The ids of its messages, in the files' order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// What could not be read. Empty, or a test fails.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

/// A name may be in it.
impl fmt::Debug for Said {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Said({} chars)", self.text.chars().count())
    }
}

/// The file's line breaks are not the page's: lines of a paragraph join, a blank line stays.
fn unwrapped(text: Cow<'_, str>) -> String {
    if !text.contains('\n') {
        return text.into_owned();
    }
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests;
