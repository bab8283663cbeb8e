//! Any bytes are each of the transfer's formats in its one form, or an error; and what two phones agreed on opens in its place only.

#![no_main]

use std::sync::LazyLock;

use citizen_protocol::key::PublicKey;
use citizen_protocol::ledger::Head;
use citizen_protocol::transfer::chunks::CHUNK;
use citizen_protocol::transfer::keys::{KConf, NConf, VaultKey};
use citizen_protocol::transfer::{
    Arrivals, Caps, DeviceKeys, Endorsement, Export, Field, Home, Join, Msg2, OOk, Offers, OldPhone, Peer, QR_A, QR_B,
    QrA, QrB, Receipt, Scanned, Shipment, SignedEndorsement, VaultGrant, Words,
};
use citizen_protocol::trust::Env;
use citizen_protocol::wire::{Id, UnixTime};
use libfuzzer_sys::fuzz_target;
use ring::rand::SystemRandom;

const HOME: Home<'static> = Home { env: Env::Test, host: "eid.example.vn" };
const NOW: UnixTime = UnixTime(1_795_305_600);
const TRANSFER: Id = Id([7; 16]);

fuzz_target!(|bytes: &[u8]| {
    symbols(bytes);
    messages(bytes);
    documents(bytes);
    for good in &*GOOD {
        let near = near(good, bytes);
        messages(&near);
        documents(&near);
    }
    channel(bytes);
    chunks(bytes);
});

/// One of each message and document, so that the fuzzer starts inside of them.
static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let (offer, scanned, join) = shown();
    let replied = scanned.reply(PEER.clone()).expect("a key");
    let answered = offer.joined(&join).expect("it was joined").receive(replied.message()).expect("its own");
    let agreed = answered.ok(PEER.model.clone(), [2; 32], Caps(1)).expect("short");
    let confirmed = agreed.channel.confirm_scan(&agreed.channel.qr_b()).expect("its own");
    let head = Head { seq: 3, hash: [4; 32] };
    let old = OldPhone { account: Id([5; 16]), keys: PEER.keys, caps: Caps(1), server_nonce: [2; 32], head };
    let endorsement = Endorsement::new(&old, &PEER, &agreed.channel, confirmed, NOW);
    let signed = SignedEndorsement { endorsement, signature: [6; 64] };
    let msg2 = Msg2 { peer: PEER.clone(), n_conf: NConf::new([7; 32]) };
    let account = PEER.model.clone();
    let ok = OOk { k_conf: KConf::new([8; 32]), account, server_nonce: [2; 32], caps: Caps(1) };
    let grant = VaultGrant { key: VaultKey::new([9; 32]), manifest_hash: [1; 32] };
    vec![
        msg2.encode().to_vec(),
        ok.encode().to_vec(),
        grant.encode().to_vec(),
        endorsement.encode(),
        signed.encode(),
        Receipt::new(&signed, NOW).encode(),
    ]
});

/// With bytes changed at up to eight places.
fn near(good: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for change in changes.as_chunks::<3>().0.iter().take(8) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % bytes.len();
        bytes[at] = change[2];
    }
    bytes
}

fn shown() -> (Offers, Scanned, Join) {
    let offers = Offers::first(HOME, TRANSFER, NOW, &SystemRandom::new()).expect("randomness");
    let scanned = Scanned::read(&offers.shown().text(), HOME, NOW, &SystemRandom::new()).expect("its own");
    let join = Join { flags: scanned.flags(), qr_a: scanned.qr_hash(), at: NOW };
    (offers, scanned, join)
}

static PEER: LazyLock<Peer> = LazyLock::new(|| {
    let words = |text| Words::new(text).expect("one line");
    // No point of the curve: nothing here verifies with it.
    let dev = PublicKey::from_point(&[&[4][..], &[1; 64]].concat()).expect("65 bytes");
    let (model, os, app_version) = (words("Galaxy A12"), words("Android 11"), words("1.0"));
    Peer { keys: DeviceKeys { dev, auth: None }, attest_hash: [1; 32], model, os, app_version, caps: Caps(1) }
});

fn symbols(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = (QrA::read(text, Env::Test, NOW), QrB::read(text), Words::fitted(text));
        let _ = Scanned::read(text, HOME, NOW, &SystemRandom::new());
    }
    // Behind a good head, so that fields are reached at once.
    if let Some(rest) = bytes.first_chunk::<{ QR_A - 4 }>() {
        let whole = [b"EX\x01\x12", &rest[..]].concat();
        let qr = QrA::decode(whole[..].try_into().expect("104 bytes")).expect("any fields are taken");
        assert_eq!(qr.encode(), whole);
        let issued = UnixTime(qr.terms.issued_at.into());
        assert_eq!(QrA::read(&qr.text(), Env::Test, issued).as_ref(), Ok(&qr));
        assert!(Scanned::read(&qr.text(), HOME, issued, &SystemRandom::new()).is_err(), "message 1 by chance");
    }
    if let Some(first) = bytes.first_chunk::<QR_A>()
        && let Ok(qr) = QrA::decode(first)
    {
        assert_eq!(qr.encode(), first);
    }
    if let Some(first) = bytes.first_chunk::<QR_B>()
        && let Ok(qr) = QrB::decode(first)
    {
        assert_eq!(qr.encode(), first);
        assert_eq!(QrB::read(&qr.text()), Ok(qr));
    }
}

fn messages(bytes: &[u8]) {
    if let Ok(message) = Msg2::decode(bytes) {
        assert_eq!(&message.encode()[..], bytes);
    }
    if let Ok(ok) = OOk::decode(bytes) {
        assert_eq!(&ok.encode()[..], bytes);
    }
    if let Ok(grant) = VaultGrant::decode(bytes) {
        assert_eq!(&grant.encode()[..], bytes);
    }
    if let Some(keys) = DeviceKeys::decode(bytes) {
        assert_eq!(keys.encode(), bytes);
    }
}

fn documents(bytes: &[u8]) {
    if let Ok(endorsement) = Endorsement::decode(bytes) {
        assert_eq!(endorsement.encode(), bytes);
        assert_eq!(endorsement.same_as(&endorsement), Ok(()));
        let mut other = endorsement;
        other.caps = Caps(!other.caps.0);
        assert_eq!(endorsement.same_as(&other), Err(Field::Caps));
    }
    if let Ok(signed) = SignedEndorsement::decode(bytes) {
        assert_eq!(signed.encode(), bytes);
        let receipt = Receipt::new(&signed, NOW);
        assert_eq!(Receipt::decode(&receipt.encode()), Some(receipt));
        assert!(!signed.is_by(&signed.endorsement.new_keys), "a signature by chance");
    }
    if let Some(receipt) = Receipt::decode(bytes) {
        assert_eq!(receipt.encode(), bytes);
    }
}

/// In the place of message 2 or `O_OK`, in a handshake that went well so far.
fn channel(bytes: &[u8]) {
    let (offers, scanned, join) = shown();
    match bytes.first() {
        Some(first) if first % 2 == 0 => {
            assert!(offers.joined(&join).expect("it was joined").receive(bytes).is_err(), "message 2 by chance");
        }
        _ => {
            let replied = scanned.reply(PEER.clone()).expect("a key");
            assert!(replied.confirm(bytes).is_err(), "O_OK by chance");
        }
    }
}

fn chunks(bytes: &[u8]) {
    let key = || VaultKey::new([3; 32]);
    if let [total, index, rest @ ..] = bytes
        && let Ok(shipment) = Shipment::new(TRANSFER, u32::from(*total % 70), [1; 32])
    {
        assert!(shipment.open(&key(), u32::from(*index), rest).is_err(), "a chunk by chance");
        if let Ok(chunk) = shipment.kept(u32::from(*index), rest) {
            let mut arrivals = Arrivals::new(shipment);
            arrivals.put(chunk).expect("it fits");
            assert!(arrivals.join().is_err(), "a manifest by chance");
        }
    }
    // A little over one chunk, with these bytes at its end.
    let text = [&vec![0; CHUNK][..], bytes].concat();
    let export = Export::new(TRANSFER, key(), text.clone().into()).expect("not empty");
    let shipment = *export.shipment();
    let mut arrivals = Arrivals::new(shipment);
    for index in (0..shipment.total()).rev() {
        let sealed = export.sealed(index).expect("one of them");
        arrivals.put(shipment.open(&key(), index, &sealed).expect("its own")).expect("its place");
    }
    assert_eq!(arrivals.join().expect("all of them")[..], text);
}
