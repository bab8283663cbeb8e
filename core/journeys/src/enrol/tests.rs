//! Registering: every step, every refusal, every failure.

use citizen_card::parse;
use citizen_protocol::wire::{
    Application, ApplicationRequest, ApplicationState, CardSource, Code, Consent, FieldProblem, Id, OtpChannel,
    OtpPurpose, OtpSubject, PasswordReference, Policy, Problem, Purpose, PurposePolicy, StepKind, StepState, TimedStep,
    UnixTime, WireField,
};
use citizen_text::Language;

use super::{State, begin, guarded, page, told, wake};
use crate::effect::{Do, EffectId, Outcome};
use crate::event::{CodeSource, Event, Input, Journey as Way};
use crate::failure::Failure;
use crate::held::Held;
use crate::ids::{Act, FieldId};
use crate::model::{Model, update};
use crate::place::Go;
use crate::play::{
    CODE, JPEG, Journey, NUMBER, PASSWORD, Play, START, code_sent, has_support_code, no, plain_failures,
};
use crate::risk::{Guarded, RiskReading, Signal};
use crate::testing::{CARD, password_reference, verified};
use crate::world::{Now, Shared, Told};

static ENROL: Journey<State> = Journey { begin, told, page };
const PHONE: &str = "+84912345678";
const NAME: &str = "Nguyễn Thị Mẫu";

fn policy(minimum_age: u8) -> Policy {
    let purpose =
        |purpose, is_required| PurposePolicy { purpose, is_required, kept_days: None, recipients: Vec::new() };
    Policy { minimum_age, terms: 1, purposes: vec![purpose(Purpose::Identity, true), purpose(Purpose::Portrait, true)] }
}

fn consents() -> Vec<Consent> {
    [Purpose::Identity, Purpose::Portrait].map(|purpose| Consent { purpose, terms: 1, given_at: START }).to_vec()
}

fn who_of(minimum_age: u8) -> Play<State> {
    let mut shared = Shared::new(Language::Vi);
    (shared.policy, shared.consents) = (Some(policy(minimum_age)), consents());
    Play::of(&ENROL, shared).on("enrol-who")
}

fn who() -> Play<State> {
    who_of(14)
}

fn scanned(play: Play<State>) -> Play<State> {
    let card = parse(CARD, play.now.today()).unwrap().card;
    play.on("card-scan").event(|page| Event::CardRead { page, card }).on("card-review")
}

fn contact() -> Play<State> {
    scanned(who().act(Act::Continue)).act(Act::Continue).on("enrol-contact")
}

fn code() -> Play<State> {
    contact().field(FieldId::Phone, "0912 345 678").act(Act::Continue).on("enrol-code").asked(&["ask_code"])
}

fn right(play: Play<State>) -> Play<State> {
    play.right_code(OtpPurpose::Register, OtpChannel::Sms)
}

fn ready() -> Play<State> {
    right(code()).on("enrol-portrait").portrait_and_password().on("enrol-submit")
}

/// The last call is under way.
fn applying() -> Play<State> {
    ready().submitted().on("enrol-applying").asked(&["apply"])
}

fn application(state: ApplicationState) -> Application {
    let step = |kind, state, since: Option<u64>, by: Option<u64>| TimedStep {
        kind,
        state,
        since: since.map(|ago| UnixTime(START.0 - ago)),
        expected_by: by.map(|seconds| START.plus(seconds)),
    };
    let steps = vec![
        step(StepKind::Received, StepState::Done, Some(0), None),
        step(StepKind::Reviewed, StepState::Current, Some(0), Some(172_800)),
        step(StepKind::AccountMade, StepState::Ahead, None, Some(180_000)),
    ];
    Application { id: Id([7; 16]), state, steps, reasons: Vec::new(), account: None, poll_after_s: 30 }
}

fn arrived() -> Outcome {
    Outcome::Application(application(ApplicationState::InReview))
}

fn fields(wrong: &[WireField]) -> Failure {
    let fields = wrong.iter().map(|field| FieldProblem { field: *field }).collect();
    Failure::Server(Box::new(Problem { fields, ..Code::FieldsWrong.into() }))
}

fn request(play: &Play<State>) -> ApplicationRequest {
    match &play.effects.last().unwrap().what {
        Do::Apply(request) => (**request).clone(),
        other => panic!("{}", other.name()),
    }
}

fn stored(play: &Play<State>) -> String {
    serde_json::to_string(&play.state).unwrap()
}

#[test]
fn a_card_a_code_a_portrait_and_a_password_lead_to_the_receipt() {
    let asked = code();
    assert!(matches!(&asked.effects[0].what, Do::AskCode { purpose: OtpPurpose::Register, channel: OtpChannel::Sms,
        subject: OtpSubject::Address { address } } if address == PHONE));
    let applying = applying();
    let sent = request(&applying);
    assert_eq!((sent.card.id_number.as_str(), sent.card.source), (NUMBER, CardSource::Scanned));
    assert_eq!((sent.otp_challenges, sent.portrait, sent.password), (vec![Id([1; 16])], Id([2; 16]), Id([3; 16])));
    assert_eq!(sent.consents, consents());
    let receipt = applying.reply(arrived()).on("enrol-receipt").asked(&["success"]).wiped();
    let receipt = receipt.says("enrol-next-text");
    assert!(format!("{:?}", receipt.page()).contains("enrol-expected-row"));
    assert_eq!(receipt.clone().act(Act::Status).went, Some(Go::Journey(Way::Status)));
    assert_eq!(receipt.act(Act::Home).went, Some(Go::Home));
}

#[test]
fn once_the_service_has_it_only_the_card_is_kept_and_only_until_it_is_decided() {
    assert!(stored(&applying()).contains(NAME) && stored(&applying()).contains(PHONE));
    let receipt = applying().reply(arrived());
    assert!(
        !stored(&receipt).contains(NAME) && !stored(&receipt).contains(PHONE) && !stored(&receipt).contains(NUMBER)
    );
    assert!(receipt.held.portrait().is_none());
    let shared = &receipt.shared;
    assert_eq!((shared.number.as_deref(), shared.has_applied, shared.entry.is_some()), (Some(NUMBER), true, true));
    for (state, keeps) in
        [(ApplicationState::Rejected, true), (ApplicationState::Approved, false), (ApplicationState::Stopped, false)]
    {
        let decided = applying().reply(Outcome::Application(application(state))).says("enrol-decided-text");
        assert_eq!(decided.shared.entry.is_some(), keeps, "{state:?}");
    }
}

#[test]
fn the_age_is_the_services() {
    // The card's holder is 36.
    for (minimum, page) in [(14, "enrol-contact"), (36, "enrol-contact"), (37, "enrol-young")] {
        scanned(who_of(minimum).act(Act::Continue)).act(Act::Continue).on(page);
    }
    let young =
        scanned(who_of(37).act(Act::Continue)).act(Act::Continue).says("enrol-guardian-text").has(Act::InPerson);
    assert!(has_support_code(&young.page()));
    let corrected = young.clone().act(Act::Correct).on("card-type").field(FieldId::BirthDate, "05/06/1980");
    corrected.act(Act::Continue).on("card-review").act(Act::Continue).on("enrol-contact");
    young.back().on("card-type");
}

#[test]
fn without_a_policy_the_first_page_names_no_age() {
    let page = format!("{:?}", Play::new(&ENROL).on("enrol-who").has(Act::Continue).page());
    assert!(!page.contains("enrol-who-text") && page.contains("enrol-need-text"));
}

#[test]
fn what_is_typed_is_not_typed_again_on_the_way_back() {
    let typed = contact().field(FieldId::Phone, "0912 345 678").back().on("card-review").act(Act::Continue);
    typed.act(Act::Continue).on("enrol-code").asked(&["ask_code"]);
    let back = code().back().on("enrol-contact").asked(&[]);
    back.act(Act::Continue).on("enrol-code");
    let number =
        who().act(Act::Continue).act(Act::TypeByHand).field(FieldId::IdNumber, NUMBER).back().back().on("enrol-who");
    assert!(format!("{:?}", number.act(Act::Continue).act(Act::TypeByHand).page()).contains(NUMBER));
    assert!(who().back().left);
}

#[test]
fn an_entry_that_was_kept_is_there_again() {
    let rejected = applying().reply(Outcome::Application(application(ApplicationState::Rejected)));
    let again = Play::of(&ENROL, rejected.shared).act(Act::Continue).act(Act::TypeByHand).on("card-type");
    again.act(Act::Continue).on("card-review");
}

#[test]
fn an_address_is_checked_before_anything_is_sent() {
    for (channel, field, text, error) in [
        ("sms", FieldId::Phone, "", "contact-phone-error"),
        ("sms", FieldId::Phone, "0242 345 678", "contact-phone-error"),
        ("sms", FieldId::Phone, "+1 912 345 678", "contact-phone-error"),
        ("email", FieldId::Email, "nam@", "contact-email-error"),
    ] {
        let wrong = contact().choose("channel", channel).field(field, text).act(Act::Continue);
        wrong.on("enrol-contact").asked(&[]).says(error);
    }
    for text in ["0912345678", "+84 912.345.678", "84912345678"] {
        let asked = contact().field(FieldId::Phone, text).act(Act::Continue);
        assert!(
            matches!(&asked.effects[0].what, Do::AskCode { subject: OtpSubject::Address { address }, .. } if address == PHONE)
        );
    }
    let mail = contact().choose("channel", "email").field(FieldId::Email, "Nam@Example.VN").act(Act::Continue);
    assert!(matches!(&mail.effects[0].what, Do::AskCode { channel: OtpChannel::Email,
        subject: OtpSubject::Address { address }, .. } if address == "Nam@example.vn"));
}

#[test]
fn the_password_is_not_made_of_the_card_nor_the_address() {
    let password = right(code()).event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() }).on("enrol-password");
    for personal in [NUMBER, "012345678", NAME, "05061990 06051990", "Số 1, Xã Mẫu, Tỉnh Ví Dụ", PHONE] {
        let same = password.clone().field(FieldId::Password, personal).field(FieldId::PasswordAgain, personal);
        same.act(Act::Continue).on("enrol-password");
    }
}

#[test]
fn each_refusal_asks_only_for_what_is_missing() {
    for (failure, page) in [
        (no(Code::OtpGone), "enrol-code"),
        (no(Code::OtpUnverified), "enrol-code"),
        (no(Code::PasswordGone), "enrol-password"),
        (no(Code::PasswordRefused), "enrol-password"),
        // The same portrait again: it is still held.
        (no(Code::PortraitGone), "enrol-submit"),
        (no(Code::PortraitIncomplete), "enrol-submit"),
        (no(Code::PortraitOffset), "enrol-submit"),
        (no(Code::DigestMismatch), "enrol-submit"),
        (fields(&[WireField::Portrait]), "enrol-portrait"),
        (fields(&[WireField::Password]), "enrol-password"),
        (fields(&[WireField::Contact]), "enrol-contact"),
        (fields(&[WireField::Name, WireField::Contact]), "card-type"),
        (Failure::Gone, "enrol-submit"),
    ] {
        let name = format!("{failure:?}");
        let again = applying().fails(failure);
        assert_eq!(again.page().id, page, "{name}");
        assert!(again.shared.number.is_none() && !again.shared.has_applied);
    }
    let code = right(applying().refused(Code::OtpGone)).on("enrol-submit").act(Act::Submit);
    code.on("enrol-applying").asked(&["apply"]);
    let password = applying().refused(Code::PasswordGone).new_password().on("enrol-submit").act(Act::Submit);
    password.password_given().asked(&["apply"]);
    let portrait = applying().refused(Code::PortraitGone).act(Act::Submit).asked(&["send_portrait"]);
    portrait.reply(Outcome::PortraitSent(Id([4; 16]))).on("enrol-applying").asked(&["apply"]);
}

#[test]
fn a_portrait_that_is_not_held_any_more_is_taken_again() {
    let mut lost = applying();
    lost.held.drop_portrait();
    lost.refused(Code::PortraitGone).on("enrol-portrait");
    // Another way that was begun meanwhile took the one that is held.
    let mut other = applying();
    other.shared.portraits += 1;
    other.clone().refused(Code::PortraitGone).on("enrol-portrait");
    assert!(other.reply(arrived()).held.portrait().is_some(), "it is not this one's to drop");
}

#[test]
fn wrong_fields_are_corrected_and_everything_else_is_kept() {
    let typing =
        applying().fails(fields(&[WireField::Name, WireField::Sex])).on("card-type").says("card-service-error");
    let review = typing.field(FieldId::Name, "Nguyễn Thị Mẫn").act(Act::Continue).on("card-review");
    let again = review.act(Act::Continue).on("enrol-applying").asked(&["apply"]);
    let sent = request(&again);
    assert_eq!((sent.card.name.as_str(), sent.card.source), ("Nguyễn Thị Mẫn", CardSource::Typed));
    assert_eq!((sent.otp_challenges, sent.portrait, sent.password), (vec![Id([1; 16])], Id([2; 16]), Id([3; 16])));
    // One swipe too many leaves it for later as it is.
    let left = applying().fails(fields(&[WireField::Name])).back().on("card-scan").back();
    assert!(left.left);
}

#[test]
fn an_address_that_the_service_does_not_take_is_changed_and_the_rest_is_kept() {
    let refused = applying().fails(fields(&[WireField::Contact])).on("enrol-contact").says("enrol-contact-error");
    let stays = refused.act(Act::Continue).on("enrol-contact").asked(&[]);
    let code = stays.field(FieldId::Phone, "0987654321").act(Act::Continue).on("enrol-code").asked(&["ask_code"]);
    right(code).on("enrol-submit").act(Act::Submit).on("enrol-applying").asked(&["apply"]);
}

#[test]
fn newer_texts_are_agreed_to_first_and_nothing_else_is_lost() {
    let consent = applying().refused(Code::ConsentNeeded);
    assert_eq!(consent.went, Some(Go::Leave(Way::Enrol)));
    assert!(consent.shared.consents.is_empty() && !consent.shared.has_consent());
    // What is left is told so when the consent is there.
    let mut left = applying();
    left.shared.consents = vec![Consent { terms: 2, ..consents()[0] }];
    let again = left.told(&Told::Resumed).asked(&["apply"]);
    assert_eq!(request(&again).consents[0].terms, 2);
}

#[test]
fn what_stands_in_the_way_has_its_page_and_ways_on() {
    for (code, page, says) in [
        (Code::ApplicationOpen, "enrol-open", "enrol-open-scam-text"),
        (Code::KeyInUse, "enrol-taken", "enrol-taken-text"),
    ] {
        let barred = applying().refused(code).on(page).says(says).asked(&["warning"]).has(Act::InPerson).has(Act::Help);
        assert!(has_support_code(&barred.page()));
        barred.clone().act(Act::TryAgain).on("enrol-applying").asked(&["apply"]);
        barred.clone().act(Act::Correct).on("card-type");
        barred.back().on("card-type");
    }
    let taken = applying().refused(Code::KeyInUse).act(Act::Status);
    assert_eq!(taken.went, Some(Go::Leave(Way::Status)));
    applying().refused(Code::ApplicationOpen).lacks(Act::Status).refuses(&Told::Act(Act::Status));
}

#[test]
fn where_it_may_have_arrived_the_service_is_asked_and_nothing_is_sent_twice() {
    for failure in [Failure::AskStatus, no(Code::NotFound), no(Code::Conflict), no(Code::IdempotencyMismatch)] {
        let asking =
            applying().fails(failure).on("enrol-applying").asked(&["ask_application"]).says("enrol-unclear-progress");
        asking.clone().reply(arrived()).on("enrol-receipt");
        asking.clone().refused(Code::NotFound).on("enrol-submit");
        asking.clone().fails(Failure::Offline).act(Act::TryAgain).asked(&["ask_application"]);
        asking.clone().refused(Code::OtpGone).on("enrol-applying").has(Act::TryAgain);
        // An older one is not this one.
        let mut older = application(ApplicationState::Stopped);
        older.steps[0].since = Some(UnixTime(START.0 - 86_400));
        asking.clone().reply(Outcome::Application(older)).on("enrol-submit");
        let steps = Vec::new();
        asking
            .reply(Outcome::Application(Application { steps, ..application(ApplicationState::InReview) }))
            .on("enrol-receipt");
    }
}

#[test]
fn every_other_failure_is_shown_with_its_code_and_loses_nothing() {
    for failure in plain_failures() {
        let name = format!("{failure:?}");
        let stopped = applying().fails(failure).on("enrol-applying");
        assert!(has_support_code(&stopped.page()), "{name}");
        let again = stopped.back().on("enrol-submit").act(Act::Submit).on("enrol-applying").asked(&["apply"]);
        again.reply(arrived()).on("enrol-receipt");
    }
    let nothing = applying().fails(fields(&[])).on("enrol-applying");
    assert!(has_support_code(&nothing.page()));
    applying().fails(Failure::Offline).told(&Told::Online).asked(&["apply"]);
}

#[test]
fn after_a_kill_it_goes_on_from_where_it_was() {
    who().killed().on("enrol-who");
    contact().killed().on("enrol-contact");
    ready().killed().on("enrol-password").says("password-emptied");
    applying().killed().on("enrol-applying").asked(&["apply"]).reply(arrived()).on("enrol-receipt");
    applying().reply(arrived()).killed().on("enrol-receipt");
    applying().refused(Code::KeyInUse).killed().on("enrol-taken");
}

#[test]
fn the_phone_is_looked_at_again_right_before_sending() {
    assert_eq!(guarded(&code().state), Some(Guarded::OtpEntry));
    assert_eq!(guarded(&ready().state), Some(Guarded::OtpEntry));
    assert_eq!(guarded(&contact().state), None);
    let review = applying().fails(fields(&[WireField::Name])).act(Act::Continue).on("card-review");
    assert_eq!(guarded(&review.state), Some(Guarded::OtpEntry));
    let mut remote = ready().act(Act::Submit).reply(Outcome::PortraitSent(Id([2; 16])));
    remote.now.risk = RiskReading { remote: Signal::Yes, ..RiskReading::default() };
    let password = PasswordReference { id: Id([3; 16]), valid_until: START.plus(3_600) };
    remote.reply(Outcome::PasswordGiven(password)).on("enrol-submit").asked(&[]);
}

#[test]
fn what_does_not_fit_changes_nothing() {
    let stale = Told::Reply(EffectId(u64::MAX), arrived());
    let pages = [
        who(),
        contact(),
        code(),
        ready(),
        applying(),
        applying().reply(arrived()),
        applying().refused(Code::ApplicationOpen),
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
    applying().refuses(&applying().reply_told(Outcome::Done));
    applying().refuses(&Told::Back);
    applying().reply(arrived()).refuses(&Told::Back);
}

#[test]
fn the_page_wakes_when_a_try_makes_sense() {
    let wait = Failure::Server(Box::new(Problem { retry_after_s: Some(40), ..Code::RateLimited.into() }));
    assert_eq!(wake(&applying().fails(wait).state, START), Some(START.plus(40)));
    assert_eq!(wake(&applying().state, START), None);
    assert_eq!(wake(&who().state, START), None);
}

#[test]
fn a_time_that_can_t_be_is_not_said() {
    for by in [0, START.0 - 1, u64::MAX] {
        let mut odd = application(ApplicationState::InReview);
        for step in &mut odd.steps {
            step.expected_by = Some(UnixTime(by));
        }
        let page = format!("{:?}", applying().reply(Outcome::Application(odd)).on("enrol-receipt").page());
        assert!(!page.contains("enrol-expected-row"));
    }
}

/// The whole model, with an enrolment in it.
struct Whole {
    model: Model,
    held: Held,
    now: Now,
    page: String,
    newest: EffectId,
    asked: &'static str,
}

impl Whole {
    fn new() -> Self {
        let now = who().now;
        let (model, held) = (Model::new(Language::Vi), Held::default());
        Self { model, held, now, page: "home".into(), newest: EffectId(0), asked: "" }
    }

    fn tell(&mut self, input: Input) -> &mut Self {
        let step = update(&mut self.model, &mut self.held, input, &self.now).unwrap();
        if let Some(effect) = step.effects.iter().rfind(|effect| !matches!(effect.what, Do::Ask(_))) {
            (self.newest, self.asked) = (effect.id, effect.what.name());
        }
        self.page = step.page.id;
        self
    }

    fn event(&mut self, event: impl FnOnce(String) -> Event) -> &mut Self {
        let event = event(self.page.clone());
        self.tell(Input::Shell(event))
    }

    fn act(&mut self, act: Act) -> &mut Self {
        self.event(|page| Event::Action { page, action: act.id().into() })
    }

    fn field(&mut self, field: FieldId, value: &str) -> &mut Self {
        self.event(|page| Event::Field { page, field: field.id().into(), value: value.into() })
    }

    fn reply(&mut self, outcome: Outcome) -> &mut Self {
        let effect = self.newest;
        self.tell(Input::Reply { effect, outcome: Box::new(outcome) })
    }

    fn agree(&mut self, terms: u32) -> &mut Self {
        assert_eq!((self.page.as_str(), self.asked), ("consent-loading", "fetch_policy"));
        self.reply(Outcome::Policy(Policy { terms, ..policy(14) }));
        for choice in ["identity", "portrait"] {
            self.event(|page| Event::Choose { page, choice: choice.into(), option: String::new(), chosen: true });
        }
        self.act(Act::Continue)
    }

    /// From home to the last call.
    fn applies(&mut self) -> &mut Self {
        let card = parse(CARD, self.now.today()).unwrap().card;
        self.act(Act::Enrol).agree(1).act(Act::Continue).event(|page| Event::CardRead { page, card });
        self.act(Act::Continue).field(FieldId::Phone, "0912 345 678").act(Act::Continue);
        self.reply(Outcome::CodeSent(code_sent(OtpPurpose::Register, OtpChannel::Sms, START)));
        self.event(|page| Event::Code { page, text: CODE.into(), source: CodeSource::Typed }).act(Act::Continue);
        self.reply(Outcome::CodeRight(verified())).event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() });
        self.field(FieldId::Password, PASSWORD).field(FieldId::PasswordAgain, PASSWORD).act(Act::Continue);
        self.act(Act::Submit)
            .reply(Outcome::PortraitSent(Id([2; 16])))
            .reply(Outcome::PasswordGiven(password_reference()));
        assert_eq!((self.page.as_str(), self.asked), ("enrol-applying", "apply"));
        self
    }
}

#[test]
fn after_newer_texts_were_agreed_to_the_last_call_goes_out_again_by_itself() {
    let mut whole = Whole::new();
    whole.applies().reply(Outcome::Failed(no(Code::ConsentNeeded))).agree(2);
    assert_eq!((whole.page.as_str(), whole.asked), ("enrol-applying", "apply"));
    assert_eq!(whole.reply(arrived()).page, "enrol-receipt");
    assert_eq!(whole.act(Act::Status).page, "status-asking");
    assert_eq!(whole.reply(arrived()).page, "status-review");
}

#[test]
fn an_answer_that_comes_while_it_is_left_for_later_is_not_lost() {
    let mut whole = Whole::new();
    whole.applies().act(Act::Later);
    assert_eq!(whole.page, "home");
    whole.reply(arrived()).act(Act::Status).reply(arrived());
    assert_eq!(whole.page, "status-review");
}

#[test]
fn somebody_else_s_phone_is_looked_up_and_the_enrolment_is_kept() {
    let mut whole = Whole::new();
    whole.applies().reply(Outcome::Failed(no(Code::KeyInUse)));
    assert_eq!(whole.act(Act::Status).page, "status-asking");
    whole.reply(Outcome::Failed(no(Code::NotFound))).act(Act::Enrol);
    assert_eq!(whole.page, "enrol-taken");
    whole.act(Act::TryAgain);
    assert_eq!((whole.page.as_str(), whole.asked), ("enrol-applying", "apply"));
}

#[test]
fn what_is_entered_elsewhere_is_not_for_what_was_left_for_later() {
    let mut whole = Whole::new();
    let card = parse(CARD, whole.now.today()).unwrap().card;
    whole.act(Act::Enrol).agree(1).act(Act::Continue).event(|page| Event::CardRead { page, card });
    whole.act(Act::Continue).field(FieldId::Phone, "0912 345 678").act(Act::Continue);
    whole.reply(Outcome::CodeSent(code_sent(OtpPurpose::Register, OtpChannel::Sms, START)));
    whole.event(|page| Event::Code { page, text: CODE.into(), source: CodeSource::Typed }).act(Act::Continue);
    whole.reply(Outcome::CodeRight(verified())).event(|page| Event::Portrait { page, jpeg: JPEG.to_vec() });
    whole.field(FieldId::Password, PASSWORD).field(FieldId::PasswordAgain, PASSWORD).act(Act::Continue);
    whole.act(Act::Submit).act(Act::Later);
    let sent = whole.newest;
    whole.act(Act::SignIn).field(FieldId::Password, "half of another");
    let stale = Input::Reply { effect: sent, outcome: Box::new(Outcome::PortraitSent(Id([2; 16]))) };
    assert!(update(&mut whole.model, &mut whole.held, stale, &whole.now).is_err());
    assert_eq!(
        whole.held.get(crate::held::Slot::Password).map(citizen_protocol::wire::Secret::reveal),
        Some("half of another")
    );
    // Gone on with, it sends the portrait again, and asks for its own password.
    whole.act(Act::Later).act(Act::Resume);
    assert_eq!((whole.page.as_str(), whole.asked), ("enrol-sending", "send_portrait"));
    whole.reply(Outcome::PortraitSent(Id([2; 16])));
    assert_eq!(whole.asked, "give_password");
    assert_eq!(whole.reply(Outcome::Failed(Failure::Gone)).page, "enrol-password");
}
