//! Every bit of everything sealed that a small vault keeps, flipped one at a time: each must be refused.

use super::*;
use crate::schema::Schema;
use crate::seal::crypto::Refused;

fn small_vault(files: &Files) -> Engine {
    let key_file = KeyFile { epochs: Vec::new() };
    let keys = Keyring::for_tests();
    let bundle = keys.bundle().unwrap();
    Engine::create(files, keys, key_file.clone(), &Schema::new(&[])).unwrap();
    let keys = Keyring::unwrap(1, &bundle).unwrap();
    let mut engine = Engine::open(files, keys, key_file, &Schema::new(&[])).unwrap();
    let row = |tree: &str, name: &str, length: usize| RowChange {
        tree: tree.into(),
        name: name.into(),
        write: Write::Value(Value::new(vec![7; length])),
    };
    let rows = vec![row("drafts", "level 1", 40), row("drafts", "", 0), row("outbox", "a", 300)];
    engine.commit(rows, Some(LedgerHead { seq: 1, hash: [3; 32] })).unwrap();
    engine.commit(vec![row("portraits", "me", INLINE_BYTES + 1)], None).unwrap();
    engine
}

/// Calls `check` with the bytes after each flip.
fn each_flip(bytes: &[u8], mut check: impl FnMut(&[u8], usize)) {
    let mut flipped = bytes.to_vec();
    for bit in 0..bytes.len() * 8 {
        flipped[bit / 8] ^= 1 << (bit % 8);
        check(&flipped, bit);
        flipped[bit / 8] ^= 1 << (bit % 8);
    }
}

#[test]
fn every_flipped_bit_of_every_sealed_record_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let engine = small_vault(&Files(dir.path().join("store")));
    let (mut records, mut bits) = (0, 0);
    for sled_tree in engine.database.trees() {
        let tree = sled_tree.strip_prefix("1.").unwrap_or(&sled_tree);
        for row in engine.database.rows(&sled_tree) {
            let (key, record) = row.unwrap();
            let place = Place { tree, key: &key };
            assert!(open(&engine.keys, place, &record).is_ok(), "{sled_tree}");
            each_flip(&record, |flipped, bit| {
                assert_eq!(open(&engine.keys, place, flipped), Err(Refused), "{sled_tree}, bit {bit}");
                bits += 1;
            });
            records += 1;
        }
    }
    assert_eq!(records, 5, "four rows and the commit record");
    assert!(bits > 5 * 57 * 8);
}

#[test]
fn every_flipped_bit_of_the_head_file_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let files = Files(dir.path().join("store"));
    let engine = small_vault(&files);
    let head = std::fs::read(files.head()).unwrap();
    assert_eq!(Head::open(&engine.keys, &head).unwrap().generation, 3);
    each_flip(&head, |flipped, bit| assert_eq!(Head::open(&engine.keys, flipped), Err(Refused), "bit {bit}"));
}

#[test]
fn flipped_bits_of_a_large_values_file_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let files = Files(dir.path().join("store"));
    let engine = small_vault(&files);
    let file = files.large().join(&crate::folder::names(&files.large()).unwrap()[0]);
    let sealed = std::fs::read(&file).unwrap();
    assert!(engine.value("portraits", "me").unwrap().is_some());
    for bit in 0..sealed.len() * 8 {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let key = engine.keys.sled_key("portraits", "me");
        let place = Place { tree: "portraits", key: &key };
        assert_eq!(open(&engine.keys, place, &flipped), Err(Refused), "bit {bit}");
        if bit % 1009 == 0 {
            std::fs::write(&file, &flipped).unwrap();
            assert_eq!(engine.value("portraits", "me"), Err(StoreError::ValueDamaged), "bit {bit}");
        }
    }
}
