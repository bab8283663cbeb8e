//! Everything that can happen.

use citizen_card::{CalendarDate, CitizenCard, parse};
use citizen_journeys::rehearsal::Stage;
use citizen_journeys::{
    Act, CameraFault, CameraKind, CodeSource, EffectId, Event, FieldId, Input, Journey, Outcome, Page, Part,
    RiskReading, Signal, Step, Unfit,
};

use crate::outcomes::outcomes;

/// Something that happens. Two of one name do the same.
#[derive(Clone, PartialEq)]
pub enum Happening {
    /// The shell reports something.
    Event(&'static str, Event),
    /// An effect ends.
    Reply(String, EffectId, Box<Outcome>),
    /// Seconds pass.
    Time(u64),
    /// The clock goes back a day.
    ClockBack,
    /// Risk signals change.
    Risk(&'static str, RiskReading),
    /// Killed and started again.
    Kill,
    /// Out of sight for two minutes.
    Away,
}

impl Happening {
    /// As the walk's document names it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Event(what, event) => match event {
                Event::Action { action, .. } => format!("[{action}]"),
                Event::Field { field, .. } => format!("{field} {what}"),
                Event::Choose { choice, option, .. } => format!("{choice} {option} {what}"),
                Event::Start { journey } => format!("start {journey:?}"),
                event => format!("{} {what}", event.name()).trim_end().to_owned(),
            },
            Self::Reply(name, ..) => name.clone(),
            Self::Time(seconds) => format!("{seconds} s pass"),
            Self::ClockBack => "the clock goes back".into(),
            Self::Risk(name, _) => format!("risk: {name}"),
            Self::Kill => "killed".into(),
            Self::Away => "away".into(),
        }
    }

    /// Whether the citizen does it on the page, or it happens by itself for sure: what a way out may be made of. A page does not say that
    /// the app can be left.
    #[must_use]
    pub fn is_citizens(&self) -> bool {
        match self {
            Self::Event(_, event) => {
                !matches!(event, Event::Cancel { .. } | Event::Start { .. } | Event::Network { .. })
            }
            Self::Time(_) => true,
            Self::Reply(..) | Self::ClockBack | Self::Risk(..) | Self::Kill | Self::Away => false,
        }
    }
}

/// Makes it happen.
///
/// # Errors
/// It does not fit; nothing changed.
pub fn make(stage: &mut Stage, happening: &Happening) -> Result<Step, Unfit> {
    match happening {
        Happening::Event(_, event) => stage.tell(Input::Shell(event.clone())),
        Happening::Reply(_, effect, outcome) => stage.tell(Input::Reply { effect: *effect, outcome: outcome.clone() }),
        Happening::Time(seconds) => {
            stage.advance(*seconds);
            stage.tell(Input::Shell(Event::Tick))
        }
        Happening::ClockBack => {
            let now = stage.now().time.0;
            stage.set_time(citizen_protocol::wire::UnixTime(now - 86_400));
            stage.tell(Input::Shell(Event::Tick))
        }
        Happening::Risk(_, reading) => {
            stage.set_risk(*reading);
            stage.tell(Input::Shell(Event::Tick))
        }
        Happening::Kill => {
            stage.kill();
            stage.tell(Input::Resumed)
        }
        Happening::Away => {
            stage.tell(Input::Shell(Event::Visible { visible: false }))?;
            stage.advance(120);
            stage.tell(Input::Shell(Event::Visible { visible: true }))
        }
    }
}

/// What can happen on this stage, fitting or not.
#[must_use]
pub fn happenings(stage: &Stage) -> Vec<Happening> {
    let page = stage.page();
    let mut all: Vec<Happening> = Vec::new();
    all.extend(actions(&page));
    all.extend(page.parts.iter().flat_map(|part| entries(&page.id, part)));
    all.extend(misfits(&page));
    for journey in Journey::ALL {
        all.push(Happening::Event("", Event::Start { journey }));
    }
    let id = || page.id.clone();
    all.extend([
        Happening::Event("", Event::Back { page: id() }),
        Happening::Event("", Event::Cancel { page: id() }),
        Happening::Event("lost", Event::Network { online: false }),
        Happening::Event("back", Event::Network { online: true }),
        Happening::Time(1),
        Happening::Time(65),
        Happening::Time(4_000),
        Happening::Time(90_000),
        Happening::ClockBack,
        Happening::Kill,
        Happening::Away,
    ]);
    all.extend(risks());
    for (effect, what) in stage.waiting() {
        let name = what.name();
        let outcomes = outcomes(what, stage.now().time);
        all.extend(
            outcomes
                .into_iter()
                .map(|(how, outcome)| Happening::Reply(format!("{name}: {how}"), effect, Box::new(outcome))),
        );
    }
    all.push(Happening::Reply("reply to nothing".into(), EffectId(u64::MAX), Box::new(Outcome::Done)));
    all
}

fn actions(page: &Page) -> Vec<Happening> {
    let of = |act: &Act| Happening::Event("", Event::Action { page: page.id.clone(), action: act.id().to_owned() });
    Act::ALL.iter().map(of).collect()
}

/// On another page, or with names that are none.
fn misfits(page: &Page) -> Vec<Happening> {
    let id = || page.id.clone();
    vec![
        Happening::Event("elsewhere", Event::Back { page: "elsewhere".into() }),
        Happening::Event("unknown", Event::Field { page: id(), field: "nothing".into(), value: "x".into() }),
        Happening::Event(
            "unknown",
            Event::Choose { page: id(), choice: "nothing".into(), option: "none".into(), chosen: true },
        ),
    ]
}

fn risks() -> Vec<Happening> {
    let none = RiskReading {
        call: Signal::No,
        capture: Signal::No,
        remote: Signal::No,
        overlay: Signal::No,
        accessibility: Signal::No,
        debugger: Signal::No,
    };
    let yes = Signal::Yes;
    [
        ("none", none),
        ("call", RiskReading { call: yes, ..none }),
        ("captured", RiskReading { capture: yes, ..none }),
        ("remote control", RiskReading { remote: yes, ..none }),
        ("overlay", RiskReading { overlay: yes, ..none }),
        ("accessibility service", RiskReading { accessibility: yes, ..none }),
    ]
    .into_iter()
    .map(|(name, reading)| Happening::Risk(name, reading))
    .collect()
}

/// What can be entered into a part.
fn entries(page: &str, part: &Part) -> Vec<Happening> {
    let page = || page.to_owned();
    match part {
        Part::Field { field } => {
            let values = FieldId::parse(&field.id).map(values).unwrap_or_default();
            let is_bad_somehow = values.len() > 1;
            let event = |(how, value): (&'static str, String)| {
                Happening::Event(how, Event::Field { page: page(), field: field.id.clone(), value })
            };
            let endless = is_bad_somehow.then(|| ("endless", "9".repeat(2_000)));
            values.into_iter().chain(endless).chain([("emptied", String::new())]).map(event).collect()
        }
        Part::Choice { choice } => choice
            .options
            .iter()
            .map(|option| {
                let (choice, option) = (choice.id.clone(), option.id.clone());
                Happening::Event("chosen", Event::Choose { page: page(), choice, option, chosen: true })
            })
            .collect(),
        Part::Consent { entry } => [("given", true), ("withheld", false)]
            .map(|(how, chosen)| {
                let (choice, option) = (entry.id.clone(), String::new());
                Happening::Event(how, Event::Choose { page: page(), choice, option, chosen })
            })
            .into(),
        Part::CodeEntry { .. } => codes()
            .into_iter()
            .map(|(how, text, source)| {
                Happening::Event(how, Event::Code { page: page(), text: text.to_owned(), source })
            })
            .collect(),
        Part::Camera { camera: CameraKind::Card, .. } => {
            let read =
                cards().into_iter().map(|(how, card)| Happening::Event(how, Event::CardRead { page: page(), card }));
            read.chain(camera(&page(), "come_closer", 1)).collect()
        }
        Part::Camera { camera: CameraKind::Selfie, .. } => {
            let portrait =
                |how, jpeg: &[u8]| Happening::Event(how, Event::Portrait { page: page(), jpeg: jpeg.to_vec() });
            let taken = [portrait("taken", &[0xff, 0xd8, 0xff, 0xe0, 0]), portrait("broken", b"GIF89a")];
            taken.into_iter().chain(camera(&page(), "glare", 2)).chain(camera(&page(), "good", 3)).collect()
        }
        _ => Vec::new(),
    }
}

fn camera(page: &str, hint: &str, stage: u8) -> Vec<Happening> {
    let hints = [("hint", hint, stage), ("early hint", hint, 0), ("unknown hint", "whatever", 0)];
    let hints = hints.map(|(how, hint, stage)| {
        Happening::Event(how, Event::CameraHint { page: page.to_owned(), hint: hint.to_owned(), stage })
    });
    let faults = [("denied", CameraFault::Denied), ("busy", CameraFault::Busy), ("missing", CameraFault::Missing)];
    let faults = faults.map(|(how, fault)| Happening::Event(how, Event::CameraFault { page: page.to_owned(), fault }));
    hints.into_iter().chain(faults).collect()
}

/// Whatever is secret among the entries: it must be nowhere in the model. A code's digits stand for themselves.
#[must_use]
pub fn canaries() -> Vec<&'static str> {
    vec![GOOD_PASSWORD, OTHER_PASSWORD, "471829", "592637", "271828"]
}

const GOOD_PASSWORD: &str = "hoa sen no tren ho 7";
const OTHER_PASSWORD: &str = "hoa sen tan tren ho 8";

fn values(field: FieldId) -> Vec<(&'static str, String)> {
    let (good, bad): (&[&str], &[&str]) = match field {
        FieldId::IdNumber => (&["000190123456"], &["12"]),
        // What is wrong with these three leads where the others' errors do: together they would be six times as many states.
        FieldId::OldIdNumber => (&["123456789"], &[]),
        FieldId::Name => (&["Nguyễn Mẫu An"], &[]),
        FieldId::BirthDate => (&["1/2/1990"], &["31/2/1990"]),
        FieldId::Sex => (&["Nữ"], &["?"]),
        FieldId::Address => (&["Số 1, Xã Mẫu"], &[]),
        FieldId::IssueDate => (&["3/4/2022"], &["3/4/2399"]),
        FieldId::Phone => (&["0912 345 678"], &["0000"]),
        FieldId::Email => (&["an@example.vn"], &["an"]),
        FieldId::Password => (&[GOOD_PASSWORD], &["hoa"]),
        FieldId::PasswordAgain => (&[GOOD_PASSWORD], &[OTHER_PASSWORD]),
        FieldId::Pin => (&["471829"], &["123456"]),
        FieldId::PinAgain => (&["471829"], &["592637"]),
    };
    let of = |how: &'static str, texts: &[&str]| texts.iter().map(|text| (how, (*text).to_owned())).collect::<Vec<_>>();
    [of("well", good), of("badly", bad)].concat()
}

fn codes() -> Vec<(&'static str, &'static str, CodeSource)> {
    vec![
        ("whole", "271828", CodeSource::Typed),
        ("half", "271", CodeSource::Typed),
        ("letters", "27l828", CodeSource::Typed),
        ("message", "271828 la ma.\n@localhost #271828", CodeSource::Message),
        ("foreign message", "271828 la ma.\n@elsewhere.example #271828", CodeSource::Pasted),
        ("other text", "xin chao", CodeSource::Pasted),
    ]
}

fn cards() -> Vec<(&'static str, CitizenCard)> {
    [
        ("well", "000190123456||Nguyễn Mẫu An|01021990|Nữ|Số 1, Xã Mẫu, Tỉnh Ví Dụ|03042022"),
        ("odd", "000190123456||Nguyễn Mẫu An|01021991|Nam|Số 1, Xã Mẫu, Tỉnh Ví Dụ|03042022"),
        ("of a child", "000315123456||Nguyễn Mẫu Bé|01022015|Nữ|Số 1, Xã Mẫu, Tỉnh Ví Dụ|03042026"),
        ("of tomorrow", "000190123456||Nguyễn Mẫu An|01021990|Nữ|Số 1, Xã Mẫu, Tỉnh Ví Dụ|03042390"),
    ]
    .into_iter()
    .filter_map(|(how, payload)| {
        let far = CalendarDate::from_iso("2399-12-31")?;
        Some((how, parse(payload, far).ok()?.card))
    })
    .collect()
}
