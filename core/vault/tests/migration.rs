//! Rows of an older schema become rows of the new one, all or none.
#![allow(clippy::unnecessary_wraps, reason = "steps of one type")]

mod common;

use citizen_vault::{MigrationRefused, OpenError, Schema, Store, StoreError, StoredRow, Tables};
use common::{DRAFTS, PORTRAITS, Phone, all_files, bytes, get, put, put_bytes};
use zeroize::Zeroizing;

/// Texts get a mark.
fn mark(mut row: StoredRow) -> Result<Vec<StoredRow>, MigrationRefused> {
    if row.tree == "drafts" {
        let text: String = serde_json::from_slice(&row.value).map_err(|_| MigrationRefused)?;
        row.value = Zeroizing::new(serde_json::to_vec(&format!("{text}, marked")).map_err(|_| MigrationRefused)?);
    }
    Ok(vec![row])
}

/// `drop me` goes; `split me` becomes two.
fn reshape(row: StoredRow) -> Result<Vec<StoredRow>, MigrationRefused> {
    match row.name.as_str() {
        "drop me" => Ok(vec![]),
        "split me" => {
            let copy = StoredRow { tree: row.tree.clone(), name: "split off".into(), value: row.value.clone() };
            Ok(vec![row, copy])
        }
        _ => Ok(vec![row]),
    }
}

fn refuse(row: StoredRow) -> Result<Vec<StoredRow>, MigrationRefused> {
    if row.name == "kept" { Err(MigrationRefused) } else { Ok(vec![row]) }
}

fn collide(mut row: StoredRow) -> Result<Vec<StoredRow>, MigrationRefused> {
    row.name = "one for all".into();
    Ok(vec![row])
}

const SECOND: Schema = Schema::new(&[mark]);
const THIRD: Schema = Schema::new(&[mark, reshape]);

fn filled() -> Phone {
    let phone = Phone::new();
    let vault = phone.open();
    for name in ["kept", "drop me", "split me"] {
        put(&vault, name, name);
    }
    put_bytes(&vault, "me", &bytes(300_000, 1));
    vault.close();
    phone
}

#[test]
fn rows_go_through_every_step_once() {
    let phone = filled();
    for schema in [SECOND, SECOND, THIRD] {
        phone.open_schema(schema).unwrap().vault.close();
    }
    let vault = phone.open_schema(THIRD).unwrap().vault;
    assert_eq!(get(&vault, "kept").as_deref(), Some("kept, marked"));
    assert_eq!(get(&vault, "drop me"), None);
    assert_eq!(get(&vault, "split off").as_deref(), Some("split me, marked"));
    assert!(vault.get(&PORTRAITS, "me").unwrap() == Some(bytes(300_000, 1)));
    assert_eq!(all_files(&phone.store().join("large")).len(), 1);
}

#[test]
fn two_steps_at_once_are_one_after_another() {
    let phone = filled();
    let vault = phone.open_schema(THIRD).unwrap().vault;
    assert_eq!(get(&vault, "kept").as_deref(), Some("kept, marked"));
    let names: Vec<_> = vault.all(&DRAFTS).unwrap().into_keys().collect();
    assert_eq!(names, ["kept", "split me", "split off"]);
}

#[test]
fn a_step_that_fails_leaves_the_old_schema_whole() {
    const REFUSES: Schema = Schema::new(&[refuse]);
    const COLLIDES: Schema = Schema::new(&[collide]);
    let phone = filled();
    for schema in [REFUSES, COLLIDES] {
        assert_eq!(phone.open_schema(schema).err(), Some(OpenError::Migration { from: 1 }));
        assert_eq!(get(&phone.open(), "kept").as_deref(), Some("kept"));
    }
    let vault = phone.open_schema(SECOND).unwrap().vault;
    assert_eq!(get(&vault, "kept").as_deref(), Some("kept, marked"));
}

#[test]
fn a_step_that_breaks_is_no_damage_however_often() {
    fn breaks(_: StoredRow) -> Result<Vec<StoredRow>, MigrationRefused> {
        panic!("a fault of the app")
    }
    const BREAKS: Schema = Schema::new(&[breaks]);
    let phone = filled();
    assert_eq!(phone.open_schema(BREAKS).err(), Some(OpenError::Migration { from: 1 }));
    // The database that was left behind keeps the files until the process ends.
    assert_eq!(phone.open_schema(SECOND).err(), Some(OpenError::Failed));
    let copy = Phone::new();
    common::copy_dir(&phone.folder(), &copy.folder());
    common::copy_dir(&phone.dir.path().join("keys"), &copy.dir.path().join("keys"));
    for _ in 0..2 {
        assert!(copy.open_schema(BREAKS).is_err());
    }
    let third = Phone::new();
    common::copy_dir(&copy.folder(), &third.folder());
    common::copy_dir(&copy.dir.path().join("keys"), &third.dir.path().join("keys"));
    assert_eq!(get(&third.open_schema(SECOND).unwrap().vault, "kept").as_deref(), Some("kept, marked"));
}

#[test]
fn a_newer_vault_is_left_alone() {
    let phone = filled();
    phone.open_schema(SECOND).unwrap().vault.close();
    assert_eq!(phone.try_open().err(), Some(OpenError::TooNew { found: 2, known: 1 }));
    assert_eq!(get(&phone.open_schema(SECOND).unwrap().vault, "kept").as_deref(), Some("kept, marked"));
}

#[test]
fn a_value_whose_file_is_damaged_stays_damaged_and_stops_nothing() {
    let phone = filled();
    for file in all_files(&phone.store().join("large")) {
        std::fs::write(file, b"x").unwrap();
    }
    let vault = phone.open_schema(SECOND).unwrap().vault;
    let damaged = |vault: &citizen_vault::Vault| vault.get(&PORTRAITS, "me").map(drop) == Err(StoreError::ValueDamaged);
    assert!(damaged(&vault));
    vault.rotate().unwrap();
    assert!(damaged(&vault));
    vault.close();
    let vault = phone.open_schema(SECOND).unwrap().vault;
    assert!(damaged(&vault));
    assert_eq!(get(&vault, "kept").as_deref(), Some("kept, marked"));
    assert_eq!(vault.commit(citizen_vault::Changes::new().delete(&PORTRAITS, "me")).map(drop), Ok(()));
    assert_eq!(vault.get(&PORTRAITS, "me").map(|row| row.is_some()), Ok(false));
}
