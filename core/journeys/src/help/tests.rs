use citizen_text::Language;

use super::{HOTLINE, Left, Over, open, page, told};
use crate::effect::{Do, Effect, Request};
use crate::held::Held;
use crate::ids::Act;
use crate::page::{Page, Part};
use crate::risk::RiskReading;
use crate::see::See;
use crate::support::Stop;
use crate::turn::Unfit;
use crate::world::{Now, Shared, Told, World};

fn now() -> Now {
    let time = crate::play::START;
    Now { time, uptime_s: 0, risk: RiskReading::default(), host: "localhost".into(), token: None, is_production: true }
}

fn shown(over: &Over, language: Language) -> Page {
    page(over, See { now: &now(), held: &Held::default(), shared: &Shared::new(language) })
}

/// A page that stops somebody, and one that does not.
fn pages() -> [Page; 2] {
    let (now, held, shared) = (now(), Held::default(), Shared::new(Language::Vi));
    let see = See { now: &now, held: &held, shared: &shared };
    [see.page("some-stop", "help-title").stop(Stop::Offline).done(), see.page("some-page", "help-title").done()]
}

fn tell(over: &Over, what: &Told) -> (Result<Left, Unfit>, Vec<Effect>) {
    let (now, mut held, mut shared) = (now(), Held::default(), Shared::new(Language::Vi));
    let mut world = World { now: &now, held: &mut held, shared: &mut shared, effects: Vec::new() };
    (told(over, what, &mut world), world.effects)
}

fn says(page: &Page, text: &str) -> bool {
    page.parts.iter().any(|part| {
        matches!(part, Part::Paragraph { said } | Part::Notice { said, .. } if said.id == text && said.text != said.id)
    })
}

#[test]
fn help_says_the_code_of_the_page_that_it_was_asked_on() {
    let [stopped, plain] = pages();
    for language in Language::ALL {
        let help = shown(&open(&stopped, false), language);
        assert_eq!(help.id, "help");
        let code = help.parts.iter().find_map(|part| match part {
            Part::Paragraph { said } if said.id == "help-code-text" => Some(said.clone()),
            _ => None,
        });
        assert!(code.clone().is_some_and(|said| said.text.contains("E101")));
        assert!(code.and_then(|said| said.spoken).is_some_and(|spoken| spoken.contains("E 1 0 1")));
        assert!(
            says(&help, "help-never-text") && says(&help, "help-hotline-text") && says(&help, "help-foreigners-text")
        );
        let plain = shown(&open(&plain, false), language);
        assert!(says(&plain, "help-no-code-text") && !says(&plain, "help-code-text"));
    }
}

#[test]
fn in_person_says_where_and_what_to_bring() {
    for language in Language::ALL {
        for over in pages().map(|page| open(&page, true)) {
            let page = shown(&over, language);
            assert_eq!(page.id, "help-in-person");
            assert!(says(&page, "help-office-text") && says(&page, "help-bring-text"));
            assert!(says(&page, "help-officer-text") && says(&page, "help-foreigners-text"));
        }
    }
}

#[test]
fn the_dialler_opens_with_the_hotline_and_help_stays() {
    let [stopped, _] = pages();
    for over in [open(&stopped, false), open(&stopped, true)] {
        let (left, effects) = tell(&over, &Told::Act(Act::Call));
        assert_eq!(left, Ok(Left::Open(over)));
        let dials: Vec<_> = effects.into_iter().map(|effect| effect.what).collect();
        assert!(dials == [Do::Ask(Request::Dial { number: "19000368".into() })]);
    }
    assert_eq!(HOTLINE, "19000368");
}

#[test]
fn every_way_through_help_leads_back() {
    let [stopped, _] = pages();
    let (help, in_person) = (open(&stopped, false), open(&stopped, true));
    let Over::Help { asked } = help.clone() else { panic!("no help") };
    let behind_help = Over::InPerson { asked, from_help: true };
    for (over, what, left) in [
        (&help, Told::Back, Some(Left::Closed)),
        (&help, Told::Act(Act::InPerson), Some(Left::Open(behind_help.clone()))),
        (&help, Told::Act(Act::Help), None),
        (&help, Told::Act(Act::Later), None),
        (&behind_help, Told::Back, Some(Left::Open(help.clone()))),
        (&behind_help, Told::Act(Act::Help), Some(Left::Open(help.clone()))),
        (&in_person, Told::Back, Some(Left::Closed)),
        (&in_person, Told::Act(Act::Help), Some(Left::Open(help.clone()))),
        (&in_person, Told::Act(Act::Discard), None),
        (&Over::Leave, Told::Act(Act::Stay), Some(Left::Closed)),
        (&Over::Leave, Told::Back, Some(Left::Closed)),
        (&Over::Leave, Told::Act(Act::Later), Some(Left::Later)),
        (&Over::Leave, Told::Act(Act::Discard), Some(Left::Discarded)),
        (&Over::Leave, Told::Act(Act::Call), None),
        (&Over::Leave, Told::Tick, None),
    ] {
        let (came, effects) = tell(over, &what);
        assert_eq!(came.ok(), left, "{over:?}");
        assert!(effects.is_empty(), "{over:?}");
    }
}

#[test]
fn leaving_offers_to_stay_to_keep_and_to_delete() {
    for language in Language::ALL {
        let page = shown(&Over::Leave, language);
        let actions: Vec<&str> = page.actions.iter().map(|action| action.id.as_str()).collect();
        assert_eq!((page.id.as_str(), actions), ("leave", vec!["stay", "later", "discard"]));
        assert!(says(&page, "leave-later-text") && says(&page, "leave-discard-text") && page.can_go_back);
    }
}
