//! How far it is: every answer, every reason, every correction, every failure.

use citizen_card::parse;
use citizen_protocol::wire::{
    AmendRequest, Application, ApplicationState, Code, FieldProblem, Id, Problem, Reason, ReasonCode, Remedy, StepKind,
    StepState, TimedStep, UnixTime, WireField,
};
use citizen_text::Language;
use proptest::prelude::*;

use super::{State, begin, page, told, wake};
use crate::effect::{Do, EffectId, Outcome};
use crate::event::{Event, Journey as Way};
use crate::failure::Failure;
use crate::ids::{Act, FieldId};
use crate::page::Part;
use crate::place::Go;
use crate::play::{JPEG, Journey, NUMBER, Play, START, has_support_code, no, plain_failures};
use crate::shared::card::Entry;
use crate::testing::CARD;
use crate::world::{Shared, Told};

static STATUS: Journey<State> = Journey { begin, told, page };

const CODES: [ReasonCode; 9] = [
    ReasonCode::NotInDatabase,
    ReasonCode::FieldDiffers,
    ReasonCode::CardExpired,
    ReasonCode::TooYoung,
    ReasonCode::ForeignResident,
    ReasonCode::PortraitDiffers,
    ReasonCode::PortraitUnusable,
    ReasonCode::AlreadyRegistered,
    ReasonCode::Other,
];
const FIELDS: [WireField; 10] = [
    WireField::IdNumber,
    WireField::OldIdNumber,
    WireField::Name,
    WireField::BirthDate,
    WireField::Sex,
    WireField::Address,
    WireField::IssueDate,
    WireField::Portrait,
    WireField::Contact,
    WireField::Password,
];
const REMEDIES: [Remedy; 8] = [
    Remedy::CorrectEntry,
    Remedy::NewPortrait,
    Remedy::UpdateRecord,
    Remedy::RenewCard,
    Remedy::Guardian,
    Remedy::ImmigrationOffice,
    Remedy::SignIn,
    Remedy::Office,
];

/// Somebody has applied.
fn asking() -> Play<State> {
    let mut shared = Shared::new(Language::Vi);
    let card = parse(CARD, citizen_card::CalendarDate::in_vietnam(START.0)).unwrap().card;
    (shared.entry, shared.number, shared.has_applied) = (Some(Entry::of(&card)), Some(NUMBER.into()), true);
    Play::of(&STATUS, shared).on("status-asking").asked(&["ask_application"])
}

fn step(kind: StepKind, state: StepState, since: Option<UnixTime>, expected_by: Option<UnixTime>) -> TimedStep {
    TimedStep { kind, state, since, expected_by }
}

fn application(state: ApplicationState, reasons: Vec<Reason>) -> Application {
    let steps = vec![
        step(StepKind::Received, StepState::Done, Some(START), None),
        step(StepKind::Compared, StepState::Done, Some(START), None),
        step(StepKind::Reviewed, StepState::Current, Some(START), Some(START.plus(172_800))),
        step(StepKind::AccountMade, StepState::Ahead, None, None),
    ];
    Application { id: Id([7; 16]), state, steps, reasons, account: None, poll_after_s: 30 }
}

fn answer(state: ApplicationState) -> Outcome {
    Outcome::Application(application(state, Vec::new()))
}

fn reason(code: ReasonCode, field: Option<WireField>, remedy: Remedy) -> Reason {
    Reason { code, field, remedy, note: None }
}

fn wrong_name() -> Reason {
    reason(ReasonCode::FieldDiffers, Some(WireField::Name), Remedy::CorrectEntry)
}

fn wrong_portrait() -> Reason {
    reason(ReasonCode::PortraitUnusable, Some(WireField::Portrait), Remedy::NewPortrait)
}

fn rejected(reasons: Vec<Reason>) -> Play<State> {
    asking().reply(Outcome::Application(application(ApplicationState::Rejected, reasons)))
}

fn stopped(reasons: Vec<Reason>) -> Play<State> {
    asking().reply(Outcome::Application(application(ApplicationState::Stopped, reasons))).on("status-stopped")
}

fn review() -> Play<State> {
    asking().reply(answer(ApplicationState::InReview)).on("status-review")
}

/// The corrected card is sent.
fn amending() -> Play<State> {
    let typing = rejected(vec![wrong_name()]).act(Act::FixEntry).on("card-type").field(FieldId::Name, "Nguyễn Thị Mẫn");
    typing.act(Act::Continue).on("card-review").act(Act::Continue).on("status-sending").asked(&["amend"])
}

/// Another portrait is sent.
fn sending_portrait() -> Play<State> {
    let camera = rejected(vec![wrong_portrait()]).act(Act::FixPortrait).on("status-portrait");
    let taken = camera.event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() });
    taken.on("status-sending").asked(&["success", "send_portrait"])
}

fn amending_portrait() -> Play<State> {
    sending_portrait().reply(Outcome::PortraitSent(Id([5; 16]))).on("status-sending").asked(&["amend"])
}

fn request(play: &Play<State>) -> AmendRequest {
    match &play.effects.last().unwrap().what {
        Do::Amend(request) => (**request).clone(),
        other => panic!("{}", other.name()),
    }
}

fn fields(wrong: &[WireField]) -> Failure {
    let fields = wrong.iter().map(|field| FieldProblem { field: *field }).collect();
    Failure::Server(Box::new(Problem { fields, ..Code::FieldsWrong.into() }))
}

#[test]
fn the_services_own_steps_are_shown_with_their_times() {
    let review = review()
        .says("status-reviewed-step")
        .says("status-done-at")
        .says("status-since-by")
        .says("status-meanwhile-text");
    let page = review.page();
    let Some(Part::Timeline { entries }) = page.parts.iter().find(|part| matches!(part, Part::Timeline { .. })) else {
        panic!("no timeline")
    };
    let current: Vec<_> = entries.iter().map(|entry| entry.is_current).collect();
    assert_eq!(current, [false, false, true, false]);
    assert!(entries[3].detail.is_none());
    // A day after what was expected the page says so, and that nothing is to be done.
    let late = review.later(172_800).says("status-late").says("status-since");
    assert!(!format!("{:?}", late.page()).contains("status-since-by"));
}

#[test]
fn it_is_asked_at_the_services_pace_and_the_page_stays_meanwhile() {
    let review = review();
    assert_eq!(wake(&review.state, START), Some(START.plus(30)));
    let asked = review.later(29).asked(&[]).later(1).asked(&["ask_application"]).on("status-review");
    let again = asked.clone().reply(answer(ApplicationState::InReview)).on("status-review").later(30);
    again.asked(&["ask_application"]).reply(answer(ApplicationState::Approved)).on("status-approved");
    let failed = asked.fails(Failure::Offline).on("status-review").has(Act::TryAgain);
    assert!(has_support_code(&failed.page()));
    failed.act(Act::TryAgain).asked(&["ask_application"]);
}

#[test]
fn whatever_pace_the_service_names_it_is_held_within_bounds() {
    for (pace, wanted) in [(0, 5), (5, 5), (3_600, 3_600), (u32::MAX, 3_600)] {
        let slow = Application { poll_after_s: pace, ..application(ApplicationState::InReview, Vec::new()) };
        let review = asking().reply(Outcome::Application(slow));
        let at = wake(&review.state, START).unwrap().since(START);
        // The id spreads phones over a tenth more.
        assert!((wanted..=wanted + wanted / 10).contains(&at), "{pace}: {at}");
    }
}

#[test]
fn the_holder_may_ask_by_hand() {
    review().later(5).act(Act::Refresh).asked(&["ask_application"]).on("status-review");
}

#[test]
fn an_account_leads_to_signing_in() {
    let approved = asking().reply(answer(ApplicationState::Approved)).on("status-approved").asked(&["success"]);
    assert!(approved.shared.entry.is_none(), "the card is not needed any more");
    assert_eq!(approved.shared.number.as_deref(), Some(NUMBER));
    assert_eq!(approved.act(Act::SignIn).went, Some(Go::Journey(Way::SignIn)));
}

#[test]
fn every_reason_is_said_in_plain_words_whatever_it_speaks_of() {
    for state in
        [ApplicationState::Rejected, ApplicationState::Stopped, ApplicationState::InReview, ApplicationState::Approved]
    {
        for code in CODES {
            for field in FIELDS.map(Some).into_iter().chain([None]) {
                for remedy in REMEDIES {
                    let one = reason(code, field, remedy);
                    let text = super::reasons::reason_text(&one);
                    let shown = asking().reply(Outcome::Application(application(state, vec![one])));
                    let page = shown.page();
                    let says = format!("{page:?}").contains(text);
                    let is_refusal = matches!(state, ApplicationState::Rejected | ApplicationState::Stopped);
                    assert_eq!(says, is_refusal, "{state:?} {code:?} {field:?} {remedy:?}");
                    assert!(!is_refusal || has_support_code(&page));
                }
            }
        }
    }
}

#[test]
fn a_rejection_offers_only_what_the_reasons_ask_for() {
    let entry = rejected(vec![wrong_name()]).on("status-rejected").says("status-name-differs-text").asked(&["warning"]);
    entry
        .says("status-fix-entry-text")
        .has(Act::FixEntry)
        .lacks(Act::FixPortrait)
        .refuses(&Told::Act(Act::FixPortrait));
    let portrait = rejected(vec![wrong_portrait()]).on("status-rejected").says("status-fix-portrait-text");
    portrait.has(Act::FixPortrait).lacks(Act::FixEntry).refuses(&Told::Act(Act::FixEntry));
    let both = rejected(vec![wrong_name(), wrong_portrait()]).on("status-rejected").says("status-fix-both-text");
    both.has(Act::FixEntry).lacks(Act::FixPortrait);
    // What the app can't put right is no rejection to the holder.
    rejected(Vec::new()).on("status-stopped").says("status-office-text");
    rejected(vec![reason(ReasonCode::CardExpired, None, Remedy::RenewCard)])
        .on("status-stopped")
        .says("status-renew-text");
}

#[test]
fn what_ended_says_where_to_go() {
    for (remedy, text) in [
        (Remedy::CorrectEntry, "status-enter-again-text"),
        (Remedy::NewPortrait, "status-picture-again-text"),
        (Remedy::UpdateRecord, "status-update-text"),
        (Remedy::RenewCard, "status-renew-text"),
        (Remedy::Guardian, "status-guardian-text"),
        (Remedy::ImmigrationOffice, "status-immigration-text"),
        (Remedy::Office, "status-office-text"),
    ] {
        let ended =
            stopped(vec![reason(ReasonCode::Other, None, remedy)]).says(text).has(Act::InPerson).lacks(Act::SignIn);
        assert!(ended.shared.entry.is_none() && ended.shared.number.is_none(), "nothing of it is kept");
        assert_eq!(ended.act(Act::Enrol).went, Some(Go::Journey(Way::Enrol)));
    }
    let registered = stopped(vec![reason(ReasonCode::AlreadyRegistered, Some(WireField::IdNumber), Remedy::SignIn)]);
    let registered = registered.says("status-sign-in-text");
    assert_eq!(registered.shared.number.as_deref(), Some(NUMBER));
    assert_eq!(registered.clone().act(Act::SignIn).went, Some(Go::Journey(Way::SignIn)));
    assert_eq!(registered.act(Act::Recover).went, Some(Go::Journey(Way::Recover)));
}

#[test]
fn an_officers_words_stand_apart_and_whole() {
    let words = "Ảnh bị tối ".repeat(27).trim().to_owned();
    let note = format!("{words}\n\u{202e}");
    let other = Reason { note: Some(note), ..reason(ReasonCode::Other, None, Remedy::NewPortrait) };
    let page = rejected(vec![other]).on("status-rejected").page();
    let rows: Vec<_> =
        page.parts.iter().filter_map(|part| if let Part::Rows { rows } = part { Some(rows) } else { None }).collect();
    assert_eq!(rows[0][0].value, words);
    let empty = Reason { note: Some(" \u{200b}\n".into()), ..reason(ReasonCode::Other, None, Remedy::NewPortrait) };
    assert!(!format!("{:?}", rejected(vec![empty]).page()).contains("status-note-row"));
    let long = Reason { note: Some("x y ".repeat(5_000)), ..reason(ReasonCode::Other, None, Remedy::NewPortrait) };
    let page = rejected(vec![long]).page();
    let Some(Part::Rows { rows }) = page.parts.iter().find(|part| matches!(part, Part::Rows { .. })) else {
        panic!("no row")
    };
    assert!(rows[0].value.chars().count() < 400);
}

#[test]
fn a_wrong_entry_is_corrected_where_it_is_marked_and_nothing_is_typed_twice() {
    let typing = rejected(vec![wrong_name()]).act(Act::FixEntry).on("card-type").says("card-service-error").asked(&[]);
    let errors =
        typing.page().parts.into_iter().filter(|part| matches!(part, Part::Field { field } if field.error.is_some()));
    assert_eq!(errors.count(), 1);
    let sent = request(&amending());
    let card = sent.card.unwrap();
    assert_eq!((sent.application, sent.portrait), (Id([7; 16]), None));
    assert_eq!(
        (card.id_number.as_str(), card.name.as_str(), card.address.as_str()),
        (NUMBER, "Nguyễn Thị Mẫn", "Số 1, Xã Mẫu, Tỉnh Ví Dụ")
    );
    let review = amending().reply(answer(ApplicationState::InReview)).on("status-review").asked(&["success"]);
    assert!(review.shared.entry.is_some());
    // What was typed and left is there when the holder comes back.
    let left = rejected(vec![wrong_name()]).act(Act::FixEntry).field(FieldId::Name, "Nguyễn Thị Mẫn");
    let back = left.back().on("status-rejected").act(Act::FixEntry).on("card-type");
    assert!(format!("{:?}", back.page()).contains("Nguyễn Thị Mẫn"));
}

#[test]
fn a_number_that_was_corrected_is_the_holders_from_then_on() {
    let wrong = reason(ReasonCode::NotInDatabase, Some(WireField::IdNumber), Remedy::CorrectEntry);
    let typing = rejected(vec![wrong]).act(Act::FixEntry).field(FieldId::IdNumber, "079190123457");
    let sent = typing.act(Act::Continue).act(Act::Continue).asked(&["amend"]);
    let review = sent.reply(answer(ApplicationState::InReview));
    assert_eq!(review.shared.number.as_deref(), Some("079190123457"));
}

#[test]
fn an_entry_that_is_not_kept_any_more_is_scanned_again() {
    let mut lost = rejected(vec![wrong_name()]);
    lost.shared.entry = None;
    let card = parse(CARD, lost.now.today()).unwrap().card;
    let scanned = lost.act(Act::FixEntry).on("card-scan").event(|page| Event::CardRead { page, card });
    scanned.on("card-review").act(Act::Continue).asked(&["amend"]);
}

#[test]
fn another_portrait_is_sent_and_then_only_it() {
    let amending = amending_portrait();
    let sent = request(&amending);
    assert_eq!((sent.card.is_none(), sent.portrait), (true, Some(Id([5; 16]))));
    let review = amending.reply(answer(ApplicationState::InReview)).on("status-review");
    assert!(review.held.portrait().is_none(), "the service has it");
}

#[test]
fn both_are_corrected_one_after_the_other_and_sent_together() {
    let typing =
        rejected(vec![wrong_name(), wrong_portrait()]).act(Act::FixEntry).field(FieldId::Name, "Nguyễn Thị Mẫn");
    let camera = typing.act(Act::Continue).act(Act::Continue).on("status-portrait").asked(&[]);
    let taken = camera.event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() }).asked(&["success", "send_portrait"]);
    let sent = request(&taken.reply(Outcome::PortraitSent(Id([5; 16]))).asked(&["amend"]));
    assert_eq!((sent.card.unwrap().name, sent.portrait), ("Nguyễn Thị Mẫn".into(), Some(Id([5; 16]))));
}

#[test]
fn what_the_service_does_not_take_of_a_correction_is_given_again() {
    amending().fails(fields(&[WireField::Name])).on("card-type").says("card-service-error");
    for code in [Code::PortraitGone, Code::PortraitIncomplete, Code::PortraitOffset, Code::DigestMismatch] {
        let gone = amending_portrait().refused(code).on("status-sending").asked(&[]);
        assert!(has_support_code(&gone.page()));
        // The same one again.
        gone.act(Act::TryAgain).asked(&["send_portrait"]).reply(Outcome::PortraitSent(Id([6; 16]))).asked(&["amend"]);
    }
    sending_portrait().fails(Failure::Gone).on("status-portrait");
    for failure in [
        Failure::AskStatus,
        no(Code::NotAmendable),
        no(Code::NotFound),
        no(Code::Conflict),
        no(Code::IdempotencyMismatch),
    ] {
        amending().fails(failure).on("status-asking").asked(&["ask_application"]);
    }
    let open = amending().refused(Code::ApplicationOpen).on("status-sending").says("enrol-open-text");
    assert!(has_support_code(&open.page()));
}

#[test]
fn nothing_there_leads_to_registering() {
    let none = asking().refused(Code::NotFound).on("status-none");
    assert!(!none.shared.has_applied && none.shared.entry.is_none());
    assert_eq!(none.act(Act::Enrol).went, Some(Go::Journey(Way::Enrol)));
    let mut unknown = asking();
    unknown.clone().fails(Failure::UnknownPhone).on("status-asking").has(Act::TryAgain);
    unknown.shared.has_applied = false;
    unknown.fails(Failure::UnknownPhone).on("status-none");
    review().later(30).refused(Code::NotFound).on("status-none");
}

#[test]
fn every_other_failure_is_shown_with_its_code_and_has_a_way_back() {
    for failure in plain_failures() {
        let name = format!("{failure:?}");
        for play in [asking(), review().later(30), amending(), amending_portrait(), sending_portrait()] {
            let stopped = play.fails(failure.clone());
            assert!(has_support_code(&stopped.page()), "{name} on {}", stopped.page().id);
        }
        assert!(asking().fails(failure.clone()).back().left);
        for play in [amending(), amending_portrait(), sending_portrait()] {
            play.fails(failure.clone()).back().on("status-rejected");
        }
    }
}

#[test]
fn after_a_kill_it_goes_on_from_where_it_was() {
    asking().killed().asked(&["ask_application"]);
    review().killed().on("status-review").asked(&["ask_application"]);
    rejected(vec![wrong_name()]).killed().on("status-rejected");
    amending().killed().asked(&["amend"]).reply(answer(ApplicationState::InReview)).on("status-review");
    sending_portrait().killed().asked(&["send_portrait"]);
    amending_portrait().killed().asked(&["amend"]);
    stopped(Vec::new()).killed().on("status-stopped");
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let stale = Told::Reply(EffectId(u64::MAX), answer(ApplicationState::Approved));
    let fixing = || rejected(vec![wrong_name()]).act(Act::FixEntry);
    let camera = || rejected(vec![wrong_portrait()]).act(Act::FixPortrait);
    let approved = asking().reply(answer(ApplicationState::Approved));
    let none = asking().refused(Code::NotFound);
    let pages = [
        asking(),
        review(),
        rejected(vec![wrong_name()]),
        stopped(Vec::new()),
        approved,
        none,
        fixing(),
        camera(),
        amending(),
        sending_portrait(),
    ];
    for play in pages {
        for told in
            [Told::Act(Act::Withdraw), Told::Field(FieldId::Pin, "1".into()), Told::Card("x".into()), stale.clone()]
        {
            play.clone().refuses(&told);
        }
        for told in [Told::Tick, Told::Online, Told::Resumed] {
            play.clone().told(&told);
        }
    }
    for play in [asking(), review().later(30), amending(), sending_portrait()] {
        let told = play.reply_told(Outcome::Done);
        play.refuses(&told);
    }
    amending().refuses(&Told::Back);
}

fn any_step() -> impl Strategy<Value = TimedStep> {
    let kinds = [StepKind::Received, StepKind::Compared, StepKind::Reviewed, StepKind::AccountMade];
    let states = [StepState::Done, StepState::Current, StepState::Ahead, StepState::Failed];
    let time =
        || proptest::option::of(prop_oneof![Just(0), Just(START.0), Just(START.0 + 60), any::<u64>(), Just(u64::MAX)]);
    (0..4_usize, 0..4_usize, time(), time()).prop_map(move |(kind, state, since, by)| {
        step(kinds[kind], states[state], since.map(UnixTime), by.map(UnixTime))
    })
}

fn any_reason() -> impl Strategy<Value = Reason> {
    let field = proptest::option::of(0..FIELDS.len()).prop_map(|field| field.map(|field| FIELDS[field]));
    (0..CODES.len(), field, 0..REMEDIES.len(), proptest::option::of("\\PC{0,400}"))
        .prop_map(|(code, field, remedy, note)| Reason { code: CODES[code], field, remedy: REMEDIES[remedy], note })
}

proptest! {
    // Each page is checked in both languages as it is shown.
    #[test]
    fn whatever_the_service_answers_there_is_a_page_with_a_way_on(
        state in 0..4_usize,
        steps in proptest::collection::vec(any_step(), 0..20),
        reasons in proptest::collection::vec(any_reason(), 0..20),
        poll_after_s in any::<u32>(),
    ) {
        let states =
            [ApplicationState::InReview, ApplicationState::Approved, ApplicationState::Rejected, ApplicationState::Stopped];
        let answer = Application { id: Id([0xff; 16]), state: states[state], steps, reasons, account: None, poll_after_s };
        let shown = asking().reply(Outcome::Application(answer));
        let page = shown.page();
        prop_assert!(page.actions.iter().filter(|action| action.enabled).count() >= 2, "{}", page.id);
        prop_assert!(page.parts.len() < 40);
    }
}
