//! The machines and the catalogue know the same messages: none is forgotten, none is left over. Read from the sources, because an id that
//! is missing shows only on the one page that says it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use citizen_journeys::{Act, FieldId};
use citizen_text::{Catalogue, Language};

/// How the id of a message ends that has a place of its own on a page: nothing else is named so.
const PLACES: [&str; 8] = ["-title", "-button", "-label", "-hint", "-error", "-text", "-option", "-row"];

/// A literal of the code, with what stands before it on its line.
struct Literal {
    text: String,
    before: String,
}

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// Names of modules that are built for tests only.
fn test_modules(sources: &[(PathBuf, String)]) -> BTreeSet<String> {
    let after =
        |text: &str| text.split("#[cfg(test)]").skip(1).map(str::trim_start).map(str::to_owned).collect::<Vec<_>>();
    let modules = sources.iter().flat_map(|(_, text)| after(text));
    modules.filter_map(|rest| Some(rest.strip_prefix("mod ")?.split_once(';')?.0.to_owned())).collect()
}

/// All literals of the code that ships.
fn literals() -> Vec<Literal> {
    let sources = sources();
    let tests = test_modules(&sources);
    let is_test = |path: &Path| path.file_stem().is_some_and(|stem| tests.contains(&*stem.to_string_lossy()));
    let shipped = sources.iter().filter(|(path, _)| !is_test(path));
    shipped.flat_map(|(_, text)| strings(text.split("#[cfg(test)]\nmod tests {").next().unwrap())).collect()
}

/// The string literals of a source text, without comments.
fn strings(source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    for line in source.lines() {
        let (mut before, mut rest) = (String::new(), line);
        while let Some(at) = rest.find(['"', '/', '\'']) {
            let (skipped, from) = rest.split_at(at);
            before.push_str(skipped);
            if from.starts_with("//") {
                break;
            }
            // `'"'` is a character.
            let width = if from.starts_with("'\"'") { 3 } else { 1 };
            rest = &from[width..];
            if !from.starts_with('"') {
                continue;
            }
            let mut is_escaped = false;
            let end = rest.find(|c| {
                let ends = c == '"' && !is_escaped;
                is_escaped = c == '\\' && !is_escaped;
                ends
            });
            // One that goes on in the next line is no id.
            let Some(end) = end else { break };
            found.push(Literal { text: rest[..end].to_owned(), before: before.clone() });
            before.push('"');
            rest = &rest[end + 1..];
        }
    }
    found
}

fn has_form_of_id(text: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.contains('-') && text.split('-').all(word)
}

/// The name of a page: `page("enrol-code", ..)`, `page: "enrol-code"`, `Pages { ask: "home-lock", .. }`.
fn is_page(literal: &Literal) -> bool {
    let inside = |open: &str| literal.before.rsplit_once(open).is_some_and(|(_, rest)| !rest.contains([')', '}']));
    let first = |open: &str| literal.before.rsplit_once(open).is_some_and(|(_, rest)| !rest.contains([')', ',']));
    first("page(") || literal.before.ends_with("page: ") || inside("Pages { ")
}

/// The name of a message's value: `&[("since-time", ..), ("expected-time", ..)]`.
fn is_value(literal: &Literal) -> bool {
    literal.before.ends_with("[(") || literal.before.ends_with(", (")
}

/// Ids that the code says. A page's name, a value's, an action's or a field's can have the same form.
fn used() -> BTreeSet<String> {
    let literals: Vec<Literal> = literals().into_iter().filter(|literal| has_form_of_id(&literal.text)).collect();
    let texts: BTreeSet<&str> = literals.iter().map(|literal| literal.text.as_str()).collect();
    let names: BTreeSet<&str> =
        Act::ALL.iter().map(|act| act.id()).chain(FieldId::ALL.iter().map(|field| field.id())).collect();
    let is_said = |literal: &Literal| {
        let has_title = texts.contains(format!("{}-title", literal.text).as_str());
        let is_name = names.contains(&*literal.text) || has_title || is_page(literal) || is_value(literal);
        PLACES.iter().any(|place| literal.text.ends_with(place)) || !is_name
    };
    let said = literals.iter().filter(|literal| is_said(literal)).map(|literal| literal.text.clone());
    let acts = Act::ALL.iter().map(|act| act.label().to_owned());
    let fields = FieldId::ALL.iter().map(|field| field.label().to_owned());
    said.chain(acts).chain(fields).collect()
}

fn known() -> BTreeSet<String> {
    Catalogue::of(Language::Vi).ids().map(str::to_owned).collect()
}

#[test]
fn every_message_that_is_said_is_in_the_catalogue() {
    let (used, known) = (used(), known());
    let missing: Vec<&String> = used.difference(&known).collect();
    assert!(missing.is_empty(), "{} without a text: {missing:#?}", missing.len());
}

#[test]
fn every_message_of_the_catalogue_is_said() {
    let (used, known) = (used(), known());
    let left: Vec<&String> = known.difference(&used).collect();
    assert!(left.is_empty(), "{} that nobody says: {left:#?}", left.len());
}

#[test]
fn strings_are_found_and_comments_are_not() {
    let source = r#"
        see.say("a-text") // not "b-text"
        f(&["c-hint", "d\"-error"], '"', "e-row"); /// "f-text"
        let page = see.page("g-page", "g-title");
    "#;
    let found: Vec<String> = strings(source).into_iter().map(|literal| literal.text).collect();
    assert_eq!(found, ["a-text", "c-hint", "d\\\"-error", "e-row", "g-page", "g-title"]);
    assert!(strings(source).iter().any(|literal| literal.text == "g-page" && literal.before.ends_with("page(")));
}
