//! What stays of a rule that refuses or breaks, and what a nonce sees of it.

use citizen_protocol::signature::Nonce;
use citizen_protocol::wire::{Code, Problem};

use super::{World, code, effect, key, random, route};
use crate::pipeline::server_part;
use crate::work::{Refusal, Work};

#[tokio::test]
async fn what_a_refused_rule_wrote_goes_unless_it_says_that_it_stays() {
    let world = World::new().await;
    for (keep, effects) in [(false, 0), (true, 1)] {
        let counting = route(move |work: &Work<'_>| {
            effect(work)?;
            Err(Refusal { problem: Problem::from(Code::OtpWrong), keep })
        });
        let refused = world.post(&counting, key(), "{}").await;
        assert_eq!((code(&refused).as_str(), world.effects()), ("otp_wrong", effects), "keep: {keep}");
    }
}

#[tokio::test]
async fn a_rule_that_panics_is_an_internal_error_and_leaves_nothing_but_the_used_nonce() {
    let (world, key) = (World::new().await, key());
    let panicking = route(|work: &Work<'_>| {
        effect(work)?;
        panic!("a rule that is wrong, on purpose");
    });
    let nonce = Nonce::new(&server_part(&world.service.keys.mac, super::NOW), random()).unwrap();
    let broken = world.post_with(&panicking, key, "{}", nonce.clone()).await;
    assert_eq!((broken.status, code(&broken).as_str(), world.effects()), (500, "internal", 0));
    let replayed = world.post_with(&panicking, key, "{}", nonce).await;
    assert_eq!(code(&replayed), "nonce_used");
    assert_eq!(world.post(&route(effect), key, "{}").await.status, 200);
    assert_eq!(world.effects(), 1);
}

#[tokio::test]
async fn a_nonce_is_used_once_even_by_a_request_that_is_not_understood() {
    let (world, route) = (World::new().await, route(effect));
    let nonce = Nonce::new(&server_part(&world.service.keys.mac, super::NOW), random()).unwrap();
    assert_eq!(code(&world.post_with(&route, key(), "nonsense", nonce.clone()).await), "bad_body");
    assert_eq!(code(&world.post_with(&route, key(), "{}", nonce.clone()).await), "nonce_used");
    let world = world.restarted();
    assert_eq!(code(&world.post_with(&route, key(), "{}", nonce).await), "nonce_used");
    assert_eq!(world.effects(), 0);
}

/// Memory of nonces ends when their requests would be too old anyway: 60 s of life and 300 s of clocks that differ.
#[tokio::test]
async fn nonces_are_forgotten_when_they_can_not_come_again() {
    let (world, route) = (World::new().await, route(effect));
    world.post(&route, key(), "{}").await;
    let known = async |world: &World| {
        let service = world.service.clone();
        world.service.writer.run(move |db| crate::pipeline::clean(&service, db)).await.unwrap();
        let sql = "SELECT count(*) FROM nonce";
        world.service.readers.read(|db| db.query_row(sql, [], |row| row.get::<_, u32>(0))).unwrap()
    };
    world.service.clock.set_offset(360);
    assert_eq!(known(&world).await, 1);
    world.service.clock.set_offset(361);
    assert_eq!(known(&world).await, 0);
}
