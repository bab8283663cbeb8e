//! Without the old phone: in person, and from afar.

use citizen_protocol::ledger::{Entry, Kind as Change};
use citizen_protocol::wire::{
    Bound, Code, CurrentDeviceRecoveryRequest, DeviceRecovery, DeviceRecoveryRequest, DeviceRecoveryState,
    DeviceRecoveryStatusRequest, FreezeRequest, Id, OfficeBindingRequest, OtpChallengeRequest, OtpChannel, OtpPurpose,
    Problem, RecoveryCodeRequest, RecoveryMethod, Remedy, Secret, TokenRequest, VetoRequest,
};

use crate::population::{Citizen, Kind, PortraitOutcome};
use crate::rules::testing::{PASSWORD, Phone, World, for_account};
use crate::rules::{cleaning, desk, freezes, lost_phones, sessions, transfers};
use crate::work::Caller;

const DAY_S: u64 = 86_400;

/// A holder with both addresses, and a phone that is nobody's.
fn world() -> (World, Citizen, Phone, Phone) {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let old = world.holder(&citizen);
    let sql = "UPDATE accounts SET email = ?1";
    world.db.execute(sql, [&citizen.email]).unwrap();
    world.later(3_600);
    let new = world.phone();
    (world, citizen, old, new)
}

fn kinds(world: &World) -> Vec<Change> {
    let mut entries = world.db.prepare("SELECT bytes FROM ledger ORDER BY seq").unwrap();
    let bytes = entries.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    bytes.map(|bytes| Entry::decode(&bytes.unwrap()).unwrap().kind).collect()
}

fn renewed(world: &mut World, caller: &Caller) -> Result<(), Code> {
    let request = TokenRequest { generation: 0 };
    world.run(|work| sessions::renew(work, caller, request)).map(drop).map_err(|problem| problem.code)
}

fn officers_code(world: &mut World, citizen: &Citizen) -> Secret {
    let request = desk::OfAccount { id_number: citizen.number.clone() };
    world.run(|work| desk::phone_code(work, request)).unwrap().code
}

fn bind(world: &mut World, phone: &Phone, code: &Secret) -> Result<Bound, Problem> {
    let request = OfficeBindingRequest { code: code.clone() };
    world.run(|work| lost_phones::bind(work, &phone.caller, &request))
}

fn asked(citizen: &Citizen, channel: OtpChannel) -> OtpChallengeRequest {
    OtpChallengeRequest { channel, ..for_account(OtpPurpose::RecoverDevice, &citizen.number) }
}

fn one_time(world: &mut World, phone: &Phone, citizen: &Citizen, channel: OtpChannel) -> RecoveryMethod {
    let address = if channel == OtpChannel::Sms { &citizen.phone } else { &citizen.email };
    let otp_challenge = world.proven(phone, asked(citizen, channel), address);
    world.later(300);
    RecoveryMethod::OneTimeCode { otp_challenge }
}

fn saved(world: &mut World, phone: &Phone) -> Secret {
    let password = world.password(phone, PASSWORD, false).unwrap();
    world.run(|work| lost_phones::save(work, &phone.caller, RecoveryCodeRequest { password })).unwrap().code
}

fn on_paper(code: &Secret) -> RecoveryMethod {
    RecoveryMethod::SavedCode { code: code.clone() }
}

fn recover(
    world: &mut World,
    phone: &Phone,
    citizen: &Citizen,
    methods: Vec<RecoveryMethod>,
) -> Result<DeviceRecovery, Problem> {
    let portrait = world.portrait(phone);
    let request = DeviceRecoveryRequest { id_number: citizen.number.clone(), methods, portrait };
    world.run(|work| lost_phones::recover(work, &phone.caller, &request))
}

/// By text message and email.
pub(super) fn recovering(world: &mut World, phone: &Phone, citizen: &Citizen) -> DeviceRecovery {
    let email = one_time(world, phone, citizen, OtpChannel::Email);
    let sms = one_time(world, phone, citizen, OtpChannel::Sms);
    recover(world, phone, citizen, vec![email, sms]).unwrap()
}

fn status(world: &mut World, phone: &Phone, recovery: Id) -> Result<DeviceRecovery, Problem> {
    let request = DeviceRecoveryStatusRequest { recovery };
    world.run(|work| lost_phones::status(work, &phone.caller, request))
}

fn veto(world: &mut World, phone: &Phone, recovery: Id) -> Result<DeviceRecovery, Problem> {
    world.run(|work| lost_phones::veto(work, &phone.caller, VetoRequest { recovery }))
}

fn seed(world: &World, citizen: &Citizen, outcome: PortraitOutcome) {
    let sql = "UPDATE records SET portrait_outcome = ?2, portraits_seen = 0 WHERE number = ?1";
    world.db.execute(sql, [&citizen.number, outcome.name()]).unwrap();
}

#[test]
fn an_officers_code_binds_the_new_phone_once_within_ten_minutes() {
    let (mut world, citizen, old, new) = world();
    let code = officers_code(&mut world, &citizen);
    assert_eq!(code.reveal().len(), 22);
    assert_eq!(bind(&mut world, &new, &Secret::new("x".into())).unwrap_err().code, Code::OtpGone);
    world.later(599);
    let bound = bind(&mut world, &new, &code).unwrap();
    assert_eq!(Entry::decode(&bound.entry.bytes.0).unwrap().kind, Change::Office);
    assert_eq!(bound.cool_down_until, world.now.plus(DAY_S));
    assert_eq!(bind(&mut world, &new, &code).unwrap_err().code, Code::OtpGone);
    assert_eq!(renewed(&mut world, &new.caller), Ok(()));
    assert_eq!(renewed(&mut world, &old.caller), Err(Code::NotTheDevice));
    assert!(world.last_message_to(&citizen.phone).contains("A new phone was bound"));

    let late = officers_code(&mut world, &citizen);
    world.later(600);
    let third = world.phone();
    assert_eq!(bind(&mut world, &third, &late).unwrap_err().code, Code::OtpGone);
    let (first, second) = (officers_code(&mut world, &citizen), officers_code(&mut world, &citizen));
    assert_eq!(bind(&mut world, &third, &first).unwrap_err().code, Code::OtpGone, "the newest one counts");
    // A phone serves one account.
    assert_eq!(bind(&mut world, &new, &second).unwrap_err().code, Code::KeyInUse);
    bind(&mut world, &third, &second).unwrap();
}

#[test]
fn in_person_a_freeze_ends_with_the_new_phone() {
    let (mut world, citizen, old, new) = world();
    world.run(|work| freezes::freeze(work, &old.caller, FreezeRequest {})).unwrap();
    let code = officers_code(&mut world, &citizen);
    bind(&mut world, &new, &code).unwrap();
    assert_eq!(kinds(&world), [Change::Enrol, Change::Freeze, Change::Unfreeze, Change::Office]);
    assert_eq!(renewed(&mut world, &new.caller), Ok(()));
    assert_eq!(world.code(|work| freezes::freeze(work, &old.caller, FreezeRequest {})), Code::NotTheDevice);
}

#[test]
fn from_afar_the_phone_is_bound_after_three_days_in_which_every_address_heard_of_it() {
    let (mut world, citizen, old, new) = world();
    let held = recovering(&mut world, &new, &citizen);
    let until = world.now.plus(3 * DAY_S);
    assert_eq!(held.state, DeviceRecoveryState::Held { until });
    for address in [&citizen.phone, &citizen.email] {
        let notice = world.last_message_to(address);
        assert!(notice.contains("in 72 hours") && notice.contains("https://"), "{notice}");
    }
    assert_eq!(status(&mut world, &old, held.id), Ok(held.clone()), "the old phone sees it");
    let current =
        |work: &crate::work::Work<'_>| lost_phones::current(work, &old.caller, CurrentDeviceRecoveryRequest {});
    assert_eq!(world.run(current), Ok(held.clone()));
    let stranger = world.phone();
    assert_eq!(status(&mut world, &stranger, held.id).unwrap_err().code, Code::NotFound);

    world.later(3 * DAY_S - 1);
    world.run(cleaning::clean).unwrap();
    assert_eq!(renewed(&mut world, &old.caller), Ok(()), "until then the old phone is the account's");
    world.later(1);
    world.run(cleaning::clean).unwrap();
    assert_eq!(status(&mut world, &new, held.id).unwrap().state, DeviceRecoveryState::Done);
    assert_eq!((renewed(&mut world, &new.caller), renewed(&mut world, &old.caller).is_err()), (Ok(()), true));
    assert_eq!(kinds(&world), [Change::Enrol, Change::Recovery]);
    // For three days the new phone can't move on, and the old one can freeze.
    let caller = Caller { account: old.caller.account, ..new.caller.clone() };
    let create = |work: &crate::work::Work<'_>| {
        transfers::create(work, &caller, citizen_protocol::wire::CreateTransferRequest {})
    };
    let problem = world.refused(create);
    assert_eq!((problem.code, problem.locked_until), (Code::CoolingDown, Some(world.now.plus(3 * DAY_S))));
    world.run(|work| freezes::freeze(work, &old.caller, FreezeRequest {})).unwrap();
    assert_eq!(renewed(&mut world, &new.caller), Err(Code::AccountFrozen));
}

/// Nothing becomes easier by what is done meanwhile.
#[test]
fn an_officers_code_does_not_shorten_the_cool_down_of_a_recovery() {
    let (mut world, citizen, _, new) = world();
    recovering(&mut world, &new, &citizen);
    world.later(3 * DAY_S);
    world.run(cleaning::clean).unwrap();
    let until = world.now.plus(3 * DAY_S);
    world.later(3_600);
    let third = world.phone();
    let code = officers_code(&mut world, &citizen);
    assert_eq!(bind(&mut world, &third, &code).unwrap().cool_down_until, until);
}

#[test]
fn a_code_on_paper_is_one_of_the_two_and_used_once() {
    let (mut world, citizen, old, new) = world();
    let (void, code) = (saved(&mut world, &old), saved(&mut world, &old));
    assert_eq!(world.count("SELECT COUNT(*) FROM recovery_codes"), 1);
    let sms = one_time(&mut world, &new, &citizen, OtpChannel::Sms);
    let problem = recover(&mut world, &new, &citizen, vec![on_paper(&void), sms.clone()]).unwrap_err();
    assert_eq!((problem.code, problem.attempts_left), (Code::OtpWrong, Some(4)));
    // A slip costs nothing, and neither uses the other code up.
    let problem = recover(&mut world, &new, &citizen, vec![on_paper(&Secret::new("slip".into())), sms.clone()]);
    assert_eq!(problem.map_err(|problem| (problem.code, problem.attempts_left)), Err((Code::OtpWrong, None)));
    let typed = Secret::new(code.reveal().to_lowercase());
    let held = recover(&mut world, &new, &citizen, vec![on_paper(&typed), sms]).unwrap();
    assert!(matches!(held.state, DeviceRecoveryState::Held { .. }));
    assert_eq!(world.count("SELECT COUNT(*) FROM recovery_codes"), 0);
}

#[test]
fn two_methods_of_one_kind_or_of_somebody_else_are_none() {
    let (mut world, citizen, old, new) = world();
    let code = saved(&mut world, &old);
    let sms = one_time(&mut world, &new, &citizen, OtpChannel::Sms);
    let paper = on_paper(&code);
    for methods in [
        vec![],
        vec![sms.clone()],
        vec![sms.clone(), sms.clone()],
        vec![paper.clone(), paper.clone()],
        vec![sms.clone(), paper.clone(), paper.clone()],
    ] {
        assert_eq!(recover(&mut world, &new, &citizen, methods).unwrap_err().code, Code::BadRequest);
    }
    let other = world.citizen(Kind::Plain, 1);
    let refused = recover(&mut world, &new, &other, vec![sms.clone(), paper.clone()]).unwrap_err();
    assert_eq!(refused.code, Code::OtpGone);
    let third = world.phone();
    let refused = recover(&mut world, &third, &citizen, vec![sms.clone(), paper.clone()]).unwrap_err();
    assert_eq!(refused.code, Code::OtpGone, "a code works for the phone that asked");
    world.later(301);
    let refused = recover(&mut world, &new, &citizen, vec![sms, paper]).unwrap_err();
    assert_eq!(refused.code, Code::OtpGone, "ten minutes by text message");
}

#[test]
fn a_code_by_email_is_good_for_a_day() {
    let (mut world, citizen, _, new) = world();
    let email = one_time(&mut world, &new, &citizen, OtpChannel::Email);
    world.later(DAY_S - 700);
    let sms = one_time(&mut world, &new, &citizen, OtpChannel::Sms);
    recover(&mut world, &new, &citizen, vec![email, sms]).unwrap();
}

#[test]
fn the_old_phone_objects_and_from_then_on_the_office_decides() {
    let (mut world, citizen, old, new) = world();
    let held = recovering(&mut world, &new, &citizen);
    assert_eq!(veto(&mut world, &new, held.id).unwrap_err().code, Code::NotTheDevice);
    let vetoed = veto(&mut world, &old, held.id).unwrap();
    assert_eq!(vetoed.state, DeviceRecoveryState::Vetoed);
    assert_eq!(veto(&mut world, &old, held.id), Ok(vetoed.clone()));
    assert!(world.last_message_to(&citizen.phone).contains("it takes an office"));
    world.later(4 * DAY_S);
    world.run(cleaning::clean).unwrap();
    assert_eq!(status(&mut world, &new, held.id), Ok(vetoed));
    let again = recovering(&mut world, &new, &citizen);
    let DeviceRecoveryState::Refused { reasons } = again.state else { panic!("{again:?}") };
    assert_eq!(reasons[0].remedy, Remedy::Office);
    let code = officers_code(&mut world, &citizen);
    bind(&mut world, &new, &code).unwrap();
    world.later(3_600);
    let third = world.phone();
    let held = recovering(&mut world, &third, &citizen);
    assert!(matches!(held.state, DeviceRecoveryState::Held { .. }), "the office has decided");
}

#[test]
fn the_portrait_decides_first_or_an_officer() {
    for (outcome, remedy) in
        [(PortraitOutcome::Differs, Remedy::Office), (PortraitOutcome::UnusableOnce, Remedy::NewPortrait)]
    {
        let (mut world, citizen, old, new) = world();
        seed(&world, &citizen, outcome);
        let refused = recovering(&mut world, &new, &citizen);
        let DeviceRecoveryState::Refused { reasons } = refused.state else { panic!("{refused:?}") };
        assert_eq!(reasons[0].remedy, remedy);
        assert_eq!(renewed(&mut world, &old.caller), Ok(()));
        assert_eq!(world.count("SELECT COUNT(*) FROM portraits WHERE is_cited = 1"), 0);
    }
    let (mut world, citizen, _, new) = world();
    seed(&world, &citizen, PortraitOutcome::Desk);
    let comparing = recovering(&mut world, &new, &citizen);
    assert!(matches!(comparing.state, DeviceRecoveryState::Comparing { .. }));
    assert_eq!(world.run(desk::any::waiting), Ok(vec![comparing.id]));
    world.run(|work| desk::any::approve(work, comparing.id)).unwrap();
    let held = status(&mut world, &new, comparing.id).unwrap();
    assert!(matches!(held.state, DeviceRecoveryState::Held { .. }));
    let twice = desk::Decide { id: held.id };
    assert_eq!(world.code(|work| desk::approve_device_recovery(work, twice)), Code::Conflict);
}

#[test]
fn a_freeze_an_office_and_another_recovery_end_it_or_stand_in_its_way() {
    let (mut world, citizen, old, new) = world();
    let held = recovering(&mut world, &new, &citizen);
    let third = world.phone();
    world.later(DAY_S);
    let email = one_time(&mut world, &third, &citizen, OtpChannel::Email);
    let sms = one_time(&mut world, &third, &citizen, OtpChannel::Sms);
    let refused = recover(&mut world, &third, &citizen, vec![email, sms]).unwrap_err();
    assert_eq!(refused.code, Code::ApplicationOpen);
    world.run(|work| freezes::freeze(work, &old.caller, FreezeRequest {})).unwrap();
    assert_eq!(status(&mut world, &new, held.id).unwrap().state, DeviceRecoveryState::Superseded);
    world.later(4 * DAY_S);
    world.run(cleaning::clean).unwrap();
    assert_eq!(renewed(&mut world, &new.caller), Err(Code::NotTheDevice));
}
