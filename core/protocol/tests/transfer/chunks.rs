//! The vault's export: cut, sealed, put together in any order, and nothing else in its place.

use citizen_protocol::transfer::chunks::{CHUNK, MAX_CHUNKS, MAX_EXPORT, MAX_SEALED};
use citizen_protocol::transfer::keys::VaultKey;
use citizen_protocol::transfer::{Arrivals, ChunkError, Export, Refused, Shipment};
use citizen_protocol::wire::Id;
use proptest::prelude::*;
use ring::digest::{SHA256, digest};

use crate::world::{TRANSFER, each_bit};

const KEY: [u8; 32] = [0x6b; 32];

fn text(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

fn export(length: usize) -> Export {
    Export::new(TRANSFER, VaultKey::new(KEY), text(length).into()).unwrap()
}

fn arrived(export: &Export, order: impl IntoIterator<Item = u32>) -> Arrivals {
    let mut arrivals = Arrivals::new(*export.shipment());
    for index in order {
        let chunk = export.shipment().open(&VaultKey::new(KEY), index, &export.sealed(index).unwrap()).unwrap();
        arrivals.put(chunk).unwrap();
    }
    arrivals
}

#[test]
fn the_manifest_is_written_as_the_design_says() {
    let export = export(CHUNK + 1);
    let whole = text(CHUNK + 1);
    let hash = |bytes: &[u8]| digest(&SHA256, bytes).as_ref().to_vec();
    let manifest = [
        &[0, 0, 0, 19][..],
        b"EID-XFER-MANIFEST/1",
        &TRANSFER.0,
        &[0, 0, 0, 2],
        &hash(&whole[..CHUNK]),
        &hash(&whole[CHUNK..]),
    ]
    .concat();
    assert_eq!(export.shipment().manifest()[..], hash(&manifest));
    assert_eq!(export.grant().manifest_hash, export.shipment().manifest());
}

#[test]
fn a_chunk_is_sealed_as_the_design_says() {
    use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
    let export = export(CHUNK + 5);
    let mut nonce = [0; 12];
    nonce[11] = 1;
    let lp = |bytes: &[u8]| [&u32::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat();
    let manifest = export.shipment().manifest();
    let aad = [lp(&TRANSFER.0), lp(&[0, 0, 0, 1]), lp(&[0, 0, 0, 2]), lp(&manifest)].concat();
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &KEY).unwrap());
    let mut sealed = text(CHUNK + 5)[CHUNK..].to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), &mut sealed).unwrap();
    assert_eq!(export.sealed(1), Ok(sealed));
}

#[test]
fn sizes_at_the_edges_travel_and_others_do_not() {
    for (length, total) in [(1, 1), (CHUNK, 1), (CHUNK + 1, 2), (MAX_EXPORT, MAX_CHUNKS)] {
        let export = export(length);
        assert_eq!(export.shipment().total(), total);
        assert!(export.sealed(0).unwrap().len() <= MAX_SEALED);
        assert_eq!(export.sealed(total), Err(ChunkError::Index));
        assert_eq!(arrived(&export, 0..total).join().unwrap()[..], text(length));
    }
    for length in [0, MAX_EXPORT + 1] {
        let export = Export::new(TRANSFER, VaultKey::new(KEY), text(length).into());
        assert_eq!(export.err(), Some(ChunkError::Size), "{length}");
    }
    for total in [0, MAX_CHUNKS + 1, u32::MAX] {
        assert_eq!(Shipment::new(TRANSFER, total, [0; 32]).err(), Some(ChunkError::Index));
    }
}

#[test]
fn chunks_arrive_in_any_order_and_more_than_once() {
    let export = export(3 * CHUNK + 7);
    let arrivals = arrived(&export, [2, 0, 2]);
    assert_eq!(arrivals.missing().collect::<Vec<_>>(), [1, 3]);
    assert_eq!(arrivals.join(), Err(ChunkError::Incomplete));
    let arrivals = arrived(&export, [3, 1, 2, 1, 0]);
    assert_eq!((arrivals.missing().count(), arrivals.join().unwrap().to_vec()), (0, text(3 * CHUNK + 7)));
}

#[test]
fn a_resumed_phone_goes_on_from_what_it_kept() {
    let export = export(2 * CHUNK);
    let shipment = Shipment::new(TRANSFER, 2, export.shipment().manifest()).unwrap();
    let mut arrivals = Arrivals::new(shipment);
    arrivals.put(shipment.kept(0, &text(2 * CHUNK)[..CHUNK]).unwrap()).unwrap();
    arrivals.put(shipment.open(&VaultKey::new(KEY), 1, &export.sealed(1).unwrap()).unwrap()).unwrap();
    assert_eq!(arrivals.join().unwrap()[..], text(2 * CHUNK));

    let mut arrivals = Arrivals::new(shipment);
    arrivals.put(shipment.kept(0, &vec![0; CHUNK]).unwrap()).unwrap();
    let again = shipment.open(&VaultKey::new(KEY), 0, &export.sealed(0).unwrap()).unwrap();
    assert_eq!(arrivals.put(again), Err(ChunkError::Conflict));
    arrivals.put(shipment.kept(1, &text(2 * CHUNK)[CHUNK..]).unwrap()).unwrap();
    assert_eq!(arrivals.join(), Err(ChunkError::OtherManifest));
    assert_eq!(shipment.kept(2, &[1]).err(), Some(ChunkError::Index));
    assert_eq!(shipment.kept(0, &[1]).err(), Some(ChunkError::Length));
}

#[test]
fn a_chunk_opens_in_its_own_place_only() {
    let export = export(3 * CHUNK);
    let (shipment, key, sealed) = (*export.shipment(), VaultKey::new(KEY), export.sealed(1).unwrap());
    let refused = Some(ChunkError::Refused(Refused));
    let opened = |shipment: Shipment, key: &VaultKey, index| shipment.open(key, index, &sealed).err();
    assert_eq!(opened(shipment, &key, 1), None);
    assert_eq!(opened(shipment, &key, 0), refused, "another place");
    assert_eq!(opened(shipment, &VaultKey::new([1; 32]), 1), refused, "another key");
    assert_eq!(opened(Shipment::new(TRANSFER, 4, shipment.manifest()).unwrap(), &key, 1), refused, "another total");
    assert_eq!(opened(Shipment::new(TRANSFER, 3, [1; 32]).unwrap(), &key, 1), refused, "another manifest");
    assert_eq!(opened(Shipment::new(Id([1; 16]), 3, shipment.manifest()).unwrap(), &key, 1), refused);
    assert_eq!(opened(shipment, &key, 3), Some(ChunkError::Index));
    assert_eq!(opened(shipment, &key, u32::MAX), Some(ChunkError::Index));
    let short = shipment.open(&key, 1, &sealed[..CHUNK]).err();
    assert_eq!((short, shipment.open(&key, 1, &[]).err()), (Some(ChunkError::Length), Some(ChunkError::Length)));
}

/// By the tag of AES-GCM.
#[test]
fn every_flipped_bit_of_a_chunk_is_refused() {
    let export = export(CHUNK + 300);
    let (shipment, key) = (*export.shipment(), VaultKey::new(KEY));
    let flips = each_bit(&export.sealed(1).unwrap(), |flipped, bit| {
        assert_eq!(shipment.open(&key, 1, flipped).err(), Some(ChunkError::Refused(Refused)), "bit {bit}");
    });
    assert_eq!(flips, (300 + 16) * 8);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_export_comes_back_in_any_order(length in 1_usize..5 * CHUNK, seed: u32) {
        let export = export(length);
        let total = export.shipment().total();
        let mut order: Vec<u32> = (0..total).collect();
        order.rotate_left(seed as usize % total as usize);
        if seed % 2 == 0 {
            order.reverse();
        }
        prop_assert_eq!(&arrived(&export, order).join().unwrap()[..], &text(length)[..]);
    }

    #[test]
    fn any_bytes_open_no_chunk(index: u32, bytes: Vec<u8>, total in 1_u32..=64) {
        let shipment = Shipment::new(TRANSFER, total, [0; 32]).unwrap();
        prop_assert!(shipment.open(&VaultKey::new(KEY), index, &bytes).is_err());
        let _ = shipment.kept(index, &bytes);
    }
}
