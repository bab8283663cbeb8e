//! What the holder reads when the phone did not keep what was done: the page as it still is, with that said on top.

use std::io;

use citizen_journeys::{Page, Part, Said, Tone};
use citizen_text::{Catalogue, Language};
use citizen_vault::StoreError;

/// As the journeys name and number them: see their list of what stops somebody.
const FULL: (&str, &str) = ("trouble-full-text", "E108");
const BROKEN: (&str, &str) = ("trouble-storage-text", "E107");

/// The page, with the reason why it is still this one.
pub(super) fn said(mut page: Page, error: StoreError, language: Language) -> Page {
    let (id, code) = match error {
        StoreError::Io(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => FULL,
        _ => BROKEN,
    };
    let said = Catalogue::of(language).say(id, &[]);
    let (text, spoken) = said.map_or_else(|_| (id.to_owned(), None), |said| (said.text, said.spoken));
    let said = Said { id: id.to_owned(), text, spoken };
    page.announce = Some(said.clone());
    page.parts.insert(0, Part::Notice { tone: Tone::Danger, said, code: Some(code.to_owned()) });
    page
}
