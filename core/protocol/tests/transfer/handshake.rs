//! From QR-A to the check, and what may go wrong on the way.

use citizen_protocol::transfer::keys::{KConf, Psk, VaultKey};
use citizen_protocol::transfer::noise::{Initiator, NoiseError};
use citizen_protocol::transfer::{
    Caps, Channel, Check, CheckError, HandshakeError, Home, Join, KnownToNew, Malformed, OOk, Offer, Offers, OldPhone,
    Peer, QrA, Replied, Scanned, SignedEndorsement, SlotError, Terms, VaultGrant,
};
use ring::rand::SystemRandom;

use crate::common::NOW;
use crate::world::{HOME, Handshake, Phone, SERVER_NONCE, TRANSFER, each_bit, joined, peer, words};

fn offers() -> Offers {
    Offers::first(HOME, TRANSFER, NOW, &SystemRandom::new()).unwrap()
}

fn scan(offers: &Offers) -> Scanned {
    Scanned::read(&offers.shown().text(), HOME, NOW, &SystemRandom::new()).unwrap()
}

#[test]
fn both_phones_end_with_the_same_channel_and_each_others_word() {
    let Handshake { new, agreed, met, .. } = Handshake::done();
    assert_eq!(agreed.channel, met.channel);
    assert_eq!(agreed.peer, peer(new.keys()));
    assert_eq!(met.account, words("0791••••••18"));
    assert_eq!((met.known.server_nonce, met.known.caps), (SERVER_NONCE, Caps::VAULT));
    assert_eq!(met.known.handshake, agreed.channel.handshake());
}

#[test]
fn two_handshakes_have_nothing_in_common() {
    let (one, other) = (Handshake::done(), Handshake::done());
    assert_ne!(one.met.channel.handshake(), other.met.channel.handshake());
    assert_ne!(one.met.channel.qr_b(), other.met.channel.qr_b());
    assert_ne!(one.agreed.message, other.agreed.message);
}

#[test]
fn a_scanned_code_confirms_and_another_phones_aborts() {
    let (one, other) = (Handshake::done(), Handshake::done());
    let confirmed = one.agreed.channel.confirm_scan(&one.met.channel.qr_b()).unwrap();
    assert_eq!(confirmed.check(), Check::Scanned);
    let wrong = one.agreed.channel.confirm_scan(&other.met.channel.qr_b());
    assert_eq!(wrong, Err(CheckError::WrongTag), "the same transfer, another handshake");
}

#[test]
fn digits_are_four_and_are_typed_in_any_script() {
    let Handshake { agreed, met, .. } = Handshake::done();
    let digits = met.channel.digits();
    let digits = digits.as_str();
    assert!(digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()), "{digits}");
    let full_width: String =
        digits.chars().map(|digit| char::from_u32(digit as u32 - 0x30 + 0xff10).unwrap()).collect();
    let spaced = format!(" {}-{} ", &digits[..2], &digits[2..]);
    for typed in [digits, &full_width, &spaced] {
        let confirmed = agreed.channel.confirm_digits(typed).unwrap();
        assert_eq!(confirmed.check(), Check::Digits, "{typed}");
    }
    for typed in ["", "123", "12345", "12a4", &format!("{digits}{digits}"), &format!("{digits}.")] {
        assert_eq!(agreed.channel.confirm_digits(typed), Err(CheckError::NotDigits), "{typed}");
    }
    let wrong = format!("{:04}", (digits.parse::<u32>().unwrap() + 1) % 10_000);
    assert_eq!(agreed.channel.confirm_digits(&wrong), Err(CheckError::WrongDigits));
}

#[test]
fn the_last_two_offers_are_live_and_the_joined_one_is_used() {
    let random = SystemRandom::new();
    let first = offers();
    let to_first = scan(&first);
    let second = first.refreshed(HOME, NOW.plus(30), &random).unwrap();
    let to_second = Scanned::read(&second.shown().text(), HOME, NOW.plus(30), &random).unwrap();
    assert_eq!((to_first.flags(), to_second.flags()), (0x02, 0x12));
    let join = joined(&to_second, NOW.plus(60));
    let replied = to_second.reply(peer(Phone::new().keys())).unwrap();
    assert!(second.joined(&join).unwrap().receive(replied.message()).is_ok(), "the newest");

    let first = offers();
    let to_first = scan(&first);
    let join = joined(&to_first, NOW.plus(60));
    let replied = to_first.reply(peer(Phone::new().keys())).unwrap();
    let second = first.refreshed(HOME, NOW.plus(30), &random).unwrap();
    assert!(second.joined(&join).unwrap().receive(replied.message()).is_ok(), "the one before");
}

#[test]
fn an_offer_that_is_old_unknown_or_of_other_flags_is_not_joined() {
    let random = SystemRandom::new();
    let first = offers();
    let join = joined(&scan(&first), NOW.plus(61));
    assert_eq!(first.joined(&join).err(), Some(HandshakeError::TooOld));
    let first = offers();
    let join = joined(&scan(&first), NOW);
    let third = first.refreshed(HOME, NOW, &random).unwrap().refreshed(HOME, NOW, &random).unwrap();
    assert_eq!(third.joined(&join).err(), Some(HandshakeError::OtherOffer), "two refreshes ago");
    let first = offers();
    let join = Join { flags: 0x12, ..joined(&scan(&first), NOW) };
    assert_eq!(first.joined(&join).err(), Some(HandshakeError::OtherOffer));
}

#[test]
fn refreshed_offers_share_nothing_but_the_transfer() {
    let random = SystemRandom::new();
    let mut offers = offers();
    let mut seen: Vec<QrA> = vec![offers.shown().clone()];
    for refresh in 1..20_u8 {
        offers = offers.refreshed(HOME, NOW.plus(30 * u64::from(refresh)), &random).unwrap();
        let qr = offers.shown().clone();
        assert_eq!((qr.terms.flags() >> 4, qr.terms.transfer), (refresh % 16, TRANSFER));
        for before in &seen {
            assert_ne!((&qr.terms.seed, qr.terms.commitment), (&before.terms.seed, before.terms.commitment));
            assert_ne!(qr.msg1, before.msg1);
        }
        seen.push(qr);
    }
}

/// One bit of each byte: a receiver is used up by its message, so each has a handshake of its own.
#[test]
fn a_flipped_bit_in_any_byte_of_the_handshakes_messages_is_refused() {
    let new = Phone::new();
    let replied = || {
        let offers = offers();
        let scanned = scan(&offers);
        let join = joined(&scanned, NOW);
        (offers.joined(&join).unwrap(), scanned.reply(peer(new.keys())).unwrap())
    };
    let refused = Some(HandshakeError::Noise(NoiseError::Refused));
    for at in 0..replied().1.message().len() {
        let (offer, reply) = replied();
        let mut flipped = reply.message().to_vec();
        flipped[at] ^= 1 << (at % 8);
        assert_eq!(offer.receive(&flipped).err(), refused, "message 2, byte {at}");
    }
    let ok = |offer: Offer, reply: &Replied| {
        offer.receive(reply.message()).unwrap().ok(words("0791"), SERVER_NONCE, Caps::VAULT).unwrap().message
    };
    let (offer, reply) = replied();
    for at in 0..ok(offer, &reply).len() {
        let (offer, reply) = replied();
        let mut flipped = ok(offer, &reply);
        flipped[at] ^= 1 << (at % 8);
        assert_eq!(reply.confirm(&flipped).err(), refused, "O_OK, byte {at}");
    }
}

/// A middleman who has seen QR-A plays O towards N: he has the seed, but must show a `k_conf` that he chose before he saw N's share.
#[test]
fn a_share_that_was_not_promised_is_refused() {
    let random = SystemRandom::new();
    let (k_promised, k_shown) = (KConf::new([1; 32]), KConf::new([2; 32]));
    for (k_conf, wanted) in [(&k_shown, Some(HandshakeError::OtherShare)), (&k_promised, None)] {
        let shown = offers().shown().terms.clone();
        let terms = Terms { commitment: k_promised.commitment(), ..shown };
        let psk: Psk = terms.seed.psk(terms.transfer);
        let (noise, msg1) = Initiator::start(&psk, &terms.prologue(HOME), &random).unwrap();
        let text = QrA { terms, msg1 }.text();
        let replied = Scanned::read(&text, HOME, NOW, &random).unwrap().reply(peer(Phone::new().keys())).unwrap();
        let (noise, _) = noise.receive(replied.message()).unwrap();
        let ok = OOk { k_conf: k_conf.clone(), account: words("0791"), server_nonce: SERVER_NONCE, caps: Caps(1) };
        assert_eq!(replied.confirm(&noise.seal(&ok.encode()).unwrap()).err(), wanted);
    }
}

#[test]
fn what_opens_and_says_nothing_is_malformed() {
    let random = SystemRandom::new();
    let terms = offers().shown().terms.clone();
    let (noise, msg1) = Initiator::start(&terms.seed.psk(TRANSFER), &terms.prologue(HOME), &random).unwrap();
    let text = QrA { terms, msg1 }.text();
    let replied = Scanned::read(&text, HOME, NOW, &random).unwrap().reply(peer(Phone::new().keys())).unwrap();
    let (noise, _) = noise.receive(replied.message()).unwrap();
    let wrong = noise.seal(b"no such message").unwrap();
    assert_eq!(replied.confirm(&wrong).err(), Some(HandshakeError::Malformed(Malformed)));
}

#[test]
fn slots_open_in_their_place_only() {
    let one = Handshake::done();
    let (o, n) = (&one.agreed.channel, &one.met.channel);
    let signed = one.signed();
    let endorsement = o.seal_endorsement(&signed).unwrap();
    assert_eq!(n.open_endorsement(&endorsement), Ok(signed));
    assert_eq!(endorsement, o.seal_endorsement(&signed).unwrap(), "the same bytes again");
    let grant = VaultGrant { key: VaultKey::new([3; 32]), manifest_hash: [4; 32] };
    let sealed = o.seal_vault_grant(&grant).unwrap();
    assert_eq!(n.open_vault_grant(&sealed), Ok(grant));
    assert!(matches!(n.open_endorsement(&sealed), Err(SlotError::Refused(_))), "another slot's");
    assert!(matches!(n.open_vault_grant(&endorsement), Err(SlotError::Refused(_))));
    let other = Handshake::done().met.channel;
    assert!(matches!(other.open_endorsement(&endorsement), Err(SlotError::Refused(_))), "another handshake's");
    let mut flips = each_bit(&endorsement, |flipped, bit| {
        assert!(matches!(n.open_endorsement(flipped), Err(SlotError::Refused(_))), "bit {bit}");
    });
    flips += each_bit(&sealed, |flipped, bit| {
        assert!(matches!(n.open_vault_grant(flipped), Err(SlotError::Refused(_))), "bit {bit}");
    });
    println!("{flips} bits of two slots");
}

type Rows = (Channel, Peer, KnownToNew, SignedEndorsement, OldPhone);

#[test]
fn what_is_kept_survives_storage() {
    let one = Handshake::done();
    let signed = one.signed();
    let rows = (&one.agreed.channel, &one.agreed.peer, &one.met.known, signed, one.old_phone());
    let (channel, peer, known, kept, old): Rows = serde_json::from_slice(&serde_json::to_vec(&rows).unwrap()).unwrap();
    assert_eq!((channel, peer, known), (one.met.channel.clone(), one.agreed.peer.clone(), one.met.known.clone()));
    assert_eq!((kept, old), (signed, one.old_phone()));
    let confirmed = one.agreed.channel.confirm_scan(&one.met.channel.qr_b()).unwrap();
    assert_eq!(serde_json::to_string(&confirmed).unwrap(), r#""scanned""#);
}

#[test]
fn nothing_secret_shows_in_debug() {
    let offers = offers();
    let scanned = scan(&offers);
    let one = Handshake::done();
    let shown = format!("{offers:?} {scanned:?} {:?} {:?} {:?}", one.agreed, one.met, offers.shown().terms);
    assert!(!shown.contains("0791"), "{shown}");
    assert!(shown.contains("Offers Scanned") && shown.contains("seed: Seed,"), "{shown}");
    assert_eq!(format!("{:?}", one.met.channel.digits()), "CheckDigits");
}

#[test]
fn a_home_is_part_of_the_transcript() {
    let offers = offers();
    let other = Home { host: "eid.example.com", ..HOME };
    assert_ne!(offers.shown().terms.prologue(HOME), offers.shown().terms.prologue(other));
}
