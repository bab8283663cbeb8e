//! Nobody gets stuck, whatever happens.

use std::collections::BTreeSet;
use std::path::Path;

use citizen_walk::Walk;

/// How a page's id stands in the machines' sources.
const BEFORE_ID: [&str; 5] = [".page(\"", "page: \"", "ask: \"", "telling: \"", "locked: \""];

#[test]
fn every_state_leads_on_and_back_and_says_why_in_both_languages() {
    let walk = Walk::through();
    let (moved, refused) = walk.counts();
    let dead_ends = walk.dead_ends();
    println!(
        "{} states, {} pairs: {moved} moved, {refused} refused unchanged; {} dead ends",
        walk.nodes.len(),
        moved + refused,
        dead_ends.len()
    );
    assert!(walk.broken.is_empty(), "refused, and changed something: {:#?}", walk.broken);
    assert!(dead_ends.is_empty(), "{} dead ends: {:#?}", dead_ends.len(), &dead_ends[..dead_ends.len().min(60)]);
    let walked: BTreeSet<_> = walk.nodes.iter().map(|node| node.look.page.clone()).collect();
    let missed: Vec<_> = pages_in_sources().difference(&walked).cloned().collect();
    assert!(missed.is_empty(), "pages that the walk does not reach: {missed:?}");
}

/// Ids of pages, but for one that is never seen.
fn pages_in_sources() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/journeys/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if !["tests", "testing", "play"].contains(&name.as_str()) {
                let text = std::fs::read_to_string(path).unwrap();
                ids.extend(BEFORE_ID.into_iter().flat_map(|before| literals_after(&text, before)));
            }
        }
    }
    ids.remove("lock");
    assert!(ids.len() > 90, "{} pages", ids.len());
    ids
}

fn literals_after(text: &str, before: &str) -> Vec<String> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}
