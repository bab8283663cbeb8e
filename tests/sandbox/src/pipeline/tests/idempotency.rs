//! One effect for one key.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::{World, code, effect, key, route};
use crate::work::Work;

/// 1,000 pairs, each two requests at the same time with one key.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_parallel_pairs_have_a_thousand_effects_and_each_pair_one_answer() {
    const PAIRS: u32 = 1000;
    let (world, route) = (Arc::new(World::new().await), Arc::new(route(effect)));
    let mut requests = JoinSet::new();
    for pair in 0..PAIRS {
        let key = key();
        for _ in 0..2 {
            let (world, route) = (world.clone(), route.clone());
            requests.spawn(async move { (pair, world.post(&route, key, "{}").await) });
        }
    }
    let mut answers = requests.join_all().await;
    assert_eq!(world.effects(), PAIRS);
    answers.sort_by_key(|(pair, _)| *pair);
    let mut seen = std::collections::HashSet::new();
    for pair in answers.chunks(2) {
        assert_eq!((pair[0].1.status, &pair[0].1), (200, &pair[1].1));
        assert!(seen.insert(pair[0].1.body.clone()), "two pairs with one effect");
    }
}

#[tokio::test]
async fn an_answer_is_kept_a_day_through_a_restart() {
    let (world, route, key) = (World::new().await, route(effect), key());
    let first = world.post(&route, key, "{}").await;
    let world = world.restarted();
    assert_eq!(world.post(&route, key, "{}").await, first);
    world.service.clock.set_offset(86_399);
    assert_eq!(world.post(&route, key, "{}").await, first);
    world.service.clock.set_offset(86_400);
    assert_ne!(world.post(&route, key, "{}").await, first);
    assert_eq!(world.effects(), 2);
}

#[tokio::test]
async fn the_same_key_with_other_content_is_refused_and_the_first_answer_stays() {
    let (world, route, key) = (World::new().await, route(effect), key());
    let first = world.post(&route, key, "{}").await;
    let other = world.post(&route, key, "{ }").await;
    assert_eq!((other.status, code(&other).as_str()), (422, "idempotency_mismatch"));
    assert_eq!(world.post(&route, key, "{}").await, first);
    assert_eq!(world.effects(), 1);
}

/// What may go better the next time (401, 429, 5xx) is decided again; a refusal that is final is kept.
#[tokio::test]
async fn only_final_refusals_are_kept() {
    use citizen_protocol::wire::Code;
    let world = World::new().await;
    for (refusal, is_kept) in [
        (Code::TokenExpired, false),
        (Code::RateLimited, false),
        (Code::Internal, false),
        (Code::Unavailable, false),
        (Code::NotFound, true),
        (Code::Conflict, true),
        (Code::FieldsWrong, true),
    ] {
        let key = key();
        let refusing = route(move |_: &Work<'_>| Err(refusal.into()));
        let refused = world.post(&refusing, key, "{}").await;
        assert_eq!(refused.status, refusal.status());
        let again = world.post(&route(effect), key, "{}").await;
        assert_eq!(again == refused, is_kept, "{refusal:?}");
    }
}

/// Otherwise nobody whose answer was lost could learn that the keys were replaced.
#[tokio::test]
async fn a_key_out_of_force_hears_again_what_it_heard_and_nothing_else() {
    let (world, route, key) = (World::new().await, route(effect), key());
    let first = world.post(&route, key, "{}").await;
    world.service.writer.run(|db| db.execute("UPDATE phones SET is_in_force = 0", [])).await.unwrap();
    assert_eq!(world.post(&route, key, "{}").await, first);
    let other = world.post(&route, super::key(), "{}").await;
    assert_eq!(code(&other), "unknown_key");
    assert_eq!(world.effects(), 1);
}
