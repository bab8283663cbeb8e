//! Damage is said, whatever it is; and what is not damage costs nothing.

mod common;

use std::fs;
use std::path::Path;

use citizen_keystore::{Fault, KeystoreError};
use citizen_vault::{Changes, Damage, OpenError, Store, StoreError, Tables, Vault};
use common::{DRAFTS, FIRST, Phone, copy_dir, fails, filled, get, no_keys, put, restore};

fn flip(path: &Path, byte: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[byte] ^= 1;
    fs::write(path, bytes).unwrap();
}

fn remove(path: &Path) {
    if path.is_dir() {
        fs::remove_dir_all(path).unwrap();
    } else {
        fs::remove_file(path).unwrap();
    }
}

/// Puts a file or folder from elsewhere in the place of one.
fn replace(from: &Path, to: &Path) {
    if from.is_dir() {
        restore(from, to);
    } else {
        fs::copy(from, to).unwrap();
    }
}

#[test]
fn each_missing_part_has_its_name() {
    let cases = [
        ("store", Damage::Missing),
        ("store/keys", Damage::KeyFile),
        ("store/head", Damage::Head),
        ("store/db", Damage::Commit),
        ("store/db/db", Damage::Database),
    ];
    for (part, damage) in cases {
        let phone = filled();
        let path = phone.folder().join(part);
        remove(&path);
        assert_eq!(phone.damage_found(), damage, "{part}");
    }
}

#[test]
fn files_that_hold_nothing_of_the_vault_may_go() {
    for part in ["made", "lock", "store/large", "store/db/blobs"] {
        let phone = filled();
        let path = phone.folder().join(part);
        remove(&path);
        assert_eq!(phone.open().all(&DRAFTS).unwrap().len(), 10, "{part}");
    }
}

#[test]
fn a_flipped_bit_in_keys_or_head_is_found() {
    for (part, damage) in [("keys", Damage::KeyFile), ("head", Damage::Head)] {
        for share in 0..4 {
            let phone = filled();
            let path = phone.store().join(part);
            let length = fs::metadata(&path).unwrap().len() as usize;
            flip(&path, (length - 1) * share / 3);
            assert_eq!(phone.damage_found(), damage, "{part} at {share}/3");
        }
    }
}

#[test]
fn a_database_cut_short_is_found() {
    let phone = filled();
    let path = phone.store().join("db/db");
    let bytes = fs::read(&path).unwrap();
    let used = bytes.iter().rposition(|byte| *byte != 0).unwrap();
    fs::write(&path, &bytes[..used / 2]).unwrap();
    phone.damage_found();
}

#[test]
fn a_kill_while_the_database_writes_its_snapshot_costs_nothing() {
    let phone = filled();
    let database = phone.store().join("db");
    let snapshot = fs::read_dir(&database).unwrap().map(|entry| entry.unwrap().path());
    let snapshot =
        snapshot.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("snap.")).max().unwrap();
    let half = &fs::read(&snapshot).unwrap()[..20];
    fs::write(snapshot.with_extension("FFFFFFFFFFFFFFFF.generating"), half).unwrap();
    assert_eq!(phone.open().all(&DRAFTS).unwrap().len(), 10);
}

#[test]
fn parts_of_other_times_do_not_go_together() {
    let phone = filled();
    let copy = phone.dir.path().join("copy");
    copy_dir(&phone.store(), &copy);
    let vault = phone.open();
    put(&vault, "10", "text");
    put(&vault, "11", "text");
    vault.close();
    let newer = phone.dir.path().join("newer");
    copy_dir(&phone.store(), &newer);
    for part in ["head", "db"] {
        restore(&newer, &phone.store());
        replace(&copy.join(part), &phone.store().join(part));
        assert_eq!(phone.damage_found(), Damage::Outdated, "{part}");
    }
}

#[test]
fn a_kill_between_transaction_and_head_file_costs_nothing() {
    let phone = filled();
    let head = fs::read(phone.store().join("head")).unwrap();
    let vault = phone.open();
    let generation = put(&vault, "10", "text");
    vault.close();
    fs::write(phone.store().join("head"), head).unwrap();
    let vault = phone.open();
    assert_eq!(vault.generation(), Ok(generation));
    assert_eq!(get(&vault, "10").as_deref(), Some("text"));
    vault.close();
    phone.open().close();
}

#[test]
fn parts_of_another_vault_do_not_go_in() {
    for (part, damage) in [("keys", Damage::KeyLost), ("head", Damage::Head), ("db", Damage::Commit)] {
        let (phone, other) = (filled(), filled());
        let (from, to) = (other.store().join(part), phone.store().join(part));
        replace(&from, &to);
        assert_eq!(phone.damage_found(), damage, "{part}");
    }
}

#[test]
fn an_older_copy_of_everything_opens_and_only_its_generation_tells() {
    let phone = filled();
    let copy = phone.dir.path().join("copy");
    copy_dir(&phone.store(), &copy);
    let vault = phone.open();
    let newest = put(&vault, "10", "text");
    vault.close();
    restore(&copy, &phone.store());
    let vault = phone.open();
    assert_eq!(vault.generation(), Ok(newest - 1));
}

#[test]
fn a_loss_is_reported_until_somebody_was_told() {
    let phone = filled();
    fs::remove_file(phone.store().join("head")).unwrap();
    for _ in 0..2 {
        let opened = phone.opened();
        assert_eq!(opened.losses[0].damage, Damage::Head);
        assert!(opened.losses[0].kept_at.join("db/db").exists());
        opened.vault.close();
    }
    assert_eq!(phone.damage_found_after_telling(), Damage::Head);
}

impl Phone {
    fn damage_found_after_telling(&self) -> Damage {
        let opened = self.opened();
        opened.vault.told(&opened.losses).unwrap();
        opened.vault.close();
        self.open().close();
        opened.losses[0].damage
    }
}

#[test]
fn a_store_that_vanished_with_its_quarantine_untold_is_no_second_loss() {
    let phone = filled();
    fs::remove_file(phone.store().join("head")).unwrap();
    phone.opened().vault.close();
    // Killed after the damaged store was put aside and before the empty one was there.
    fs::remove_dir_all(phone.store()).unwrap();
    assert_eq!(phone.opened().losses.len(), 1);
}

#[test]
fn a_key_store_that_says_no_for_now_costs_nothing() {
    let phone = filled();
    let errors = [
        KeystoreError::UserCancelled,
        KeystoreError::NotEnrolled,
        KeystoreError::LockedOut { retry_s: 30 },
        KeystoreError::HardwareUnavailable,
        KeystoreError::TimedOut,
        KeystoreError::Unexpected,
    ];
    for error in errors {
        assert_eq!(phone.open_scripted(fails(error)).err(), Some(OpenError::Keystore(error)));
    }
    let panics = phone.open_scripted([Fault::Panics]);
    assert_eq!(panics.err(), Some(OpenError::Keystore(KeystoreError::Unexpected)));
    assert_eq!(phone.open().all(&DRAFTS).unwrap().len(), 10);
}

#[test]
fn a_key_that_is_gone_is_damage_and_the_files_are_kept() {
    for error in [KeystoreError::KeyMissing, KeystoreError::Invalidated, KeystoreError::Refused] {
        let phone = filled();
        let opened = phone.open_scripted(fails(error)).unwrap();
        assert_eq!(opened.losses[0].damage, Damage::KeyLost);
        opened.vault.close();
        // It was only the script: what was put aside can still be opened.
        restore(&opened.losses[0].kept_at, &phone.store());
        let opened = phone.opened();
        assert_eq!(opened.vault.all(&DRAFTS).unwrap().len(), 10);
    }
}

#[test]
fn a_copy_on_another_phone_opens_nothing() {
    let phone = filled();
    let (_dir, keys) = no_keys();
    let opened = Vault::open(&phone.config(FIRST), keys).unwrap();
    assert_eq!(opened.losses[0].damage, Damage::KeyLost);
    assert_eq!(opened.vault.all(&DRAFTS).unwrap().len(), 0);
}

#[test]
fn a_head_file_that_can_not_be_written_is_no_damage() {
    let phone = filled();
    let vault = phone.open();
    // Its place is taken.
    let head = phone.store().join("head");
    let before = fs::read(&head).unwrap();
    fs::remove_file(&head).unwrap();
    fs::create_dir(&head).unwrap();
    let commit = || vault.commit(Changes::new().put(&DRAFTS, "10", &"text".to_owned()).unwrap());
    assert!(matches!(commit(), Err(StoreError::Io(_))));
    assert_eq!(commit(), Err(StoreError::Broken));
    vault.close();
    fs::remove_dir(&head).unwrap();
    fs::write(&head, before).unwrap();
    let vault = phone.open();
    assert!(vault.all(&DRAFTS).unwrap().len() >= 10);
    put(&vault, "11", "text");
}

#[test]
fn something_else_in_a_files_place_is_damage_or_goes() {
    let cases = [
        ("store/head", Some(Damage::Head)),
        ("store/keys", Some(Damage::KeyFile)),
        ("store/db/db", Some(Damage::Database)),
        ("store", Some(Damage::KeyFile)),
        ("opening", None),
        ("made", None),
        ("lock", None),
        ("aliases", None),
        ("store/large/odd", None),
        ("quarantine/odd", None),
        ("quarantine", None),
        ("aliases.tmp", None),
        ("store/head.tmp", None),
    ];
    for (part, damage) in cases {
        let phone = filled();
        let path = phone.folder().join(part);
        if path.exists() {
            remove(&path);
        }
        if part.starts_with("quarantine") || part == "store" {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, b"x").unwrap();
        } else {
            fs::create_dir(&path).unwrap();
        }
        if damage.is_none() {
            let vault = phone.open();
            put(&vault, "10", "text");
            assert_eq!(vault.all(&DRAFTS).unwrap().len(), 11, "{part}");
            vault.close();
            fs::remove_file(phone.store().join("head")).unwrap();
        }
        assert_eq!(phone.damage_found(), damage.unwrap_or(Damage::Head), "{part}");
        while phone.try_open().is_err() {}
        assert_eq!(Vault::destroy(&phone.folder(), phone.keys.clone()), Ok(()), "{part}");
    }
}
