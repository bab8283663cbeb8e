//! Nonces: the service's part is a time under a MAC, so that it need not remember what it handed out; what was used, it does remember.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use citizen_encoding::Writer;
use citizen_protocol::signature::{CLOCK_WINDOW_S, Parameters, VALID_S};
use citizen_protocol::wire::{Code, UnixTime};
use ring::hmac;
use rusqlite::Transaction;

/// How long the service's part can be used, by any number of requests, in seconds.
const SERVER_PART_VALID_S: u64 = 300;

/// What was used, until a request that uses it again would be too old anyway.
pub(crate) const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS nonce (
        keyid TEXT NOT NULL, nonce TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (keyid, nonce)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS nonce_until ON nonce (until);
";

/// The header `EID-Nonce` of an answer: 8 bytes of time and 32 of MAC, in base64url.
pub(crate) fn server_part(key: &hmac::Key, now: UnixTime) -> String {
    let tag = hmac::sign(key, &authenticated(now));
    URL_SAFE_NO_PAD.encode([&now.0.to_be_bytes(), tag.as_ref()].concat())
}

/// Whether a nonce starts with what this service handed out, not too long ago.
pub(crate) fn is_ours(key: &hmac::Key, server_part: &str, now: UnixTime) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(server_part) else { return false };
    let Some((time, tag)) = bytes.split_first_chunk() else { return false };
    let time = UnixTime(u64::from_be_bytes(*time));
    hmac::verify(key, &authenticated(time), tag).is_ok() && now.0.abs_diff(time.0) <= SERVER_PART_VALID_S
}

/// Under the same key lie only these, the digests of [`super::idempotency`] and the desk's token: the name keeps them apart.
fn authenticated(time: UnixTime) -> Vec<u8> {
    Writer::default().lp(b"EID-NONCE/1").u64(time.0).done()
}

/// Uses a nonce up.
pub(crate) fn spend(db: &Transaction, signed: &Parameters) -> rusqlite::Result<Result<(), Code>> {
    let until = signed.created.plus(VALID_S + CLOCK_WINDOW_S);
    let fresh = db.prepare_cached("INSERT OR IGNORE INTO nonce (keyid, nonce, until) VALUES (?, ?, ?)")?.execute((
        &signed.keyid,
        signed.nonce.as_str(),
        until.0.cast_signed(),
    ))?;
    Ok(if fresh == 1 { Ok(()) } else { Err(Code::NonceUsed) })
}

/// Forgets those that no timely request can carry any more.
pub(crate) fn forget(db: &Transaction, now: UnixTime) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM nonce WHERE until < ?")?.execute([now.0.cast_signed()]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service_keys::mac_key;

    /// RFC 4231, 4.2, 4.3, 4.4, 4.7: key, data, HMAC-SHA-256. (4.8 as well; 4.6 truncates, which nothing here does.)
    #[test]
    fn the_mac_gives_the_answers_of_rfc_4231() {
        let cases: [(Vec<u8>, &[u8], &str); 5] = [
            (vec![0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe".to_vec(),
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (vec![0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            (
                vec![0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                vec![0xaa; 131],
                b"This is a test using a larger than block-size key and a larger than block-size data. The key needs \
                  to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (key, data, expected) in cases {
            let tag = hmac::sign(&mac_key(&key).unwrap(), data);
            let hex = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap();
            let tag: String = tag.as_ref().iter().flat_map(|byte| [hex(byte >> 4), hex(byte & 15)]).collect();
            assert_eq!(tag, expected);
        }
    }

    #[test]
    fn the_services_part_holds_300_s_and_under_its_own_key_only() {
        let key = mac_key(&[7; 32]).unwrap();
        let part = server_part(&key, UnixTime(1000));
        assert!(is_ours(&key, &part, UnixTime(1000)) && is_ours(&key, &part, UnixTime(1300)));
        assert!(!is_ours(&key, &part, UnixTime(1301)));
        assert!(!is_ours(&mac_key(&[8; 32]).unwrap(), &part, UnixTime(1000)));
    }

    #[test]
    fn every_flipped_bit_of_the_services_part_is_refused() {
        let key = mac_key(&[7; 32]).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(server_part(&key, UnixTime(1000))).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(!is_ours(&key, &URL_SAFE_NO_PAD.encode(flipped), UnixTime(1000)), "bit {bit}");
        }
        for short in 0..bytes.len() {
            assert!(!is_ours(&key, &URL_SAFE_NO_PAD.encode(&bytes[..short]), UnixTime(1000)), "{short} bytes");
        }
    }
}
