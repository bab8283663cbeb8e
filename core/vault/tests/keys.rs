//! The vault and its keys in the key store: renewed, destroyed, and none left behind.

mod common;

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use citizen_keystore::{
    CreatedKey, Deletion, DeviceKeystore, Fault, KeyPolicy, KeystoreError, Prompt, ScriptedKeystore, SoftwareKeystore,
    TimeLimited,
};
use citizen_vault::{Damage, OpenError, StoreError, Tables, Vault};
use common::{DRAFTS, FIRST, Phone, copy_dir, fails, filled, put, restore};

#[test]
fn a_first_opening_that_the_key_store_stops_leaves_nothing_half_made() {
    let phone = Phone::new();
    for script in [vec![Fault::Fails(KeystoreError::UserCancelled)], vec![Fault::Works, Fault::Panics]] {
        assert!(phone.open_scripted(script).is_err());
    }
    assert_eq!(phone.open().generation(), Ok(1));
}

#[test]
fn rotation_closes_older_copies_and_loses_nothing() {
    let phone = filled();
    let copy = phone.dir.path().join("copy");
    copy_dir(&phone.store(), &copy);
    let vault = phone.open();
    let before = vault.all(&DRAFTS).unwrap();
    vault.rotate().unwrap();
    assert_eq!(vault.all(&DRAFTS).unwrap(), before);
    vault.close();
    assert_eq!(phone.open().all(&DRAFTS).unwrap(), before);
    restore(&copy, &phone.store());
    assert_eq!(phone.damage_found(), Damage::KeyLost);
}

#[test]
fn a_rotation_that_the_key_store_stops_changes_nothing_or_goes_on_later() {
    let refused = Fault::Fails(KeystoreError::HardwareUnavailable);
    let phone = filled();
    // One unwrap at the opening; then create, wrap, unwrap and delete of the rotation.
    for works in 1..5 {
        let script = std::iter::repeat_n(Fault::Works, works).chain([refused]);
        let opened = phone.open_scripted(script).unwrap();
        let error = opened.vault.rotate().unwrap_err();
        assert_eq!(error, StoreError::Keystore(KeystoreError::HardwareUnavailable));
        opened.vault.close();
        let vault = phone.open();
        assert_eq!(vault.all(&DRAFTS).unwrap().len(), 10, "{works}");
        vault.close();
    }
    // The last had sealed everything anew already. Openings delete what is not needed.
    assert_eq!(phone.keys_held(), 1);
}

#[test]
fn destruction_goes_on_until_the_key_store_deleted_its_key() {
    let phone = filled();
    let script = fails(KeystoreError::HardwareUnavailable);
    let keys = Arc::new(ScriptedKeystore::new(phone.keys.clone(), script));
    let refused = Vault::destroy(&phone.folder(), keys);
    assert_eq!(refused, Err(OpenError::Keystore(KeystoreError::HardwareUnavailable)));
    assert!(!phone.store().exists());
    let vault = phone.open();
    assert_eq!(vault.all(&DRAFTS).unwrap().len(), 0);
    vault.close();
    assert_eq!(phone.keys_held(), 1, "the new vault's key only");
}

#[test]
fn two_rotations_at_once_are_one_after_the_other() {
    for _ in 0..5 {
        let phone = filled();
        let vault = phone.open();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| vault.rotate().unwrap());
            }
        });
        vault.close();
        assert_eq!(phone.open().all(&DRAFTS).unwrap().len(), 10);
        assert_eq!(phone.keys_held(), 1);
    }
}

#[test]
fn a_key_store_that_answers_after_it_was_given_up_changes_nothing() {
    let phone = filled();
    // The opening unwraps; then the rotation's `create` hangs.
    let slow = Arc::new(ScriptedKeystore::new(phone.keys.clone(), [Fault::Works, Fault::Hangs]));
    let limited = TimeLimited::with_limit(Arc::clone(&slow) as _, Duration::from_secs(2));
    let vault = Vault::open(&phone.config(FIRST), Arc::new(limited)).unwrap().vault;
    assert_eq!(vault.rotate(), Err(StoreError::Keystore(KeystoreError::TimedOut)));
    vault.rotate().unwrap();
    put(&vault, "10", "text");
    slow.answer_all();
    // The late key is made at some time from here on; whenever that is, the vault opens.
    vault.close();
    for _ in 0..3 {
        let vault = phone.open();
        assert_eq!(vault.all(&DRAFTS).unwrap().len(), 11);
        vault.close();
    }
}

/// A key store that wraps what it can't unwrap.
struct Forgetful(Arc<SoftwareKeystore>);

impl DeviceKeystore for Forgetful {
    fn create(&self, alias: String, policy: KeyPolicy, challenge: Vec<u8>) -> Result<CreatedKey, KeystoreError> {
        self.0.create(alias, policy, challenge)
    }

    fn sign(&self, alias: String, message: Vec<u8>, prompt: Option<Prompt>) -> Result<Vec<u8>, KeystoreError> {
        self.0.sign(alias, message, prompt)
    }

    fn wrap(&self, alias: String, secret: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        let mut wrapped = self.0.wrap(alias, secret)?;
        wrapped[20] ^= 1;
        Ok(wrapped)
    }

    fn unwrap(&self, alias: String, wrapped: Vec<u8>) -> Result<Vec<u8>, KeystoreError> {
        self.0.unwrap(alias, wrapped)
    }

    fn delete(&self, alias: String) -> Result<Deletion, KeystoreError> {
        self.0.delete(alias)
    }
}

#[test]
fn a_key_store_that_can_not_give_back_what_it_took_is_found_before_anything_depends_on_it() {
    let phone = filled();
    let forgetful = || Arc::new(Forgetful(phone.keys.clone()));
    let vault = Vault::open(&phone.config(FIRST), forgetful()).unwrap().vault;
    assert_eq!(vault.rotate(), Err(StoreError::Keystore(KeystoreError::Refused)));
    vault.close();
    assert_eq!(phone.open().all(&DRAFTS).unwrap().len(), 10);

    let fresh = Phone::new();
    for _ in 0..3 {
        let opened = Vault::open(&fresh.config(FIRST), Arc::new(Forgetful(fresh.keys.clone())));
        assert_eq!(opened.err(), Some(OpenError::Keystore(KeystoreError::Refused)));
        assert!(!fresh.store().exists() && !fresh.folder().join("quarantine").exists());
    }
}

#[test]
fn destruction_that_was_interrupted_and_begun_again_still_knows_the_keys() {
    let phone = filled();
    // Killed after the wrapped keys were removed.
    fs::write(phone.folder().join("destroying"), b"").unwrap();
    fs::remove_file(phone.store().join("keys")).unwrap();
    Vault::destroy(&phone.folder(), phone.keys.clone()).unwrap();
    assert_eq!(phone.keys_held(), 0);
    assert!(!phone.store().exists());
}

#[test]
fn no_key_is_left_behind_whatever_happened_before() {
    let phone = filled();
    for _ in 0..5 {
        fs::remove_file(phone.store().join("head")).unwrap();
        let opened = phone.opened();
        assert_eq!(opened.losses[0].damage, Damage::Head);
        opened.vault.told(&opened.losses).unwrap();
        opened.vault.close();
    }
    phone.open().close();
    assert_eq!(phone.keys_held(), 3, "this store's, and those of the two that are kept");
    // A key file that nobody can read names no key.
    fs::write(phone.store().join("keys"), b"x").unwrap();
    Vault::destroy(&phone.folder(), phone.keys.clone()).unwrap();
    assert_eq!(phone.keys_held(), 0);

    let unmade = Phone::new();
    for _ in 0..3 {
        let script = [Fault::Works, Fault::Fails(KeystoreError::HardwareUnavailable)];
        assert!(unmade.open_scripted(script).is_err());
    }
    unmade.open().close();
    assert_eq!(unmade.keys_held(), 1);
}
