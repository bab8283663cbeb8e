//! A phone number or an email address as it is entered: which of the two, what stands in the field, and its one form for the service.

use citizen_protocol::wire::OtpChannel;
use serde::{Deserialize, Serialize};

use crate::ids::FieldId;
use crate::page::{Choice, ChoiceOption, Field, FieldKind, Part, Said};
use crate::see::See;
use crate::turn::Unfit;
use crate::world::Told;

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ContactError {
    /// No Vietnamese mobile number.
    #[error("not a mobile number")]
    Phone,
    /// No email address.
    #[error("not an email address")]
    Email,
}

/// How pages name the choice of the channel, and its options.
pub(crate) const CHANNEL: &str = "channel";
/// What is offered where the service has not said which ones there are.
pub(crate) const BOTH: [OtpChannel; 2] = [OtpChannel::Sms, OtpChannel::Email];
const CHANNELS: [(OtpChannel, &str); 2] = [(OtpChannel::Sms, "sms"), (OtpChannel::Email, "email")];

/// What is entered. In the model, so sealed like all of it; both texts stay while the holder looks at the other one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    pub(crate) channel: OtpChannel,
    phone: String,
    email: String,
}

impl Default for Contact {
    fn default() -> Self {
        Self { channel: OtpChannel::Sms, phone: String::new(), email: String::new() }
    }
}

impl Contact {
    /// An address that was taken before.
    pub(crate) fn of(channel: OtpChannel, address: String) -> Self {
        let (phone, email) = match channel {
            OtpChannel::Sms => (address, String::new()),
            OtpChannel::Email => (String::new(), address),
        };
        Self { channel, phone, email }
    }

    /// A choice, or a field, of the two parts.
    pub(crate) fn told(self, told: &Told) -> Result<Self, Unfit> {
        match told {
            Told::Field(FieldId::Phone, text) => Ok(Self { phone: text.clone(), ..self }),
            Told::Field(FieldId::Email, text) => Ok(Self { email: text.clone(), ..self }),
            Told::Choose { choice, option, chosen: true } if choice == CHANNEL => {
                Ok(Self { channel: channel(option).ok_or(Unfit::Here)?, ..self })
            }
            _ => Err(Unfit::Here),
        }
    }

    fn text(&self) -> &str {
        match self.channel {
            OtpChannel::Sms => &self.phone,
            OtpChannel::Email => &self.email,
        }
    }

    /// As the service takes it.
    pub(crate) fn address(&self) -> Result<String, ContactError> {
        parse(self.channel, self.text())
    }

    /// The choice and the one field that goes with it. `tried`: what is wrong is said.
    pub(crate) fn parts(&self, see: See, tried: bool) -> [Part; 2] {
        let (id, kind, hint) = match self.channel {
            OtpChannel::Sms => (FieldId::Phone, FieldKind::Phone, "contact-phone-hint"),
            OtpChannel::Email => (FieldId::Email, FieldKind::Email, "contact-email-hint"),
        };
        let error = if tried { self.error(see) } else { None };
        let field = Field { hint: Some(see.say(hint)), error, ..see.field(id, kind, self.text()) };
        [choice(see, &BOTH, Some(self.channel)), Part::Field { field }]
    }

    /// What is wrong, in words.
    pub(crate) fn error(&self, see: See) -> Option<Said> {
        self.address().err().map(|error| match error {
            ContactError::Phone => see.say("contact-phone-error"),
            ContactError::Email => see.say("contact-email-error"),
        })
    }
}

/// The choice of how a code comes.
pub(crate) fn choice(see: See, offered: &[OtpChannel], chosen: Option<OtpChannel>) -> Part {
    let offered = CHANNELS.into_iter().filter(|(channel, _)| offered.contains(channel));
    let options = offered.map(|(channel, id)| ChoiceOption {
        id: id.to_owned(),
        label: match channel {
            OtpChannel::Sms => see.say("channel-sms-option"),
            OtpChannel::Email => see.say("channel-email-option"),
        },
        chosen: chosen == Some(channel),
    });
    let choice =
        Choice { id: CHANNEL.to_owned(), label: see.say("channel-label"), options: options.collect(), error: None };
    Part::Choice { choice }
}

/// A channel by its option.
pub(crate) fn channel(option: &str) -> Option<OtpChannel> {
    CHANNELS.into_iter().find(|(_, id)| *id == option).map(|(channel, _)| channel)
}

/// An address in the one form that the service takes.
pub(crate) fn parse(channel: OtpChannel, text: &str) -> Result<String, ContactError> {
    match channel {
        OtpChannel::Sms => mobile(text).ok_or(ContactError::Phone),
        OtpChannel::Email => email(text).ok_or(ContactError::Email),
    }
}

/// Digits of a mobile number behind its `0` or `+84`.
const MOBILE_DIGITS: usize = 9;

/// A Vietnamese mobile number in E.164: `+84` and nine digits, the first of them 3, 5, 7, 8 or 9. People write `0912 345 678`,
/// `84 912...`, `+84 (0)912...`, and phones insert marks that nobody sees.
fn mobile(text: &str) -> Option<String> {
    let is_filler = |c: char| matches!(c, '.' | '-' | '(' | ')') || c.is_whitespace() || is_unseen(c);
    let bare: String = text.chars().filter(|c| !is_filler(*c)).collect();
    let abroad = ["+84", "0084", "84"].into_iter().find_map(|prefix| bare.strip_prefix(prefix));
    let abroad = abroad.map(|rest| rest.strip_prefix('0').unwrap_or(rest));
    let is_mobile = |nine: &&str| {
        nine.len() == MOBILE_DIGITS
            && nine.bytes().all(|byte| byte.is_ascii_digit())
            && nine.starts_with(['3', '5', '7', '8', '9'])
    };
    let nine = abroad.filter(is_mobile).or_else(|| bare.strip_prefix('0').filter(is_mobile))?;
    Some(format!("+84{nine}"))
}

/// The longest address, its part before the `@`, and a label of its domain, in bytes (RFC 5321, 4.5.3.1; RFC 1035, 2.3.4).
const MAX_EMAIL: usize = 254;
const MAX_LOCAL: usize = 64;
const MAX_LABEL: usize = 63;

/// An email address: printable ASCII, one `@`, a domain of two labels or more, which becomes lower case.
fn email(text: &str) -> Option<String> {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    let (local, domain) = seen.trim().split_once('@')?;
    let domain = domain.to_ascii_lowercase();
    let has_good_dots = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    let is_local = (1..=MAX_LOCAL).contains(&local.len())
        && has_good_dots
        && local.bytes().all(|byte| byte.is_ascii_graphic() && !b"@\"(),:;<>[\\]".contains(&byte));
    let is_label = |label: &str| {
        (1..=MAX_LABEL).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let fits = is_local && domain.contains('.') && domain.split('.').all(is_label);
    let address = format!("{local}@{domain}");
    (fits && address.len() <= MAX_EMAIL).then_some(address)
}

/// Marks that copying brings along: zero-width characters and the marks of writing direction around a number from a contact list. Those
/// that change how a text reads are not among them.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn phone(text: &str) -> Option<String> {
        parse(OtpChannel::Sms, text).ok()
    }

    fn mail(text: &str) -> Option<String> {
        parse(OtpChannel::Email, text).ok()
    }

    #[test]
    fn a_mobile_number_has_one_form_however_it_is_written() {
        for text in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "(091) 234-5678",
            "+84 912 345 678",
            "+84 (0)912 345 678",
            "84912345678",
            "0084 912345678",
            "\u{200e}+84\u{a0}912\u{a0}345\u{a0}678\u{200f}",
        ] {
            assert_eq!(phone(text).as_deref(), Some("+84912345678"), "{text:?}");
        }
        // 084 is a mobile prefix of its own, beside the country's 84.
        assert_eq!(phone("0841234567").as_deref(), Some("+84841234567"));
        assert_eq!(phone("84841234567").as_deref(), Some("+84841234567"));
    }

    #[test]
    fn what_is_no_mobile_number_is_refused() {
        for text in [
            "",
            "0",
            "+84",
            "912345678",
            "091234567",
            "09123456789",
            "0242345678",
            "+84212345678",
            "+1912345678",
            "0912a45678",
            "٠٩١٢٣٤٥٦٧٨",
            "+84+84912345678",
            "+840 0912345678",
            "nam@example.vn",
        ] {
            assert_eq!(parse(OtpChannel::Sms, text), Err(ContactError::Phone), "{text:?}");
        }
    }

    #[test]
    fn an_email_address_has_one_form() {
        assert_eq!(mail(" Nam.Mau+a@Example.VN ").as_deref(), Some("Nam.Mau+a@example.vn"));
        assert_eq!(mail("nam@example.vn\u{200b}").as_deref(), Some("nam@example.vn"));
        let long = format!("{}@example.vn", "a".repeat(65));
        for text in [
            "",
            "@",
            "nam",
            "nam@",
            "@example.vn",
            "nam@example",
            "a@b@c.vn",
            "na m@example.vn",
            "nam@exa mple.vn",
            "nam@.vn",
            "nam@-a.vn",
            ".nam@example.vn",
            "n..m@example.vn",
            "n\u{202e}m@example.vn",
            "nam@example.vn\nBcc: x@y.vn",
            "0912345678",
            &long,
        ] {
            assert_eq!(parse(OtpChannel::Email, text), Err(ContactError::Email), "{text:?}");
        }
    }

    #[test]
    fn the_other_text_stays_while_the_channel_changes() {
        let choose = |option: &str| Told::Choose { choice: CHANNEL.into(), option: option.into(), chosen: true };
        let contact = Contact::default().told(&Told::Field(FieldId::Phone, "0912345678".into())).unwrap();
        let contact = contact.told(&choose("email")).unwrap();
        assert_eq!(contact.address(), Err(ContactError::Email));
        let contact = contact.told(&choose("sms")).unwrap();
        assert_eq!(contact.address().as_deref(), Ok("+84912345678"));
        assert!(contact.told(&choose("letter")).is_err());
    }

    proptest! {
        #[test]
        fn any_nine_digits_come_back_the_same(nine in "[35789][0-9]{8}", gaps in proptest::collection::vec(0_usize..9, 0..4)) {
            let wanted = Some(format!("+84{nine}"));
            let mut spaced = nine.clone();
            for gap in gaps {
                spaced.insert(gap, ' ');
            }
            for prefix in ["0", "84", "+84", "0084", "+84 0", "+84 "] {
                prop_assert_eq!(phone(&format!("{prefix}{spaced}")), wanted.clone());
            }
        }

        #[test]
        fn what_holds_holds_again_and_is_plain(text in ".{0,40}|[0-9+() .-]{0,20}|[a-z.]{1,5}@[a-zA-Z.-]{1,9}") {
            for channel in [OtpChannel::Sms, OtpChannel::Email] {
                if let Ok(address) = parse(channel, &text) {
                    prop_assert_eq!(parse(channel, &address), Ok(address.clone()));
                    prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic()));
                }
            }
        }
    }
}
