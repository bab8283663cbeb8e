//! What the holder reads before agreeing.

use citizen_protocol::wire::{Policy, Purpose, PurposePolicy, Recipient};
use citizen_text::Value;

use super::state::{At, State};
use super::update::is_enough;
use super::{id, title};
use crate::ids::Act;
use crate::page::{ConsentEntry, Page, Part, Said};
use crate::see::See;
use crate::support::Stop;

pub(crate) fn page(state: &State, see: See) -> Page {
    match (&state.at, &see.shared.policy) {
        (At::Loading { work }, _) => {
            let draft = see.page("consent-loading", "consent-title").back().work(work, "consent-loading-progress");
            draft.cancel(Act::Later).done()
        }
        (At::Choosing { terms, chosen }, Some(policy)) => {
            // What was chosen counts for the texts that were read.
            let chosen = if policy.terms == *terms { chosen.as_slice() } else { &[] };
            choosing(see, policy, chosen)
        }
        // Without a policy there is nothing to choose: it is asked for with the next input.
        (At::Choosing { .. }, None) => see.page("consent-loading", "consent-title").back().cancel(Act::Later).done(),
        (At::Refused, _) => {
            let draft = see.page("consent-refused", "consent-refused-title").back().primary(Act::Resume);
            let draft = draft.secondary(Act::InPerson).stop(Stop::NoConsent).text("consent-nothing-stored-text");
            draft.cancel(Act::Home).done()
        }
    }
}

fn choosing(see: See, policy: &Policy, chosen: &[Purpose]) -> Page {
    let draft = see.page("consent", "consent-title").back().text("consent-text").text("consent-controller-text");
    let entries =
        policy.purposes.iter().map(|one| Part::Consent { entry: entry(see, one, chosen.contains(&one.purpose)) });
    draft
        .parts(entries)
        .text("consent-rights-text")
        .primary_if(is_enough(policy, chosen), Act::Continue)
        .secondary(Act::Refuse)
        .secondary(Act::Help)
        .cancel(Act::Later)
        .done()
}

fn entry(see: See, policy: &PurposePolicy, chosen: bool) -> ConsentEntry {
    let PurposePolicy { purpose, is_required, .. } = *policy;
    let (id, title) = (id(purpose).to_owned(), see.say(title(purpose)));
    ConsentEntry { id, title, facts: facts(see, policy), is_required, chosen }
}

/// What is used and why, who sees it, how long it is kept, and what comes of saying no.
pub(crate) fn facts(see: See, policy: &PurposePolicy) -> Vec<Said> {
    let (used, why) = match policy.purpose {
        Purpose::Identity => ("consent-identity-used", "consent-identity-why"),
        Purpose::Portrait => ("consent-portrait-used", "consent-portrait-why"),
        Purpose::Diagnostics => ("consent-diagnostics-used", "consent-diagnostics-why"),
    };
    let recipients = policy.recipients.iter().map(|recipient| {
        see.say(match recipient {
            Recipient::PopulationDatabase => "consent-for-database",
            Recipient::IdentityService => "consent-for-service",
            Recipient::PoliceOffice => "consent-for-office",
        })
    });
    let kept = match policy.kept_days {
        Some(days) => see.say_with("consent-kept-days", &[("days", Value::Count(days.into()))]),
        None => see.say("consent-kept-account"),
    };
    let choice = if policy.is_required { "consent-required" } else { "consent-optional" };
    [see.say(used), see.say(why)].into_iter().chain(recipients).chain([kept, see.say(choice)]).collect()
}
