//! Both catalogues are whole and say the same, whatever messages they have.

use std::collections::BTreeSet;

use citizen_text::{Catalogue, Language};
use fluent_syntax::ast::InlineExpression;
use unicode_normalization::is_nfc;

use crate::folder::{Folder, expect_none, files, folder, folders};
use crate::samples;
use crate::tree::{self, Leaf};

fn vi_and_en() -> (Folder, Folder) {
    (folder(Language::Vi), folder(Language::En))
}

#[test]
fn every_file_parses() {
    let faults = Language::ALL.map(|language| (language, Catalogue::of(language).faults()));
    expect_none(
        &faults.iter().flat_map(|(l, f)| f.iter().map(move |f| format!("{}/{f}", l.tag()))).collect::<Vec<_>>(),
    );
}

#[test]
fn both_languages_have_the_same_files() {
    let [vi, en] = Language::ALL.map(|language| files(language).into_keys().collect::<Vec<_>>());
    assert_eq!(vi, en);
}

#[test]
fn every_message_of_every_file_is_in_the_library() {
    for folder in folders() {
        let embedded: BTreeSet<&str> = Catalogue::of(folder.language).ids().collect();
        let on_disk: BTreeSet<&str> = folder.messages.keys().map(String::as_str).collect();
        assert_eq!(embedded, on_disk, "{:?}: is a file missing in sources.rs?", folder.language);
    }
}

#[test]
fn no_id_is_used_twice() {
    for folder in folders() {
        let mut seen = BTreeSet::new();
        let twice = folder.ids.iter().filter(|id| !seen.insert(id.as_str()));
        expect_none(&twice.map(|id| format!("{}: {id} twice", folder.language.tag())).collect::<Vec<_>>());
    }
}

#[test]
fn both_languages_have_the_same_messages_in_the_same_files() {
    let (vi, en) = vi_and_en();
    let place = |folder: &Folder, id: &String| folder.messages.get(id).map(|(file, _)| file.clone());
    let ids: BTreeSet<&String> = vi.messages.keys().chain(en.messages.keys()).collect();
    let apart = ids.into_iter().filter(|id| place(&vi, id) != place(&en, id));
    expect_none(
        &apart.map(|id| format!("{id}: vi in {:?}, en in {:?}", place(&vi, id), place(&en, id))).collect::<Vec<_>>(),
    );
}

#[test]
fn both_languages_use_the_same_terms() {
    let (vi, en) = vi_and_en();
    assert!(vi.terms.keys().eq(en.terms.keys()), "{:?} {:?}", vi.terms.keys(), en.terms.keys());
}

#[test]
fn a_message_has_the_same_attributes_and_values_in_both_languages() {
    let (vi, en) = vi_and_en();
    let mut findings = Vec::new();
    for (id, (_, message)) in &vi.messages {
        let Some((_, other)) = en.messages.get(id) else { continue };
        let [attributes, others] = [message, other]
            .map(|message| message.attributes.iter().map(|attribute| attribute.id.name.as_str()).collect::<Vec<_>>());
        if attributes != others {
            findings.push(format!("{id}: attributes vi {attributes:?}, en {others:?}"));
        }
        let (variables, others) = (vi.variables(id), en.variables(id));
        if variables != others {
            findings.push(format!("{id}: values vi {variables:?}, en {others:?}"));
        }
    }
    expect_none(&findings);
}

#[test]
fn ids_and_values_are_named_by_the_rule() {
    let plain = |name: &str| {
        let of_its_letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        name.chars().all(of_its_letters) && name.split('-').all(|word| !word.is_empty())
    };
    let mut findings = Vec::new();
    for folder in folders() {
        for (id, (_, message)) in &folder.messages {
            if !plain(id) {
                findings.push(format!("{id}: small letters, digits and single dashes"));
            }
            if message.value.is_none() {
                findings.push(format!("{id}: no text"));
            }
            let other = message.attributes.iter().filter(|attribute| attribute.id.name != "spoken");
            findings.extend(other.map(|attribute| format!("{id}.{}: only .spoken has a use", attribute.id.name)));
            let badly_named = folder.variables(id).into_iter().filter(|name| !plain(name));
            findings.extend(badly_named.map(|name| format!("{id}: ${name}: small letters, digits and dashes")));
        }
    }
    expect_none(&findings);
}

#[test]
fn a_message_uses_only_what_fluent_checks() {
    let mut findings = Vec::new();
    for folder in folders() {
        let terms = folder.terms.iter().map(|(id, term)| (id.as_str(), &term.value));
        for (id, pattern) in folder.patterns() {
            for leaf in tree::leaves(pattern) {
                findings.extend(unchecked(&folder, &leaf).map(|what| format!("{id}: {what}")));
            }
        }
        let not_text =
            terms.filter(|(_, pattern)| tree::leaves(pattern).iter().any(|leaf| !matches!(leaf, Leaf::Text(_))));
        findings.extend(not_text.map(|(id, _)| format!("-{id}: a term is plain text")));
    }
    expect_none(&findings);
}

/// What Fluent leaves half-finished in silence, or what does not exist.
fn unchecked(folder: &Folder, leaf: &Leaf<'_>) -> Option<String> {
    match leaf {
        Leaf::Text(_) | Leaf::Select(InlineExpression::VariableReference { .. }, _) => None,
        Leaf::Select(..) => Some("selects by something else than a value".to_owned()),
        Leaf::Inline(inline) => match inline {
            InlineExpression::FunctionReference { id, .. } => Some(format!("calls {}()", id.name)),
            InlineExpression::MessageReference { id, attribute } => {
                let exists = attribute.is_none() && folder.messages.contains_key(&id.name);
                (!exists).then(|| format!("no message {}", id.name))
            }
            InlineExpression::TermReference { id, attribute, arguments } => {
                let exists = attribute.is_none() && arguments.is_none() && folder.terms.contains_key(&id.name);
                (!exists).then(|| format!("no plain term -{}", id.name))
            }
            _ => None,
        },
    }
}

#[test]
fn every_message_can_be_said_in_each_of_its_variants() {
    let mut findings = Vec::new();
    for folder in folders() {
        for id in folder.messages.keys() {
            for case in samples::cases(&folder.variables(id), &folder.selectors(id)) {
                let values: Vec<_> = case.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
                match Catalogue::of(folder.language).say(id, &values) {
                    Err(error) => findings.push(format!("{}: {error}", folder.language.tag())),
                    Ok(said) if said.text.trim() != said.text || said.text.contains("  ") => {
                        findings.push(format!("{} {id}: spaces at an end or two together", folder.language.tag()));
                    }
                    Ok(_) => {}
                }
            }
        }
    }
    expect_none(&findings);
}

#[test]
fn texts_are_in_unicode_s_composed_form() {
    for language in Language::ALL {
        for (file, text) in files(language) {
            let line = text.lines().position(|line| !is_nfc(line));
            assert_eq!(line.map(|line| line + 1), None, "{}/{file}, line", language.tag());
        }
    }
}
