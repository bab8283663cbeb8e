//! The catalogues' files as Fluent's syntax tree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use citizen_text::Language;
use fluent_syntax::ast::{Entry, Message, Pattern, Term};

use crate::tree;

/// A folder of texts.
pub(crate) struct Folder {
    pub(crate) language: Language,
    /// With the file each one is in. Of two with one id the later.
    pub(crate) messages: BTreeMap<String, (String, Message<String>)>,
    pub(crate) terms: BTreeMap<String, Term<String>>,
    /// All ids, as often as they occur.
    pub(crate) ids: Vec<String>,
}

/// The folder of texts.
pub(crate) fn texts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("texts")
}

/// The `.ftl` files of a language with their text, by name.
pub(crate) fn files(language: Language) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(texts().join(language.tag())).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(path.extension().is_some_and(|ending| ending == "ftl"), "{name} is no catalogue");
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// Reads a language's files. What does not parse is left out: a test of its own finds it.
pub(crate) fn folder(language: Language) -> Folder {
    let mut folder = Folder { language, messages: BTreeMap::new(), terms: BTreeMap::new(), ids: Vec::new() };
    for (file, text) in files(language) {
        let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(readable, _)| readable);
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    folder.ids.push(message.id.name.clone());
                    folder.messages.insert(message.id.name.clone(), (file.clone(), message));
                }
                Entry::Term(term) => {
                    folder.ids.push(format!("-{}", term.id.name));
                    folder.terms.insert(term.id.name.clone(), term);
                }
                _ => {}
            }
        }
    }
    folder
}

/// Both languages.
pub(crate) fn folders() -> [Folder; 2] {
    Language::ALL.map(folder)
}

impl Folder {
    /// Each message's id with what is shown and what is spoken.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (&str, &Pattern<String>)> {
        self.messages.iter().flat_map(|(id, (_, message))| {
            let attributes = message.attributes.iter().map(|attribute| &attribute.value);
            message.value.iter().chain(attributes).map(move |pattern| (id.as_str(), pattern))
        })
    }

    /// The variables of a message and of the messages in it.
    pub(crate) fn variables(&self, id: &str) -> BTreeSet<String> {
        self.reached(id).iter().flat_map(|pattern| tree::variables(pattern)).collect()
    }

    /// What a message selects by, with the keys of its variants; likewise of the messages in it.
    pub(crate) fn selectors(&self, id: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut selectors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (variable, keys) in self.reached(id).iter().flat_map(|pattern| tree::selectors(pattern)) {
            selectors.entry(variable).or_default().extend(keys);
        }
        selectors
    }

    /// A message's patterns and those of the messages that it refers to.
    fn reached(&self, id: &str) -> Vec<&Pattern<String>> {
        let (mut seen, mut to_see, mut patterns) = (BTreeSet::new(), vec![id.to_owned()], Vec::new());
        while let Some(id) = to_see.pop() {
            let Some((_, message)) = self.messages.get(&id) else { continue };
            if seen.insert(id) {
                for pattern in message.value.iter().chain(message.attributes.iter().map(|attribute| &attribute.value)) {
                    to_see.extend(tree::messages(pattern));
                    patterns.push(pattern);
                }
            }
        }
        patterns
    }
}

/// Fails with all findings at once, so that who writes texts sees them in one run.
pub(crate) fn expect_none(findings: &[String]) {
    assert!(findings.is_empty(), "\n  {}\n", findings.join("\n  "));
}
