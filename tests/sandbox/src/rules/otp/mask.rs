//! Addresses with most of them hidden: enough to know one's own, too little to learn another's.

use citizen_protocol::wire::OtpChannel;

use crate::rules::crypto::{Mac, mac, mac_key};
use crate::work::{Ruling, Work};

/// `+84 ••• ••• 123` or `n•••@example.vn`.
pub(super) fn masked(channel: OtpChannel, address: &str) -> String {
    match channel {
        OtpChannel::Sms => {
            format!("+84 ••• ••• {}", address.get(address.len().saturating_sub(3)..).unwrap_or_default())
        }
        OtpChannel::Email => {
            let (local, domain) = address.split_once('@').unwrap_or_default();
            format!("{}•••@{domain}", local.chars().take(1).collect::<String>())
        }
    }
}

/// Domains that invented masks name.
const DOMAINS: [&str; 3] = ["example.vn", "example.com", "example.org"];

/// The mask of an address that does not exist: invented, and the same each time that number is asked for.
pub(super) fn invented(work: &Work, channel: OtpChannel, number: &str) -> Ruling<String> {
    let kind: &[u8] = match channel {
        OtpChannel::Sms => b"sms",
        OtpChannel::Email => b"email",
    };
    let [first, second, third, ..] = mac(&mac_key(work, Mac::Mask)?, &[kind, number.as_bytes()]);
    let domain = DOMAINS.get(usize::from(second) % DOMAINS.len()).copied().unwrap_or_default();
    Ok(match channel {
        OtpChannel::Sms => masked(channel, &format!("{:03}", u32::from_be_bytes([0, first, second, third]) % 1_000)),
        OtpChannel::Email => masked(channel, &format!("{}@{domain}", char::from(b'a' + first % 26))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_show_three_digits_or_a_letter_and_the_domain() {
        assert_eq!(masked(OtpChannel::Sms, "+84901234567"), "+84 ••• ••• 567");
        assert_eq!(masked(OtpChannel::Email, "nam.mau@example.vn"), "n•••@example.vn");
    }
}
