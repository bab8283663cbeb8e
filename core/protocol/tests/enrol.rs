//! What new keys are bound to, against the formats of the design written out by hand.

use citizen_protocol::enrol::{KeyRole, device_id, key_challenge, keys, keys_hash, rekey_proof};
use citizen_protocol::wire::Id;
use ring::digest::{SHA256, digest};

const DEV: [u8; 91] = [1; 91];
const AUTH: [u8; 91] = [2; 91];

#[test]
fn a_keys_challenge_depends_on_its_role() {
    let text = |role: &str| {
        let length = role.len() as u8;
        [&[0, 0, 0, 11][..], b"eid/enrol/1", &[0, 0, 0, 32], &[9; 32], &[0, 0, 0, length], role.as_bytes()].concat()
    };
    for (role, name) in [(KeyRole::Dev, "dev"), (KeyRole::Auth, "auth")] {
        assert_eq!(key_challenge(&[9; 32], role)[..], *digest(&SHA256, &text(name)).as_ref());
    }
}

#[test]
fn a_new_keys_proof_names_account_challenge_and_both_keys() {
    let (account, challenge) = ([7; 16], [9; 32]);
    let parts: [&[u8]; 10] = [
        &[0, 0, 0, 11],
        b"EID-REKEY/1",
        &[0, 0, 0, 16],
        &account,
        &[0, 0, 0, 32],
        &challenge,
        &[0, 0, 0, 91],
        &AUTH,
        &[0, 0, 0, 91],
        &DEV,
    ];
    assert_eq!(rekey_proof(&challenge, Id(account), &AUTH, &DEV), parts.concat());
}

#[test]
fn a_phone_is_named_by_its_keys() {
    assert_eq!(device_id(&DEV).0[..], digest(&SHA256, &DEV).as_ref()[..16]);
    assert_eq!(keys(&DEV, Some(&AUTH)), [&[0, 0, 0, 91][..], &DEV, &[0, 0, 0, 91], &AUTH].concat());
    assert_eq!(keys(&DEV, None), [&[0, 0, 0, 91][..], &DEV, &[0, 0, 0, 0]].concat());
    assert_eq!(keys_hash(&DEV, None)[..], *digest(&SHA256, &keys(&DEV, None)).as_ref());
}
