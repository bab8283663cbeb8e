use citizen_protocol::wire::{Consent, Policy, Purpose, PurposePolicy, Recipient};
use citizen_text::Language;

use super::{State, begin, page, told};
use crate::effect::Outcome;
use crate::event::Event;
use crate::failure::Failure;
use crate::ids::Act;
use crate::page::{ConsentEntry, Part};
use crate::place::Go;
use crate::play::{Journey, Play, START, has_support_code, plain_failures};
use crate::world::{Shared, Told};

type Asked = Play<State>;

const JOURNEY: Journey<State> = Journey { begin: |world| begin(crate::event::Journey::Enrol, world), told, page };

fn policy(terms: u32) -> Policy {
    let purpose = |purpose, is_required, kept_days| PurposePolicy {
        purpose,
        is_required,
        kept_days,
        recipients: vec![Recipient::IdentityService, Recipient::PoliceOffice],
    };
    let purposes = vec![
        purpose(Purpose::Identity, true, None),
        purpose(Purpose::Portrait, true, Some(30)),
        purpose(Purpose::Diagnostics, false, Some(90)),
    ];
    Policy { minimum_age: 14, terms, purposes }
}

/// The policy is known.
fn asked() -> Asked {
    let mut shared = Shared::new(Language::Vi);
    shared.policy = Some(policy(1));
    Play::of(&JOURNEY, shared).on("consent")
}

fn chooses(asked: Asked, purpose: &str, chosen: bool) -> Asked {
    asked.event(|page| Event::Choose { page, choice: purpose.into(), option: String::new(), chosen })
}

fn entries(asked: &Asked) -> Vec<ConsentEntry> {
    let entry = |part| if let Part::Consent { entry } = part { Some(entry) } else { None };
    asked.page().parts.into_iter().filter_map(entry).collect()
}

fn chosen(asked: &Asked) -> Vec<String> {
    entries(asked).into_iter().filter(|entry| entry.chosen).map(|entry| entry.id).collect()
}

fn can_continue(asked: &Asked) -> bool {
    asked.page().actions.iter().any(|action| action.id == Act::Continue.id() && action.enabled)
}

#[test]
fn every_purpose_is_a_choice_of_its_own_and_none_is_made() {
    let asked = asked();
    let entries = entries(&asked);
    let choices: Vec<_> = entries.iter().map(|entry| (entry.id.as_str(), entry.is_required, entry.chosen)).collect();
    assert_eq!(choices, [("identity", true, false), ("portrait", true, false), ("diagnostics", false, false)]);
    // What is used, why, two who see it, how long, what comes of saying no.
    assert!(entries.iter().all(|entry| entry.facts.len() == 6));
    for fact in
        ["consent-kept-account", "consent-kept-days", "consent-for-office", "consent-required", "consent-optional"]
    {
        assert!(
            entries.iter().any(|entry| entry.facts.iter().any(|said| said.id == fact && said.text != said.id)),
            "{fact}"
        );
    }
    assert!(!can_continue(&asked));
}

#[test]
fn only_with_every_required_one_does_it_go_on() {
    for (given, goes) in [
        (&["identity"][..], false),
        (&["portrait", "diagnostics"], false),
        (&["identity", "portrait"], true),
        (&["diagnostics", "portrait", "identity"], true),
    ] {
        let asked = given.iter().fold(asked(), |asked, purpose| chooses(asked, purpose, true));
        assert_eq!(can_continue(&asked), goes, "{given:?}");
        if !goes {
            asked.refuses(&Told::Act(Act::Continue));
        }
    }
}

#[test]
fn what_was_agreed_to_is_kept_with_its_terms_and_its_time_and_nothing_else_is() {
    let asked = chooses(chooses(asked(), "identity", true), "diagnostics", true);
    let asked = chooses(chooses(asked, "diagnostics", false), "portrait", true).act(Act::Continue);
    assert_eq!(asked.went, Some(Go::Consented(crate::event::Journey::Enrol)));
    let given = |purpose| Consent { purpose, terms: 1, given_at: START };
    assert_eq!(asked.shared.consents, [given(Purpose::Identity), given(Purpose::Portrait)]);
    assert!(asked.shared.has_consent());
}

#[test]
fn who_refuses_is_told_how_it_goes_in_person_and_nothing_is_stored() {
    let refused = chooses(asked(), "identity", true).act(Act::Refuse).on("consent-refused");
    let refused = refused.says("consent-refused-text").says("consent-nothing-stored-text").has(Act::InPerson);
    assert!(has_support_code(&refused.page()) && refused.shared.consents.is_empty());
    for back in [refused.clone().back(), refused.clone().act(Act::Resume)] {
        assert!(chosen(&back.on("consent")).is_empty());
    }
    assert_eq!(refused.act(Act::Home).went, Some(Go::Home));
}

#[test]
fn the_policy_is_asked_for_first_where_it_is_not_known() {
    let loading = Play::new(&JOURNEY).on("consent-loading").asked(&["fetch_policy"]);
    for failure in plain_failures() {
        let stopped = loading.clone().fails(failure.clone()).on("consent-loading");
        assert!(has_support_code(&stopped.page()), "{failure:?}");
    }
    let again = loading.clone().fails(Failure::Offline).act(Act::TryAgain).asked(&["fetch_policy"]);
    assert!(chosen(&again.reply(Outcome::Policy(policy(3))).on("consent")).is_empty());
    loading.clone().killed().on("consent-loading").asked(&["fetch_policy"]);
    assert!(loading.clone().back().left);
    loading.refuses(&Told::Act(Act::Continue)).refuses(&Told::Act(Act::Refuse));
}

#[test]
fn new_terms_are_asked_for_anew_with_nothing_chosen() {
    let mut asked = chooses(chooses(asked(), "identity", true), "portrait", true);
    asked.shared.policy = Some(policy(2));
    assert!(chosen(&asked).is_empty() && !can_continue(&asked));
    let mut asked = asked.told(&Told::Act(Act::Continue)).on("consent");
    assert!(asked.went.is_none() && asked.shared.consents.is_empty() && chosen(&asked).is_empty());
    asked.shared.policy = None;
    asked.told(&Told::Tick).on("consent-loading").asked(&["fetch_policy"]);
}

#[test]
fn what_was_chosen_stays_over_a_start() {
    let asked = chooses(asked(), "portrait", true).killed();
    assert_eq!(chosen(&asked.told(&Told::Online)), ["portrait"]);
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let choose = |choice: &str| Told::Choose { choice: choice.into(), option: String::new(), chosen: true };
    asked().refuses(&choose("everything")).refuses(&Told::Act(Act::Continue)).refuses(&Told::Act(Act::Home));
    let refused = asked().act(Act::Refuse);
    refused.refuses(&choose("identity")).refuses(&Told::Act(Act::Continue)).refuses(&Told::Act(Act::Refuse));
    assert!(asked().back().left);
}
