//! Nobody gets stuck, whatever happens.

use citizen_walk::Walk;

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
}
