use ring::rand::SystemRandom;
use snow::params::{CipherChoice, DHChoice, HashChoice};
use snow::resolvers::{CryptoResolver, DefaultResolver};
use snow::types::{Cipher, Dh, Hash, Random};

use super::primitives::Ring;
use super::*;
use crate::transfer::testing::bytes;

/// Our hash and cipher, and a Diffie-Hellman whose key can be set: ring's can't.
struct SettableKey(Ring);

impl CryptoResolver for SettableKey {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        self.0.resolve_rng()
    }

    fn resolve_dh(&self, choice: &DHChoice) -> Option<Box<dyn Dh>> {
        DefaultResolver.resolve_dh(choice)
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        self.0.resolve_hash(choice)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        self.0.resolve_cipher(choice)
    }
}

fn with_key(key: &[u8]) -> Builder<'_> {
    let unused = EphemeralPrivateKey::generate(&X25519, &SystemRandom::new()).unwrap();
    let resolver = Box::new(SettableKey(Ring::with(unused)));
    Builder::with_resolver(params().unwrap(), resolver).fixed_ephemeral_key_for_testing_only(key)
}

/// Cacophony's vector of this pattern (`vectors/cacophony.txt` of haskell-cryptography/cacophony, also in snow 0.10's tests). Its message
/// 1 has a payload, ours has none: so snow runs it, on our hash and cipher.
#[test]
fn the_published_vector_passes() {
    let prologue = bytes("4a6f686e2047616c74");
    let psk: [u8; 32] = bytes("54686973206973206d7920417573747269616e20706572737065637469766521").try_into().unwrap();
    let e_initiator = bytes("893e28b9dc6ca8d611ab664754b8ceb7bac5117349a4439a6b0569da977c464a");
    let e_responder = bytes("bbdb4cdbd309f1a1f2e1456967fe288cadd6f712d65dc7b7793d5e63da6b375b");
    let messages = [
        (
            "4c756477696720766f6e204d69736573",
            "ca35def5ae56cec33dc2036731ab14896bc4c75dbb07a61f879f8e3afa4c794479b962b8aff8485742ac32f905ba45369e2465fb59e138a93d67a0d1266b6a54",
        ),
        (
            "4d757272617920526f746862617264",
            "95ebc60d2b1fa672c1f46a8aa265ef51bfe38e7ccb39ec5be34069f144808843d6062704d5a9c422a8e834423f8c1feada7e8d0d910a1a2cd030fb584221e3",
        ),
        ("462e20412e20486179656b", "e632c3763d7669067383433197a3baddf146e9e70ad4b4e9e59e0f"),
        ("4361726c204d656e676572", "64c6bee32ea91c8474bb4c21d7a700109ad45af77b29764ba5eb1e"),
        (
            "4a65616e2d426170746973746520536179",
            "e2fa0bed0603b62d3ccac2ecabbf3fe33f3e86514909b323361626266cb2471cc8",
        ),
        (
            "457567656e2042f6686d20766f6e2042617765726b",
            "0c01dc9cec1fe4ddd692e8dd32188aa351088dc91183639a53b57aa4692b5ebdef8b8ca111",
        ),
    ]
    .map(|(payload, message)| (bytes(payload), bytes(message)));
    let build = |key| with_key(key).psk(0, &psk).unwrap().prologue(&prologue).unwrap();
    let (mut o, mut n) =
        (build(&e_initiator).build_initiator().unwrap(), build(&e_responder).build_responder().unwrap());

    let (mut sent, mut got) = ([0; 256], [0; 256]);
    let length = o.write_message(&messages[0].0, &mut sent).unwrap();
    assert_eq!(sent[..length], messages[0].1[..]);
    let length = n.read_message(&messages[0].1, &mut got).unwrap();
    assert_eq!(got[..length], messages[0].0[..]);
    let length = n.write_message(&messages[1].0, &mut sent).unwrap();
    assert_eq!(sent[..length], messages[1].1[..]);
    let length = o.read_message(&messages[1].1, &mut got).unwrap();
    assert_eq!(got[..length], messages[1].0[..]);

    let h = bytes("f4d03dc34495c95729ea6de9e1b59004b59733102488b3e24bc441e0be208eaf");
    assert_eq!([o.get_handshake_hash(), n.get_handshake_hash()], [&h[..]; 2]);
    let (mut o, mut n) = (o.into_transport_mode().unwrap(), n.into_transport_mode().unwrap());
    for (at, (payload, message)) in messages.iter().enumerate().skip(2) {
        let (from, to) = if at % 2 == 0 { (&mut o, &mut n) } else { (&mut n, &mut o) };
        let length = from.write_message(payload, &mut sent).unwrap();
        assert_eq!(sent[..length], message[..], "message {at}");
        let length = to.read_message(message, &mut got).unwrap();
        assert_eq!(got[..length], payload[..], "message {at}");
    }
}

/// The same keys, our steps: what message 1 is without a payload, and everything after it.
#[test]
fn our_steps_are_the_patterns() {
    let (e_initiator, e_responder) = ([0x41; 32], [0x42; 32]);
    let psk = Psk::new([7; 32]);
    let (o, msg1) = Initiator::with(with_key(&e_initiator), &psk, b"prologue").unwrap();
    let n = Responder::with(with_key(&e_responder), &psk, b"prologue", &msg1).unwrap();
    let (n, msg2) = n.reply(b"two").unwrap();
    let (o, two) = o.receive(&msg2).unwrap();
    assert_eq!((o.hash(), &two[..]), (n.hash(), &b"two"[..]));
    let again = Initiator::with(with_key(&e_initiator), &psk, b"prologue").unwrap().1;
    assert_eq!(msg1, again, "the same keys give the same bytes");
    let message = o.seal(b"ok").unwrap();
    assert_eq!(&n.open(&message).unwrap()[..], b"ok");
}
