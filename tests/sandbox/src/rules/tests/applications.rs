use citizen_protocol::enrol::keys_hash;
use citizen_protocol::ledger::{Entry, Kind as LedgerKind};
use citizen_protocol::wire::{
    AmendRequest, Application, ApplicationState, ApplicationStatusRequest, CardDetails, CardSource, Code,
    CurrentApplicationRequest, Id, LockedBy, OtpPurpose, Problem, Reason, ReasonCode, Remedy, StepKind, StepState,
    WireField,
};

use crate::population::{Citizen, Kind};
use crate::rules::testing::{Phone, World, public, register};
use crate::rules::{applications, cleaning, desk};

/// What goes wrong with an entry.
type Change = fn(&mut CardDetails);

fn reason(code: ReasonCode, field: WireField, remedy: Remedy) -> Reason {
    Reason { code, field: Some(field), remedy, note: None }
}

fn status(world: &mut World, phone: &Phone, application: Id) -> Result<Application, Problem> {
    world.run(|work| applications::status(work, &phone.caller, ApplicationStatusRequest { application }))
}

fn amend(
    world: &mut World,
    phone: &Phone,
    application: Id,
    card: Option<CardDetails>,
    portrait: Option<Id>,
) -> Result<Application, Problem> {
    let request = AmendRequest { application, card, portrait };
    world.run(|work| applications::amend(work, &phone.caller, request))
}

fn states(application: &Application) -> Vec<StepState> {
    application.steps.iter().map(|step| step.state).collect()
}

#[test]
fn a_plain_citizen_is_approved_at_once_and_everything_sensitive_is_erased() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.phone();
    let application = world.apply(&phone, &citizen, CardSource::Scanned);
    assert_eq!((application.state, application.reasons.len()), (ApplicationState::Approved, 0));
    assert_eq!(states(&application), [StepState::Done; 4]);
    let kinds: Vec<StepKind> = application.steps.iter().map(|step| step.kind).collect();
    assert_eq!(kinds, [StepKind::Received, StepKind::Compared, StepKind::Reviewed, StepKind::AccountMade]);
    assert!(application.steps.iter().all(|step| step.since == Some(world.now) && step.expected_by.is_none()));
    assert_eq!(status(&mut world, &phone, application.id), Ok(application));
    for table in ["portraits", "portrait_parts", "passwords"] {
        assert_eq!(world.count(&format!("SELECT COUNT(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM applications WHERE card IS NULL AND password IS NULL"), 1);
    // One code and one notice.
    assert_eq!(world.count("SELECT COUNT(*) FROM messages"), 2);
}

#[test]
fn the_first_ledger_entry_binds_the_phone_that_applied() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let bytes: Vec<u8> = world.db.query_row("SELECT bytes FROM ledger", [], |row| row.get(0)).unwrap();
    let entry = Entry::decode(&bytes).unwrap();
    let (dev, auth) = (public(&phone.dev), public(&phone.auth));
    assert_eq!((entry.seq, entry.kind, entry.old_keys), (0, LedgerKind::Enrol, None));
    assert_eq!(entry.new_keys, Some(keys_hash(dev.spki(), Some(auth.spki()))));
    assert_eq!(Some(entry.account), phone.caller.account);
}

#[test]
fn a_card_that_does_not_pass_says_why_and_what_helps() {
    use CardSource::{Scanned, Typed};
    let stopped = ApplicationState::Stopped;
    let rejected = ApplicationState::Rejected;
    let number = WireField::IdNumber;
    let differs = ReasonCode::FieldDiffers;
    let cases = [
        (Kind::Absent, Scanned, stopped, reason(ReasonCode::NotInDatabase, number, Remedy::Office)),
        (Kind::Absent, Typed, rejected, reason(ReasonCode::NotInDatabase, number, Remedy::CorrectEntry)),
        (Kind::Deceased, Typed, stopped, reason(ReasonCode::NotInDatabase, number, Remedy::Office)),
        (Kind::Foreigner, Scanned, stopped, reason(ReasonCode::ForeignResident, number, Remedy::ImmigrationOffice)),
        (Kind::NameDiffers, Scanned, stopped, reason(differs, WireField::Name, Remedy::UpdateRecord)),
        (Kind::NameDiffers, Typed, stopped, reason(differs, WireField::Name, Remedy::UpdateRecord)),
        (Kind::BirthDiffers, Scanned, stopped, reason(differs, WireField::BirthDate, Remedy::UpdateRecord)),
        (Kind::AddressDiffers, Scanned, stopped, reason(differs, WireField::Address, Remedy::UpdateRecord)),
        (Kind::Minor, Scanned, stopped, reason(ReasonCode::TooYoung, WireField::BirthDate, Remedy::Guardian)),
        (Kind::ExpiredCard, Scanned, stopped, reason(ReasonCode::CardExpired, WireField::IssueDate, Remedy::RenewCard)),
    ];
    for (kind, source, state, expected) in cases {
        let mut world = World::new();
        let citizen = world.citizen(kind, 0);
        let phone = world.phone();
        let application = world.apply(&phone, &citizen, source);
        assert_eq!((application.state, &application.reasons[..]), (state, &[expected][..]), "{kind:?} {source:?}");
        let failed = [StepState::Done, StepState::Failed, StepState::Ahead, StepState::Ahead];
        assert_eq!(states(&application), failed, "{kind:?}");
        assert_eq!(world.count("SELECT COUNT(*) FROM accounts"), 0);
        let kept = world.count("SELECT COUNT(*) FROM portraits");
        assert_eq!(kept, u32::from(state == rejected), "{kind:?}: a portrait that may still be needed stays, no other");
    }
}

#[test]
fn a_slip_in_a_typed_field_can_be_corrected_and_the_same_entry_again_is_the_records_matter() {
    let slips: [(WireField, Change); 4] = [
        (WireField::Name, |card| card.name.push('h')),
        (WireField::BirthDate, |card| {
            card.birth_date.replace_range(8.., if card.birth_date.ends_with("01") { "02" } else { "01" });
        }),
        (WireField::Address, |card| card.address = card.address.replacen("Số ", "Số 1", 1)),
        (WireField::IssueDate, |card| card.issue_date.replace_range(..4, "2023")),
    ];
    for (field, slip) in slips {
        for corrects in [true, false] {
            let mut world = World::new();
            let citizen = world.citizen(Kind::Plain, 0);
            let phone = world.phone();
            let mut request = world.application(&phone, &citizen, CardSource::Typed);
            slip(&mut request.card);
            let mistyped = request.card.clone();
            let application = world.run(|work| applications::apply(work, &phone.caller, request)).unwrap();
            let expected = reason(ReasonCode::FieldDiffers, field, Remedy::CorrectEntry);
            assert_eq!((application.state, &application.reasons[..]), (ApplicationState::Rejected, &[expected][..]));
            let card = if corrects { citizen.details(CardSource::Typed) } else { mistyped };
            let amended = amend(&mut world, &phone, application.id, Some(card), None).unwrap();
            if corrects {
                assert_eq!(amended.state, ApplicationState::Approved, "{field:?}");
            } else {
                let expected = reason(ReasonCode::FieldDiffers, field, Remedy::UpdateRecord);
                assert_eq!((amended.state, &amended.reasons[..]), (ApplicationState::Stopped, &[expected][..]));
            }
        }
    }
}

#[test]
fn a_mistyped_number_can_be_corrected() {
    let mut world = World::new();
    let (citizen, absent) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Absent, 0));
    let phone = world.phone();
    let mut request = world.application(&phone, &citizen, CardSource::Typed);
    request.card.id_number = format!("{}{}", &citizen.number[..6], &absent.number[6..]);
    let application = world.run(|work| applications::apply(work, &phone.caller, request)).unwrap();
    assert_eq!(application.reasons[0].code, ReasonCode::NotInDatabase);
    let card = citizen.details(CardSource::Typed);
    let amended = amend(&mut world, &phone, application.id, Some(card), None).unwrap();
    assert_eq!(amended.state, ApplicationState::Approved);
}

#[test]
fn nothing_is_told_of_a_record_whose_name_and_birth_date_both_differ() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.phone();
    let mut request = world.application(&phone, &citizen, CardSource::Typed);
    request.card.name = "Lê Mẫu Người Lạ".into();
    request
        .card
        .birth_date
        .replace_range(4.., if citizen.birth_date.to_string().ends_with("-01-02") { "-03-04" } else { "-01-02" });
    let application = world.run(|work| applications::apply(work, &phone.caller, request)).unwrap();
    assert_eq!(application.reasons, [reason(ReasonCode::FieldDiffers, WireField::IdNumber, Remedy::CorrectEntry)]);
}

#[test]
fn fields_that_are_no_card_are_named_and_nothing_is_used_up() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.phone();
    let good = world.application(&phone, &citizen, CardSource::Typed);
    let cases: [(Change, &[WireField]); 7] = [
        (|card| card.id_number.truncate(11), &[WireField::IdNumber]),
        (|card| card.old_id_number = Some("12".into()), &[WireField::OldIdNumber]),
        (|card| card.name.clear(), &[WireField::Name]),
        (|card| card.birth_date = "31/12/1980".into(), &[WireField::BirthDate]),
        (|card| card.sex = "?".into(), &[WireField::Sex]),
        (|card| card.issue_date = "2999-01-01".into(), &[WireField::IssueDate]),
        (|card| card.birth_date.replace_range(..4, "1976"), &[WireField::IdNumber, WireField::BirthDate]),
    ];
    for (change, expected) in cases {
        let mut request = good.clone();
        change(&mut request.card);
        let problem = world.refused(|work| applications::apply(work, &phone.caller, request));
        let wrong: Vec<WireField> = problem.fields.iter().map(|wrong| wrong.field).collect();
        assert_eq!((problem.code, &wrong[..]), (Code::FieldsWrong, expected));
    }
    let mut other_sex = good.clone();
    other_sex.card.sex = if other_sex.card.sex == "Nam" { "Nữ" } else { "Nam" }.into();
    assert_eq!(world.code(|work| applications::apply(work, &phone.caller, other_sex)), Code::FieldsWrong);
    let done = world.run(|work| applications::apply(work, &phone.caller, good)).unwrap();
    assert_eq!(done.state, ApplicationState::Approved);
}

#[test]
fn what_an_application_cites_has_to_be_there() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.phone();
    let good = world.application(&phone, &citizen, CardSource::Scanned);
    let unverified = world.ask(&phone, register("nam@example.vn"));
    let second_number = world.proven(&phone, register("+84912345678"), "+84912345678");
    let gone = Id([9; 16]);
    let cases = [
        (vec![], good.password, good.portrait, Code::FieldsWrong),
        (vec![good.otp_challenges[0], second_number], good.password, good.portrait, Code::FieldsWrong),
        (vec![unverified], good.password, good.portrait, Code::OtpUnverified),
        (vec![gone], good.password, good.portrait, Code::OtpGone),
        (good.otp_challenges.clone(), gone, good.portrait, Code::PasswordGone),
        (good.otp_challenges.clone(), good.password, gone, Code::PortraitGone),
    ];
    for (otp_challenges, password, portrait, code) in cases {
        let mut request = good.clone();
        (request.otp_challenges, request.password, request.portrait) = (otp_challenges, password, portrait);
        assert_eq!(world.code(|work| applications::apply(work, &phone.caller, request)), code);
    }
    // A code for registering can be cited for an hour.
    world.later(3_600);
    assert_eq!(world.code(|work| applications::apply(work, &phone.caller, good)), Code::OtpGone);
}

#[test]
fn portraits_that_do_not_match_are_asked_for_again() {
    let expected = [
        (Kind::PortraitUnusable, ReasonCode::PortraitUnusable, ApplicationState::Approved),
        (Kind::PortraitDiffers, ReasonCode::PortraitDiffers, ApplicationState::Rejected),
    ];
    for (kind, code, after) in expected {
        let mut world = World::new();
        let citizen = world.citizen(kind, 0);
        let phone = world.phone();
        let application = world.apply(&phone, &citizen, CardSource::Scanned);
        let expected = reason(code, WireField::Portrait, Remedy::NewPortrait);
        assert_eq!((application.state, &application.reasons[..]), (ApplicationState::Rejected, &[expected][..]));
        assert_eq!(states(&application)[2], StepState::Failed);
        assert_eq!(world.count("SELECT COUNT(*) FROM portraits"), 0, "a bad portrait goes at once");
        let portrait = world.portrait(&phone);
        let amended = amend(&mut world, &phone, application.id, None, Some(portrait)).unwrap();
        assert_eq!(amended.state, after, "{kind:?}");
        if after == ApplicationState::Rejected {
            // The third portrait goes to an officer: nobody is sent round for ever (row R2).
            let portrait = world.portrait(&phone);
            let last = amend(&mut world, &phone, application.id, None, Some(portrait)).unwrap();
            assert_eq!((last.state, last.poll_after_s), (ApplicationState::InReview, 30));
        }
    }
}

#[test]
fn only_what_was_wrong_can_be_amended() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::PortraitDiffers, 0);
    let (phone, other) = (world.phone(), world.phone());
    let application = world.apply(&phone, &citizen, CardSource::Scanned).id;
    let portrait = world.portrait(&phone);
    let card = citizen.details(CardSource::Scanned);
    let code = |answer: Result<Application, Problem>| answer.unwrap_err().code;
    assert_eq!(code(amend(&mut world, &phone, application, Some(card.clone()), None)), Code::NotAmendable);
    assert_eq!(code(amend(&mut world, &phone, application, Some(card), Some(portrait))), Code::NotAmendable);
    assert_eq!(code(amend(&mut world, &phone, application, None, None)), Code::NotAmendable);
    assert_eq!(code(amend(&mut world, &other, application, None, Some(portrait))), Code::NotFound);
    // An approved one, and one for a field that leaves the number alone.
    let plain = world.citizen(Kind::Plain, 0);
    let third = world.phone();
    let approved = world.apply(&third, &plain, CardSource::Scanned).id;
    assert_eq!(code(amend(&mut world, &third, approved, None, None)), Code::NotAmendable);
    let (slipped, fourth) = (world.citizen(Kind::Plain, 1), world.phone());
    let mut request = world.application(&fourth, &slipped, CardSource::Typed);
    request.card.name.push('h');
    let rejected = world.run(|work| applications::apply(work, &fourth.caller, request)).unwrap().id;
    let another_number = world.citizen(Kind::Plain, 2).details(CardSource::Typed);
    assert_eq!(code(amend(&mut world, &fourth, rejected, Some(another_number), None)), Code::NotAmendable);
}

#[test]
fn what_needs_an_officer_waits_with_times_and_holds_its_number() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::NeedsDesk, 0);
    let (phone, other) = (world.phone(), world.phone());
    let application = world.apply(&phone, &citizen, CardSource::Scanned);
    assert_eq!(application.state, ApplicationState::InReview);
    assert_eq!(states(&application), [StepState::Done, StepState::Done, StepState::Current, StepState::Ahead]);
    // Two days, by the policy's officer_review_s.
    assert_eq!(application.steps[2].expected_by, Some(world.now.plus(172_800)));
    world.later(60);
    let request = world.application(&other, &citizen, CardSource::Scanned);
    assert_eq!(world.code(|work| applications::apply(work, &other.caller, request)), Code::ApplicationOpen);
    world.later(120);
    let again = world.apply(&phone, &citizen, CardSource::Scanned);
    assert_eq!(again, application, "the same phone is answered with what is there");
}

#[test]
fn a_number_with_an_account_is_told_to_sign_in() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    world.later(60);
    let other = world.phone();
    let application = world.apply(&other, &citizen, CardSource::Scanned);
    let expected = reason(ReasonCode::AlreadyRegistered, WireField::IdNumber, Remedy::SignIn);
    assert_eq!((application.state, &application.reasons[..]), (ApplicationState::Stopped, &[expected][..]));
    // The account's own phone opens no second account.
    let second = world.citizen(Kind::Plain, 1);
    let request = world.application(&phone, &second, CardSource::Scanned);
    assert_eq!(world.code(|work| applications::apply(work, &phone.caller, request)), Code::KeyInUse);
}

#[test]
fn an_approved_application_sent_again_is_answered_with_its_account() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.phone();
    let first = world.apply(&phone, &citizen, CardSource::Scanned);
    world.later(60);
    assert_eq!(world.apply(&phone, &citizen, CardSource::Scanned), first);
    assert_eq!(world.count("SELECT COUNT(*) FROM accounts"), 1);
}

#[test]
fn a_rejected_application_gives_way_to_a_new_one_and_one_in_review_does_not() {
    let mut world = World::new();
    let (differs, plain, waits) =
        (world.citizen(Kind::PortraitDiffers, 0), world.citizen(Kind::Plain, 0), world.citizen(Kind::NeedsDesk, 0));
    let (phone, other) = (world.phone(), world.phone());
    let first = world.apply(&phone, &differs, CardSource::Scanned);
    let second = world.apply(&phone, &plain, CardSource::Scanned);
    assert_eq!(second.state, ApplicationState::Approved);
    assert_eq!(status(&mut world, &phone, first.id).unwrap_err().code, Code::NotFound);
    world.apply(&other, &waits, CardSource::Scanned);
    let third = world.citizen(Kind::Plain, 1);
    let request = world.application(&other, &third, CardSource::Scanned);
    assert_eq!(world.code(|work| applications::apply(work, &other.caller, request)), Code::KeyInUse);
}

#[test]
fn somebody_who_types_anothers_number_does_not_keep_its_owner_out() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (stranger, phone) = (world.phone(), world.phone());
    let mut request = world.application(&stranger, &citizen, CardSource::Typed);
    request.card.name.push('h');
    let theirs = world.run(|work| applications::apply(work, &stranger.caller, request)).unwrap();
    assert_eq!(theirs.state, ApplicationState::Rejected);
    world.later(60);
    let application = world.apply(&phone, &citizen, CardSource::Scanned);
    assert_eq!(application.state, ApplicationState::Approved);
    let card = citizen.details(CardSource::Typed);
    let amended = amend(&mut world, &stranger, theirs.id, Some(card), None).unwrap();
    assert_eq!(amended.reasons[0].code, ReasonCode::AlreadyRegistered);
}

#[test]
fn an_amendment_finds_its_number_taken_by_an_application_in_between() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::NeedsDesk, 0);
    let (first, second) = (world.phone(), world.phone());
    let mut request = world.application(&first, &citizen, CardSource::Typed);
    request.card.name.push('h');
    let rejected = world.run(|work| applications::apply(work, &first.caller, request)).unwrap();
    world.later(60);
    world.apply(&second, &citizen, CardSource::Scanned);
    let card = citizen.details(CardSource::Typed);
    assert_eq!(amend(&mut world, &first, rejected.id, Some(card), None).unwrap_err().code, Code::ApplicationOpen);
}

#[test]
fn only_the_phone_that_applied_sees_how_far_it_is() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let (phone, other) = (world.phone(), world.phone());
    let application = world.apply(&phone, &citizen, CardSource::Scanned).id;
    assert_eq!(status(&mut world, &other, application).unwrap_err().code, Code::NotFound);
    assert_eq!(status(&mut world, &phone, Id([3; 16])).unwrap_err().code, Code::NotFound);
}

#[test]
fn with_a_waiting_time_the_comparison_is_due_later_and_decided_by_itself() {
    let mut world = World::new();
    world.db.execute("UPDATE policy SET value = 20 WHERE name = 'automatic_review_s'", []).unwrap();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.phone();
    let application = world.apply(&phone, &citizen, CardSource::Scanned);
    assert_eq!((application.state, application.poll_after_s), (ApplicationState::InReview, 5));
    assert_eq!(application.steps[2].expected_by, Some(world.now.plus(20)));
    for (wait, state) in [(19, ApplicationState::InReview), (1, ApplicationState::Approved)] {
        world.later(wait);
        world.run(cleaning::clean).unwrap();
        assert_eq!(status(&mut world, &phone, application.id).unwrap().state, state);
    }
}

#[test]
fn a_record_put_right_at_the_office_lets_the_citizen_register() {
    let mut world = World::new();
    let citizen: Citizen = world.citizen(Kind::NameDiffers, 0);
    let phone = world.phone();
    assert_eq!(world.apply(&phone, &citizen, CardSource::Scanned).state, ApplicationState::Stopped);
    let update = desk::UpdateRecord {
        id_number: citizen.number.clone(),
        name: Some(citizen.name.clone()),
        birth_date: None,
        address: None,
        issue_date: None,
        expiry_date: None,
    };
    world.run(|work| desk::update_record(work, update)).unwrap();
    world.later(60);
    assert_eq!(world.apply(&phone, &citizen, CardSource::Scanned).state, ApplicationState::Approved);
}

#[test]
fn a_code_for_something_else_registers_nobody() {
    let mut world = World::new();
    let (holder, citizen) = (world.citizen(Kind::Plain, 0), world.citizen(Kind::Plain, 1));
    world.holder(&holder);
    let phone = world.phone();
    world.later(60);
    let other = crate::rules::testing::for_account(OtpPurpose::Recover, &holder.number);
    let other = world.proven(&phone, other, &holder.phone);
    let mut request = world.application(&phone, &citizen, CardSource::Scanned);
    request.otp_challenges = vec![other];
    assert_eq!(world.code(|work| applications::apply(work, &phone.caller, request)), Code::OtpGone);
}

fn current(world: &mut World, phone: &Phone) -> Result<Application, Problem> {
    world.run(|work| applications::current(work, &phone.caller, CurrentApplicationRequest {}))
}

#[test]
fn a_phone_that_lost_the_answer_finds_its_application_and_no_other_phone_does() {
    let mut world = World::new();
    let expired = world.citizen(Kind::ExpiredCard, 0);
    let citizen = world.citizen(Kind::Plain, 0);
    let (phone, other) = (world.phone(), world.phone());
    assert_eq!(current(&mut world, &phone).unwrap_err().code, Code::NotFound);
    let stopped = world.apply(&phone, &expired, CardSource::Scanned);
    assert_eq!(stopped.state, ApplicationState::Stopped);
    assert_eq!(current(&mut world, &phone), Ok(stopped));
    world.later(300);
    let approved = world.apply(&phone, &citizen, CardSource::Scanned);
    assert_eq!(approved.state, ApplicationState::Approved);
    assert_eq!(current(&mut world, &phone), Ok(approved.clone()), "the newest");
    assert_eq!(current(&mut world, &other).unwrap_err().code, Code::NotFound);
    // A phone whose K_dev was replaced has another name, and still its account.
    let device = other.caller.device.unwrap();
    world.db.execute("UPDATE accounts SET phone = ?1", [device.0]).unwrap();
    assert_eq!(current(&mut world, &other), Ok(approved));
}

#[test]
fn an_open_application_comes_before_one_that_ended_in_the_same_second() {
    let mut world = World::new();
    world.db.execute("UPDATE policy SET value = 20 WHERE name = 'automatic_review_s'", []).unwrap();
    let (expired, citizen) = (world.citizen(Kind::ExpiredCard, 0), world.citizen(Kind::Plain, 0));
    let phone = world.phone();
    world.apply(&phone, &expired, CardSource::Scanned);
    let open = world.apply(&phone, &citizen, CardSource::Scanned);
    assert_eq!(open.state, ApplicationState::InReview);
    assert_eq!(current(&mut world, &phone), Ok(open));
}

/// An account that is made and locked at the desk meanwhile is not made, or touched, a second time.
#[test]
fn an_application_for_a_number_that_was_enrolled_and_locked_meanwhile_is_stopped() {
    let mut world = World::new();
    world.db.execute("UPDATE policy SET value = 20 WHERE name = 'automatic_review_s'", []).unwrap();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.phone();
    let application = world.apply(&phone, &citizen, CardSource::Scanned);
    let enrol = desk::EnrolInPerson { id_number: citizen.number.clone(), phone: None, email: None };
    world.run(|work| desk::enrol_in_person(work, enrol)).unwrap();
    let lock = desk::LockAccount { id_number: citizen.number.clone(), by: LockedBy::Office };
    world.run(|work| desk::lock(work, lock)).unwrap();
    world.later(20);
    world.run(cleaning::clean).unwrap();
    let stopped = status(&mut world, &phone, application.id).unwrap();
    assert_eq!((stopped.state, stopped.account), (ApplicationState::Stopped, None));
    let untouched = "SELECT COUNT(*) FROM accounts WHERE phone IS NULL AND lock_by = 'office' AND level = 'level2'";
    assert_eq!(world.count(untouched), 1);
}
