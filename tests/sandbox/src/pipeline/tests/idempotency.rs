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

/// Of a six-digit code there are a million: whoever reads the table must not find the one that gives what it holds.
#[tokio::test]
async fn what_is_kept_of_a_request_can_not_be_guessed_from_the_table() {
    let (world, route) = (World::new().await, route(effect));
    for _ in 0..2 {
        world.post(&route, key(), "{}").await;
    }
    let sql = "SELECT content FROM idempotent_answer";
    let read = |db: &rusqlite::Connection| -> rusqlite::Result<Vec<String>> {
        db.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    };
    let kept = world.service.readers.read(read).unwrap();
    assert_eq!(kept.len(), 2);
    let digest = citizen_protocol::digest::content_digest(b"{}");
    let bare = digest.trim_start_matches("sha-256=:").trim_end_matches(':');
    assert!(kept.iter().all(|content| !content.contains(bare)), "{kept:?}");
    assert_ne!(kept[0], kept[1], "nor that two requests said the same");
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

/// A token that is kept could be read and used by whoever takes the phone's key as well; a wrong password still counts once.
#[tokio::test]
async fn of_an_operation_that_answers_a_secret_only_refusals_are_kept() {
    use citizen_protocol::wire::{Code, Problem};
    let world = World::new().await;
    let kept = |world: &World| {
        let sql = "SELECT count(*) FROM idempotent_answer";
        world.service.readers.read(|db| db.query_row(sql, [], |row| row.get::<_, u32>(0))).unwrap()
    };
    let (secret, key_of_secret) = (route(effect).answering_a_secret(), key());
    let first = world.post(&secret, key_of_secret, "{}").await;
    let second = world.post(&secret, key_of_secret, "{}").await;
    assert_eq!((first.status, second.status, world.effects(), kept(&world)), (200, 200, 2, 0));
    assert_ne!(first.body, second.body);

    let counting = route(|work: &Work<'_>| {
        effect(work)?;
        Err(crate::work::Refusal { problem: Problem::from(Code::WrongCredentials), keep: true })
    });
    let (counting, key) = (counting.answering_a_secret(), key());
    let first = world.post(&counting, key, "{}").await;
    assert_eq!(world.post(&counting, key, "{}").await, first);
    assert_eq!((world.effects(), kept(&world)), (3, 1));
}
