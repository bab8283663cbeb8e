//! What a holder did, in words.

use citizen_journeys::{Choice, ConsentEntry, Event, Field, Page, Part};

use super::words::{Language, is_secret};

/// In the words of the page that it was done on; nothing for what is no deed.
pub(super) fn words(event: &Event, page: &Page, language: Language) -> Option<String> {
    let of = |vietnamese: String, english: String| Some(language.of(vietnamese, english));
    match event {
        Event::Action { action, .. } => {
            let label = &page.actions.iter().find(|one| one.id == *action)?.label.text;
            of(format!("Bấm “{label}”."), format!("Taps “{label}”."))
        }
        Event::Field { field, value, .. } => {
            let Field { label, kind, .. } = field_of(page, field)?;
            let (label, value) = (&label.text, if is_secret(*kind) { "••••••••" } else { value });
            of(format!("Nhập “{label}”: {value}"), format!("Enters “{label}”: {value}"))
        }
        Event::Choose { choice, option, chosen, .. } => {
            let label = chosen_label(page, choice, option)?;
            if *chosen {
                of(format!("Chọn “{label}”."), format!("Chooses “{label}”."))
            } else {
                of(format!("Bỏ chọn “{label}”."), format!("No longer chooses “{label}”."))
            }
        }
        Event::Code { text, .. } => of(format!("Nhập mã {text}."), format!("Enters the code {text}.")),
        Event::CardRead { .. } => of("Máy quét đọc được thẻ.".into(), "The scanner reads the card.".into()),
        Event::Portrait { jpeg, .. } => {
            let kb = jpeg.len().div_ceil(1024);
            of(format!("Máy tự chụp ảnh chân dung ({kb} KB)."), format!("The portrait takes itself ({kb} KB)."))
        }
        Event::Back { .. } => of("Quay lại.".into(), "Goes back.".into()),
        Event::Cancel { .. } => of("Thoát ra.".into(), "Leaves.".into()),
        _ => None,
    }
}

fn field_of<'a>(page: &'a Page, id: &str) -> Option<&'a Field> {
    page.parts.iter().find_map(|part| match part {
        Part::Field { field } if field.id == id => Some(field),
        _ => None,
    })
}

fn chosen_label<'a>(page: &'a Page, choice: &str, option: &str) -> Option<&'a str> {
    page.parts.iter().find_map(|part| match part {
        Part::Consent { entry: ConsentEntry { id, title, .. } } if id == choice => Some(title.text.as_str()),
        Part::Choice { choice: Choice { id, options, .. } } if id == choice => {
            options.iter().find(|one| one.id == option).map(|one| one.label.text.as_str())
        }
        _ => None,
    })
}
