use citizen_protocol::ledger::{Entry, Kind};
use citizen_protocol::transfer::{Check, Commit, VerifiedReceipt};
use citizen_protocol::trust::{Env, StatementKeys};
use citizen_protocol::wire::{Bytes64, Code, CommitRequest, TokenRequest, TransferState};

use super::moving::{H, MANIFEST, Move, code, name, sign};
use crate::rules::devices::{Standing, known_key};
use crate::rules::testing::{PASSWORD, public};
use crate::rules::{ledger, sessions};
use crate::work::{Caller, Work};

#[test]
fn after_it_the_new_phone_is_the_accounts_and_the_old_one_is_none() {
    let mut it = Move::shipped();
    let old = it.old.caller.clone();
    let session = it.world.run(|work| sessions::renew(work, &old, TokenRequest { generation: 0 })).unwrap();
    let status = it.commit().unwrap();
    let TransferState::Done { receipt } = status.state.clone() else { panic!("{status:?}") };
    assert_eq!(it.bound(), Some(name(&it.new.dev)));
    let standing = |it: &Move, pair| known_key(&it.world.db, &public(pair).thumbprint()).unwrap().unwrap().standing;
    assert_eq!(standing(&it, &it.old.dev), Standing::Former);
    assert_eq!(standing(&it, &it.new.dev), Standing::InForce);
    let (token, device) = (session.access_token.reveal(), name(&it.old.dev));
    assert_eq!(it.world.code(|work| sessions::account_of(work, token, device)), Code::TokenExpired);

    // What the service tells is what both phones work out.
    let account = it.account();
    let last = it.world.run(|work| ledger::last_signed(work, account)).unwrap().unwrap();
    let entry = Entry::decode(&last.bytes.0).unwrap();
    assert_eq!((entry.kind, entry.new_keys), (Kind::Transfer, Some(it.new.keys().hash())));
    assert_eq!((entry.old_keys, entry.evidence), (Some(it.old_keys().hash()), it.hash()));
    let endorsement = it.endorsement.unwrap();
    let set =
        |work: &Work| StatementKeys::verified(&work.keys.trust().statement_keys, work.keys.root.public(), Env::Test);
    let keys = it.world.run(|work| Ok(set(work))).unwrap().unwrap();
    let verified = VerifiedReceipt::verified(&receipt, &keys, &endorsement).unwrap();
    assert_eq!((verified.time(), verified.head().hash), (it.world.now, entry.head()));

    let caller = Caller { device: Some(name(&it.new.dev)), ..it.new.caller.clone() };
    it.world.run(|work| sessions::renew(work, &caller, TokenRequest { generation: 0 })).unwrap();
    let texts = "SELECT COUNT(*) FROM phones WHERE model = 'Máy Mới 2'";
    assert_eq!(it.world.count(texts), 1);
    for table in ["transfer_box", "transfer_chunks"] {
        assert_eq!(it.world.count(&format!("SELECT COUNT(*) FROM {table}")), 0);
    }
    assert!(it.world.last_message_to(&it.citizen.phone).contains("has moved to a new phone"));
}

#[test]
fn again_it_is_the_same_receipt_and_for_the_old_phone_without_end() {
    let mut it = Move::shipped();
    let status = it.commit().unwrap();
    it.world.later(100);
    assert_eq!(it.commit().unwrap(), status);
    let other = it.commitment([1; 32]);
    assert_eq!(code(it.commit_with(other)), Code::DigestMismatch);
    let old = it.old.caller.clone();
    assert_eq!(it.cancel_by(&old), status, "it is done");
    it.world.later(400 * 86_400);
    it.world.run(crate::rules::cleaning::clean).unwrap();
    assert_eq!(it.state(), status.state);
    assert_eq!(it.world.count("SELECT COUNT(*) FROM ledger WHERE seq > 0"), 1);
}

#[test]
fn a_commit_for_another_manifest_or_by_another_key_or_before_the_announcement_changes_nothing() {
    let mut it = Move::accepted(Check::Scanned);
    assert_eq!(code(it.commit()), Code::TransferState);
    it.ship();
    let other = it.commitment([1; 32]);
    assert_eq!(code(it.commit_with(other)), Code::DigestMismatch);
    let commit = Commit { transfer: it.id(), endorsement: it.hash(), manifest: MANIFEST, handshake: H };
    for signature in [
        sign(&it.new.auth, &commit.encode()),
        sign(&it.new.dev, &Commit { handshake: [1; 32], ..commit }.encode()),
        sign(&it.new.dev, &Commit { endorsement: [1; 32], ..commit }.encode()),
    ] {
        let request = CommitRequest { signature: Bytes64(signature), ..it.commitment(MANIFEST) };
        assert_eq!(code(it.commit_with(request)), Code::EndorsementRefused);
    }
    let (old, request) = (it.old.caller.clone(), it.commitment(MANIFEST));
    let refused = it.world.code(|work| crate::rules::transfers::commit(work, &old, request));
    assert_eq!(refused, Code::TransferState);
    assert_eq!(it.bound(), it.old.caller.device);
    it.commit().unwrap();
}

#[test]
fn the_new_phone_signs_in_and_the_old_one_does_not() {
    let mut it = Move::done();
    let problem = it.world.sign_in(&it.old, &it.citizen, PASSWORD).unwrap_err();
    assert_eq!(problem.code, Code::OnAnotherPhone);
    let old = it.old.caller.clone();
    let renewed = it.world.code(|work| sessions::renew(work, &old, TokenRequest { generation: 0 }));
    assert_eq!(renewed, Code::NotTheDevice);
}
