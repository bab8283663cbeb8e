//! The catalogues' files, as they are in the library.

use crate::Language;

/// A file's name without `.ftl`, and what is in it.
pub(crate) type Source = (&'static str, &'static str);

/// One folder's files, a file for each subject.
macro_rules! folder {
    ($folder:literal: $($subject:literal)+) => {
        &[$(($subject, include_str!(concat!("../texts/", $folder, "/", $subject, ".ftl")))),+]
    };
}

/// The same subjects in each language.
macro_rules! subjects {
    ($($subject:literal)+) => {
        const VI: &[Source] = folder!("vi": $($subject)+);
        const EN: &[Source] = folder!("en": $($subject)+);
    };
}

subjects! {
    "common" "consent" "contact" "enrol" "card" "selfie" "otp" "password" "status" "activation" "sign-in" "recovery"
    "lock" "settings" "help" "risk" "trouble" "home"
}

/// The files of a language.
pub(crate) fn of(language: Language) -> &'static [Source] {
    match language {
        Language::Vi => VI,
        Language::En => EN,
    }
}
