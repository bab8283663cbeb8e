//! The signature's parameters, and their one way to be written.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::covered::Covered;
use crate::wire::UnixTime;

/// How far the signed `expires` lies behind `created`, in seconds. It only bounds what is signed, and a service checks no more of it
/// than that: what it measures is `created`, see [`CLOCK_WINDOW_S`]. `expires` with the same allowance for clocks would refuse
/// nothing that `created` lets pass. Until `expires` and that allowance are over the service remembers the nonce.
pub const VALID_S: u64 = 60;
/// How far `created` may be from the service's time, in seconds, either way: this is how long a signed request is valid.
pub const CLOCK_WINDOW_S: u64 = 300;
const MAX_SERVER_PART: usize = 128;
const FIXED: &str = r#"alg="ecdsa-p256-sha256";tag="eid-req/1""#;

/// `SERVER.CLIENT`: the service's part, of its header EID-Nonce, and 16 random bytes of the phone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Nonce(String);

impl Nonce {
    /// The service's part with the phone's.
    #[must_use]
    pub fn new(server: &str, client: [u8; 16]) -> Option<Self> {
        Self::parse(&format!("{server}.{}", URL_SAFE_NO_PAD.encode(client)))
    }

    /// From its text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (server, client) = text.split_once('.')?;
        let fits = (1..=MAX_SERVER_PART).contains(&server.len()) && server.bytes().all(is_base64url);
        let random = URL_SAFE_NO_PAD.decode(client).is_ok_and(|bytes| bytes.len() == 16);
        (fits && random).then(|| Self(text.to_owned()))
    }

    /// The whole.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The service's part.
    #[must_use]
    pub fn server_part(&self) -> &str {
        self.0.split_once('.').map_or("", |(server, _)| server)
    }
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// When, with which key, and that it is this once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameters {
    /// By the phone's idea of the service's time. `expires`, [`VALID_S`] later, follows from it.
    pub created: UnixTime,
    /// Never used before with this key.
    pub nonce: Nonce,
    /// [`crate::key::PublicKey::thumbprint`] of the signer.
    pub keyid: String,
}

impl Parameters {
    /// The value of `@signature-params`.
    pub(super) fn write(&self, covered: &Covered) -> String {
        let (created, expires) = (self.created.0, self.created.plus(VALID_S).0);
        let (list, nonce, keyid) = (covered.list(), self.nonce.as_str(), &self.keyid);
        format!(r#"{list};created={created};expires={expires};nonce="{nonce}";keyid="{keyid}";{FIXED}"#)
    }

    /// From that value; only if [`write`](Self::write) would give exactly it.
    pub(super) fn read(text: &str, covered: &Covered) -> Option<Self> {
        let rest = text.strip_prefix(&covered.list())?.strip_prefix(";created=")?;
        let (created, rest) = rest.split_once(";expires=")?;
        let (_, rest) = rest.split_once(";nonce=\"")?;
        let (nonce, rest) = rest.split_once("\";keyid=\"")?;
        let (keyid, _) = rest.split_once("\";")?;
        let thumbprint = keyid.len() == 43 && keyid.bytes().all(is_base64url);
        let parameters = Self {
            created: UnixTime(created.parse().ok()?),
            nonce: Nonce::parse(nonce)?,
            keyid: thumbprint.then(|| keyid.to_owned())?,
        };
        (parameters.write(covered) == text).then_some(parameters)
    }

    /// Whether `created` lies in the clock window around `now`: whether the request is valid, as far as time goes.
    #[must_use]
    pub fn is_timely(&self, now: UnixTime) -> bool {
        self.created.0.abs_diff(now.0) <= CLOCK_WINDOW_S
    }
}
