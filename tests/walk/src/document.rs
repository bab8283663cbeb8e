//! `docs/journeys.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use citizen_journeys::Part;

use crate::walk::Walk;

/// What is known of a page, over all states that show it.
#[derive(Default)]
struct PageFacts {
    title: String,
    titles_of_actions: BTreeMap<String, String>,
    /// Where each happening leads: page ids.
    leads: BTreeMap<String, BTreeSet<String>>,
    codes: BTreeSet<String>,
    states: BTreeSet<String>,
    looks: usize,
}

/// In Markdown, from a walk.
#[must_use]
pub fn document(walk: &Walk) -> String {
    let pages = facts(walk);
    let (moved, refused) = walk.counts();
    let mut text = String::from(INTRODUCTION);
    let _ = writeln!(
        text,
        "{} pages; {} states, which look in {} ways; {} pairs of a look and a happening: {moved} lead on, {refused} are refused and \
         change nothing; {} dead ends.\n",
        pages.len(),
        pages.values().flat_map(|page| &page.states).collect::<BTreeSet<_>>().len(),
        walk.nodes.len(),
        moved + refused,
        walk.dead_ends().len(),
    );
    let mut journey = "";
    for (id, page) in &pages {
        let of = id.split('-').next().unwrap_or_default();
        if of != journey {
            journey = of;
            let _ = writeln!(text, "## {journey}\n");
        }
        write_page(&mut text, id, page);
    }
    text
}

const INTRODUCTION: &str = "# Journeys\n\n\
<!-- Generated from a walk through every state: `cargo xtask journeys --write`. -->\n\n\
Each page with the states that show it (their variants, from the outside in), what the citizen can do there and where it leads, what \
else can happen, and the support codes it can show. \
Events that keep the page are left out.\n\n";

fn facts(walk: &Walk) -> BTreeMap<&str, PageFacts> {
    let mut pages: BTreeMap<&str, PageFacts> = BTreeMap::new();
    for node in &walk.nodes {
        let page = pages.entry(&node.look.page).or_default();
        page.states.extend(node.look.names.first().cloned());
        page.looks += 1;
        page.title.clone_from(&node.english.title.text);
        for action in &node.english.actions {
            page.titles_of_actions.insert(action.id.clone(), action.label.text.clone());
        }
        for part in &node.page.parts {
            if let Part::Notice { code: Some(code), .. } = part {
                page.codes.insert(code.clone());
            }
        }
        for way in &node.ways {
            let to = way.to.and_then(|to| walk.nodes.get(to)).map(|node| node.look.page.as_str());
            if let Some(to) = to.filter(|to| *to != node.look.page) {
                page.leads.entry(happening_name(&way.name)).or_default().insert(to.to_owned());
            }
        }
    }
    pages
}

/// Time and risk are told together, whatever they were.
fn happening_name(name: &str) -> String {
    match name {
        _ if name.ends_with("s pass") || name == "the clock goes back" => "time passes".into(),
        _ if name.starts_with("risk: ") => "a risk signal".into(),
        _ => name.to_owned(),
    }
}

fn write_page(text: &mut String, id: &str, page: &PageFacts) {
    let looks = if page.looks == 1 { "one look".to_owned() } else { format!("{} looks", page.looks) };
    let _ = writeln!(text, "### {id}\n\n\"{}\", {looks}\n", page.title);
    let states: Vec<_> = page.states.iter().map(String::as_str).collect();
    let _ = writeln!(text, "- states: {}", states.join(", "));
    let mut grouped: BTreeMap<(bool, String), Vec<&str>> = BTreeMap::new();
    for (name, to) in &page.leads {
        let to: Vec<_> = to.iter().map(String::as_str).collect();
        grouped.entry((!name.starts_with('['), to.join(", "))).or_default().push(name);
    }
    for ((_, to), names) in grouped {
        let names: Vec<_> = names.into_iter().map(|name| shown(name, page)).collect();
        let _ = writeln!(text, "- {} → {to}", names.join(" · "));
    }
    if !page.codes.is_empty() {
        let codes: Vec<_> = page.codes.iter().map(String::as_str).collect();
        let _ = writeln!(text, "- support codes: {}", codes.join(", "));
    }
    text.push('\n');
}

/// Buttons by what they say.
fn shown(name: &str, page: &PageFacts) -> String {
    let id = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    match id.and_then(|id| page.titles_of_actions.get(id)) {
        Some(label) => format!("**{label}**"),
        None => name.to_owned(),
    }
}
