//! What the phones say to each other: one form, bounded, and nothing behind it.

use citizen_protocol::transfer::keys::{KConf, NConf, VaultKey};
use citizen_protocol::transfer::{Caps, DeviceKeys, MAX_MESSAGE, Malformed, Msg2, OOk, Peer, VaultGrant, Words};
use citizen_protocol::wire::Blob;
use proptest::prelude::*;

use crate::world::{Phone, peer, words};

fn lp(parts: &[&[u8]]) -> Vec<u8> {
    parts.iter().flat_map(|part| [&u32::try_from(part.len()).unwrap().to_be_bytes()[..], part].concat()).collect()
}

fn msg2(peer: Peer) -> Msg2 {
    Msg2 { peer, n_conf: NConf::new([5; 32]) }
}

#[test]
fn message_2_is_written_as_the_table_says() {
    let phone = Phone::new();
    let message = msg2(peer(phone.keys()));
    let keys = lp(&[&phone.dev.key.spki()[..], &phone.auth.key.spki()[..]]);
    let fields: [&[u8]; 7] = [&keys, &[0xa7; 32], b"Galaxy A12", b"Android 11", b"1.0", &[0, 0, 0, 0b111], &[5; 32]];
    assert_eq!(message.encode()[..], lp(&fields));
    assert_eq!(Msg2::decode(&message.encode()), Ok(message));
}

#[test]
fn o_ok_and_the_vaults_grant_are_written_as_the_table_says() {
    let ok = OOk { k_conf: KConf::new([1; 32]), account: words("0791••18"), server_nonce: [2; 32], caps: Caps(3) };
    let fields: [&[u8]; 4] = [&[1; 32], "0791••18".as_bytes(), &[2; 32], &[0, 0, 0, 3]];
    assert_eq!(ok.encode()[..], lp(&fields));
    assert_eq!(OOk::decode(&ok.encode()), Ok(ok));
    let grant = VaultGrant { key: VaultKey::new([6; 32]), manifest_hash: [7; 32] };
    assert_eq!(grant.encode()[..], lp(&[&[6; 32], &[7; 32]]));
    assert_eq!(VaultGrant::decode(&grant.encode()), Ok(grant));
}

#[test]
fn nothing_may_be_missing_or_stand_behind() {
    let message = msg2(peer(Phone::new().keys())).encode();
    let ok = OOk { k_conf: KConf::new([1; 32]), account: words("a"), server_nonce: [2; 32], caps: Caps(3) }.encode();
    let grant = VaultGrant { key: VaultKey::new([6; 32]), manifest_hash: [7; 32] }.encode();
    for end in 0..message.len() {
        assert_eq!(Msg2::decode(&message[..end]), Err(Malformed), "{end}");
    }
    for end in 0..ok.len() {
        assert_eq!(OOk::decode(&ok[..end]), Err(Malformed), "{end}");
    }
    for end in 0..grant.len() {
        assert_eq!(VaultGrant::decode(&grant[..end]), Err(Malformed), "{end}");
    }
    assert_eq!(Msg2::decode(&[&message[..], &[0]].concat()), Err(Malformed));
    assert_eq!(OOk::decode(&[&ok[..], &[0]].concat()), Err(Malformed));
    assert_eq!(VaultGrant::decode(&[&grant[..], &[0]].concat()), Err(Malformed));
}

#[test]
fn the_longest_message_fits_its_slot() {
    // Four bytes of UTF-8 each, and composed: as long as words get.
    let long = words(&"\u{20000}".repeat(64));
    let peer = Peer { model: long.clone(), os: long.clone(), app_version: long, ..peer(Phone::new().keys()) };
    assert!(msg2(peer).encode().len() + 48 <= MAX_MESSAGE);
}

#[test]
fn words_are_one_visible_line_in_nfc() {
    for text in ["", "   ", &"a".repeat(65), "a\nb", "a\u{202e}b", "a\u{200b}b", "Nguye\u{302}\u{303}n"] {
        assert_eq!(Words::new(text), None, "{text:?}");
        let json = serde_json::to_string(text).unwrap();
        assert!(serde_json::from_str::<Words>(&json).is_err(), "{text:?}");
    }
    for text in ["Galaxy A12", "Máy của Mẫu", &"ệ".repeat(64)] {
        assert_eq!(Words::new(text).unwrap().as_str(), text);
    }
    let fitted = |text: &str| Words::fitted(text).map(|words| words.as_str().to_owned());
    assert_eq!(fitted("  a\n\u{202e}Nguye\u{302}\u{303}n "), Some("aNguyễn".into()));
    assert_eq!(fitted(&"b".repeat(99)), Some("b".repeat(64)));
    assert_eq!((fitted(""), fitted("\u{200b}\n")), (None, None));
}

#[test]
fn a_phones_keys_are_two_different_ones_or_one() {
    let phone = Phone::new();
    let (both, one) = (phone.keys(), DeviceKeys { auth: None, ..phone.keys() });
    assert_eq!((DeviceKeys::decode(&both.encode()), DeviceKeys::decode(&one.encode())), (Some(both), Some(one)));
    assert_eq!((both.approval(), one.approval()), (&phone.auth.key, &phone.dev.key));
    assert_ne!(both.hash(), one.hash());
    assert_eq!(both.device(), one.device());
    let twice = DeviceKeys { auth: Some(phone.dev.key), ..both };
    assert_eq!(DeviceKeys::decode(&twice.encode()), None);
    assert_eq!(DeviceKeys::decode(&[&both.encode()[..], &[0]].concat()), None);
    assert!(serde_json::from_value::<DeviceKeys>(serde_json::to_value(Blob(twice.encode())).unwrap()).is_err());
}

fn any_words() -> impl Strategy<Value = Words> {
    "[a-zA-Z0-9 ()ệđ漢-]{0,63}[a-z]".prop_map(|text| Words::fitted(&text).unwrap())
}

proptest! {
    #[test]
    fn any_message_2_comes_back_as_it_went(
        model in any_words(), os in any_words(), app_version in any_words(), attest_hash: [u8; 32], caps: u32, n_conf: [u8; 32],
    ) {
        let peer = Peer { model, os, app_version, attest_hash, caps: Caps(caps), ..peer(Phone::new().keys()) };
        let message = Msg2 { peer, n_conf: NConf::new(n_conf) };
        prop_assert_eq!(Msg2::decode(&message.encode()), Ok(message));
    }

    #[test]
    fn any_bytes_are_a_message_in_its_one_form_or_none(at in any::<prop::sample::Index>(), byte: u8, noise: Vec<u8>) {
        let mut bytes = msg2(peer(Phone::new().keys())).encode().to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(message) = Msg2::decode(&bytes) {
            prop_assert_eq!(&message.encode()[..], &bytes[..]);
        }
        let _ = (Msg2::decode(&noise), OOk::decode(&noise), VaultGrant::decode(&noise), DeviceKeys::decode(&noise));
    }

    #[test]
    fn any_o_ok_comes_back_as_it_went(k_conf: [u8; 32], account in any_words(), server_nonce: [u8; 32], caps: u32) {
        let ok = OOk { k_conf: KConf::new(k_conf), account, server_nonce, caps: Caps(caps) };
        prop_assert_eq!(OOk::decode(&ok.encode()), Ok(ok));
    }

    #[test]
    fn fitted_words_can_always_be_shown(text: String) {
        if let Some(words) = Words::fitted(&text) {
            prop_assert_eq!(Words::new(words.as_str()), Some(words));
        }
    }
}
