//! Plays a scenario.

use std::collections::BTreeSet;

use citizen_card::{CalendarDate, CitizenCard, parse};
use citizen_journeys::rehearsal::{Rehearsal, Shown};
use citizen_journeys::{CameraFault, CodeSource, Event, Journey, Page, Part, RiskReading, Said, Signal};

use crate::step::{Card, Expect, Happens, Scenario};
use crate::{folder, load};

/// What secrets are entered, by the names that scenarios have for them.
const SECRETS: [(&str, &str); 9] = [
    ("good", "hoa sen no tren ho 7"),
    ("other", "hoa sen tan tren ho 8"),
    ("short", "hoa"),
    ("common", "password1"),
    ("pin", "481526"),
    ("other_pin", "592637"),
    ("trivial_pin", "123456"),
    ("code", "271828"),
    ("partial_code", "2718"),
];
/// Messages that carry a code, or do not.
const MESSAGES: [(&str, &str); 4] = [
    ("message", "271828 la ma dang ky dinh danh. Doi chieu KA.\nCode to register, ref KA.\n@localhost #271828"),
    ("message_of_another", "271828 la ma cua ban.\n@elsewhere.example #271828"),
    ("no_message", "Chuc mung nam moi 2027"),
    ("letters", "27l828"),
];

/// The ids of pages, one after the other as they change. `reached` gets each page with the name of its state.
pub(crate) fn play(name: &str, scenario: &Scenario, reached: &mut BTreeSet<(String, String)>) -> Vec<String> {
    let stage = Rehearsal::new(&scenario.language);
    let mut shown = stage.advance(0);
    let mut pages = vec![shown.page.id.clone()];
    if let Some(like) = &scenario.like {
        let before = load(&folder().join(format!("{}.json", like.scenario)));
        assert!(before.like.is_none(), "{name}: like a scenario that begins by itself");
        let mut steps = before.steps.iter();
        while shown.page.id != like.until {
            let step = steps.next().unwrap_or_else(|| panic!("{name}: {} never shows {}", like.scenario, like.until));
            shown = happen(&stage, &shown.page, &step.happens);
        }
        pages.push(shown.page.id.clone());
    }
    for (number, step) in scenario.steps.iter().enumerate() {
        shown = happen(&stage, &shown.page, &step.happens);
        reached.insert((shown.page.id.clone(), stage.state_name()));
        check(&step.expect, &shown, &format!("{name}, step {}", number + 1));
        if pages.last() != Some(&shown.page.id) {
            pages.push(shown.page.id.clone());
        }
    }
    pages
}

fn happen(stage: &Rehearsal, page: &Page, happens: &Happens) -> Shown {
    let page = page.id.clone();
    let event = match happens {
        Happens::Start(journey) => Event::Start { journey: journey_named(journey) },
        Happens::Act(action) => Event::Action { page, action: action.clone() },
        Happens::StaleAct(action) => Event::Action { page: "gone".into(), action: action.clone() },
        Happens::Fields(fields) => return enter(stage, &page, fields.iter().map(|(id, text)| (id, text.as_str()))),
        Happens::Secrets(fields) => {
            return enter(stage, &page, fields.iter().map(|(id, name)| (id, secret(name))));
        }
        Happens::Choose(made) => {
            Event::Choose { page, choice: made.choice.clone(), option: made.option.clone(), chosen: made.chosen }
        }
        Happens::Code(code) => Event::Code { page, text: secret(&code.text).to_owned(), source: source(&code.source) },
        Happens::Card(card) => Event::CardRead { page, card: card.read() },
        Happens::Portrait(kind) => Event::Portrait { page, jpeg: picture(kind) },
        Happens::Hint(hint) => Event::CameraHint { page, hint: hint.hint.clone(), stage: hint.stage },
        Happens::CameraFault(fault) => Event::CameraFault { page, fault: camera_fault(fault) },
        Happens::Network(online) => Event::Network { online: *online },
        Happens::Visible(visible) => Event::Visible { visible: *visible },
        Happens::Back {} => Event::Back { page },
        Happens::Cancel {} => Event::Cancel { page },
        Happens::Reply(reply) => {
            return stage.reply(&reply.to, &reply.with.to_string()).unwrap_or_else(|e| panic!("{e}"));
        }
        Happens::Advance(seconds) => return stage.advance(*seconds),
        Happens::Risk(signals) => {
            let of = |name: &str| signal(signals.get(name).map_or("no", String::as_str));
            return stage.risk(RiskReading {
                call: of("call"),
                capture: of("capture"),
                remote: of("remote"),
                overlay: of("overlay"),
                accessibility: of("accessibility"),
                debugger: of("debugger"),
            });
        }
        Happens::Kill {} => return stage.kill(),
    };
    stage.event(event)
}

fn enter<'a>(stage: &Rehearsal, page: &str, fields: impl Iterator<Item = (&'a String, &'a str)>) -> Shown {
    let events = fields.map(|(field, value)| Event::Field {
        page: page.to_owned(),
        field: field.clone(),
        value: value.to_owned(),
    });
    events.map(|event| stage.event(event)).last().expect("a field")
}

fn check(expect: &Expect, shown: &Shown, place: &str) {
    let Expect { page, effects, refused, says, actions, code, values } = expect;
    assert_eq!(shown.refused, refused.unwrap_or(false), "{place}: refused");
    if let Some(page) = page {
        assert_eq!(&shown.page.id, page, "{place}");
    }
    if let Some(effects) = effects {
        assert_eq!(&shown.effects, effects, "{place}");
    }
    let said = said(&shown.page);
    for id in says {
        assert!(said.iter().any(|one| one.id == *id), "{place}: says {id}; it says {said:?}");
    }
    if let Some(actions) = actions {
        let open: Vec<_> = shown.page.actions.iter().filter(|one| one.enabled).map(|one| one.id.clone()).collect();
        assert_eq!(&open, actions, "{place}");
    }
    if code.is_some() {
        let found = shown.page.parts.iter().find_map(|part| match part {
            Part::Notice { code, .. } => code.clone(),
            _ => None,
        });
        assert_eq!(&found, code, "{place}");
    }
    for (id, value) in values {
        let found = shown.page.parts.iter().find_map(|part| match part {
            Part::Field { field } if field.id == *id => Some(field.value.clone()),
            _ => None,
        });
        assert_eq!(found.as_ref(), Some(value), "{place}: {id}");
    }
}

/// Everything that a page says, in its order.
fn said(page: &Page) -> Vec<&Said> {
    let mut said = vec![&page.title];
    for part in &page.parts {
        match part {
            Part::Paragraph { said: one } | Part::Notice { said: one, .. } | Part::Progress { said: one, .. } => {
                said.push(one);
            }
            Part::Field { field } => {
                said.extend([Some(&field.label), field.hint.as_ref(), field.error.as_ref()].into_iter().flatten());
            }
            Part::Choice { choice } => {
                said.extend([Some(&choice.label), choice.error.as_ref()].into_iter().flatten());
                said.extend(choice.options.iter().map(|option| &option.label));
            }
            Part::CodeEntry { entry } => said.extend(&entry.error),
            Part::Camera { hint, .. } => said.extend(hint),
            Part::Timeline { entries } => {
                said.extend(entries.iter().flat_map(|entry| [Some(&entry.label), entry.detail.as_ref()]).flatten());
            }
            Part::Document { title, rows } => {
                said.push(title);
                said.extend(rows.iter().flat_map(|row| [Some(&row.label), row.note.as_ref()]).flatten());
            }
            Part::Rows { rows } => {
                said.extend(rows.iter().flat_map(|row| [Some(&row.label), row.note.as_ref()]).flatten());
            }
            Part::Countdown { wait } => said.push(&wait.label),
            Part::Consent { entry } => {
                said.push(&entry.title);
                said.extend(&entry.facts);
            }
        }
    }
    said
}

impl Card {
    fn read(&self) -> CitizenCard {
        let day = |iso: &str| iso.split('-').rev().collect::<String>();
        let old = self.old_number.as_deref().unwrap_or_default();
        let payload =
            [&self.number, old, &self.name, &day(&self.birth_date), &self.sex, &self.address, &day(&self.issue_date)]
                .join("|");
        parse(&payload, CalendarDate::from_iso("2399-12-31").unwrap()).expect("a card whose fields hold").card
    }
}

fn secret(name: &str) -> &'static str {
    let found = SECRETS.iter().chain(&MESSAGES).find(|(one, _)| *one == name);
    found.unwrap_or_else(|| panic!("no secret is called {name}")).1
}

/// The first bytes of a JPEG file, and some more; the machine looks at no more of it.
fn picture(kind: &str) -> Vec<u8> {
    match kind {
        "jpeg" => [[0xff, 0xd8, 0xff, 0xe0], [0; 4]].concat(),
        "not_a_jpeg" => b"GIF89a".to_vec(),
        other => panic!("no picture is called {other}"),
    }
}

fn journey_named(name: &str) -> Journey {
    match name {
        "enrol" => Journey::Enrol,
        "status" => Journey::Status,
        "activate" => Journey::Activate,
        "sign_in" => Journey::SignIn,
        "recover" => Journey::Recover,
        "settings" => Journey::Settings,
        other => panic!("no journey is called {other}"),
    }
}

fn source(name: &str) -> CodeSource {
    match name {
        "typed" => CodeSource::Typed,
        "pasted" => CodeSource::Pasted,
        "message" => CodeSource::Message,
        other => panic!("no source is called {other}"),
    }
}

fn camera_fault(name: &str) -> CameraFault {
    match name {
        "denied" => CameraFault::Denied,
        "busy" => CameraFault::Busy,
        "missing" => CameraFault::Missing,
        other => panic!("no fault is called {other}"),
    }
}

fn signal(name: &str) -> Signal {
    match name {
        "no" => Signal::No,
        "unknown" => Signal::Unknown,
        "yes" => Signal::Yes,
        other => panic!("no signal is called {other}"),
    }
}
