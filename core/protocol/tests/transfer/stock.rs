//! Our handshake against stock snow, on the crates that snow chooses by itself for all but random bytes: the same bytes, the same
//! hash, both ways round.

use citizen_protocol::transfer::keys::Psk;
use citizen_protocol::transfer::noise::{Initiator, PATTERN, Responder};
use ring::rand::{SecureRandom, SystemRandom};
use snow::params::{CipherChoice, DHChoice, HashChoice};
use snow::resolvers::{CryptoResolver, DefaultResolver, FallbackResolver};
use snow::types::{Cipher, Dh, Hash, Random};
use snow::{Builder, HandshakeState};

/// Handshakes each way, unless `XFER_HANDSHAKES` says how many.
const HANDSHAKES: u32 = 200;

fn handshakes() -> u32 {
    std::env::var("XFER_HANDSHAKES").map_or(HANDSHAKES, |count| count.parse().unwrap())
}

fn bytes(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    SystemRandom::new().fill(&mut bytes).unwrap();
    bytes
}

/// Random bytes for the stock peer, and nothing else.
struct Bytes;

impl Random for Bytes {
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), snow::Error> {
        SystemRandom::new().fill(bytes).map_err(|_| snow::Error::Rng)
    }
}

impl CryptoResolver for Bytes {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(Box::new(Self))
    }

    fn resolve_dh(&self, _: &DHChoice) -> Option<Box<dyn Dh>> {
        None
    }

    fn resolve_hash(&self, _: &HashChoice) -> Option<Box<dyn Hash>> {
        None
    }

    fn resolve_cipher(&self, _: &CipherChoice) -> Option<Box<dyn Cipher>> {
        None
    }
}

fn stock<'b>(psk: &'b Psk, prologue: &'b [u8]) -> Builder<'b> {
    let resolver = FallbackResolver::new(Box::new(Bytes), Box::new(DefaultResolver));
    let builder = Builder::with_resolver(PATTERN.parse().unwrap(), Box::new(resolver));
    builder.psk(0, psk.bytes()).unwrap().prologue(prologue).unwrap()
}

fn written(state: &mut HandshakeState, payload: &[u8]) -> Vec<u8> {
    let mut message = vec![0; payload.len() + 64];
    let length = state.write_message(payload, &mut message).unwrap();
    message.truncate(length);
    message
}

#[test]
fn a_stock_responder_agrees_with_our_initiator() {
    let count = handshakes();
    for round in 0..count {
        let (psk, prologue) = (Psk::random(&SystemRandom::new()).unwrap(), bytes(round as usize % 200));
        let (payload, ok) = (bytes(round as usize % 700), bytes(round as usize % 130));
        let mut stock = stock(&psk, &prologue).build_responder().unwrap();
        let (ours, msg1) = Initiator::start(&psk, &prologue, &SystemRandom::new()).unwrap();
        assert_eq!(stock.read_message(&msg1, &mut []).unwrap(), 0);
        let msg2 = written(&mut stock, &payload);
        let (ours, read) = ours.receive(&msg2).unwrap();
        assert_eq!((&ours.hash()[..], &read[..]), (stock.get_handshake_hash(), &payload[..]), "round {round}");
        let (mut stock, mut opened) = (stock.into_transport_mode().unwrap(), vec![0; ok.len()]);
        let length = stock.read_message(&ours.seal(&ok).unwrap(), &mut opened).unwrap();
        assert_eq!(opened[..length], ok[..], "round {round}");
    }
    println!("{count} handshakes as initiator: the same hash");
}

#[test]
fn a_stock_initiator_agrees_with_our_responder() {
    let count = handshakes();
    for round in 0..count {
        let (psk, prologue) = (Psk::random(&SystemRandom::new()).unwrap(), bytes(round as usize % 200));
        let (payload, ok) = (bytes(round as usize % 700), bytes(round as usize % 130));
        let mut stock = stock(&psk, &prologue).build_initiator().unwrap();
        let msg1 = written(&mut stock, &[]).try_into().unwrap();
        let ours = Responder::start(&psk, &prologue, &msg1, &SystemRandom::new()).unwrap();
        let (ours, msg2) = ours.reply(&payload).unwrap();
        let mut read = vec![0; payload.len()];
        let length = stock.read_message(&msg2, &mut read).unwrap();
        assert_eq!((stock.get_handshake_hash(), &read[..length]), (&ours.hash()[..], &payload[..]), "round {round}");
        let mut stock = stock.into_transport_mode().unwrap();
        let mut message = vec![0; ok.len() + 16];
        stock.write_message(&ok, &mut message).unwrap();
        assert_eq!(ours.open(&message).unwrap()[..], ok[..], "round {round}");
    }
    println!("{count} handshakes as responder: the same hash");
}

/// A key of small order gives everybody the same secret, zeros: stock snow would go on with it.
#[test]
fn a_key_of_small_order_is_refused() {
    let psk = Psk::new([7; 32]);
    // RFC 7748, 6.1: zeros and one. An initiator that sends them can still make a message 1 that opens, for it knows psk.
    for small in [[0; 32], [[1].as_slice(), &[0; 31]].concat().try_into().unwrap()] {
        let msg1 = msg1_with(&psk, small);
        let ours = Responder::start(&psk, b"", &msg1, &SystemRandom::new()).unwrap();
        assert!(ours.reply(b"").is_err());
    }
}

/// Message 1 with a public key that nobody has the private one of, as Noise writes it.
fn msg1_with(psk: &Psk, public: [u8; 32]) -> [u8; 48] {
    use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
    use ring::digest::{SHA256, digest};
    use ring::hmac::{HMAC_SHA256, Key, sign};
    let hash = |parts: &[&[u8]]| digest(&SHA256, &parts.concat()).as_ref().to_vec();
    let hmac = |key: &[u8], parts: &[&[u8]]| sign(&Key::new(HMAC_SHA256, key), &parts.concat()).as_ref().to_vec();
    // Noise, 5.2 and 9.2: initialise, MixHash(prologue), then psk: MixKeyAndHash, e: MixHash and MixKey.
    let mut ck = hash(&[PATTERN.as_bytes()]);
    let mut h = hash(&[&ck, b""]);
    let temp = hmac(&ck, &[psk.bytes()]);
    let first = hmac(&temp, &[&[1]]);
    let second = hmac(&temp, &[&first, &[2]]);
    let _third = hmac(&temp, &[&second, &[3]]);
    h = hash(&[&h, &second]);
    ck = first;
    h = hash(&[&h, &public]);
    let temp = hmac(&ck, &[&public]);
    let first = hmac(&temp, &[&[1]]);
    let key = hmac(&temp, &[&first, &[2]]);
    let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key).unwrap());
    let tag = key.seal_in_place_separate_tag(Nonce::assume_unique_for_key([0; 12]), Aad::from(&h), &mut []).unwrap();
    [&public[..], tag.as_ref()].concat().try_into().unwrap()
}
