//! QR-A and QR-B: what is in them, and what is not taken.

use citizen_protocol::transfer::keys::Seed;
use citizen_protocol::transfer::{
    CheckError, Home, LIVE_S, MAX_AHEAD_S, Offers, QrA, QrAError, QrB, QrBError, RefreshIndex, ScanError, Scanned,
    Terms,
};
use citizen_protocol::trust::Env;
use citizen_protocol::wire::{Id, UnixTime};
use proptest::prelude::*;
use ring::rand::SystemRandom;

use crate::common::NOW;
use crate::world::{HOME, Handshake, TRANSFER, each_bit};

fn qr_a() -> QrA {
    Offers::first(HOME, TRANSFER, NOW, &SystemRandom::new()).unwrap().shown().clone()
}

#[test]
fn qr_a_is_written_as_the_table_says() {
    let refresh = RefreshIndex::default().next().next();
    let terms = Terms {
        env: Env::Test,
        refresh,
        transfer: TRANSFER,
        seed: Seed::new([1; 16]),
        issued_at: 0x6b02_0304,
        commitment: [9; 16],
    };
    let qr = QrA { terms, msg1: [8; 48] };
    let parts: [&[u8]; 8] = [b"EX", &[1], &[0b0010_0010], &TRANSFER.0, &[1; 16], &[8; 48], &[0x6b, 2, 3, 4], &[9; 16]];
    assert_eq!(qr.encode(), parts.concat());
    assert_eq!((qr.encode().len(), qr.text().len()), (104, 161));
    assert_eq!(&qr.text()[..5], "EID1:");
    assert_eq!(QrA::decode(&qr.encode().try_into().unwrap()), Ok(qr.clone()));
    let home = Home { env: Env::Test, host: "h.vn" };
    let head = [&[0, 0, 0, 10][..], b"EID-XFER/1", &[0, 0, 0, 1, 1], &[0, 0, 0, 4], b"h.vn"].concat();
    let bytes = qr.encode();
    assert_eq!(qr.terms.prologue(home), [&head, &bytes[..36], &bytes[84..]].concat());
}

#[test]
fn qr_b_is_written_as_the_table_says() {
    let qr = QrB::new(TRANSFER, [3; 16]);
    assert_eq!(qr.encode(), [&b"EY\x01"[..], &TRANSFER.0[..8], &[3; 16]].concat());
    assert_eq!((qr.encode().len(), qr.text().len()), (27, 46));
    assert_eq!(QrB::read(&qr.text()), Ok(qr));
}

#[test]
fn each_flaw_of_a_scanned_text_has_its_name() {
    let text = qr_a().text();
    let read = |text: &str, env, now| QrA::read(text, env, now).err();
    assert_eq!(read(&text, Env::Test, NOW), None);
    assert_eq!(read(&text, Env::Production, NOW), Some(QrAError::OtherEnvironment));
    assert_eq!(read(&text, Env::Test, NOW.plus(LIVE_S)), None);
    assert_eq!(read(&text, Env::Test, NOW.plus(LIVE_S + 1)), Some(QrAError::TooOld));
    assert_eq!(read(&text, Env::Test, UnixTime(NOW.0 - MAX_AHEAD_S)), None);
    assert_eq!(read(&text, Env::Test, UnixTime(NOW.0 - MAX_AHEAD_S - 1)), Some(QrAError::TooNew));
    let qr_b = QrB::new(TRANSFER, [3; 16]).text();
    for other in ["", "EID1:", "https://example.vn", &qr_b, &text[..160], &format!("{text}0"), &text.to_lowercase()] {
        assert_eq!(read(other, Env::Test, NOW), Some(QrAError::Other), "{other}");
    }
    let mut bytes: [u8; 104] = qr_a().encode().try_into().unwrap();
    bytes[2] = 2;
    assert_eq!(QrA::decode(&bytes), Err(QrAError::Version(2)));
    bytes[2] = 1;
    for unused in [0, 2, 3] {
        bytes[3] ^= 1 << unused;
        assert_eq!(QrA::decode(&bytes), Err(QrAError::Flags), "bit {unused}");
        bytes[3] ^= 1 << unused;
    }
}

#[test]
fn another_services_qr_code_is_refused_by_its_first_message() {
    let text = qr_a().text();
    let other = Home { host: "eid.example.com", ..HOME };
    let scanned = Scanned::read(&text, other, NOW, &SystemRandom::new());
    assert_eq!(scanned.err(), Some(ScanError::OtherHome));
}

/// Magic and version by the decoder, unused flags by the decoder, the environment by its check, the time by its check or message 1;
/// all the rest is in message 1's transcript or is its psk.
#[test]
fn every_flipped_bit_of_qr_a_is_refused_by_the_new_phone() {
    let qr = qr_a();
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    let flips = each_bit(&qr.encode(), |flipped, bit| {
        let text = match QrA::decode(flipped.try_into().unwrap()) {
            Ok(qr) => qr.text(),
            Err(error) => {
                let wanted = match bit / 8 {
                    0 | 1 => QrAError::Other,
                    2 => QrAError::Version(flipped[2]),
                    _ => QrAError::Flags,
                };
                assert_eq!((error, bit < 32), (wanted, true), "bit {bit}");
                *seen.entry("decoder".into()).or_default() += 1;
                return;
            }
        };
        let error = Scanned::read(&text, HOME, NOW, &SystemRandom::new()).expect_err(&format!("bit {bit}"));
        match bit / 8 {
            3 if bit % 8 == 1 => assert_eq!(error, ScanError::Qr(QrAError::OtherEnvironment)),
            84..88 => {}
            _ => assert_eq!(error, ScanError::OtherHome, "bit {bit}"),
        }
        *seen.entry(format!("{error:?}")).or_default() += 1;
    });
    assert_eq!(flips, 832);
    println!("{seen:?}");
}

/// Magic and version: no QR-B. Prefix: another transfer's. Tag: abort.
#[test]
fn every_flipped_bit_of_qr_b_is_refused_by_the_old_phone() {
    let Handshake { agreed, met, .. } = Handshake::done();
    let flips = each_bit(&met.channel.qr_b().encode(), |flipped, bit| {
        let read = QrB::decode(flipped.try_into().unwrap());
        match bit / 8 {
            0 | 1 => assert_eq!(read, Err(QrBError::Other), "bit {bit}"),
            2 => assert_eq!(read, Err(QrBError::Version(flipped[2])), "bit {bit}"),
            3..11 => {
                assert_eq!(agreed.channel.confirm_scan(&read.unwrap()), Err(CheckError::OtherTransfer), "bit {bit}");
            }
            _ => assert_eq!(agreed.channel.confirm_scan(&read.unwrap()), Err(CheckError::WrongTag), "bit {bit}"),
        }
    });
    assert_eq!(flips, 216);
}

proptest! {
    #[test]
    fn any_bytes_are_a_qr_a_in_its_one_form_or_none(bytes: [u8; 32], rest: [u8; 32], more: [u8; 32], last: [u8; 8], ours: bool) {
        let mut bytes: [u8; 104] = [&bytes[..], &rest, &more, &last].concat().try_into().unwrap();
        if ours {
            bytes[..3].copy_from_slice(b"EX\x01");
            bytes[3] &= 0b1111_0010;
        }
        let read = QrA::decode(&bytes);
        prop_assert!(read.is_ok() || !ours);
        if let Ok(qr) = read {
            prop_assert_eq!(&qr.encode()[..], &bytes[..]);
            let now = UnixTime(qr.terms.issued_at.into());
            prop_assert_eq!(QrA::read(&qr.text(), qr.terms.env, now), Ok(qr));
        }
    }

    #[test]
    fn any_text_is_a_qr_code_or_none(text in "(EID1:)?[0-9A-Z $%*+./:-]{40,160}|.{0,200}") {
        let _ = (QrA::read(&text, Env::Test, NOW), QrB::read(&text));
    }

    #[test]
    fn any_qr_b_comes_back_as_it_went(transfer: [u8; 16], tag: [u8; 16]) {
        let qr = QrB::new(Id(transfer), tag);
        prop_assert_eq!(QrB::read(&qr.text()), Ok(qr));
        prop_assert!(qr.is_of(Id(transfer)));
    }
}
