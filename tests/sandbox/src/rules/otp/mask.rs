//! Addresses with most of them hidden: enough to know one's own, too little to learn another's.

use citizen_protocol::wire::OtpChannel;

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

/// What a phone reads that is not the account's own. It is the same for every number, so it tells neither whether there is an account
/// nor when one was made.
pub(super) fn hidden(channel: OtpChannel) -> String {
    match channel {
        OtpChannel::Sms => "+84 ••• ••• •••".to_owned(),
        OtpChannel::Email => "•••@•••".to_owned(),
    }
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
