use citizen_protocol::enrol::keys_hash;
use citizen_protocol::ledger::{Entry, Kind as LedgerKind};
use citizen_protocol::wire::{ApprovalChange, Blob, Code, Id, OtpPurpose, RekeyRequest, TokenRequest};
use ring::signature::EcdsaKeyPair;

use crate::population::{Citizen, Kind};
use crate::rules::testing::{PASSWORD, Phone, World, evidence, for_account, key_pair, new_dev, public};
use crate::rules::{desk, devices, rekeys, sessions};

type Change<'a> = Box<dyn Fn(&mut RekeyRequest) + 'a>;

/// Everything that new keys need, with none of them yet.
fn request(world: &mut World, phone: &Phone, citizen: &Citizen) -> RekeyRequest {
    world.later(300);
    let otp_challenge = world.proven(phone, for_account(OtpPurpose::Rekey, &citizen.number), &citizen.phone);
    let password = world.password(phone, PASSWORD, false).unwrap();
    RekeyRequest { challenge: world.challenge(), dev: None, auth: ApprovalChange::Kept, password, otp_challenge }
}

fn with_dev(mut request: RekeyRequest, phone: &Phone, new: &EcdsaKeyPair) -> RekeyRequest {
    request.dev = Some(new_dev(new, &phone.dev, &request.challenge, phone.caller.account.unwrap()));
    request
}

#[test]
fn a_new_k_dev_takes_over_and_the_old_one_is_out_of_force_at_once() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let session = world.run(|work| sessions::renew(work, &phone.caller, TokenRequest { generation: 5 })).unwrap();
    let new = key_pair();
    let request = request(&mut world, &phone, &citizen);
    let request = with_dev(request, &phone, &new);
    let rekeyed = world.run(|work| rekeys::rekey(work, &phone.caller, request)).unwrap();
    assert_eq!(rekeyed.cool_down_until, world.now.plus(86_400));
    let entry = Entry::decode(&rekeyed.entry.bytes.0).unwrap();
    let hash = |dev: &EcdsaKeyPair| keys_hash(public(dev).spki(), Some(public(&phone.auth).spki()));
    assert_eq!((entry.kind, entry.seq), (LedgerKind::Rekey, 1));
    assert_eq!((entry.old_keys, entry.new_keys), (Some(hash(&phone.dev)), Some(hash(&new))));

    let known = |pair| devices::known_key(&world.db, &public(pair).thumbprint()).unwrap().unwrap();
    assert_eq!(known(&phone.dev).standing, devices::Standing::Replaced);
    assert_eq!(known(&new).standing, devices::Standing::InForce);
    let new_device = known(&new).device;
    let old_device = phone.caller.device.unwrap();
    for device in [old_device, new_device] {
        let token = session.access_token.reveal();
        assert_eq!(world.code(|work| sessions::account_of(work, token, device)), Code::TokenExpired);
    }
    let mut caller = phone.caller.clone();
    (caller.key, caller.device) = (public(&new), Some(new_device));
    // The vault's generation goes on with the phone.
    assert_eq!(world.code(|work| sessions::renew(work, &caller, TokenRequest { generation: 4 })), Code::OlderCopy);
    world.run(|work| sessions::renew(work, &caller, TokenRequest { generation: 5 })).unwrap();
}

#[test]
fn a_new_k_auth_alone_leaves_the_phone_its_name() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let auth = key_pair();
    let mut request = request(&mut world, &phone, &citizen);
    let session = world.run(|work| sessions::renew(work, &phone.caller, TokenRequest { generation: 0 })).unwrap();
    request.auth = ApprovalChange::New { evidence: evidence(&auth) };
    let rekeyed = world.run(|work| rekeys::rekey(work, &phone.caller, request)).unwrap();
    let entry = Entry::decode(&rekeyed.entry.bytes.0).unwrap();
    assert_eq!(entry.new_keys, Some(keys_hash(public(&phone.dev).spki(), Some(public(&auth).spki()))));
    let (token, device) = (session.access_token.reveal(), phone.caller.device.unwrap());
    assert_eq!(world.code(|work| sessions::account_of(work, token, device)), Code::TokenExpired);
    world.run(|work| sessions::renew(work, &phone.caller, TokenRequest { generation: 0 })).unwrap();
}

/// Without a lock screen there is no `K_auth`, and the ledger's hash is that of `K_dev` alone.
#[test]
fn a_k_auth_that_is_gone_is_removed_alone_and_with_a_new_k_dev() {
    for rotates in [false, true] {
        let mut world = World::new();
        let citizen = world.citizen(Kind::Plain, 0);
        let phone = world.holder(&citizen);
        let new = key_pair();
        let mut request = request(&mut world, &phone, &citizen);
        request.auth = ApprovalChange::Gone;
        if rotates {
            request = with_dev(request, &phone, &new);
        }
        let rekeyed = world.run(|work| rekeys::rekey(work, &phone.caller, request)).unwrap();
        let dev = public(if rotates { &new } else { &phone.dev });
        let entry = Entry::decode(&rekeyed.entry.bytes.0).unwrap();
        let old = keys_hash(public(&phone.dev).spki(), Some(public(&phone.auth).spki()));
        assert_eq!((entry.old_keys, entry.new_keys), (Some(old), Some(keys_hash(dev.spki(), None))));
        let device = devices::known_key(&world.db, &dev.thumbprint()).unwrap().unwrap().device;
        let held = world.run(|work| devices::keys_of(work, device)).unwrap();
        assert_eq!(held, (dev, None));
        let evidence = "SELECT COUNT(*) FROM phones WHERE is_in_force = 1 AND auth_evidence IS NOT NULL";
        assert_eq!(world.count(evidence), 0);
    }
}

#[test]
fn a_k_auth_that_was_never_there_can_not_go_and_a_new_one_can_come() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let mut gone = request(&mut world, &phone, &citizen);
    gone.auth = ApprovalChange::Gone;
    world.run(|work| rekeys::rekey(work, &phone.caller, gone)).unwrap();
    let mut again = request(&mut world, &phone, &citizen);
    again.auth = ApprovalChange::Gone;
    assert_eq!(world.code(|work| rekeys::rekey(work, &phone.caller, again.clone())), Code::BadRequest);
    let auth = key_pair();
    again.auth = ApprovalChange::New { evidence: evidence(&auth) };
    let rekeyed = world.run(|work| rekeys::rekey(work, &phone.caller, again)).unwrap();
    let entry = Entry::decode(&rekeyed.entry.bytes.0).unwrap();
    assert_eq!(entry.new_keys, Some(keys_hash(public(&phone.dev).spki(), Some(public(&auth).spki()))));
}

#[test]
fn keys_that_prove_nothing_or_are_not_new_are_refused_and_use_nothing_up() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let other = world.phone();
    let (new, thief) = (key_pair(), key_pair());
    let good = request(&mut world, &phone, &citizen);
    let good = with_dev(good, &phone, &new);
    let account = phone.caller.account.unwrap();
    let gone = Id([5; 16]);
    let cases: [(&str, Code, Change); 10] = [
        ("no key", Code::BadRequest, Box::new(|r| r.dev = None)),
        ("another's proof", Code::EvidenceRefused, Box::new(|r| r.dev.as_mut().unwrap().evidence = evidence(&thief))),
        ("no proof", Code::EvidenceRefused, Box::new(|r| r.dev.as_mut().unwrap().proof = Blob(vec![0; 63]))),
        (
            "proof for another account",
            Code::EvidenceRefused,
            Box::new(|r| r.dev = Some(new_dev(&new, &phone.dev, &r.challenge.clone(), Id([1; 16])))),
        ),
        (
            "the old key",
            Code::EvidenceRefused,
            Box::new(|r| r.dev = Some(new_dev(&phone.dev, &phone.dev, &r.challenge.clone(), account))),
        ),
        (
            "the old K_auth",
            Code::EvidenceRefused,
            Box::new(|r| r.auth = ApprovalChange::New { evidence: evidence(&phone.auth) }),
        ),
        (
            "one key twice",
            Code::EvidenceRefused,
            Box::new(|r| r.auth = ApprovalChange::New { evidence: evidence(&new) }),
        ),
        (
            "another phone's key",
            Code::KeyInUse,
            Box::new(|r| r.dev = Some(new_dev(&other.dev, &phone.dev, &r.challenge.clone(), account))),
        ),
        ("another password", Code::PasswordGone, Box::new(|r| r.password = gone)),
        ("another code", Code::OtpGone, Box::new(|r| r.otp_challenge = gone)),
    ];
    for (name, code, change) in cases {
        let mut request = good.clone();
        change(&mut request);
        assert_eq!(world.code(|work| rekeys::rekey(work, &phone.caller, request)), code, "{name}");
    }
    let mut late = good.clone();
    late.challenge = Blob(vec![0; 32]);
    let late = with_dev(late, &phone, &new);
    assert_eq!(world.code(|work| rekeys::rekey(work, &phone.caller, late)), Code::ChallengeGone);
    world.run(|work| rekeys::rekey(work, &phone.caller, good)).unwrap();
}

#[test]
fn only_the_accounts_phone_with_its_token_replaces_keys_and_not_of_a_locked_account() {
    let mut world = World::new();
    let citizen = world.citizen(Kind::Plain, 0);
    let phone = world.holder(&citizen);
    let request = request(&mut world, &phone, &citizen);
    let request = with_dev(request, &phone, &key_pair());
    let mut caller = phone.caller.clone();
    caller.account = None;
    assert_eq!(world.code(|work| rekeys::rekey(work, &caller, request.clone())), Code::TokenNeeded);
    let stranger = world.phone();
    caller = stranger.caller.clone();
    caller.account = phone.caller.account;
    assert_eq!(world.code(|work| rekeys::rekey(work, &caller, request.clone())), Code::NotTheDevice);
    let by = citizen_protocol::wire::LockedBy::Authority;
    world.run(|work| desk::lock(work, desk::LockAccount { id_number: citizen.number, by })).unwrap();
    assert_eq!(world.code(|work| rekeys::rekey(work, &phone.caller, request)), Code::AccountLocked);
}
