//! Rows go in, come back after closing, and leave nothing readable on the disk.

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use citizen_vault::{Changes, LedgerHead, OpenError, Store, StoreError, Table, Tables, Vault};
use common::{DRAFTS, PORTRAITS, Phone, all_files, bytes, get, put, put_bytes};
use serde::{Deserialize, Serialize};

#[test]
fn what_was_committed_is_there_after_closing() {
    let phone = Phone::new();
    let vault = phone.open();
    put(&vault, "level 1", "half a form");
    put(&vault, "level 1", "a whole form");
    put(&vault, "contact", "a new number");
    let generation = vault.commit(Changes::new().delete(&DRAFTS, "contact").delete(&DRAFTS, "never there")).unwrap();
    vault.close();
    let vault = phone.open();
    assert_eq!(vault.generation(), Ok(generation));
    let rows: Vec<_> = vault.all(&DRAFTS).unwrap().into_iter().collect();
    assert_eq!(rows, [("level 1".to_owned(), "a whole form".to_owned())]);
}

#[test]
fn the_empty_vault_is_kept_too() {
    let phone = Phone::new();
    phone.open().close();
    let vault = phone.open();
    assert_eq!(vault.generation(), Ok(1));
    assert_eq!(get(&vault, "level 1"), None);
}

#[test]
fn rows_are_of_their_tables_type_or_refused() {
    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Draft {
        page: u8,
        #[serde(default)]
        added_later: Option<String>,
    }
    const TYPED: Table<Draft> = Table::new("drafts");
    let phone = Phone::new();
    let vault = phone.open();
    let draft = Draft { page: 3, added_later: None };
    vault.commit(Changes::new().put(&TYPED, "level 1", &draft).unwrap()).unwrap();
    assert_eq!(vault.get(&TYPED, "level 1"), Ok(Some(draft)));
    assert_eq!(vault.get(&DRAFTS, "level 1"), Err(StoreError::Unreadable));
}

#[test]
fn large_values_live_in_files_that_go_with_their_rows() {
    let phone = Phone::new();
    let vault = phone.open();
    let large = phone.store().join("large");
    let files = || fs::read_dir(&large).unwrap().count();
    put_bytes(&vault, "me", &bytes(300_000, 1));
    put_bytes(&vault, "me", &bytes(400_000, 2));
    assert_eq!(files(), 1);
    vault.close();
    let vault = phone.open();
    assert!(vault.get(&PORTRAITS, "me").unwrap() == Some(bytes(400_000, 2)));
    put_bytes(&vault, "me", &bytes(10, 3));
    assert_eq!(files(), 0);
    put_bytes(&vault, "me", &bytes(300_000, 4));
    vault.commit(Changes::new().delete(&PORTRAITS, "me")).unwrap();
    assert_eq!(files(), 0);
}

#[test]
fn sled_writes_no_file_of_its_own_that_it_would_not_synchronise() {
    let phone = Phone::new();
    let vault = phone.open();
    // The largest values that are kept inline, many to a page.
    for round in 0..3 {
        for row in 0..60 {
            put_bytes(&vault, &row.to_string(), &bytes(16 << 10, round));
        }
    }
    assert_eq!(fs::read_dir(phone.store().join("large")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(phone.store().join("db/blobs")).unwrap().count(), 0);
}

#[test]
fn a_damaged_file_costs_its_own_value_only_and_says_so() {
    let phone = Phone::new();
    let vault = phone.open();
    put(&vault, "level 1", "form");
    for name in ["gone", "flipped", "cut"] {
        put_bytes(&vault, name, &bytes(300_000 + name.len(), 1));
    }
    vault.close();
    for file in all_files(&phone.store().join("large")) {
        let mut sealed = fs::read(&file).unwrap();
        match sealed.len() % 10 {
            // 41 + 16 bytes of sealing, and the name's length.
            1 => fs::remove_file(&file).unwrap(),
            4 => {
                sealed[1000] ^= 1;
                fs::write(&file, sealed).unwrap();
            }
            _ => fs::write(&file, &sealed[..5000]).unwrap(),
        }
    }
    let vault = phone.open();
    assert_eq!(get(&vault, "level 1").as_deref(), Some("form"));
    put_bytes(&vault, "whole", &bytes(300_000, 1));
    let rows = vault.each(&PORTRAITS).unwrap();
    assert_eq!(rows.iter().filter(|(_, row)| row.is_ok()).map(|(name, _)| name).collect::<Vec<_>>(), ["whole"]);
    assert_eq!(vault.all(&PORTRAITS).map(drop), Err(StoreError::ValueDamaged));
    for name in ["gone", "flipped", "cut"] {
        assert_eq!(vault.get(&PORTRAITS, name).map(|_| ()), Err(StoreError::ValueDamaged), "{name}");
        put_bytes(&vault, name, &bytes(300_000, 2));
        assert!(vault.get(&PORTRAITS, name).unwrap().is_some());
    }
}

#[test]
fn nothing_that_was_written_can_be_read_in_any_file() {
    const CANARY: &[u8] = b"canary-7f3a";
    let phone = Phone::new();
    let vault = phone.open();
    let text = String::from_utf8(CANARY.to_vec()).unwrap();
    put(&vault, &text, "in the name");
    put(&vault, "in the value", &text);
    put(&vault, "in the value", "overwritten");
    put_bytes(&vault, "large", &citizen_vault::Bytes(zeroize::Zeroizing::new(CANARY.repeat(30_000))));
    vault.commit(Changes::new().ledger(LedgerHead { seq: 1, hash: *b"canary-7f3acanary-7f3acanary-7f3" })).unwrap();
    for _ in 0..2 {
        vault.rotate().unwrap();
        let files = all_files(phone.dir.path());
        assert!(files.len() > 5);
        for file in files {
            let content = fs::read(&file).unwrap();
            let shows = content.windows(CANARY.len()).any(|window| window == CANARY);
            assert!(!shows && !file.to_string_lossy().contains(&text), "{}", file.display());
        }
    }
    // The test would see one: its own copy in the clear is found.
    fs::write(phone.folder().join("clear"), CANARY).unwrap();
    assert!(all_files(phone.dir.path()).iter().any(|file| fs::read(file).unwrap() == CANARY));
}

#[test]
fn only_the_owner_may_enter() {
    let phone = Phone::new();
    put_bytes(&phone.open(), "large", &bytes(300_000, 1));
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for folder in [phone.folder(), phone.store(), phone.store().join("large")] {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
}

#[test]
fn the_ledgers_head_goes_with_the_commit() {
    let phone = Phone::new();
    let vault = phone.open();
    assert_eq!(vault.ledger(), Ok(None));
    let head = LedgerHead { seq: 4, hash: [9; 32] };
    vault.commit(Changes::new().ledger(head)).unwrap();
    put(&vault, "level 1", "form");
    vault.close();
    assert_eq!(phone.open().ledger(), Ok(Some(head)));
}

#[test]
fn a_second_opening_is_refused_until_the_first_is_closed() {
    let phone = Phone::new();
    let vault = phone.open();
    assert_eq!(phone.try_open().err(), Some(OpenError::InUse));
    put(&vault, "level 1", "form");
    vault.close();
    assert_eq!(get(&phone.open(), "level 1").as_deref(), Some("form"));
}

#[test]
fn dropping_it_closes_it() {
    let phone = Phone::new();
    put(&phone.open(), "level 1", "form");
    assert_eq!(get(&phone.open(), "level 1").as_deref(), Some("form"));
}

#[test]
fn too_long_is_refused_before_anything_is_written() {
    let phone = Phone::new();
    let vault = phone.open();
    let long = "n".repeat(256);
    assert_eq!(Changes::new().put(&DRAFTS, &long, &String::new()).map(|_| ()), Err(StoreError::TooLong));
    let too_large = bytes((16 << 20) + 1, 0);
    assert_eq!(Changes::new().put(&PORTRAITS, "p", &too_large).map(|_| ()), Err(StoreError::TooLong));
    assert_eq!(vault.generation(), Ok(1));
    put_bytes(&vault, &long[..255], &bytes(16 << 20, 5));
    assert!(vault.get(&PORTRAITS, &long[..255]).unwrap() == Some(bytes(16 << 20, 5)));
}

#[test]
fn many_threads_may_ask_at_once() {
    let phone = Phone::new();
    let vault = phone.open();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let vault = &vault;
            scope.spawn(move || {
                for row in 0..10 {
                    put(vault, &format!("{thread} {row}"), "text");
                }
            });
        }
    });
    assert_eq!(vault.all(&DRAFTS).unwrap().len(), 40);
    assert_eq!(vault.generation(), Ok(41));
}

#[test]
fn a_vault_that_is_destroyed_leaves_neither_files_nor_keys() {
    let phone = Phone::new();
    let vault = phone.open();
    put(&vault, "level 1", "form");
    vault.rotate().unwrap();
    let refused = Vault::destroy(&phone.folder(), phone.keys.clone());
    assert_eq!(refused, Err(OpenError::InUse));
    vault.close();
    Vault::destroy(&phone.folder(), phone.keys.clone()).unwrap();
    let left: Vec<_> = all_files(phone.dir.path()).iter().map(|file| file.file_name().unwrap().to_owned()).collect();
    assert_eq!(left, ["lock"]);
    assert_eq!(phone.keys_held(), 0);
    let vault = phone.open();
    assert_eq!(get(&vault, "level 1"), None);
}
